"""Last year's tables beside this year's: which table of last year a project continues."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from perfgoals_lint.lint.context import DocumentView, Row, Table
from perfgoals_lint.model import Document, GoalTable
from perfgoals_lint.rulebook import frameworks
from perfgoals_lint.rulebook.similarity import fold_slips, plain

_YEAR = re.compile(r"(?:19|20)\d\d(?:[-—–~至](?:19|20)?\d\d)?年?(?:度)?")


def undated(text: str) -> str:
    """A text without its years, white space, punctuation and scanning slips: what stays the same from year to year."""
    return plain(_YEAR.sub("", fold_slips(text)))


def continued_rows(table: Table, before: Table) -> Iterator[tuple[Row, Row]]:
    """The rows of a table that last year's has too, by class and undated name, each with last year's."""
    last = _by_name(before)
    for key, row in reversed(_by_name(table).items()):
        if key in last:
            yield row, last[key]


def _by_name(table: Table) -> dict[tuple[str | None, str], Row]:
    return {(row.class1, undated(row.name)): row for row in reversed(table.filled_rows)}


class LastYear:
    """The tables of last year's documents, found by what identifies a project: unit and code, else unit and name,
    else the name alone where only one table bears it."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._tables: dict[tuple[str, str], Table | None] = {}
        for document in documents:
            features = frameworks.features_of(document)
            view = DocumentView.of(document, frameworks.choose(features), features)
            for table in view.tables:
                for key in _keys(table.goal):
                    # A key that two projects share identifies neither.
                    self._tables[key] = None if key in self._tables else table

    def of(self, goal: GoalTable) -> Table | None:
        """Last year's table of a project, or ``None``."""
        return next((table for key in _keys(goal) if (table := self._tables.get(key)) is not None), None)


def _keys(goal: GoalTable) -> list[tuple[str, str]]:
    unit, name = plain(goal.unit or ""), undated(goal.project_name)
    keys = [(unit, goal.project_code)] if goal.project_code else []
    return [*keys, (unit, name), ("*", name)] if name else keys
