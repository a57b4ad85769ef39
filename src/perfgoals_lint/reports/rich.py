"""The report for people: by file and project, the findings at their row, then what it all amounts to."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from perfgoals_lint.fixes import is_writable
from perfgoals_lint.reports.columns import common_length
from perfgoals_lint.reports.rows import Row, rows_of
from perfgoals_lint.reports.run import DocumentInfo, Options, Report, Tally, is_active, shown
from perfgoals_lint.reports.styled import Page, Segment
from perfgoals_lint.reports.summary import write_summary
from perfgoals_lint.reports.textwidth import width
from perfgoals_lint.reports.wording import Words

if TYPE_CHECKING:
    from perfgoals_lint.model import Finding, Location

_LONG_EDIT = 30
_AROUND = 8

STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write the whole report; memory is that of the findings of one document."""
    page = Page(out, options)
    words = Words(report.lang)
    tally = Tally()
    writer = _Writer(page, words, report)
    findings = tally.count(shown(report, options))
    for path, group in groupby(findings, key=lambda finding: finding.document):
        writer.document(path, list(group))
    write_summary(page, words, report, options, tally)


class _Writer:
    """Writes the findings of one document after the other."""

    def __init__(self, page: Page, words: Words, report: Report) -> None:
        self._page = page
        self._words = words
        self._report = report
        self._seen = 0

    def document(self, path: str, findings: list[Finding]) -> None:
        self._page.line((path, "bold underline"))
        about = self._about(path)
        if about:
            self._page.line((about, "dim"), indent=2, hang=2)
        self._page.blank()
        for number, (_, project) in enumerate(groupby(findings, key=_project_key)):
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

    def _row(self, row: Row) -> None:
        indent = 4
        if row.text:
            if row.level:
                self._page.line((row.level, "dim"), indent=indent, hang=2)
            self._page.marked(row.text, row.marks, "bold red", indent=indent)
            indent = 6
        for finding in row.findings:
            self._finding(finding, row, indent)
            self._page.blank()

    def _finding(self, finding: Finding, row: Row, indent: int) -> None:
        words = self._words
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
        for label, text in details(finding, words):
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
        parts.append(words(key, name=document.framework, reason=document.framework_reason))
    parts.append(words("document.extent", tables=document.tables, indicators=document.indicators))
    return words("document.join").join(parts)


def _project_key(finding: Finding) -> tuple[int | None, str | None, str | None]:
    return finding.table_index, finding.project_name, finding.unit


def place(finding: Finding, words: Words) -> str:
    """Where in its file a finding is, with the field; the whole file when it has no place."""
    where = words.address(finding.location) or words("document.whole")
    field = words.name("field", finding.field) if finding.field else ""
    return f"{where} {field}".rstrip()


def state(finding: Finding, words: Words) -> str:
    """Why a finding does not count: suppressed (with the reason) or in the baseline."""
    if finding.suppressed is None:
        return words("finding.baselined")
    reason = finding.suppressed.get("reason")
    return words("finding.suppressed_reason", reason=reason) if reason else words("finding.suppressed")


def details(finding: Finding, words: Words) -> Iterable[tuple[str, str]]:
    """Label and text of what stands under a message: calculation, advice, fix, basis, related places."""
    expression = finding.evidence.get("expression") if finding.evidence else None
    if expression:
        yield words("finding.calculation"), str(expression)
    if finding.advice:
        yield words("finding.advice"), finding.advice
    if finding.fix:
        safe = finding.fix.safe and all(is_writable(edit.location) for edit in finding.fix.edits)
        label = words("finding.fix_safe" if safe else "finding.fix_unsafe")
        for old, new in dict.fromkeys(_shown_edit(edit.old, edit.new) for edit in finding.fix.edits):
            yield label, words("finding.edit", old=old or words("row.empty"), new=new or words("row.empty"))
    if finding.basis:
        yield words("finding.basis"), finding.basis
    for message, places in _related(finding).items():
        addresses = dict.fromkeys(_related_place(place, finding, words) for place in places)
        yield words("finding.related"), f"{words('address.list').join(addresses)} {message}".strip()


def _related(finding: Finding) -> dict[str, list[Location]]:
    """The related places by their message, in order."""
    related: dict[str, list[Location]] = {}
    for item in finding.related:
        related.setdefault(item.message, []).append(item.location)
    return related


def _related_place(location: Location, finding: Finding, words: Words) -> str:
    other = "" if location.path == finding.document else f"{location.path} "
    return f"{other}{words.address(location)}".strip()


def _shown_edit(old: str, new: str) -> tuple[str, str]:
    """Both texts of an edit; of long ones only what differs, with a little of what stands around it."""
    if len(old) <= _LONG_EDIT and len(new) <= _LONG_EDIT:
        return old, new
    before = common_length(old, new)
    behind = common_length(old[before:][::-1], new[before:][::-1])
    start = max(before - _AROUND, 0)
    head, tail = "…" if start else "", "…" if behind > _AROUND else ""
    rest = max(behind - _AROUND, 0)
    return head + old[start : len(old) - rest] + tail, head + new[start : len(new) - rest] + tail
