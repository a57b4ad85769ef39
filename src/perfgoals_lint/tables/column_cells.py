"""Which boxes of a row that lie below a column's heading, or in the room behind it, are cells of the column."""

from collections.abc import Iterator, Sequence

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.cells import Box
from perfgoals_lint.tables.header_columns import Column
from perfgoals_lint.tables.headings import LEVELS
from perfgoals_lint.tables.roles import VALUES

COUNT = compiled(r"[（(]?[\d.]{1,8}[)）、.．]?")
"""The number in front of a class or an indicator: 1, 2.1."""
LONGEST_UNIT = 5
"""Characters; what is longer in a column of units, beside no figure, is what the row says in words (2026年8月底前)."""
FIGURE = compiled(r"\d")
_BEGINS = compiled(r"[≥≤≧≦＝=＞＜<>]*\d")
_DATE = compiled(r"年\d{1,2}月|月\d{1,2}日")


def under(column: Column, boxes: Sequence[Box]) -> Iterator[Box]:
    """The boxes of a column that go on with its first one; what stands behind that under no heading of its own, in a column
    that reaches there because the next heading is further on, is none of it, nor is a second value beside the first."""
    before: Box | None = None
    for box in boxes:
        if before is None or not (
            _is_second(before, box, column)
            if before.left >= column.box.right or box.left < column.box.right
            else not _goes_on(before.key, box.key, column)
        ):
            before = box if box.key else before
            yield box


def _goes_on(before: str, key: str, column: Column) -> bool:
    """May a text belong to the same cell as the text ``before`` it, left of it: where it is blank or the same, where ``before`` is the
    number of a class or name, and in a column of values where it is the figure behind a sign or the unit behind a figure?"""
    if key in ("", before) or (COUNT.fullmatch(before) and column.role in LEVELS):
        return True
    if column.role not in VALUES:
        return False
    if not before[-1].isdigit():
        return not FIGURE.search(before)
    return len(key) <= LONGEST_UNIT and not FIGURE.search(key)


def _is_second(before: Box, box: Box, column: Column) -> bool:
    """Is a text a value by itself right of another one with a figure, and no month or day of the same date?"""
    if column.role not in VALUES or column.part or box.top != before.top or box.key == before.key:
        return False
    whole = bool(FIGURE.search(before.key) and _BEGINS.match(box.key))
    return whole and not _DATE.match(before.key[-1] + box.key)
