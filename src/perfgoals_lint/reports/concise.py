"""One line a finding, for grep and for editors: ``path:line:column: severity CODE message [project › row]``."""

import io
from collections.abc import Iterable
from dataclasses import replace
from typing import TextIO

from perfgoals_lint.lint.outcome import PrintedLines
from perfgoals_lint.model import Finding
from perfgoals_lint.reports.details import STYLES, set_aside
from perfgoals_lint.reports.places import owner, unreadable_message
from perfgoals_lint.reports.run import Options, Report, Tally, is_active, shown
from perfgoals_lint.reports.styled import Segment, StyledPage
from perfgoals_lint.reports.summary import extent, figures, found
from perfgoals_lint.reports.wording import Words, short_address

_UNBROKEN = 1 << 30


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write a line for each finding, for each unreadable file without one, and the totals last: scripts read the last line."""
    page = StyledPage(out, replace(options, width=_UNBROKEN))
    words = Words(report.lang)
    tally = Tally()
    if report.lines is None:
        for finding in tally.count(shown(report, options)):
            _write_finding(page, finding, words)
    for part in report.lines or ():
        if isinstance(part, PrintedLines):
            tally.add_lines(part)
            out.write(part.text)
        elif options.show_suppressed or is_active(part):
            for finding in tally.count([part]):
                _write_finding(page, finding, words)
    for document in report.unreadable(tally.problems):
        severity = (words("severity.error"), STYLES["error"])
        page.line((f"{document.path}: ", "bold"), severity, (f" {unreadable_message(document, words)}", ""))
    if options.quiet:
        return
    if report.summary.account.get("figures"):
        page.line((figures(words, report), "dim"))
    if report.outside:
        page.line((words("summary.outside", n=report.outside), "dim"))
    page.line((found(words, report, tally), "bold"), (f" ({extent(words, report)})", "dim"))


def text_of(findings: Iterable[Finding], lang: str) -> str:
    """The lines of findings, as they are written where there is no colour."""
    out = io.StringIO()
    page, words = StyledPage(out, Options("never", width=_UNBROKEN)), Words(lang)
    for finding in findings:
        _write_finding(page, finding, words)
    return out.getvalue()


def _write_finding(page: StyledPage, finding: Finding, words: Words) -> None:
    address = short_address(finding.location)
    page.line(
        (f"{finding.document}:{address}: " if address else f"{finding.document}: ", "bold"),
        *told(finding, words),
    )


def told(finding: Finding, words: Words) -> tuple[Segment, ...]:
    """What a line says behind the address: severity, rule, message, then project and row in brackets."""
    return (
        (words(f"severity.{finding.severity}"), STYLES[finding.severity]),
        (f" {finding.rule} ", "dim"),
        (finding.message, ""),
        (f" [{owner(finding)}]" if owner(finding) else "", "dim"),
        (set_aside(finding, words), "dim"),
    )
