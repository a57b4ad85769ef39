"""Other readings of a calculation that does not come out: where one of them agrees, nothing is wrong."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.relations.entries import entry_number
from perfgoals_lint.prose.relations.relation import fits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfgoals_lint.prose.figures import Figure
    from perfgoals_lint.prose.relations.relation import Relation

_REACH = 40
"""How many figures in front of a result may belong to another reading of it; with that the work stays linear."""
_MOST_PARTS = 12
_COUNTING = frozenset({"money", "count", "share", "bare"})
"""What may be a term of a calculation: more than times, which often only date it."""


def settle(found: list[Relation], printed: list[Relation], figures: list[Figure]) -> None:
    """Leave open each calculation that does not come out in one reading and does in another, and make a question of each
    that leaves a figure beside it unexplained. The ``printed`` ones can be read in one way only."""
    places = {figure: place for place, figure in enumerate(figures)}
    explained = {figure for one in found if one.holds for figure in (*one.terms, one.result)}
    for relation in found:
        if relation.holds is not False or relation.result not in places or relation in printed:
            continue
        place = places[relation.result]
        around = figures[max(0, place - _REACH) : place + _REACH]
        if _READINGS.get(relation.kind, _no_other)(relation, around):
            relation.holds = None
        elif relation.certainty == "sure" and _leaves_some(relation, around, explained):
            relation.certainty = "likely"


def _leaves_some(relation: Relation, around: list[Figure], explained: set[Figure]) -> bool:
    """Is there a figure between the terms of a relation, or one of its kind in the sentence of the result, that neither
    it nor a calculation that comes out has used? The wrong ones may be tied to each other then. The result said once more
    (申请9.6万元…，共9.6万元) is none."""
    result = relation.result
    used = {*relation.terms, result}
    spans = sorted(one.span for one in used)
    return any(
        one.dimension in _COUNTING
        and (one.value, one.dimension) != (result.value, result.dimension)
        and entry_number(one.raw) is None
        and (
            spans[0] < one.span < spans[-1]
            or (one.sentence == result.sentence and one.dimension == result.dimension)
        )
        for one in around
        if one not in used and one not in explained
    )


def _no_other(_relation: Relation, _around: list[Figure]) -> bool:
    return False


def _another_result(relation: Relation, around: list[Figure]) -> bool:
    """Is what a price or the amount of a period makes printed in the same sentence as an amount of its own
    (每平方米4元，合同总价129.6万元，每年43.2万元)?"""
    result = relation.result
    return any(
        one.sentence == result.sentence
        and one.item == result.item
        and one not in relation.terms
        and one is not result
        and not one.price
        and (one.value, one.dimension, one.unit) == (relation.computed, result.dimension, result.unit)
        for one in around
    )


def _another_product(relation: Relation, around: list[Figure]) -> bool:
    """Is an amount what another price of its sentence makes too (每名每月1000元，旺季加发每月400元，全年…), or a share of
    another amount of it (减少收入1080万元，补助10%即108万元)?"""
    result = relation.result
    before = [one for one in around if one.sentence == result.sentence and one.span < result.span]
    money = [one for one in before if one.dimension == "money"]
    rates = [one for one in before if one.dimension == "share"]
    monthly = [one for one in money if one.price and one.parts == 12 and one not in relation.terms]
    return (
        _another_result(relation, around)
        or (bool(monthly) and any(one.parts == 12 for one in relation.terms))
        or any(fits(one.value * rate.value / 100, result) for one in money for rate in rates)
    )


def _of_one_measure(relation: Relation, _around: list[Figure]) -> bool:
    """Are a unit price and an amount read as the two ends of a change (年费用18.9万元，较市场价900元/台节约3.78万元)?"""
    measures = {bool(one.per) for one in relation.terms if one.dimension == "money"}
    return relation.result.dimension == "money" and len(measures) > 1


def _of_several(relation: Relation, around: list[Figure]) -> bool:
    """Is what is done so often in a period done so often for each of what the sentence counts
    (断面13个，每月1次，全年156次)?"""
    result = relation.result
    counted = (one for one in around if one.sentence == result.sentence and one.span < result.span)
    return _another_result(relation, around) or any(
        relation.computed * one.value == result.value
        for one in counted
        if one.dimension == "count" and one not in relation.terms
    )


def _other_parts(relation: Relation, around: list[Figure]) -> bool:
    """Does a total agree when each amount that the next ones make up together stands for them
    (甲15万元（器材9万元、服装6万元）, or groups of a list with their entries), or is it a part itself?"""
    total, terms = relation.result, relation.terms
    first, last = min(one.span for one in terms), max(one.span for one in terms)
    alike = [
        one
        for one in around
        if one is not total
        and one.span <= max(last, total.span)
        and (one.dimension, one.unit) == (total.dimension, total.unit)
        and not (one.price or one.per or one.quoted)
    ]
    if total.span < first:
        starts = [total.span]
    else:
        alike = [one for one in alike if one.span < total.span]
        starts = [first, alike[0].span] if alike else []
    if any(_folded_sum_fits([one for one in alike if one.span >= start], total) for start in starts):
        return True
    others = sum((one.value for one in terms[:-1]), Decimal(0))
    return (
        total.value + others == terms[-1].value
        or _part_of_part(terms, around)
        or _with_prices(relation)
        or _named_again(relation)
        or _with_periods(relation, alike)
    )


def _with_periods(relation: Relation, alike: list[Figure]) -> bool:
    """Does a sum agree with the year of an amount a month that it left out (安全防护5万元，内容维护每月5000元)?"""
    start = min(one.span for one in relation.terms)
    left_out = [
        one for one in alike if one.span > start and one not in relation.terms and (one.parts or 1) > 1
    ]
    more = sum((one.value * (one.parts or 1) for one in left_out), Decimal(0))
    return bool(left_out) and fits(relation.computed + more, relation.result)


def _with_prices(relation: Relation) -> bool:
    """Does a sum agree when the amounts behind a price are what it is made of (每点16万元，包括…), or prices of the same
    things (每人每天住宿350元、伙食100元)?"""
    terms, total = relation.terms, relation.result
    prices = [place for place, one in enumerate(terms) if one.value and (one.price or (one.parts or 1) > 1)]
    if len(prices) != 1:
        return False
    price, behind = terms[prices[0]], terms[prices[0] + 1 :][:_MOST_PARTS]
    others = sum((one.value for one in terms if one is not price), Decimal(0))
    times = (relation.computed - others) / price.value
    if fits(relation.computed - price.value, total) and _parts_of(price, behind):
        return True
    if len(behind) > 1 and times and behind[0].value % (times * price.value) == 0:
        # 4个站，每站1名，月工资4000元，年19.2万元: the amount behind it is that of several.
        return fits(others, total)
    joined = accumulate(one.value for one in behind)
    return any(fits(relation.computed + (times - 1) * more, total) for more in joined)


def _named_again(relation: Relation) -> bool:
    """Is what is left of a larger amount told once more behind it and what was taken (剩余66万元的使用：总指标200万元，已下达134万元，
    剩余66万元)? A total that only repeats one of its parts is no rest."""
    values = [one.value for one in relation.terms]
    whole = max(values)
    return relation.result.value in values and relation.result.value < whole and sum(values) == 2 * whole


def _part_of_part(terms: list[Figure], around: list[Figure]) -> bool:
    """Is one of the amounts added up said to be a share of another (中央资金300万元，发放劳务报酬90万元，占中央资金的30%)?"""
    return any(
        part in terms
        and rate.dimension == "share"
        and cues().shares.search(rate.lead) is not None
        and any(
            abs(part.value * 100 - whole.value * rate.value) <= whole.value * rate.half for whole in terms
        )
        for part, rate in pairwise(around)
    )


def _folded_sum_fits(entries: list[Figure], total: Figure) -> bool:
    heads, folded = _folded(entries)
    return folded and len(heads) >= 2 and fits(sum((one.value for one in heads), Decimal(0)), total)


def _folded(entries: list[Figure]) -> tuple[list[Figure], bool]:
    """The entries without those that are the parts of one in front of them, and whether there are any such parts."""
    heads: list[Figure] = []
    place = 0
    while place < len(entries):
        head = entries[place]
        heads.append(head)
        place += 1 + _parts_of(head, entries[place + 1 : place + 1 + _MOST_PARTS])
    return heads, len(heads) < len(entries)


def _parts_of(head: Figure, behind: Iterable[Figure]) -> int:
    """How many of the entries behind one make it up together, at least two; 0 where none do."""
    running = Decimal(0)
    for number, one in enumerate(behind, 1):
        running += one.value
        if running > head.value:
            return 0
        if number > 1 and running == head.value:
            return number
    return 0


def _another_whole(relation: Relation, around: list[Figure]) -> bool:
    """Is what is left the rest of another amount of the sentence (计划12000个，三年累计7500个，剩余4500个)?"""
    rest = relation.result
    before = [
        one.value
        for one in around
        if one.sentence == rest.sentence and one.span[0] < rest.span[0] and one.unit == rest.unit
    ]
    return any(whole - taken == rest.value for whole in before for taken in before)


def _changed_whole(relation: Relation, around: list[Figure]) -> bool:
    """Is an amount what is left of a whole, or what it grows to, as the word in front of the rate says
    (上年20万元，压减10%，即18万元)?"""
    whole, rate, part = relation.terms[0], relation.terms[-1], relation.result
    if rate.dimension != "share" or not cues().changes.search(rate.lead):
        return False
    sign = -1 if cues().falls.search(rate.lead) else 1
    return fits(whole.value * (100 + sign * rate.value) / 100, part)


_READINGS = {
    "share": _changed_whole,
    "product": _another_product,
    "period": _of_several,
    "years": _another_result,
    "sum": _other_parts,
    "parts": _other_parts,
    "remainder": _another_whole,
    "change": _of_one_measure,
}
