"""What reports promise to put right is what the tool puts right: in every carrier, by every report."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import docx
import openpyxl
import pytest
import xlsxwriter

from handback.hard import repacked
from perfgoals_lint.cli.fixing import fix
from perfgoals_lint.cli.prepare import Asked, prepare
from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.fixes.passes import stored_as
from perfgoals_lint.forms import dump
from perfgoals_lint.reports import FORMATS, writer
from perfgoals_lint.reports.run import Options
from perfgoals_lint.rulebook.policy import index
from readers.written import zipped
from shared_data import DATA

ROWS = (
    ("项目名称", "一级指标", "二级指标", "三级指标", "年度指标值"),
    ("栈桥加固", "产出指标", "数量指标", "加固栈桥", "≧2座"),
    ("栈桥加固", "产出指标", "质量指标", "验收合格率", "≧95%"),
    ("栈桥加固", "满意度指标", "服务对象满意度指标", "游客满意度", "≥90%"),
)
OFFICE = "syn_dongguan_0000"
PROMISE = {lang: text.strip() for lang, text in index()["messages"]["reports"]["finding.fix_safe"].items()}


def delimited(mark: str = ",") -> str:
    return "".join(mark.join(row) + "\n" for row in ROWS)


def page() -> str:
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in ROWS)
    return f"<html><body><table>{rows}</table></body></html>"


def mail() -> str:
    return f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{page()}"


def pipes() -> str:
    head, *rows = ["| " + " | ".join(row) + " |\n" for row in ROWS]
    return head + "|" + "---|" * 5 + "\n" + "".join(rows)


def xml2003() -> str:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    cell = '<c:Cell><c:Data c:Type="String">{}</c:Data></c:Cell>'.format
    rows = "".join(f"<c:Row>{''.join(map(cell, row))}</c:Row>" for row in ROWS)
    return (
        f'<?xml version="1.0"?><c:Workbook xmlns:c="{space}"><c:Worksheet c:Name="表"><c:Table>{rows}</c:Table>'
        "</c:Worksheet></c:Workbook>"
    )


def rich_text() -> str:
    def row(texts: tuple[str, ...]) -> str:
        ends = "".join(f"\\cellx{1000 * number}" for number in range(1, 6))
        shown = "".join(
            "\\intbl " + "".join(f"\\u{ord(char)}?" for char in text) + "\\cell" for text in texts
        )
        return f"\\trowd{ends}{shown}\\row"

    return "{\\rtf1\\ansi\\uc1 " + "".join(map(row, ROWS)) + "}"


def form(name: Literal["json", "yaml"]) -> str:
    with stored_as(delimited(), "a.csv") as path:
        return str(dump(extract_file(path), name))


def workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def calculated(number: int) -> bytes:
    """The workbook with a formula in the last column of so many rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row)
            if 1 <= at <= number:
                sheet.write_formula(at, 4, f'="{row[4]}"', value=row[4])
    return out.getvalue()


def document() -> bytes:
    made, out = docx.Document(), io.BytesIO()
    table = made.add_table(0, 5)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.save(out)
    return out.getvalue()


def signed(data: bytes) -> bytes:
    return repacked(data, lambda _, part: part, **{"_xmlsignatures__sig1.xml": b"<a/>"})


CARRIERS: dict[str, Callable[[], str | bytes]] = {
    "a.csv": delimited,
    "gb.csv": lambda: delimited().encode("gb18030"),
    "utf16.csv": lambda: delimited("\t").encode("utf-16"),
    "a.tsv": lambda: delimited("\t"),
    "a.txt": lambda: delimited("\t"),
    "bars.txt": lambda: delimited(" | "),
    "a.md": pipes,
    "a.html": page,
    "page.xls": page,
    "page.doc": page,
    "delimited.xls": lambda: delimited("\t"),
    "a.mht": mail,
    "a.json": lambda: form("json"),
    "a.yaml": lambda: form("yaml"),
    "xml.xls": xml2003,
    "a.rtf": rich_text,
    "rich.doc": rich_text,
    "a.xlsx": workbook,
    "a formula.xlsx": lambda: calculated(1),
    "formulas.xlsx": lambda: calculated(3),
    "new.xls": workbook,
    "new.et": workbook,
    "signed.xlsx": lambda: signed(workbook()),
    "a.docx": document,
    "new.wps": document,
    "signed.docx": lambda: signed(document()),
}
SAMPLES = sorted((DATA / "samples" / "office").glob(f"{OFFICE}.*"))
KNOWN = {
    **CARRIERS,
    **{one.name: one.read_bytes for one in SAMPLES if one.suffix != ".json"},
}


@pytest.fixture(params=[*KNOWN, *(f"zip/{name}" for name in CARRIERS)])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A carrier as a file of its own, or as the only one of an archive."""
    packed, _, name = request.param.rpartition("/")
    made = KNOWN[name]()
    content = made.encode() if isinstance(made, str) else made
    path = tmp_path / ("a.zip" if packed else name)
    path.write_bytes(zipped({name: content}) if packed else content)
    return path


def promised(form: str, text: str) -> bool:
    """Does a report say, in the way of its format, that the tool puts something right?"""
    if form == "sarif":
        return '"fixes":' in text
    if form in ("json", "jsonl"):
        return '"fix":{"safe":true' in text
    return any(label in text for label in PROMISE.values())


def test_every_report_promises_what_is_done(path: Path) -> None:
    asked = prepare(Asked((str(path),), no_cache=True, jobs="1"))
    asked.settings.printed = True
    report = asked.run().report
    report.findings = list(report.findings)
    texts: dict[str, str] = {}
    for form in FORMATS:
        out = io.StringIO()
        writer(form)(report, out, Options(width=200, verbose=True))
        texts[form] = out.getvalue()
    certain = any(one.fix and one.fix.certain for one in report.findings)
    assert certain or path.suffix in (".pdf", ".zip"), "nothing to promise proves nothing"
    before = path.read_bytes()
    done = fix(prepare(Asked((str(path),), no_cache=True, jobs="1"))).applied
    assert (path.read_bytes() != before) == bool(done)
    said = {form for form, text in texts.items() if promised(form, text)}
    if path.suffix != ".zip":
        assert sum(bool(one.fix and one.fix.safe) for one in report.findings) == done
    if done:
        assert said >= {"json", "jsonl", "html"}
    else:
        assert not said
        assert path.suffix in (".json", ".yaml") or not any(
            '"suggestions"' in texts[form] for form in ("rdjson", "rdjsonl")
        )
