"""The share that is printed behind each part of a whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, share_made
from perfgoals_lint.prose.relations.share_words import of_another
from perfgoals_lint.rulebook.patterns import compiled

_SHARE_OF = compiled(r"[，,（(]?(?:约|各|所)?占(?!用|地)[^，。；、\d%]{0,14}")
"""Between a part and its share: 占, 占比, 占补助资金总额."""
_OF_ALL = compiled(
    r"[，,；;（(]?(?:约|各)?分别约?占(?:(?:其|全部)?(?:总?[数量额]|总(?:金额|长度?|面积|里程|规模|投入|(?P<unit>[一-龥])数))的?|比[重例]?)?[为约达：:]{0,2}"
)
"""In front of the first of several shares that are said to be of the sum of their parts itself, and of no plan or budget."""
_NAMED = compiled(r"[，,；;]?(?P<name>[一-龥]{2,8}?)(?:所)?占(?:比[重例]?)?[为约达：:]{0,2}")
"""In front of a share: the name of the part that it is of, alone (财政出资占40%)."""
_JOINED = compiled("[、和及与，]")
_PAIR = 2
_ADDED = frozenset({"sum", "parts"})


def part_shares(text: str, figures: list[Figure], found: list[Relation]) -> Iterator[Relation]:
    """设备12万元，占40%；软件18万元，占60%: the share of each part of a whole that its parts make, in that whole."""
    told = {figure for one in found if one.kind in ("share", "shares", "change") for figure in (one.result,)}
    wholes: dict[Figure, Figure] = {}
    for one in found:
        if one.holds and one.kind in _ADDED and one.result.value and len(one.terms) > 1:
            wholes.update((part, one.result) for part in one.terms)
    for part, rate in pairwise(figures):
        whole = wholes.get(part)
        if whole is None or rate.dimension != "share" or rate in told or rate.bound != "=":
            continue
        if "点" in rate.unit or rate.unit == "‰" or cues().changes.search(rate.lead):
            continue
        if _SHARE_OF.fullmatch(text, part.span[1], rate.span[0]) and not of_another(rate, whole):
            yield _of_whole(part, whole, rate)
    for rate in figures:
        name = _NAMED.fullmatch(rate.lead) if rate.dimension == "share" and rate not in told else None
        parts = [one for one in wholes if name and one.lead.endswith(name["name"])]
        if name and len(parts) == 1 and parts[0].sentence == rate.sentence and rate.bound == "=":
            yield _of_whole(parts[0], wholes[parts[0]], rate)
    yield from _in_order(text, figures, found)
    for one in found:
        if one.kind == "shares" and one.holds:
            yield from _of_all(text, figures, [*one.terms, one.result])


def _in_order(text: str, figures: list[Figure], found: list[Relation]) -> Iterator[Relation]:
    """甲、乙投入分别为18万元、32万元，共50万元，分别占36%和64%: the shares that are named in the order of the parts of a sum in front of them."""
    places = {figure: place for place, figure in enumerate(figures)}
    for one in found:
        if not one.holds or one.kind not in _ADDED or len(one.terms) < _PAIR:
            continue
        start = max(places.get(figure, 0) for figure in (*one.terms, one.result)) + 1
        rates = figures[start : start + len(one.terms)]
        told = _OF_ALL.fullmatch(rates[0].lead) if rates else None
        joined = all(
            _JOINED.fullmatch(text, first.span[1], second.span[0]) for first, second in pairwise(rates)
        )
        alike = all(rate.dimension == "share" and rate.sentence == one.result.sentence for rate in rates)
        if told is None or told["unit"] not in (None, one.result.unit):
            continue
        if joined and alike and len(rates) == len(one.terms):
            yield from (
                _of_whole(part, one.result, rate) for part, rate in zip(one.terms, rates, strict=True)
            )


def _of_all(text: str, figures: list[Figure], rates: list[Figure]) -> Iterator[Relation]:
    """拨款100万元（占85%），自筹20万元（占15%）: shares that are all there are, each directly behind its part, against what
    the parts make together."""
    before = {rate: part for part, rate in pairwise(figures)}
    parts = [before[rate] for rate in rates if rate in before]
    kinds = {(part.dimension, part.unit) for part in parts}
    alone = len(parts) == len(rates) and len(kinds) == 1 and kinds.pop()[0] in ("money", "count")
    if not alone or any(part.about or part.bound != "=" or part.price or part.per for part in parts):
        return
    told = all(
        _SHARE_OF.fullmatch(text, part.span[1], rate.span[0]) for part, rate in zip(parts, rates, strict=True)
    )
    whole = sum((part.value for part in parts), Decimal(0))
    if not told or not whole:
        return
    for part, rate in zip(parts, rates, strict=True):
        computed, slack, shown = share_made(part, whole, rate, part)
        holds = abs(computed - rate.value) <= max(slack, rate.step)
        yield Relation(
            "share",
            [part, *(one for one in parts if one is not part)],
            rate,
            computed,
            holds,
            shown,
            "likely",
        )


def _of_whole(part: Figure, whole: Figure, rate: Figure) -> Relation:
    computed, slack, shown = share_made(part, whole.value, rate, whole)
    holds: bool | None = abs(computed - rate.value) <= max(slack, rate.step)
    if not holds and (part.about or whole.about):
        holds = None
    return Relation("share", [part, whole], rate, computed, holds, shown)
