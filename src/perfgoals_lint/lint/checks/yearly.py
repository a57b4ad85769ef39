"""This year's table beside last year's: targets lowered, goals copied, indicators changed, more money for the same."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.lint.checks.direction import lower_is_better
from perfgoals_lint.lint.last_year import undated
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.money import shown

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Table
    from perfgoals_lint.rulebook.rules import Rule
    from perfgoals_lint.values.types import Quantity

_FLOORS, _CEILINGS = frozenset({"=", ">=", ">", "~"}), frozenset({"<=", "<"})
_LISTED = 8


def target_lowered(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGY701: a target is not softer than last year's, unless the goal says why."""
    if table.previous is None or any(text.explained for text in table.goals.values()):
        return
    for row, before in _pairs(table, table.previous):
        now, then = row.annual, before.annual
        if now and then and now.quantity and then.quantity and _softer(row, now.quantity, then.quantity):
            related = [("last", {"value": then.text}, before.place("annual_value"))]
            yield Hit(row=row, field="annual_value", span=now.span, args={"last": then.text}, related=related)


def goal_copied(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGY702: the annual goal is not last year's with another date."""
    if table.previous is None:
        return
    now, then = table.goal.annual_goal, table.previous.goal.annual_goal
    if now and then and undated(now) == undated(then):
        yield Hit(
            table=table, field="annual_goal", related=[("last", {}, table.previous.place("annual_goal"))]
        )


def indicators_changed(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGY703: which indicators are new, and which are gone."""
    if table.previous is None:
        return
    now, then = _by_name(table), _by_name(table.previous)
    new = [row.name for key, row in now.items() if key not in then]
    gone = [row.name for key, row in then.items() if key not in now]
    if new or gone:
        nothing = [{"zh": "无", "en": "none"}]
        hit = Hit(table=table, args={"new": _some(new) or nothing, "gone": _some(gone) or nothing})
        hit.related = [("last", {}, table.previous.goal.location)]
        yield hit


def more_money_same_targets(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGY704: a budget that grew markedly buys more than last year's."""
    before = table.previous
    if before is None or table.goal.budget_yuan is None or not before.goal.budget_yuan:
        return
    now, then = table.goal.budget_yuan, before.goal.budget_yuan
    growth = (now - then) * 100 / then
    if growth < Decimal(str(rule.parameters["growth"])):
        return
    pairs = [(row, last) for row, last in _pairs(table, before) if row.has_number and last.has_number]
    if (
        pairs
        and all(_texts(row) == _texts(last) for row, last in pairs)
        and len(pairs) == len(_numeric(table))
    ):
        yield Hit(
            table=table,
            field="budget_yuan",
            args={
                "now": shown(now),
                "then": shown(then),
                "growth": f"{growth:.0f}",
                "count": str(len(pairs)),
            },
            related=[("last", {}, before.place("budget_yuan"))],
            evidence={"budget_yuan": now, "last_yuan": then},
        )


def _by_name(table: Table) -> dict[tuple[str | None, str], Row]:
    return {(row.class1, undated(row.name)): row for row in reversed(table.filled_rows)}


def _pairs(table: Table, before: Table) -> Iterator[tuple[Row, Row]]:
    last = _by_name(before)
    for key, row in reversed(_by_name(table).items()):
        if key in last:
            yield row, last[key]


def _softer(row: Row, now: Quantity, then: Quantity) -> bool:
    if now.value is None or then.value is None or now.unit != then.unit or now.per != then.per:
        return False
    if (now.op in _CEILINGS and then.op in _CEILINGS) or lower_is_better(row.name):
        return now.value > then.value
    return now.op in _FLOORS and then.op in _FLOORS and now.value < then.value


def _numeric(table: Table) -> list[Row]:
    return [row for row in table.filled_rows if row.has_number]


def _texts(row: Row) -> list[str]:
    return ["".join(value.text.split()) for value in row.values]


def _some(names: list[str]) -> list[str]:
    return names if len(names) <= _LISTED else [*names[:_LISTED], "…"]
