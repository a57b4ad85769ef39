"""The findings of a run put together for people: by the cell that they are about, and equal ones told once."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import add
from typing import NamedTuple

from perfgoals_lint.files.blocks import Blocks
from perfgoals_lint.model import SEVERITIES, Finding, Severity
from perfgoals_lint.reports.run import is_active
from perfgoals_lint.rulebook.patterns import compiled

_KEPT = 40
"""Places of an entry that are kept; the others are counted, so that memory does not grow with the run."""
_MOST = 400
"""Entries about a cell that are kept in full."""
_FEW = 8
"""Errors of one rule that are told apart although they differ in their figures alone."""
_QUOTED = compiled("“[^”]*”")
_FIGURE = compiled(r"\d[\d,，.]*")


class FileCounts(NamedTuple):
    """How many findings of each severity a file has, and how many of its tables have any."""

    error: int = 0
    warning: int = 0
    info: int = 0
    tables: int = 0

    def plus(self, more: FileCounts) -> FileCounts:
        """Both together."""
        return FileCounts(*map(add, self, more))


@dataclass(slots=True)
class FoldedEntry:
    """One problem as it is told: the findings about one cell, or equal findings of one rule at many places.

    ``places`` are the cells (worst finding first) that are kept of ``count``. ``same`` tells that all messages are the same
    but for the names they quote; else they differ in their figures as well.
    """

    severity: Severity
    places: list[list[Finding]] = field(default_factory=list)
    count: int = 0
    same: bool = True

    @property
    def first(self) -> Finding:
        """The finding that stands for all."""
        return self.places[0][0]

    @property
    def message(self) -> str:
        """What is told of all places: the message of the first, without the quotations that differ from place to place."""
        quoted = [_QUOTED.findall(cell[0].message) for cell in self.places]
        alike = iter([len(set(texts)) == 1 for texts in zip(*quoted, strict=False)])
        return _QUOTED.sub(lambda one: one[0] if next(alike, False) else "“…”", self.first.message)

    def add(self, cell: list[Finding], *, all_places: bool) -> None:
        """Count one place more."""
        self.count += 1
        if all_places or len(self.places) < _KEPT:
            self.places.append(cell)


class Folding:
    """Collects findings document by document.

    ``by_rule`` folds every finding into the entry of its rule. Otherwise a finding that must be put right is folded
    only with those that say the same (but for the names they quote), and others by rule.
    """

    def __init__(self, *, all_places: bool, by_rule: bool) -> None:
        self.left_out = 0
        self._total = Counter[Severity]()
        self._files: Blocks[tuple[str, FileCounts]] = Blocks()
        self._paths = array("q")
        self._all = all_places
        self._by_rule = by_rule
        self._entries: dict[tuple[str, ...], FoldedEntry] = {}

    def add(self, findings: Iterable[Finding]) -> None:
        """Take the findings of a run, in the order of its documents."""
        for path, group in groupby(findings, key=lambda finding: finding.document):
            counts = Counter[Severity]()
            tables: set[int | None] = set()
            cells: dict[tuple[object, ...], list[Finding]] = {}
            for number, finding in enumerate(group):
                counts[finding.severity] += is_active(finding)
                tables.add(finding.table_index)
                cells.setdefault(_cell(finding, number), []).append(finding)
            self._total.update(counts)
            found = FileCounts(counts["error"], counts["warning"], counts["info"], len(tables - {None}))
            self._files.append((path, found))
            self._paths.append(hash(path))
            for cell in cells.values():
                cell.sort(key=lambda finding: SEVERITIES.index(finding.severity))
                for place in [cell] if cell[0].severity == "error" else [[one] for one in cell]:
                    self._put(place)

    def entries(self, severity: Severity) -> list[FoldedEntry]:
        """The entries of a severity: in the order of the documents what must be put right, else the most frequent first."""
        chosen = [entry for entry in self._entries.values() if entry.severity == severity]
        return chosen if severity == "error" else sorted(chosen, key=lambda entry: -entry.count)

    def joined(self) -> list[FoldedEntry]:
        """The entries of errors, with one for those of a rule that differ in their figures alone where these are many."""
        groups: dict[tuple[str, ...], list[FoldedEntry]] = {}
        for entry in self.entries("error"):
            cell = entry.places[0]
            told = _FIGURE.sub("0", _QUOTED.sub("“”", cell[0].message))
            key = (repr(_state(cell[0])), told, *(finding.rule for finding in cell))
            groups.setdefault(key, []).append(entry)
        return [entry for alike in groups.values() for entry in _joined(alike)]

    def total(self, severity: Severity) -> int:
        """How many findings of a severity there are, however they are folded."""
        return self._total[severity]

    def files(self) -> Iterator[tuple[str, FileCounts]]:
        """The files with findings, each once, in the order in which they were met. What rules over several files find comes
        behind all other findings; only the counts of files that are met again are held in memory."""
        again = {one for one, other in pairwise(sorted(self._paths)) if one == other}
        joined: dict[str, FileCounts] = {}
        for path, counts in self._files if again else ():
            if hash(path) in again:
                joined[path] = joined.get(path, FileCounts()).plus(counts)
        for path, counts in self._files:
            if hash(path) not in again:
                yield path, counts
            elif path in joined:
                yield path, joined.pop(path)

    @property
    def found(self) -> int:
        """The number of files with findings."""
        return len(set(self._paths))

    def _put(self, cell: list[Finding]) -> None:
        worst = cell[0]
        key: tuple[str, ...] = (worst.severity, worst.rule, repr(_state(worst)))
        if worst.severity == "error" and not self._by_rule:
            key += (_QUOTED.sub("“”", worst.message), *(finding.rule for finding in cell[1:]))
            if worst.evidence:
                key += (worst.fingerprint,)
        if key not in self._entries:
            if worst.severity == "error" and len(self._entries) >= _MOST and not self._all:
                self.left_out += 1
                return
            self._entries[key] = FoldedEntry(worst.severity)
        self._entries[key].add(cell, all_places=self._all)


def _joined(alike: list[FoldedEntry]) -> list[FoldedEntry]:
    """Entries as one, in which they stand in their order; themselves where they are few."""
    if len(alike) == 1 or sum(entry.count for entry in alike) <= _FEW:
        return alike
    places = [cell for entry in alike for cell in entry.places]
    return [FoldedEntry("error", places, sum(entry.count for entry in alike), same=False)]


def _state(finding: Finding) -> object:
    """What was decided about a finding: the exception that holds for it, or whether it counts."""
    return finding.suppressed or is_active(finding)


def _cell(finding: Finding, number: int) -> tuple[object, ...]:
    """What findings about one cell have in common; a finding on a project or a file stands alone."""
    if finding.location is None or finding.field is None or finding.indicator is None:
        return (number,)
    levels = tuple((finding.indicator or {}).values())
    return (finding.table_index, levels, finding.field, finding.location)
