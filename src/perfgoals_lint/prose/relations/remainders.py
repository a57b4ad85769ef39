"""A whole, what is taken of it, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, in_unit
from perfgoals_lint.rulebook.lexicons import matcher

_NEAR = 8
"""How far in front of a figure the word stands that says what of the whole it is, in characters."""
_MOST = 5
_YEAR = re.compile(r"((?:19|20)\d\d)年")


def remainders(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """合同A，已付B，尾款C: the whole, what was taken, and what is left of it, side by side."""
    plain = [one for one in figures if one.dimension in ("money", "count") and not (one.price or one.per)]
    for index, whole in enumerate(plain):
        if whole.quoted or whole.low is not None or _taken(text, whole, plain[index + 1 : index + 2]):
            continue
        taken: list[Figure] = []
        for figure in plain[index + 1 : index + 1 + _MOST]:
            alike = figure.dimension == whole.dimension and figure.unit == whole.unit
            if not alike or figure.sentence != whole.sentence or figure.depth != whole.depth:
                break
            if taken and matcher("figures.rest").search(figure.lead[-_NEAR:]):
                yield _remainder(whole, taken, figure)
                break
            if not _taken(text, figure, plain[index + 2 + len(taken) :][:1]):
                break
            taken.append(figure)


def _taken(text: str, figure: Figure, following: list[Figure]) -> bool:
    """Is it said of a figure that it was spent or done before: by a word, or by a year that the next one is behind?"""
    if matcher("figures.taken").search(figure.lead[-_NEAR:]):
        return True
    here = _YEAR.search(text, max(0, figure.span[0] - 2 * _NEAR), figure.span[0])
    there = _YEAR.search(text, figure.span[1], following[0].span[0]) if following else None
    return here is not None and there is not None and int(here[1]) < int(there[1])


def _remainder(whole: Figure, taken: list[Figure], rest: Figure) -> Relation:
    computed = whole.value - sum((one.value for one in taken), Decimal(0))
    terms = " − ".join(in_unit(one.value, whole) for one in (whole, *taken))
    expression = f"{terms} = {in_unit(computed, rest)}"
    about = any(one.about or one.bound != "=" for one in (whole, *taken, rest))
    fits = abs(computed - rest.value) <= (rest.half if rest.decimals else 0)
    holds: bool | None = fits or (None if about or computed < 0 else False)
    printed = matcher("figures.contract").search(whole.lead) is not None
    return Relation(
        "remainder", [whole, *taken], rest, computed, holds, expression, "sure" if printed else "likely"
    )
