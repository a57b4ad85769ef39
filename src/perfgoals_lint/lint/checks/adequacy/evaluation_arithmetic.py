"""PGA385: what a self-evaluation or a monitoring table has worked out itself, against the figures beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfgoals_lint import values
from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.period import is_count
from perfgoals_lint.model import GoalTable
from perfgoals_lint.money import UNITS, ZERO, plain
from perfgoals_lint.rulebook.labels import column_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.words import is_sum
from perfgoals_lint.values.types import Quantity

_BOX = compiled(r"(.+)（([^（）]+)）")
_NUMBER = compiled(r"\s*(\d[\d,]*(?:\.\d+)?)\s*[^\d\s%％]{0,2}\s*")
_RATE = compiled(r"\s*(\d+(?:\.\d+)?)\s*([%％])?\s*")
_SHOWN = Decimal("0.01")
Boxes = dict[str, dict[str, str]]
"""The boxes of a row and a column (年度资金总额（执行数）): their texts by column, by row."""


def evaluation_arithmetic(table: Table, rule: Rule) -> Violations:
    """PGA385: one hit for each rate or total of which no reading of the figures beside it gives what is printed."""
    boxes: Boxes = {}
    for label, text in table.goal.fields.items():
        if parts := _BOX.fullmatch(label):
            boxes.setdefault(parts[1], {})[parts[2]] = text
    words = rule.parameters
    rated = [name for name, texts in boxes.items() if _named(texts, words["rate"]) and not is_sum(name)]
    # Each rate has a budget of the year, which is kept as an amount: one that is not known leaves all of them open.
    known = table.goal.budget_yuan is None or len([*_amounts(table.goal)]) >= len(rated)
    for name in boxes:
        if is_sum(name):
            yield from _totals(table, boxes, name, words)
        elif name in rated and known:
            yield from _spending(table, name, boxes[name], words)
    for row in table.rows:
        yield from _completed(row, words)


def _spending(
    table: Table, name: str, texts: dict[str, str], words: Mapping[str, Any]
) -> Iterator[Violation]:
    """The rate of what was spent, where one column has it: of the budget at the start, or of that of the whole year."""
    rates, spent, own = (_named(texts, words[kind]) for kind in ("rate", "spent", "budget"))
    spent = {label: text for label, text in spent.items() if label not in rates}
    bases = [base for text in own.values() if (base := _number(text))] + list(_amounts(table.goal))
    amounts = [amount for text in spent.values() if (amount := _number(text)) is not None]
    if len(rates) == 1 and amounts and len(amounts) == len(spent):
        ((label, text),) = rates.items()
        yield from _wrong_rate(table, f"{name}（{label}）", text, amounts, bases)


def _wrong_rate(
    holder: Table | Row, field: str, text: str, parts: Sequence[Decimal], wholes: Sequence[Decimal]
) -> Iterator[Violation]:
    """A hit where no part of any whole is the rate that is printed, cut off or rounded."""
    printed = _RATE.fullmatch(text)
    pairs = [(part, whole) for part in parts for whole in wholes if whole]
    if printed is None or not pairs:
        return
    rate = Decimal(printed[1])
    step = _step(rate)
    readings = [(rate, step)] if printed[2] else [(rate, step), (rate * 100, step * 100)]
    for part, whole in pairs:
        given = 100 * part / whole
        slack = (100 * _step(part) + given * _step(whole)) / (2 * whole)
        if any(abs(given - reading) <= unit + slack for reading, unit in readings):
            return
    part, whole = pairs[0]
    given = (100 * part / whole).quantize(_SHOWN)
    args = {
        "label": field,
        "printed": text,
        "expression": f"{plain(part)} ÷ {plain(whole)} = {plain(given)}%",
    }
    if isinstance(holder, Row):
        yield Violation(row=holder, field="annual_value", args=args)
    else:
        yield Violation(table=holder, field=field, args=args)


def _totals(table: Table, boxes: Boxes, name: str, words: Mapping[str, Any]) -> Iterator[Violation]:
    """The totals below the points and the weights of the rows, with or without those of what was spent."""
    for label, text in boxes[name].items():
        role, printed = column_of(label), _number(text)
        if (
            role not in ("score", "weight")
            or printed is None
            or any(one in label for one in words["weighted"])
        ):
            continue
        said = [
            row.indicator.weight
            if role == "weight"
            else row.indicator.columns.get(label, row.indicator.columns.get(role))
            for row in table.filled_rows
        ]
        terms = [number for one in said if (number := _number(one or "")) is not None]
        if not terms or len(terms) < len(said):
            continue
        own = sum(terms, ZERO)
        others = (
            number
            for one, texts in boxes.items()
            if one != name and (number := _number(texts.get(label, ""))) is not None
        )
        first = next(others, None)
        sums = [own, own + first] if first is not None else [own]
        if role == "weight" and not any(one in words["whole"] for one in sums):
            continue  # what the weights should give is the matter of another rule
        step = _step(printed) if any(_step(one) < _step(printed) for one in sums) else ZERO
        if all(abs(one - printed) > ZERO and abs(one - printed) >= step for one in sums):
            parts = terms if first is None else [*terms, first]
            expression = f"{' + '.join(map(plain, parts))} = {plain(sum(parts, ZERO))}"
            args = {"label": f"{name}（{label}）", "printed": text, "expression": expression}
            evidence = {"expression": expression, "terms": parts, "stated": printed}
            yield Violation(table=table, field=f"{name}（{label}）", args=args, evidence=evidence)


def _completed(row: Row, words: Mapping[str, Any]) -> Iterator[Violation]:
    """The rate at which a number of things was reached, of any of the columns that say what was."""
    target = row.annual.quantity if row.annual else None
    rates = _named(row.indicator.columns, words["completed"])
    if len(rates) != 1 or not is_count(target) or target.value is None or target.op not in ("=", ">="):
        return
    columns = [text for label, text in row.indicator.columns.items() if column_of(label) == "actual_value"]
    reached = [
        one for one in map(values.parse, columns) if isinstance(one, Quantity) and one.value is not None
    ]
    if len(reached) < len(columns) or any(
        one.unit not in (target.unit, None) or one.op != "=" for one in reached
    ):
        return
    parts = [one.value for one in reached if one.value is not None]
    ((label, text),) = rates.items()
    # Who has done more than was asked may be said to have done all of it.
    yield from _wrong_rate(
        row, label, text, [*parts, *(target.value for one in parts if one > target.value)], [target.value]
    )


def _named(texts: dict[str, str], words: Iterable[str]) -> dict[str, str]:
    return {
        label: text for label, text in texts.items() if any(word in label for word in words) and text.strip()
    }


def _amounts(goal: GoalTable) -> Iterator[Decimal]:
    """The budget, its sources and kinds of spending in the unit that the form prints."""
    if goal.money_unit and goal.money_unit.unit:
        kinds = (goal.funding_yuan or {}, *goal.funding_tree.values())
        amounts = [goal.budget_yuan, *(amount for parts in kinds for amount in parts.values())]
        yield from (amount / UNITS[goal.money_unit.unit] for amount in amounts if amount)


def _number(text: str) -> Decimal | None:
    found = _NUMBER.fullmatch(text)
    return Decimal(found[1].replace(",", "")) if found else None


def _step(number: Decimal) -> Decimal:
    """One in the last figure of a number as printed."""
    return Decimal(1).scaleb(int(number.as_tuple().exponent))
