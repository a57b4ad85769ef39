"""Sums of budget columns: funding sources against a total, sub-totals against their projects."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.hits import Hit
from perfgoals_lint.money import ZERO, shown, sum_expression

if TYPE_CHECKING:
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.view import DocumentView


def funding_sum(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGK601: the budget of each project and total row is the sum of its funding sources."""
    for table in view.tables:
        goal = table.goal
        hit = _unequal(goal.budget_yuan, goal.funding_yuan)
        if hit and not table.withheld:
            hit.table, hit.field = table, "budget_yuan"
            yield hit
    for total in view.document.totals:
        hit = _unequal(total.total, total.funding_yuan)
        if hit:
            hit.location, hit.unit = total.location, total.name
            yield hit


def _unequal(total: Decimal | None, sources: dict[str, Decimal] | None) -> Hit | None:
    amounts = list((sources or {}).values())
    if total is None or not amounts:
        return None
    gap = abs(sum(amounts, ZERO) - total)
    if not gap:
        return None
    expression = sum_expression(amounts)
    return Hit(
        args={"total": shown(total), "expression": expression, "gap": shown(gap)},
        evidence={"expression": expression, "terms": sources, "stated_yuan": total, "gap_yuan": gap},
    )
