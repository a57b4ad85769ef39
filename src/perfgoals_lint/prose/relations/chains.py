"""Rates and a number whose units cancel to that of the total behind them."""

from decimal import Decimal
from math import prod

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import counts_of, factors_of, made, same
from perfgoals_lint.prose.relations.periods import months_of
from perfgoals_lint.prose.relations.relation import Relation, fits, in_unit, misprinted, nearly, plain
from perfgoals_lint.prose.relations.share_words import WORD
from perfgoals_lint.prose.vocabulary import vocabulary
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

_HEADS = frozenset({"人", "名", "位", "人次"})
_OF_YEAR = compiled("全年|年内|一年")
_MONTHS = 12
_SEASON = compiled("[春夏秋冬暖热雨汛旱旺淡忙休灌]季|期间?(?=每)|[0-9]月")
"""A part of the year, in which so many a month need not be twelve times as many."""
_REACH = 16
"""How far in front of the factors the months that they are for may stand, in characters."""
_SHORT = 5
"""The longest words in front of a rate that has no thing of its own (8个乡镇每镇12场)."""
_OF_THEM = compiled("[，,]?(?:一?共|合计|共计|总计)(?:有|为)?(?:参加|组成)?")
"""In front of a total that is of those who are told, and not of what they do (共走访40人)."""
_APIECE = compiled(r"各[^，。；、\d]{0,6}$")
_YEAR = compiled("20[0-9]{2}年")
_WITH = compiled("[（(，,]?(?:含|包括|另)")
"""Behind a total: what is in it beside what rates make."""
_DAYS = ("日", "天")
_CHAIN = 4
"""How many figures in front of a total may be its factors."""


def chained(text: str, figures: list[Figure], index: int) -> Relation | None:
    """每栋11层，每层8户，5栋共440户: rates and a number whose units cancel to that of the total behind them."""
    total = figures[index]
    whole_year = _OF_YEAR.match(total.lead) is not None
    if not (total.total or whole_year) or total.per or (total.parts or 1) > 1:
        return None
    before: list[Figure] = []
    for figure in reversed(figures[max(0, index - _CHAIN) : index]):
        ended = figure.total and same(figure, total)
        if figure.sentence != total.sentence or ended or figure.low is not None:
            break
        if figure.dimension in ("count", "time"):
            before.insert(0, figure)
    if any(_APIECE.search(one.lead) and all(per.unit in _DAYS for per in one.per) for one in before):
        return None  # 5个窗口每日各办理20件
    factors = _cancelled(total, before, whole_year)
    if factors is None:
        return None
    rate, things = factors[-2:]
    if not (_is_measured(things, rate.per[0].unit) or _OF_THEM.fullmatch(total.lead)):
        return None  # 4个工作组，每组3人，共走访老人40人
    often = max((one.parts or 1 for one in factors), default=1)
    start = min(one.span[0] for one in factors)
    stretch = text[max(0, start - _REACH, *(text.rfind(stop, 0, start) for stop in "。\n")) : total.span[0]]
    months = months_of(stretch) if often == _MONTHS else None
    often = months or often
    each = prod((one.each for one in factors), start=Decimal(1))
    computed = prod((one.value for one in factors), start=Decimal(often)) / each
    shown = [*(one.raw for one in factors), *([str(often)] if often > 1 else [])]
    divided = f" ÷ {plain(each)}" if each != 1 else ""
    expression = f"{' × '.join(shown)}{divided} = {in_unit(computed, total)}"
    exact = total.bound == "=" and all(one.bound == "=" for one in factors)
    exact = exact and not (
        often > 1 and not months and (_SEASON.search(stretch) or cues().uneven.search(stretch))
    )
    # What is left over of so many for each hundred may be given one too.
    slack = Decimal(0 if each == 1 else 1)
    slack += sum(computed * one.half / one.value for one in factors if one.decimals and "均" in one.lead)
    holds: bool | None = fits(computed, total, slack) or (False if exact else None)
    return Relation("product", factors, total, computed, holds, expression)


def by_kinds(figures: list[Figure], index: int) -> Relation | None:
    """12所中学、26所小学，中学每所4名，小学每所2名，共100名: a rate for each kind of what is counted, and what they make together."""
    total = figures[index]
    near = figures[max(0, index - 2 * _CHAIN) : index]
    before = [one for one in near if one.sentence == total.sentence and one.exact]
    rates = [one for one in before if len(one.per) == 1 and not one.parts and same(one, total)]
    if not total.total or total.per or total.bound != "=" or len(rates) < 2:
        return None
    counts = [one for one in before if not one.per and one.dimension == "count"]
    found = [factors_of(rate, counts) for rate in rates]
    things = [one[0] for one in found if one is not None and len(one) == 1]
    if not len(set(things)) == len(rates) == len(counts):
        return None
    pairs = list(zip(things, rates, strict=True))
    computed = sum((one.value * rate.value / rate.each for one, rate in pairs), Decimal(0))
    shown = " + ".join(f"{one.raw} × {rate.raw}" for one, rate in pairs)
    expression = f"{shown} = {in_unit(computed, total)}"
    terms = [*things, *rates]
    other = total.past or "累计" in total.lead or _YEAR.search(total.lead) or _WITH.match(total.tail)
    holds = fits(computed, total) or (False if nearly(total, computed) and not other else None)
    return Relation("product", terms, total, computed, holds, expression, "likely")


def said_apart(figures: list[Figure], index: int) -> Relation | None:
    """每名渡工月补助700元。现有渡工20人。全年共需16.8万元: a price, its number and the total, alone in a sentence each, if the
    total is what they make with a slip of the pen, or by up to a fifth."""
    if index < 1 or index + 1 >= len(figures):
        return None
    price, count, total = figures[index - 1 : index + 2]
    around = [one.sentence for one in figures[max(0, index - 2) : index + 3]]
    alone = price.sentence + 2 == count.sentence + 1 == total.sentence and len(set(around)) == len(around)
    if not (alone and price.price and price.dimension == total.dimension == "money" and total.total):
        return None
    bare_total = len(total.lead) <= _SHORT and "含" not in total.lead
    found = factors_of(price, [count]) if bare_total and price.per and not count.per else None
    if found is None or any(one.bound != "=" or one.past for one in (price, count, total)):
        return None
    computed = made(price, [count]) * (price.parts or 1)
    holds = fits(computed, total)
    near = abs(computed - total.value) <= computed / 5 or misprinted(total, computed)
    if not (holds or near):
        return None
    often = f" × {price.parts}" if (price.parts or 1) > 1 else ""
    shown = f"{price.raw} × {count.raw}{often} = {in_unit(computed, total)}"
    return Relation("product", [price, count], total, computed, holds, shown, "likely")


def averaged(figures: list[Figure], index: int) -> Relation | None:
    """举办培训班6期，培训300人，每期50人: a number of things, a total, and how many of the total each has, side by side. In
    another order (69场，8个镇每镇12场) only a rate without words of its own, and a total that it nearly makes, are taken."""
    if index < 2 or not (figures[index].per or figures[index - 1].per or figures[index - 2].per):
        return None
    *before, last = figures[max(0, index - _CHAIN) : index + 1]
    three = [*[one for one in before if not one.parts][-2:], last]
    rates = [one for one in three if len(one.per) == 1 and one.per[0].count == 1 and one.parts is None]
    if (
        len(rates) != 1
        or len(three) < 3
        or any(one.sentence != three[0].sentence or one.bound != "=" for one in three)
    ):
        return None
    rate, unit = rates[0], rates[0].per[0].unit
    first, second = (one for one in three if one is not rate)
    things, total = (first, second) if _is_unit(first, unit) else (second, first)
    alike = (one for one in figures[max(0, index - 2 * _CHAIN) : index] if same(one, things))
    sisters = [one for one in alike if one.sentence == things.sentence and one.span <= things.span]
    if len(sisters) > 2 and sum(one.value for one in sisters) == 2 * sisters[0].value:
        things = sisters[0]  # 33次，其中小学12次、初中9次、高中12次，场均200人次
    plain = all(one.dimension == "count" and not one.per and one.low is None for one in (things, total))
    exact = plain and rate.low is None and not (things.parts or total.parts)
    named = _is_unit(things, unit)
    if not (exact and named and _counts_as(rate, total)) or _is_unit(total, unit):
        return None
    computed = things.value * rate.value
    behind = (things, total, rate) == (three[0], three[1], three[2])
    bare = (f"每{unit}" in rate.lead and len(rate.lead) <= _SHORT) or "平均每" in rate.lead
    if not behind and (total.total or not bare):
        return None
    near = abs(computed - total.value) <= max(computed, total.value) / 5 or misprinted(total, computed)
    own = rate.lead.partition("每")[2].removeprefix("个").removeprefix(unit)
    own = own.replace(common_stretch(own, things.lead + things.behind, WORD) or " ", "")
    if len(own) >= WORD and not common_stretch(own, total.lead + total.behind, WORD) and not near:
        return None  # 8个赛项，选手320名，每个赛项取前3名
    if not behind and computed != total.value and not near:
        return None
    expression = f"{things.raw} × {rate.raw} = {in_unit(computed, total)}"
    slack = things.value * rate.half if "均" in rate.lead else 0  # 59名服务296个村，人均服务5个
    holds = abs(computed - total.value) <= slack
    return Relation("product", [things, rate], total, computed, holds, expression, "likely")


def _cancelled(total: Figure, before: list[Figure], whole_year: bool) -> list[Figure] | None:
    """Of the figures in front of a total those that multiply to it, each used once, the rates first; ``None`` where
    none or more than one figure would do at some step. So many a month count where the total is that of a year."""
    left = list(before)
    yearly = None if total.years else 1
    months = any(one.dimension == "time" and not one.per for one in before)
    rates = [
        one
        for one in left
        if len(one.per) == 1 and (one.parts in (None, yearly) or (whole_year and not months))
    ]
    fitting = [one for one in rates if _counts_as(one, total)]
    found: list[Figure] = []
    while len(fitting) == 1 and len(found) < _CHAIN:
        (rate,) = fitting
        found.append(rate)
        left.remove(rate)
        unit = rate.per[0].unit
        things = [one for one in left if not one.per and _is_unit(one, unit)]
        fitting = [one for one in left if one in rates and _is_unit(one, unit)]
        if len(things) == 1 and not fitting and (things[0].parts is None or whole_year):
            found.append(things[0])
            return found
        if things and not (len(fitting) == 1 and _is_nested(fitting[0], rate, things)):
            return None
    return None


def _is_nested(each: Figure, rate: Figure, things: list[Figure]) -> bool:
    """Is a rate said of what there are so many of in each of some things (5个街道，每个街道8个社区，每个社区2名; 4个片区各设6个), and
    not of those?"""
    if _APIECE.search(each.lead):
        return True
    named = common_stretch(each.behind, rate.lead, WORD) is not None
    return named and not any(common_stretch(one.behind, rate.lead, WORD) for one in things)


def _counts_as(one: Figure, total: Figure) -> bool:
    if one.dimension != "count" or total.dimension != "count":
        return False
    return same(one, total) or (one.unit in _HEADS and total.unit in _HEADS)


def _is_unit(figure: Figure, unit: str) -> bool:
    return _is_measured(figure, unit) or counts_of(figure, unit)  # 6支医疗队，每队8人


def _is_measured(figure: Figure, unit: str) -> bool:
    if figure.unit == unit or vocabulary().same_unit(figure.unit, unit):
        return True
    # 5批次 are 5批; but 20人次 may be fewer than 20人.
    if figure.unit == "个" and figure.tail.startswith(unit):
        return True  # 8个镇
    return figure.unit not in _HEADS and figure.unit.removesuffix("次") == unit.removesuffix("次") != ""
