"""One run: from paths to a stream of findings, with the counts and accounts that a report closes with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from perfgoals_lint import __version__, rulebook
from perfgoals_lint.discover import Found
from perfgoals_lint.engine import CRASHED, Engine, Result
from perfgoals_lint.extract import extract_file
from perfgoals_lint.findings import wording
from perfgoals_lint.model import Document, Finding, Problem, Status
from perfgoals_lint.reports.lines import Lines
from perfgoals_lint.reports.run import Account, DocumentInfo, Reason, Report, RuleInfo, Summary, is_active
from perfgoals_lint.rulebook import Rule, Rulebook
from perfgoals_lint.settings import Settings

GENERIC = frozenset({"markdown", "yaml", "json", "html"})
"""Formats in which a directory may well hold something that is no goal table."""


class Run:
    """Checks files one after the other; ``report`` holds what reporters need and fills as its findings are read."""

    def __init__(self, files: Iterable[Found], settings: Settings, book: Rulebook | None = None) -> None:
        self._files = files
        self._settings = settings
        self.book = book or rulebook.load(settings.parameters)
        rules, forced = choose_rules(self.book, settings)
        self._engine = Engine(rules, settings.lang, settings.framework, forced)
        self._accounts: dict[str, Counter[tuple[Status, str | None]]] = {
            rule.code: Counter() for rule in rules
        }
        self.crashed = False
        self.documents: list[DocumentInfo] = []
        self.report = Report(
            findings=self._findings(),
            version=__version__,
            ruleset=self.book.digest,
            lang=settings.lang,
            documents=self.documents,
            rules={rule.code: rule_info(rule, settings.lang) for rule in self.book},
            line_text=Lines(),
        )

    @property
    def incomplete(self) -> bool:
        """Could some input not be read, or some rule not be run? Known when the findings have been read."""
        return self.crashed or self.report.summary.unreadable > 0

    def _findings(self) -> Iterator[Finding]:
        for found in self._files:
            document = extract_file(found.path)
            if not found.named:
                _pass_over(document)
            result = self._engine.check(document)
            self._count(result)
            yield from result.findings
        self.report.accounting = {code: self._account(counter) for code, counter in self._accounts.items()}

    def _count(self, result: Result) -> None:
        summary: Summary = self.report.summary
        document = result.document
        info = DocumentInfo(document.path, document.format, document.layout, result.framework.name)
        info.framework_reason = result.framework.why[self._settings.lang]
        info.tables = len(document.tables)
        info.indicators = sum(len(table.indicators) for table in document.tables)
        for finding in result.findings:
            if is_active(finding):
                summary.findings += 1
                setattr(summary, finding.severity, getattr(summary, finding.severity) + 1)
            if finding.rule == CRASHED:
                self.crashed = True
            elif finding.rule.startswith("PGX") and finding.severity == "error":
                info.unreadable = True
                info.reason = info.reason or finding.message
        summary.files += 1
        summary.tables += info.tables
        summary.indicators += info.indicators
        summary.unreadable += info.unreadable
        self.documents.append(info)
        for code, accounts in result.accounts.items():
            self._accounts[code].update(accounts)

    def _account(self, counter: Counter[tuple[Status, str | None]]) -> Account:
        counts: dict[Status, int] = {}
        reasons: list[Reason] = []
        for (status, reason), number in sorted(
            counter.items(), key=lambda item: (item[0][0], item[0][1] or "")
        ):
            counts[status] = counts.get(status, 0) + number
            if reason:
                reasons.append(
                    Reason(status, wording(f"not_applicable.{reason}", self._settings.lang), number)
                )
        order: tuple[Status, ...] = ("crashed", "found", "passed", "not_applicable")
        overall: Status = next((status for status in order if counts.get(status)), "not_checked")
        return Account(overall, counts, reasons)


def choose_rules(book: Rulebook, settings: Settings) -> tuple[list[Rule], frozenset[str]]:
    """The rules of a run, and the codes that were named and so run even where they are off by default.

    Raises :class:`perfgoals_lint.rulebook.UnknownRuleError` for a selector that names no rule.
    """

    def codes(selectors: list[str]) -> frozenset[str]:
        return frozenset(rule.code for selector in selectors for rule in book.find(selector))

    named = codes(settings.select + settings.extend_select)
    left_out = codes(settings.ignore)
    rules = [
        rule for rule in book if (not settings.select or rule.code in named) and rule.code not in left_out
    ]
    return rules, named


def rule_info(rule: Rule, lang: str) -> RuleInfo:
    """A rule as reports show it."""
    return RuleInfo(
        rule.code,
        rule.name,
        rule.head["title"],
        rule.severity,
        wording(f"dimensions.{rule.letter}", lang),
        status=str(rule.head.get("status", "stable")),
        help=lambda: rulebook.page_text(rule),
    )


def _pass_over(document: Document) -> None:
    """A file of a generic format that was met in a directory and shows no label of a goal form is no goal table."""
    for number, problem in enumerate(document.problems):
        nothing_seen = problem.code == "PGX101" and not problem.args.get("seen")
        if nothing_seen and document.format in GENERIC:
            document.problems[number] = Problem("PGX105", problem.location, problem.args)
