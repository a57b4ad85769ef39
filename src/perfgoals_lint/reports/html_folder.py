"""The report as a folder of pages, for more tables than one page should hold: an index of the files, and pages that hold
the tables of some files each. Every page is a report of its own, to be opened without a network."""

from __future__ import annotations

import errno
import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import TextIO
from urllib.parse import quote

from perfgoals_lint.files.storing import replace_file
from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.model import SEVERITIES, Finding
from perfgoals_lint.reports import html
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.page_list import SYMBOLS
from perfgoals_lint.reports.run import Options, Report, Summary, Tally, is_active, shown
from perfgoals_lint.reports.wording import Words
from perfgoals_lint.rulebook.patterns import compiled

INDEX = "index.html"
_TABLES = 100
"""Tables from which a page is full."""
_FINDINGS = 2_000
_NUMBERED = compiled(r"[0-9]{3,9}\.html")
_CHUNK = 100
"""Files of the index that a browser lays out together, once they come into sight."""


def write_folder(report: Report, folder: str, options: Options) -> None:
    """Write the index and all pages; pages of an earlier report there are replaced or removed. ``report.findings`` is gone
    through twice. Raises ``FileExistsError`` when there is an index that is no report, and ``OSError``."""
    index = os.path.join(folder, INDEX)
    if os.path.exists(index) and not html.is_report(index):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), index)
    os.makedirs(folder, exist_ok=True)
    words, tally = Words(report.lang), Tally()
    counts: dict[str, Counter[str]] = {}
    for finding in tally.count(shown(report, options)):
        if is_active(finding):
            counts.setdefault(finding.document, Counter())[finding.severity] += 1
    names: dict[str, list[str]] = {}
    number = 0
    for number, (documents, findings) in enumerate(_pages(report, counts, options), 1):
        name = f"{number:03}.html"
        for document in documents:
            names.setdefault(document.path, []).append(name)
        out = io.StringIO()
        html.write(_part(report, documents, findings), out, options)
        replace_file(os.path.join(folder, name), out.getvalue().encode())
    out = io.StringIO()
    _write_index(out, report, words, html.head_of(report, options, words, tally), names, counts)
    replace_file(index, out.getvalue().encode())
    _remove_others(folder, number)


def _pages(
    report: Report, counts: dict[str, Counter[str]], options: Options
) -> Iterator[tuple[list[DocumentInfo], list[Finding]]]:
    """The files of each page and their findings. Findings that come when the page of their file is done, those of rules
    over several files, are on a page of their own at the end."""
    pages = list(_divided(report.documents, counts))
    place = {document.path: number for number, page in enumerate(pages) for document in page}
    held: list[Finding] = []
    late: list[Finding] = []
    current = 0
    for finding in shown(report, options):
        number = place.get(finding.document, current)
        while current < number:
            yield pages[current], held
            current, held = current + 1, []
        (held if number == current else late).append(finding)
    for documents in pages[current:]:
        yield documents, held
        held = []
    if late:
        wanted = {finding.document for finding in late}
        yield [document for document in report.documents if document.path in wanted], late


def _divided(
    documents: Iterable[DocumentInfo], counts: dict[str, Counter[str]]
) -> Iterator[list[DocumentInfo]]:
    """Files in a row that fill a page."""
    page: list[DocumentInfo] = []
    tables = findings = 0
    for document in documents:
        page.append(document)
        tables += document.tables
        findings += counts.get(document.path, Counter()).total()
        if tables >= _TABLES or findings >= _FINDINGS or len(page) >= 10 * _TABLES:
            yield page
            page, tables, findings = [], 0, 0
    if page:
        yield page


def _part(report: Report, documents: Sequence[DocumentInfo], findings: list[Finding]) -> Report:
    """A report on some files of a run."""
    summary = Summary()
    outside = 0
    for document in documents:
        summary.add_document(document)
        outside += document.outside.count
    return replace(report, findings=findings, documents=documents, summary=summary, outside=outside)


def _write_index(
    out: TextIO,
    report: Report,
    words: Words,
    head: dict[str, object],
    names: dict[str, list[str]],
    counts: dict[str, Counter[str]],
) -> None:
    style = (html.PAGE / "page.css").read_text(encoding="utf-8")
    script = (html.PAGE / "folder" / "index.js").read_text(encoding="utf-8")
    html.write_start(out, report, words, style, script)
    out.write('<main id="plain">\n')
    html.write_head(out, words, head)
    out.write(
        f'<h2>{escape(words("page.files"))}</h2>\n<p id="filters" role="search" hidden><label>{escape(words("page.search"))} '
        f'<input type="search" id="search"></label> <label><input type="checkbox" id="only">'
        f'{escape(words("page.only_found"))}</label> <span id="count" aria-live="polite"></span></p>\n'
    )
    listed = [one for one in report.documents if one.tables or one.path in counts]
    for start in range(0, len(listed), _CHUNK):
        out.write('<ul class="files">\n')
        for document in listed[start : start + _CHUNK]:
            out.write(_line(document, words, names[document.path], counts.get(document.path, Counter())))
        out.write("</ul>\n")
    edition = words("page.version", version=report.version, ruleset=report.ruleset)
    out.write(
        f'<p class="edition">{escape(edition)}</p>\n</main>\n<script type="module">{script}</script>\n</body>\n</html>\n'
    )


def _line(document: DocumentInfo, words: Words, pages: Sequence[str], found: Counter[str]) -> str:
    """A file of the index: the page that shows its tables, how many there are, what was found in them, and the page of
    what was found in comparison with other files."""
    badges = [
        f'<span class="badge {severity}" role="img" aria-label="{escape(words(f"page.{severity}"))} {found[severity]}">'
        f"{SYMBOLS[severity]}{found[severity]}</span>"
        for severity in SEVERITIES
        if found[severity]
    ] or [f'<span class="clean">○ {escape(words("page.clean"))}</span>']
    path = visible(document.path)
    tables = escape(words("summary.tables", n=document.tables))
    at = f"#file={quote(path, safe='')}"
    badges += [f'<a href="{page}{at}">{escape(words("page.across"))}</a>' for page in pages[1:]]
    return (
        f'<li data-n="{found.total()}"><a href="{pages[0]}{at}">{escape(path)}</a> {tables} '
        f"{' '.join(badges)}\n"
    )


def _remove_others(folder: str, pages: int) -> None:
    """Remove the pages of an earlier, longer report."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if _NUMBERED.fullmatch(name) and int(name[:-5]) > pages and html.is_report(path):
            os.unlink(path)
