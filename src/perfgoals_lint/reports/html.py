"""The report as one HTML file: the tables as printed with their findings, to be opened in a browser without a network.

The file holds a plain list of all findings, which needs no script and is what is printed on paper, and packed data for
the scripts in ``page/``, which show the tables. Its content policy allows these scripts and the style by their hash
and nothing else.
"""

import base64
import gzip
import hashlib
import re
from collections.abc import Iterator
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from perfgoals_lint.reports.clean import dump, visible
from perfgoals_lint.reports.page_data import PageData
from perfgoals_lint.reports.page_list import PlainList
from perfgoals_lint.reports.run import Options, Report, Tally, shown
from perfgoals_lint.reports.summary import extent, figures, found, outside, unchecked, verdict
from perfgoals_lint.reports.wording import Words
from perfgoals_lint.rulebook.patterns import compiled

PAGE = Path(__file__).parent / "page"
MODULES = (
    "dom", "data", "remarks", "exports", "filters", "terms", "table", "list", "projects", "detail", "app",
    "main",
)  # fmt: skip
"""The scripts in the order in which each finds what it imports."""
_GENERATOR = "perfgoals-lint"
_MOST_FINDINGS = 10_000
"""Findings of one page; it is held in memory, here and in the browser. Those that are left out are counted on the page."""
_MOST_TABLES = 1_000
"""Tables of one page that are shown as printed."""
_IMPORT = compiled(r"^import .*$\n", re.MULTILINE)
_EXPORT = compiled(r"^export ", re.MULTILINE)


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write the whole page. What stands above the findings is known only when all have been gone through."""
    words = Words(report.lang)
    tally = Tally()
    data = PageData(report, words, _MOST_TABLES)
    plain = PlainList(report, words)
    findings = tally.count(shown(report, options))
    for finding in islice(findings, _MOST_FINDINGS):
        data.add(finding)
        plain.add(finding)
    left = sum(1 for _ in findings)
    tables = data.add_files()
    head = head_of(report, options, words, tally)
    if left or tables:
        head["counts"] += words("page.left_out", findings=left, tables=tables)
    style, script = (PAGE / "page.css").read_text(encoding="utf-8"), scripts()
    write_start(out, report, words, style, script)
    out.write('<div id="app" hidden></div>\n<main id="plain">\n')
    write_head(out, words, head)
    plain.write(out)
    edition = words("page.version", version=report.version, ruleset=report.ruleset)
    out.write(
        f'<p class="edition">{escape(edition)}</p>\n</main>\n<script type="application/gzip" id="data">'
    )
    # No time in the header: the same run gives the same bytes.
    packed = gzip.compress(dump(_by_column(data.whole(head))).encode(), 9, mtime=0)
    out.write(base64.b64encode(packed).decode("ascii"))
    out.write(f'</script>\n<script type="module">{script}</script>\n</body>\n</html>\n')


def _by_column(whole: dict[str, Any]) -> dict[str, Any]:
    """The data of a page with like beside like, which packs into much less: findings by what is said of them, and the texts
    of a grid's cells behind their places. The page's script puts them together again."""
    findings = whole["findings"]
    names = dict.fromkeys(name for finding in findings for name in finding)
    grids = [
        {**grid, "c": [cell[:4] + cell[5:] for cell in grid["c"]], "t": [cell[4] for cell in grid["c"]]}
        for grid in whole["grids"]
    ]
    columns = {name: [finding.get(name) for finding in findings] for name in names}
    return {**whole, "grids": grids, "findings": columns, "number": len(findings)}


def head_of(report: Report, options: Options, words: Words, tally: Tally) -> dict[str, Any]:
    """What stands above the findings of a run that has been gone through: ``verdict``, ``counts``, ``account`` of the
    figures, and ``missed``, a line for everything that was not checked."""
    counts = words("summary.line", extent=extent(words, report), found=found(words, report, tally))
    account = ""
    if report.summary.account.get("figures"):
        account = words("summary.account") + words("summary.colon") + figures(words, report)
    return {
        "verdict": verdict(words, report, options, tally)[0],
        "counts": counts,
        "account": account,
        "missed": list(_not_checked(report, words)),
    }


def write_start(out: TextIO, report: Report, words: Words, style: str, script: str) -> None:
    """Write what comes before the body of a page with a style and a script, and nothing else that may be loaded."""
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    out.write(
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if report.lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="generator" content="{_GENERATOR} {escape(report.version)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(words('page.title'))}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def write_head(out: TextIO, words: Words, head: dict[str, Any]) -> None:
    """Write what :func:`head_of` gives as text."""
    account = f"<p>{escape(visible(head['account']))}</p>\n" if head["account"] else ""
    out.write(
        f"<h1>{escape(words('page.title'))}</h1>\n"
        f'<p class="verdict"><strong>{escape(words("verdict.title"))}{escape(visible(head["verdict"]))}</strong></p>\n'
        f"<p>{escape(visible(head['counts']))}</p>\n"
        f"{account}"
        f'<p id="old" role="status" hidden>{escape(words("page.no_unpack"))}</p>\n'
    )
    if head["missed"]:
        out.write(f"<h2>{escape(words('page.missed'))}</h2>\n<ul>\n")
        out.writelines(f"<li>{escape(visible(line))}</li>\n" for line in head["missed"])
        out.write("</ul>\n")


def is_report(path: str) -> bool:
    """Is a file a page that this module wrote? Raises ``OSError``."""
    from perfgoals_lint.readers.handed_back import is_page

    with open(path, "rb") as file:
        return is_page(file.read(1000))


def scripts() -> str:
    """The modules of the page as one: a page that is one file cannot import."""
    texts = ((PAGE / f"{name}.js").read_text(encoding="utf-8") for name in MODULES)
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)).strip() for text in texts) + "\n"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _not_checked(report: Report, words: Words) -> Iterator[str]:
    """A line for everything that was not checked: files that could not be read, that nobody looked into, rules."""
    colon = words("summary.colon")
    for document in (*report.unreadable(), *report.not_looked_at()):
        yield f"{document.path}{colon}{document.reason or words('unreadable.reason')}"
    if left := outside(words, report):
        yield left
    for code in unchecked(report):
        account = report.accounting[code]
        said = words("page.join").join(account.why) or words(f"unchecked.{account.status}")
        yield f"{report.heading(code)}{colon}{said}"
