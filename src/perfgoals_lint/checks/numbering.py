"""The printed numbers of inline lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.checks.sums import restart
from perfgoals_lint.hits import Hit

if TYPE_CHECKING:
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.view import Table


def numbering_restart(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGN509: the printed numbers of a project's indicators run 1…n."""
    numbers = [row.indicator.number for row in table.rows]
    index = restart(numbers)
    if index is None:
        return
    before = numbers[index - 1] if index else None
    place = table.rows[index].place("level3")
    yield Hit(
        table=table,
        location=place,
        args={"before": str(before or 0), "found": str(numbers[index]), "name": table.rows[index].name},
    )
