"""What nobody filled in is told at its printed label, wherever the form prints its title."""

from __future__ import annotations

from collections.abc import Callable
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


def _pipes(path: Path, tables: list[list[list[str]]], title: str) -> None:
    """Each table under its title, as in a text in Markdown."""
    lines = []
    for rows in tables:
        first, *others = (f"| {' | '.join(row)} |" for row in rows)
        lines += [f"## {title}", "", first, "|---|---|---|---|", *others, ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def _paragraphs(path: Path, tables: list[list[list[str]]], title: str) -> None:
    """Each table under its title, as a paragraph."""
    document = Word()
    for rows in tables:
        document.add_paragraph(title)
        table = document.add_table(rows=len(rows), cols=4)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
    document.save(str(path))


def _form(name: str) -> list[list[str]]:
    unit = ["主管部门", "浅滩县交通局", "实施单位", "浅滩县航道所"]
    money = ["项目资金（万元）", "年度资金总额", "60", ""]
    return [["项目名称", name, "", ""], unit, money, ["年度目标", "检修趸船3艘。", "", ""], *ROWS]


@pytest.mark.parametrize("title", ["（2026年度）项目支出绩效目标表", "2026年度项目支出绩效目标申报表"])
@pytest.mark.parametrize("write", [_pipes, _paragraphs])
@pytest.mark.parametrize("names", [("",), ("", "渡口趸船检修"), ("渡口趸船检修", ""), ("", "")])
def test_an_empty_first_box_belongs_to_the_table_below_its_title(
    tmp_path: Path,
    write: Callable[[Path, list[list[list[str]]], str], None],
    names: tuple[str, ...],
    title: str,
) -> None:
    path = tmp_path / ("form.md" if write is _pipes else "form.docx")
    write(path, [_form(name) for name in names], title)
    tables = extract_file(str(path)).tables
    # The year of a title names no project, and the mark of a heading is no part of it.
    assert [(table.project_name, table.fiscal_year) for table in tables] == [(name, 2026) for name in names]
    assert [("project_name" in table.labels) for table in tables] == [not name for name in names]
