from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.period import is_count
from perfgoals_lint.lint.last_year import continued_rows
from perfgoals_lint.values.types import Quantity

_FLOORS, _CEILINGS = frozenset({"=", ">=", ">", "~"}), frozenset({"<=", "<"})


def target_lowered(table: Table, rule: Rule) -> Violations:
    """PGY701: a target is not softer than last year's, unless the goal says why."""
    if table.previous is None or any(text.explained for text in table.goals.values()):
        return
    for row, before in continued_rows(table, table.previous):
        now, then = row.annual, before.annual
        if now and then and now.quantity and then.quantity and _softer(row, now.quantity, then.quantity):
            if _with_the_money(row, before, now.quantity, then.quantity):
                continue
            related = [("last", {"value": then.text}, before.place("annual_value"))]
            yield Violation(
                row=row, field="annual_value", span=now.span, args={"last": then.text}, related=related
            )


def _with_the_money(row: Row, before: Row, now: Quantity, then: Quantity) -> bool:
    """Does a count of work fall no farther than the budget that pays for it?"""
    money, last = row.table.goal.budget_yuan, before.table.goal.budget_yuan
    if not money or not last or money >= last or not (is_count(now) and now.value and then.value):
        return False
    return row.class1 == "output" and now.value * last >= then.value * money


def _softer(row: Row, now: Quantity, then: Quantity) -> bool:
    if now.value is None or then.value is None or now.unit != then.unit or now.per != then.per:
        return False
    if row.is_cost and now.unit == "元":
        # A ceiling of the cost goes with the budget.
        return False
    if analyse(row.name).polarity == "lower":
        return now.value > then.value
    if now.op in _CEILINGS and then.op in _CEILINGS:
        return now.value > then.value
    return now.op in _FLOORS and then.op in _FLOORS and now.value < then.value
