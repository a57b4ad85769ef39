"""Years: what is promised every year, over the whole cycle, and how long the cycle is."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeGuard

from perfgoals_lint.lint.context import Row, Table
from perfgoals_lint.lint.facts.rates import is_rate
from perfgoals_lint.model import Location
from perfgoals_lint.rulebook.lexicons import contains_any, words
from perfgoals_lint.values import algebra
from perfgoals_lint.values.types import Quantity
from perfgoals_lint.values.units import measure_of


def is_count(quantity: Quantity | None) -> TypeGuard[Quantity]:
    """A quantity with one number that counts things: no rate, no money, no length of time, no degree."""
    if quantity is None or quantity.value is None:
        return False
    unit = quantity.unit or ""
    return not unit.endswith("元") and measure_of(unit)[0] not in words("counting.no_counts")


def least_of(quantity: Quantity | None) -> Decimal | None:
    """The lower bound of a number of things in base units; ``None`` for rates, changes, ceilings and what is no figure."""
    if not is_count(quantity) or quantity.change:
        return None
    interval = algebra.interval(quantity, ignore_subject=True)
    return interval.low if interval else None


def named_otherwise(name: str, quantity: Quantity) -> bool:
    """Is a number without a unit a rate or money by the words in front of it, or by the indicator's name?"""
    if quantity.unit is not None:
        return False
    named = (quantity.subject or "", name)
    return any(is_rate(word) or contains_any(word, "money_names") for word in named)


def years_of(quantity: Quantity | None, which: Literal["over", "per"]) -> Decimal | None:
    """The years of a span (``over``) or of a rate (``per``); ``None`` when there are none."""
    if quantity is None:
        return None
    measures = quantity.per if which == "per" else [quantity.over] if quantity.over else []
    return next((measure.count for measure in measures if measure.unit in ("年", "年度")), None)


def printed_period(table: Table) -> str:
    period = table.goal.period
    return f"{period.start}–{period.end}" if period else ""


def printed_months(table: Table) -> str:
    """The first and the last month of the period, with their years."""
    first, last = table.goal.months or (0, 0)
    years = table.period or (table.year, table.year)
    return f"{years[0]}-{first:02d}–{years[1]}-{last:02d}"


@dataclass(slots=True)
class _Mention:
    place: Location
    field: str
    row: Row | None = None
    span: tuple[int, int] | None = None


def spans(table: Table) -> dict[int, list[_Mention]]:
    """The spans of whole years that goals and values of a table speak of, with their places, goals first."""
    found: dict[int, list[_Mention]] = {}
    for field, text in table.goals.items():
        for span in text.spans:
            if span.kind not in ("other", "plan") and not span.quoted and span.years > 1:
                mention = _Mention(table.place(field), field, None, span.span)
                found.setdefault(span.years, []).append(mention)
    for row in table.rows:
        for value in row.values:
            years = years_of(value.quantity, "over")
            if years is not None and years > 1 and years == int(years):
                mention = _Mention(row.place(value.field), value.field, row, value.span)
                found.setdefault(int(years), []).append(mention)
    return found
