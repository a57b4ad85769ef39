"""Sister projects: one project, carried out by several districts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.checks.period import is_count, named_otherwise
from perfgoals_lint.hits import Hit
from perfgoals_lint.labels import squeeze
from perfgoals_lint.money import plain, shown
from perfgoals_lint.similarity import sister_key

if TYPE_CHECKING:
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.view import DocumentView, Row


def same_target_for_different_money(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGA306: sister projects with very different budgets do not promise the same number."""
    groups: dict[tuple[str, str, Decimal], list[tuple[Row, Decimal]]] = {}
    for table in view.tables:
        family, budget = sister_key(table.title), table.goal.budget_yuan
        if family is None or not budget or table.withheld:
            continue
        for row in table.filled_rows:
            number = _count(row)
            if number:
                groups.setdefault((family, squeeze(row.name), number), []).append((row, budget))
    factor = Decimal(str(rule.parameters["factor"]))
    for (_, _, number), members in groups.items():
        budgets = [budget for _, budget in members]
        if max(budgets) >= factor * min(budgets):
            yield _grouped(members, number)


def _count(row: Row) -> Decimal | None:
    """The number that a row promises; ``None`` for rates, money, times and nothing."""
    value = row.annual or row.cycle
    bound = value.quantity if value else None
    if row.class1 == "satisfaction" or not is_count(bound):
        return None
    return None if named_otherwise(row.name, bound) else bound.value


def _grouped(members: list[tuple[Row, Decimal]], number: Decimal) -> Hit:
    (first, _), *others = members
    budgets = sorted(budget for _, budget in members)
    return Hit(
        row=first,
        field=first.values[0].field,
        args={
            "number": plain(number),
            "count": str(len(members)),
            "least": shown(budgets[0]),
            "most": shown(budgets[-1]),
        },
        related=[
            ("sister", {"project": row.table.title, "budget": shown(budget)}, row.place("annual_value"))
            for row, budget in others
        ],
        evidence={
            "expression": f"{shown(budgets[-1])} ÷ {shown(budgets[0])} = {plain(round(budgets[-1] / budgets[0], 2))}"
        },
    )
