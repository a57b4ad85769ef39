"""PGA305: output rows against the tasks that the goal commits to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.lint.checks.period import is_count, years_of
from perfgoals_lint.lint.checks.tasks import clause_around, same_units, shared_noun, subject_of
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.money import plain

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Table, Value
    from perfgoals_lint.prose import Count
    from perfgoals_lint.rulebook.rule import Rule


def target_below_narrative(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGA305: an output row asks for no less than the annual goal commits to.

    A commitment and a row belong together when each is the other's best match by the noun that they share.
    """
    goal = table.goals.get("annual_goal")
    if goal is None:
        return
    outputs = [row for row in table.filled_rows if row.class1 == "output" and row.annual]
    counts = [count for count in goal.counts if count.commitment and not count.background]
    matches = [
        (len(noun), c, r)
        for c, count in enumerate(counts)
        for r, row in enumerate(outputs)
        if (noun := _answers(count, goal.text, row))
    ]
    for length, c, r in sorted(matches, key=lambda match: match[2]):
        best = all(length >= other for other, c2, r2 in matches if c2 == c or r2 == r)
        count, row = counts[c], outputs[r]
        promised = count.number / (count.years or 1)
        least = _least(row.annual) if row.annual else None
        if best and least is not None and least < promised:
            hit = _below(row, count, promised, clause_around(goal.text, count.span))
            hit.evidence = {"expression": f"{plain(least)} < {plain(promised)} {count.unit}"}
            yield hit


def _answers(count: Count, text: str, row: Row) -> str | None:
    value = row.annual
    quantity = value.quantity if value else None
    if not is_count(quantity) or not same_units(count.unit, quantity.unit):
        return None
    return shared_noun(subject_of(count, text), row.name)


def _least(value: Value) -> Decimal | None:
    """The least number that a value permits in one year; ``None`` for a ceiling."""
    bound = value.quantity
    if bound is None or bound.op not in ("=", ">=", ">", "~") or bound.value is None:
        return None
    least = bound.value + 1 if bound.op == ">" else bound.value
    return least / (years_of(bound, "per") or 1)


def _below(row: Row, count: Count, promised: Decimal, clause: str) -> Hit:
    number = f"{plain(promised)}{count.unit}"
    return Hit(
        row=row,
        field="annual_value",
        span=row.annual.span if row.annual else None,
        case="quoted" if count.quoted else None,
        args={"promised": number, "clause": clause},
        related=[("goal", {"promised": number}, row.table.place("annual_goal"))],
    )
