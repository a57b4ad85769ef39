"""What stands between the findings of the rules and a report: overrides, exceptions and the baseline, in that order.

All of it is applied to finished results, in the order of the run, so that a cached result and one from another process
go the same way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from perfgoals_lint.findings import Writer
from perfgoals_lint.jobs import unread
from perfgoals_lint.model import Finding, Location, Problem
from perfgoals_lint.plan import Override, Plan, Plans
from perfgoals_lint.records import Directive, FileResult
from perfgoals_lint.rulebook import Rulebook, UnknownRuleError
from perfgoals_lint.settings import Settings


class Gate:
    """Sets findings aside as configuration, comments, exceptions and baseline ask, and reports what asked in vain."""

    def __init__(self, book: Rulebook, settings: Settings, plans: Plans) -> None:
        self._book = book
        self._settings = settings
        self._plans = plans
        self._writer = Writer(settings.lang)
        self._fingerprints: Counter[str] = Counter()
        self.baseline = None
        self.exceptions = None
        if settings.suppress:
            from perfgoals_lint.exceptions import Exceptions

            self.exceptions = Exceptions(book, settings, plans)
        if settings.baseline is not None:
            from perfgoals_lint.baseline import Baseline

            self.baseline = Baseline.load(settings.baseline)

    def apply(self, result: FileResult, plan: Plan) -> list[Finding]:
        """The findings of one file as reports see them, notes on its inline comments included."""
        findings = [finding for finding in result.findings if _overridden(finding, plan)]
        if self.exceptions is not None:
            findings += self._inline(findings, result, plan)
            self.exceptions.apply(findings, result, plan)
        for finding in findings:
            self._number(finding)
        self._against_baseline(findings, plan)
        return findings

    def close(self) -> list[Finding]:
        """What can only be said when all files were seen: exceptions that are unused, expired or lapsed."""
        problems = self.exceptions.problems() if self.exceptions is not None else []
        findings = [self._writer.problem(problem, problem.location.path) for problem in problems]
        for finding in findings:
            self._number(finding)
        self._against_baseline(findings, None)
        return findings

    def _against_baseline(self, findings: list[Finding], plan: Plan | None) -> None:
        if self.baseline is None:
            return
        for finding in findings:
            fixed = protected(finding, plan)
            finding.baseline_state = "new" if fixed else self.baseline.state(finding)

    def _number(self, finding: Finding) -> None:
        """Tell apart what looks the same in two files of the same name."""
        self._fingerprints[finding.fingerprint] += 1
        count = self._fingerprints[finding.fingerprint]
        if count > 1:
            finding.fingerprint += f".{count}"

    def _inline(self, findings: list[Finding], result: FileResult, plan: Plan) -> list[Finding]:
        notes: list[Problem] = []
        for directive in result.directives:
            notes += self._directive(directive, findings, result.info.path, plan)
        return [self._writer.problem(note, result.info.path) for note in notes]

    def _directive(
        self, directive: Directive, findings: list[Finding], path: str, plan: Plan
    ) -> Iterator[Problem]:
        place = Location(path, line=directive.line)
        if directive.table is not None:
            place = Location(path, table=directive.table, row=directive.line)
        codes: set[str] = set()
        for selector in directive.selectors:
            try:
                codes.update(codes_of(self._book, selector))
            except UnknownRuleError:
                yield Problem("PGX305", place, {"line": str(directive.line), "rules": selector})
        shown = {
            "line": str(directive.line),
            "rules": ", ".join(directive.selectors),
            "target": directive.reason,
        }
        hit = [finding for finding in findings if finding.rule in codes and _there(finding, directive)]
        for finding in hit:
            if protected(finding, plan):
                yield Problem("PGX304", place, {**shown, "rules": finding.rule})
            elif finding.suppressed is None:
                finding.suppressed = {"kind": "inline", "reason": directive.reason, "line": directive.line}
        if codes and not hit:
            yield Problem("PGX301", place, shown)


def protected(finding: Finding, plan: Plan | None) -> bool:
    """May nothing set the finding aside? So it is with mandatory rules and with what could not be read."""
    return (
        unread(finding) or finding.rule == "PGX201" or (plan is not None and finding.rule in plan.mandatory)
    )


def codes_of(book: Rulebook, selector: str) -> list[str]:
    """The codes that a selector names; a ``PGX`` code names itself. Raises ``UnknownRuleError``."""
    if re.fullmatch(r"PGX\d+", selector.strip(), re.IGNORECASE):
        return [selector.strip().upper()]
    return [rule.code for rule in book.find(selector)]


def _there(finding: Finding, directive: Directive) -> bool:
    place = finding.location
    if place is None:
        return False
    if directive.table is not None:
        return place.table == directive.table and place.row in directive.rows
    return place.line in directive.rows


def _overridden(finding: Finding, plan: Plan) -> bool:
    """Does the finding stay? Severities of the configuration are put in on the way."""
    finding.severity = plan.severity.get(finding.rule, finding.severity)
    for override in plan.projects:
        if finding.project_name is not None and _fits(finding.project_name, override):
            if finding.rule in override.ignore:
                return False
            finding.severity = override.severity.get(finding.rule, finding.severity)
    return True


def _fits(project: str, override: Override) -> bool:
    return _pattern(override.pattern).fullmatch(project) is not None


@lru_cache(256)
def _pattern(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"([*?])", pattern)
    return re.compile("".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in parts), re.DOTALL)
