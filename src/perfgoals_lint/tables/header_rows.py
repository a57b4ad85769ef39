"""The further rows of a header of several: below merged names, or where merged cells are lost."""

from collections.abc import Sequence

from perfgoals_lint.rulebook.labels import time_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.headings import (
    BESIDE,
    LEVELS,
    box_field,
    column_role,
    is_class,
    is_money,
    is_name,
    list_field,
    uncounted,
)
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.words import is_sum

_DEEPEST = 4
_SIGN = compiled(r"[≥≤≧≦＝=＞＜<>]")
_VALUE_START = compiled(r"[≥≤≧≦＝=＞＜<>\d]|.*[：:≥≤≧≦＝=＞＜<>]")
"""How a value begins, or a name with its value; neither names a column."""


def further_rows(rows: Sequence[GridRow], start: int, above: list[Box], is_list: bool) -> list[GridRow]:
    """The further rows of a nested header behind the one at ``start``, whose names are ``above``."""
    more: list[GridRow] = []
    for row in rows[start + 1 : start + _DEEPEST]:
        told = (_is_under, _is_named, _is_in_gaps)
        inner = any(one(row, above, is_list) for one in told)
        if row.grid is not rows[start].grid or not inner:
            break
        more.append(row)
        above = [*above, *row.filled]
    return more


def _is_under(row: GridRow, above: list[Box], is_list: bool) -> bool:
    """Is a row one over which the name of a level, or that of a field of a list's projects, is merged?"""
    return len(row.filled) > 1 and any(
        b.top < row.index < b.bottom
        and (column_role(b.key) in LEVELS or (is_list and list_field(b.key) not in (None, *BESIDE)))
        for b in above
    )


def _is_named(row: GridRow, above: list[Box], is_list: bool) -> bool:
    """Does a row hold nothing but names of a header, where merged cells are lost? Classes name the columns of lists only."""
    # Names filled down from above are none of the row's own; where they are those above, the header is printed again.
    upper = {(box.key, box.left) for box in above}
    own = [box for box in row.filled if (box.key, box.left) not in upper]
    if not own or {box.key for box in own} & {box.key for box in above}:
        return False
    classes = [box.left for box in above if is_list and is_class(box.key)]
    return all(_names_column(box.key, is_list) or box.left in classes for box in own)


def _is_in_gaps(row: GridRow, above: list[Box], is_list: bool) -> bool:
    """Is a row the next one of a header: one whose cells all stand below names of values over several columns, merged or with blanks
    right of them, or in a list below classes, with no value among them?"""
    lowest = sorted({box.left: box for box in above}.values(), key=lambda box: box.left)
    if len(lowest) < 2 or len(row.filled) < 2:
        return False
    ends = [box.left for box in lowest[1:]] + [max(box.right for box in row.boxes)]
    gaps = [
        range(box.left, max(end, box.right))
        for box, end in zip(lowest, ends, strict=True)
        if max(end, box.right) > box.left + 1 and (column_role(box.key) in VALUES or time_of(box.key))
    ]
    first = min((box.left for box in above if is_class(box.key)), default=None) if is_list else None
    below = first is not None and all(b.left >= first and not _VALUE_START.match(b.key) for b in row.filled)
    named = (not _SIGN.search(box.key) for box in row.filled)
    return below or (all(named) and all(any(box.left in gap for gap in gaps) for box in row.filled))


def _names_column(key: str, is_list: bool) -> bool:
    key = uncounted(key)
    if column_role(key) or time_of(key) or is_sum(key) or is_money(box_field(key) or ""):
        return True
    # 指标 beside 值 below a class, 中央 beside 小计 and 基本支出 below an amount.
    return is_list and (is_class(key) or is_name(key) or is_money(box_field(key + "资金") or ""))
