"""PGA381: the points of a self-evaluation beside the weight, and what was reached beside the target."""

from __future__ import annotations

from decimal import Decimal

from perfgoals_lint import values
from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.money import plain
from perfgoals_lint.rulebook.labels import column_of
from perfgoals_lint.values import algebra
from perfgoals_lint.values.types import Constraint, Quantity

_FULL = Decimal(100)


def score_of_row(row: Row, rule: Rule) -> Violations:
    """PGA381: points above the weight, else a target missed of which nobody says why."""
    said = {column_of(label) or label: text for label, text in row.indicator.columns.items() if text.strip()}
    score, weight = _number(said.get("score")), _number(row.indicator.weight)
    if score is not None and weight is not None and weight < score <= _FULL and weight >= 1:
        args: dict[str, object] = {"score": plain(score), "weight": plain(weight)}
        yield Violation(row=row, field="weight", args=args)
        return
    asked = any(column.role == "deviation" for column in row.table.goal.header)
    actual = said.get("actual_value", "") if asked and "deviation" not in said else ""
    if actual and row.annual and _missed(row.annual.quantity, values.parse(actual)):
        args = {"value": row.annual.text, "actual": actual}
        yield Violation(row=row, field="annual_value", case="missed", args=args)


def _number(text: str | None) -> Decimal | None:
    constraint = values.parse(text or "")
    return constraint.value if isinstance(constraint, Quantity) and constraint.unit in (None, "分") else None


def _missed(target: Quantity | None, actual: Constraint) -> bool:
    """Does a number fall short of a target in the same unit, or go over its ceiling?"""
    if target is None or not isinstance(actual, Quantity) or actual.op != "=" or actual.value is None:
        return False
    asked, reached = algebra.interval(target, True), algebra.interval(actual, True)
    if asked is None or reached is None or asked.axis != reached.axis or reached.low is None:
        return False
    below = asked.low is not None and reached.low < asked.low
    return below or (asked.high is not None and asked.low is None and reached.low > asked.high)
