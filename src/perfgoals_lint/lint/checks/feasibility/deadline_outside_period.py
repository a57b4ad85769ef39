"""Target dates against the year of the budget and the period of the project."""

from decimal import Decimal

from perfgoals_lint.lint.checks import Row, Rule, Table, Value, Violation, Violations
from perfgoals_lint.lint.facts.period import printed_months
from perfgoals_lint.rulebook.lexicons import finds
from perfgoals_lint.values.algebra import parts_of
from perfgoals_lint.values.types import Constraint, Deadline

Years = tuple[int, int]


def deadline_outside_period(row: Row, rule: Rule) -> Violations:
    """PGF411: a date is in the fiscal year (annual value) or in the period (cycle value)."""
    for value in row.values:
        deadline = _deadline(value)
        case = _beside_months(row, deadline) if deadline is not None else None
        if deadline is not None and case is not None:
            args = {"date": deadline.text.strip(), "allowed": printed_months(row.table)}
            yield Violation(row=row, field=value.field, span=deadline.span, case=case, args=args)
            return
        if deadline is None or deadline.year is None:
            continue
        allowed = _allowed(row.table, value.field)
        if allowed is None:
            continue
        first, last = allowed
        # What runs from a date on may have begun long ago.
        early = deadline.year < first and deadline.op != ">="
        if early or deadline.year > last:
            span = f"{first}" if first == last else f"{first}–{last}"
            args = {"date": deadline.text.strip(), "allowed": span}
            case = (
                "cycle"
                if value.field == "cycle_value"
                else _question(row, deadline, last, rule.number("afterwards"))
            )
            yield Violation(row=row, field=value.field, span=deadline.span, case=case, args=args)
            return


def _beside_months(row: Row, deadline: Deadline) -> str | None:
    """``months`` for a month behind the last one of the period, in its last year, of what is no work that follows the project's own;
    ``early`` for one before the first, in its first year, of what is none that goes before it."""
    first, last = row.table.begins, row.table.ends
    if deadline.month is None or deadline.op == ">=" or deadline.every is not None:
        return None
    year = deadline.year or row.table.year
    if last is not None and year == last[0] and deadline.month > last[1]:
        return None if finds(row.name, "deadline_outside_period.afterwards") else "months"
    if first is not None and year == first[0] and deadline.month < first[1]:
        return None if finds(row.name, "deadline_outside_period.beforehand") else "early"
    return None


def _question(row: Row, deadline: Deadline, last: int, months: Decimal) -> str | None:
    """``period`` for a date in the period of the project, where the form has no column for that; ``after`` for work that
    follows the project's own (验收, 数据发布), in the first so many months of the next year."""
    table = row.table
    years = table.period
    if years and years[0] <= (deadline.year or 0) <= years[1] and not any(one.cycle for one in table.rows):
        return "period"
    soon = deadline.year == last + 1 and deadline.month is not None and deadline.month <= months
    return "after" if soon and finds(row.name, "deadline_outside_period.afterwards") else None


def _allowed(table: Table, field: str) -> Years | None:
    """The first and last year that a value of this field may name, or ``None`` where nothing is printed."""
    if field == "annual_value" and table.year is not None:
        return table.year, table.year
    return table.period


def _deadline(value: Value) -> Deadline | None:
    """The date by which a value is to be met; a year that only names the figures of the past is none."""
    found = next((date for date in map(_date, parts_of(value.constraint)) if date), None)
    if found is None or finds(value.text, "deadline_outside_period.past"):
        return None
    return found


def _date(part: Constraint) -> Deadline | None:
    if isinstance(part, Deadline):
        return part
    deadline: Deadline | None = getattr(part, "deadline", None)
    return deadline
