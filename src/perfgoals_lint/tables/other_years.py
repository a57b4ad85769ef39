"""The columns of amounts, and of goals, that are none of the year's (上年预算数, 2027年, 追加数, 调整前): in a form under a row of
heads of their own, in a list among its columns."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from perfgoals_lint.model import Location
from perfgoals_lint.rulebook.labels import time_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.account import count
from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.entries import OF_THE_WHOLE
from perfgoals_lint.tables.header_columns import GOALS, UNKNOWN, Column
from perfgoals_lint.tables.headings import AMOUNTS, SOURCE, box_field, column_role, is_money
from perfgoals_lint.tables.sources import printed_name
from perfgoals_lint.tables.words import (
    changed,
    is_planned,
    is_settled,
    is_sum,
    is_unchanged,
    pattern,
    says,
    words,
)

_YEAR = compiled(r"((?:19|20)\d\d)年?度?(?:(?!.*(?:19|20)\d\d)[一-鿿（）()]{1,10})?$")
"""A head of amounts that names one year, and no month."""
_FIGURE = compiled(r"[-+\d.,，]+[%％]?$|[^\w]*$")
_SUM = compiled(r"合计$|总(?:[额数计]|投资)$")
_OF_RESULTS = frozenset({"weight", "score"})
"""Columns beside the amounts of a self-evaluation."""
_LONGEST_STATE = 6
"""Characters of a head that says nothing but which amounts count (调整后, 审定后金额)."""
_CHANGE = r"[（(]?[增减]?[)）]?(?:预算)?[数额]?(?:金额)?(?:[（(].{1,4}[)）])?"
"""What a head says of a change itself (追加（减）数, 调整金额（万元）)."""
_LABEL_AND_TEXT = 2
_OF_KINDS = "project_type"
"""What the name over the sources reads as (资金类别)."""
_OF_AMOUNTS = AMOUNTS | {None, "aside", "cycle_budget", "investment"}


class OtherYears:
    """Keeps the amounts of a form that are none of the year's, each under its label and its head."""

    def __init__(self, kept: dict[str, tuple[str, Location]]) -> None:
        self._kept = kept
        self._heads: dict[int, Box] = {}
        self._label = ""

    def rest(self, row: GridRow, year: int | None, heads: bool) -> GridRow:
        """A row without its amounts that are not the year's, and a row of heads, where it may be one, without those over them."""
        if heads and (found := _other_heads(row, year)):
            self._heads, self._label = found, row.boxes[0].key
            return _own_heads(row, found)
        field = box_field(row.filled[0].key) if row.filled else None
        goals = field in GOALS and len(row.filled) > _LABEL_AND_TEXT
        if field not in _OF_AMOUNTS and not is_money(field or "") and not goals:
            self._heads = {}
        below = ((box, self._heads.get(box.left)) for box in row.filled if not box_field(box.key))
        # What is wider than its head, beside a label that no form knows, is the text of that label.
        aside = [box for box, head in below if head is not None and (field or box.right <= head.right)]
        unchanged = [box for box in row.filled if box not in aside and is_unchanged(box.text)]
        own = [box for box in row.filled[row.filled[0] is row.boxes[0] :] if box not in (*aside, *unchanged)]
        left = [*aside]
        if aside and all(box_field(box.key) for box in own):  # blank or 不变: it is what it was before
            aside = [box for box in aside if re.match(changed("前"), self._heads[box.left].key) is None]
            left = [*aside, *unchanged]
            count(unchanged, "labels")
        elif not aside and row.boxes[0].key and row.boxes[0].top == row.index:
            self._heads = {}
        rest = GridRow([box for box in row.boxes if box not in left], row.grid, row.index, row.opens_page)
        for box in aside:
            names = () if not goals and box_field(self._label) in GOALS else (*rest.filled, *row.boxes)
            label = next((b.key for b in names if not _FIGURE.match(b.key)), self._label)
            self._kept[f"{label}（{self._heads[box.left].key}）"] = (box.text.strip(), box.location())
        count(aside, "fields")
        return rest if left else row

    def keeps(self, row: GridRow, box: Box, read: bool, year: int | None) -> bool:
        """Read a row of amounts under the labels of a year, which is ``box``, and of sources: is it of another year than the budget's,
        or one more, as one was ``read``? It is kept under that year then."""
        if not read and (year is None or str(year) in box.key):
            return False
        rest = "、".join(other.text.strip() for other in row.filled if other is not box)
        self._kept[box.key] = (rest, box.location())
        count(row.filled, "fields")
        return True


def own_amounts(columns: list[Column], year: int | None) -> list[Column]:
    """The columns of a list, those of amounts that are none of the year's kept under their names."""
    money = [c for c in columns if c.role in (*AMOUNTS, UNKNOWN, "aside") or c.role.startswith(SOURCE)]
    heads = {id(c): c.over if c.over and _is_of_amounts(c.over) else c.box for c in money}
    own, others = _told(list({id(head): head for head in heads.values()}.values()), year)
    if own is None:
        return columns
    roles = {id(c): UNKNOWN for c in money if heads[id(c)] in others}
    roles |= {id(c): "budget" for c in money if c.box is own and c.role not in AMOUNTS}
    return [replace(c, role=roles.get(id(c), c.role)) for c in columns]


def _other_heads(row: GridRow, year: int | None) -> dict[int, Box]:
    """The heads in a row of the amounts that are not the year's, by the column where they stand; none where the row is no
    such head, or where several columns may be the year's. What stands at the left edge heads labels."""
    first = row.boxes[0]
    field = box_field(first.key)
    heads_labels = field == _OF_KINDS or (field in GOALS and first.bottom > row.index + 1)
    others = row.filled[1:] if heads_labels else row.filled
    if any(is_amount(box.text) or box_field(box.key) not in _OF_AMOUNTS for box in others):
        return {}
    heads = [box for box in row.filled if box is not row.boxes[0]]
    own, others = _told(heads, year)
    if own is None:
        return {}
    return {box.left: box for box in heads if box in others or column_role(box.key) in _OF_RESULTS}


def _told(heads: Sequence[Box], year: int | None) -> tuple[Box | None, list[Box]]:
    """The head of the year's amounts and those of others beside it; ``None`` where none or several may be the year's. ``year`` is
    the budget's, else the first that is printed is."""
    printed = [int(found[1]) for box in heads if (found := _YEAR.match(printed_name(box.key)))]
    own_year = year if year in printed else min(printed, default=None)
    settled = any(_is_decided(box.key) for box in heads)
    own: list[Box] = []
    others: list[Box] = []
    for box in heads:
        found = _YEAR.match(printed_name(box.key))
        if (
            _other().search(box.key)
            or (found and int(found[1]) != own_year)
            or (printed and not found and is_whole(box.key))
            or (settled and says("unsettled", box.key))
        ):
            others.append(box)
        elif found or (_is_decided(box.key) if settled else _is_planned(box)) or is_after(box):
            own.append(box)
    for fits in (is_after, _is_settled):  # 批复数 beside 调整后预算数, 全年预算数 beside 年初预算数
        counting = [box for box in own if fits(box)]
        if len(counting) == 1 and all(box.top == counting[0].top for box in own):
            others, own = [*others, *(box for box in own if box not in counting)], counting
    near = own and any(heads.index(box) >= heads.index(own[0]) - 1 for box in others)
    return (own[0], others) if near and len(own) == 1 else (None, [])


def _is_settled(box: Box) -> bool:
    return not says("unsettled", box.key)


def _own_heads(row: GridRow, others: dict[int, Box]) -> GridRow:
    """The row of heads without those over the amounts that are not the year's; only the label of them all is left of it."""
    own = [box for box in row.filled if box.left not in others]
    count(others.values(), "headers")
    first = own[:1] if own[0] is row.boxes[0] else []
    covering = [b for b in first if b.bottom > b.top + 1 or is_money(box_field(b.key) or "")]
    fields = {box_field(box.key) or "" for box in own[1:]}
    if covering and len(own) > _LABEL_AND_TEXT and len(fields) == len(own) - 1 and all(map(is_money, fields)):
        covering = own  # 核定金额 and 其中：财政拨款 over one row of amounts
    count(own[len(covering) :], "headers")
    count(covering, "labels")
    kept = [box for box in row.boxes if box in covering or box.top < row.index]
    return GridRow(kept, row.grid, row.index, row.opens_page)


def _is_of_amounts(box: Box) -> bool:
    told = _other().search(box.key) or _YEAR.match(box.key)
    return bool(told) or says("unsettled", box.key) or _is_decided(box.key)


def _is_decided(key: str) -> bool:
    """Does a head stand over amounts that were decided (批复数), not over what else there is of a decision (批复文号)?"""
    return is_settled(key) and (
        box_field(key) in AMOUNTS
        or pattern(rf"(?:{changed('后')}|{{settled}}){_CHANGE}$").search(key) is not None
    )


def is_after(box: Box) -> bool:
    """Does a head stand over amounts of the budget as it was changed to (调整后预算数)?"""
    return re.fullmatch(changed("后") + _CHANGE, box.key) is not None


def _is_planned(box: Box) -> bool:
    """Does a head stand over the amounts that count, those of no year (预算数) or as they were changed (调整后)?"""
    field = box_field(box.key)
    if field is None:
        return len(box.key) <= _LONGEST_STATE and (is_planned(box.key) or time_of(box.key) == "annual")
    return field in AMOUNTS and box.bottom == box.top + 1


def is_whole(key: str) -> bool:
    """Does a head beside one of a year stand over the amounts of several years or things (合计, 资金总额, 总投资, 三年合计, 2027-2028年)?"""
    whole = box_field(key) in OF_THE_WHOLE or time_of(key) == "cycle"
    return whole or is_sum(key) or _SUM.search(key) is not None


@cache
def _other() -> re.Pattern[str]:
    past = "|".join(framework_data("fields")["grammar"]["words"]["past"])
    return compiled(f"^(?:{past})|{words('other_amounts')}|{changed('前')}|^{changed(_CHANGE)}$")
