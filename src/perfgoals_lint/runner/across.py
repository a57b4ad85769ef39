"""Rules over several tables, asked once more of all files of a run together.

Where a file is checked, only what such rules compare is taken down (:func:`taken_down`): of rules that compare groups of
rows those rows with the name, unit, year and budget of their project, under a digest of their group; of any other rule whole
tables. It is collected while files are checked, and at the end the groups that span files are judged. What lies within
one file has been reported with that file and is left out here.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from perfgoals_lint.lint.binding import check_of
from perfgoals_lint.lint.context import DocumentView
from perfgoals_lint.lint.finding import Writer
from perfgoals_lint.lint.grouped import GroupedCheck
from perfgoals_lint.lint.records import FileResult, identity_of, tables_of, tables_text
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import Document, Finding, GoalTable, Indicator
from perfgoals_lint.rulebook.rule import Rule

_PLACES = frozenset({"level1", "level2", "level3", "annual_value", "cycle_value"})
_DIGEST = 8


def taken_down(document: Document, rules: Iterable[Rule]) -> str:
    """What the rules over several tables need of a document, as text; empty when there is nothing."""
    across = [rule for rule in rules if rule.across]
    checks = {rule.code: _grouped(rule) for rule in across}
    whole = None in checks.values()
    view = DocumentView.of(document)
    entries = []
    for table in view.of_projects().tables:
        groups: dict[int, dict[str, list[str]]] = {}
        for row in table.rows if not table.withheld else ():
            for code, check in checks.items():
                found = check.groups_of(row) if check is not None else ()
                if found:
                    groups.setdefault(row.index, {})[code] = list(map(_digest, found))
        if groups or whole:
            kept = (
                table.goal
                if whole
                else identity_of(table.goal, [_bare_row(table.goal.indicators[at]) for at in groups])
            )
            at = {index: index if whole else number for number, index in enumerate(groups)}
            rows = [[at[index], codes] for index, codes in groups.items()]
            entries.append([table.index, rows, tables_text([kept])])
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")) if entries else ""


def _grouped(rule: Rule) -> GroupedCheck | None:
    """The check of a rule that compares groups of rows; ``None`` for a rule that may look at anything."""
    check = check_of(rule)
    return check if isinstance(check, GroupedCheck) and not rule.severity_when else None


def _bare_row(row: Indicator) -> Indicator:
    places = {name: place for name, place in row.locations.items() if name in _PLACES}
    return replace(row, locations=places or dict([*row.locations.items()][:1]), columns={})


def _digest(group: Hashable) -> str:
    """A name for a group, the same wherever its rows are read; equal numbers are one, however they are printed."""
    return hashlib.sha256(repr(_canonical(group)).encode("utf-8", "surrogatepass")).hexdigest()[: 2 * _DIGEST]


def _canonical(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_canonical, value))
    if isinstance(value, int | Decimal):
        return format(Decimal(value).normalize() + 0, "f")
    return value


class Collected:
    """What was taken down of the files of a run, in a database that lies on disk when it grows; ``close`` gives the
    findings that span files.

    ``lang_of`` tells the language of the findings of a path.
    """

    def __init__(self, rules: Iterable[Rule], lang_of: Callable[[str], str]) -> None:
        self._rules = [rule for rule in rules if rule.across]
        self._lang_of = lang_of
        self._writers: dict[str, Writer] = {}
        self._paths: list[str] = []
        self._homes: list[tuple[str, int]] = []
        self._database = sqlite3.connect("", isolation_level=None)  # a private file, gone with the connection
        for made in _TABLES:
            self._database.execute(made)

    def add(self, result: FileResult) -> None:
        """Take in one file."""
        number = len(self._paths)
        self._paths.append(result.info.path)
        for index, rows, text in json.loads(result.tables) if result.tables else ():
            self._database.execute("INSERT INTO tables VALUES (?, ?, ?)", (number, index, text))
            members = [
                (code, key, number, index, row)
                for row, codes in rows
                for code, keys in codes.items()
                for key in keys
            ]
            self._database.executemany("INSERT INTO members VALUES (?, ?, ?, ?, ?)", members)

    def close(self, order: Sequence[str] = ()) -> list[Finding]:
        """The findings whose places lie in more than one file, by rule and then in the order of the files: the one in
        which they came, or the given one of their paths."""
        rank = {path: number for number, path in enumerate(order)}
        self._rank = [rank.get(path, len(rank)) for path in self._paths]
        return [
            self._finding(rule, hit)
            for rule in self._rules
            for hit in check_of(rule)(self._view(rule), rule)
            if len(_files(hit)) > 1
        ]

    def _view(self, rule: Rule) -> DocumentView:
        """The tables that a rule has to look at as those of one document, in the order of the files."""
        read = self._groups(rule) if _grouped(rule) is not None else self._whole()
        found = sorted(read, key=lambda one: (self._rank[one[0]], one[0], one[1]))
        self._homes = [(self._paths[number], index) for number, index, _ in found]
        merged = Document("", "", None, [table for _, _, table in found])
        return DocumentView.of(merged)

    def _groups(self, rule: Rule) -> Iterator[tuple[int, int, GoalTable]]:
        """The tables with those rows that are in groups of several files."""
        rows: dict[tuple[int, int], list[int]] = {}
        for number, index, row in self._database.execute(_SPANNING, (rule.code, rule.code)):
            rows.setdefault((number, index), []).append(row)
        for (number, index), kept in rows.items():
            table = self._table(number, index)
            table.indicators = [table.indicators[row] for row in sorted(set(kept))]
            yield number, index, table

    def _whole(self) -> Iterator[tuple[int, int, GoalTable]]:
        for number, index, text in self._database.execute("SELECT file, number, text FROM tables"):
            yield number, index, *tables_of(text)

    def _table(self, number: int, index: int) -> GoalTable:
        asked = "SELECT text FROM tables WHERE file = ? AND number = ?"
        (text,) = self._database.execute(asked, (number, index)).fetchone()
        (table,) = tables_of(text)
        return table

    def _finding(self, rule: Rule, hit: Violation) -> Finding:
        table = hit.table or (hit.row.table if hit.row else None)
        path, index = self._homes[table.index] if table else (hit.location.path if hit.location else "", None)
        lang = self._lang_of(path)
        finding = self._writers.setdefault(lang, Writer(lang)).finding(rule, hit, path)
        finding.table_index = index
        if finding.fix:
            finding.fix.safe = False  # files are put right one by one, and this is known of all of them only
        return finding


_TABLES = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "CREATE TABLE tables (file INTEGER, number INTEGER, text TEXT, PRIMARY KEY (file, number)) WITHOUT ROWID",
    "CREATE TABLE members (code TEXT, key TEXT, file INTEGER, number INTEGER, row INTEGER, "
    "PRIMARY KEY (code, key, file, number, row)) WITHOUT ROWID",
)
_SPANNING = """
SELECT file, number, row FROM members WHERE code = ? AND key IN (
    SELECT key FROM members WHERE code = ? GROUP BY key HAVING MIN(file) < MAX(file))
"""


def _files(hit: Violation) -> set[str]:
    places = [place for _, _, place in hit.related]
    if hit.row is not None:
        places.append(hit.row.place(hit.field))
    elif hit.table is not None:
        places.append(hit.table.goal.location)
    return {place.path for place in places}
