"""Amounts in two units (1年6个月), person-days (20人·天) and products (300元×12月＝3600元), brought to the one amount that they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from math import prod

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values import types
from perfgoals_lint.values.notation import Normal, Text
from perfgoals_lint.values.units import convert, table

_MAN_TIME = compiled(r"(?<=\d人)[·*×.](?=[天日月年时])")
_NUMBER = r"\d[\d,]{0,15}(?:\.\d{1,6})?"
_FACTOR = rf"{_NUMBER}[^\d=×*xX,;:()，。；]{{0,8}}"
_PRODUCT = compiled(
    rf"(?<![\d.,×*xX])(?P<factors>{_FACTOR}(?:[×*xX]{_FACTOR})+)(?:=(?P<result>{_NUMBER}[^\d=×*]{{0,8}}))?$"
)
_MONEY = compiled(rf"({_NUMBER})([万亿]?元)(?:/[^/]*)?")
_NUMBERS = compiled(_NUMBER)
_MOST_YEARS = 100
"""A number of years from which on it is a year of the calendar."""


def read(normal: Normal, text: str, parse: Callable[[str], types.Constraint]) -> types.Quantity | None:
    """The quantity that such a value states; ``None`` for every other one. ``parse`` reads a value."""
    plain = normal.text
    found = _two(plain) or _product(plain)
    if found is None and (match := _MAN_TIME.search(plain)):
        found = match.start(), match.end(), ""
    if found is None:
        return None
    start, end, written = found
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


def _product(plain: str) -> tuple[int, int, str] | None:
    """A product as its printed result, as the money that its first factor and the others make, or in the unit that theirs
    are together (20人×3天 in 人天)."""
    match = _PRODUCT.search(plain)
    if match is None:
        return None
    if match["result"]:
        return match.start(), match.start("result"), ""
    price = _MONEY.match(match["factors"])
    units = [one.strip("×*xX") for one in _NUMBERS.split(match["factors"])[1:]]
    unit = price[2] if price else "".join(units)
    if not price and (unit not in table().canonical or not all(units)):
        return None
    first, *others = (Decimal(one.replace(",", "")) for one in _NUMBERS.findall(match["factors"]))
    return *match.span(), f"{prod(others, start=first):f}{unit}"
