"""PGC141: the printed box for the name of a project is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.rulebook.rule import Rule


def empty_project_name(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGC141: a project has a name where a box for it is printed."""
    goal = table.goal
    place = goal.labels.get("project_name")
    if place is None or goal.project_name or goal.form == "department" or table.withheld:
        return
    yield Violation(table=table, field="project_name", location=place)
