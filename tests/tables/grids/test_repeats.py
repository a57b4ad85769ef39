"""Text of converters that know no merged cells: one that is printed again and again is one."""

from __future__ import annotations

import pytest

from perfgoals_lint.model import Cell, Document, Grid, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise

GOAL = "修复城墙垛口320处，墙体险情得到排除，城墙安全开放。"
HEADS = [
    ["项目名称", *["古城墙垛口修复"] * 5],
    ["主管部门", *["白鹭县文物局"] * 2, "实施单位", *["白鹭县城墙保护所"] * 2],
    ["年度目标", *[GOAL] * 5],
]
HEADER = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "分值"]
BODY = [
    ["绩效指标", "产出指标", "数量指标", "修复城墙垛口数量", "320处", "20"],
    ["绩效指标", "产出指标", "质量指标", "修复工程验收合格率", "100%", "20"],
    ["绩效指标", "产出指标", "时效指标", "修复工程完成时间", "9月底前", "20"],
    ["绩效指标", "效益指标", "社会效益指标", "城墙开放安全水平", "明显提高", "20"],
    ["绩效指标", "满意度指标", "服务对象满意度指标", "游客满意度", "≥90%", "20"],
]
WANTED = [tuple(row[1:5]) for row in BODY]


def read(lines: list[str]) -> Document:
    block = TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])
    return recognise(Source("invented.txt", "text", [block]))


def check(document: Document) -> None:
    (table,) = document.tables
    assert (table.project_name, table.department) == ("古城墙垛口修复", "白鹭县文物局")
    assert (table.unit, table.annual_goal) == ("白鹭县城墙保护所", GOAL)
    assert [(i.level1, i.level2, i.level3, i.annual_value) for i in table.indicators] == WANTED


def once(row: list[str]) -> list[str]:
    return [cell for n, cell in enumerate(row) if not n or row[n - 1] != cell]


@pytest.mark.parametrize("mark", ["\n", " | ", "\t"])
def test_every_cell_again(mark: str) -> None:
    rows = [*HEADS, HEADER, *BODY]
    check(read([cell for row in rows for cell in mark.join(row).split("\n")]))


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_the_label_beside_the_rows_again(mark: str) -> None:
    document = read([mark.join(once(row)) for row in [*HEADS, HEADER, *BODY]])
    check(document)
    assert not document.problems


@pytest.mark.parametrize(
    "above", [["| 绩效目标表 |"], ["| 绩效目标表 |", "| （2027年度） |"], ["绩效目标表"]]
)
def test_filled_rows_below_a_title_between_bars(above: list[str]) -> None:
    document = read([*above, *("| " + " | ".join(row) + " |" for row in [*HEADS, HEADER, *BODY])])
    check(document)
    assert not document.problems


@pytest.mark.parametrize("place", [2, 3])
def test_names_over_two_columns(place: int) -> None:
    rows = [[*row[:place], row[place], *row[place:]] for row in [HEADER[1:], *(row[1:] for row in BODY)]]
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    (table,) = recognise(Source("invented.txt", "text", [Grid("invented.txt", cells, len(rows), 6)])).tables
    found = [(i.level2, i.level3, i.annual_value) for i in table.indicators]
    assert found == [row[1:] for row in WANTED]


def test_two_equal_values_are_two_cells() -> None:
    header = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    rows = [[*row[1:5], row[4], "20", "20"] for row in BODY]
    document = read([*(cell for row in [*map(once, HEADS), header, *rows] for cell in row)])
    (table,) = document.tables
    found = [(i.level1, i.level2, i.level3, i.annual_value) for i in table.indicators]
    assert found == WANTED
    assert [i.weight for i in table.indicators] == ["20"] * len(BODY)
