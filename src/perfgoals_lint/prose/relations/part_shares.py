"""The share that is printed behind each part of a whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, share_made
from perfgoals_lint.rulebook.patterns import compiled

_SHARE_OF = compiled(r"[，,（(]?(?:约|各|所)?占(?!用|地)[^，。；、\d%]{0,14}")
"""Between a part and its share: 占, 占比, 占补助资金总额."""
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
        if _SHARE_OF.fullmatch(text, part.span[1], rate.span[0]):
            yield _of_whole(part, whole, rate)
    for one in found:
        if one.kind == "shares" and one.holds:
            yield from _of_all(text, figures, [*one.terms, one.result])


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
