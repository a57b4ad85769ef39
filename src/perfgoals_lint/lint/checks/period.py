"""Years: what is promised every year, over the whole cycle, and how long the cycle is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeGuard

from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.money import plain
from perfgoals_lint.rulebook.lexicons import contains_any, ends_with_any, words

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Table
    from perfgoals_lint.model import Location
    from perfgoals_lint.rulebook.rules import Rule
    from perfgoals_lint.values.types import Quantity


def is_count(quantity: Quantity | None) -> TypeGuard[Quantity]:
    """A quantity with one number that counts things: no rate, no money, no length of time."""
    if quantity is None or quantity.value is None or quantity.unit in words("counting.no_counts"):
        return False
    return not (quantity.unit or "").endswith("元")


def named_otherwise(name: str, quantity: Quantity) -> bool:
    """Is a number without a unit a rate or money by the words in front of it, or by the indicator's name?"""
    if quantity.unit is not None:
        return False
    named = (quantity.subject or "", name)
    return any(ends_with_any(word, "rate_ends") or contains_any(word, "money_names") for word in named)


def years_of(quantity: Quantity | None, which: Literal["over", "per"]) -> Decimal | None:
    """The years of a span (``over``) or of a rate (``per``); ``None`` when there are none."""
    if quantity is None:
        return None
    measures = quantity.per if which == "per" else [quantity.over] if quantity.over else []
    return next((measure.count for measure in measures if measure.unit in ("年", "年度")), None)


def annual_times_years(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGK606: so many a year, times the years of the cycle, is the cycle's count."""
    if row.annual is None or row.cycle is None:
        return
    annual, cycle = row.annual.quantity, row.cycle.quantity
    per = years_of(annual, "per")
    if per is None or not is_count(annual) or not is_count(cycle) or years_of(cycle, "per") is not None:
        return
    if annual.unit != cycle.unit or annual.value is None or cycle.value is None:
        return
    stated = years_of(cycle, "over")
    lengths = [stated] if stated is not None else _lengths(row.table)
    fits = [annual.value * length / per == cycle.value for length in lengths]
    if not lengths or fits[0]:
        return
    case = "stated" if stated is not None else "short" if any(fits) else None
    years = lengths[0]
    computed = annual.value * years / per
    unit = annual.unit or ""
    every = plain(annual.value) if per == 1 else f"{plain(annual.value)} ÷ {plain(per)}"
    expression = f"{every} × {plain(years)} = {plain(computed)} {unit}".strip()
    yield Hit(
        row=row,
        field="cycle_value",
        case=case,
        args={
            "annual": row.annual.text,
            "years": plain(years),
            "computed": f"{plain(computed)}{unit}",
            "period": _period(row.table),
        },
        evidence={"expression": expression, "computed": computed, "stated": cycle.value},
    )


def _lengths(table: Table) -> list[Decimal]:
    """The lengths that a printed period may mean: both ends counted, then end minus start."""
    return [Decimal(table.years), Decimal(table.years - 1)] if table.years else []


def _period(table: Table) -> str:
    period = table.goal.period
    return f"{period.start}–{period.end}" if period else ""


@dataclass(slots=True)
class _Mention:
    place: Location
    field: str
    row: Row | None = None
    span: tuple[int, int] | None = None


def span_vs_period(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGK607: a span of years in the goals or the cycle values is the length of the printed period."""
    length = table.years
    if length is None:
        return
    for years, mentions in sorted(spans(table).items()):
        if years == length:
            continue
        first = mentions[0]
        rows = {mention.row.index for mention in mentions if mention.row}
        lone = len(rows) == 1 and all(mention.row for mention in mentions)
        yield Hit(
            table=table,
            row=first.row if lone else None,
            field=first.field if lone or first.row is None else None,
            location=first.place,
            span=first.span if lone or first.row is None else None,
            case="short" if years == length - 1 else None,
            args={"years": str(years), "length": str(length), "period": _period(table)},
            related=[
                ("other", {}, mention.place) for mention in mentions[1:] if mention.place != first.place
            ],
        )


def spans(table: Table) -> dict[int, list[_Mention]]:
    """The spans of whole years that goals and values of a table speak of, with their places, goals first."""
    found: dict[int, list[_Mention]] = {}
    for field, text in table.goals.items():
        for span in text.spans:
            if span.kind != "other" and not span.quoted and span.years > 1:
                mention = _Mention(table.place(field), field, None, span.span)
                found.setdefault(span.years, []).append(mention)
    for row in table.rows:
        for value in row.values:
            years = years_of(value.quantity, "over")
            if years is not None and years > 1 and years == int(years):
                mention = _Mention(row.place(value.field), value.field, row, value.span)
                found.setdefault(int(years), []).append(mention)
    return found


def span_conflict(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGK608: goals and cycle values of one project speak of one span of years."""
    found = {
        years: kept
        for years, mentions in spans(table).items()
        if (kept := [mention for mention in mentions if mention.field != "annual_value"])
    }
    if len(found) < 2:
        return
    firsts = [mentions[0] for mentions in found.values()]
    goal = firsts[0].row is None
    yield Hit(
        table=table,
        field=firsts[0].field if goal else None,
        span=firsts[0].span if goal else None,
        location=firsts[0].place,
        args={"spans": [{"zh": f"{years}年", "en": f"{years} years"} for years in sorted(found)]},
        related=[("other", {}, mention.place) for mention in firsts[1:]],
    )
