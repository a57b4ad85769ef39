"""Tables whose projects are columns: the names of the boxes down the left side, one project beside the other."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from perfgoals_lint.model import Cell, Grid
from perfgoals_lint.rulebook.labels import is_level1, is_level2
from perfgoals_lint.tables.headings import box_field, is_name
from perfgoals_lint.text import squeeze

_FEWEST_PROJECTS = 2
_FEWEST_ROWS = 3
_KNOWN = 0.6
"""The share of the rows whose names must be known, and that must say something of several projects."""


def turned(grid: Grid) -> Grid:
    """The grid itself, or where its projects are columns one with a project a row; its cells keep their places."""
    names = name_row(grid)
    if names is None:
        return grid
    top, left = names
    rows = list(grid.printed(top).values())
    if len(rows) < _FEWEST_ROWS or not _stands_upright(rows, left):
        return grid
    above = [cell for cell in grid.cells if cell.row < top]
    below = turn(grid, (cell for cell in grid.cells if cell.row >= top), top)
    below = [replace(cell, row=cell.row + top) for cell in below]
    columns = max((cell.column + cell.column_span for cell in (*above, *below)), default=0)
    last = max((cell.row + cell.row_span for cell in below), default=0)
    return replace(grid, cells=above + below, rows=last, columns=columns)


def name_row(grid: Grid) -> tuple[int, int] | None:
    """The first row that says more than a title, where it is 项目名称 and behind it the names of several projects; and the
    column in which the first of them stands."""
    rows = groupby((cell for cell in grid.cells if cell.text.strip()), attrgetter("row"))
    first = next((cells for _, own in rows if len(cells := [*own]) > 1), [])
    if len(first) <= _FEWEST_PROJECTS:
        return None
    label, *others = first
    if box_field(squeeze(label.text)) != "project_name" or len({cell.text for cell in others}) < len(others):
        return None
    return None if any(_is_label(cell) for cell in others) else (label.row, others[0].column)


def _stands_upright(rows: list[list[Cell]], left: int) -> bool:
    """Have the rows their names on the left and nowhere else, and do most of them say something of several projects?"""
    known = wide = 0
    for cells in rows:
        said = [cell for cell in cells if cell.column >= left]
        if any(_is_label(cell) or cell.column_span > 1 for cell in said) or len(said) == len(cells):
            return False
        known += any(_is_label(cell) for cell in cells if cell.column < left)
        wide += len(said) >= _FEWEST_PROJECTS
    return min(known, wide) >= _KNOWN * len(rows)


def _is_label(cell: Cell) -> bool:
    key = squeeze(cell.text)
    return is_name(key) or is_level1(key) or is_level2(key)


def turn(grid: Grid, cells: Iterable[Cell], top: int) -> list[Cell]:
    """Cells of a grid with their rows from ``top`` on as columns, in reading order."""
    found = [
        replace(
            moved(grid, cell, cell.column, cell.row - top),
            row_span=cell.column_span,
            column_span=cell.row_span,
            bbox=None,
        )
        for cell in cells
    ]
    return sorted(found, key=lambda cell: (cell.row, cell.column))


def moved(grid: Grid, cell: Cell, row: int, column: int) -> Cell:
    """A cell of a grid in another row and column; its place is the printed one."""
    places = cell.places or [grid.locate(cell)] * max(len(cell.text.splitlines()), 1)
    return replace(cell, row=row, column=column, places=places)
