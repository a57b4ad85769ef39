"""One run: from paths to a stream of findings, with the counts and accounts that a report closes with."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from perfgoals_lint.config.layers import Configs
from perfgoals_lint.config.plan import Books, Plan, Plans
from perfgoals_lint.config.settings import Settings
from perfgoals_lint.lint.finding import Writer
from perfgoals_lint.lint.outcome import CRASHED, DocumentInfo, PrintedLines, Project
from perfgoals_lint.lint.records import FileResult, Unchanged, accounts_of
from perfgoals_lint.model import SEVERITIES, Finding, Status
from perfgoals_lint.reports.documents import Documents
from perfgoals_lint.reports.lines import SourceLines, Stored
from perfgoals_lint.reports.run import READING, Report, RuleAccount, RuleInfo, Summary, TableStatus, is_active
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.measured import measured
from perfgoals_lint.rulebook.messages import message
from perfgoals_lint.rulebook.rule import Rule
from perfgoals_lint.rulebook.rules import Rulebook
from perfgoals_lint.runner.discover import FoundFile, Passed
from perfgoals_lint.runner.scans import is_scan, settled
from perfgoals_lint.runner.schedule import Schedule
from perfgoals_lint.suppression.gate import Gate
from perfgoals_lint.version import __version__

if TYPE_CHECKING:
    from perfgoals_lint.runner.distributed.client import Distributed
    from perfgoals_lint.runner.since import Since

_MOST_TEXTS = 500


class Run:
    """Checks files one after the other; ``report`` holds what reporters need and fills as its findings are read.

    ``plans`` gives the plan of each file; without it no configuration is looked for. ``since`` is what stood at the
    revision that the run compares with. ``seconds`` is the time by rule, when ``settings.timed``; ``failing`` counts the
    findings that reach the severity from which their file's configuration fails, ``warned`` the warnings by
    configuration. ``projects`` are those of each file's tables, when ``settings.projects``. ``passed`` are the files that
    nobody looks into.
    """

    def __init__(
        self,
        files: Iterable[FoundFile],
        settings: Settings,
        plans: Plans | None = None,
        since: Since | None = None,
        passed: Sequence[Passed] = (),
    ) -> None:
        self.plans = plans or Plans(Configs(isolated=True), settings.layer())
        self._files = files = files if isinstance(files, Sized) else list(files)
        self._passed = passed
        self._settings = settings
        self._since = since
        self.gate = Gate(settings, self.plans)
        # An earlier state of a file is compared finding by finding.
        self._in_lines = settings.lines and since is None
        self._schedule = _schedule(self.plans.books, settings)
        if self._in_lines and isinstance(self._schedule, Schedule):
            self._schedule.in_lines = self.gate.is_idle
        used = _used(self.plans, files, since, settings)
        books = {plan.digest: self.plans.book(plan) for plan in used.values()}
        self.rules = {rule.code: rule for book in reversed(books.values()) for rule in book}
        self._collected = self._then = None
        if any(plan.across for plan in used.values()):
            from perfgoals_lint.runner.across import Collected

            self._collected = Collected(self.rules.values(), self._lang_of)
            self._then = Collected(self.rules.values(), self._lang_of) if since else None
        self._accounts: dict[str, Counter[tuple[Status, str | None]]] = {}
        self._account_texts: Counter[str] = Counter()
        self._tables: dict[str, list[TableStatus]] = {}
        self.crashed = False
        self.failing = 0
        self.warned: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        self.documents = Documents()
        self.projects: dict[str, list[Project]] = {}
        parts = self._lines() if self._in_lines else None
        self.report = Report(
            findings=() if parts is not None else self._findings(),
            version=__version__,
            ruleset=_digest(books),
            lang=settings.lang,
            documents=self.documents,
            rules={code: rule_info(rule, settings.lang) for code, rule in sorted(self.rules.items())},
            line_text=SourceLines(),
            stored=Stored(self._format_of),
            lines=parts,
        )

    def _format_of(self, path: str) -> str | None:
        """The format of a file that was read."""
        info = self.documents.of(path)
        return info.format if info else None

    def _lang_of(self, path: str) -> str:
        return self.plans.of(path).lang

    def crowded(self) -> Iterator[tuple[int, int]]:
        """How many warnings there are and may be, of each configuration that allows fewer."""
        for plan in {plan.home: plan for plan in self.plans.made()}.values():
            if plan.warnings is not None and self.warned[plan.home] > plan.warnings:
                yield self.warned[plan.home], plan.warnings

    @property
    def incomplete(self) -> bool:
        """Could some input not be read, some rule not be run, or did a whole directory hold no table? A file that was
        named, read and has no goal table (a letter, a list) is no fault, and neither are changed files alone. Known
        when the findings have been read."""
        summary = self.report.summary
        files = summary.files + len(self._settings.excluded)
        met = (self._settings.walked and files > 0) or summary.not_looked_at > 0
        nothing = met and not summary.tables and not self._settings.partial
        return self.crashed or nothing or summary.unreadable > 0

    def _findings(self) -> Iterator[Finding]:
        for _, findings in self.results():
            yield from findings

    def _lines(self) -> Iterator[Finding | PrintedLines]:
        for _, part in self._parts():
            yield from part if isinstance(part, list) else (part,)

    def results(self) -> Iterator[tuple[DocumentInfo | None, list[Finding]]]:
        """What became of each file, and its findings; at the end what no single file shows, without a file. Read either
        this or the findings of the report, once."""
        for info, part in self._parts():
            if isinstance(part, list):  # lines come only where they were asked for
                yield info, part

    def _parts(self) -> Iterator[tuple[DocumentInfo | None, list[Finding] | PrintedLines]]:
        since = self._since
        if since is not None:
            self.gate.stood = since.look_back(self._schedule, self.plans, self.gate, self._then)
        collect = self._collected.add if self._collected else None
        scans: list[FileResult] = []
        for plan, result in self._schedule.results(self._files, self.plans.of, collect):
            if is_scan(result):
                scans.append(result)
            elif self._in_lines and self._is_idle(plan, result):
                yield result.info, self._printed(result, plan)
            else:
                yield result.info, self._gated(result, plan)
        lang = self._settings.lang
        passed = (not_looked_at(one, lang) for one in self._passed)
        for result in (*settled(scans, self.documents, lang), *passed):
            yield result.info, self._gated(result, self.plans.of(result.info.path))
        closing = [*self._across(), *self.gate.close()]
        self._tally(closing)
        self.report.gaps = self.gate.gaps
        yield None, closing
        self._add_accounts()
        self.report.accounting = {
            code: self._account(code, self._accounts[code]) for code in sorted(self._accounts)
        }

    def _is_idle(self, plan: Plan, result: FileResult) -> bool:
        return not result.directives and self.gate.is_idle(plan, result.info.path)

    def _printed(self, result: FileResult, plan: Plan) -> list[Finding] | PrintedLines:
        """The lines of a file that has nothing set aside or changed: those that are kept, or new ones to keep."""
        if isinstance(result, Unchanged) and result.lines is not None:
            self.gate.pass_over(result, plan)
            self._count_lines(result.info, result.lines, plan)
            return result.lines
        findings = self._gated(result, plan)
        info = result.info
        if info.state != "checked" or any(finding.rule.startswith(READING) for finding in findings):
            return findings
        from perfgoals_lint.reports.concise import text_of

        counts = [info.error, info.warning, info.info]
        text = text_of(findings, self._settings.lang)
        lines = PrintedLines(
            text, counts, info.format, info.tables, info.indicators, info.account, info.outside.count
        )
        if isinstance(self._schedule, Schedule):
            self._schedule.keep(info.path, lines)
        return lines

    def _count_lines(self, info: DocumentInfo, lines: PrintedLines, plan: Plan) -> None:
        summary: Summary = self.report.summary
        summary.add_document(replace(info, indicators=lines.indicators, account=lines.account))
        self.report.outside += lines.outside
        info.error, info.warning, info.info = lines.counts
        summary.error += info.error
        summary.warning += info.warning
        summary.info += info.info
        summary.findings += sum(lines.counts)
        self.failing += sum(lines.counts[: SEVERITIES.index(plan.fail_on) + 1])
        self.warned[plan.home] += info.warning
        self.documents.append(info)

    def _gated(self, result: FileResult, plan: Plan) -> list[Finding]:
        """The findings of a file as the gate lets them pass, counted."""
        findings = self.gate.apply(result, plan)
        self._count(result, findings)
        return findings

    def _across(self) -> list[Finding]:
        """What rules over several tables find when they see all files; a rule that is off for a file stays off."""
        if self._collected is None:
            return []
        since = self._since
        if since is None or self._then is None:
            return self.gate.across(self._collected.close())
        findings, stood = since.across(self._collected, self._then, self._schedule, self.plans, self.gate)
        return self.gate.across(findings, stood)

    def _count(self, result: FileResult, findings: list[Finding]) -> None:
        summary: Summary = self.report.summary
        info = result.info
        summary.add_document(info)
        self.report.outside += info.outside.count
        if self._settings.projects:
            self.projects[info.path] = result.projects
        if result.printed:
            self._keep(info.path, result.printed)
        self._account_texts[result.accounts] += 1
        if self._settings.accounting:
            self._account_tables(info, result.accounts)
        if len(self._account_texts) > _MOST_TEXTS:
            self._add_accounts()
        self.seconds.update(result.seconds)
        self._tally(findings, info)
        self.documents.append(info)

    def _keep(self, path: str, printed: str) -> None:
        """Keep the tables of a file as they are printed, for a report that shows them."""
        if self.report.printed is None:
            from perfgoals_lint.reports.texts import Texts

            self.report.printed = Texts()
        self.report.printed[path] = printed

    def _add_accounts(self) -> None:
        for text, times in self._account_texts.items():
            for code, status, reason, number in accounts_of(text):
                self._accounts.setdefault(code, Counter())[status, reason] += number * times
        self._account_texts.clear()

    def _account_tables(self, info: DocumentInfo, text: str) -> None:
        """Keep what became of every rule in every table of a file; a rule over the whole file has one entry for it."""
        places: Counter[str] = Counter()
        for code, status, reason, number in accounts_of(text):
            said = self._said(reason) if reason else None
            whole = self.rules[code].scope == "document"
            for index in range(places[code], places[code] + number):
                entry = TableStatus(info.path, None if whole else index, status, said)
                self._tables.setdefault(code, []).append(entry)
            places[code] += number

    def _tally(self, findings: list[Finding], info: DocumentInfo | None = None) -> None:
        """Count findings, of the file at hand or of files that were told of before."""
        summary: Summary = self.report.summary
        for finding in findings:
            summary.add_finding(finding)
            if is_active(finding):
                if info is not None and info.path == finding.document:
                    setattr(info, finding.severity, getattr(info, finding.severity) + 1)
                else:
                    self.documents.add_finding(finding.document, finding.severity)
                plan = self.plans.of(finding.document)
                self.failing += SEVERITIES.index(finding.severity) <= SEVERITIES.index(plan.fail_on)
                self.warned[plan.home] += finding.severity == "warning"
            self.crashed = self.crashed or finding.rule == CRASHED

    def _account(self, code: str, counter: Counter[tuple[Status, str | None]]) -> RuleAccount:
        found = sorted((status, reason or "", number) for (status, reason), number in counter.items())
        said = ((status, self._said(reason) if reason else None, number) for status, reason, number in found)
        return RuleAccount.of(said, self._tables.get(code, []))

    def _said(self, reason: str) -> str:
        """Why a rule was not applicable, in the run's language."""
        return message("engine", f"not_applicable.{reason}", self._settings.lang)


def _schedule(books: Books, settings: Settings) -> Schedule | Distributed:
    """Who checks the files of a run: this machine, or the workers of a scheduler."""
    if settings.scheduler is None:
        return Schedule(books, settings)
    from perfgoals_lint.runner.distributed.client import Distributed

    return Distributed(books, settings)


def not_looked_at(passed: Passed, lang: str) -> FileResult:
    """The result of a file that nobody looks into; one that may hold goal tables has a finding that says so."""
    info = DocumentInfo(passed.path, passed.kind, state="not_looked_at", reason=passed.reason(lang))
    writer = Writer(lang)
    return FileResult(info, [writer.problem(problem, passed.path) for problem in passed.problems()])


def _used(
    plans: Plans, files: Iterable[FoundFile], since: Since | None, settings: Settings
) -> dict[str, Plan]:
    """The plans whose rulebooks a report tells of, by their keys: those of the files; that of the run's own place where there
    is no file."""
    paths = (found.shown for found in chain(files, since.rest if since else ()))
    used = {plan.key: plan for plan in map(plans.of, paths)}
    own = plans.of(os.path.join(settings.root or os.curdir, "-"))
    return used or {own.key: own}


def _digest(books: Mapping[str, Rulebook]) -> str:
    """The state of the rulebooks that a run uses, as one name."""
    if len(books) == 1:
        return next(iter(books))
    return hashlib.sha256("".join(sorted(books)).encode()).hexdigest()[:16]


def rule_info(rule: Rule, lang: str) -> RuleInfo:
    """A rule as reports show it."""
    figures = measured(rule.code)
    return RuleInfo(
        rule.code,
        rule.name,
        rule.title,
        rule.severity,
        message("engine", f"dimensions.{rule.letter}", lang),
        precision=figures.grade if figures else "high",
        status=rule.status,
        help=lambda: rulebook.page_text(rule),
    )
