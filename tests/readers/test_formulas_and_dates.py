"""Formulas without a value and dates in ISO spelling, by carrier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.readers.limits import FORMULA_WITHOUT_VALUE
from readers.helpers import grids, read_bytes
from readers.written import xlsx

ROWS = (("产出指标", "数量指标", "保洁河段"), ("效益指标", "社会效益指标", "受益居民"))


def form(value: str) -> bytes:
    """A small form whose first value cell has this XML."""

    def cell(at: str, text: str) -> str:
        return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'

    head = cell("A1", "项目名称") + cell("B1", "河道保洁")
    goal = cell("A2", "年度目标") + cell("B2", "保洁河段30公里，沿河居民满意。")
    labels = "".join(
        cell(f"{c}3", t) for c, t in zip("ABCD", ("一级指标", "二级指标", "三级指标", "指标值"), strict=True)
    )
    rows = ""
    for number, row in enumerate(ROWS, 4):
        texts = "".join(cell(f"{c}{number}", t) for c, t in zip("ABC", row, strict=True))
        rows += f'<row r="{number}">{texts}{value if number == 4 else cell(f"D{number}", "≥5000人")}</row>'
    return xlsx(
        f'<sheetData><row r="1">{head}</row><row r="2">{goal}</row><row r="3">{labels}</row>{rows}</sheetData>'
    )


@pytest.mark.parametrize("kind", ["", ' t="str"', ' t="n"', ' t="b"', ' t="e"'])
def test_a_formula_without_a_value_is_unknown_and_not_empty(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(form(f'<c r="D4"{kind}><f>CONCATENATE("≥",30)</f></c>'))
    document = extract_file(str(path))
    assert [problem.code for problem in document.problems] == [FORMULA_WITHOUT_VALUE]
    (table,) = document.tables
    assert [row.unknown for row in table.indicators] == [["annual_value"], []]
    rules = codes_of(path)
    assert "PGX030" in rules
    assert "PGC107" not in rules
    assert "PGC103" not in {finding["rule"] for finding in findings_of(path) if "数量" in finding["message"]}


def test_an_empty_text_that_a_formula_gave_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(form('<c r="D4" t="str"><f>IF(1,"","x")</f><v></v></c>'))
    assert "PGX030" not in codes_of(path)
    assert "PGC107" in codes_of(path)


def findings_of(path: Path) -> list[dict[str, Any]]:
    from tests.cli.commands import findings

    return findings(path)


def codes_of(path: Path) -> set[str]:
    return {finding["rule"] for finding in findings_of(path)}


def test_dates_in_iso_spelling_show_as_dates() -> None:
    cells = '<c r="A1" t="d"><v>2026-03-01</v></c><c r="B1" t="d"><v>2026-03-01T12:00:00</v></c><c r="C1" t="d"><v>x</v></c>'
    source = read_bytes(xlsx(f'<sheetData><row r="1">{cells}</row></sheetData>'))
    assert [cell.text for cell in grids(source)[0].cells] == ["2026/3/1", "2026/3/1", "x"]
