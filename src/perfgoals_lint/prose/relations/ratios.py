"""Ratios of several amounts (按3:7的比例分担), against the amounts and the shares that are printed for them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, in_unit, judged, plain
from perfgoals_lint.rulebook.lexicons import matcher, pattern_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon

_RATIO = compiled(r"(?<![\d.:])\d{1,3}(?:\.\d)?(?:[:：∶比]\d{1,3}(?:\.\d)?){1,4}(?![\d.:：∶])")
_PART = compiled(r"\d+(?:\.\d)?")
_DIVIDED = frozenset({"money", "share"})
_FEW = 3
"""How many figures to either side of a rate may be what it is reckoned of, and what it makes."""
_MOST = 12
"""How many figures behind a ratio are looked at."""
_NEAR = 12
"""How many characters around a ratio may hold the word that says so."""
_REACH = 40
"""How many characters behind a ratio its first amount may stand."""


def ratios(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """按3:7的比例，甲承担A，乙承担B; 按5:3:2分担，分别为50%、30%、20%: as many figures of one kind as the ratio has
    parts, directly behind it."""
    for match in _RATIO.finditer(text):
        around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        parts = [Decimal(number) for number in _PART.findall(match[0])]
        if not matcher("figures.ratio").search(around) or not all(parts):
            continue
        first = bisect_left(figures, match.end(), key=lambda one: one.span[0])
        behind = [one for one in figures[first : first + _MOST] if one.dimension in _DIVIDED]
        if not behind or behind[0].span[0] - match.end() > _REACH:
            continue
        kind = (behind[0].dimension, behind[0].unit, behind[0].sentence)
        amounts: list[Figure] = []
        for figure in behind[: len(parts) + 1]:
            if (figure.dimension, figure.unit, figure.sentence) != kind:
                break
            amounts.append(figure)
        if len(amounts) != len(parts):
            place = bisect_left(figures, match.start(), key=lambda one: one.span[0])
            near = figures[max(0, place - _FEW) : place]
            yield from _of_named(text[max(0, match.start() - _REACH) : match.start()], parts, near, behind)
        elif not any(_is_none(figure) for figure in amounts):
            place = bisect_left(figures, match.start(), key=lambda one: one.span[0])
            whole = _divided_whole(figures[place - 1] if place else None, match.start(), amounts)
            yield from (
                _compared(parts, amounts)
                if whole is None
                else _of_whole(sum(parts, Decimal(0)), whole, zip(parts, amounts, strict=True))
            )


def _of_named(
    before: str, parts: list[Decimal], near: list[Figure], behind: list[Figure]
) -> Iterator[Relation]:
    """An amount of one of those that share by a ratio, by its place among their names (100万元，省市县按3:3:4分担，县级…)."""
    money = [one for one in near if one.dimension == "money"]
    if not money and behind and not matcher("figures.levels").match(behind[0].lead):
        money, behind = behind[:1], behind[1:]  # 省市县按4:3:3分担运行费80万元，市级…
    whole = money[0] if len(money) == 1 else None
    named = _names().search(before[-2 * _NEAR :])
    names = [one[0] for one in matcher("figures.levels").finditer(named[0])] if named else []
    if whole is None or len(names) != len(parts) or (_is_none(whole) and not whole.total):
        return
    for figure in behind[: len(parts)]:
        name = matcher("figures.levels").match(figure.lead.lstrip("，、：（其中由"))
        alike = (figure.dimension, figure.sentence) == ("money", whole.sentence)
        if not alike or name is None or name[0] not in names or _is_none(figure):
            return
        yield from _of_whole(sum(parts, Decimal(0)), whole, [(parts[names.index(name[0])], figure)])


@cache
def _names() -> re.Pattern[str]:
    level = pattern_of(lexicon("figures")["levels"])
    return compiled(
        rf"(?:(?:{level})级?(?:财政)?[、和与及]?){{2,5}}(?:[两二三四]级)?(?:财政)?(?:共同)?(?:按照?)?$"
    )


def _divided_whole(before: Figure | None, start: int, amounts: list[Figure]) -> Figure | None:
    """The amount that a ratio divides, in front of it in its sentence (98万元按7:3分担): more than each of its parts."""
    if before is None or (before.dimension, before.sentence) != (amounts[0].dimension, amounts[0].sentence):
        return None
    near = start - before.span[1] <= _NEAR and not _is_none(before)
    return before if near and all(before.value > one.value for one in amounts) else None


def _of_whole(
    together: Decimal, whole: Figure, divided: Iterable[tuple[Decimal, Figure]]
) -> Iterator[Relation]:
    for part, amount in divided:
        share = part / together
        computed = whole.value * share
        holds = judged(abs(computed - amount.value) <= amount.half + whole.half * share, whole, amount)
        expression = (
            f"{in_unit(whole.value, whole)} × {plain(part)} ÷ {plain(together)} = {in_unit(computed, amount)}"
        )
        yield Relation("share", [whole], amount, computed, holds, expression, "likely")


def rates_of_money(figures: list[Figure]) -> Iterator[Relation]:
    """每10万元补贴900元，投入150万元，补贴13500元: so much for each amount, the only two other amounts of the sentence being
    what it is reckoned of and what that makes."""
    for index, rate in enumerate(figures):
        if len(rate.per) != 1 or rate.per[0].unit != "元" or rate.dimension != "money" or rate.quoted:
            continue
        around = [*figures[max(0, index - _FEW) : index], *figures[index + 1 : index + 1 + _FEW]]
        amounts = [one for one in around if one.dimension == "money" and one.sentence == rate.sentence]
        if len(amounts) != 2 or any(_is_none(one) and not one.total for one in amounts):
            continue
        result, base = sorted(amounts, key=lambda one: one.value)
        computed = base.value * rate.value / rate.each
        holds = judged(abs(computed - result.value) <= result.half, rate, *amounts)
        expression = f"{base.raw} × {rate.raw} ÷ {in_unit(rate.each, base)} = {in_unit(computed, result)}"
        yield Relation("product", [rate, base], result, computed, holds, expression, "likely")


def _is_none(figure: Figure) -> bool:
    """Can a figure not be one of the amounts that a ratio divides?"""
    other = figure.per or figure.price or figure.past or figure.quoted or figure.total
    return bool(other) or figure.low is not None


def _compared(parts: list[Decimal], amounts: list[Figure]) -> Iterator[Relation]:
    for (one, other), (first, second) in zip(pairwise(parts), pairwise(amounts), strict=True):
        computed = first.value * other / one
        slack = second.half + first.half * other / one
        holds = judged(abs(computed - second.value) <= slack, first, second)
        expression = (
            f"{in_unit(first.value, first)} × {plain(other)} ÷ {plain(one)} = {in_unit(computed, second)}"
        )
        yield Relation("share", [first], second, computed, holds, expression, "likely")
