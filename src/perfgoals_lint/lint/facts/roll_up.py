"""The total rows of a list, column by column, with the amounts that each adds up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.context import DocumentView, Table
from perfgoals_lint.lint.facts.figure_fact import FigureFact, Status
from perfgoals_lint.model import Location, Total
from perfgoals_lint.money import ZERO

Amounts = Mapping[str, Decimal]
"""Amounts in 元 by the column that they stand in, ``suspects.WHOLE`` or a source of funding."""


class Addend(NamedTuple):
    """What a total row adds up: the amounts of a table, or of another total row, each by its index."""

    name: str
    amounts: Amounts
    table: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A column of the total row ``number`` (0-based): what it says in 元, and the amounts in that column of what the row
    adds up; ``parts`` is ``None`` where the form cannot tell what that is, or where none of it has an amount."""

    total: Total
    number: int
    column: str
    stated: Decimal
    parts: list[Addend] | None

    @property
    def computed(self) -> Decimal:
        """The sum of the parts, in 元."""
        return sum((part.amounts[self.column] for part in self.parts or ()), ZERO)

    @property
    def holds(self) -> bool | None:
        """Do the parts add up to it?"""
        return None if self.parts is None else self.computed == self.stated

    @property
    def location(self) -> Location:
        """The cell of the amount where it has one, else the row."""
        return self.total.locations.get(self.column, self.total.location)


def covered(view: DocumentView, total: Total) -> list[Table]:
    """The tables that a total row adds up, none where the form cannot tell or where the unit rows are its parts."""
    if total.first is None or (total.grand and any(not one.grand for one in view.document.totals)):
        return []
    last = total.last if total.last is not None else len(view.tables) - 1
    return view.tables[total.first : last + 1]


def rolled_up(view: DocumentView) -> Iterator[RolledUp]:
    """Every amount of every total row, the total itself before the sources: unit rows add up their tables, the grand total
    the unit rows, or all tables where there is no unit row."""
    units = [
        Addend(total.name, _columns(total.total, total.funding_yuan), total=number)
        for number, total in enumerate(view.document.totals)
        if not total.grand
    ]
    for number, total in enumerate(view.document.totals):
        parts = (
            units
            if total.grand and units
            else [
                Addend(table.title, _columns(table.goal.budget_yuan, table.goal.funding_yuan), table.index)
                for table in covered(view, total)
            ]
        )
        for column, stated in _columns(total.total, total.funding_yuan).items():
            given = [part for part in parts if column in part.amounts]
            yield RolledUp(total, number, column, stated, given if given or (parts and not stated) else None)


def of_totals(view: DocumentView, figures: Sequence[list[FigureFact]]) -> list[FigureFact]:
    """One fact for each amount of the total rows. The amounts of the tables (their ``figures`` by index) and of the unit rows
    that it adds up agree or contradict with it."""
    found: dict[tuple[int, str], FigureFact] = {}
    columns = list(rolled_up(view))
    for one in columns:
        scope = suspects.column(one.column)
        found[one.number, scope] = FigureFact.of_amount(
            scope, one.total.name, one.stated, "total", False, one.location
        )
    for one in columns:
        if one.parts is None:
            continue
        scope = suspects.column(one.column)
        status: Status = "agree" if one.holds else "contradict"
        others = [found[part.total, scope] for part in one.parts if part.total is not None]
        for part in one.parts:
            if part.table is not None:
                others += [fact for fact in figures[part.table] if fact.scope == scope and fact.is_amount]
        for fact in (found[one.number, scope], *others):
            if fact.status != "contradict":
                fact.status = status
    return list(found.values())


def _columns(total: Decimal | None, sources: Amounts | None) -> Amounts:
    whole = {} if total is None else {suspects.WHOLE: total}
    return {**whole, **(sources or {})}
