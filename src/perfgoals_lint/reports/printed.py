"""The tables of a file as they are printed, kept for a report that shows them: cells with spans, text and place.

Only a run that was asked for such a report keeps them, as one short text for each file (see :func:`printed`).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from perfgoals_lint.model import Document, GoalTable, Grid, Location, Source
from perfgoals_lint.rulebook.patterns import compiled

_MOST_CELLS = 20_000
"""Cells of one grid that are kept; rows behind them are left out and counted."""
_MOST_TEXT = 2_000
"""Characters of one cell that are kept."""
_BOXES = ("project_name", "unit", "department", "budget_yuan", "purpose", "cycle_goal", "annual_goal")
_COLUMNS = (
    "level1", "level2", "level3", "description", "cycle_value", "annual_value", "basis", "weight",
)  # fmt: skip
_MERGED = ("level1", "level2")
_CELL = compiled("[A-Z]+[0-9]+")
_LINE = compiled("L([0-9]+):([0-9]*)")
_ROW = compiled("T([0-9]+):([0-9]+):([0-9]+)")


def place_key(location: Location | None) -> str:
    """A place inside its file as a short text; empty for the whole file."""
    if location is None:
        return ""
    if location.sheet is not None:
        return f"{location.sheet}!{location.cell}"
    if location.bbox is not None:
        return f"{location.page}:" + ",".join(format(number, ".1f") for number in location.bbox)
    if location.line is not None:
        return f"L{location.line}:{location.column or ''}"
    return f"T{location.table}:{location.row}:{location.column}"


def location_of(key: str, path: str) -> Location | None:
    """The place in a file that a key of :func:`place_key` names; ``None`` for a place on a page, and for the key of a
    field."""
    sheet, mark, cell = key.rpartition("!")
    if mark and _CELL.fullmatch(cell):
        return Location(path, sheet=sheet, cell=cell)
    if line := _LINE.fullmatch(key):
        return Location(path, line=int(line[1]), column=int(line[2]) if line[2] else None)
    if row := _ROW.fullmatch(key):
        return Location(path, table=int(row[1]), row=int(row[2]), column=int(row[3]))
    return None


def field_key(table: int | None, row: Sequence[str | None], field: str | None) -> str:
    """A field of a table (0-based) and, by its three levels, of a row, for tables that are shown as recognised."""
    return json.dumps([table, *row, field], ensure_ascii=False)


def printed(document: Document, source: Source) -> str:
    """The tables of a document as JSON text.

    ``grids`` hold their name (sheet, number, page; ``null`` where it is none), cells (row, column, row span, column
    span, text, keys of what stands there; 0-based; a list instead of the text names a field), and the number of rows
    left out; ``tables`` hold project, unit, the numbers of their grids, and first and last row in the first of them.
    """
    grids = [block for block in source.blocks if isinstance(block, Grid) and not block.hidden]
    at = {
        place_key(grid.locate(cell)): (number, cell.row)
        for number, grid in enumerate(grids)
        for cell in grid.cells
    }
    used: dict[int, int] = {}
    shown: list[dict[str, Any]] = []
    tables = []
    for position, table in enumerate(document.tables):
        rows: dict[int, list[int]] = {}
        for location in table.places():
            number, row = at.get(place_key(location), (-1, 0))
            if number >= 0:
                rows.setdefault(number, []).append(row)
        for number in sorted(rows):
            if number not in used:
                used[number] = len(shown)
                shown.append(_grid(grids[number]))
        if rows:
            first = min(rows)
            reach = [min(rows[first]), max(rows[first])]
        else:
            shown.append(_recognised(table, position))
            reach = [0, len(table.indicators) + len(_BOXES)]
        numbers = [used[number] for number in sorted(rows)] or [len(shown) - 1]
        tables.append([table.project_name, table.unit or table.department, numbers, *reach])
    return json.dumps({"grids": shown, "tables": tables}, ensure_ascii=False, separators=(",", ":"))


def _grid(grid: Grid) -> dict[str, Any]:
    kept = [cell for cell in grid.cells if not cell.hidden]
    cells = [
        [
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            _short(cell.text),
            place_key(grid.locate(cell)),
        ]
        for cell in kept[:_MOST_CELLS]
    ]
    left_out = grid.rows - 1 - kept[_MOST_CELLS - 1].row if len(kept) > _MOST_CELLS else 0
    return {"name": [grid.sheet, grid.table, grid.page], "cells": cells, "left_out": left_out}


def _recognised(table: GoalTable, position: int) -> dict[str, Any]:
    """What was recognised of text that has no cells: the boxes of the form, then its indicator rows."""
    columns = [
        name for name in _COLUMNS if name == "level3" or any(getattr(one, name) for one in table.indicators)
    ]
    wide = max(len(columns) - 1, 1)
    cells: list[list[Any]] = []
    row = 0
    for name in _BOXES:
        value = getattr(table, name)
        if value not in (None, ""):
            text = format(value, ",f") if name == "budget_yuan" else str(value)
            place = table.locations.get(name) or (table.location if name == "project_name" else None)
            keys = [field_key(position, (), name), place_key(place)]
            cells += [[row, 0, 1, 1, [name]], [row, 1, 1, wide, _short(text), *keys]]
            row += 1
    cells += [[row, column, 1, 1, [name]] for column, name in enumerate(columns)]
    row += 1
    for column, name in enumerate(columns):
        numbered = enumerate(getattr(one, name) or "" for one in table.indicators)
        for run in _runs(numbered, merge=name in _MERGED):
            one = table.indicators[run[0]]
            levels = (one.level1, one.level2, one.level3)
            keys = [field_key(position, levels, name), place_key(one.locations.get(name))]
            cells.append([row + run[0], column, len(run), 1, _short(getattr(one, name) or ""), *keys])
    return {"name": [None, None, None], "cells": sorted(cells, key=lambda cell: cell[:2]), "left_out": 0}


def _runs(numbered: Iterable[tuple[int, str]], *, merge: bool) -> Iterator[list[int]]:
    """The numbers of equal texts that follow one another, together where they are merged."""
    for text, group in groupby(numbered, key=lambda item: item[1]):
        numbers = [number for number, _ in group]
        yield from [numbers] if merge and text else ([number] for number in numbers)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else text[:_MOST_TEXT] + "…"
