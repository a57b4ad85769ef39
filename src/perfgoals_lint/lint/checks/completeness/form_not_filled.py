"""PGC120: a form is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.rulebook.rule import Rule


def form_not_filled(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGC120: one hit for a table that reading took for a blank form or an example."""
    if table.goal.state != "filled":
        yield Violation(
            table=table,
            field="state",
            case="example" if table.goal.state == "example" else None,
            location=table.goal.location,
        )
