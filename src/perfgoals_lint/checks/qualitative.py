"""Values that only repeat the name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.checks.ladder import is_polar
from perfgoals_lint.hits import Hit
from perfgoals_lint.similarity import echo_similarity

if TYPE_CHECKING:
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.view import Row, Value


def echo(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGF403: a value in words says more than the indicator's name."""
    for value in _worded(row):
        if is_echo(value, float(rule.parameters["similarity"])) and not is_polar(value):
            yield Hit(row=row, field=value.field)
            return


def is_echo(value: Value, least: float) -> bool:
    """Does the value only repeat the name, fillers apart?"""
    return value.kind == "name" or echo_similarity(value.text, value.row.name) >= least


def _worded(row: Row) -> list[Value]:
    """The values of a filled row that have no number and are meant as a target."""
    if not row.filled:
        return []
    left_out = ("empty", "withheld", "not_applicable")
    return [value for value in row.values if not value.has_number and value.kind not in left_out]
