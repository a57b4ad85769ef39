"""The report for people: by file and project, the findings at their row, then what it all amounts to."""

import io
from collections import Counter
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import TextIO

from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.model import Finding
from perfgoals_lint.reports.details import STYLES, details, place, state
from perfgoals_lint.reports.legend import Legend, write_counted
from perfgoals_lint.reports.rows import ReportRow, rows_of
from perfgoals_lint.reports.run import Options, Report, Tally, is_active, shown
from perfgoals_lint.reports.styled import Segment, StyledPage
from perfgoals_lint.reports.summary import write_summary
from perfgoals_lint.reports.textwidth import width
from perfgoals_lint.reports.wording import Words


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write the whole report. Told as one list it keeps some places of each problem, told by file the findings of one
    document, told by unit all of them. What there is to say of a single table fits on a screen."""
    page = StyledPage(out, options)
    words = Words(report.lang)
    tally = Tally()
    findings = tally.count(shown(report, options))
    told = options.verbose or options.show_suppressed
    if options.group_by in ("file", "unit"):
        writer = _Writer(page, words, report, told=told)
        if options.group_by == "unit":
            findings = iter(sorted(findings, key=_unit_key))
        for path, group in groupby(findings, key=lambda finding: finding.document):
            writer.document(path, list(group))
        writer.end()
    else:
        from perfgoals_lint.reports.folding import Folding

        folding = Folding(all_places=told, by_rule=options.group_by == "rule")
        folding.add(findings)
        from perfgoals_lint.reports.overview import Overview

        if len(report.documents) == report.summary.tables == 1 and not (told or options.show_accounting):
            draft = io.StringIO()
            trial = StyledPage(draft, replace(options, colour="never", width=page.columns))
            Overview(trial, words, report, options, folding).write()
            write_summary(trial, words, report, options, tally)
            if draft.getvalue().count("\n") >= page.rows:
                from perfgoals_lint.reports.screen import Screen

                Screen(page, words, report, options, folding).write(tally)
                return
        Overview(page, words, report, options, folding).write()
    write_summary(page, words, report, options, tally)


class _Writer:
    """Writes the findings of one document after the other; hints are counted unless everything is to be ``told``."""

    def __init__(self, page: StyledPage, words: Words, report: Report, *, told: bool) -> None:
        self._page = page
        self._words = words
        self._report = report
        self._seen = 0
        self._told = told
        self._hints: Counter[str] = Counter()
        self._legend = Legend(page, words, whole=told)

    def end(self) -> None:
        """Write what is said once of all findings."""
        if self._hints:
            write_counted(self._page, self._words, dict(self._hints.most_common()))
        self._legend.write()

    def document(self, path: str, findings: list[Finding]) -> None:
        """Write the findings of one document."""
        if not self._told:
            self._hints.update(one.rule for one in findings if one.severity == "info")
            findings = [one for one in findings if one.severity != "info"]
            if not findings:
                return
        self._page.line((path, "bold underline"))
        about = self._about(path)
        if about:
            self._page.line((about, "dim"), indent=2, hang=2)
        self._page.blank()
        for number, (_, project) in enumerate(
            groupby(findings, key=attrgetter("table_index", "project_name", "unit"))
        ):
            self._project(list(project), first=number == 0)

    def _about(self, path: str) -> str:
        """How the document was read, if that is known by now: documents come in the order of their findings."""
        while self._seen < len(self._report.documents):
            document = self._report.documents[self._seen]
            self._seen += 1
            if document.path == path:
                return about(document, self._words)
        return ""

    def _project(self, findings: list[Finding], *, first: bool) -> None:
        title = self._title(findings[0])
        if title or not first:
            self._page.line((title or self._words("project.none"), "bold"), indent=2, hang=2)
            self._page.blank()
        for row in rows_of(findings, self._words):
            self._row(row)

    def _title(self, finding: Finding) -> str:
        if finding.table_index is None and finding.project_name is None:
            return ""
        name = finding.project_name or self._words("project.unnamed")
        key = "project.title_unit" if finding.unit else "project.title"
        return self._words(key, name=name, unit=finding.unit)

    def _row(self, row: ReportRow) -> None:
        indent = 4
        if row.text:
            if row.level:
                self._page.line((row.level, "dim"), indent=indent, hang=2)
            self._page.marked(row.text, row.marks, "bold red", indent=indent)
            indent = 6
        for finding in row.findings:
            self._finding(finding, row, indent)
            self._page.blank()

    def _finding(self, finding: Finding, row: ReportRow, indent: int) -> None:
        words = self._words
        self._legend.note(finding)
        severity = words(f"severity.{finding.severity}")
        head: list[Segment] = [
            (severity, STYLES[finding.severity]),
            (f" {self._report.heading(finding.rule, finding.name)}  ", "dim"),
            (place(finding, words), "cyan"),
        ]
        self._page.line(*head, indent=indent, hang=2)
        if not is_active(finding):
            self._page.line((f"[{state(finding, words)}]", "dim"), indent=indent + 2, hang=1)
        excerpt = row.excerpt(finding)
        if excerpt is not None:
            self._page.marked(excerpt[0], [excerpt[1]] if excerpt[1] else [], "bold red", indent=indent + 2)
        self._page.line((finding.message, ""), indent=indent + 2)
        for label, text in details(finding, words, basis=False):
            self._page.line((label, "dim"), (text, ""), indent=indent + 2, hang=width(label))


def about(document: DocumentInfo, words: Words) -> str:
    """Format, layout, framework and extent of a document in one line."""
    if document.unreadable:
        return ""
    parts = [words("document.format", format=document.format)]
    if document.layout:
        parts.append(words("document.layout", layout=document.layout))
    if document.framework:
        key = "document.framework_reason" if document.framework_reason else "document.framework"
        title = document.framework_title or document.framework
        parts.append(words(key, name=document.framework, title=title, reason=document.framework_reason))
    parts.append(words("document.extent", tables=document.tables, indicators=document.indicators))
    return words("document.join").join(parts)


def _unit_key(finding: Finding) -> tuple[str, str, int]:
    table = -1 if finding.table_index is None else finding.table_index
    return finding.unit or "", finding.document, table
