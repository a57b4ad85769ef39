"""A fix of a workbook is checked on the whole table again: one that brings an error is refused, the others are made."""

from __future__ import annotations

import tempfile
from pathlib import Path

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.fixes.office.apply import fix_package
from perfgoals_lint.model import Document, Edit, Finding, Fix
from readers.written import xlsx

ROWS = (
    ("项目名称", "一级指标", "二级指标", "三级指标", "年度指标值"),
    ("渡口码头修缮", "产出指标", "数量指标", "修缮泊位", "≧4个"),
    ("渡口码头修缮", "产出指标", "质量指标", "验收合格率", "≧95%"),
)


def workbook() -> bytes:
    """A flat list in a sheet, every text inline."""
    cells = (
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for at, text in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(ROWS, 1)
    )
    return xlsx(f"<sheetData>{''.join(cells)}</sheetData>")


def document_of(data: bytes) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(data)
        return extract_file(str(path), "a.xlsx")


def check(data: bytes) -> tuple[str, list[Finding]]:
    """Finds every sign of the old form, and an error as soon as the first row has the new one."""
    document = document_of(data)
    found: list[Finding] = []
    for row in (row for table in document.tables for row in table.indicators):
        old = row.annual_value or ""
        if "≧" in old:
            edit = Edit(row.locations["annual_value"], "annual_value", old, old.replace("≧", "≥"))
            found.append(
                Finding(
                    "T1", "sign", "warning", "", "", "a.xlsx", location=edit.location, fix=Fix(True, [edit])
                )
            )
        if old == "≥4个":
            found.append(Finding("T2", "broken", "error", "", "", "a.xlsx"))
    return document.format, found


def test_a_fix_that_brings_a_new_error_is_refused() -> None:
    outcome = fix_package(workbook(), "a.xlsx", check)
    values = [row.annual_value for row in document_of(outcome.content).tables[0].indicators]
    assert values == ["≧4个", "≥95%"]
    assert (len(outcome.applied), len(outcome.refused)) == (1, 1)
