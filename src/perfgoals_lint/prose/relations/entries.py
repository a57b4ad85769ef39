"""What is added up: entries, wholes whose parts are being named, and the words that tell their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from math import prod
from typing import Literal

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import plain
from perfgoals_lint.prose.vocabulary import vocabulary
from perfgoals_lint.rulebook.lexicons import words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.similarity import common_stretch
from perfgoals_lint.values.units import convert

_ENTRIES = compiled(
    r"(?:以上|上述|前述)?(?P<number>[0-9]{1,2}|[两二三四五六七八九十]{1,2})(?:个)?(?:大)?(?:项|者|类|部分|笔|(?<!分.)批)(?:[^，。；：:\d、]{0,6})$"
)
ENTRY_UNITS = frozenset({"项", "类", "大类", "部分", "笔", "批"})
"""The units of a number of entries (三项)."""
_TOTAL_END = compiled("[合共总]?(?:共计|合计|总计|总共|共|计)[^，。；]{0,6}$")
STOP = compiled(r"[。\n！？]")
"""The end of a sentence, behind which the parts of a count are not sought."""
_YEAR_PARTS = frozenset({"年", "季度", "个季度"})
_NUMERALS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ORDINALS = frozenset("一二三四五六七八九十")
_CLASSES = frozenset({"类", "档", "级"})
_STAGES = frozenset({"期", "层"})
_NOUN = compiled("(?![和及与共计为的])[一-龥]{2,10}")
_COUNTED = compiled("(?:(?![每各共])[一-龥]){1,6}")
_NO_NOUN = compiled("每.?|单价|费用?|标准|[，。；、：0-9]")
_EACH_OF_THEM = compiled("[，,]?(?:每|人均|户均|单价|均价)")
SPANS = {12: ("月", "个月"), 2: ("学期", "个学期")}
"""The units in which the parts of a year that a price is for are told, by their number."""
GENERIC = frozenset({"个", "项"})
_MU = {"亩": 1, "公顷": 15, "平方公里": 1500}
"""The measures of land in 亩, which are no whole number of square metres."""
_LEFT_OPEN = GENERIC | {"次"}
"""Units behind which the thing itself may stand in front of the number."""
MOST_COUNTS = 24
"""The counts in front of a price or behind it that a reader may tie to it; one further away is for something else, and
the work stays linear in a sentence that never ends."""
_THING = compiled("[，；]?([一-龥]{4,14})共[一-龥]{0,3}$")
_MONEY = compiled("[费款金用需项总计年月以全上述]|支出|预算|投资|投入|成本|补助|补贴|安排|工资|县|镇|市|区")
_MONEY_ITSELF = compiled("[费款金项]|支出|预算|投资|投入|成本|补助|补贴|安排|工资|以上|上述")
OF_AVERAGE = compiled("[人户村校]均(?:补[贴助]|发放|资助|奖励|支出|费用|成本|投入)?$")
_PLACE = compiled("^[全各本该两]?[省市县区镇乡村]")
_OWN_NAME = 6
"""A subject of so many characters is named, and no 全县 or 两项."""
PERSONS = frozenset({"人", "名", "位"})
_HEADS = PERSONS | {"生", "学生", "学员", "人次", "个", "户"}
"""Units that a price for a pupil or a visit may be multiplied by."""


@dataclass(slots=True, eq=False)
class Term:
    """One thing that is added up. ``value`` is ``None`` where it cannot be told; ``kind`` says whether it is printed
    (``amount``), a price times a number (``product``) or an amount for a part of the time (``period``). ``assumed``: a price
    a month is taken for the whole year, and all else of it is printed. ``parts`` are those that make it, where all of them are named."""

    figures: list[Figure]
    value: Decimal | None
    kind: Literal["amount", "product", "period"]
    start: int
    firm: bool = True
    about: bool = False
    assumed: bool = False
    parts: list[Term] = field(default_factory=list)
    sisters: list[Figure] = field(default_factory=list)
    """The numbers behind a price that it is for together (在编68人，编外12人)."""
    counts: list[Figure] = field(default_factory=list)

    @property
    def head(self) -> Figure:
        """The figure that stands last, which the entry is about."""
        return self.figures[-1]


@dataclass(slots=True)
class OpenWhole:
    """A whole whose parts are being named, from ``base`` in the stack on."""

    whole: Term
    base: int
    depth: int
    bracket: bool
    among: bool
    item: int | None
    start: int
    several: bool = False
    bare: bool = False


def same(one: Figure, other: Figure) -> bool:
    """Do two counts count in one unit?"""
    return one.unit == other.unit or (one.unit in PERSONS and other.unit in PERSONS)


def is_class(figure: Figure) -> bool:
    """Is it the number of a class that names what is counted or paid behind it (二类补助村8个, 二类48万元, 一期6公里)?"""
    if figure.unit in _STAGES and figure.raw[0] in _ORDINALS:
        return figure.tail[:1].isdigit()
    numbered = figure.unit in _CLASSES and figure.raw[0] in _ORDINALS
    return numbered and (figure.tail[:1].isdigit() or "一" <= figure.tail[:1] <= "龥")


def may_be_part(figure: Figure, whole: Figure) -> bool:
    """May a figure be a part of a count, or the whole be one of it: a count in the same unit, no total or rate itself?"""
    return (
        figure.dimension == whole.dimension
        and same(figure, whole)
        and not (figure.per or figure.parts or figure.total or figure.price)
    )


def is_part_of_year(figure: Figure) -> bool:
    """Does a figure only say in which part of the time the next one is (分三年实施, 一季度)?"""
    return figure.dimension == "time" and figure.unit in _YEAR_PARTS


def numeral(word: str) -> int | None:
    """A small number in digits or in one character."""
    return int(word) if word.isdigit() else _NUMERALS.get(word)


def entry_number(lead: str) -> int | None:
    """N of 以上N项, at the end of the words in front of a total."""
    found = _ENTRIES.search(lead)
    return numeral(found["number"]) if found else None


def factors_of(price: Figure, counts: list[Figure]) -> list[Figure] | None:
    """The counts that cancel the units of a price, one each; a price without a unit takes a lone count. ``None`` where
    none or several would do."""
    ages = words("figures.ages")
    left = [one for one in counts if one.dimension in ("count", "time", "bare") and one.unit not in ages]
    found: list[Figure] = []
    more: list[Figure] = []
    for per in price.per:
        if any(cancels(one, per.unit) for one in more):
            continue  # 每日用工40人，每人每日140元，80天
        fitting = [one for one in left if cancels(one, per.unit)]
        if sum(_is_called(one, price) for one in fitting) != 1:
            fitting = [one for one in fitting if one.unit == per.unit] or fitting
        if not fitting:
            several = len(price.per) > 1
            fitting = [
                one
                for one in left
                if counts_of(one, per.unit)
                and not (several and per.unit not in (one.tail[:1], *one.lead[-2:]))
            ]
        if not fitting and per.unit in GENERIC:
            number = (one for one in left if one.dimension == "count")
            fitting = [one for one in number if common_stretch(_noun(one), _noun(price), 2) is not None]
        chosen = _meant(price, fitting)
        if chosen is None:
            return None
        found.append(chosen)
        left.remove(chosen)
        # So many for each of something (每人培训5天，每天80元): the number of those belongs to the product.
        for each in chosen.per:
            fitting = [one for one in counts if not one.per]
            things = [one for one in fitting if cancels(one, each.unit) or counts_of(one, each.unit)]
            if len(things) != 1:
                return None
            found.extend(one for one in things if one not in found)
            more += things
            left = [one for one in left if one not in things]
    if not price.per:
        things = [one for one in left if one.dimension == "count"]
        chosen = _meant(price, things)
        if chosen is None:
            return None
        found.append(chosen)
    elif price.parts in SPANS:
        found.extend([one for one in left if one.unit in SPANS[price.parts]][-1:])
    return None if _held_together(found) else found


def _held_together(found: list[Figure]) -> bool:
    """Is a measure that of all people who are counted, and not of each (120户种植800亩，每户每亩600元)?"""
    units = {one.unit for one in found if one.dimension == "count" and not one.per}
    return bool(units & words("figures.measures") and units & (PERSONS | {"户"}))


def cancels(count: Figure, unit: str) -> bool:
    if unit in ("生", "人次") and count.unit in _HEADS:
        return True
    size = _size(count.unit, unit)
    if (
        size is None
        if unit in words("figures.measures")
        else count.dimension == "time" and size not in (None, 1)
    ):
        return False  # at so much an hour 20 days are none of 24
    return vocabulary().same_unit(count.unit, unit) or (unit == "次" and count.unit.endswith("次"))


def _size(unit: str, other: str) -> Decimal | None:
    """How many of another measure one is (15 亩 a 公顷); ``None`` where they do not measure the same thing."""
    if unit in _MU and other in _MU:
        return Decimal(_MU[unit]) / _MU[other]
    return convert(Decimal(1), unit, other)


def in_measure(count: Figure, price: Figure) -> Decimal:
    """A count in the measure that a price is for (90公顷 are 1350 at so much a 亩)."""
    sizes = (_size(count.unit, per.unit) for per in price.per if cancels(count, per.unit))
    return count.value * (next(sizes, None) or 1)


def made(price: Figure, counts: list[Figure]) -> Decimal:
    """What a price makes with the counts that it is for, in 元."""
    return price.value * prod((in_measure(one, price) for one in counts), start=Decimal(1)) / price.each


def counts_of(count: Figure, unit: str) -> bool:
    """Is what is counted named by a unit (20个村 for a price a village, 596张养老床位 for one a bed)?"""
    named = count.dimension == "count" and unit in count.lead[-2:]
    apart = count.unit in _HEADS or count.unit in words("figures.measures")
    if named and (count.unit in _LEFT_OPEN or not (apart or unit in PERSONS)):
        return True  # 泊位3000个, 加餐300次, 开放床位600张; but 培训班120人, 机井1500米
    noun = _COUNTED.match(count.tail)
    names = [unit, *lexicon("figures")["called"].get(unit, ())]
    if count.dimension != "count" or count.unit in GENERIC:
        return count.dimension == "count" and noun is not None and unit in noun[0]
    if noun is None:
        # By its measure word (每车，15辆), the last character of its name (每航班，180班), or its visits (人均，180人次).
        return count.unit in names or unit.endswith(count.unit) or count.unit == f"{unit}次"
    return any(name in noun[0] for name in names)


def _is_called(count: Figure, price: Figure) -> bool:
    """Does a price name what is counted, as the words in front of its number do?"""
    return common_stretch(count.lead[-2:], price.lead, 2) is not None


def _meant(price: Figure, fitting: list[Figure]) -> Figure | None:
    """The count that a price is for: the only one, or the only one with a noun of the price."""
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        return None
    last, start = fitting[-1], price.span[0] - len(price.lead)
    called = [one for one in fitting if _is_called(one, price)]
    if len(called) == 1:
        return called[0]  # 新建6座、改建4座，每座新建补助15万元
    if start == last.span[1] and price.lead.startswith("、"):
        return last  # 民事28件、补贴标准1200元/件
    if 0 <= start - last.span[1] <= 1 and _EACH_OF_THEM.match(price.lead) and "分别" not in price.lead:
        # Directly behind its number: 女职工80人，每人1625元.
        # Of a whole and its parts the whole is meant (14人，其中技师9人、管理5人，人均…).
        for number, one in enumerate(fitting[:-2]):
            if one.value == sum(part.value for part in fitting[number + 1 :]):
                return one
        return last
    noun = _noun(price)
    shared = [(len(common_stretch(_noun(one), noun, 2) or ""), one) for one in fitting]
    most = max((length for length, _ in shared), default=0)
    named = [one for length, one in shared if length == most > 0]
    return named[0] if len(named) == 1 else None


def _noun(figure: Figure) -> str:
    """The words that say what is counted or priced: behind a count where a noun stands there, else in front."""
    behind = _NOUN.match(figure.tail) if figure.dimension == "count" else None
    return _NO_NOUN.sub(" ", behind[0] if behind else figure.lead)


def counted_lead(lead: str) -> str:
    """The words in front of the word of a total."""
    return _TOTAL_END.sub("", lead)


def bare(figure: Figure) -> str:
    return re.sub(r"[（(].*", "", figure.raw)


def rounding(entry: Term, value: Decimal) -> Decimal:
    price = entry.figures[0]
    if price.decimals and price.value and OF_AVERAGE.search(price.lead):
        return abs(value) * price.half / price.value  # what each has on average was made by division
    if price.each > 1:
        return price.value  # the last of each ten may not be full
    if price.scale >= 10**4 and price.step * 10 < price.scale and price.value:
        return abs(value) * price.half / price.value
    return Decimal(0)


def in_sum(entries: list[Term], like: Figure) -> str:
    scale = like.scale if like.scale >= 10**4 else Decimal(1)
    terms = [plain((one.value or Decimal(0)) / scale) for one in entries]
    if len(terms) > 12:
        terms = [*terms[:10], "…", terms[-1]]
    return " + ".join(terms)


def other_thing(total: Figure, covered: list[Term]) -> bool:
    """Is a bare 共 said of a thing of its own, of which no part speaks (A楼屋面6万元、B楼屋面5万元，两楼外墙共8万元)?"""
    thing = _THING.fullmatch(total.lead)
    if thing is None or (_MONEY if len(thing[1]) < _OWN_NAME else _MONEY_ITSELF).search(thing[1]):
        return False
    leads = " ".join(one.head.lead for one in covered)
    named = _PLACE.sub("", thing[1])
    return not any(first + second in leads for first, second in pairwise(named))
