"""PGC140: printed boxes of money are filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.rulebook.rule import Rule

_NAMES = {"budget_yuan": ("预算数", "budget"), "funding_yuan": ("资金来源", "sources")}


def empty_budget(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGC140: a budget or a source of money is filled in where boxes for them are printed."""
    goal = table.goal
    given = goal.budget_yuan is not None or goal.funding_yuan or goal.funding_tree
    # What was printed and could not be read is no empty box.
    if given or table.withheld or goal.unread or not set(goal.unknown).isdisjoint(_NAMES):
        return
    printed = [field for field in _NAMES if field in goal.labels]
    if printed:
        labels = {
            "zh": "、".join(_NAMES[field][0] for field in printed),
            "en": ", ".join(_NAMES[field][1] for field in printed),
        }
        yield Violation(
            table=table, field=printed[0], location=goal.labels[printed[0]], args={"labels": labels}
        )
