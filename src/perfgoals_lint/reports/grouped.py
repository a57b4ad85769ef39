"""Short lines under the name of each file, in columns: address, severity, rule, message."""

from itertools import groupby
from typing import TextIO

from perfgoals_lint.model import Finding
from perfgoals_lint.reports.concise import told
from perfgoals_lint.reports.details import STYLES
from perfgoals_lint.reports.places import unreadable_message
from perfgoals_lint.reports.run import Options, Report, Tally, shown
from perfgoals_lint.reports.styled import StyledPage
from perfgoals_lint.reports.summary import extent, figures, found
from perfgoals_lint.reports.textwidth import pad, width
from perfgoals_lint.reports.wording import Words, short_address

_WIDEST_ADDRESS = 24


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write a block for each file with findings, the unreadable files, and the totals."""
    page = StyledPage(out, options)
    words = Words(report.lang)
    tally = Tally()
    findings = tally.count(shown(report, options))
    for path, group in groupby(findings, key=lambda finding: finding.document):
        page.line((path, "bold underline"))
        _block(page, words, list(group))
        page.blank()
    for document in report.unreadable(tally.problems):
        page.line((document.path, "bold underline"))
        page.line((unreadable_message(document, words), STYLES["error"]), indent=2, hang=2)
        page.blank()
    if report.summary.account.get("figures"):
        page.line((figures(words, report), "dim"))
    page.line((found(words, report, tally), "bold"), (f" ({extent(words, report)})", "dim"))


def _block(page: StyledPage, words: Words, findings: list[Finding]) -> None:
    addresses = [short_address(finding.location) for finding in findings]
    column = min(max(map(width, addresses)), _WIDEST_ADDRESS)
    for finding, address in zip(findings, addresses, strict=True):
        head = f"{pad(address, column)}  "
        page.line((head, "cyan"), *told(finding, words), indent=2, hang=width(head))
