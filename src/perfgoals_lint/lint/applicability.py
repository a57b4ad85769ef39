"""Which rules are asked of which tables, worked out once for all documents and tables that are alike.

A *kind* is all documents with the same profile and features, a *case* all tables in them that lack the same things.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NoReturn

from perfgoals_lint.lint.binding import check_of
from perfgoals_lint.lint.context import DocumentView, Row, Table
from perfgoals_lint.lint.kinds.kinds import Declared
from perfgoals_lint.lint.kinds.narrowing import narrowed, signature
from perfgoals_lint.lint.kinds.plans import Index, Signs
from perfgoals_lint.lint.kinds.selector import row_selector
from perfgoals_lint.lint.records import accounts_text
from perfgoals_lint.model import GoalTable, Status
from perfgoals_lint.rulebook.editions import outside
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.rule import Check, Rule

Account = tuple[Status, str | None]
Asked = tuple[Rule, Check]
Change = tuple[tuple[str, int], Account]
"""What became of a rule (by its code) in a table (by its index) where it found something or crashed."""

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
_OF_ROWS = compiled(r"level|class|(?:annual|cycle)_value|standard|indicators")
"""The roles of the columns that may hold indicators."""
_GIVEN: dict[str, Callable[[GoalTable], Any]] = {
    "period": lambda goal: goal.period or goal.months,
    "fiscal_year": lambda goal: goal.fiscal_year,
    "budget": lambda goal: goal.budget_yuan is not None,
    "funding": lambda goal: goal.funding_yuan,
    "annual_goal": lambda goal: goal.annual_goal,
    "cycle_goal": lambda goal: goal.cycle_goal,
    "goal": lambda goal: goal.annual_goal or goal.cycle_goal,
    "rows": lambda goal: goal.indicators,
    "level2": lambda goal: any(row.level2 for row in goal.indicators),
    "disbursement": lambda goal: goal.disbursement_plan,
    # A list that prints no class at all leaves open what its rows are; a table without rows lacks them all, but for a
    # list of projects with no column for any.
    "classes": lambda goal: (
        any(row.level1 or row.level2 for row in goal.indicators)
        if goal.indicators
        else not goal.header or any(_OF_ROWS.match(column.role) for column in goal.header)
    ),
}
_ACCOUNTS_REMEMBERED = 512
_SIGNATURES_REMEMBERED = 4096
_OFTEN = 4
"""Rows of a signature after which it pays to work out what is left of the rules for it."""


def lacking(table: Table) -> frozenset[str]:
    """What rules may need and a table does not have; ``withheld`` when it is secret."""
    missing = {need for need, given in _GIVEN.items() if not given(table.goal)}
    if table.withheld:
        missing.add("withheld")
    if table.goal.state != "filled":
        missing.add("blank")
    if table.cut or "indicators" in table.goal.unknown:
        missing.add("whole_table")
    if table.previous is None:
        missing.add("previous")
    return frozenset(missing)


@dataclass(slots=True)
class _Plan:
    """The rules for rows of one signature, how often they were asked for, and, when that was often, an index of them."""

    asked: list[Asked]
    used: int = 0
    index: Index[Asked] | None = None


@dataclass(slots=True, eq=False)
class TableCase:
    """The rules for tables that lack the same things, by what they look at; ``accounts`` says what became of the rules
    over rows and tables before anything was found. A rule over rows is bound when there is a row that it may be about."""

    over_rows: list[Rule]
    of_tables: list[Asked]
    accounts: dict[str, Account]
    _narrowed: list[tuple[Rule, Callable[[Row], object]]] | None = None
    _about: dict[Hashable, _Plan] = field(default_factory=dict)

    @property
    def of_rows(self) -> list[Asked]:
        """All rules over rows."""
        return [_ready(rule) for rule in self.over_rows]

    def about(self, row: Row) -> list[Asked]:
        """The rules over rows that may find something in a row, told from facts that many rows share; for rows that
        often come, with what is left of their checks, and only where the row has a character that they look for."""
        try:
            facts = signature(row)
        except Exception:  # a rule that asks for them says so itself
            return self.of_rows
        plan = self._about.get(facts)
        if plan is None:
            if self._narrowed is None:
                self._narrowed = [(rule, _narrow(rule)) for rule in self.over_rows]
            if len(self._about) >= _SIGNATURES_REMEMBERED:
                self._about.clear()
            plan = self._about[facts] = _Plan([_ready(rule) for rule, may in self._narrowed if may(row)])
        if plan.index is not None:
            return plan.index.of(row)
        plan.used += 1
        if plan.used > _OFTEN:
            left = [made for asked in plan.asked if (made := _settled(asked, row, facts))]
            selectors = [(asked[0].code, where) for asked, _, where in left]
            plan.index = Index([(asked, where) for asked, where, _ in left], selectors)
        return plan.asked


def _settled(
    asked: Asked, row: Row, facts: Hashable
) -> tuple[Asked, Signs | None, Mapping[str, Any] | None] | None:
    """A rule with what is left of its check for rows like this one, the signs of what it looks for, and its selector."""
    rule, check = asked
    if not isinstance(check, Declared):
        return asked, None, None
    left = check.settled(row, facts)
    return None if left is None else ((rule, left.check), left.signs, left.where)


def _narrow(rule: Rule) -> Callable[[Row], object]:
    """May the rule find something in a row? True where that cannot be told."""
    spec = rule.check
    if not isinstance(spec.get("where"), Mapping):
        return lambda row: True
    kept, _ = narrowed(spec["where"])
    try:
        select = row_selector(kept)
    except ValueError:  # it is said when the rule itself is asked
        return lambda row: True
    return lambda row: select(row) is not None


class Kind:
    """The rules as they are asked of documents with one profile and the same features. ``forced`` are the codes of
    rules that run even where they are off by default."""

    def __init__(self, rules: Iterable[Rule], view: DocumentView, forced: frozenset[str]) -> None:
        self.of_documents: list[Asked] = []
        self._order: dict[str, Account] = {}
        self._whole: set[str] = set()
        self._others: list[tuple[Rule, tuple[str, ...]]] = []
        self._cases: dict[tuple[frozenset[str], int | None], TableCase] = {}
        for rule in rules:
            reason = _refusal(rule, view, forced)
            if reason is None and rule.scope == "document" and rule.effective and not _stands(rule, view):
                reason = "in_force"
            self._order[rule.code] = ("not_applicable", reason) if reason else ("passed", None)
            if rule.scope == "document":
                self._whole.add(rule.code)
                self.of_documents += [] if reason else [_ready(rule)]
            elif not reason:
                self._others.append((rule, _needs(rule)))
        self._dated = any(rule.effective for rule, _ in self._others)

    def case(self, missing: frozenset[str], year: int | None = None) -> TableCase:
        """The rules for a table that lacks these things and is of the budget of a year."""
        key = (missing, year if self._dated else None)
        if key not in self._cases:
            accounts = {code: account for code, account in self._order.items() if code not in self._whole}
            over_rows: list[Rule] = []
            of_tables: list[Asked] = []
            for rule, needs in self._others:
                reason = next((need for need in needs if need in missing), None)
                if reason is None and outside(rule.effective, year):
                    reason = "in_force"
                if reason:
                    accounts[rule.code] = ("not_applicable", reason)
                elif rule.scope == "row":
                    over_rows.append(rule)
                else:
                    of_tables.append(_ready(rule))
            self._cases[key] = TableCase(over_rows, of_tables, accounts)
        return self._cases[key]

    def accounts(self, cases: Sequence[TableCase], changed: Iterable[Change]) -> dict[str, list[Account]]:
        """The account of every rule, one entry a table in order, one in all for rules over the document. ``changed``
        holds what is neither passed nor refused, by code and table (0 for the document)."""
        accounts = {
            code: [own] if code in self._whole else [case.accounts[code] for case in cases]
            for code, own in self._order.items()
        }
        for (code, index), account in changed:
            accounts[code][index] = account
        return accounts


@lru_cache(_ACCOUNTS_REMEMBERED)
def text_of_accounts(kind: Kind, cases: tuple[TableCase, ...], changed: frozenset[Change]) -> str:
    """The accounts as text; small documents of a kind have few different ones."""
    return accounts_text(kind.accounts(cases, changed))


def _ready(rule: Rule) -> Asked:
    """The rule with its check; one that cannot be bound crashes when it is asked, like any other check that fails."""
    try:
        return rule, check_of(rule)
    except ValueError as error:
        failure = error

        def failing(_: Any, __: Rule) -> NoReturn:
            raise failure

        return rule, failing


def _refusal(rule: Rule, view: DocumentView, forced: frozenset[str]) -> str | None:
    """Why a rule cannot be asked of a document at all, or ``None``."""
    if not rule.covers(view.framework.name):
        return "profile"
    if rule.code not in forced and not rule.on_in(view.framework.name):
        return "off"
    return next((need for need in rule.needs if need in _FEATURES and need not in view.features), None)


def years_of(view: DocumentView) -> frozenset[int | None]:
    """The years of the budgets that a document's tables are of."""
    return frozenset(table.goal.fiscal_year for table in view.tables)


def _stands(rule: Rule, view: DocumentView) -> bool:
    """Is a rule on whole documents in force for some table of one, or for one without tables?"""
    years = years_of(view)
    return not years or any(outside(rule.effective, year) is None for year in years)


def _needs(rule: Rule) -> tuple[str, ...]:
    """What a table must have for the rule to be asked; it must be neither secret nor a blank form unless the rule is
    about that."""
    own = tuple(need for need in rule.needs if need in _GIVEN or need in ("whole_table", "previous"))
    apart = (("withheld", rule.withheld), ("blank", rule.blank))
    return (*(need for need, asked in apart if not asked), *own)
