"""Checking one file from its bytes to its result: the unit of work of a run, of a worker process and of the cache."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from types import FrameType
from typing import TYPE_CHECKING, Any

from perfgoals_lint.config.plan import Plan
from perfgoals_lint.model import Document, Location, Problem, Source
from perfgoals_lint.reports.run import DocumentInfo
from perfgoals_lint.rulebook.rules import Rule, Rulebook
from perfgoals_lint.runner.records import FileResult, plain

if TYPE_CHECKING:
    from perfgoals_lint.lint.engine import Engine
    from perfgoals_lint.lint.last_year import LastYear

GENERIC = (".md", ".yaml", ".yml", ".json", ".html", ".htm")
"""Endings of files that a directory may well hold for another purpose than goal tables."""
TOO_LONG = "PGX202"
WORKER_DIED = "PGX203"
FAILED = "PGX204"
GRACE = 2.0
"""Seconds that reading in a process of its own may take beyond the limit before the file is given up as a whole."""


@dataclass(slots=True, frozen=True)
class Job:
    """A file to check: where it lies, the path that messages show, and was it named (not met in a directory)?"""

    path: str
    display: str
    named: bool = True


class TooLong(BaseException):
    """The time for a file is over; no handler of ordinary exceptions may swallow it."""


class Checker:
    """Checks files; engines are made when they are first needed and shared by all files of the same plan.

    ``against`` is the path of last year's tables; ``collect`` is given every document that was read; ``printed``
    keeps the tables as they are printed.
    """

    def __init__(
        self,
        book: Rulebook,
        lang: str,
        timed: bool = False,
        against: str | None = None,
        passwords: Sequence[str] = (),
        convert: bool = False,
        printed: bool = False,
    ) -> None:
        self._book = book
        self._lang = lang
        self._timed = timed
        self._against = against
        self._passwords = passwords
        self._convert = convert
        self._printed = printed
        self.collect: Callable[[Document], None] | None = None
        self._engines: dict[str, Engine] = {}
        self._seconds: dict[str, float] = {}

    def check(self, job: Job, plan: Plan) -> FileResult:
        """The result of one file. Never raises for what is in it; a file that takes too long has only that finding."""
        seconds = float(plan.limits.get("seconds", 60))
        self._seconds = {}
        try:
            with alarm(seconds + GRACE):
                return self._check(job, plan)
        except TooLong:
            return self.failed(job, TOO_LONG, seconds=format(seconds, "g"))
        except Exception as error:
            return self.failed(job, FAILED, error=f"{type(error).__name__}: {error}")

    def failed(self, job: Job, code: str, **args: str) -> FileResult:
        """The result of a file that could not be checked, for the reason of that code."""
        from perfgoals_lint.lint.finding import Writer

        problem = Problem(code, Location(job.display), args)
        finding = Writer(self._lang).problem(problem, job.display)
        info = DocumentInfo(
            job.display, "unknown", unreadable=True, reason=finding.message, state="unreadable"
        )
        return FileResult(info, [finding])

    def _check(self, job: Job, plan: Plan) -> FileResult:
        from perfgoals_lint.extract import extract_with_comments
        from perfgoals_lint.readers.limits import Limits

        values: dict[str, Any] = {**plan.limits}
        limits = Limits(**values)
        read: list[Source] = []
        document, directives = extract_with_comments(
            job.path, job.display, limits, self._passwords, self._convert, read
        )
        if not job.named:
            _pass_over(document)
        if self.collect:
            self.collect(document)
        checked = self._engine(plan).check(document)
        info = DocumentInfo(document.path, document.format, document.layout, checked.framework.name)
        info.framework_reason = checked.framework.why[self._lang]
        info.tables = len(document.tables)
        info.indicators = sum(len(table.indicators) for table in document.tables)
        from perfgoals_lint.lint.finding import unread

        info.reason = next((f.message for f in checked.findings if unread(f)), None)
        info.unreadable = info.reason is not None
        info.state = "unreadable" if info.unreadable else "checked" if info.tables else "no_table"
        projects = sorted({table.project_name for table in document.tables if table.project_name})
        findings = [plain(finding) for finding in checked.findings]
        result = FileResult(info, findings, checked.accounts_text, directives, projects, self._seconds)
        if self._printed:
            from perfgoals_lint.reports.printed import printed

            result.printed = printed(document, read[-1])
        return result

    def _engine(self, plan: Plan) -> Engine:
        if plan.key not in self._engines:
            from perfgoals_lint.lint.engine import Engine

            rules = [self._ready(self._book.rules[code], plan) for code in plan.codes]
            self._engines[plan.key] = Engine(rules, self._lang, plan.framework, plan.forced, self._last_year)
        return self._engines[plan.key]

    @cached_property
    def _last_year(self) -> LastYear | None:
        if self._against is None:
            return None
        from perfgoals_lint.extract import extract_file
        from perfgoals_lint.lint.last_year import LastYear
        from perfgoals_lint.runner.discover import find

        return LastYear(
            extract_file(found.path, found.shown, None, self._passwords, self._convert)
            for found in find([self._against])
        )

    def _ready(self, rule: Rule, plan: Plan) -> Rule:
        """The rule with the plan's thresholds, and with a clock around its check when times are asked for."""
        given = plan.parameters.get(rule.code)
        if given:
            rule = replace(rule, parameters={**rule.parameters, **given}, bound=None)
        return replace(rule, bound=self._clocked(rule)) if self._timed else rule

    def _clocked(self, rule: Rule) -> Callable[[Any, Rule], Iterable[Any]]:
        from perfgoals_lint.lint.binding import check_of

        check, code = check_of(rule), rule.code

        def clocked(scope: Any, bound: Rule) -> list[Any]:
            started = time.perf_counter()
            try:
                return list(check(scope, bound))
            finally:
                self._seconds[code] = self._seconds.get(code, 0.0) + time.perf_counter() - started

        return clocked


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise :class:`TooLong` in the block after so many seconds, where the system has timers for the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def expire(_: int, __: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _pass_over(document: Document) -> None:
    """A file of a generic kind that was met in a directory and shows hardly a label of a goal form is no goal table:
    one label (项目, 说明) is an ordinary word, two are a form."""
    for number, problem in enumerate(document.problems):
        hardly_seen = problem.code == "PGX101" and "、" not in problem.args.get("seen", "")
        if hardly_seen and document.path.lower().endswith(GENERIC):
            document.problems[number] = Problem("PGX105", problem.location, problem.args)
