"""A relation between the figures of one text, and when two figures agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from perfgoals_lint.prose.figures import Figure

Kind = Literal[
    "expression", "product", "sum", "parts", "period", "years", "share", "shares", "change", "difference",
    "dates", "entries", "remainder",
]  # fmt: skip
Certainty = Literal["sure", "likely", "open"]


@dataclass(slots=True, eq=False)
class Relation:
    """``terms`` should give ``result``: ``computed`` is what they give, in the unit of the result. ``holds`` is
    ``None`` where the text leaves too much open. ``expression`` is the calculation as a person writes it;
    ``certainty`` says how much of it is printed: all, all but one link, or the list may be open."""

    kind: Kind
    terms: list[Figure]
    result: Figure
    computed: Decimal
    holds: bool | None
    expression: str
    certainty: Certainty = "sure"
    factor: Decimal | None = None
    stated: int | None = None


def plain(number: Decimal, most: int = 6) -> str:
    """A number without trailing zeros, with at most so many digits behind the point."""
    text = f"{round(number, most):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_unit(value: Decimal, like: Figure) -> str:
    """A value in the printed unit of a figure, the unit included."""
    if like.dimension == "money":
        scale = like.scale if like.scale >= 10**4 else Decimal(1)
        return f"{plain(value / scale)} { {10**4: '万元', 10**8: '亿元'}.get(int(scale), '元') }"
    scale = like.scale
    word = {10**4: "万", 10**8: "亿"}.get(int(scale), "")
    return f"{plain(value / (scale if word else 1))}{word}{like.unit}"


def _may_be_rounded(computed: Decimal, stated: Figure) -> bool:
    """May a result be printed shorter than it is? One digit less in a whole number is no rounding but another number."""
    if stated.decimals or not stated.scale:
        return True
    exact = (computed / stated.scale).normalize().as_tuple().exponent
    return isinstance(exact, int) and exact <= -2


def fits(computed: Decimal, stated: Figure, slack: Decimal = Decimal(0)) -> bool:
    """Does a computed value agree with a stated one, at its printed length and within ``slack``?"""
    gap = abs(computed - stated.value)
    if stated.bound == "=" and stated.low is None and gap > stated.half + slack:
        return False
    allowed = (stated.half if _may_be_rounded(computed, stated) else Decimal(0)) + slack
    if stated.bound == "~":
        allowed += abs(computed) / 10
    if stated.low is not None and stated.low - slack <= computed <= stated.value + allowed:
        return True
    if stated.bound == "<=" and computed <= stated.value:
        return True
    if stated.bound == ">=" and computed >= stated.value:
        return True
    return gap <= allowed
