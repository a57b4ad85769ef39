"""Counts of the whole cycle against those of the year."""

from decimal import Decimal
from typing import NamedTuple

from perfgoals_lint.lint.context import Row
from perfgoals_lint.lint.facts.modifiers import is_of_one
from perfgoals_lint.lint.facts.period import is_count, named_otherwise
from perfgoals_lint.lint.facts.tasks import same_units
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds
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


def stands(name: str) -> bool:
    """Is this a stock, a figure of each year, or one of one thing, which is the same every year and does not add up?"""
    return (
        contains_any(name, "stock")
        or contains_any(name, "counting.standing")
        or finds(name, "cycle.in_place")
        or expression("cycle.yearly").match(name) is not None
        or is_of_one(name)
    )
