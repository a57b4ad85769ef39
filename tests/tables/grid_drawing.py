"""Grids drawn as text: cells between bars, ``<`` goes on with the cell to the left, ``^`` with the cell above."""

from __future__ import annotations

from perfgoals_lint.model import Cell, Grid, Line, Location, Source, TextBlock


def draw(
    picture: str, *, sheet: str | None = "表", table: int | None = None, page: int | None = None
) -> Grid:
    """The grid of a picture: a line a row, ``/`` inside a cell is a line break, rows may be of unequal length."""
    lines = [line.strip() for line in picture.strip().splitlines()]
    texts = [[cell.strip().replace("/", "\n") for cell in line[1:-1].split("|")] for line in lines]
    owners: dict[tuple[int, int], Cell] = {}
    cells: list[Cell] = []
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            source = {"<": (row, column - 1), "^": (row - 1, column)}.get(text)
            if source is not None:
                cell = owners[source]
                cell.row_span = max(cell.row_span, row - cell.row + 1)
                cell.column_span = max(cell.column_span, column - cell.column + 1)
            else:
                cell = Cell(row, column, text, page=page, bbox=_box(row, column) if page else None)
                cells.append(cell)
            owners[row, column] = cell
    return Grid("甲.xlsx", cells, len(texts), max(map(len, texts)), None if page else sheet, table, page)


def _box(row: int, column: int) -> tuple[float, float, float, float]:
    return (column * 80.0, row * 20.0, column * 80.0 + 80, row * 20.0 + 20)


def prose(*lines: str) -> TextBlock:
    """Lines of text between tables."""
    return TextBlock([Line(text, Location("甲.docx", line=number)) for number, text in enumerate(lines, 1)])


def source(*blocks: Grid | TextBlock, format_name: str = "xlsx") -> Source:
    """A source of these blocks."""
    return Source("甲.xlsx", format_name, list(blocks))
