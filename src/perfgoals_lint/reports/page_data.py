"""What the scripts of the HTML report are given: tables, findings with their cells, rules and words, as plain data."""

import json
from math import inf
from typing import Any

from perfgoals_lint.model import Finding
from perfgoals_lint.reports.details import details, seen_place, state
from perfgoals_lint.reports.printed import field_key, place_key
from perfgoals_lint.reports.run import Report, is_active
from perfgoals_lint.reports.wording import Words
from perfgoals_lint.rulebook.policy import index

_PREFIX = "page."

_Place = tuple[int, int]
"""The number of a grid and of a cell in it."""


class PageData:
    """Collects findings document by document and joins each to the cell that it is about. At most ``most`` tables are shown
    as printed."""

    def __init__(self, report: Report, words: Words, most: float = inf) -> None:
        self._most = most
        self._report = report
        self._words = words
        self._files: dict[str, int] = {}
        self._tables: list[dict[str, Any]] = []
        self._numbers: dict[tuple[str, int], int] = {}
        self._grids: list[dict[str, Any]] = []
        self._cells: dict[str, dict[str, _Place]] = {}
        self._findings: list[dict[str, Any]] = []
        self._rules: dict[str, dict[str, str]] = {}
        self._bases: dict[str, dict[str, None]] = {}
        self._shown = 0
        self._left_out = 0

    def add(self, finding: Finding) -> None:
        """Take one finding."""
        path = finding.document
        self._file(path)
        cells = self._cells[path]
        row: dict[str, Any] = {
            "f": self._files[path],
            "s": finding.severity,
            "c": finding.rule,
            "m": finding.message,
            "w": seen_place(finding, self._words),
            "id": finding.fingerprint,
            "d": [[label.strip(), text] for label, text in details(finding, self._words, basis=False)],
        }
        table = finding.table_index
        levels = list((finding.indicator or {}).values())
        keys = (
            field_key(table, levels, finding.field),
            field_key(table, levels, "level3"),
            place_key(finding.location),
            field_key(table, (), finding.field),
            field_key(table, (), "project_name"),
        )
        optional = {
            "t": self._table(finding),
            "p": finding.project_name,
            "u": finding.unit,
            "i": (finding.indicator or {}).get("level3"),
            "k": finding.field,
            "q": finding.quote,
            "sp": finding.span,
            "x": _cell(cells, *keys),
            "e": finding.calculation,
            "r": list(filter(None, (_cell(cells, place_key(one.location)) for one in finding.related))),
            "z": None if is_active(finding) else state(finding, self._words),
        }
        row.update((name, value) for name, value in optional.items() if value not in (None, []))
        self._findings.append(row)
        if finding.rule not in self._rules:
            self._rules[finding.rule] = {
                "title": self._report.heading(finding.rule, finding.name),
                "dimension": finding.dimension,
                "basis": "",
            }
        cited = self._bases.setdefault(finding.rule, {})
        if finding.basis and finding.basis not in cited:
            cited[finding.basis] = None
            self._rules[finding.rule]["basis"] = self._words("legend.join").join(cited)

    def places(self) -> dict[_Place, tuple[str, list[str]]]:
        """The file of every cell that is shown, and the keys of what stands in it (see :mod:`printed`)."""
        found: dict[_Place, tuple[str, list[str]]] = {}
        for path, cells in self._cells.items():
            for key, place in cells.items():
                found.setdefault(place, (path, []))[1].append(key)
        return found

    def add_files(self) -> int:
        """Take in the files without findings, as far as their tables have room; how many tables of the run have none."""
        for document in self._report.documents:
            if self._shown < self._most:
                self._file(document.path)
            elif document.path not in self._files:
                self._left_out += document.tables
        return self._left_out

    def whole(self, head: dict[str, Any]) -> dict[str, Any]:
        """Everything as plain data; ``head`` is what stands above."""
        messages = index()["messages"]["reports"]
        return {
            **head,
            "words": {key: messages[key][self._report.lang] for key in messages if key.startswith(_PREFIX)},
            "edition": self._words(
                "page.version", version=self._report.version, ruleset=self._report.ruleset
            ),
            "files": list(self._files),
            "grids": self._grids,
            "tables": self._tables,
            "rules": self._rules,
            "findings": self._findings,
        }

    def _file(self, path: str) -> None:
        """Take in a file when it is first met, with its tables."""
        if path in self._files:
            return
        number = self._files[path] = len(self._files)
        cells = self._cells[path] = {}
        text = self._report.printed.get(path) if self._report.printed else None
        if not text:
            return
        told = json.loads(text)
        if self._shown >= self._most:
            self._left_out += len(told["tables"])
            return
        self._shown += len(told["tables"])
        start = len(self._grids)
        for grid in told["grids"]:
            self._grid(grid, cells)
        for position, (project, unit, numbers, first, last) in enumerate(told["tables"]):
            table = {"f": number, "p": project, "u": unit or "", "g": [start + one for one in numbers]}
            self._numbers[path, position] = len(self._tables)
            self._tables.append({**table, "r": [first, last]})

    def _grid(self, grid: dict[str, Any], cells: dict[str, _Place]) -> None:
        number = len(self._grids)
        shown = []
        for position, (row, column, rows, columns, text, *keys) in enumerate(grid["cells"]):
            head = isinstance(text, list)
            shown.append([row, column, rows, columns, self._words.name("field", text[0]) if head else text])
            if head:
                shown[-1].append(1)
            for key in filter(None, keys):
                cells.setdefault(key, (number, position))
        sheet, table, page = grid["name"]
        parts = [sheet or ""]
        parts += [self._words("address.page", n=page)] if page is not None else []
        parts += [self._words("address.table", n=table)] if table is not None else []
        name = " ".join(filter(None, parts))
        self._grids.append({"n": name, "c": shown, "l": grid["left_out"]})

    def _table(self, finding: Finding) -> int | None:
        """The table that a finding is about; one that was not kept is known by its project alone."""
        if finding.table_index is None:
            return None
        at = finding.document, finding.table_index
        if at not in self._numbers:
            self._numbers[at] = len(self._tables)
            table = {"f": self._files[finding.document], "p": finding.project_name or ""}
            self._tables.append({**table, "u": finding.unit or "", "g": [], "r": [0, 0]})
        return self._numbers[at]


def _cell(cells: dict[str, _Place], *keys: str) -> _Place | None:
    """The cell that the first of some keys names."""
    return next((cells[key] for key in keys if key in cells), None)
