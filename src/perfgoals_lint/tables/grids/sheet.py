"""Grids made of the pieces of a dump: rows of cells that know where each of their lines is printed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perfgoals_lint.model import Cell, Grid, Location
from perfgoals_lint.tables.grids.pieces import Dump


def cell_of(
    row: int, column: int, lines: Sequence[tuple[str, Location]], rows: int = 1, columns: int = 1
) -> Cell:
    """A cell of printed lines with their places."""
    text = "\n".join(line for line, _ in lines)
    return Cell(row, column, text, rows, columns, places=[place for _, place in lines])


class CellSpan(NamedTuple):
    """A cell to be: the pieces ``start`` to ``end`` (exclusive) at a column, over so many columns and rows."""

    start: int
    end: int
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class GridBuilder:
    """Rows collected for one grid."""

    dump: Dump
    cells: list[Cell] = field(default_factory=list)
    rows: int = 0
    aside: set[int] = field(default_factory=set)
    """Pieces between the rows that are no part of the table: page numbers."""

    def add(self, *spans: CellSpan, depth: int = 1) -> None:
        """Append a row; ``depth`` rows where the cells are a header of more than one row."""
        self.put(self.rows, *spans)
        self.rows += depth

    def put(self, row: int, *spans: CellSpan) -> None:
        """Put cells into a row; a span without pieces puts none."""
        for span in spans:
            lines = list(self.dump.lines_of(span.start, span.end))
            if lines:
                self.cells.append(cell_of(row, span.column, lines, span.rows, span.columns))

    def grid(self, path: str) -> Grid:
        """The grid of the rows collected."""
        self.cells.sort(key=lambda cell: (cell.row, cell.column))
        columns = max((cell.column + cell.column_span for cell in self.cells), default=0)
        for cell in self.cells:
            cell.row_span = min(cell.row_span, self.rows - cell.row)
        return Grid(path, self.cells, self.rows, columns)
