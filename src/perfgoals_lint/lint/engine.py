"""Runs rules over documents: small enough to read in one sitting.

Rules see one row, one table or one document at a time. Each rule accounts for every table: it passed, found
something, was not applicable (with the reason), or crashed. A crash becomes a finding and the run goes on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from math import inf

from perfgoals_lint.lint.applicability import (
    Account,
    Asked,
    Kind,
    TableCase,
    lacking,
    text_of_accounts,
    years_of,
)
from perfgoals_lint.lint.context import VALUE_FIELDS, DocumentView, Row, Table
from perfgoals_lint.lint.contradictions import folded
from perfgoals_lint.lint.deadline import Meter, MeterOverError
from perfgoals_lint.lint.facts.figure_fact import FigureFact, account
from perfgoals_lint.lint.facts.figures import COMPARING, facts
from perfgoals_lint.lint.facts.roll_up import of_totals
from perfgoals_lint.lint.finding import Writer
from perfgoals_lint.lint.last_year import LastYear
from perfgoals_lint.lint.outcome import CRASHED
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import Document, Finding, Location, Problem
from perfgoals_lint.rulebook import frameworks
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.editions import outside
from perfgoals_lint.rulebook.rule import Rule
from perfgoals_lint.tables.reading import is_doubtful

NOT_IN_FORCE = "PGX130"
_LIMIT = {"early": "from", "late": "to"}
RULE_TOO_SLOW = "PGX150"
OUT_OF_TIME = "PGX151"

_CHOICE = "choice"
"""What a meter calls the choice of the rules that are asked of a row."""
_Place = tuple[int | None, int | tuple[str | None, tuple[int, int] | None]]
_FOUND: Account = ("found", None)
_CRASHED: Account = ("crashed", None)
_UNKNOWN: Account = ("not_checked", "formula")
_LATE: Account = ("not_checked", "time")


@dataclass
class EngineResult:
    """What the rules say of one document. ``changed`` is what became of each rule that found something, crashed or had
    nothing but unknown values to look at, by code and table."""

    document: Document
    framework: frameworks.Framework
    findings: list[Finding]
    kind: Kind
    cases: list[TableCase]
    changed: dict[tuple[str, int], Account]
    facts: list[tuple[Table, list[FigureFact]]]
    """The tables and the figures of each."""
    totals: list[FigureFact]
    """The figures of the total rows of a list."""

    @property
    def figures(self) -> dict[str, int]:
        """How many figures the document has, and how many of each class."""
        return account(chain(self.totals, *(figures for _, figures in self.facts)))

    @cached_property
    def accounts(self) -> dict[str, list[Account]]:
        """By code one entry a table, (status, reason): ``passed``, ``found``, ``not_applicable``, ``crashed``."""
        return self.kind.accounts(self.cases, self.changed.items())

    @property
    def accounts_text(self) -> str:
        """The accounts as :func:`perfgoals_lint.lint.records.accounts_text` writes them."""
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

    def check(self, document: Document, meter: Meter | None = None) -> EngineResult:
        """All findings on one document, in document order, and the account of every rule.

        A rule that takes longer than ``meter`` allows is ended, and no rule is asked when all time is over; the
        findings of the others stand, and a notice says what is missing.
        """
        view = DocumentView.of(document, self.framework)
        kind = self._kind(view)
        asking = _Asking(meter or Meter(inf, inf))
        for table in view.tables:
            table.previous = self.previous.of(table.goal) if self.previous else None
            asking.table(table, kind.case(lacking(table), table.goal.fiscal_year))
        projects = view.of_projects()
        asking.scope(kind.of_documents, projects, Location(document.path), 0)
        if asking.unasked:
            args = {"rules": "、".join(sorted(asking.unasked)), "seconds": format(asking.meter.total, "g")}
            asking.notices.append(Problem(OUT_OF_TIME, Location(document.path), args))
        # Its own for every document: one file may come in two states, under one path.
        writer = Writer(self._lang, is_doubtful(document))
        problems = (*document.problems, *self._other_edition(view), *asking.notices)
        findings = [writer.problem(problem, document.path) for problem in problems]
        told = [
            (writer.finding(rule, hit, document.path), hit)
            for rule, hit in sorted(_settled(asking.hits), key=_order)
        ]
        own: defaultdict[int | None, list[tuple[Finding, Violation]]] = defaultdict(list)
        for one in told:
            own[one[0].table_index].append(one)
        figures = [(table, facts(table, own[table.index])) for table in view.tables]
        totals = of_totals(view, [of_table for _, of_table in figures])
        findings += folded(told, self._lang)
        return EngineResult(
            document, view.framework, findings, kind, asking.cases, asking.changed, figures, totals
        )

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


@cache
def engine_of_figures() -> Engine:
    """An engine with those built-in rules alone that have a say in what becomes of figures: the rules that set figures
    against each other, and those for which one of them may hold its finding back."""
    book = rulebook.load()
    yielded = {code for rule in book if rule.code.startswith(COMPARING) for code in rule.yields_to}
    return Engine(
        rule
        for rule in book
        if rule.code.startswith(COMPARING) or rule.code in yielded or rule.cell_order is not None
    )


@dataclass(slots=True)
class _Asking:
    """Asks the rules of one document and gathers what they say."""

    meter: Meter
    cases: list[TableCase] = field(default_factory=list)
    hits: list[tuple[Rule, Violation]] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    changed: dict[tuple[str, int], Account] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)
    """The codes of rules that took too long; they are not asked again."""
    unasked: set[str] = field(default_factory=set)
    """The codes of rules that were not asked everywhere because all time was over."""

    def table(self, table: Table, case: TableCase) -> None:
        """Ask every rule that is for the table, of its rows or of itself. A rule that crashes or takes too long at one row
        has found nothing in the whole table."""
        self.cases.append(case)
        place, index = table.goal.location, table.index
        found: dict[str, list[tuple[Rule, Violation]]] = {}
        for row in table.rows:
            asked = self._possible(case, row)
            for rule, hit in self._ask(asked, row, place, index):
                found.setdefault(rule.code, []).append((rule, hit))
        for code, entries in found.items():
            if self.changed[code, index] == _FOUND:
                self.hits += entries
        self.scope(case.of_tables, table, place, index)

    def _possible(self, case: TableCase, row: Row) -> list[Asked]:
        """The rules that may find something in a row; all, once a rule or the choice itself has taken too long: asked by
        itself, a slow selector is ended with its rule."""
        if self.stopped:
            return case.of_rows
        self.meter.task = _CHOICE
        try:
            return case.about(row)
        except MeterOverError:
            return case.of_rows
        finally:
            self.meter.task = None

    def scope(self, asked: Sequence[Asked], scope: Table | DocumentView, place: Location, index: int) -> None:
        """Ask rules of a table or of the whole document."""
        self.hits += self._ask(asked, scope, place, index)

    def _ask(
        self, asked: Sequence[Asked], scope: Row | Table | DocumentView, place: Location, index: int
    ) -> list[tuple[Rule, Violation]]:
        """What rules say of a row, a table or the document; what becomes of them there is noted."""
        hits: list[tuple[Rule, Violation]] = []
        meter, left = self.meter, iter(asked)
        while True:
            try:
                for rule, check in left:
                    if (self.stopped or meter.spent) and self._passed_over(rule.code, index):
                        continue
                    meter.task = rule.code
                    if found := list(check(scope, rule)):
                        hits += [(rule, hit) for hit in self._noted(rule.code, index, found)]
                meter.task = None
                return hits
            except Exception as error:
                meter.task = None
                if self.changed.get((rule.code, index)) != _CRASHED:
                    self._crash(rule, error, place, index)
            except MeterOverError:
                self._stop(rule, place, index)

    def _noted(self, code: str, index: int, found: list[Violation]) -> list[Violation]:
        """What a rule has found, without what is about fields that are not known."""
        key = (code, index)
        hits = [hit for hit in found if not _of_unknown(hit)]
        if not hits:
            self.changed.setdefault(key, _UNKNOWN)
        elif self.changed.get(key) != _CRASHED:
            self.changed[key] = _FOUND
        return hits

    def _crash(self, rule: Rule, error: Exception, place: Location, index: int) -> None:
        args = {"rule": rule.code, "error": f"{type(error).__name__}: {error}"}
        self.notices.append(Problem(CRASHED, place, args))
        self.changed[rule.code, index] = _CRASHED

    def _stop(self, rule: Rule, place: Location, index: int) -> None:
        """A rule has taken too long, or all time is over in the middle of it: it has found nothing in the table."""
        self.changed[rule.code, index] = _LATE
        if self.meter.is_over:
            self.unasked.add(rule.code)
            return
        self.stopped.add(rule.code)
        args = {"rule": rule.code, "seconds": format(self.meter.each, "g")}
        self.notices.append(Problem(RULE_TOO_SLOW, place, args))

    def _passed_over(self, code: str, index: int) -> bool:
        """Is the rule not asked, for it or all of them have taken too long? That is noted."""
        if code in self.stopped:
            self.changed.setdefault((code, index), _LATE)
            return True
        if not self.meter.is_over:
            return False
        self.unasked.add(code)
        self.changed.setdefault((code, index), _LATE)
        return True


def _of_unknown(hit: Violation) -> bool:
    """Is the hit about a field whose formula has no known value? Nothing can be said of that one."""
    if hit.row is not None:
        unknown = hit.row.indicator.unknown
        return hit.field in unknown or (hit.field in VALUE_FIELDS and hit.row.value_unknown)
    return hit.table is not None and hit.field in hit.table.goal.unknown


def _settled(hits: list[tuple[Rule, Violation]]) -> Iterator[tuple[Rule, Violation]]:
    """One finding a cell: of the rules in the cell order only the first reports a row, a rule reports a row once, and
    it yields where its page says so to another that does report the same row, or the same words of a text."""
    first: dict[_Place, int] = {}
    reported: dict[_Place, set[str]] = {}
    for rule, hit in hits:
        if hit.row is not None and rule.cell_order is not None:
            key = _place(hit)
            first[key] = min(first.get(key, rule.cell_order), rule.cell_order)
    for rule, hit in hits:
        key = _place(hit)
        if hit.row is None or rule.cell_order is None or first[key] == rule.cell_order:
            reported.setdefault(key, set()).add(rule.code)
    once: set[tuple[_Place, str]] = set()
    for rule, hit in hits:
        key = _place(hit)
        if hit.row is not None:
            if (key, rule.code) in once:
                continue
            once.add((key, rule.code))
            if rule.cell_order is not None and first[key] < rule.cell_order:
                continue
        if reported[key].isdisjoint(rule.yields_to):
            yield rule, hit


def _place(hit: Violation) -> _Place:
    """The row that a hit is about, else the words of a text."""
    table = hit.table or (hit.row.table if hit.row else None)
    where = hit.row.index if hit.row else (hit.field, hit.span)
    return table.index if table else None, where


def _order(entry: tuple[Rule, Violation]) -> tuple[int, int, str]:
    rule, hit = entry
    table = hit.table or (hit.row.table if hit.row else None)
    return (table.index if table else 1 << 30, hit.row.index if hit.row else -1, rule.code)
