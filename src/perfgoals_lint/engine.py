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
        self._lang = lang
        self._known: dict[tuple[str, frozenset[str]], list[_Asked]] = {}

    def check(self, document: Document) -> Result:
        """All findings on one document, in document order, and the account of every rule."""
        features = frameworks.features_of(document)
        view = DocumentView.of(document, frameworks.choose(features, self.framework), features)
        for table in view.tables:
            table.previous = self.previous.of(table.goal) if self.previous else None
        result = Result(document, view.framework)
        lacking = [_lacking(table) for table in view.tables]
        hits: list[tuple[Rule, Hit]] = []
        crashes: list[Problem] = []
        for asked in self._asked(view):
            result.accounts[asked.rule.code] = _ask(asked, view, lacking, hits, crashes)
        problems = (*document.problems, *crashes)
        # Its own for every document: one file may come in two states, under one path.
        writer = Writer(self._lang)
        result.findings = [writer.problem(problem, document.path) for problem in problems]
        for rule, hit in sorted(_settled(hits), key=_order):
            result.findings.append(writer.finding(rule, hit, document.path))
        return result

    def _asked(self, view: DocumentView) -> list[_Asked]:
        """The rules as they are asked of documents with these features; worked out once for all of them."""
        key = (view.framework.name, view.features)
        if key not in self._known:
            self._known[key] = [self._ready(rule, view) for rule in self.rules]
        return self._known[key]

    def _ready(self, rule: Rule, view: DocumentView) -> _Asked:
        needs = rule.needs
        reason = next((need for need in needs if need in _FEATURES and need not in view.features), None)
        if not rule.covers(view.framework.name):
            reason = "profile"
        elif rule.code not in self.forced and not rule.on_in(view.framework.name):
            reason = "off"
        own = tuple(need for need in needs if need in _GIVEN or need in ("whole_table", "previous"))
        secret = () if rule.head.get("withheld") else ("withheld",)
        return _Asked(rule, rule.scope, reason, (*secret, *own))


@dataclass(slots=True)
class _Asked:
    """A rule as it is asked of documents of one kind: why it cannot be asked at all, or what a table must have."""

    rule: Rule
    scope: str
    reason: str | None
    needs: tuple[str, ...]


def _ask(
    asked: _Asked,
    view: DocumentView,
    lacking: list[frozenset[str]],
    hits: list[tuple[Rule, Hit]],
    crashes: list[Problem],
) -> list[Account]:
    """Ask a rule of a document; the account of every table."""
    whole = asked.scope == "document"
    if asked.reason:
        return [("not_applicable", asked.reason)] * (1 if whole else len(view.tables))
    if whole:
        return [(_attempt(asked, view, view, hits, crashes), None)]
    accounts: list[Account] = []
    for table, missing in zip(view.tables, lacking, strict=True):
        reason = next((need for need in asked.needs if need in missing), None) if missing else None
        if reason:
            accounts.append(("not_applicable", reason))
        else:
            accounts.append((_attempt(asked, table, view, hits, crashes), None))
    return accounts


def _attempt(
    asked: _Asked,
    scope: Table | DocumentView,
    view: DocumentView,
    hits: list[tuple[Rule, Hit]],
    crashes: list[Problem],
) -> Status:
    rule = asked.rule
    found: list[Hit] = []
    try:
        check = rule.check
        if asked.scope == "row" and isinstance(scope, Table):
            for row in scope.rows:
                found.extend(check(row, rule))
        else:
            found.extend(check(scope, rule))
    except Exception as error:
        place = scope.goal.location if isinstance(scope, Table) else Location(view.document.path)
        args = {"rule": rule.code, "error": f"{type(error).__name__}: {error}"}
        crashes.append(Problem(CRASHED, place, args))
        return "crashed"
    hits += [(rule, hit) for hit in found]
    return "found" if found else "passed"


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


def _lacking(table: Table) -> frozenset[str]:
    """What rules may need and a table does not have; ``withheld`` when it is secret."""
    missing = {need for need, given in _GIVEN.items() if not given(table.goal)}
    if table.withheld:
        missing.add("withheld")
    if table.cut:
        missing.add("whole_table")
    if table.previous is None:
        missing.add("previous")
    return frozenset(missing)


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
