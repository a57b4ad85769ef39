"""Units and percent signs that a number lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.hits import Hit
from perfgoals_lint.model import Edit
from perfgoals_lint.wording import contains_any, ends_with_any

if TYPE_CHECKING:
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.values.types import Quantity
    from perfgoals_lint.view import Row, Value

_BRACKET = re.compile(r"[（(][^（()）]*[)）]\s*$")
_PERCENT = re.compile(r"[%％]|百分比")
_DIGIT = re.compile(r"\d")
_LARGE = re.compile(r"[万亿萬億]")


def _bare(value: Value) -> Quantity | None:
    """The quantity of a value that prints a number without a unit; its ``unit`` is then the name's, if anything."""
    quantity = value.quantity
    if quantity is None or quantity.unit_source == "value" or quantity.ratio is not None:
        return None
    return quantity if _DIGIT.search(value.text) else None


def is_rate(name: str | None) -> bool:
    """Does the name ask for a percentage: a rate, a share, a satisfaction, or a name with a percent sign?"""
    if not name:
        return False
    if _PERCENT.search(name):
        return True
    name = _BRACKET.sub("", name)
    return ends_with_any(name, "rate_ends") and not ends_with_any(name, "false_rates")


def _asks_rate(value: Value, quantity: Quantity) -> bool:
    return is_rate(value.row.name) or is_rate(quantity.subject)


def missing_unit(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGN502: a number has a unit."""
    for value in row.values if row.filled else ():
        quantity = _bare(value)
        if quantity is None or quantity.unit is not None or _asks_rate(value, quantity):
            continue
        if _LARGE.search(value.text) and contains_any(row.name, "money_names"):
            continue
        named = ends_with_any(row.name, "counted_names")
        yield Hit(row=row, field=value.field, span=quantity.span, case="named" if named else None)
        return


def missing_percent(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGN503: a rate between 0 and 100 has its percent sign."""
    hit: Hit | None = None
    for value in row.values if row.filled else ():
        quantity = _bare(value)
        if quantity is None or not _asks_rate(value, quantity) or not _hundred(quantity):
            continue
        signed = bool(_PERCENT.search(row.name))
        hit = hit or Hit(row=row, field=value.field, span=quantity.span, case="named" if signed else None)
        end = quantity.span[1] if quantity.span else len(value.text)
        fixed = f"{value.text[:end]}%{value.text[end:]}"
        hit.args.setdefault("fixed", fixed)
        hit.edits.append(Edit(row.place(value.field), value.field, value.text, fixed))
    if hit:
        yield hit


def _hundred(quantity: Quantity) -> bool:
    numbers = [number for number in (quantity.value, quantity.low, quantity.high) if number is not None]
    return bool(numbers) and all(Decimal(0) <= number <= 100 for number in numbers)
