"""The share that is printed behind each part of a whole."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import is_class
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
_ALL = 100
_MOST = 40
"""How many parts stand in one run, or figures between a part and its share; with that the work stays linear."""
_ADDED = frozenset({"sum", "parts"})


def part_shares(text: str, figures: list[Figure], found: list[Relation]) -> Iterator[Relation]:
    """设备12万元，占40%；软件18万元，占60%: the share of each part of a whole that its parts make, in that whole."""
    single = {one.result for one in found if one.kind in ("share", "change")}
    told = single | {one.result for one in found if one.kind == "shares"}
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
    for index, rate in enumerate(figures):
        name = _NAMED.fullmatch(rate.lead) if rate.dimension == "share" and rate not in told else None
        if name is None or rate.bound != "=" or rate.tail[:1] in ("（", "("):
            continue  # 自筹占66.7%（相对于财政）
        near = [one for one in figures[max(0, index - _MOST) : index] if one in wholes]
        parts = [one for one in near if one.lead.endswith(name["name"])]
        if len(parts) == 1 and parts[0].sentence == rate.sentence:
            yield replace(_of_whole(parts[0], wholes[parts[0]], rate), certainty="likely")
    yield from _in_order(text, figures, found)
    added = {term for one in found if one.kind in _ADDED for term in one.terms}
    for pairs in _runs(text, figures):
        if pairs[0][0] not in added and single.isdisjoint(rate for _, rate in pairs):
            yield from _of_all(pairs)


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


def _runs(text: str, figures: list[Figure]) -> Iterator[list[tuple[Figure, Figure]]]:
    """The parts of one kind that stand one behind the other, each with its share directly behind it."""
    run: list[tuple[Figure, Figure]] = []
    for part, rate in pairwise(figures):
        if part.dimension == "share" or is_class(part):
            continue
        told = rate.dimension == "share" and _SHARE_OF.fullmatch(text, part.span[1], rate.span[0])
        exact = part.bound == rate.bound == "=" and not (part.about or part.price or part.per)
        alike = not run or (part.dimension, part.unit) == (run[0][0].dimension, run[0][0].unit)
        if run and not (told and alike and exact):
            yield run
            run = []
        if told and exact and part.dimension in ("money", "count"):
            run.append((part, rate))
    if run:
        yield run


def _of_all(pairs: list[tuple[Figure, Figure]]) -> Iterator[Relation]:
    """拨款100万元（占85%），自筹20万元（占15%）: shares that make 100 %, or of which all but one of three or more come out, against
    what their parts make together."""
    parts = [part for part, _ in pairs]
    whole = sum((part.value for part in parts), Decimal(0))
    if not _PAIR <= len(pairs) <= _MOST or not whole:
        return
    made: list[Relation] = []
    for part, rate in pairs:
        computed, slack, shown = share_made(part, whole, rate, part)
        holds = abs(computed - rate.value) <= max(slack, rate.step)
        terms = [part, *(one for one in parts if one is not part)]
        made.append(Relation("share", terms, rate, computed, holds, shown, "likely"))
    rounded = sum((rate.step for _, rate in pairs if rate.step < 1), Decimal(0))
    closed = abs(sum((rate.value for _, rate in pairs), Decimal(0)) - _ALL) <= rounded
    wrong = sum(not one.holds for one in made)
    if closed or (wrong <= 1 and len(pairs) > _PAIR):
        yield from made


def _of_whole(part: Figure, whole: Figure, rate: Figure) -> Relation:
    computed, slack, shown = share_made(part, whole.value, rate, whole)
    agrees = abs(computed - rate.value) <= max(slack, rate.step)
    holds = agrees or (None if part.about or whole.about else False)
    return Relation("share", [part, whole], rate, computed, holds, shown)
