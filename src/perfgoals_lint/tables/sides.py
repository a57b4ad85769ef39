"""Grids that are printed otherwise than from top to bottom, as grids that are: forms side by side (a second 项目名称 in the
same rows begins a second form), and indicator tables with an indicator a column."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from perfgoals_lint.model import Cell, Grid, TextBlock
from perfgoals_lint.tables.headings import box_field, column_role
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.turned import moved, name_row, turn, turned
from perfgoals_lint.text import squeeze

_NAMING = "名称"
"""What every name of a project's box holds; other cells need not be looked up."""
_LABELS = 3
"""Names that a half must have to be a form: its project's and two more."""
_MOST_LISTS = 100


def apart(blocks: Sequence[TextBlock | Grid]) -> list[TextBlock | Grid]:
    """The blocks, each grid with forms side by side as one grid a form, from left to right."""
    split: list[TextBlock | Grid] = []
    for block in blocks:
        split += (
            (part for one in _blocks(block) for form in _forms(turned(one)) for part in _upright(form))
            if isinstance(block, Grid)
            else [block]
        )
    return split


def _blocks(grid: Grid) -> list[Grid]:
    """The grid, or one a project where each of several side by side has names and values of its own, behind classes that stand once."""
    named = name_row(grid)
    if named is None:
        return [grid]
    top, left = named
    rows = grid.printed(top)
    starts = [cell.column for cell in rows[top] if cell.column >= left]
    spans = [*pairwise([*starts, grid.columns])]
    if not any(all(_heads_names(cells, span) for span in spans) for cells in rows.values()):
        return [grid]
    return [
        replace(
            grid,
            columns=left + end - start,
            cells=[
                moved(grid, cell, cell.row, cell.column - start + left) if cell.column >= left else cell
                for cell in grid.cells
                if cell.column < left or start <= cell.column < end
            ],
        )
        for start, end in spans
    ]


def _heads_names(cells: Sequence[Cell], span: tuple[int, int]) -> bool:
    roles = [column_role(squeeze(cell.text)) for cell in cells if span[0] <= cell.column < span[1]]
    return roles.count("level3") == 1 and not {*VALUES}.isdisjoint(roles)


def _upright(grid: Grid) -> list[Grid]:
    """The grid; where headers stand below each other at the left edge and an indicator is a column, that part turned.

    Its cells keep their places.
    """
    rows = grid.printed()
    start = end = 0
    roles: list[str] = []
    for index in sorted(rows):
        role = _turned_role(rows[index])
        if role is not None and role not in roles and (not roles or index == end):
            start = start if roles else index
            roles.append(role)
            end = index + 1
        elif len(roles) > 1:
            break
        else:
            roles = []
    if "level3" not in roles or not {"level1", "level2"} & {*roles} or not {*VALUES} & {*roles}:
        return [grid]
    across = turn(grid, (cell for cell in grid.cells if start <= cell.row < end), start)
    parts = [
        replace(grid, cells=[cell for cell in grid.cells if cell.row < start]),
        replace(grid, cells=across, rows=grid.columns, columns=end - start),
        replace(grid, cells=[cell for cell in grid.cells if cell.row >= end]),
    ]
    return [part for part in parts if part.cells]


def _turned_role(cells: Sequence[Cell]) -> str | None:
    """The role of a row that has its header at the left edge and none behind it."""
    role = column_role(squeeze(cells[0].text)) if len(cells) > 1 else None
    known = role in ("level1", "level2", "level3", "basis", "weight", "description", *VALUES)
    return role if known and not any(column_role(squeeze(cell.text)) for cell in cells[1:]) else None


def _forms(grid: Grid) -> list[Grid]:
    """The grid, or a grid for each of its forms or lists. Cells keep their rows and columns, and so their places."""
    edges = _edges(grid.cells)
    if edges and (lists := _lists(grid)):
        return lists
    for edge in edges:
        left = [cell for cell in grid.cells if cell.column < edge]
        right = [cell for cell in grid.cells if cell.column >= edge]
        if _is_form(left) and _is_form(right):
            return [replace(grid, cells=left), *_forms(replace(grid, cells=right))]
    return [grid]


def _edges(cells: Sequence[Cell]) -> list[int]:
    """Columns where a second 项目名称 stands in a row, and below it nothing reaches over from the left."""
    named: dict[int, list[Cell]] = {}
    for cell in cells:
        if _names_project(cell):
            named.setdefault(cell.row, []).append(cell)
    edges = []
    for row, names in named.items():
        if len(names) > 1:
            covered = _covered(cells, row)
            edges += [name.column for name in names[1:] if name.column not in covered]
    return edges


def _names_project(cell: Cell) -> bool:
    return _NAMING in cell.text and box_field(squeeze(cell.text)) == "project_name"


def _covered(cells: Sequence[Cell], top: int) -> set[int]:
    """The columns that a cell from the row ``top`` on reaches over from the left."""
    wide = (cell for cell in cells if cell.column_span > 1 and cell.row >= top)
    return {column for cell in wide for column in range(cell.column + 1, cell.column + cell.column_span)}


def _lists(grid: Grid) -> list[Grid]:
    """A grid for each of several lists side by side, below the first row that begins with the same names of columns over and over,
    one of a project and those of values among them, and names no other project; else none. The row above is parted as they are
    where it has a cell above the first of each."""
    rows = grid.printed()
    for top, heads in rows.items():
        named = [index for index, cell in enumerate(heads) if _names_project(cell)]
        wide = named[1] - named[0] if 1 < len(named) <= _MOST_LISTS else 0
        keys = [squeeze(cell.text) for cell in heads[: wide * len(named)]]
        if wide < _LABELS or keys != keys[:wide] * len(named) or {*VALUES}.isdisjoint(map(column_role, keys)):
            continue
        starts = [cell.column for cell in heads[: len(keys) : wide]]
        if _covered(grid.cells, top).isdisjoint(starts):
            first = top - ({*starts} <= {cell.column for cell in rows.get(top - 1, ())})
            parts: list[list[Cell]] = [[] for _ in starts]
            for cell in grid.cells:
                parts[bisect_right(starts[1:], cell.column) if cell.row >= first else 0].append(cell)
            return [replace(grid, cells=part) for part in parts]
    return []


def _is_form(cells: Sequence[Cell]) -> bool:
    """Do the cells name a project, and enough beside it that it is no box of another form?"""
    keys = {squeeze(cell.text) for cell in cells}
    fields = {name for key in keys if (name := box_field(key))}
    columns = {role for key in keys if (role := column_role(key))}
    return "project_name" in fields and len(fields) >= _LABELS and "level3" in columns
