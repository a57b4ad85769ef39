"""Runs rules over documents: small enough to read in one sitting.

Rules see one row, one table or one document at a time. Each rule accounts for every table: it passed, found
something, was not applicable (with the reason), or crashed. A crash becomes a finding and the run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from perfgoals_lint import frameworks
from perfgoals_lint.findings import Writer
from perfgoals_lint.hits import Hit
from perfgoals_lint.model import Document, Finding, GoalTable, Location, Problem, Status
from perfgoals_lint.rulebook import Rule
from perfgoals_lint.view import DocumentView, Table
from perfgoals_lint.yearly import LastYear

CRASHED = "PGX201"
Account = tuple[Status, str | None]


@dataclass(slots=True)
class Result:
    """What the rules say of one document. ``accounts`` maps a rule's code to one entry a table, (status, reason):
    ``passed``, ``found``, ``not_applicable``, ``crashed``."""

    document: Document
    framework: frameworks.Framework
    findings: list[Finding] = field(default_factory=list)
    accounts: dict[str, list[Account]] = field(default_factory=dict)


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
        self._writer = Writer(lang)

    def check(self, document: Document) -> Result:
        """All findings on one document, in document order, and the account of every rule."""
        features = frameworks.features_of(document)
        view = DocumentView.of(document, frameworks.choose(features, self.framework), features)
        for table in view.tables:
            table.previous = self.previous.of(table.goal) if self.previous else None
        result = Result(document, view.framework)
        problems = list(document.problems)
        hits: list[tuple[Rule, Hit]] = []
        for rule in self.rules:
            found, accounts, crashes = self._run(rule, view)
            hits += [(rule, hit) for hit in found]
            problems += crashes
            result.accounts[rule.code] = accounts
        result.findings = [self._writer.problem(problem, document.path) for problem in problems]
        for rule, hit in sorted(_settled(hits), key=_order):
            result.findings.append(self._writer.finding(rule, hit, document.path))
        return result

    def _run(self, rule: Rule, view: DocumentView) -> tuple[list[Hit], list[Account], list[Problem]]:
        hits: list[Hit] = []
        crashes: list[Problem] = []
        if rule.scope == "document":
            reason = self._document_reason(rule, view)
            status: Status = "not_applicable" if reason else self._attempt(rule, view, view, hits, crashes)
            return hits, [(status, reason)], crashes
        accounts: list[Account] = []
        for table in view.tables:
            reason = self._document_reason(rule, view) or _table_reason(rule, table)
            if reason:
                accounts.append(("not_applicable", reason))
            else:
                accounts.append((self._attempt(rule, table, view, hits, crashes), None))
        return hits, accounts, crashes

    def _attempt(
        self,
        rule: Rule,
        scope: Table | DocumentView,
        view: DocumentView,
        hits: list[Hit],
        crashes: list[Problem],
    ) -> Status:
        before = len(hits)
        try:
            if rule.scope == "row" and isinstance(scope, Table):
                check = rule.check
                for row in scope.rows:
                    hits.extend(check(row, rule))
            else:
                hits.extend(rule.check(scope, rule))
        except Exception as error:
            del hits[before:]
            place = scope.goal.location if isinstance(scope, Table) else Location(view.document.path)
            args = {"rule": rule.code, "error": f"{type(error).__name__}: {error}"}
            crashes.append(Problem(CRASHED, place, args))
            return "crashed"
        return "found" if len(hits) > before else "passed"

    def _document_reason(self, rule: Rule, view: DocumentView) -> str | None:
        name = view.framework.name
        if not rule.covers(name):
            return "profile"
        if rule.code not in self.forced and not rule.on_in(name):
            return "off"
        return next((need for need in rule.needs if need in _FEATURES and need not in view.features), None)


_FEATURES = frozenset(
    {
        "level2",
        "cycle",
        "weight",
        "description",
        "basis",
        "numbers",
        "totals",
        "subgoals",
        "codes",
        "disbursement",
    }
)
_GIVEN: dict[str, Callable[[GoalTable], Any]] = {
    "period": lambda goal: goal.period,
    "fiscal_year": lambda goal: goal.fiscal_year,
    "budget": lambda goal: goal.budget_yuan is not None,
    "funding": lambda goal: goal.funding_yuan,
    "annual_goal": lambda goal: goal.annual_goal,
    "cycle_goal": lambda goal: goal.cycle_goal,
    "goal": lambda goal: goal.annual_goal or goal.cycle_goal,
    "rows": lambda goal: goal.indicators,
    "level2": lambda goal: any(row.level2 for row in goal.indicators),
    "disbursement": lambda goal: goal.disbursement_plan,
}


def _table_reason(rule: Rule, table: Table) -> str | None:
    """Why a rule cannot be asked of a table, or ``None``."""
    if table.withheld and not rule.head.get("withheld"):
        return "withheld"
    for need in rule.needs:
        if need == "whole_table" and table.cut:
            return need
        if need in _GIVEN and not _GIVEN[need](table.goal):
            return need
        if need == "previous" and table.previous is None:
            return need
    return None


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
            if reported[key].intersection(rule.head.get("yields_to", ())):
                continue
        yield rule, hit


def _order(entry: tuple[Rule, Hit]) -> tuple[int, int, str]:
    rule, hit = entry
    table = hit.table or (hit.row.table if hit.row else None)
    return (table.index if table else 1 << 30, hit.row.index if hit.row else -1, rule.code)
