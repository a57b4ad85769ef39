"""The figures of a contradiction that alone may be wrong, each with what it would have to be."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from perfgoals_lint.lint.context import Row, Table
from perfgoals_lint.money import shown

WHOLE = "total"
"""The column of a budget that its sources make up."""


class FigurePlace(NamedTuple):
    """Where a figure stands: the index of its row, the field, its first character in a text of several figures, and the
    index of its table where that is not the table of the finding."""

    row: int | None
    field: str
    start: int | None = None
    table: int | None = None


def column(name: str, total: int | None = None) -> str:
    """The field of the budget or of a source of a table, or of the ``total``-th total row of a list."""
    if total is not None:
        return f"totals.{total}.{name}"
    return "budget_yuan" if name == WHOLE else f"funding_yuan.{name}"


class Suspect(NamedTuple):
    """A figure that may be the wrong one: its place, as it is printed, and the least and the most that it may be for the
    contradiction to be gone, in 元 or its own unit (``None``: no limit; both ``None``: nobody can say)."""

    place: FigurePlace
    text: str
    low: Decimal | None
    high: Decimal | None


def budget(table: Table, low: Decimal | None, high: Decimal | None) -> Suspect:
    """The budget as a suspect."""
    return Suspect(FigurePlace(None, column(WHOLE)), shown(table.goal.budget_yuan or Decimal(0)), low, high)


def cell(row: Row, field: str, low: Decimal | None, high: Decimal | None) -> Suspect:
    """The value of a row as a suspect."""
    return Suspect(FigurePlace(row.index, field), getattr(row.indicator, field) or "", low, high)


def printed(
    field: str,
    span: tuple[int, int],
    text: str,
    low: Decimal | None,
    high: Decimal | None,
    row: Row | None = None,
) -> Suspect:
    """A figure of a text, of a row or of the table, as a suspect."""
    return Suspect(FigurePlace(None if row is None else row.index, field, span[0]), text, low, high)


def added(
    terms: Iterable[tuple[FigurePlace, str, Decimal]], over: Decimal, bounded: bool = False
) -> Iterator[Suspect]:
    """The terms of a sum that is too large by ``over`` (too small where it is negative), each as the one that is wrong;
    ``bounded`` where the sum only may not be larger, or smaller."""
    for place, text, value in terms:
        meant = value - over
        if meant > 0:
            low, high = meant if over < 0 or not bounded else None, meant if over > 0 or not bounded else None
            yield Suspect(place, text, low, high)
