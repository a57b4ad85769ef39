"""Amounts in two units (1年6个月), person-days (20人·天) and products (300元×12月＝3600元), brought to the one amount that they are."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from math import prod

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values import types
from perfgoals_lint.values.notation import Normal, Text
from perfgoals_lint.values.units import SCALES, convert, measure_of, table

_MAN_TIME = compiled(r"(?<=\d人)[·*×.](?=[天日月年时])")
_NUMBER = r"\d[\d,]{0,15}(?:\.\d{1,6})?"
_FACTOR = rf"{_NUMBER}[^\d=×*xX,;:()，。；]{{0,8}}"
_PRODUCT = compiled(
    rf"(?<![\d.,×*xX])(?P<factors>{_FACTOR}(?:[×*xX]{_FACTOR})+)(?:=(?P<result>{_NUMBER}[^\d=×*]{{0,8}}))?(?=$|\([^\d()]*\)$)"
)
_MONEY = compiled(rf"({_NUMBER})([万亿]?元)(?:/[^/]*)?")
_NUMBERS = compiled(_NUMBER)
_MOST_YEARS = 100
"""A number of years from which on it is a year of the calendar."""


def read(normal: Normal, text: str, parse: Callable[[str], types.Constraint]) -> types.Constraint | None:
    """The quantity that such a value states, a statement where that is not sure; ``None`` for every other value.
    ``parse`` reads a value."""
    plain = normal.text
    found = _two(plain) or _product(plain)
    if found is None and (match := _MAN_TIME.search(plain)):
        found = match.start(), match.end(), ""
    if found is None:
        return None
    start, end, written = found
    if written is None:
        return types.Statement(text)
    made = parse(plain[:start] + written + plain[end:])
    if not isinstance(made, types.Quantity) or made.span is None or made.per:
        return None
    first, last = made.span
    place = Text(normal, text).place(first, last - len(written) + end - start)
    return replace(made, text=text, span=place)


def _two(plain: str) -> tuple[int, int, str] | None:
    """An amount whose second unit is a part of the first, written in the second."""
    match = _pattern().search(plain)
    if match is None:
        return None
    unit, part = match["unit"], match["part"]
    step = convert(Decimal(1), unit, part)
    number, more = int(match["number"]), int(match["more"])
    dated = (unit == "年" and number >= _MOST_YEARS) or (part == "月" and not match["counted"])
    if step is None or step <= 1 or step % 1 or more >= step or dated:
        return None
    return *match.span(), f"{number * step + more:f}{match['counted']}{part}"


@cache
def _pattern() -> re.Pattern[str]:
    units = "|".join(sorted(map(re.escape, table().sizes), key=len, reverse=True))
    ends = r"(?=$|[^\u4e00-\u9fffA-Za-z\d]|[以之]?[内前上下]|及|左右|完)"
    return compiled(
        rf"(?<![\d.,])(?P<number>\d{{1,4}})个?(?P<unit>{units})[零又]?(?P<more>\d{{1,4}})(?P<counted>个?)(?P<part>{units}){ends}"
    )


def _product(plain: str) -> tuple[int, int, str | None] | None:
    """A product as its printed result, as the money that its first factor and the others make, or in the unit that theirs
    are together (20人×3天 in 人天); without words for money times what is not surely a number of times."""
    match = _PRODUCT.search(plain)
    if match is None:
        return None
    if match["result"]:
        return match.start(), match.start("result"), ""
    price = _MONEY.match(match["factors"])
    numbers = [Decimal(one.replace(",", "")) for one in _NUMBERS.findall(match["factors"])]
    units = [one.strip("×*xX") for one in _NUMBERS.split(match["factors"])[1:]]
    unit = price[2] if price else "".join(units)
    if not price and (unit not in table().canonical or not all(units)):
        return None
    times = [_times(one) for one in units[1:]]
    if None in times:
        return *match.span(), None
    return (
        *match.span(),
        f"{prod((one for one in times if one), start=prod(numbers, start=Decimal(1))).normalize():f}{unit}",
    )


def _times(unit: str) -> Decimal | None:
    """By how much a factor multiplies for each one of its unit (万人, %); ``None`` where that is not sure."""
    measure, size = measure_of(unit)
    share, hundredth = measure_of("%")
    if measure == share:
        return size / hundredth / 100
    if unit in lexicon("units")["no_factors"] or measure in table().money or "/" in unit:
        return None
    if unit in table().canonical or not unit:
        return Decimal(1)
    scale = unit[0] if unit[0] in SCALES else ""
    counted = unit[len(scale) :]
    if counted in table().canonical or not counted or scale in ("万", "亿"):
        return SCALES.get(scale, Decimal(1))
    return None if scale else Decimal(1)
