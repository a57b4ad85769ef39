"""PGA317: the total of the cost is not ten thousand times off the budget."""

from __future__ import annotations

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.money import ZERO, shown
from perfgoals_lint.rulebook.lexicons import contains_any

_SLIP = 10_000


def scale_slip(table: Table, rule: Rule) -> Violations:
    """PGA317: neither a row that caps the whole cost nor all rows of cost together are exactly ten thousand times the
    budget, nor the reverse; nor is one row of several ten thousand times off what makes them the budget."""
    budget = table.goal.budget_yuan
    if not budget:
        return
    for row in table.filled_rows:
        if not row.is_cost or not contains_any(row.name, "costs.totals"):
            continue
        for value in row.values:
            bound = value.quantity
            if bound is None or bound.unit != "元" or bound.per or not bound.value:
                continue
            if bound.value in (budget * _SLIP, budget / _SLIP):
                wrong = [
                    suspects.cell(row, value.field, budget, budget),
                    suspects.budget(table, bound.value, bound.value),
                ]
                args = {"budget": shown(budget)}
                yield Violation(row=row, field=value.field, span=bound.span, args=args, suspects=wrong)
                return
    amounts = [
        (row, value, value.quantity.value)
        for row in table.filled_rows
        if row.is_cost
        for value in row.values[-1:]
        if value.quantity is not None and value.quantity.unit == "元" and not value.quantity.per
        if value.quantity.value
    ]
    total = sum((amount for _, _, amount in amounts), ZERO)
    if len(amounts) > 1 and total in (budget * _SLIP, budget / _SLIP):
        args = {"total": shown(total), "budget": shown(budget)}
        wrong = [suspects.budget(table, total, total)]
        yield Violation(table=table, field="budget_yuan", case="sum", args=args, suspects=wrong)
        return
    for row, value, amount in amounts if len(amounts) > 1 else ():
        meant = next(
            (one for one in (amount * _SLIP, amount / _SLIP) if total - amount + one == budget), None
        )
        if meant is not None:
            args = {"meant": shown(meant), "budget": shown(budget)}
            span = value.quantity.span if value.quantity else None
            wrong = [suspects.cell(row, value.field, meant, meant)]
            yield Violation(row=row, field=value.field, span=span, case="row", args=args, suspects=wrong)
            return
