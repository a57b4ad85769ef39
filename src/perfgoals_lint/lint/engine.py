"""Runs rules over documents: small enough to read in one sitting.

Rules see one row, one table or one document at a time. Each rule accounts for every table: it passed, found
something, was not applicable (with the reason), or crashed. A crash becomes a finding and the run goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from perfgoals_lint.lint.applicability import (
    Account,
    Asked,
    Case,
    Kind,
    Memory,
    lacking,
    text_of_accounts,
    years_of,
)
from perfgoals_lint.lint.context import VALUE_FIELDS, DocumentView, Row, Table
from perfgoals_lint.lint.facts.figures import account
from perfgoals_lint.lint.finding import Writer
from perfgoals_lint.lint.last_year import LastYear
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.model import Document, Finding, Location, Problem, Status
from perfgoals_lint.rulebook import frameworks
from perfgoals_lint.rulebook.editions import outside
from perfgoals_lint.rulebook.rule import Rule

CRASHED = "PGX201"
NOT_IN_FORCE = "PGX130"
_LIMIT = {"early": "from", "late": "to"}


@dataclass
class Result:
    """What the rules say of one document. ``changed`` is what became of each rule that found something, crashed or had
    nothing but unknown values to look at, by code and table."""

    document: Document
    framework: frameworks.Framework
    findings: list[Finding]
    kind: Kind
    cases: list[Case]
    changed: dict[tuple[str, int], Status]
    figures: dict[str, int] = field(default_factory=dict)

    @cached_property
    def accounts(self) -> dict[str, list[Account]]:
        """By code one entry a table, (status, reason): ``passed``, ``found``, ``not_applicable``, ``crashed``."""
        return self.kind.accounts(self.cases, self.changed.items())

    @property
    def accounts_text(self) -> str:
        """The accounts as :func:`perfgoals_lint.runner.records.accounts_text` writes them."""
        return text_of_accounts(self.kind, tuple(self.cases), frozenset(self.changed.items()))


class Engine:
    """Runs a set of rules. ``lang`` is the language of the messages, ``framework`` names a profile for all documents,
    ``forced`` are the codes of rules that run even where they are off by default, ``previous`` is last year's state."""

    def __init__(
        self,
        rules: Iterable[Rule],
        lang: str = "zh",
        framework: str | None = None,
        forced: frozenset[str] = frozenset(),
        previous: LastYear | None = None,
    ) -> None:
        self.rules = list(rules)
        self.framework = framework
        self.forced = forced
        self.previous = previous
        self._lang = lang
        self._dated = any(rule.effective and rule.scope == "document" for rule in self.rules)
        self._kinds: dict[tuple[str, frozenset[str], frozenset[int | None] | None], Kind] = {}
        self._memory = Memory()

    def check(self, document: Document) -> Result:
        """All findings on one document, in document order, and the account of every rule."""
        features = frameworks.features_of(document)
        view = DocumentView.of(document, frameworks.choose(features, self.framework), features)
        kind = self._kind(view)
        asking = _Asking(self._memory)
        for table in view.tables:
            table.previous = self.previous.of(table.goal) if self.previous else None
            asking.table(table, kind.case(lacking(table), table.goal.fiscal_year))
        for asked in kind.of_documents:
            asking.scope(asked, view, Location(document.path), 0)
        # Its own for every document: one file may come in two states, under one path.
        writer = Writer(self._lang)
        problems = (*document.problems, *self._other_edition(view), *asking.crashes)
        findings = [writer.problem(problem, document.path) for problem in problems]
        for rule, hit in sorted(_settled(asking.hits), key=_order):
            findings.append(writer.finding(rule, hit, document.path))
        figures = account(view.tables)
        return Result(document, view.framework, findings, kind, asking.cases, asking.changed, figures)

    def _other_edition(self, view: DocumentView) -> Iterator[Problem]:
        """That the profile which somebody named is of an edition that is not in force in the year of a table."""
        data, name = view.framework.data, view.framework.name
        for table in view.tables if self.framework else ():
            year = table.goal.fiscal_year
            if when := outside(data, year):
                args = {"case": when, "name": name, "year": str(year), "date": str(data[_LIMIT[when]])[:4]}
                yield Problem(NOT_IN_FORCE, table.goal.location, args)
                return

    def _kind(self, view: DocumentView) -> Kind:
        key = (view.framework.name, view.features, years_of(view) if self._dated else None)
        if key not in self._kinds:
            self._kinds[key] = Kind(self.rules, view, self.forced)
        return self._kinds[key]


@dataclass(slots=True)
class _Asking:
    """Asks the rules of one document and gathers what they say."""

    memory: Memory
    cases: list[Case] = field(default_factory=list)
    hits: list[tuple[Rule, Hit]] = field(default_factory=list)
    crashes: list[Problem] = field(default_factory=list)
    changed: dict[tuple[str, int], Status] = field(default_factory=dict)

    def table(self, table: Table, case: Case) -> None:
        """Ask every rule that is for the table, of its rows or of itself."""
        self.cases.append(case)
        found: dict[str, list[tuple[Rule, Hit]]] = {}
        for row in table.rows:
            self._row(row, table, case, found)
        for hits in found.values():
            self.hits += hits
        for asked in case.of_tables:
            self.scope(asked, table, table.goal.location, table.index)

    def scope(self, asked: Asked, scope: Table | DocumentView, place: Location, index: int) -> None:
        """Ask a rule of a table or of the whole document."""
        rule, check = asked
        try:
            found = list(check(scope, rule))
        except Exception as error:
            self._crash(rule, error, place, index)
            return
        hits = [hit for hit in found if not _of_unknown(hit)]
        if hits:
            self.changed[rule.code, index] = "found"
            self.hits += [(rule, hit) for hit in hits]
        elif found:
            self.changed.setdefault((rule.code, index), "not_checked")

    def _row(self, row: Row, table: Table, case: Case, found: dict[str, list[tuple[Rule, Hit]]]) -> None:
        """Ask the rules for rows of one row, but those known to be silent on such a row. A rule that crashes has found
        nothing in the whole table and is not asked again there."""
        known = self.memory.of(row.content)
        row.found = known.found
        asked_before = known.left.get(case)
        left: list[Asked] = []
        for asked in case.about(row) if asked_before is None else asked_before:
            rule, check = asked
            row.looked_around = False
            try:
                hits = list(check(row, rule))
            except Exception as error:
                left.append(asked)
                if self.changed.get((rule.code, table.index)) != "crashed":
                    self._crash(rule, error, table.goal.location, table.index)
                    found.pop(rule.code, None)
                continue
            if hits or row.looked_around or rule.is_foreign:
                left.append(asked)
            if hits and not (hits := [hit for hit in hits if not _of_unknown(hit)]):
                self.changed.setdefault((rule.code, table.index), "not_checked")
            if hits and self.changed.get((rule.code, table.index)) != "crashed":
                self.changed[rule.code, table.index] = "found"
                found.setdefault(rule.code, []).extend((rule, hit) for hit in hits)
        if asked_before is None:
            known.left[case] = left

    def _crash(self, rule: Rule, error: Exception, place: Location, index: int) -> None:
        args = {"rule": rule.code, "error": f"{type(error).__name__}: {error}"}
        self.crashes.append(Problem(CRASHED, place, args))
        self.changed[rule.code, index] = "crashed"


def _of_unknown(hit: Hit) -> bool:
    """Is the hit about a field whose formula has no known value? Nothing can be said of that one."""
    if hit.row is not None:
        unknown = hit.row.indicator.unknown
        return hit.field in unknown or (hit.field in VALUE_FIELDS and hit.row.value_unknown)
    return hit.table is not None and hit.field in hit.table.goal.unknown


def _settled(hits: list[tuple[Rule, Hit]]) -> Iterator[tuple[Rule, Hit]]:
    """One finding a cell: of the rules in the cell order only the first reports a row, a rule reports a row once, and
    it yields where its page says so to another that reports the same row."""
    first: dict[tuple[int, int], int] = {}
    reported: dict[tuple[int, int], set[str]] = {}
    for rule, hit in hits:
        if hit.row is not None:
            key = (hit.row.table.index, hit.row.index)
            reported.setdefault(key, set()).add(rule.code)
            if rule.cell_order is not None:
                first[key] = min(first.get(key, rule.cell_order), rule.cell_order)
    once: set[tuple[int, int, str]] = set()
    for rule, hit in hits:
        if hit.row is not None:
            key = (hit.row.table.index, hit.row.index)
            if (*key, rule.code) in once:
                continue
            once.add((*key, rule.code))
            if rule.cell_order is not None and first[key] < rule.cell_order:
                continue
            if reported[key].intersection(rule.yields_to):
                continue
        yield rule, hit


def _order(entry: tuple[Rule, Hit]) -> tuple[int, int, str]:
    rule, hit = entry
    table = hit.table or (hit.row.table if hit.row else None)
    return (table.index if table else 1 << 30, hit.row.index if hit.row else -1, rule.code)
