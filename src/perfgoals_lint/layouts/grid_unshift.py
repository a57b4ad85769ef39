"""Rows of pipe tables and CSV files that have lost the cells merged from above, put back under their columns.

A page printed as text often has only the cells that begin in a row: below 产出指标 the next row starts with 质量指标, the
one after it with a name, and what is missing on the left is blank on the right.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfgoals_lint.labels import is_level1, is_level2
from perfgoals_lint.tables.cells import Box, Row
from perfgoals_lint.tables.header import Header, box_field, find_header
from perfgoals_lint.tables.words import is_filler, is_note, is_sum, is_verdict


def unshift(rows: list[Row]) -> None:
    """Move the rows of every indicator table that is shifted so; others stay as they are."""
    if not any(row.boxes and _begins_below(row.boxes[0].key) for row in rows):
        return
    index = 0
    while index < len(rows):
        header = find_header(rows, index) if rows[index].grid is not None else None
        if header is None:
            index += 1
            continue
        index += header.rows
        first = index
        while index < len(rows) and rows[index].grid is header.grid and find_header(rows, index) is None:
            index += 1
        if not header.is_list:
            _put_back(rows[first:index], header)


def _begins_below(key: str) -> bool:
    """Is the text a class of level 2, which stands at the left edge only where a class was lost?"""
    return is_level2(key) and not is_level1(key)


def _put_back(rows: Sequence[Row], header: Header) -> None:
    lefts = {column.role: column.left for column in header.columns if not column.block}
    if "level1" not in lefts or "level2" not in lefts:
        return
    own = [row for row in rows if row.boxes and row.boxes[0].key and not _is_below(row.boxes[0].key)]
    if "level3" in lefts:
        first, second, name = lefts["level1"], lefts["level2"], lefts["level3"]
    elif any(_begins_below(row.boxes[0].key) for row in own):
        first, second, name = lefts["level1"], lefts["level1"], lefts["level2"]
    else:
        return
    if not _is_shifted(rows, own, first, second):
        return
    certain = [_tail(row) for row in own if is_level1(row.boxes[0].key) and not is_level2(row.boxes[0].key)]
    for row in own:
        shorter = bool(certain) and _tail(row) > min(certain)
        _move(row, _target(row, shorter, first, second, name) - row.boxes[0].left, header)


def _is_below(key: str) -> bool:
    """Does the text begin a row that is no indicator?"""
    return is_sum(key) or is_note(key) or is_verdict(key) or is_filler(key) or box_field(key) is not None


def _is_shifted(rows: Sequence[Row], own: Sequence[Row], first: int, second: int) -> bool:
    """Is a class printed left of its column, and is no row blank where a merged class would leave it so?"""
    blank = any(row.boxes and not row.boxes[0].key and len(row.filled) > 1 for row in rows)
    left_out = any(row.boxes[0].left < second and _begins_below(row.boxes[0].key) for row in own)
    return left_out and not blank and all(box.right == box.left + 1 for row in rows for box in row.boxes)


def _tail(row: Row) -> int:
    """How many cells are blank at the end of a row."""
    return next((n for n, box in enumerate(reversed(row.boxes)) if box.key), len(row.boxes))


def _target(row: Row, shorter: bool, first: int, second: int, name: int) -> int:
    """The column in which the first text of a row belongs. ``shorter`` than the rows with a class of level 1 is a row
    whose own class may be of either level (成本指标) when it is of level 2."""
    key, after = row.boxes[0].key, row.boxes[1].key if len(row.boxes) > 1 else ""
    if is_level1(key) and not (is_level2(key) and (shorter or not is_level2(after))):
        return first
    return second if is_level2(key) else name


def _move(row: Row, by: int, header: Header) -> None:
    """Move the cells of a row to the right, where there is room for them."""
    last = max((number for number, box in enumerate(row.boxes) if box.key), default=-1)
    alone = last == 0 and not is_level2(row.boxes[0].key)
    if by <= 0 or last < 0 or alone or row.boxes[last].left + by >= header.grid.columns:
        return
    for box in row.boxes[: last + 1]:
        box.left, box.right = box.left + by, box.right + by
    spare: list[Box] = row.boxes[last + 1 :]
    for column, box in enumerate(spare):
        position = column if column < by else column + last + 1
        box.left, box.right = position, position + 1
    row.boxes.sort(key=lambda box: box.left)
