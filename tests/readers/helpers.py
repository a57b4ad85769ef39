"""Reading bytes in this process, and grids in a form that compares well."""

from __future__ import annotations

import io

from perfgoals_lint.model import Grid, Source
from perfgoals_lint.readers.dispatch import read_stream
from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.readers.sniff import HEAD_BYTES, sniff

Placed = tuple[int, int, int, int, str]
"""1-based row and column, rows and columns spanned, text."""


def read_bytes(data: bytes, password: str | None = None, limits: Limits | None = None) -> Source:
    """A file of a foreign format as read without a worker process."""
    return read_stream(io.BytesIO(data), "f", sniff(data[:HEAD_BYTES]), password, limits or Limits())


def grids(source: Source) -> list[Grid]:
    """The grids of a source."""
    return [block for block in source.blocks if isinstance(block, Grid)]


def placed(grid: Grid) -> set[Placed]:
    """All cells of a grid with text."""
    return {
        (cell.row + 1, cell.column + 1, cell.row_span, cell.column_span, cell.text)
        for cell in grid.cells
        if cell.text
    }


def prose(source: Source) -> list[str]:
    """All lines outside grids."""
    return [line.text for block in source.blocks if not isinstance(block, Grid) for line in block.lines]
