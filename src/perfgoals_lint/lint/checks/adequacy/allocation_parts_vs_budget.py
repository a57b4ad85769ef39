"""PGA303: amounts allotted to organisations against the budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.money import ZERO, shown, sum_expression
from perfgoals_lint.rulebook.policy import lexicon

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row
    from perfgoals_lint.rulebook.rule import Rule


def allocation(row: Row, rule: Rule) -> Iterator[Violation]:
    """PGA303: amounts that a value allots to organisations add up to the budget."""
    budget = row.table.goal.budget_yuan
    value = row.annual
    constraint = value.constraint if value else None
    if budget is None or value is None or constraint is None or constraint.kind != "compound":
        return
    terms: list[tuple[str, Decimal]] = []
    ends = tuple(lexicon("costs")["organisation_ends"])
    for part in constraint.parts:
        if part.kind != "quantity" or part.value is None or part.per or part.unit not in ("元", None):
            return
        if not part.subject or not part.subject.endswith(ends):
            return
        terms.append((part.subject, part.value))
    if all(amount < 1000 for _, amount in terms):
        return
    total = sum((amount for _, amount in terms), ZERO)
    if total == budget:
        return
    expression = sum_expression(amount for _, amount in terms)
    yield Violation(
        row=row,
        field=value.field,
        args={"expression": expression, "budget": shown(budget), "gap": shown(abs(total - budget), budget)},
        evidence={
            "expression": expression,
            "terms": [{"name": name, "yuan": amount} for name, amount in terms],
            "computed_yuan": total,
            "budget_yuan": budget,
        },
    )
