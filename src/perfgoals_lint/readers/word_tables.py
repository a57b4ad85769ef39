"""A Word document on its way to a ``Source`` where the format marks the ends of cells and rows (.doc, RTF).

Columns follow from the positions of the cell edges, which each row states for itself.
"""

from dataclasses import dataclass, field

from perfgoals_lint.model import Cell, Grid, Source
from perfgoals_lint.readers.body import DocumentBody
from perfgoals_lint.readers.limits import Limits

_SAME_EDGE = 30
"""Cell edges closer than this (in twentieths of a point) are one."""


@dataclass(slots=True)
class CellEntry:
    """A cell as the definition of its row gives it: edges in twentieths of a point, whether it belongs to the cell on
    its left, and its vertical merge (1 goes on from above, 2 or 3 starts, 0 none)."""

    left: int
    right: int
    merges_left: bool = False
    vertical: int = 0


@dataclass(slots=True)
class _Row:
    cells: list[tuple[str, list[Grid]]] = field(default_factory=list)
    entries: list[CellEntry] = field(default_factory=list)


@dataclass(slots=True)
class _Level:
    """A table that is being read at one depth of nesting."""

    grid: Grid
    rows: list[_Row] = field(default_factory=list)
    row: _Row = field(default_factory=_Row)
    lines: list[str] = field(default_factory=list)
    nested: list[Grid] = field(default_factory=list)


class WordBody(DocumentBody):
    """Takes paragraphs and the ends of cells and rows, each with its depth of nesting (0 outside tables)."""

    def __init__(self, path: str, format_name: str, limits: Limits) -> None:
        super().__init__(path, format_name, limits)
        self._levels: list[_Level] = []

    def paragraph(self, depth: int, text: str) -> None:
        """A paragraph that ends neither a cell nor a row."""
        self._enter(depth)
        if depth:
            self._levels[-1].lines.append(text)
        else:
            self.take(text)

    def end_cell(self, depth: int, text: str) -> None:
        """The last paragraph of a cell."""
        self._enter(depth)
        level = self._levels[-1]
        level.lines.append(text)
        level.row.cells.append(("\n".join(level.lines).strip("\n"), level.nested))
        self.budget.spend()
        level.lines, level.nested = [], []

    def end_row(self, depth: int, entries: list[CellEntry]) -> None:
        """The end of a row, with its definition."""
        self._enter(depth)
        level = self._levels[-1]
        level.row.entries = entries
        level.rows.append(level.row)
        level.row = _Row()
        level.lines, level.nested = [], []

    def finish(self) -> Source:
        """The document with what there is to say about it."""
        self._enter(0)
        return super().finish()

    def _enter(self, depth: int) -> None:
        while len(self._levels) > depth:
            self._close()
        while len(self._levels) < depth:
            self._levels.append(_Level(self.new_grid()))

    def _close(self) -> None:
        level = self._levels.pop()
        if level.row.cells:
            level.rows.append(level.row)
        if not level.rows:
            for text in level.lines:
                self.take(text)
            return
        _lay_out(level)
        if self._levels:
            self._levels[-1].nested.append(level.grid)
        else:
            self.take(level.grid)


def _lay_out(level: _Level) -> None:
    """Put the cells of all rows into the grid."""
    edges = _edges(level.rows)
    grid = level.grid
    grid.rows = len(level.rows)
    above: dict[int, Cell] = {}
    for row_at, row in enumerate(level.rows):
        open_cells: dict[int, Cell] = {}
        last: Cell | None = None
        column = 0
        for index, (text, nested) in enumerate(row.cells):
            entry = row.entries[index] if index < len(row.entries) else None
            span = 1
            if entry is not None:
                column = edges[entry.left]
                span = max(1, edges[entry.right] - column)
            started = above.get(column) if entry is not None and entry.vertical == 1 else None
            if entry is not None and entry.merges_left and last is not None:
                last.column_span = column + span - last.column
            elif started is not None:
                started.row_span = row_at - started.row + 1
                open_cells[column] = started
                last = None
            else:
                last = Cell(row_at, column, text, 1, span, nested=nested)
                grid.cells.append(last)
                if entry is not None and entry.vertical:
                    open_cells[column] = last
            column += span
            grid.columns = max(grid.columns, column)
        above = open_cells


def _edges(rows: list[_Row]) -> dict[int, int]:
    """Column numbers by cell edge, edges that nearly agree counted as one."""
    places = sorted({place for row in rows for entry in row.entries for place in (entry.left, entry.right)})
    columns: dict[int, int] = {}
    column, first = -1, 0
    for place in places:
        if column < 0 or place - first > _SAME_EDGE:
            column, first = column + 1, place
        columns[place] = column
    return columns
