"""PGN502: a number has a unit. Money in bare 万 or 亿 is PGN516's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.rates import asks_rate, bare_quantity, split_brackets, unit_written
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.rulebook.policy import lexicon

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row
    from perfgoals_lint.rulebook.rule import Rule


def missing_unit(row: Row, rule: Rule) -> Iterator[Violation]:
    """PGN502: a number has a unit. Money in bare 万 or 亿 is PGN516's."""
    hit: Violation | None = None
    for value in row.values if row.filled else ():
        quantity = bare_quantity(value)
        if (
            quantity is None
            or quantity.unit is not None
            or analyse(value.row.name).kind == "index"
            or asks_rate(value, quantity)
        ):
            continue
        own = _own_unit(row.name)
        args = {"unit": own or lexicon("naming")["example_unit"]}
        case = "named" if own else None
        hit = hit or Violation(row=row, field=value.field, span=quantity.span, case=case, args=args)
        if own:
            hit.edits.append(unit_written(value, quantity, own))
    if hit:
        yield hit


def _own_unit(name: str) -> str | None:
    """The unit that a name ends in (…次数: 次)."""
    units: dict[str, str] = lexicon("naming")["counted_units"]
    return next((unit for end, unit in units.items() if split_brackets(name)[0].endswith(end)), None)
