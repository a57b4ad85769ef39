"""Ratios of several amounts (按3:7的比例分担), against the amounts and the shares that are printed for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, in_unit, plain
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.patterns import compiled

_RATIO = compiled(r"(?<![\d.:])\d{1,3}(?:\.\d)?(?:[:：∶比]\d{1,3}(?:\.\d)?){1,4}(?![\d.:：∶])")
_PART = compiled(r"\d+(?:\.\d)?")
_DIVIDED = frozenset({"money", "share"})
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
        if len(amounts) == len(parts) and not any(_is_none(figure) for figure in amounts):
            yield from _compared(parts, amounts)


def _is_none(figure: Figure) -> bool:
    """Can a figure not be one of the amounts that a ratio divides?"""
    other = figure.per or figure.price or figure.past or figure.quoted or figure.total
    return bool(other) or figure.low is not None


def _compared(parts: list[Decimal], amounts: list[Figure]) -> Iterator[Relation]:
    for (one, other), (first, second) in zip(pairwise(parts), pairwise(amounts), strict=True):
        computed = first.value * other / one
        slack = second.half + first.half * other / one
        holds: bool | None = abs(computed - second.value) <= slack
        if not holds and any(figure.bound != "=" for figure in (first, second)):
            holds = None
        expression = (
            f"{in_unit(first.value, first)} × {plain(other)} ÷ {plain(one)} = {in_unit(computed, second)}"
        )
        yield Relation("share", [first], second, computed, holds, expression, "likely")
