"""What nobody filled in is told at its printed label, wherever the form prints its title."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as Word
from openpyxl import Workbook

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.model import GoalTable

TITLE = "2026年度项目支出绩效目标表"
ROWS = [
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "检修趸船数量", "≥3艘"],
    ["产出指标", "质量指标", "检修合格率", "≥98%"],
    ["满意度指标", "服务对象满意度", "乘客满意度", "≥90%"],
]
MONEY = {
    "beside": [["资金总额", "", "财政资金", ""]],
    "below": [["资金总额", "财政资金", "其他资金", ""], ["", "", "", ""]],
}


def _word(path: Path, rows: list[list[str]], title_inside: bool) -> None:
    document = Word()
    if title_inside:
        rows = [[TITLE, TITLE, TITLE, TITLE], *rows]
    else:
        document.add_paragraph(TITLE)
    table = document.add_table(rows=len(rows), cols=4)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    if title_inside:
        for column in range(1, 4):
            table.cell(0, column).text = ""
        table.cell(0, 0).merge(table.cell(0, 3)).text = TITLE
    document.save(str(path))


def _sheet(path: Path, rows: list[list[str]], title_inside: bool) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [[TITLE], *rows]:
        sheet.append([text or None for text in row])
    book.save(path)


@pytest.mark.parametrize("title_inside", [True, False])
@pytest.mark.parametrize("money", sorted(MONEY))
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_empty_boxes_are_told_at_their_labels(
    tmp_path: Path, form: str, money: str, title_inside: bool
) -> None:
    rows = [["项目名称", "", "主管部门", "浅滩县交通局"], *MONEY[money], ["年度目标", "", "", ""], *ROWS]
    path = tmp_path / f"form.{form}"
    (_word if form == "docx" else _sheet)(path, rows, title_inside)
    tables = extract_file(str(path)).tables
    assert len(tables) == 1
    table: GoalTable = tables[0]
    assert len(table.indicators) == 3
    assert {"project_name", "budget_yuan", "funding_yuan", "annual_goal"} <= table.labels.keys()


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_filled_boxes_are_not_told(tmp_path: Path, form: str) -> None:
    rows = [
        ["项目名称", "渡口趸船检修", "主管部门", "浅滩县交通局"],
        ["资金总额", "60", "财政资金", "60"],
        ["年度目标", "检修趸船3艘。", "", ""],
        *ROWS,
    ]
    path = tmp_path / f"form.{form}"
    (_word if form == "docx" else _sheet)(path, rows, False)
    (table,) = extract_file(str(path)).tables
    assert not {"project_name", "budget_yuan", "funding_yuan", "annual_goal"} & table.labels.keys()
