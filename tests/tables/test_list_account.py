"""Lists of projects: what no column takes is told as unread, and is not counted as read."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from perfgoals_lint.model import Cell, Document, Grid, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_BY_ROW = [
    "项目名称",
    "项目单位",
    "预算数（万元）",
    "年度绩效目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "分值",
]
_OF_ROWS = [
    [
        "沟渠清淤",
        "西埠乡",
        "31.5",
        "清淤沟渠47公里。",
        "产出指标",
        "数量指标",
        "清淤沟渠长度",
        "≥47公里",
        "20",
    ],
    [
        "沟渠清淤",
        "西埠乡",
        "31.5",
        "清淤沟渠47公里。",
        "产出指标",
        "质量指标",
        "清淤验收合格率",
        "≥96%",
        "20",
    ],
    [
        "沟渠清淤",
        "西埠乡",
        "31.5",
        "清淤沟渠47公里。",
        "效益指标",
        "社会效益指标",
        "受益农田面积",
        "≥783亩",
        "20",
    ],
    ["路灯换新", "东岗镇", "62.8", "更换路灯159盏。", "产出指标", "数量指标", "更换路灯数量", "≥159盏", "20"],
    ["路灯换新", "东岗镇", "62.8", "更换路灯159盏。", "产出指标", "质量指标", "路灯亮灯率", "≥98%", "20"],
    [
        "路灯换新",
        "东岗镇",
        "62.8",
        "更换路灯159盏。",
        "效益指标",
        "社会效益指标",
        "惠及居民人数",
        "≥2643人",
        "20",
    ],
]
_BY_PROJECT = ["项目名称", "项目单位", "总计（万元）", "绩效目标", "数量指标", "质量指标", "社会效益指标"]
_OF_PROJECTS = [
    ["合计", "", "94.3", "", "", "", ""],
    [
        "沟渠清淤",
        "西埠乡",
        "31.5",
        "清淤沟渠47公里。",
        "1.清淤长度：≥47公里",
        "1.合格率：≥96%",
        "1.受益面积：≥783亩",
    ],
    [
        "路灯换新",
        "东岗镇",
        "62.8",
        "更换路灯159盏。",
        "1.更换数量：≥159盏",
        "1.亮灯率：≥98%",
        "1.惠及人数：≥2643人",
    ],
]
_LISTS = {"by row": [_BY_ROW, *_OF_ROWS], "by project": [_BY_PROJECT, *_OF_PROJECTS]}


def _text(lines: list[str]) -> Document:
    block = TextBlock(
        [
            Line(text, Location("表.txt", line=n, column=1))
            for n, text in enumerate(["绩效目标汇总表", *lines], 1)
        ]
    )
    return recognise(Source("表.txt", "text", [block]))


def _grid(rows: list[list[str]]) -> Document:
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    width = max(map(len, rows))
    return recognise(Source("表.xlsx", "xlsx", [Grid("表.xlsx", cells, len(rows), width, sheet="表")]))


def _kept(document: Document) -> str:
    """All that the tables and totals of a document hold."""
    rows = (f"{row.level3} {row.annual_value} {row.columns}" for t in document.tables for row in t.indicators)
    money = (one / 10000 for t in document.tables if (one := t.budget_yuan) is not None)
    sums = (one / 10000 for t in document.totals if (one := t.total) is not None)
    goals = (f"{t.annual_goal} {t.fields}" for t in document.tables)
    return " ".join([*rows, *(format(Decimal(one).normalize(), "f") for one in (*money, *sums)), *goals])


def _unread(document: Document) -> list[str]:
    return [cell.text for table in document.tables for cell in table.unread]


@pytest.mark.parametrize("kind", _LISTS)
@pytest.mark.parametrize("mark", ["\t", "  ", " | "])
def test_a_row_that_hangs_on_the_one_before_is_read_or_said(kind: str, mark: str) -> None:
    lines = [mark.join(row) for row in _LISTS[kind]]
    for at in range(1, len(lines) - 1):
        document = _text([*lines[:at], lines[at] + lines[at + 1], *lines[at + 2 :]])
        kept = _kept(document)
        lost = [figure for figure in _FIGURE.findall(" ".join(lines[1:])) if figure not in kept]
        assert not lost or document.problems, lines[at]


@pytest.mark.parametrize("kind", _LISTS)
@pytest.mark.parametrize("at", [1, 2, -1])
def test_cells_behind_the_last_column_are_unread(kind: str, at: int) -> None:
    rows = [list(row) for row in _LISTS[kind]]
    rows[at] += [""] * (len(rows[0]) - len(rows[at])) + ["另计费用7.25万元"]
    document = _grid(rows)
    assert _unread(document) == ["另计费用7.25万元"]
    assert "PGX107" in {problem.code for problem in document.problems}
    assert _unread(_grid(_LISTS[kind])) == []


@pytest.mark.parametrize("column", range(3, len(_BY_PROJECT)))
def test_the_text_in_the_row_of_a_sum_is_unread(column: int) -> None:
    rows = [list(row) for row in _LISTS["by project"]]
    rows[1][column] = "含上年结转12万元"
    assert _unread(_grid(rows)) == ["含上年结转12万元"]


@pytest.mark.parametrize("column", [1, 2, 3])
def test_what_differs_from_the_rows_above_of_the_project_is_unread(column: int) -> None:
    rows = [list(row) for row in _LISTS["by row"]]
    rows[2][column] = "73.6" if column == 2 else "别处另有说法"
    assert _unread(_grid(rows)) == [rows[2][column]]


def test_the_uses_of_cells_are_told_apart() -> None:
    for rows in _LISTS.values():
        account = _grid(rows).account
        assert account is not None
        assert account.cells == sum(bool(text) for row in rows for text in row)
        assert account.headers == len(rows[0])
