"""PGA315: the more money, the more of its directions have indicators."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.money import shown

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.rulebook.rule import Rule


def few_indicators_for_money(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGA315: from so much money on (``from``, 万元) a table has at least so many rows (``rows``)."""
    budget, count = table.goal.budget_yuan, len(table.filled_rows)
    if not budget or budget < Decimal(str(rule.parameters["from"])) * 10000:
        return
    if 3 <= count < int(rule.parameters["rows"]):
        yield Violation(table=table, args={"budget": shown(budget), "count": str(count)})
