"""Sums that should be an amount that is stated elsewhere: what a message and a machine are told of one that is not."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Any

from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import SOURCES, GoalTable
from perfgoals_lint.money import UNITS, ZERO, shown, sum_expression
from perfgoals_lint.tables.amounts import is_nothing, money_factor, yuan
from perfgoals_lint.tables.headings import box_field, is_money
from perfgoals_lint.tables.sources import printed_name

SEVERAL = 2
"""Sources with which there is something to add up."""
Terms = Sequence[tuple[str, Decimal]]
"""Names and amounts in 元."""
Amounts = dict[str, Decimal]
"""Amounts in 元 by their names or labels."""


def total_of(terms: Terms) -> Decimal:
    """The sum in 元."""
    return sum((amount for _, amount in terms), ZERO)


def not_the_budget(terms: Terms, budget: Decimal, **where: Any) -> Violation:
    """The violation of a sum that is not the budget; ``where`` is what else a :class:`Violation` is made of."""
    expression = sum_expression(amount for _, amount in terms)
    named = [{"name": name, "yuan": amount} for name, amount in terms]
    return differing(expression, named, total_of(terms), budget, **where)


def differing(expression: str, terms: object, total: Decimal, stated: Decimal, **where: Any) -> Violation:
    """The same of any calculation that does not give the amount that is stated: ``expression``, ``budget`` and ``gap`` for
    the message, and the ``terms`` for a machine."""
    return Violation(
        args={"expression": expression, "budget": shown(stated), "gap": shown(abs(total - stated), stated)},
        evidence={
            "expression": expression,
            "terms": terms,
            "computed_yuan": total,
            "budget_yuan": stated,
        },
        **where,
    )


def kept_amounts(goal: GoalTable) -> dict[str, Decimal | None]:
    """The amounts of the boxes of a table that it keeps by their labels, in 元; ``None`` for one that is none. Where the table has no
    unit, that of a label is that of the boxes behind it too (项目总金额（万元）, 其中：财政拨款)."""
    unit = UNITS[goal.money_unit.unit] if goal.money_unit and goal.money_unit.unit else None
    found: dict[str, Decimal | None] = {}
    printed = 1
    for label, text in goal.fields.items():
        own = money_factor(label)
        printed = own or printed
        found[label] = yuan(text, own or unit or printed)
    return found


def period_sums(goal: GoalTable) -> Iterator[tuple[str, Decimal, Amounts]]:
    """What the whole period costs, by its label, and the sources that are printed right behind it."""
    amounts = kept_amounts(goal)
    heads = [number for number, label in enumerate(amounts) if box_field(label) == "cycle_budget"]
    for number in heads:
        (label, whole), *behind = list(amounts.items())[number:]
        sources = list(takewhile(lambda one: is_money(box_field(one[0]) or ""), behind))
        # Sources that have a column of the year too (省级补助) are no parts of another.
        parts = {
            name: amount
            for name, amount in sources
            if amount is not None
            and (box_field(name) in SOURCES or printed_name(name) in (goal.funding_yuan or {}))
        }
        if len(parts) < sum(not is_nothing(goal.fields[name]) for name, _ in sources):
            continue  # one of them was not understood, or is a part of another
        if whole and len(parts) >= SEVERAL:
            yield label, whole, parts
