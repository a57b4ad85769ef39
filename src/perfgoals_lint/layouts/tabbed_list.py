"""Layout ``tabbed-list``: a list of projects of a word-processor file dumped as text, one indicator a row.

Every cell of a table was printed behind a tab, blank ones too, so that all rows are as long as the header: they are a
grid, and are read as one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from perfgoals_lint.labels import column_of, field_of
from perfgoals_lint.layouts.tabbed_cells import Cell as Tabbed
from perfgoals_lint.layouts.tabbed_cells import groups
from perfgoals_lint.model import Cell, Document, Grid, Line, Location, Source, TextBlock
from perfgoals_lint.tables.reader import recognise as recognise_grids

NAME = "tabbed-list"
_LEVELS = frozenset({"level1", "level2", "level3"})
_MOSTLY = 0.9
"""The share of the rows that must be as long as the header."""


@dataclass(slots=True)
class _Printed(Grid):
    """A grid whose cells know the lines on which they are printed."""

    places: dict[tuple[int, int], Location] = field(default_factory=dict)

    def locate(self, cell: Cell) -> Location:
        return self.places[cell.row, cell.column]


def read_list(source: Source, cells: list[Tabbed]) -> Document | None:
    """The projects of such lists among the tabbed cells of a source, ``None`` when there is none."""
    rows = groups(cells)
    blocks: list[TextBlock | Grid] = []
    index = 0
    while index < len(rows):
        width = _list_width(rows[index])
        end = index + 1
        while width and end < len(rows) and not (rows[end][0].title or rows[end][0].free):
            end += 1
        body = [row for row in rows[index:end] if len(row) == width or _is_name_alone(row, width)]
        if width and len(body) > 1 and len(body) >= _MOSTLY * (end - index):
            blocks.append(_grid(source.path, body, width))
        else:
            blocks += [_text(row) for row in rows[index:end]]
        index = end
    if not any(isinstance(block, Grid) for block in blocks):
        return None
    document = recognise_grids(Source(source.path, source.format, blocks))
    if document is not None:
        document.layout = NAME
    return document


def _list_width(row: list[Tabbed]) -> int:
    """How many columns a list has that begins with this row; 0 when it is no header of a list."""
    if row[0].title or row[0].free:
        return 0
    if len(row) <= len(_LEVELS) or not any(field_of(cell.text) == "project_name" for cell in row):
        return 0
    return len(row) if len(_LEVELS & {column_of(cell.text) for cell in row}) > 1 else 0


def _is_name_alone(row: list[Tabbed], width: int) -> bool:
    """Is it the row of a unit, merged over columns?"""
    return len(row) < width and bool(row[0].text) and not any(cell.text for cell in row[1:])


def _grid(path: str, rows: list[list[Tabbed]], width: int) -> Grid:
    grid = _Printed(path, [], len(rows), width)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            text = "\n".join(line for line, _ in cell.lines).strip()
            grid.cells.append(Cell(number, column, text))
            grid.places[number, column] = cell.place
        grid.cells += [Cell(number, column, "") for column in range(len(row), width)]
    return grid


def _text(row: list[Tabbed]) -> TextBlock:
    return TextBlock([Line(text, place) for cell in row for text, place in cell.lines])
