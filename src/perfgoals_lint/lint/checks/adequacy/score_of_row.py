"""PGA381: the points of a self-evaluation beside the weight, and what was reached beside the target."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from perfgoals_lint import values
from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.modifiers import is_of_one
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.period import is_count
from perfgoals_lint.money import plain
from perfgoals_lint.rulebook.labels import column_of
from perfgoals_lint.rulebook.lexicons import contains_any
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import is_nothing
from perfgoals_lint.values import algebra
from perfgoals_lint.values.types import Constraint, Quantity

_FIGURE = compiled(r"[=＝]?\s*\d[\d,.]*\D{0,4}")
"""A figure with its unit, and nothing that says what it is of."""


def score_of_row(table: Table, rule: Rule) -> Violations:
    """PGA381: points above the weight, else more done by now than is expected of the year, else a target missed of which
    nobody says why."""
    limits = rule.parameters
    roles = {label: column_of(label) or label for row in table.rows for label in row.indicator.columns}
    weighted = any(word in label for label in roles for word in limits["weighted"])
    above: dict[int, tuple[Decimal, Decimal]] = {}
    for label in [label for label, role in roles.items() if role == "score" and not weighted]:
        above = _above(table, label, limits) | above
    asked = "deviation" in (*roles.values(), *(column.role for column in table.goal.header))
    actual = [label for label, role in roles.items() if role == "actual_value"]
    reached = [label for label in actual if not any(word in label for word in limits["interim"])]
    by_now, forecast = _by_now(actual, reached, limits)
    for row in table.rows:
        said = {label: text for label, text in row.indicator.columns.items() if text.strip()}
        if row.index in above:
            score, weight = above[row.index]
            args: dict[str, object] = {"score": plain(score), "weight": plain(weight)}
            yield Violation(row=row, field="weight", args=args)
            continue
        explained = any(roles[label] == "deviation" and not is_nothing(text) for label, text in said.items())
        expected, now = said.get(forecast, "").strip(), said.get(by_now, "")
        # 还将完成50次 is not the figure of the year.
        whole = not explained and _FIGURE.fullmatch(expected) is not None
        if whole and _is_less(row, values.parse(expected), values.parse(now)):
            args = {"value": expected, "actual": now}
            yield Violation(row=row, field="annual_value", case="expected", args=args)
            continue
        result = next((said[label] for label in (*reached, forecast) if label in said), "")
        if asked and result and not explained and _missed(row, values.parse(result)):
            args = {"value": row.annual.text if row.annual else "", "actual": result}
            yield Violation(row=row, field="annual_value", case="missed", args=args)


def _by_now(actual: list[str], reached: list[str], limits: Mapping[str, Any]) -> tuple[str, str]:
    """The column of what was done by now and that of what is expected of the year, where a table has one of both, else two
    names of none."""
    expected = [label for label in actual if any(word in label for word in limits["forecast"])]
    now = [label for label in actual if label not in (*expected, *reached)]
    return (now[0], expected[0]) if len(now) == len(expected) == 1 else ("", "")


def _is_less(row: Row, expected: Constraint, now: Constraint) -> bool:
    """Is less of the things that an output counts expected by the end of the year than was done by now?"""
    exact = [
        (one.value, (one.unit, *one.per))
        for one in (expected, now)
        if isinstance(one, Quantity) and is_count(one) and one.value is not None and one.op == "="
    ]
    if row.class1 != "output" or row.is_cost or is_of_one(row.name) or len(exact) == 1 or not exact:
        return False
    (less, unit), (done, same) = exact
    return unit == same and less < done and _side(row, expected) != "lower"


def _above(table: Table, label: str, limits: Mapping[str, Any]) -> dict[int, tuple[Decimal, Decimal]]:
    """The rows whose points in a column are above their weight, with both; none where the points of most rows are: they are
    points of the full mark, each."""
    pairs = [
        (row.index, score, weight)
        for row in table.rows
        if (score := _points(row.indicator.columns.get(label), limits)) is not None
        and (weight := _points(row.indicator.weight, limits)) is not None
        and score <= limits["full"]
        and weight >= limits["least"]
    ]
    above = {index: (score, weight) for index, score, weight in pairs if score > weight}
    return above if len(above) * 2 <= len(pairs) or len(pairs) == 1 else {}


def _points(text: str | None, limits: Mapping[str, Any]) -> Decimal | None:
    constraint = values.parse(text or "")
    points = isinstance(constraint, Quantity) and constraint.unit in (None, limits["unit"])
    return constraint.value if isinstance(constraint, Quantity) and points else None


def _missed(row: Row, actual: Constraint) -> bool:
    """Does a number fall short of a target in the same unit, or go over its ceiling? A number without a sign is one of them by
    the side of the name, and a floor where it counts what is done."""
    target = row.target
    if target is None or not isinstance(actual, Quantity) or actual.op != "=" or actual.value is None:
        return False
    asked, reached = algebra.interval(target, True), algebra.interval(actual, True)
    if asked is None or reached is None or asked.axis != reached.axis or reached.low is None:
        return False
    below = asked.low is not None and reached.low < asked.low
    over = asked.high is not None and reached.low > asked.high
    if target.op == "=":
        side = "lower" if row.is_cost else _side(row, target)
        return (below and side == "higher") or (over and side == "lower")
    return below or (over and asked.low is None)


def _side(row: Row, target: Constraint) -> str | None:
    """The side on which more is better or worse (``higher``, ``lower``); ``None`` where nothing tells it."""
    said = analyse(row.name)
    if said.polarity is not None:
        return None if said.guessed else said.polarity
    counted = said.act and row.class1 == "output" and isinstance(target, Quantity) and is_count(target)
    other = said.kind in ("time", "money", "index") or said.capped
    other = other or any(contains_any(row.name, f"direction.{words}") for words in ("expenses", "caseload"))
    return "higher" if counted and not other else None
