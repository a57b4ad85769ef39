"""The columns of a form's amounts that are none of the year's (上年预算数, 2027年, 增减额), under a row of heads of their own."""

from __future__ import annotations

import re
from functools import cache

from perfgoals_lint.model import Location
from perfgoals_lint.rulebook.labels import time_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.account import count
from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.headings import AMOUNTS, box_field
from perfgoals_lint.tables.words import is_planned, is_settled, is_sum, words

_YEAR = compiled(r"((?:19|20)\d\d)年?度?(?:(?!.*(?:19|20)\d\d)[一-鿿（）()]{1,10})?$")
"""A head of amounts that names one year, and no month."""
_LONGEST_STATE = 6
"""Characters of a head that says nothing but which amounts count (调整后, 审定后金额)."""
_OF_AMOUNTS = AMOUNTS | {None, "aside", "cycle_budget", "investment"}


class OtherYears:
    """Keeps the amounts of a form that are none of the year's, each under its label and its head."""

    def __init__(self, kept: dict[str, tuple[str, Location]]) -> None:
        self._kept = kept
        self._heads: dict[int, Box] = {}

    def rest(self, row: GridRow, year: int | None, heads: bool) -> GridRow:
        """A row without its amounts that are not the year's, and a row of heads, where it may be one, without those over them."""
        if heads and (found := _other_heads(row, year)):
            self._heads = found
            return _own_heads(row, found)
        aside = [box for box in row.filled if box.left in self._heads and not box_field(box.key)]
        rest = GridRow([box for box in row.boxes if box not in aside], row.grid, row.index, row.opens_page)
        for box in aside:
            label = rest.filled[0].key if rest.filled else row.boxes[0].key
            self._kept[f"{label}（{self._heads[box.left].key}）"] = (box.text.strip(), box.location())
        count(aside, "fields")
        if not aside and row.boxes[0].key and row.boxes[0].top == row.index:
            self._heads = {}
        return rest if aside else row

    def keeps(self, row: GridRow, box: Box, read: bool, year: int | None) -> bool:
        """Read a row of amounts under the labels of a year, which is ``box``, and of sources: is it of another year than the budget's,
        or one more, as one was ``read``? It is kept under that year then."""
        if not read and (year is None or str(year) in box.key):
            return False
        rest = "、".join(other.text.strip() for other in row.filled if other is not box)
        self._kept[box.key] = (rest, box.location())
        count(row.filled, "fields")
        return True


def _other_heads(row: GridRow, year: int | None) -> dict[int, Box]:
    """The heads in a row of the amounts that are not the year's, by the column where they stand; none where the row is no
    such head, or where several columns may be the year's. ``year`` is the budget's, else the first that is printed is."""
    if any(is_amount(box.text) or box_field(box.key) not in _OF_AMOUNTS for box in row.filled):
        return {}
    printed = [int(found[1]) for box in row.filled if (found := _YEAR.match(box.key))]
    own_year = year if year in printed else min(printed, default=None)
    settled = any(is_settled(box.key) for box in row.filled)
    own: list[Box] = []
    others: dict[int, Box] = {}
    for box in row.filled:
        found = _YEAR.match(box.key)
        if (
            _other().search(box.key)
            or (found and int(found[1]) != own_year)
            or (printed and _is_whole(box.key))
            or (settled and re.search(words("unsettled"), box.key))
        ):
            others[box.left] = box
        elif found or _is_planned(box):
            own.append(box)
    if len(own) != 1 or not any(
        own[0].left - 2 < left or own[0].left == box.right for left, box in others.items()
    ):
        return {}
    return others


def _own_heads(row: GridRow, others: dict[int, Box]) -> GridRow:
    """The row of heads without those over the amounts that are not the year's; only what covers more rows is left of it."""
    own = [box for box in row.filled if box.left not in others]
    count(others.values(), "headers")
    covering = own[:1] if own and own[0].bottom > own[0].top + 1 else []
    count(own[len(covering) :], "headers")
    kept = [box for box in row.boxes if box in covering or box.top < row.index]
    return GridRow(kept, row.grid, row.index, row.opens_page)


def _is_planned(box: Box) -> bool:
    """Does a head stand over the amounts that count, those of no year (预算数) or as they were changed (调整后)?"""
    field = box_field(box.key)
    if field is None or is_settled(box.key):
        return len(box.key) <= _LONGEST_STATE and is_planned(box.key)
    return field in AMOUNTS and box.bottom == box.top + 1 and box.right == box.left + 1


def _is_whole(key: str) -> bool:
    """Does a head beside one of a year stand over the amounts of several (合计, 三年合计, 2027-2028年)?"""
    return is_sum(key) or time_of(key) == "cycle"


@cache
def _other() -> re.Pattern[str]:
    past = "|".join(framework_data("fields")["grammar"]["words"]["past"])
    return compiled(f"^(?:{past})|{words('other_amounts')}")
