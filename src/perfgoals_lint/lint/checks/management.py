"""Indicators that say the money was spent or handled properly, and nothing of what it bought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.model import Edit
from perfgoals_lint.money import in_wan
from perfgoals_lint.rulebook.labels import classify
from perfgoals_lint.rulebook.lexicons import contains_any
from perfgoals_lint.rulebook.policy import lexicon

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Table, Value
    from perfgoals_lint.rulebook.rules import Rule

_CAPS = ("<=", "<")


def spending_rate(row: Row) -> Value | None:
    """The value by which a cost row asks for spending instead of a price; ``None`` for a proper cost row.

    Where the document prints no level 2, any output row may stand for cost.
    """
    if not row.filled or not (row.is_cost or row.class1 == "output"):
        return None
    only_label = row.is_cost and (classify(row.name, 1) or classify(row.name, 2)) is not None
    for value in row.values:
        if _spends(row.name) or _spends(value.text) or (only_label and _is_open_rate(value)):
            return value if row.is_cost or "level2" not in row.table.document.features else None
    return None


def _spends(text: str) -> bool:
    return contains_any(text, "relevance.spending_rates") and not contains_any(
        text, "relevance.no_spending_rates"
    )


def _is_open_rate(value: Value) -> bool:
    constraint = value.constraint
    return constraint.kind == "quantity" and constraint.unit == "%" and constraint.op not in _CAPS


def cost_is_spending_rate(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGR207: a cost row caps a cost."""
    value = spending_rate(row)
    if value is None:
        return
    budget = row.table.goal.budget_yuan
    hit = Hit(row=row, field=value.field, case="budget" if budget else None)
    if budget:
        ceiling = f"≤{in_wan(budget)}万元"
        hit.args["ceiling"] = ceiling
        if len(row.values) == 1 and value.field in row.indicator.locations:
            hit.edits = [
                Edit(row.place("level3"), "level3", row.name, lexicon("costs")["total_name"]),
                Edit(row.place(value.field), value.field, value.text, ceiling),
            ]
    yield hit


def routine_management(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGR208: indicators say more than that money was handled in time and by the book."""
    outputs = [row for row in table.filled_rows if row.class1 == "output"]
    only = bool(outputs) and not table.cut and all(_is_routine(row) for row in outputs)
    found = [row for row in table.filled_rows if _is_management(row) and spending_rate(row) is None]
    for row in found:
        yield Hit(row=row, field="level3", case="only" if only and row.class1 == "output" else None)
    if only and not any(row.class1 == "output" for row in found):
        yield Hit(table=table, case="project", args={"names": [row.name for row in outputs]})


def _is_management(row: Row) -> bool:
    """Routine by its name, and not of a class in which the form itself asks for it (投入, 过程)."""
    return row.class1 not in ("input", "process") and contains_any(row.name, "management")


def _is_routine(row: Row) -> bool:
    return (
        _is_management(row)
        or contains_any(row.name, "relevance.management_only")
        or spending_rate(row) is not None
    )
