"""The report as a folder of pages, for more tables than one page should hold: an index of the files, and pages that hold
the tables of some files each. Every page is a report of its own, to be opened without a network."""

import errno
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import islice
from typing import TextIO
from urllib.parse import quote

from perfgoals_lint.files.storing import replace_file
from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.model import SEVERITIES, Finding
from perfgoals_lint.reports import html
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.page_list import SYMBOLS
from perfgoals_lint.reports.run import Options, Report, Summary, Tally, shown
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
    for _ in tally.count(shown(report, options)):
        pass
    divided = enumerate(_divided(report.documents), 1)
    pages = {document.path: number for number, documents in divided for document in documents}
    again: dict[str, int] = {}
    number = 0
    for number, (documents, findings) in enumerate(_pages(report, pages, options), 1):
        again.update((document.path, number) for document in documents if pages[document.path] != number)
        out = io.StringIO()
        html.write(_part(report, documents, findings), out, options)
        replace_file(os.path.join(folder, _name(number)), out.getvalue().encode())
    out = io.StringIO()
    _write_index(out, report, words, html.head_of(report, options, words, tally), pages, again)
    replace_file(index, out.getvalue().encode())
    _remove_others(folder, number)


def _name(number: int) -> str:
    return f"{number:03}.html"


def _pages(
    report: Report, pages: dict[str, int], options: Options
) -> Iterator[tuple[list[DocumentInfo], list[Finding]]]:
    """The files of each page and their findings. Findings that come when the page of their file is done, those of rules
    over several files, are on a page of their own at the end. ``pages`` has the page (1-based) of every file."""
    divided = _divided(report.documents)
    held: list[Finding] = []
    late: list[Finding] = []
    current = 1
    for finding in shown(report, options):
        number = pages.get(finding.document, current)
        while current < number:
            yield next(divided), held
            current, held = current + 1, []
        (held if number == current else late).append(finding)
    for documents in divided:
        yield documents, held
        held = []
    if late:
        wanted = {finding.document for finding in late}
        yield [document for document in report.documents if document.path in wanted], late


def _found(document: DocumentInfo) -> int:
    """How many findings of a file count."""
    return document.error + document.warning + document.info


def _divided(documents: Iterable[DocumentInfo]) -> Iterator[list[DocumentInfo]]:
    """Files in a row that fill a page."""
    page: list[DocumentInfo] = []
    tables = findings = 0
    for document in documents:
        page.append(document)
        tables += document.tables
        findings += _found(document)
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
    pages: dict[str, int],
    again: dict[str, int],
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
    listed = (one for one in report.documents if one.tables or _found(one))
    while chunk := list(islice(listed, _CHUNK)):
        out.write('<ul class="files">\n')
        for document in chunk:
            out.write(_line(document, words, pages[document.path], again.get(document.path)))
        out.write("</ul>\n")
    edition = words("page.version", version=report.version, ruleset=report.ruleset)
    out.write(
        f'<p class="edition">{escape(edition)}</p>\n</main>\n<script type="module">{script}</script>\n</body>\n</html>\n'
    )


def _line(document: DocumentInfo, words: Words, page: int, again: int | None) -> str:
    """A file of the index: the page that shows its tables, how many there are, what was found in them, and the page of
    what was found in comparison with other files."""
    badges = [
        f'<span class="badge {severity}" role="img" aria-label="{escape(words(f"page.{severity}"))} {found}">'
        f"{SYMBOLS[severity]}{found}</span>"
        for severity in SEVERITIES
        if (found := getattr(document, severity))
    ] or [f'<span class="clean">○ {escape(words("page.clean"))}</span>']
    path = visible(document.path)
    tables = escape(words("summary.tables", n=document.tables))
    at = f"#file={quote(path, safe='')}"
    badges += [f'<a href="{_name(again)}{at}">{escape(words("page.across"))}</a>'] if again else []
    return (
        f'<li data-n="{_found(document)}"><a href="{_name(page)}{at}">{escape(path)}</a> {tables} '
        f"{' '.join(badges)}\n"
    )


def _remove_others(folder: str, pages: int) -> None:
    """Remove the pages of an earlier, longer report."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if _NUMBERED.fullmatch(name) and int(name[:-5]) > pages and html.is_report(path):
            os.unlink(path)
