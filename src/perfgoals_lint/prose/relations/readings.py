"""Other readings of a calculation that does not come out: where one of them agrees, nothing is wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.places import above, apart
from perfgoals_lint.prose.relations.entries import ENTRY_UNITS, bare
from perfgoals_lint.prose.relations.nested_parts import MOST_PARTS, has_nested_parts
from perfgoals_lint.prose.relations.relation import fits, in_unit, is_for_each, misprinted, nearly
from perfgoals_lint.prose.relations.stack import HARD
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.patterns import compiled

if TYPE_CHECKING:
    from perfgoals_lint.prose.figures import Figure
    from perfgoals_lint.prose.relations.expressions import Expression
    from perfgoals_lint.prose.relations.relation import Relation

_OTHER_SENTENCE = compiled("[。\n]")
_TOTAL = compiled("以上|上述|前述|各项|(?:合计|共计|总计|小计|合共)[一-龥]{0,4}[：:为约]*$")
_OF_THOSE = compiled("(?:及?以[上下内])?的")
_REACH = 40
"""How many figures in front of a result may belong to another reading of it; with that the work stays linear."""
_NEAR = 12
_COUNTING = frozenset({"money", "count", "share", "bare"})
_SCALED = frozenset({"product", "share", "period"})
_ADDED = frozenset({"sum", "parts"})
_MULTIPLIED = frozenset({"product", "period", "years"})


def settle(
    text: str, found: list[Relation], claims: list[Relation], printed: list[Expression], figures: list[Figure]
) -> None:
    """Leave open each calculation that does not come out in one reading and may in another: with its own figures read
    otherwise, with figures beside it that nothing explains, or as the amounts of another sentence than that of a total
    that has its own. What is ``printed`` can be read in one way only, and so can the ``claims`` of it, the
    first of those found."""
    wrong = [one for one in found[len(claims) :] if one.holds is False]
    if not wrong:
        return
    places = {figure: place for place, figure in enumerate(figures)}
    reckoned = [one for one in found if one.holds and not (one.kind == "sum" and len(one.terms) == 1)]
    explained = {figure for one in reckoned for figure in (*one.terms, one.result)}
    explained.update(figure for one in printed for figure in one.figures)
    ties = _ties(found) if any(one.kind in _ADDED for one in wrong) else {}
    divided, products, shared = _kinds_of(found, wrong)
    used: dict[Figure, list[Relation]] = {}
    for one in found:
        if one.holds is not True:
            for term in one.terms:
                used.setdefault(term, []).append(one)
    for relation in wrong:
        if relation.result not in places:
            continue
        if relation.holds is None or _is_confirmed(relation, used.get(relation.result, [])):
            continue
        place = places[relation.result]
        around = figures[max(0, place - _REACH) : place + _REACH]
        beside = _beside(
            relation, _near(relation, figures, place), explained | _made_of(relation, divided, products)
        )
        if relation.kind == "share" and (results := _of_same_whole(relation, shared)):
            beside = [one for one in beside if one not in results]
            relation.certainty = "likely"
        apart = relation.kind in _ADDED and (
            _is_elsewhere(relation)
            or _is_tied(relation, ties, found)
            or _crosses(relation, explained, divided)
            or has_nested_parts(relation, around)
        )
        if apart or _has_rival(relation, beside) or is_for_each(relation, around):
            relation.holds = None
            continue
        if relation.kind in _MULTIPLIED:
            _with_factor(relation, beside)
        sure = relation.holds is False and relation.certainty == "sure"
        if sure and (_in_doubt(relation, beside) or _far_apart(text, relation)):
            relation.certainty = "likely"


def _kinds_of(
    found: list[Relation], wrong: list[Relation]
) -> tuple[dict[Figure, list[Relation]], dict[Figure, list[Figure]], dict[Figure, list[Relation]]]:
    """The divisions of each whole, the results of the products of each figure, and the shares of each whole that are wrong."""
    divided: dict[Figure, list[Relation]] = {}
    products: dict[Figure, list[Figure]] = {}
    shared: dict[Figure, list[Relation]] = {}
    for one in found:
        if one.kind == "parts":
            divided.setdefault(one.result, []).append(one)
        elif one.kind == "product":
            for term in one.terms:
                products.setdefault(term, []).append(one.result)
    for one in wrong:
        if one.kind == "share":
            shared.setdefault(one.terms[0], []).append(one)
    return divided, products, shared


def _made_of(
    relation: Relation, divided: dict[Figure, list[Relation]], products: dict[Figure, list[Figure]]
) -> set[Figure]:
    """What the terms of a product are made of (每人540元，其中…，共…), the total behind a price, other parts of a whole."""
    wholes = {"parts": [relation.result], "product": relation.terms}.get(relation.kind, [])
    near = (one for whole in wholes for one in divided.get(whole, [])[:MOST_PARTS])
    again = [one for one in near if relation.kind == "product" or one.holds is not None]
    results = products.get(relation.result, [])[:MOST_PARTS] if relation.kind == "parts" else []
    return {*results, *(term for one in again for term in one.terms)}


def _of_same_whole(relation: Relation, shared: dict[Figure, list[Relation]]) -> set[Figure]:
    """What all shares make of a whole that was printed with a slip of the pen (70万元，省级80%即48万元、县级20%即12万元)."""
    whole = relation.terms[0]
    sisters = shared.get(whole, [])
    if not 2 <= len(sisters) <= MOST_PARTS:
        return set()
    stated = sum((one.result.value for one in sisters), Decimal(0))
    if sum((one.computed for one in sisters), Decimal(0)) != whole.value:
        return set()
    meant = nearly(whole, stated) and all(
        abs(one.computed * stated / whole.value - one.result.value) <= one.result.half for one in sisters
    )
    return {one.result for one in sisters} if meant else set()


def _is_confirmed(relation: Relation, others: list[Relation]) -> bool:
    """Does one of the others that use its result come out with what this one gives in place of what is printed (30000亩 × 2200元 printed as
    7600万元, of which 10% are 660万元)? Then that is the figure to change, and nothing is wrong with the other one."""
    stated = relation.result.value
    for one in others:
        left = one.kind == "remainder" and one.terms[0] is not relation.result
        if relation.kind == "sum" and left and fits(one.computed + stated - relation.computed, one.result):
            one.holds = None  # 已付9万元、5万元，累计支付41万元 of 60万元, of which 46万元 are left
            return True
    if relation.kind not in _SCALED or not stated:
        return False
    for one in others:
        added = one.kind in _ADDED
        computed = (
            one.computed + relation.computed - stated if added else one.computed * relation.computed / stated
        )
        if (added or one.kind in _SCALED) and fits(computed, one.result):
            one.holds = None
            return True
    return False


def _ties(found: list[Relation]) -> dict[Figure, list[int]]:
    """Which calculations that come out a figure belongs to. The parts of a whole may be added up once more."""
    ties: dict[Figure, list[int]] = {}
    for number, one in enumerate(found):
        for figure in (*(one.terms if one.kind != "parts" else ()), one.result) if one.holds else ():
            ties.setdefault(figure, []).append(number)
    return ties


def _far_apart(text: str, relation: Relation) -> bool:
    """Do the figures of a calculation stand in different sentences, so that not all of it is printed, unless a word of
    totals, 其中 or a numbered list ties them?"""
    result, ends = relation.result, _OTHER_SENTENCE
    if relation.kind == "sum":
        last = max(relation.terms, key=lambda one: one.span)
        return last.span < result.span and bool(
            ends.search(text, last.span[1], result.span[0]) and not _TOTAL.search(result.lead)
        )
    if relation.kind == "parts":
        first = min(relation.terms, key=lambda one: one.span)
        gap = text[result.span[1] : first.span[0]] if first.span > result.span else ""
        if result.dimension == "count" and not gap.startswith(("：", ":")):
            return "；" in text[result.span[1] : relation.terms[-1].span[0]]
        if first.item != result.item or "其中" in gap or gap.startswith(("：", ":")):
            return False
        return HARD.search(text, result.span[1], relation.terms[-1].span[0]) is not None
    spans = sorted(one.span for one in (*relation.terms, result))
    return HARD.search(text, spans[0][1], spans[-1][0]) is not None


def _is_elsewhere(relation: Relation) -> bool:
    """Is what should be the sum said of a place that one of the terms lies outside of (东村40座…；西村共计107座)?"""
    whole = relation.result.place
    parts = (one.place for one in relation.terms) if whole else ()
    return any(apart(whole, part) and not above(whole, part) for part in parts)


def _is_tied(relation: Relation, ties: dict[Figure, list[int]], found: list[Relation]) -> bool:
    """Is one of the amounts that are added up reckoned from another (设备费210万元，占总预算300万元的70%)?"""
    terms = set(relation.terms)
    numbers = [number for term in terms for number in ties.get(term, ()) if found[number].kind != "product"]
    return len(set(numbers)) < len(numbers)


def _crosses(relation: Relation, explained: set[Figure], divided: dict[Figure, list[Relation]]) -> bool:
    """Do amounts of another sentence, which count by no word, stand for a total that has its own? One divided once more has both."""
    if relation.kind == "parts" and relation.result.dimension == "count":
        return False
    again = relation.kind == "parts" and any(
        one.holds for one in divided.get(relation.result, [])[:MOST_PARTS]
    )
    crossed = not again and any(one.sentence != relation.result.sentence for one in relation.terms)
    return crossed and relation.result in explained


def _near(relation: Relation, figures: list[Figure], place: int) -> list[Figure]:
    """The figures in the sentence of a result, and those between its terms."""
    spans = [one.span for one in relation.terms]
    sentence, low, high = relation.result.sentence, min(spans), max(spans)
    first = last = place
    least, most = max(0, place - _REACH), min(len(figures), place + _REACH)
    while first > least and (figures[first - 1].sentence == sentence or figures[first - 1].span > low):
        first -= 1
    while last + 1 < most and (figures[last + 1].sentence == sentence or figures[last + 1].span < high):
        last += 1
    return figures[first : last + 1]


def _beside(relation: Relation, around: list[Figure], explained: set[Figure]) -> list[Figure]:
    """The figures between the terms of a relation or in the sentence of its result that neither it nor a calculation
    that comes out has used. The result said once more (申请9.6万元…，共9.6万元) is none."""
    result = relation.result
    used = {*relation.terms, result}
    said = {
        (one.value, one.dimension, one.unit) for one in (used if relation.kind not in _ADDED else [result])
    }
    first, last = min(one.span for one in used), max(one.span for one in used)
    return [
        one
        for one in around
        if (first < one.span < last or one.sentence == result.sentence)
        and one not in used
        and one not in explained
        and (one.value, one.dimension, one.unit) not in said
        and one.unit not in ENTRY_UNITS
        and not _is_threshold(one)
        and not _is_effect(one, relation)
    ]


def _is_effect(figure: Figure, relation: Relation) -> bool:
    """Is it money that the work brings in, said to be at least so much (增收400万元以上) beside a multiplication, or more than
    all that the calculation is of, so that it can neither pay for a part of that nor be one?"""
    effect, used = cues().excluded, (*relation.terms, relation.result)
    if figure.dimension != "money" or relation.kind == "share":
        return False
    if not effect.search(figure.lead[-_NEAR:]) or any(effect.search(one.lead[-_NEAR:]) for one in used):
        return False
    paid = matcher("figures.paying").search(figure.lead[-_NEAR:]) is not None
    if relation.kind in _MULTIPLIED and figure.bound == ">=" and not paid:
        return True
    return not figure.per and figure.value > max(relation.computed, relation.result.value)


def _is_threshold(figure: Figure) -> bool:
    """Is it what those that something is for have at least or at most (产值超500万元的4家)?"""
    return figure.bound in (">=", "<=") and _OF_THOSE.match(figure.tail) is not None


def _has_rival(relation: Relation, beside: list[Figure]) -> bool:
    """May a figure in the unit of the result be one of the terms, or what they make, as much as those that were taken
    (旺季加发每月400元; 合同总价129.6万元，每年43.2万元)? Rates are no rivals of each other, and what is added up stands in
    front of its sum."""
    result, depth = relation.result, relation.terms[-1].depth
    if relation.kind == "parts" and result.dimension == "count":
        # So many as there are entries is their number (涉及3个镇35个村，其中…).
        beside = [one for one in beside if one.value != len(relation.terms)]
    if relation.kind == "parts":
        # What stands in front of a whole is no part of it (预算60万元，支付40万元，其中…), unless the parts make that, or both.
        made = (Decimal(0), result.value)
        beside = [
            one
            for one in beside
            if one.span > result.span or relation.computed in [one.value + more for more in made]
        ]
    if relation.kind == "sum" or (relation.kind == "product" and result.listed):
        # A price of each (人均1.5万元，39万元) is none of what a sum of amounts is made of.
        beside = [
            one for one in beside if one.span < result.span and not one.total and not (one.per and one.price)
        ]
    elif relation.kind == "share":
        # What stands behind it and is what it should be, or what that leaves, confirms it; what is paid for all is no share
        # of what one costs.
        left = relation.terms[0].value - relation.computed
        beside = [
            one
            for one in beside
            if not (one.span > result.span and one.value in (relation.computed, left))
            and not (relation.terms[0].price and one.scale != result.scale)
        ]
    elif relation.kind == "product" and result.total:
        # What is asked for in front of a calculation that says its own result (申请150万元，80公里，每公里1.5万元，共…).
        first = min(one.span for one in relation.terms)
        beside = [one for one in beside if one.span > first or not cues().wholes.search(one.lead[-_NEAR:])]
    return result.dimension != "share" and any(
        (one.dimension, one.unit) == (result.dimension, result.unit)
        and (one.price or not result.price)
        and (one.depth == depth or _is_rebate(one, relation))
        for one in beside
    )


def _is_rebate(figure: Figure, relation: Relation) -> bool:
    """Is it what each costs less than the price, by which a product comes out (每台3万元，共27万元（每台节约0.3万元）)?"""
    price = relation.terms[0]
    less = bool(figure.per) and figure.per == price.per and 0 < figure.value < price.value
    return less and fits(relation.computed * (price.value - figure.value) / price.value, relation.result)


def _with_factor(relation: Relation, beside: list[Figure]) -> None:
    """Take in the number beside a product with which it comes nearest to what is printed (断面13个，每月1次，全年156次);
    leave it open where that is exact."""
    result = relation.result
    kinds = ("count", "share", "time") if relation.kind == "product" else ("count", "share")
    factors = [one for one in beside if one.value and one.dimension in kinds]
    factors = [one for one in factors if one.span < result.span or one.dimension == "count"]
    if misprinted(result, relation.computed):
        return  # what the product gives was meant, one figure of it wrong
    made = (value for one in factors for value in (_times(relation, one), relation.computed / one.value))
    if any(fits(value, result) for value in made):
        relation.holds = None
        return
    before = (one for one in factors if one.span < result.span)
    factor = min(before, key=lambda one: abs(_times(relation, one) - result.value), default=None)
    computed = _times(relation, factor) if factor is not None else relation.computed
    if factor is not None and abs(computed - result.value) < abs(relation.computed - result.value):
        shown = relation.expression.partition(" = ")[0]
        relation.expression = f"{shown} × {bare(factor)} = {in_unit(computed, result)}"
        relation.computed, relation.certainty = computed, "likely"
        relation.terms = [*relation.terms, factor]


def _times(relation: Relation, factor: Figure) -> Decimal:
    return relation.computed * (factor.value / 100 if factor.dimension == "share" else factor.value)


def _in_doubt(relation: Relation, beside: list[Figure]) -> bool:
    """May the wrong figures have been tied to each other, as one stands between them that nothing uses?"""
    result = relation.result
    spans = sorted(one.span for one in (*relation.terms, result))
    return any(
        one.dimension in _COUNTING and (spans[0] < one.span < spans[-1] or one.dimension == result.dimension)
        for one in beside
    )
