"""PGA316: an effect is in proportion to the money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.regions import region_of
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.money import shown

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row
    from perfgoals_lint.rulebook.rule import Rule


def macro_effect_small_money(row: Row, rule: Rule) -> Iterator[Violation]:
    """PGA316: a project below the parameter ``below`` (万元) claims no figure of a whole place's economy."""
    budget = row.table.goal.budget_yuan
    if not budget or row.class1 != "benefit" or not row.filled or not row.values:
        return
    said = analyse(row.name)
    if budget < Decimal(str(rule.parameters["below"])) * 10000 and said.macro and region_of(row.name):
        yield Violation(row=row, field=row.values[0].field, args={"budget": shown(budget)})
