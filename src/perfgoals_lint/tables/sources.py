"""Sources of funds that forms name beside those of the standard form: 自有资金, 中央补助, 上级资金 …"""

from __future__ import annotations

from decimal import Decimal

from perfgoals_lint.model import SOURCES
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.text import squeeze

PUBLIC = "public_source"
NAMED_SOURCES = ("own_source", PUBLIC)
"""Fields of sources that are known by the name printed."""
_OF_WHICH = compiled(
    r"^(?:其中[:：]?|按?(?:资金|经费|支出|收入)?(?:来源|构成|渠道|性质|类型)(?:划?分)?[:：])"
)
"""What leads from a whole to its parts, in front of the name of one: 其中, 按资金来源."""
_ORDINAL = compiled(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十\d]{1,2}[、.．])(?=\D)"
)
_PART = compiled(r"^(?:其中|[（(]?\d{1,2}[)）、.．]|[（(][一二三四五六七八九十]+[)）])")


def is_part(label: str) -> bool:
    """May a label be that of a part of the source above it (其中：…, 1.… below 一、…)?"""
    return _PART.match(squeeze(label)) is not None


def printed_name(label: str) -> str:
    """The name of a source as its box prints it, without white space, 其中 in front and a colon behind."""
    return _ORDINAL.sub("", _OF_WHICH.sub("", squeeze(label))).rstrip(":：")


def with_public(
    funding: dict[str, Decimal], public: dict[str, Decimal], budget: Decimal | None
) -> dict[str, Decimal] | None:
    """The sources, with those of public money that are no part of another: where several and no 财政拨款 are given, or
    where only all together are the budget. ``None`` when there are none."""
    every = funding | public
    part = SOURCES["fiscal"] in funding or len(every) == 1
    if part and sum(every.values()) != budget:
        return funding or None
    return every or None
