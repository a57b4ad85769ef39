"""PGA385: what a self-evaluation or a monitoring table has worked out itself, against the figures beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfgoals_lint import values
from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.period import is_count
from perfgoals_lint.model import GoalTable, Indicator, Location
from perfgoals_lint.money import UNITS, ZERO, plain
from perfgoals_lint.rulebook.labels import column_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import own_unit, yuan
from perfgoals_lint.tables.words import is_sum
from perfgoals_lint.values.types import Quantity

_BOX = compiled(r"(.+)（([^（）]+(?:（[^（）]*）)?)）")
_NUMBER = compiled(r"\s*(\d[\d,]*(?:\.\d+)?)\s*[^\d\s%％]{0,2}\s*")
_APART = "、"
"""Between the figures of several cells that stand under no column of their own."""
_RATE = compiled(r"\s*(\d+(?:\.\d+)?)\s*([%％])?\s*")
_SHOWN = Decimal("0.01")
_MOST = 500
"""Sums that may be meant; where more may be, nothing is said."""
Boxes = dict[str, dict[str, str]]
"""The boxes of a row and a column (年度资金总额（执行数）): their texts by column, by row."""


def evaluation_arithmetic(table: Table, rule: Rule) -> Violations:
    """PGA385: one hit for each rate or total of which no reading of the figures beside it gives what is printed."""
    boxes: Boxes = {}
    for label, text in table.goal.fields.items():
        parts = _BOX.fullmatch(label)
        boxes.setdefault(parts[1] if parts else label, {})[parts[2] if parts else ""] = text
    words = rule.parameters
    rated = [name for name, texts in boxes.items() if _named(texts, words["rate"])]
    # Each rate has a budget of the year, which is kept as an amount: one that is not known leaves all of them open.
    known = table.goal.budget_yuan is None or len([*_amounts(table.goal)]) >= len(rated)
    for name in rated if known else ():
        yield from _spending(table, name, boxes[name], words)
    yield from _totals(table, boxes, rated, words)
    for row in table.rows:
        yield from _completed(row, words)


def _spending(
    table: Table, name: str, texts: dict[str, str], words: Mapping[str, Any]
) -> Iterator[Violation]:
    """The rate of what was spent, where one column has it: of the budget at the start, or of that of the whole year."""
    rates, spent, own = (_named(texts, words[kind]) for kind in ("rate", "spent", "budget"))
    spent = {label: text for label, text in spent.items() if label not in rates}
    budgets = [*own.values(), *filter(None, [texts.get("")])]
    unit = table.goal.money_unit.unit if table.goal.money_unit else None
    if unit is None:
        units = {own_unit(text.strip()) for text in (*spent.values(), *budgets)}
        if len(units) != 1:
            return
        (unit,) = units
    bases = [base for text in budgets if (base := _amount(text, unit))] + list(_amounts(table.goal))
    amounts = [amount for text in spent.values() if (amount := _amount(text, unit)) is not None]
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
    row, table = (holder, None) if isinstance(holder, Row) else (None, holder)
    yield Violation(table=table, row=row, field=field, args=args)


def _totals(
    table: Table, boxes: Boxes, rated: Sequence[str], words: Mapping[str, Any]
) -> Iterator[Violation]:
    """The last total below the points of the rows, none where something was not read, where points are taken off, or where the
    last one is of a part. What the weights should give is the matter of another rule."""
    goal = table.goal
    totals = [
        (name, label)
        for name, texts in boxes.items()
        for label in texts
        if is_sum(name) and column_of(label) == "score" and not _named(texts, words["rate"])
    ]
    labels = [*goal.fields, *(label for row in table.rows for label in row.indicator.columns)]
    open_words = (*words["adjusted"], *words["weighted"])
    if goal.unread or goal.truncated or any(word in label for label in labels for word in open_words):
        return
    for name, label in totals:
        if name == totals[-1][0] and name not in words["part"]:
            said = [(row, *_points(row.indicator, label)) for row in table.rows]
            terms = [_number(points) for row, points, _ in said if row.filled or points]
            places = [place for _, _, place in said if place]
            # The execution of the budget may have its points in the row of its sum.
            others = [_figures(texts) for one, texts in boxes.items() if one in rated or not is_sum(one)]
            if len(set(places)) == len(places):  # else one cell is merged over rows
                yield from _wrong_total(table, f"{name}（{label}）", terms, others)


def _points(indicator: Indicator, label: str) -> tuple[str, Location | None]:
    """The points of a row and their place, in the column of a label or the only one of points."""
    own = [name for name in indicator.columns if (column_of(name) or name) == "score"]
    label = own[0] if label not in own and len(own) == 1 else label
    return indicator.columns.get(label, ""), indicator.places.get(label)


def _figures(texts: dict[str, str]) -> list[Decimal]:
    """What another row (预算执行率) may add to a total: its points, else any figure, as no column tells which it is."""
    own = [text for label, text in texts.items() if column_of(label) == "score"]
    parts = (part for text in own or texts.values() for part in text.split(_APART))
    return [number for part in parts if (number := _number(part))]


def _wrong_total(
    table: Table, field: str, terms: Sequence[Decimal | None], others: Iterable[Sequence[Decimal]]
) -> Iterator[Violation]:
    """A hit where the terms, with a figure or none of each other row, do not give what is printed."""
    text = table.goal.fields[field]
    printed, own = _number(text), [term for term in terms if term is not None]
    if printed is None or not own or len(own) < len(terms):
        return
    sums = {sum(own, ZERO): own}
    for figures in others:
        for one, parts in [*sums.items()]:
            sums |= {one + figure: [*parts, figure] for figure in figures if figure <= printed}
        if len(sums) > _MOST:
            return
    near = min(sums, key=lambda one: abs(one - printed))
    exact = all(_step(one) >= _step(printed) for one in sums)
    if abs(near - printed) >= _step(printed) or (exact and near != printed):
        expression = f"{' + '.join(map(plain, sums[near]))} = {plain(near)}"
        args = {"label": field, "printed": text, "expression": expression}
        evidence = {"expression": expression, "terms": sums[near], "stated": printed}
        yield Violation(table=table, field=field, args=args, evidence=evidence)


def _completed(row: Row, words: Mapping[str, Any]) -> Iterator[Violation]:
    """The rate at which a number of things was reached, of any of the columns that say what was."""
    target = row.target
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


def _amount(text: str, unit: str | None) -> Decimal | None:
    """An amount in the unit that the form prints, whatever unit is printed behind it."""
    factor = UNITS[unit] if unit else 1
    amount = yuan(text.strip(), factor)
    return None if amount is None else amount / factor


def _number(text: str) -> Decimal | None:
    found = _NUMBER.fullmatch(text)
    return Decimal(found[1].replace(",", "")) if found else None


def _step(number: Decimal) -> Decimal:
    """One in the last figure of a number as printed."""
    return Decimal(1).scaleb(int(number.as_tuple().exponent))
