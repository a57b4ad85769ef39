"""PGK650: the direction that a form prints for a row is that of its value and of its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.violation import Violation

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row
    from perfgoals_lint.rulebook.rule import Rule

_AGAINST = {"lower": (">=", ">"), "higher": ("<=", "<")}
_MARKED = {"lower": {"zh": "反向", "en": "less is better"}, "higher": {"zh": "正向", "en": "more is better"}}
_WAYS = {"lower": {"zh": "越低越好", "en": "lower"}, "higher": {"zh": "越高越好", "en": "higher"}}


def direction_against_value(row: Row, rule: Rule) -> Iterator[Violation]:
    """PGK650: one hit a row whose printed direction its value, or else its name, contradicts."""
    direction = row.indicator.direction
    if direction not in _AGAINST:
        return
    args = {"direction": _MARKED[direction]}
    for value in row.values:
        bound = value.quantity
        if bound is not None and bound.op in _AGAINST[direction] and not bound.change:
            yield Violation(row=row, field=value.field, span=value.span, args=args)
            return
    side = analyse(row.name).polarity
    if side is not None and side != direction:
        yield Violation(row=row, field="level3", case="name", args={**args, "way": _WAYS[side]})
