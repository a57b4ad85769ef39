"""Counts of the whole cycle against those of the year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from perfgoals_lint.lint.checks.period import is_count, named_otherwise, years_of
from perfgoals_lint.lint.checks.tasks import same_units
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.money import plain
from perfgoals_lint.rulebook.lexicons import contains_any

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Table
    from perfgoals_lint.rulebook.rules import Rule
    from perfgoals_lint.values.types import Quantity


class _Pair(NamedTuple):
    """The two counts of a row, in one unit."""

    row: Row
    cycle: Quantity
    annual: Quantity
    whole: Decimal
    part: Decimal


def _pair(row: Row) -> _Pair | None:
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
    return _Pair(row, cycle, annual, cycle.value, annual.value)


def _stands(name: str) -> bool:
    """Is this a stock, which is the same every year, and no flow that adds up?"""
    return contains_any(name, "stock") or contains_any(name, "counting.standing")


def ratio_inconsistent(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGK613: the counts of one project imply one length of the cycle."""
    least = Decimal(str(rule.parameters["factor"]))
    ratios: list[tuple[_Pair, Decimal]] = []
    for row in table.rows:
        pair = _pair(row)
        # A cycle value that names its own years is measured against those.
        if (
            pair is None
            or pair.cycle.over is not None
            or pair.cycle.per
            or not pair.part
            or _stands(row.name)
        ):
            continue
        per = years_of(pair.annual, "per")
        if pair.annual.per and per is None:
            continue
        ratio = pair.whole / pair.part * (per or 1)
        if ratio >= 1:
            ratios.append((pair, ratio))
    if len(ratios) < 2 or max(r for _, r in ratios) < least * min(r for _, r in ratios):
        return
    first, *others = (pair.row for pair, _ in ratios)
    printed = [f"{plain(pair.whole)}/{plain(pair.part)} = {plain(round(ratio, 2))}" for pair, ratio in ratios]
    yield Hit(
        table=table,
        location=first.place("cycle_value"),
        args={"ratios": printed},
        related=[("other", {}, row.place("cycle_value")) for row in others],
        evidence={"expression": "; ".join(printed)},
    )
