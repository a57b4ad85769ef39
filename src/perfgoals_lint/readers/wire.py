"""How a ``Source`` crosses the pipe from the worker: nested tuples for ``marshal``, without the path of the file."""

from __future__ import annotations

from typing import Any

from perfgoals_lint.model import (
    Cell,
    Grid,
    Line,
    Location,
    Part,
    Problem,
    Source,
    SourceComment,
    TextBlock,
)
from perfgoals_lint.readers.limits import Limits, over

_MEMBERS = ("sheet", "cell", "table", "row", "column", "page", "bbox", "line")


def bounded(source: Source, limits: Limits) -> None:
    """Raise ``ReadError`` when the shown text is too much: a thousand cells may share one huge string."""
    shown = sum(map(_characters, source.blocks)) + sum(len(part.text or "") for part in source.parts)
    if shown > limits.characters:
        raise over("characters", shown, limits.characters)


def pack(source: Source) -> tuple[Any, ...]:
    """Plain tuples, lists, strings and numbers that ``unpack`` turns back into an equal ``Source``."""
    blocks = [_pack_grid(block) if isinstance(block, Grid) else _pack_text(block) for block in source.blocks]
    problems = [(p.code, _pack_place(p.location), p.args) for p in source.problems]
    parts = [(one.what, _pack_place(one.location), one.text, one.size) for one in source.parts]
    comments = [(one.text, one.line, one.table, one.row) for one in source.comments]
    return source.format, blocks, problems, parts, comments


def unpack(data: tuple[Any, ...], path: str) -> Source:
    """The ``Source`` of ``pack``, for a file of this path."""
    form, blocks, problems, parts, comments = data
    return Source(
        path,
        form,
        [_unpack_grid(block, path) if len(block) > 1 else _unpack_text(block, path) for block in blocks],
        [Problem(code, _unpack_place(place, path), args) for code, place, args in problems],
        [Part(what, _unpack_place(place, path), text, size) for what, place, text, size in parts],
        [SourceComment(*comment) for comment in comments],
    )


def _characters(block: TextBlock | Grid) -> int:
    if isinstance(block, TextBlock):
        return sum(len(line.text) for line in block.lines)
    return sum(len(cell.text) + sum(map(_characters, cell.nested)) for cell in block.cells)


def _pack_place(place: Location) -> tuple[Any, ...]:
    return tuple(getattr(place, name) for name in _MEMBERS)


def _unpack_place(data: tuple[Any, ...], path: str) -> Location:
    return Location(path, *data)


def _pack_text(block: TextBlock) -> tuple[Any, ...]:
    return ([(line.text, _pack_place(line.location)) for line in block.lines],)


def _unpack_text(data: tuple[Any, ...], path: str) -> TextBlock:
    return TextBlock([Line(text, _unpack_place(place, path)) for text, place in data[0]])


def _pack_grid(grid: Grid) -> tuple[Any, ...]:
    cells = [
        (
            cell.row,
            cell.column,
            cell.text,
            cell.row_span,
            cell.column_span,
            cell.page,
            cell.bbox,
            cell.hidden,
            cell.unknown,
            [_pack_grid(inner) for inner in cell.nested],
        )
        for cell in grid.cells
    ]
    return cells, grid.rows, grid.columns, grid.sheet, grid.table, grid.page, grid.hidden


def _unpack_grid(data: tuple[Any, ...], path: str) -> Grid:
    packed, *rest = data
    cells = [_unpack_cell(cell, path) for cell in packed]
    return Grid(path, cells, *rest)


def _unpack_cell(data: tuple[Any, ...], path: str) -> Cell:
    *rest, unknown, nested = data
    cell = Cell(*rest)
    cell.unknown = unknown
    if nested:
        cell.nested = [_unpack_grid(inner, path) for inner in nested]
    return cell
