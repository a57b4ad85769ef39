"""PGA317: the total of the cost is not ten thousand times off the budget."""

from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Row, Rule, Table, Value, Violation, Violations
from perfgoals_lint.lint.facts.budget import sum_of
from perfgoals_lint.lint.facts.modifiers import is_of_one
from perfgoals_lint.lint.facts.prices import is_price, is_price_of_counted
from perfgoals_lint.money import WAN, ZERO, shown, slipped
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.rulebook.lexicons import contains_any

Ceiling = tuple[Row, Value, Decimal]


def scale_slip(table: Table, rule: Rule) -> Violations:
    """PGA317: neither a row that caps the whole cost, nor the only row of cost, nor all of them together are exactly ten
    thousand times the budget, nor the reverse; nor is one row of several ten thousand times off what makes them the
    budget, nor all that a text says of money off it."""
    budget = table.goal.budget_yuan
    if not budget:
        return
    rows = [row for row in table.filled_rows if row.is_cost]
    whole = [
        one for row in rows if contains_any(row.name, "costs.totals") for one in _amounts(row, row.values)
    ]
    amounts = [one for row in rows for one in _amounts(row, row.values[-1:])]
    if not whole and len(rows) == 1 and not (is_of_one(rows[0].name) or is_price(rows[0].name)):
        whole = [one for one in amounts if not is_price_of_counted(one[2], budget, table)]
    for row, value, amount in whole:
        if slipped(amount, budget):
            yield _of_row(table, (row, value, amount), budget, rule.number("least"))
            return
    total = sum((amount for _, _, amount in amounts), ZERO)
    if len(amounts) > 1 and slipped(total, budget):
        args = {"total": shown(total), "budget": shown(budget)}
        wrong = [suspects.budget(table, total, total)]
        yield Violation(table=table, field="budget_yuan", case="sum", args=args, suspects=wrong)
        return
    for row, value, amount in amounts if len(amounts) > 1 else ():
        meant = next((one for one in (amount * WAN, amount / WAN) if total - amount + one == budget), None)
        if meant is not None:
            args = {"meant": shown(meant), "budget": shown(budget)}
            span = value.quantity.span if value.quantity else None
            wrong = [suspects.cell(row, value.field, meant, meant)]
            yield Violation(row=row, field=value.field, span=span, case="row", args=args, suspects=wrong)
            return
    yield from _of_prose(table, budget, rule.number("least"))


def _of_prose(table: Table, budget: Decimal, least: Decimal) -> Violations:
    """The first text of which all the money together, or a sum of it, is ten thousand times off the budget."""
    for field, text in table.prose.items():
        sums = [one.result for one in text.relations if one.kind == "sum" and one.holds]
        totals = [one.value for one in sums if _is_exact(one)]
        if all(entry.firm and _is_exact(entry.head) for entry in text.entries):
            totals.append(sum_of(text.entries) or ZERO)
        # A smaller amount may be what one of something costs (门票20元).
        total = next((one for one in totals if slipped(one, budget) and min(one, budget) >= least), None)
        if total:
            args = {"total": shown(total), "budget": shown(budget)}
            wrong = [suspects.budget(table, total, total)]
            yield Violation(
                table=table,
                field="budget_yuan",
                case="prose",
                args=args,
                related=[("other", {}, table.place(field))],
                suspects=wrong,
            )
            return


def _is_exact(figure: Figure) -> bool:
    """Is a figure an amount of now, printed with 元?"""
    return figure.raw.endswith("元") and figure.bound == "=" and not (figure.past or figure.quoted)


def _amounts(row: Row, values: list[Value]) -> list[Ceiling]:
    """The amounts of money of a row that are not those of one of something."""
    return [
        (row, value, bound.value)
        for value in values
        if (bound := value.quantity) is not None and bound.unit == "元" and not bound.per and bound.value
    ]


def _of_row(table: Table, ceiling: Ceiling, budget: Decimal, least: Decimal) -> Violation:
    """The slip of a row against the budget: told of the smaller amount where a project hardly costs so little, else of the
    greater."""
    row, value, amount = ceiling
    wrong = [suspects.cell(row, value.field, budget, budget), suspects.budget(table, amount, amount)]
    args: dict[str, object] = {"budget": shown(budget)}
    if (amount < budget) == (min(amount, budget) < least):
        span = value.quantity.span if value.quantity else None
        return Violation(row=row, field=value.field, span=span, args=args, suspects=wrong)
    args |= {"name": row.name, "value": value.text}
    return Violation(table=table, field="budget_yuan", case="budget", args=args, suspects=wrong[::-1])
