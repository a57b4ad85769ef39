"""A Word document on its way to a ``Source`` where the format marks the ends of cells and rows (.doc, RTF).

Columns follow from the positions of the cell edges, which each row states for itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from perfgoals_lint.model import Cell, Grid, Line, Location, Part, Source, TextBlock
from perfgoals_lint.readers.limits import HIDDEN_TEXT, PICTURES_ONLY, REVISIONS, Limits
from perfgoals_lint.readers.report import note
from perfgoals_lint.readers.sheet import CellBudget
from perfgoals_lint.readers.xlsx_parts import MOST_PARTS

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

    number: int
    rows: list[_Row] = field(default_factory=list)
    row: _Row = field(default_factory=_Row)
    lines: list[str] = field(default_factory=list)
    nested: list[Grid] = field(default_factory=list)


class WordBody:
    """Takes paragraphs and the ends of cells and rows, each with its depth of nesting (0 outside tables)."""

    def __init__(self, path: str, format_name: str, limits: Limits) -> None:
        self.flags: set[str] = set()
        """``picture``, ``revision`` and ``hidden``, as they are met."""
        self.parts: list[Part] = []
        """What is met beside the text."""
        self._source = Source(path, format_name)
        self._budget = CellBudget(limits)
        self._levels: list[_Level] = []
        self._tables = 0
        self._count = 0

    def paragraph(self, depth: int, text: str) -> None:
        """A paragraph that ends neither a cell nor a row."""
        self._enter(depth)
        if depth:
            self._levels[-1].lines.append(text)
        else:
            self._add_prose(text)

    def end_cell(self, depth: int, text: str) -> None:
        """The last paragraph of a cell."""
        self._enter(depth)
        level = self._levels[-1]
        level.lines.append(text)
        level.row.cells.append(("\n".join(level.lines).strip("\n"), level.nested))
        self._budget.spend()
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
        self._source.parts = self.parts[:MOST_PARTS]
        if "picture" in self.flags and not self._source.blocks:
            note(self._source, PICTURES_ONLY)
        for flag, code in (("revision", REVISIONS), ("hidden", HIDDEN_TEXT)):
            if flag in self.flags:
                note(self._source, code)
        return self._source

    def _enter(self, depth: int) -> None:
        while len(self._levels) > depth:
            self._close()
        while len(self._levels) < depth:
            self._tables += 1
            self._levels.append(_Level(self._tables))

    def _close(self) -> None:
        level = self._levels.pop()
        if level.row.cells:
            level.rows.append(level.row)
        if not level.rows:
            for text in level.lines:
                self._add_prose(text)
            return
        grid = _grid(level, self._source.path)
        if self._levels:
            self._levels[-1].nested.append(grid)
        else:
            self._source.blocks.append(grid)

    def _add_prose(self, text: str) -> None:
        for line in text.split("\n"):
            self._count += 1
            if not line.strip():
                continue
            blocks = self._source.blocks
            if not blocks or isinstance(blocks[-1], Grid):
                blocks.append(TextBlock([]))
            last = blocks[-1]
            if isinstance(last, TextBlock):
                last.lines.append(Line(line, Location(self._source.path, line=self._count)))


def _grid(level: _Level, path: str) -> Grid:
    edges = _edges(level.rows)
    grid = Grid(path, [], len(level.rows), 0, table=level.number)
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
    return grid


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
