"""What stands between the findings of the rules and a report: overrides, exceptions and the baseline, in that order.

All of it is applied to finished results, in the order of the run, so that a cached result and one from another process
go the same way.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfgoals_lint.config.plan import Escaped, Plan, Plans
from perfgoals_lint.config.settings import Settings
from perfgoals_lint.console import from_here
from perfgoals_lint.lint.finding import Writer, of_reading
from perfgoals_lint.lint.records import FileResult
from perfgoals_lint.model import Directive, Finding, Location, Problem
from perfgoals_lint.rulebook.rules import UnknownRuleError
from perfgoals_lint.suppression.overrides import overridden
from perfgoals_lint.suppression.protection import codes_of, protected

if TYPE_CHECKING:
    from perfgoals_lint.suppression.baseline import Baseline
    from perfgoals_lint.suppression.stood import Stood

_STATES = ("unchanged", "updated", "new")
"""Baseline states; where the baseline and the revision differ, the one that knows the finding better holds."""


@dataclass(slots=True)
class _Comment:
    """An inline comment and the rules that it names. ``used`` says that it silenced something, or that nothing is to
    be said if it does not."""

    directive: Directive
    document: str
    codes: frozenset[str]
    used: bool = False


class Gate:
    """Sets findings aside as configuration, comments, exceptions and baseline ask, and reports what asked in vain.

    Every file has the baseline and the exceptions of its own configuration. ``stood`` are the findings of the revision
    that the run compares with; what stood there counts as known, as what the baseline holds does. ``gaps`` counts the warnings
    of what was not read that the configuration leaves out or makes remarks: nobody can vouch for them all the same.
    """

    def __init__(self, settings: Settings, plans: Plans) -> None:
        self._plans = plans
        self._settings = settings
        self._met: dict[str, tuple[str, int]] = {}
        self._wide: dict[str, frozenset[str]] = {}
        self._waiting: list[_Comment] = []
        self._baselines: dict[str, Baseline] = {}
        self.stood: Stood | None = None
        self.gaps = 0
        self.exceptions = None
        if settings.suppress:
            from perfgoals_lint.suppression.exceptions import Exceptions

            self.exceptions = Exceptions(settings, plans)
        if settings.baseline is not None:
            self.baseline(settings.baseline)

    def baseline(self, path: str) -> Baseline:
        """The baseline at a path, read once. Raises :class:`perfgoals_lint.config.layers.ConfigError`."""
        if path not in self._baselines:
            from perfgoals_lint.suppression.baseline import Baseline

            self._baselines[path] = Baseline.load(path)
        return self._baselines[path]

    def look_ahead(self, plan: Plan, path: str) -> None:
        """Read what is set aside for a file, so that a mistake in it is told before anything else."""
        if plan.baseline is not None:
            self.baseline(plan.baseline)
        if self.exceptions is not None:
            self.exceptions.look_ahead(path)

    def _across_codes(self, plan: Plan) -> frozenset[str]:
        if plan.key not in self._wide:
            codes = (rule.code for rule in self._plans.book(plan) if plan.across and rule.across)
            self._wide[plan.key] = frozenset(codes)
        return self._wide[plan.key]

    def apply(self, result: FileResult, plan: Plan) -> list[Finding]:
        """The findings of one file as reports see them, notes on its inline comments included."""
        path = result.info.path
        self.pass_over(result, plan)
        gaps = _gaps(result.findings)
        findings = [finding for finding in result.findings if overridden(finding, plan)]
        self.gaps += gaps - _gaps(findings)
        if self.exceptions is not None:
            comments, notes = self._comments(result)
            for comment in comments:
                notes += self._silence(comment, findings, plan)
                if comment.codes & self._across_codes(plan):
                    self._waiting.append(comment)
                elif not comment.used:
                    notes.append(_note("PGX301", comment))
            findings += self._written(notes)
            self.exceptions.met(result)
            self.exceptions.apply(findings, path, plan)
        self._judge(findings, lambda _: plan, self.stood)
        return findings

    def is_idle(self, plan: Plan, path: str) -> bool:
        """Is there nothing outside a file that could set aside or change a finding of it?"""
        if not plan.is_plain or self.stood is not None:
            return False
        return self.exceptions is None or not self.exceptions.there_are_for(path)

    def pass_over(self, result: FileResult, plan: Plan) -> None:
        """Take note of a file, which is all where the gate is idle: how many there are of each configuration, and one of
        them."""
        path, number = self._met.get(plan.home, (result.info.path, 0))
        self._met[plan.home] = path, number + 1

    def before(self, result: FileResult, plan: Plan) -> list[Finding]:
        """The findings of an earlier state of a file that its own comments did not set aside. Exceptions and baseline
        are those of now, and have their say on what is found now."""
        findings = [finding for finding in result.findings if overridden(finding, plan)]
        if self.exceptions is not None:
            comments, notes = self._comments(result)
            for comment in comments:
                notes += self._silence(comment, findings, plan)
            notes += [_note("PGX301", comment) for comment in comments if not comment.used]
            findings += self._written(notes)
        return [finding for finding in findings if finding.suppressed is None]

    def overhear(self, result: FileResult) -> None:
        """Mark the comments of a file that is read only for what several files say together."""
        if self.exceptions is not None:
            for comment in self._comments(result)[0]:
                comment.used = True
                self._waiting.append(comment)

    def across(self, findings: list[Finding], stood: Stood | None = None) -> list[Finding]:
        """The findings over several files as reports see them, and notes on comments that silenced nothing in any file.
        A rule that is off for a file stays off."""
        planned = [(finding, self._plans.of(finding.document)) for finding in findings]
        kept = [one for one, plan in planned if one.rule in plan.codes and overridden(one, plan)]
        notes: list[Finding] = []
        for comment in self._waiting:
            there = [finding for finding in kept if finding.document == comment.document]
            said = list(self._silence(comment, there, self._plans.of(comment.document)))
            if not comment.used:
                said.append(_note("PGX301", comment))
            notes += self._written(said)
        if self.exceptions is not None:
            for finding in kept:
                self.exceptions.apply([finding], finding.document, self._plans.of(finding.document))
        self._judge(kept, self._plans.of, stood)
        self._judge(notes, _planless, self.stood)
        return kept + notes

    def before_across(self, findings: list[Finding], results: list[FileResult]) -> list[Finding]:
        """The findings over several files in an earlier state that the comments of these files did not set aside."""
        if self.exceptions is not None:
            for comment in (comment for result in results for comment in self._comments(result)[0]):
                there = [finding for finding in findings if finding.document == comment.document]
                deque(self._silence(comment, there, self._plans.of(comment.document)), 0)
        return [finding for finding in findings if finding.suppressed is None]

    def close(self) -> list[Finding]:
        """What can only be said when all files were seen: exceptions that are unused, expired or lapsed."""
        problems = self.exceptions.problems() if self.exceptions is not None else []
        problems += list(self._escaped())
        findings = self._written(problems)
        self._judge(findings, _planless, self.stood)
        return findings

    def _escaped(self) -> Iterator[Problem]:
        """Where a configuration does not make mandatory what one above it does, and where files are excluded from it."""
        seen: dict[tuple[str, str], tuple[Escaped, int]] = {}
        for path, met in self._met.values():
            for one in self._plans.escaped(path):
                known = seen.get((one.home, one.path), (one, 0))
                seen[one.home, one.path] = (one, known[1] + met)
        for one, number in seen.values():
            args = {"rules": ", ".join(one.codes), "above": from_here(one.path), "n": str(number)}
            yield Problem("PGX308", Location(from_here(one.home), line=1), args)
        slipped = Counter(home for home in map(self._plans.slipped, self._settings.excluded) if home)
        for home, number in sorted(slipped.items()):
            yield Problem("PGX309", Location(from_here(home), line=1), {"n": str(number)})

    def _written(self, problems: list[Problem]) -> list[Finding]:
        """What is to be said of comments and exceptions, as findings of the file that they stand in."""
        return [
            Writer(self._plans.of(problem.location.path).lang).problem(problem, problem.location.path)
            for problem in problems
        ]

    def _judge(
        self, findings: list[Finding], plan_of: Callable[[str], Plan | None], stood: Stood | None
    ) -> None:
        """Say of each finding whether it is new: at the revision, and to the baseline of its file."""
        then = stood.states(findings) if stood is not None else None
        for at, finding in enumerate(findings):
            known = self._plans.of(finding.document).baseline
            if known is None and then is None:
                continue
            states = {then[at]} if then is not None else set()
            if protected(finding, plan_of(finding.document)):
                states = {"new"}
            elif known is not None:
                states.add(self.baseline(known).state(finding))
            finding.baseline_state = next(state for state in _STATES if state in states)

    def _comments(self, result: FileResult) -> tuple[list[_Comment], list[Problem]]:
        """The comments of a file that name rules, and notes on names that are none."""
        comments: list[_Comment] = []
        notes: list[Problem] = []
        book = self._plans.book(self._plans.of(result.info.path))
        strict = self._plans.of(result.info.path).require_reason
        for directive in result.directives:
            codes: set[str] = set()
            comment = _Comment(directive, result.info.path, frozenset())
            if directive.fault is not None:
                notes.append(_note("PGX306", comment, text=directive.text, why=directive.fault))
                continue
            if strict and not directive.reason:
                notes.append(_note("PGX307", comment))
                continue
            for selector in directive.selectors:
                try:
                    codes.update(codes_of(book, selector))
                except UnknownRuleError:
                    notes.append(_note("PGX305", comment, rules=selector))
            if codes:
                comment.codes = frozenset(codes)
                comments.append(comment)
        return comments, notes

    def _silence(self, comment: _Comment, findings: list[Finding], plan: Plan) -> Iterator[Problem]:
        directive = comment.directive
        for finding in findings:
            if finding.rule not in comment.codes or not _there(finding, directive):
                continue
            comment.used = True
            if protected(finding, plan):
                yield _note("PGX304", comment, rules=finding.rule)
            elif finding.suppressed is None:
                finding.suppressed = {"kind": "inline", "reason": directive.reason, "line": directive.line}


def _gaps(findings: list[Finding]) -> int:
    """How many findings say that something was not read, or not surely."""
    return sum(of_reading(finding.rule) and finding.severity != "info" for finding in findings)


def _note(code: str, comment: _Comment, **args: str) -> Problem:
    """What is to be said of a comment."""
    directive = comment.directive
    place = Location(comment.document, line=directive.line)
    if directive.table is not None:
        place = Location(comment.document, table=directive.table, row=directive.line)
    said = {"line": str(directive.line), "rules": ", ".join(directive.selectors), "target": directive.reason}
    return Problem(code, place, {**said, **args})


def _planless(_: str) -> None:
    """No plan has a say on what is said of comments and exceptions."""


def _there(finding: Finding, directive: Directive) -> bool:
    place = finding.location
    if directive.kind == "table":
        return finding.table_index in directive.tables
    if place is None:
        return False
    if directive.kind == "range":
        if place.line is not None and place.table is None:
            return directive.rows[0] <= place.line <= directive.rows[1]
        return [place.table, place.row] in directive.places
    if directive.table is not None:
        return place.table == directive.table and place.row in directive.rows
    return place.line in directive.rows
