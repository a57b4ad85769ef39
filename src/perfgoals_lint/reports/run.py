"""What a reporter is given: the findings of a run, and what the run covered.

``Report.findings`` may be a stream: a reporter goes through it once, in order. Everything else in a ``Report`` is
complete when that stream has ended, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as member
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from perfgoals_lint.lint.finding import is_active as is_active
from perfgoals_lint.lint.finding import of_reading, problem_title
from perfgoals_lint.lint.outcome import DocumentInfo, PrintedLines
from perfgoals_lint.model import SEVERITIES, Finding, Severity, Status

if TYPE_CHECKING:
    from perfgoals_lint.reports.lines import Stored
    from perfgoals_lint.reports.texts import Texts

STATUSES: tuple[Status, ...] = ("not_applicable", "passed", "found", "not_checked", "crashed")
"""From the least to the most telling: the last of them that occurs is the status of the rule."""

READING = "PGX"
"""How the codes begin that tell of what could not be read, recognised or checked."""

LineText = Callable[[str, int], str | None]


@dataclass(slots=True)
class Summary:
    """Counts over the whole run. ``files`` are those that were looked into: ``unreadable`` and ``not_goal_tables``
    (letters, lists) among them, ``not_looked_at`` beside them. ``findings`` and the severities count what is neither
    suppressed nor baselined. ``account`` is that of the figures: how many there are, and how many agree, contradict …"""

    files: int = 0
    tables: int = 0
    indicators: int = 0
    findings: int = 0
    error: int = 0
    warning: int = 0
    info: int = 0
    suppressed: int = 0
    baselined: int = 0
    unreadable: int = 0
    not_goal_tables: int = 0
    not_looked_at: int = 0
    account: dict[str, int] = member(default_factory=dict)

    def add_document(self, info: DocumentInfo) -> None:
        """Count a file, without its findings."""
        self.files += info.state != "not_looked_at"
        self.not_looked_at += info.state == "not_looked_at"
        self.not_goal_tables += info.state == "no_table"
        self.unreadable += info.unreadable
        self.tables += info.tables
        self.indicators += info.indicators
        for name, number in info.account.items():
            self.account[name] = self.account.get(name, 0) + number

    def add_finding(self, finding: Finding) -> None:
        """Count a finding by its severity, or as one that is set aside."""
        if finding.suppressed is not None:
            self.suppressed += 1
        elif not is_active(finding):
            self.baselined += 1
        else:
            self.findings += 1
            setattr(self, finding.severity, getattr(self, finding.severity) + 1)


@dataclass(slots=True)
class RuleInfo:
    """A rule as reports show it. ``title`` is by language; ``help`` gives the rule's page as Markdown when asked."""

    code: str
    name: str
    title: Mapping[str, str]
    severity: Severity
    dimension: str
    basis: str | None = None
    precision: str = "high"
    status: str = "stable"
    help: Callable[[], str] = str


@dataclass(slots=True)
class Reason:
    """Why a rule did not apply, could not be checked or crashed, and in how many tables."""

    status: Status
    text: str
    count: int = 1


@dataclass(slots=True)
class TableStatus:
    """The status of one rule for one table (``table_index`` 0-based; ``None`` for the whole document)."""

    document: str
    table_index: int | None
    status: Status
    reason: str | None = None


@dataclass(slots=True)
class RuleAccount:
    """What became of one rule: its overall status, the number of tables of each status, the reasons.

    ``tables`` is filled only when the account of every table was asked for.
    """

    status: Status = "not_applicable"
    counts: dict[Status, int] = member(default_factory=dict)
    reasons: list[Reason] = member(default_factory=list)
    tables: list[TableStatus] = member(default_factory=list)

    @property
    def why(self) -> list[str]:
        """The reasons for its status."""
        return [reason.text for reason in self.reasons if reason.status == self.status]

    @classmethod
    def of(cls, found: Iterable[tuple[Status, str | None, int]], tables: list[TableStatus]) -> RuleAccount:
        """The account of a rule that had some status, for a reason in the run's language, in so many tables each; its
        status is the most telling of them."""
        account = cls(tables=tables)
        for status, reason, number in found:
            account.counts[status] = account.counts.get(status, 0) + number
            if reason is not None:
                account.reasons.append(Reason(status, reason, number))
        account.status = max(account.counts, key=STATUSES.index, default=account.status)
        return account


@dataclass(slots=True)
class Report:
    """A run as every reporter sees it. Findings come document by document, in the order of the document;
    ``documents`` may grow while they come, in the same order.

    ``line_text`` gives the text of a line (1-based) of a text carrier, for formats that count columns in other units;
    ``stored`` finds tables in the text that holds them.
    ``printed`` gives the tables of a document as text (see :mod:`perfgoals_lint.reports.printed`), for formats that show them.
    ``outside`` counts the texts in no goal table, which no rule looked into. ``unlisted`` are the findings that count and that
    the report was asked not to list, ``gaps`` the reading problems that the configuration leaves out or makes remarks.
    ``lines``, where the run was asked for them, is gone through in place of ``findings`` by the concise report: files
    whose lines are known as such, and findings for all others.
    """

    findings: Iterable[Finding]
    version: str
    ruleset: str
    lang: str = "zh"
    documents: Sequence[DocumentInfo] = ()
    summary: Summary = member(default_factory=Summary)
    outside: int = 0
    unlisted: Tally = member(default_factory=lambda: Tally())
    gaps: int = 0
    rules: Mapping[str, RuleInfo] = member(default_factory=dict)
    accounting: Mapping[str, RuleAccount] = member(default_factory=dict)
    line_text: LineText | None = None
    stored: Stored | None = None
    printed: Texts | None = None
    lines: Iterable[PrintedLines | Finding] | None = None

    def unreadable(self, told: Container[str] = ()) -> Iterator[DocumentInfo]:
        """The documents that could not be read, without those of the paths that were ``told`` of already."""
        return (one for one in self.documents if one.unreadable and one.path not in told)

    def not_looked_at(self) -> list[DocumentInfo]:
        """The files that nobody looked into."""
        return [document for document in self.documents if document.state == "not_looked_at"]

    def heading(self, code: str, name: str = "") -> str:
        """Code and title of a rule or a reading problem in the run's language; ``name`` stands in for one that is not
        known."""
        rule = self.rules.get(code)
        title = rule.title.get(self.lang, rule.name) if rule else problem_title(code, self.lang) or name
        return f"{code} {title}".rstrip()


@dataclass(slots=True, frozen=True)
class Options:
    """How a report is written. ``width`` is in terminal columns (``None``: the terminal's, or 80 in a pipe); ``base`` is
    the directory that relative addresses in machine formats start from; findings below ``fail_on`` do not forbid
    submission (``None``: none does); ``verbose`` shows infos and every place of equal findings in the terminal report, which
    ``group_by`` orders. ``quiet`` leaves out all but findings; ``warn`` is told what a format had to leave out; ``part`` is the
    one to write, of a format that may be split."""

    colour: Literal["auto", "always", "never"] = "auto"
    width: int | None = None
    show_accounting: bool = False
    show_suppressed: bool = False
    base: Path | None = None
    fail_on: Severity | None = "error"
    verbose: bool = False
    group_by: Literal["severity", "rule", "file", "unit"] = "severity"
    quiet: bool = False
    warn: Callable[[str], None] | None = None
    part: int = 1


def shown(report: Report, options: Options) -> Iterator[Finding]:
    """The findings that a report for people contains."""
    return (f for f in report.findings if options.show_suppressed or is_active(f))


def by_document(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings that count, by the path of their document."""
    found: dict[str, list[Finding]] = {}
    for finding in filter(is_active, findings):
        found.setdefault(finding.document, []).append(finding)
    return found


def forbids(severity: Severity, options: Options) -> bool:
    """Does a finding of this severity forbid submission?"""
    return options.fail_on is not None and SEVERITIES.index(severity) <= SEVERITIES.index(options.fail_on)


class Tally:
    """Counts of findings by severity, in all, by dimension and by rule.

    ``names`` are the names of the rules that were found, ``problems`` the documents with a reading problem (``PGX…``).
    """

    def __init__(self) -> None:
        self.total = dict.fromkeys(SEVERITIES, 0)
        self.dimensions: dict[str, dict[Severity, int]] = {}
        self.rules: dict[str, dict[Severity, int]] = {}
        self.names: dict[str, str] = {}
        self.problems: set[str] = set()

    def count(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The same findings; those that are active are counted on their way through."""
        for finding in findings:
            if is_active(finding):
                self.add(finding)
            yield finding

    def add_lines(self, lines: PrintedLines) -> None:
        """Count the findings of a file whose lines are known; by rule and dimension they are not."""
        for severity, number in zip(SEVERITIES, lines.counts, strict=True):
            self.total[severity] += number

    def add(self, finding: Finding) -> None:
        """Count a finding."""
        for counts in (
            self.total,
            self.dimensions.setdefault(finding.dimension, dict.fromkeys(SEVERITIES, 0)),
            self.rules.setdefault(finding.rule, dict.fromkeys(SEVERITIES, 0)),
        ):
            counts[finding.severity] += 1
        self.names[finding.rule] = finding.name
        if finding.rule.startswith(READING):
            self.problems.add(finding.document)

    def forbidding(self, options: Options) -> int:
        """How many faults of the tables themselves forbid submission."""
        return self._count(False, [severity for severity in SEVERITIES if forbids(severity, options)])

    def unread(self) -> int:
        """How many places were not read, or not surely: whatever the run fails on, nobody can vouch for them."""
        return self._count(True, ["error", "warning"])

    def _count(self, reading: bool, severities: list[Severity]) -> int:
        return sum(
            counts[severity]
            for code, counts in self.rules.items()
            if of_reading(code) == reading
            for severity in severities
        )
