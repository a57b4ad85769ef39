"""Which rules are asked of which tables, worked out once for all documents and tables that are alike.

A *kind* is all documents with the same profile and features, a *case* all tables in them that lack the same things.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NoReturn

from perfgoals_lint.lint.binding import check_of
from perfgoals_lint.lint.context import DocumentView, Row, Table
from perfgoals_lint.lint.kinds.generated import Selecting, planned
from perfgoals_lint.lint.kinds.kinds import row_conditions
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
_LISTS_REMEMBERED = 4096
_MANY = 32
"""Rows after which it pays to make one function of the selectors of all rules."""


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


@dataclass(eq=False)
class TableCase:
    """The rules for tables that lack the same things, by what they look at; ``accounts`` says what became of the rules
    over rows and tables before anything was found. Rules over rows are bound when there is a row."""

    over_rows: list[Rule]
    of_tables: list[Asked]
    accounts: dict[str, Account]
    _rows: int = 0
    _select: Selecting | None = None
    _lists: dict[int, list[Asked]] = field(default_factory=dict)

    @cached_property
    def of_rows(self) -> list[Asked]:
        """All rules over rows."""
        return [_ready(rule) for rule in self.over_rows]

    def about(self, row: Row) -> list[Asked]:
        """The rules over rows that may find something in a row: all, and once there have been many rows those whose
        selectors select it."""
        if self._select is None:
            self._rows += 1
            if self._rows <= _MANY:
                return self.of_rows
            self._select = planned([(rule.code, _conditions(rule)) for rule in self.over_rows]).select
        bits = self._select(row, (1 << len(self.over_rows)) - 1)
        found = self._lists.get(bits)
        if found is None:
            if len(self._lists) >= _LISTS_REMEMBERED:
                self._lists.clear()
            found = [asked for place, asked in enumerate(self.of_rows) if bits >> place & 1]
            self._lists[bits] = found
        return found


def _conditions(rule: Rule) -> Mapping[str, Any] | None:
    """The selector of a rule over rows; ``None`` where it has none, or cannot be bound, which it says when it is asked."""
    try:
        check_of(rule)
        return row_conditions(rule)
    except ValueError:
        return None


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
