"""PGN503: a rate between 0 and 100 has its percent sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.model import Edit
from perfgoals_lint.money import plain
from perfgoals_lint.rulebook.lexicons import ends_with_any

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Value
    from perfgoals_lint.rulebook.rules import Rule
    from perfgoals_lint.values.types import Quantity

_PERCENT = re.compile(r"[%％]|百分比")


_DIGIT = re.compile(r"\d")


_NUMBER_END = re.compile(r".*\d\s*[百千万亿萬億]*", re.S)


def _bare(value: Value) -> Quantity | None:
    """The quantity of a value that prints a number without a unit; its ``unit`` is then the name's, if anything."""
    quantity = value.quantity
    if quantity is None or quantity.unit_source == "value" or quantity.ratio is not None:
        return None
    return quantity if _DIGIT.search(value.text) else None


def split_brackets(name: str) -> tuple[str, list[str]]:
    """A name without the brackets behind it, and what stands in them, the last first."""
    inside: list[str] = []
    head = name.rstrip()
    while head.endswith((")", "）")):
        start = max(head.rfind("("), head.rfind("（"))
        if start < 0:
            break
        inside.append(head[start + 1 : -1].strip())
        head = head[:start].rstrip()
    return head, inside


def is_rate(name: str | None) -> bool:
    """Does the name ask for a percentage: a rate, a share, a satisfaction, or a name with a percent sign?"""
    if not name:
        return False
    if _PERCENT.search(name):
        return True
    name = split_brackets(name)[0].removesuffix("指标")
    return "满意" in name or (ends_with_any(name, "rate_ends") and not ends_with_any(name, "false_rates"))


def _asks_rate(value: Value, quantity: Quantity) -> bool:
    return is_rate(value.row.name) or is_rate(quantity.subject)


def _insertion(value: Value, quantity: Quantity, unit: str) -> Edit:
    """The edit that writes a unit behind the number, in front of a bound that follows it (10以上)."""
    start, end = quantity.span or (0, len(value.text))
    number = _NUMBER_END.search(value.text[start:end])
    at = start + number.end() if number else end
    fixed = f"{value.text[:at]}{unit}{value.text[at:]}"
    return Edit(value.row.place(value.field), value.field, value.text, fixed)


def missing_percent(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGN503: a rate between 0 and 100 has its percent sign."""
    hit: Hit | None = None
    for value in row.values if row.filled else ():
        quantity = _bare(value)
        if quantity is None or not _asks_rate(value, quantity) or not _hundred(quantity):
            continue
        signed = bool(_PERCENT.search(row.name))
        if quantity.value is not None and 0 < quantity.value <= 1 and "." in value.text and not signed:
            # 0.95 may be a share or a rate below one per cent: nobody but the author knows, so it is asked.
            share = f"{plain(quantity.value * 100)}%"
            yield Hit(
                row=row,
                field=value.field,
                span=quantity.span,
                case="share",
                args={"share": share, "small": f"{plain(quantity.value)}%"},
            )
            return
        hit = hit or Hit(row=row, field=value.field, span=quantity.span, case="named" if signed else None)
        edit = _insertion(value, quantity, "%")
        hit.args.setdefault("fixed", edit.new)
        hit.edits.append(edit)
    if hit:
        yield hit


def _hundred(quantity: Quantity) -> bool:
    numbers = [number for number in (quantity.value, quantity.low, quantity.high) if number is not None]
    return bool(numbers) and all(Decimal(0) <= number <= 100 for number in numbers)
