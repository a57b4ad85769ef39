"""A relation between the figures of one text, and when two figures agree."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.rulebook.lexicons import matcher

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
    stated: str | None = None


def misprinted(figure: Figure, meant: Decimal) -> bool:
    """Is what is printed another number with the point in another place, two digits exchanged, one left out or put in, or,
    of three or more, one wrong? Two numbers that have nothing to do with each other are hardly ever so alike."""
    return is_slip(figure.value, meant, figure.step)


def is_slip(value: Decimal, meant: Decimal, step: Decimal) -> bool:
    """The same of an amount of which a ``step`` of the last printed figure is known."""
    if value <= 0 or meant <= 0 or value == meant:
        return False
    if value.normalize().as_tuple().digits == meant.normalize().as_tuple().digits:
        return True
    exponent = meant.normalize().as_tuple().exponent
    unit = min(step, Decimal(1).scaleb(exponent)) if isinstance(exponent, int) else step
    one, other = (f"{number / unit:.0f}" for number in (value, meant))
    if len(one) != len(other):
        shorter, longer = sorted((one, other), key=len)
        return len(shorter) > 1 and any(
            longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
        )
    wrong = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(wrong) == 1:
        right = one[: wrong[0]] + one[wrong[0] + 1 :]
        return len(right) > 1 and set(right) != {"0"}
    first, last = wrong[0], wrong[-1]
    side_by_side = len(wrong) == 2 and last == first + 1
    return side_by_side and one[first : last + 1] == other[first : last + 1][::-1]


def nearly(stated: Figure, computed: Decimal) -> bool:
    """May what is computed be meant by a figure: is it within a fifth of it, or printed with a slip of the pen?"""
    return abs(computed - stated.value) <= stated.value / 5 or misprinted(stated, computed)


def exchanged(figure: Figure, meant: Decimal) -> bool:
    """Is what is printed another number with the same digits, two or more, two of them exchanged or the point elsewhere?"""
    one, other = (sorted(number.normalize().as_tuple().digits) for number in (figure.value, meant))
    return misprinted(figure, meant) and len(one) > 1 and one == other


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


def judged(agrees: bool, *figures: Figure) -> bool | None:
    """Whether figures agree, ``None`` where they do not and a bound of one of them leaves it open."""
    return agrees or (None if any(one.bound != "=" for one in figures) else False)


def added(parts: list[Figure], like: Figure) -> tuple[Decimal, str]:
    """What figures make together, and the sum in the unit of a figure ``like`` them."""
    computed = sum((one.value for one in parts), Decimal(0))
    shown = " + ".join(plain(one.value / like.scale) for one in parts)
    return computed, f"{shown} = {in_unit(computed, like)}"


def share_made(part: Figure, whole: Decimal, rate: Figure, like: Figure) -> tuple[Decimal, Decimal, str]:
    """The share in per cent that a part is of a ``whole``, how far the printed ``rate`` may be from it by the digits that both
    are printed with, and the calculation in the unit of a figure ``like`` them."""
    computed = part.value * 100 / whole
    slack = rate.half + (part.half * 100 / whole if part.decimals else Decimal(0))
    shown = f"{in_unit(part.value, like)} ÷ {in_unit(whole, like)} = {plain(computed, 2)}%"
    return computed, slack, shown


def _may_be_rounded(computed: Decimal, stated: Figure) -> bool:
    """May a result be printed shorter than it is? One digit less in a whole number is no rounding but another number."""
    if stated.decimals or not stated.scale:
        return True
    exact = (computed / stated.scale).normalize().as_tuple().exponent
    return isinstance(exact, int) and exact <= -2


def leeway(stated: Figure, computed: Decimal) -> Decimal:
    """How far from what is computed a figure may be that is about so much: a tenth, or a fiftieth where it is a rounded one."""
    return abs(computed) / (50 if matcher("figures.rounded").search(stated.lead) else 10)


def fits(computed: Decimal, stated: Figure, slack: Decimal = Decimal(0)) -> bool:
    """Does a computed value agree with a stated one, at its printed length and within ``slack``?"""
    gap = abs(computed - stated.value)
    if not gap:
        return True
    if stated.exact and gap > stated.half + slack:
        return False
    allowed = (stated.half if _may_be_rounded(computed, stated) else Decimal(0)) + slack
    if stated.bound == "~":
        allowed += leeway(stated, computed)
    if stated.low is not None and stated.low - slack <= computed <= stated.value + allowed:
        return True
    if stated.bound == "<=" and computed <= stated.value:
        return True
    if stated.bound == ">=" and computed >= stated.value:
        return True
    return gap <= allowed


def is_for_each(relation: Relation, figures: list[Figure]) -> bool:
    """Is a number of a year what a number of a period makes for each of as many things as a text counts in front of it
    (管护12条河道；每月监测1次，全年144次)?"""
    result = relation.result
    if relation.kind != "period" or result.dimension != "count" or misprinted(result, relation.computed):
        return False
    return any(
        one.dimension == "count"
        and one.unit != result.unit
        and one.value > 1
        and one.span < result.span
        and fits(relation.computed * one.value, result)
        for one in figures
    )
