"""Boxes of a form in a text in which nothing stands between its cells: labels with what stands behind them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from perfgoals_lint.rulebook.labels import column_of, field_of, is_listed
from perfgoals_lint.rulebook.lexicons import words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import money_factor
from perfgoals_lint.tables.grids.glued_headers import LONGEST_LABEL, longest
from perfgoals_lint.tables.grids.glued_rows import Span
from perfgoals_lint.tables.grids.head_rows import MONEY
from perfgoals_lint.tables.grids.marks import MONEY_UNIT
from perfgoals_lint.tables.headings import is_money

_SHORTEST_LABEL = 4
_OF_A_TITLE = 40
"""Characters in which the name of a form may begin with labels."""
_REMARK = compiled(r"[（(](?:[^（）()\d]{1,6}|(?:19|20)\d\d年[-—–至](?:19|20)\d\d年)[)）]")
"""What a form says of a box in brackets behind its label: 年度绩效目标（文字）."""
_OF_A_NAME = 2
"""Characters that end the names of projects and begin labels as well (项目, 资金)."""
_PROJECT, _OF_AMOUNT = "项目", "其中"
_TABLE = compiled(r"表(?=[（(]|(?:19|20)\d\d|单位|项目|部门|填报|$)")
"""The end of a form's name, and what stands behind it."""
_AMOUNT = compiled(r"[:：]?\d[\d,.]*(?:[万亿]?元|[万亿])?(?=其中|[\u3400-\u9fff]{2,8}[（(][万亿]?元[)）]\d)")
_BEFORE_LABEL = compiled(r"[:：]?\d[\d,.]*(?:[万亿]?元|[万亿])?(?=[\u3400-\u9fff]{2,8}[:：])")
"""An amount in front of a label with a colon, behind the label of an amount."""
_BARE = compiled(r"[:：]?\d[\d,.]*(?=[\u3400-\u9fff])(?![万亿元])")
_PART = compiled(r"(?:其中[:：]?[^\d]{2,12}|[\u3400-\u9fff]{2,8}[（(][万亿]?元[)）])(?=\d)")
"""An amount with a part of it behind, and the label of the part."""
_FEWEST_AMOUNTS = 2
_OF_A_HEADER = 60
"""Characters of the names of amounts side by side."""
_MONEY = compiled(r"[\u3400-\u9fff]{4,8}[（(][万亿]?元[)）]")


def boxes_of(text: str, starts: Sequence[int], start: int, end: int) -> Iterator[tuple[Span, Span]]:
    """Labels and what stands behind each up to the next one; what stands in front of the first is in none."""
    found: list[Span] = []
    at = start
    while at < end:
        unit = MONEY_UNIT.match(text, at, end)
        stop = unit.end() if unit else longest(text, at, end, is_box, LONGEST_LABEL)
        if stop is not None:
            if at not in starts and _is_of_the_name(text, at, stop, found):
                at += _OF_A_NAME
                stop = longest(text, at, end, is_box, LONGEST_LABEL) or stop
            remark = _REMARK.match(text, stop, end)
            stop = remark.end() if remark else stop
            if (
                at < start + _OF_A_TITLE
                and _TABLE.match(text, stop)
                and field_of(text[at:stop]) != "project_name"
            ):
                found.clear()  # the name of a form begins with labels as well (部门整体支出绩效目标表)
            else:
                found.append((at, stop))
            at = stop
        else:
            at += 1
    while found and field_of(text[slice(*found[0])]) not in ("project_name", "department", "unit"):
        found.pop(0)
    found = _without_amounts_that_run(text, found, end)
    labels = [*found, (end, end)]
    for n, label in enumerate(found):
        stop = labels[n + 1][0]
        amount = _AMOUNT.match(text, label[1], stop)
        if amount is None and is_money(field_of(text[slice(*label)]) or ""):
            amount = _BEFORE_LABEL.match(text, label[1], stop)
        if amount is None and money_factor(text[slice(*label)]):
            amount = _BARE.match(text, label[1], stop)
        if amount is None:
            yield label, (label[1], stop)
            continue
        yield label, amount.span()
        part = _PART.match(text, amount.end(), stop)
        if part or n + 1 == len(found):
            yield (amount.end(), part.end() if part else stop), (part.end() if part else stop, stop)
        elif amount.end() < stop and text.startswith(_OF_AMOUNT, amount.end()):
            labels[n + 1] = found[n + 1] = (amount.end(), labels[n + 1][1])
        elif amount.end() < stop:
            yield (amount.end(), stop), (stop, stop)


def _without_amounts_that_run(text: str, found: list[Span], end: int) -> list[Span]:
    """The labels, those of amounts left in the box that names several for each (年初预算数全年预算数全年执行数): where one of
    them ends is not told."""
    kept: list[Span] = []
    run = False
    for label, after in pairwise([*found, (end, end)]):
        of_money = field_of(text[slice(*label)]) in MONEY
        run = run and of_money
        if not run:
            kept.append(label)
        run = run or (of_money and _names_amounts(text, label[1], min(after[0], label[1] + _OF_A_HEADER)))
    return kept


def _names_amounts(text: str, start: int, end: int) -> bool:
    """Are several amounts named between two places?"""
    names = 0
    while start < end:
        stop = longest(text, start, end, _is_amount_name, LONGEST_LABEL)
        names += stop is not None
        start = stop or start + 1
    return names >= _FEWEST_AMOUNTS


def _is_amount_name(text: str) -> bool:
    return field_of(text) in MONEY or column_of(text) == "actual_value"


def _is_of_the_name(text: str, at: int, stop: int, found: list[Span]) -> bool:
    """Does a label begin with the end of the project's name in front of it? 主管部门 is a label as well as 项目主管部门, and
    names of projects end in 项目, 资金."""
    last = field_of(text[slice(*found[-1])]) if found else None
    if last == "project_type" and text.startswith(_PROJECT, at):
        return (longest(text, at + _OF_A_NAME, len(text), is_box, LONGEST_LABEL) or 0) > stop
    if last != "project_name":
        return False
    end, field = text[at : at + _OF_A_NAME], field_of(text[at:stop])
    again = end not in words("grids.project_ends") or text.endswith(end, 0, at)
    shorter = text[at + _OF_A_NAME : stop]
    return not again and field in ("department", "unit") and is_box(shorter) and field_of(shorter) == field


@lru_cache(8192)
def is_box(text: str) -> bool:
    """Is a text a listed label of a box, long enough to be told from words of a value?"""
    field = field_of(text) if is_listed(text) or _MONEY.fullmatch(text) else None
    long = len(text) >= _SHORTEST_LABEL
    return field is not None and (long or (field == "period" and text.startswith(_PROJECT)))
