"""An amount that each of several things has which are named, or counted further in front."""

import re

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import cancels, counts_of, numeral
from perfgoals_lint.rulebook.patterns import compiled

_JOINT = "[、和及与]"
_NAMED = compiled(
    rf"(?P<names>[一-龥]{{2,10}}(?:{_JOINT}[一-龥]{{2,10}})+?)"
    rf"(?:等(?:(?P<number>[0-9]{{1,2}}|[两二三四五六七八九十])(?:个|家|所|名)?[一-龥]{{1,4}}|(?P<more>[一-龥]{{0,4}}))?"
    rf"(?:[两二三四五六七八九十](?:个|家|所|名|地)?[一-龥]{{0,3}})?)?"
    rf"(?:分别|各|均)[一-龥]{{0,4}}$"
)
_ENDS = compiled("[，。；：:,;\n（(]")
_LONGEST = 120
_MOST_JOINTS = 12
"""Joints of names from which on a text is no list: 和 may be a joint or a letter, so that more take too long to try."""
_MORE = compiled(rf"{_JOINT}[^，。；、]{{0,2}}[0-9]")
_HEADS = 40
"""How many figures in front of a price may be the number of what it is for."""


def times_named(text: str, figure: Figure) -> int | None:
    """How many things are named that have an amount each (甲村、乙村分别获得15万元, 甲、乙等4个村各2万元), ``None`` where none
    are, or not all of them."""
    start = figure.span[0]
    if _MORE.match(figure.tail):
        return None  # 甲村、乙村分别为3万元、4万元
    stretch = _ENDS.split(text[max(0, start - _LONGEST) : start])[-1]
    joints = sum(map(stretch.count, "、和及"))
    found = _NAMED.search(stretch) if 0 < joints + stretch.count("与") <= _MOST_JOINTS and joints else None
    if found is None:
        return None
    if found["number"]:
        return numeral(found["number"])
    if found["more"] is not None:
        return None
    return len([name for name in re.split(_JOINT, found["names"]) if len(name) > 1])


def head_count(figures: list[Figure], place: int) -> Figure | None:
    """The number of what the price at ``place`` is for where no sentence of the price has it, but one in front (补助12个乡镇200万元。其中，每乡镇…):
    of all that are counted so, if there is but one number of them."""
    price = figures[place]
    if len(price.per) != 1 or price.parts or price.bound != "=" or price.each != 1:
        return None
    unit = price.per[0].unit
    counts = [
        one
        for one in figures[max(0, place - _HEADS) : place]
        if one.bound == "=" and not (one.per or one.quoted or one.past) and _is_of(one, unit)
    ]
    return counts[-1] if len({one.value for one in counts}) == 1 else None


def _is_of(count: Figure, unit: str) -> bool:
    return count.dimension == "count" and (
        cancels(count, unit) or counts_of(count, unit) or unit in count.tail[: len(unit) + 4]
    )
