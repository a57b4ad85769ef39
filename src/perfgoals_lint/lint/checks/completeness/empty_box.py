"""PGC141, PGC143: the printed boxes for the name of a project and for its department are filled in."""

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


def empty_department(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGC143: a project has a department in charge where a box for it is printed."""
    goal = table.goal
    place = goal.labels.get("department")
    if place is not None and not goal.department and not table.withheld:
        yield Violation(table=table, field="department", location=place)
