"""A printed number as its value and its printed precision."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values import numerals

_FUZZ = compiled(f"[{''.join(sorted(numerals.FUZZ))}]")
_ARABIC = compiled(r"[\d,]+(?:\.(\d+))?")
_WORDS = {**numerals.STEPS, **numerals.SCALES}


class Printed(NamedTuple):
    """``value`` as written out, ``precision`` half a unit of the last printed digit, ``scale`` of the words behind
    the digits (``0.4万`` has 10000), ``many`` for 多, 余 and 几."""

    value: Decimal
    precision: Decimal
    scale: int
    many: bool
    step: Decimal
    """One unit of the last printed digit."""
    factor: Decimal
    """``scale`` as a decimal."""


def _printed(value: Decimal, precision: Decimal, scale: int, many: bool) -> Printed:
    return Printed(value, precision, scale, many, precision * 2, Decimal(scale))


@lru_cache(maxsize=4096)
def read_number(text: str) -> Printed | None:
    """The number in a NUMBER token of the grammar, or ``None`` when its characters form none."""
    plain = _FUZZ.sub("", text)
    value = numerals.parse(plain)
    if value is None:
        return None
    many = plain != text
    arabic = _ARABIC.match(plain)
    if arabic:
        scale = 1
        for word in plain[arabic.end() :]:
            scale *= _WORDS.get(word, 1)
        return _printed(value, Decimal(5).scaleb(-len(arabic[1] or "") - 1) * scale, scale, many)
    scale = max((numerals.SCALES[word] for word in plain if word in numerals.SCALES), default=1)
    return _printed(value, Decimal(scale) / 2, scale, many)
