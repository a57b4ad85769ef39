"""Totals of amounts that have parts of their own: the parts are no further terms."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from perfgoals_lint.prose.relations.relation import fits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfgoals_lint.prose.figures import Figure
    from perfgoals_lint.prose.relations.relation import Relation
    from perfgoals_lint.prose.types import Span

MOST_PARTS = 12
"""How many parts of one amount, or calculations with one figure, are looked at; with that the work stays linear."""


def has_nested_parts(relation: Relation, around: list[Figure]) -> bool:
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
    if any(_folded_sum_fits(stretch, total) for stretch in _stretches(alike, total, first)):
        return True
    others = sum((one.value for one in terms[:-1]), Decimal(0))
    return total.value + others == terms[-1].value or _with_prices(relation)


def _stretches(alike: list[Figure], total: Figure, first: Span) -> Iterator[list[Figure]]:
    """The amounts behind a total up to the end of a sentence, or those in front of it from the beginning of one on."""
    if total.span < first:
        alike = [one for one in alike if one.span > total.span]
        yield alike
        for place, (one, two) in enumerate(pairwise(alike), 1):
            if one.item == two.item:
                yield alike[:place]
        return
    alike = [one for one in alike if one.span < total.span]
    yield [one for one in alike if one.span >= first]
    for place, two in enumerate(alike):
        one = alike[place - 1]
        if not place or (one.sentence, one.item) != (two.sentence, two.item):
            yield alike[place:]


def _with_prices(relation: Relation) -> bool:
    """Does a sum agree when the amounts behind a price are what it is made of (每点16万元，包括…), or prices of the same
    things (每人每天住宿350元、伙食100元)?"""
    terms, total = relation.terms, relation.result
    prices = [place for place, one in enumerate(terms) if one.value and (one.price or (one.parts or 1) > 1)]
    if len(prices) != 1:
        return False
    price, behind = terms[prices[0]], terms[prices[0] + 1 :][:MOST_PARTS]
    others = sum((one.value for one in terms if one is not price), Decimal(0))
    times = (relation.computed - others) / price.value
    if fits(relation.computed - price.value, total) and _parts_of(price, behind):
        return True
    if len(behind) > 1 and times and behind[0].value % (times * price.value) == 0:
        # 4个站，每站1名，月工资4000元，年19.2万元: the amount behind it is that of several.
        return fits(others, total)
    joined = accumulate(one.value for one in behind)
    return any(fits(relation.computed + (times - 1) * more, total) for more in joined)


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
        place += 1 + _parts_of(head, entries[place + 1 : place + 1 + MOST_PARTS])
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
