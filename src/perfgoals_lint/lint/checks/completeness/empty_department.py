"""PGC143: the printed box for the department in charge is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.rulebook.rule import Rule


def empty_department(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGC143: a project has a department in charge where a box for it is printed."""
    goal = table.goal
    place = goal.labels.get("department")
    if place is not None and not goal.department and not table.withheld:
        yield Violation(table=table, field="department", location=place)
