"""Last year's tables beside this year's: which table of last year a project continues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from perfgoals_lint.lint.context import DocumentView, Row, Table
from perfgoals_lint.lint.records import identity_of
from perfgoals_lint.model import Document, GoalTable, Location
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.rulebook.similarity import fold_slips, plain


def undated(text: str) -> str:
    """A text without its years, white space, punctuation and scanning slips: what stays the same from year to year."""
    return plain(expression("last_year.year").sub("", fold_slips(text)))


def continued_rows(table: Table, before: Table) -> Iterator[tuple[Row, Row]]:
    """The rows of a table that last year's has too, by class and undated name, each with last year's."""
    last = rows_by_name(before)
    for key, row in reversed(rows_by_name(table).items()):
        if key in last:
            yield row, last[key]


def rows_by_name(table: Table) -> dict[tuple[str | None, str], Row]:
    """The filled rows of a table by class and undated name, of several alike the first."""
    return {(row.class1, undated(row.name)): row for row in reversed(table.filled_rows)}


Key = tuple[str, str]
"""What identifies a project: unit and code, unit and name, or ``*`` and the name."""


class LastYear:
    """The tables of last year's documents, found by what identifies a project: unit and code, else unit and name,
    else the name alone where only one table bears it."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._tables: dict[Key, Table | None] = {}
        for document in documents:
            for table in _tables_of(document):
                for key in keys_of(table.goal):
                    # A key that two projects share identifies neither.
                    self._tables[key] = None if key in self._tables else table

    @classmethod
    def picked(cls, known: Iterable[tuple[Key, GoalTable]]) -> LastYear:
        """Last year as far as some projects go: the one table that each key identifies."""
        made = cls(())
        for key, goal in known:
            (made._tables[key],) = _tables_of(Document("", "", None, [goal]))
        return made

    def of(self, goal: GoalTable) -> Table | None:
        """Last year's table of a project, or ``None``."""
        return next((table for key in keys_of(goal) if (table := self._tables.get(key)) is not None), None)


def _tables_of(document: Document) -> list[Table]:
    return DocumentView.of(document).tables


def compared(goal: GoalTable) -> GoalTable:
    """A table of last year with what the rules on two years compare: the project, its budget and goals, its rows."""
    rows = [
        replace(row, description=None, basis=None, columns={}, locations=_places(row.locations, _OF_ROWS))
        for row in goal.indicators
    ]
    return replace(
        identity_of(goal, rows),
        cycle_goal=goal.cycle_goal,
        annual_goal=goal.annual_goal,
        truncated=goal.truncated,
        locations=_places(goal.locations, _OF_TABLES),
    )


_OF_TABLES = frozenset({"annual_goal", "budget_yuan", "cycle_goal"})
_OF_ROWS = frozenset({"level3", "annual_value", "cycle_value"})


def _places(places: Mapping[str, Location], kept: frozenset[str]) -> dict[str, Location]:
    return {name: place for name, place in places.items() if name in kept}


def keys_of(goal: GoalTable) -> list[Key]:
    """What identifies a project, the surest first."""
    unit, name = plain(goal.unit or ""), undated(goal.project_name)
    keys = [(unit, goal.project_code)] if goal.project_code else []
    return [*keys, (unit, name), ("*", name)] if name else keys
