"""What is said of a project stands in a cell of its table, whoever the table is about and whatever stands above it."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest

from perfgoals_lint import Content, check

HEAD = ("一级指标", "二级指标", "三级指标", "指标值")
ROWS = [("产出指标", "数量指标", "巡查堤防次数", "≥12次"), ("产出指标", "质量指标", "隐患整改率", "≥95%")]
FORMS = {
    "department": [
        ("部门名称", "柳湾县水务局", "", ""),
        ("年度主要任务", "任务名称", "主要内容", "预算金额（万元）"),
        ("", "堤防管护", "巡查", "120"),
        ("", "闸站运行", "值守", "80"),
        ("年度预算申请（万元）", "", "", "210"),
    ],
    "project": [("项目名称", "堤防管护", "", ""), ("预算金额（万元）", "210", "", "")],
    "unit": [("实施单位", "柳湾县堤防站", "", ""), ("预算金额（万元）", "210", "", "")],
}


def in_word(rows: list[tuple[str, ...]]) -> bytes:
    """The rows as a table of a Word file, below a title and a line."""
    made = docx.Document()
    made.add_paragraph("部门（单位）整体支出绩效目标表")
    made.add_paragraph("（2026年度）")
    table = made.add_table(rows=0, cols=4)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.save(out := io.BytesIO())
    return out.getvalue()


def in_excel(rows: list[tuple[str, ...]]) -> bytes:
    """The rows as a sheet, below a title."""
    made = openpyxl.Workbook()
    made.active.append(("绩效目标表",))
    for row in rows:
        made.active.append(row)
    made.save(out := io.BytesIO())
    return out.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_every_finding_has_a_cell(form: str) -> None:
    rows = [*FORMS[form], HEAD, *ROWS]
    for name, data, needed in (
        ("表.docx", in_word(rows), ("table", "row", "column")),
        ("表.xlsx", in_excel(rows), ("sheet", "cell")),
    ):
        (result,) = check(Content(name, data))
        found = [one for one in result.findings if not one.rule.startswith("PGX")]
        assert found
        for finding in found:
            place = finding.location
            assert place is not None, finding.rule
            assert all(getattr(place, member) for member in needed), finding.rule
