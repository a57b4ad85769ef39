"""Units: which words are units, which of them measure the same thing, and exact conversions between them."""

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.notation import simplified

SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8), "百": Decimal(100), "千": Decimal(1000)}
"""Signs of scale in front of a unit."""
_IN_BRACKETS = compiled(r"[（(][^（()）]{1,4}[)）]")
_SCALE = compiled(r"^[百千万亿]+(?=.)")


class UnitTable(NamedTuple):
    """The unit lexicon, ready for look-up."""

    canonical: dict[str, str]
    """Every unit as written, to its standard word."""
    sizes: dict[str, tuple[str, Decimal]]
    """A standard word to its dimension and how many base units one of it is."""
    nouns: frozenset[str]
    times: frozenset[str]
    spans: frozenset[str]
    levels: frozenset[str]
    """Dimensions whose figures do not add up over time."""
    orders: frozenset[str]
    signs: dict[str, str]
    money: frozenset[str]
    plain: frozenset[str]
    """Units that are what they say, and leave the figure alone."""


@cache
def table() -> UnitTable:
    """The unit lexicon of ``rules/lexicons/units.yaml``."""
    data: dict[str, Any] = lexicon("units")
    canonical = {word: word for word in (*data["measures"].split(), *data["nouns"].split())}
    sizes: dict[str, tuple[str, Decimal]] = {}
    for dimension, members in data["dimensions"].items():
        for word, size in members.items():
            canonical[word] = word
            sizes[word] = (dimension, Decimal(size))
    for standard, names in data["currencies"].items():
        canonical.update(dict.fromkeys(names, standard))
        sizes[standard] = (standard, Decimal(1))
    canonical.update(("个" + word, word) for word in data["countable"])
    return UnitTable(
        canonical,
        sizes,
        frozenset(data["nouns"].split()),
        frozenset(data["times"]),
        frozenset(data["spans"]),
        frozenset(data["levels"]),
        frozenset(data["orders"]),
        data["currency_signs"],
        frozenset(data["currencies"]),
        frozenset(word for word, name in canonical.items() if word == name) - {"成", "番", *data["aliases"]},
    )


@cache
def _aliases() -> dict[str, str]:
    aliases: dict[str, str] = lexicon("units")["aliases"]
    return aliases


@lru_cache(4096)
def standard(unit: str) -> str:
    """The unit's standard spelling: 个月 is 月, 圆 is 元, 個 is 个, ｋｍ is km; an unlisted unit is its own."""
    unit = simplified(unit)
    unit = _aliases().get(unit, unit)
    return table().canonical.get(unit, unit)


@lru_cache(4096)
def is_unit(text: str) -> bool:
    """Is the text a unit that the rulebook lists, also with a scale or another one below a stroke (万人次, 元/人)?"""
    known = table().canonical
    parts = re.split(r"[/／]", _IN_BRACKETS.sub("", text))
    return all(part in known or _SCALE.sub("", part, count=1) in known for part in parts)


@lru_cache(4096)
def measure_of(unit: str | None) -> tuple[str | None, Decimal]:
    """The dimension of a unit and how many base units one of it is.

    A unit without a dimension is a dimension of its own; ``None`` is the bare number. A scale in front of a listed
    unit (万人次, as names print it) multiplies. Units are comparable only if the dimensions are equal.
    """
    if unit is None:
        return None, Decimal(1)
    known = table()
    name = standard(unit)
    factor = Decimal(1)
    while name not in known.canonical and len(name) > 1 and name[0] in SCALES:
        factor *= SCALES[name[0]]
        name = standard(name[1:])
    dimension, size = known.sizes.get(name, (name, Decimal(1)))
    return dimension, size * factor


def convert(value: Decimal, unit: str | None, target: str | None) -> Decimal | None:
    """The value in another unit, exact (to 28 digits); ``None`` when the units do not measure the same thing."""
    dimension, size = measure_of(unit)
    other, step = measure_of(target)
    return value * size / step if dimension == other else None


@cache
def _smallest() -> dict[str, str]:
    found: dict[str, tuple[Decimal, str]] = {}
    for word, (dimension, size) in table().sizes.items():
        if dimension not in found or size < found[dimension][0]:
            found[dimension] = (size, word)
    return {dimension: word for dimension, (_, word) in found.items()}


def smallest(unit: str) -> str:
    """The smallest listed unit of the same dimension; a unit without a dimension is its own, without a scale."""
    dimension, _ = measure_of(unit)
    return _smallest().get(dimension or "", dimension or unit)
