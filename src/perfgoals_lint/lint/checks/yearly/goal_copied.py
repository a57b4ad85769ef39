"""PGY702: the annual goal is not last year's with another date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.last_year import undated
from perfgoals_lint.lint.violation import Violation

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.rulebook.rule import Rule


def goal_copied(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGY702: the annual goal is not last year's with another date."""
    if table.previous is None:
        return
    now, then = table.goal.annual_goal, table.previous.goal.annual_goal
    if now and then and undated(now) == undated(then):
        yield Violation(
            table=table, field="annual_goal", related=[("last", {}, table.previous.place("annual_goal"))]
        )
