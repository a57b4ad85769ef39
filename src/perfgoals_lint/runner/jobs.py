"""Checking one file from its bytes to its result: the unit of work of a run, of a worker process and of the cache."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from perfgoals_lint.config.plan import Books, Plan
from perfgoals_lint.config.settings import Settings
from perfgoals_lint.files.contents import TooLargeError, is_address
from perfgoals_lint.lint.deadline import Meter, TooLong, TooMuchWork, alarm, metered, work_limit
from perfgoals_lint.lint.finding import Writer, unread
from perfgoals_lint.lint.outcome import DocumentInfo, Project
from perfgoals_lint.lint.records import FileResult, plain, tables_of, tables_text
from perfgoals_lint.model import Directive, Document, Finding, GoalTable, Location, Problem, Source, to_json
from perfgoals_lint.remote import on_disk
from perfgoals_lint.rulebook.rule import Rule
from perfgoals_lint.runner.ranges import bind

if TYPE_CHECKING:
    from perfgoals_lint.lint.engine import Engine
    from perfgoals_lint.lint.last_year import Key, LastYear

Made = TypeVar("Made")

TOO_LONG = "PGX202"
WORKER_DIED = "PGX203"
GRACE = 2.0
"""Seconds that reading in a process of its own may take beyond the limit before the file is given up as a whole."""
WAITING = 5
"""How many times its limit a file may take by the clock on the wall, on a machine that is busy with something else."""
LEAST_SECONDS = 3.0
"""What every file may take: the first one pays for the loading of rules and word lists."""
RULE_SHARE = 6
"""The part of a file's limit that one rule may take: a sixth, ten of sixty seconds, a thousand times what one takes."""

RULE_SECONDS = 3.0
"""What one rule of a pack or plug-in may take for one row, table or document."""


class Job(NamedTuple):
    """A file to check: where it lies, the path that messages show, and was it named (not met in a directory)?"""

    path: str
    display: str
    named: bool = True


class CheckOptions(NamedTuple):
    """How all files of a run are checked: with a clock around every rule, with passwords that may open them, with what no
    reader can read converted, with the tables kept as they are printed."""

    timed: bool = False
    passwords: tuple[str, ...] = ()
    convert: bool = False
    printed: bool = False

    @classmethod
    def of(cls, settings: Settings) -> CheckOptions:
        """What the settings of a run say."""
        return cls(settings.timed, tuple(settings.passwords), settings.convert, settings.printed)


class Checker:
    """Checks files; engines are made when they are first needed and shared by all files of the same plan."""

    def __init__(self, books: Books, options: CheckOptions) -> None:
        self.options = options
        self._books = books
        self._years: dict[str, LastYear] = {}
        self._engines: dict[str, Engine] = {}
        self._seconds: dict[str, float] = {}

    def check(self, job: Job, plan: Plan, previous: str = "") -> FileResult:
        """The result of one file. Never raises for what is in it; a file that takes too long to read has only that
        finding, one whose rules do has those of the others.

        ``previous`` are those tables of last year that its projects continue, where these are known
        (:func:`previous_text`); otherwise last year's tables are looked for where the plan says.
        """
        if is_address(job.path):
            with self.at_hand(job, plan) as local:
                return self.check(local, plan, previous) if isinstance(local, Job) else local
        self._seconds = {}
        return self._within(job, plan, lambda meter: self._check(job, plan, previous, meter))

    def tables(self, job: Job, plan: Plan) -> str:
        """The tables of one file as rules on two years compare them, as text; none of a file that cannot be read."""
        from perfgoals_lint.lint.last_year import compared

        def read(_: Meter) -> str:
            document = self._document(job, plan)[0]
            found = document.tables if plan.plugins else map(compared, document.tables)
            return tables_text(found)

        made = self._within(job, plan, read)
        return made if isinstance(made, str) else ""

    @contextmanager
    def at_hand(self, job: Job, plan: Plan) -> Iterator[Job | FileResult]:
        """The job with a path on this machine, for the time of a block; its result where the file cannot be had. How
        long fetching takes is no fault of the file and under no limit of it."""
        from perfgoals_lint.readers.limits import Limits

        most = int(plan.limits.get("file_bytes", Limits().file_bytes))
        with ExitStack() as stack:
            try:
                at_hand: Job | FileResult = job._replace(path=stack.enter_context(on_disk(job.path, most)))
            except (OSError, TooLargeError) as error:
                from perfgoals_lint.extraction.document import not_fetched

                problem = not_fetched(error, job.display, most)
                at_hand = self.failed(job, plan, problem.code, **problem.args)
            yield at_hand

    def _within(self, job: Job, plan: Plan, work: Callable[[Meter], Made]) -> Made | FileResult:
        """What is made of a file within its time; its result where nothing could be."""
        seconds = float(plan.limits.get("seconds", 60))
        total = max(seconds, LEAST_SECONDS)
        meter = Meter(max(total / RULE_SHARE, 1.0), total)
        try:
            with alarm(WAITING * (seconds + GRACE)), metered(meter):
                return work(meter)
        except TooLong:
            return self.failed(job, plan, TOO_LONG, seconds=format(seconds, "g"))
        except Exception as error:
            from perfgoals_lint.extraction.document import FAILED, failure

            return self.failed(job, plan, FAILED, error=failure(error))

    def failed(self, job: Job, plan: Plan, code: str, **args: str) -> FileResult:
        """The result of a file that could not be checked, for the reason of that code."""
        problem = Problem(code, Location(job.display), args)
        finding = Writer(plan.lang).problem(problem, job.display)
        info = DocumentInfo(
            job.display, "unknown", unreadable=True, reason=finding.message, state="unreadable"
        )
        return FileResult(info, [finding])

    def _document(
        self, job: Job, plan: Plan, read: list[Source] | None = None
    ) -> tuple[Document, list[Directive]]:
        """What the file says, and its comments for this tool."""
        from perfgoals_lint.extraction.document import extract_with_comments
        from perfgoals_lint.readers.limits import Limits

        values: dict[str, Any] = {**plan.limits}
        limits = Limits(**values)
        passwords, convert = self.options.passwords, self.options.convert
        return extract_with_comments(job.path, job.display, limits, passwords, convert, read)

    def _check(self, job: Job, plan: Plan, previous: str, meter: Meter) -> FileResult:
        read: list[Source] = []
        document, directives = self._document(job, plan, read)
        if not job.named:
            _pass_over(document)
        engine = self._engine(plan)
        if plan.against is not None:
            engine.previous = _picked(previous) if previous else self._last_year(plan.against)
        checked = engine.check(document, meter)
        meter.total = float("inf")  # what was found is to be told
        info = DocumentInfo(document.path, document.format, document.layout, checked.framework.name)
        applied = checked.framework
        years = [table.fiscal_year for table in document.tables if table.fiscal_year is not None]
        info.framework_title = applied.data["title"][plan.lang]
        info.framework_in_force = {key: applied.data[key] for key in ("from", "to") if key in applied.data}
        info.framework_reason = applied.reason(years, plan.lang)
        info.tables = len(document.tables)
        info.account = checked.figures | (to_json(document.account) or {})
        info.outside = document.outside
        info.self_evaluations = sum(map(_has_results, document.tables))
        info.indicators = sum(len(table.indicators) for table in document.tables)
        info.reason = next((f.message for f in checked.findings if unread(f)), None)
        info.unreadable = info.reason is not None
        info.state = "unreadable" if info.unreadable else "checked" if info.tables else "no_table"
        projects = [_project(table) for table in document.tables]
        findings = [plain(finding) for finding in checked.findings]
        bind(directives, findings, document, job.path)
        _promise(findings, document, job.path)
        tables = ""
        if plan.across:
            from perfgoals_lint.runner.across import taken_down

            tables = taken_down(document, self._books.of(plan.packs, plan.plugins))
        result = FileResult(
            info, findings, checked.accounts_text, directives, projects, self._seconds, tables
        )
        if self.options.printed:
            from perfgoals_lint.reports.printed import printed

            result.printed = printed(document, read[-1])
        return result

    def _engine(self, plan: Plan) -> Engine:
        if plan.key not in self._engines:
            from perfgoals_lint.lint.engine import Engine

            book = self._books.of(plan.packs, plan.plugins)
            rules = [self._ready(book.rules[code], plan) for code in plan.codes]
            self._engines[plan.key] = Engine(rules, plan.lang, plan.framework, plan.forced)
        return self._engines[plan.key]

    def _last_year(self, path: str) -> LastYear:
        """Last year's tables at a path, read once."""
        if path in self._years:
            return self._years[path]
        from perfgoals_lint.extraction.document import extract_file
        from perfgoals_lint.lint.last_year import LastYear
        from perfgoals_lint.runner.discover import find

        self._years[path] = LastYear(
            extract_file(found.path, found.shown, None, self.options.passwords, self.options.convert)
            for found in find([path])
        )
        return self._years[path]

    def _ready(self, rule: Rule, plan: Plan) -> Rule:
        """The rule with the plan's thresholds, and with a clock around its check when times are asked for."""
        given = plan.parameters.get(rule.code)
        if given:
            rule = replace(rule, parameters={**rule.parameters, **given}, bound=None)
        if rule.origin != f"rules/{rule.page}":
            rule = replace(rule, bound=_limited(rule))
        return replace(rule, bound=self._clocked(rule)) if self.options.timed else rule

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


def _promise(findings: Iterable[Finding], document: Document, path: str) -> None:
    """Let only those fixes be safe that can be written into the file."""
    certain = [finding for finding in findings if finding.fix and finding.fix.safe]
    if not certain:
        return
    from perfgoals_lint.fixes.writable import writable

    kept = set(map(id, writable(certain, path, document.path, document.format)))
    for finding in certain:
        if finding.fix:
            finding.fix.safe = id(finding) in kept


def _has_results(table: GoalTable) -> bool:
    """Is a table one that says what was reached, at the end of the year or in the course of it?"""
    return table.form == "self-evaluation" or any(column.role == "actual_value" for column in table.header)


def _project(table: GoalTable) -> Project:
    budget = None if table.budget_yuan is None else format(table.budget_yuan, "f")
    unit = table.unit or table.department or ""
    return Project(table.project_name or "", unit, table.project_code or "", budget)


def previous_text(known: Iterable[tuple[Key, str]]) -> str:
    """Tables of last year (each as :func:`tables_text` writes it) with what identifies them, as one text."""
    return json.dumps(list(known), ensure_ascii=False, separators=(",", ":"))


def _picked(text: str) -> LastYear:
    from perfgoals_lint.lint.last_year import LastYear

    return LastYear.picked(
        ((unit, name), goal) for (unit, name), table in json.loads(text) for goal in tables_of(table)
    )


def _limited(rule: Rule) -> Callable[[Any, Rule], Iterable[Any]]:
    """The check of somebody's own rule, which fails when it takes too long: a pattern may never come to an end."""
    from perfgoals_lint.lint.binding import check_of

    check = check_of(rule)

    def limited(scope: Any, bound: Rule) -> list[Any]:
        try:
            with work_limit(RULE_SECONDS):
                return list(check(scope, bound))
        except TooMuchWork:
            raise TimeoutError(f"{bound.code}: {RULE_SECONDS:g} s") from None

    return limited


def _pass_over(document: Document) -> None:
    """A file that was met in a directory and shows hardly a label of a goal form is no goal table: one label (项目, 说明) is
    an ordinary word of lists and letters, two are a form."""
    for number, problem in enumerate(document.problems):
        hardly_seen = problem.code == "PGX101" and "、" not in problem.args.get("seen", "")
        if hardly_seen:
            document.problems[number] = Problem("PGX105", problem.location, problem.args)
