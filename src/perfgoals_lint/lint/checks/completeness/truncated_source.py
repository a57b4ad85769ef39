"""PGC116: the source does not end inside the table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.rulebook.rule import Rule


def truncated_source(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGC116: the source does not end inside the table."""
    if not table.cut:
        return
    row = next((row for row in table.rows if row.indicator.truncated), None)
    if row is None:
        yield Violation(table=table)
        return
    indicator = row.indicator
    printed = " ".join(filter(None, (indicator.level1, indicator.level2, indicator.level3)))
    yield Violation(row=row, case="row", args={"printed": printed})
