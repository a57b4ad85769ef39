"""Rules over several tables, asked once more of all files of a run together: collected while the files are checked,
reported at the end. What lies within one file has been reported with that file and is left out here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from perfgoals_lint.lint.binding import check_of
from perfgoals_lint.lint.context import DocumentView
from perfgoals_lint.lint.finding import Writer
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.model import Document, Finding, GoalTable
from perfgoals_lint.rulebook import frameworks
from perfgoals_lint.rulebook.rule import Rule
from perfgoals_lint.runner.records import FileResult, tables_of


class Collected:
    """The goal tables of a run; ``close`` gives the findings that span files. A table is small: its texts and places.

    ``lang_of`` tells the language of the findings of a path.
    """

    def __init__(self, rules: Iterable[Rule], lang_of: Callable[[str], str]) -> None:
        self._rules = [rule for rule in rules if rule.across]
        self._lang_of = lang_of
        self._writers: dict[str, Writer] = {}
        self._documents: list[tuple[str, list[GoalTable]]] = []
        self._homes: list[tuple[str, int]] = []

    def add(self, result: FileResult) -> None:
        """Take in the tables of one file."""
        self._documents.append((result.info.path, tables_of(result.tables)))

    def close(self, order: Sequence[str] = ()) -> list[Finding]:
        """The findings whose places lie in more than one file, by rule and then in the order of the files: the one in
        which they came, or the given one of their paths."""
        rank = {path: number for number, path in enumerate(order)}
        self._documents.sort(key=lambda document: rank.get(document[0], len(rank)))
        self._homes = [(path, index) for path, tables in self._documents for index in range(len(tables))]
        merged = Document("", "", None, [table for _, tables in self._documents for table in tables])
        features = frameworks.features_of(merged)
        view = DocumentView.of(merged, frameworks.choose(features), features)
        return [
            self._finding(rule, hit)
            for rule in self._rules
            for hit in check_of(rule)(view, rule)
            if len(_files(hit)) > 1
        ]

    def _finding(self, rule: Rule, hit: Hit) -> Finding:
        table = hit.table or (hit.row.table if hit.row else None)
        path, index = self._homes[table.index] if table else (hit.location.path if hit.location else "", None)
        lang = self._lang_of(path)
        finding = self._writers.setdefault(lang, Writer(lang)).finding(rule, hit, path)
        finding.table_index = index
        return finding


def _files(hit: Hit) -> set[str]:
    places = [place for _, _, place in hit.related]
    if hit.row is not None:
        places.append(hit.row.place(hit.field))
    elif hit.table is not None:
        places.append(hit.table.goal.location)
    return {place.path for place in places}
