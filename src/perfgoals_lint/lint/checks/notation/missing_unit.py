"""PGN502: a number has a unit. Money in bare 万 or 亿 is PGN516's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.model import Edit
from perfgoals_lint.rulebook.lexicons import ends_with_any
from perfgoals_lint.rulebook.policy import lexicon

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


def missing_unit(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGN502: a number has a unit. Money in bare 万 or 亿 is PGN516's."""
    hit: Hit | None = None
    for value in row.values if row.filled else ():
        quantity = _bare(value)
        if (
            quantity is None
            or quantity.unit is not None
            or analyse(value.row.name).kind == "index"
            or _asks_rate(value, quantity)
        ):
            continue
        own = _own_unit(row.name)
        args = {"unit": own or lexicon("naming")["example_unit"]}
        case = "named" if own else None
        hit = hit or Hit(row=row, field=value.field, span=quantity.span, case=case, args=args)
        if own:
            hit.edits.append(_insertion(value, quantity, own))
    if hit:
        yield hit


def _own_unit(name: str) -> str | None:
    """The unit that a name ends in (…次数: 次)."""
    units: dict[str, str] = lexicon("naming")["counted_units"]
    return next((unit for end, unit in units.items() if split_brackets(name)[0].endswith(end)), None)


def _insertion(value: Value, quantity: Quantity, unit: str) -> Edit:
    """The edit that writes a unit behind the number, in front of a bound that follows it (10以上)."""
    start, end = quantity.span or (0, len(value.text))
    number = _NUMBER_END.search(value.text[start:end])
    at = start + number.end() if number else end
    fixed = f"{value.text[:at]}{unit}{value.text[at:]}"
    return Edit(value.row.place(value.field), value.field, value.text, fixed)
