"""The code of the rules."""

from __future__ import annotations

from collections.abc import Iterator

from perfgoals_lint.lint.context import Row
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.money import shown
from perfgoals_lint.rulebook.rule import Rule


def round_money(row: Row, rule: Rule) -> Iterator[Violation]:
    """QHP01: a cost ceiling is estimated, not rounded up to whole tens of 万元."""
    value = row.annual
    if not row.is_cost or value is None or value.quantity is None or value.quantity.unit != "元":
        return
    step = int(rule.parameters["step"])
    amount = value.quantity.value
    if amount is not None and amount >= step and amount % step == 0:
        yield Violation(row=row, field=value.field, span=value.span, args={"amount": shown(amount)})
