"""Counts of the whole cycle against those of the year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from perfgoals_lint.lint.checks.period import is_count, named_otherwise
from perfgoals_lint.lint.checks.tasks import same_units
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.rulebook.lexicons import contains_any

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Table
    from perfgoals_lint.rulebook.rules import Rule
    from perfgoals_lint.values.types import Quantity


class CountPair(NamedTuple):
    """The two counts of a row, in one unit."""

    row: Row
    cycle: Quantity
    annual: Quantity
    whole: Decimal
    part: Decimal


def count_pair(row: Row) -> CountPair | None:
    """The counts of a filled row that has both, bounded from below; ``None`` for rates, money, times and ceilings."""
    if not row.filled or len(row.values) < 2:
        return None
    annual, cycle = (value.quantity for value in row.values)
    if not is_count(cycle) or not is_count(annual) or cycle.value is None or annual.value is None:
        return None
    bare = cycle.unit is None or annual.unit is None
    if not (bare or same_units(cycle.unit, annual.unit)):
        return None
    if named_otherwise(row.name, cycle) or named_otherwise(row.name, annual):
        return None
    if cycle.op in ("<=", "<") or annual.op in ("<=", "<"):
        return None
    return CountPair(row, cycle, annual, cycle.value, annual.value)


def annual_equals_cycle(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGK612: a count that accumulates over several years is not the same for the year and for the cycle."""
    pairs = [
        pair for row in table.rows if (pair := count_pair(row)) and not (pair.cycle.per or pair.annual.per)
    ]
    years = table.years
    several = any(pair.whole != pair.part for pair in pairs) if years is None else years > 1
    for pair in pairs:
        if several and pair.whole == pair.part != 0 and not stands(pair.row.name):
            yield Hit(
                row=pair.row, field="cycle_value", args={"annual": pair.row.indicator.annual_value or ""}
            )


def stands(name: str) -> bool:
    """Is this a stock, which is the same every year, and no flow that adds up?"""
    return contains_any(name, "stock") or contains_any(name, "counting.standing")
