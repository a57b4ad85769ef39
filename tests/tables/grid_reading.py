"""What is read from drawn grids, in the short forms that tests compare."""

from __future__ import annotations

from perfgoals_lint.model import Document, GoalTable, Grid, TextBlock
from perfgoals_lint.tables.reader import recognise
from tables.grid_drawing import source


def read(*blocks: Grid | TextBlock, format_name: str = "xlsx") -> Document:
    """The document that drawn blocks are recognised as."""
    document = recognise(source(*blocks, format_name=format_name))
    assert document is not None
    return document


def only(*blocks: Grid | TextBlock, format_name: str = "xlsx") -> GoalTable:
    """The one table of drawn blocks."""
    (table,) = read(*blocks, format_name=format_name).tables
    return table


def rows(table: GoalTable) -> list[tuple[str | None, ...]]:
    """Levels, name and values of a table, row by row."""
    return [(i.level1, i.level2, i.level3, i.cycle_value, i.annual_value) for i in table.indicators]
