"""PGN515: the unit of a value is one of those that go with the measure word of the name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.units import table

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row
    from perfgoals_lint.rulebook.rules import Rule


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


def unit_vs_name(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGN515: the unit of a value is one of those that go with the measure word of the name."""
    if not row.filled:
        return
    for value in row.values:
        quantity = value.quantity
        if quantity is None or quantity.unit_source != "value" or quantity.unit in (None, "%"):
            continue
        allowed = _units_of(row.name)
        unit = str(quantity.unit).lstrip("万亿")
        if allowed and unit not in allowed:
            args = {"unit": unit, "units": "、".join(sorted(allowed)), "first": allowed[0]}
            yield Hit(row=row, field=value.field, span=quantity.span, args=args)
            return


def _units_of(name: str) -> list[str]:
    """The units that go with a name's measure word; a unit in a bracket behind it counts first."""
    sets: dict[str, list[str]] = lexicon("naming")["measure_words"]
    head = split_brackets(name)[0]
    units = next((units for word, units in sets.items() if head.endswith(word)), [])
    printed = _unit_in_brackets(name)
    return [printed] if units and printed else units


def _unit_in_brackets(name: str) -> str | None:
    """The unit printed in one of the brackets behind a name, without its scale."""
    inside = split_brackets(name)[1]
    units = (text.removeprefix("单位").lstrip(":： ").lstrip("万亿") for text in inside)
    return next((unit for unit in units if unit in table().canonical), None)
