"""The fast path: an operator, an Arabic figure, a unit and a bound, which is most of what tables hold.

It is made from the same word lists as the grammar and gives the same constraints (tests compare the two); what it does
not know for certain it leaves to the grammar.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perfgoals_lint.policy import lexicon
from perfgoals_lint.values.operators import rules
from perfgoals_lint.values.types import Approx, Op, Quantity
from perfgoals_lint.values.units import standard, table

_FIGURE = re.compile(r"([^\d.,\s]{0,8})(\d{1,12}(?:\.\d{1,6})?)([万亿]?)([^\d.,\s]{0,16})")
_SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8)}
# Behind a figure these may be parts of a date.
_DATED = frozenset({"年", "月", "日", "号", "季", "季度", "年度", "月度", "时", "点", "分"})


class _Tail(NamedTuple):
    unit: str | None
    standard: str | None
    behind: tuple[Op, Approx | None] | None


@cache
def _heads() -> dict[str, tuple[Op, Approx | None]]:
    """Operators in front; those that a bound behind can change are among them, and are left to the grammar there."""
    return {word: said for word, said in rules().op.items() if word != "过"}


@cache
def _bounds() -> dict[str, tuple[Op, Approx | None]]:
    return {word: said for word, said in rules().post.items() if word not in {"多", "余", "+"}}


@cache
def _coded() -> frozenset[str]:
    """Figures that are names before some words (863计划)."""
    return frozenset(lexicon("values")["idioms"]["coded"])


_tails: dict[str, _Tail] = {}


def _tail(text: str) -> _Tail | None:
    """A unit and a bound behind a figure, each of which may be missing; kept, for there are few of them."""
    known = _tails.get(text)
    if known is not None:
        return known
    units, bounds = table().plain, _bounds()
    for cut in range(len(text), -1, -1):
        unit, bound = text[:cut], text[cut:]
        if (not unit or (unit in units and unit not in _DATED)) and (not bound or bound in bounds):
            made = _Tail(unit or None, standard(unit) if unit else None, bounds.get(bound))
            _tails[text] = made
            return made
    return None


def read(text: str) -> Quantity | None:
    """The quantity of a value in the common notation; ``None`` when the grammar has to read it."""
    found = _FIGURE.fullmatch(text)
    if found is None:
        return None
    head, digits, scale, rest = found.groups()
    tail = _tails.get(rest) or _tail(rest)
    if tail is None or tail.unit == "M":
        return None
    said = None
    if head:
        said = _heads().get(head)
        if said is None or tail.behind is not None:
            return None
    elif tail.behind is not None:
        said = tail.behind
    if not scale and ((tail.unit is None and "." in digits) or digits in _coded()):  # 2024.07 may be a date
        return None
    if len(digits) + (8 if scale else 0) > 20:
        return None
    value = Decimal(digits) * _SCALES[scale] if scale else Decimal(digits)
    op, approx = said or ("=", None)
    made = Quantity(text, op, value, tail.unit, said is not None, approx=approx)
    if tail.unit is not None:
        made.unit_source, made.unit_standard = "value", tail.standard
    made.span = (0, len(text))
    return made
