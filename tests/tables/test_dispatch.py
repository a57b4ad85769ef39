"""Which recogniser counts, and what is said when none fits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.model import Cell, Grid, Location, Problem, Source
from perfgoals_lint.tables.recognise import recognise
from tables.invented import source_of

PIECES = [
    "项目名称",
    "绩效指标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "年度指标值:",
    "1、产出指标:",
    "；",
    "。",
    "\t",
    "\n",
    " ",
    "12.50",
    "1,200.00",
    "合计",
    "≥90%",
    "数量指标",
    "绩效目标",
    "单位：万元",
    "甲局",
    "第1页",
]


def test_a_text_without_goal_tables_says_what_was_seen():
    document = recognise(source_of("关于印发的通知\n\n项目名称 甲\n正文。"))
    assert document.layout is None
    assert [(p.code, p.location.line, p.args) for p in document.problems] == [
        ("PGX101", 3, {"seen": "项目名称"})
    ]


@pytest.mark.parametrize("wide", [3, 5])
@pytest.mark.parametrize("title", ["2031年项目支出绩效目标汇总表", "部门项目绩效目标表"])
def test_a_title_over_rows_without_a_header_is_no_other_document(title: str, wide: int) -> None:
    rows = [[title], *([f"{n}", f"堤防加固{n}期", "西洲县", "12.5", "加固堤防"][:wide] for n in (1, 2))]
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    grid = Grid("表.xlsx", cells, len(rows), wide, sheet="表")
    document = recognise(Source("表.xlsx", "xlsx", [grid]))
    assert [(p.code, p.location.cell, p.args) for p in document.problems] == [
        ("PGX101", "A1", {"seen": title})
    ]
    letter = [Cell(0, 0, title), Cell(1, 0, "请于月底前报送。"), Cell(2, 0, "财政局")]
    document = recognise(Source("函.xlsx", "xlsx", [Grid("函.xlsx", letter, 3, 1, sheet="函")]))
    assert [problem.code for problem in document.problems] == ["PGX105"]


def test_what_could_not_be_read_is_not_called_unrecognised():
    problem = Problem("PGX003", Location("t.txt"))
    document = recognise(Source("t.txt", "unknown", problems=[problem]))
    assert document.problems == [problem]


def test_reading_problems_come_before_those_of_the_layout():
    source = source_of("正文")
    source.problems.append(Problem("PGX007", Location("t.txt", line=1)))
    assert [problem.code for problem in recognise(source).problems] == ["PGX007", "PGX105"]


def test_a_tab_separated_list_in_a_file_is_a_list(tmp_path):
    path = tmp_path / "list.txt"
    rows = ["项目名称\t总计\t财政拨款\t其他资金\t绩效目标\t绩效指标", "青禾市档案馆\t40.00\t40.00\t\t\t"]
    rows += [f"夜校讲座{n}\t10.00\t10.00\t\t开课。\t1、产出指标:开课次数,年度指标值:6次。" for n in range(4)]
    path.write_text("\n".join(rows), encoding="utf-8")
    document = extract_file(str(path), display="list.txt")
    assert document.path == "list.txt"
    assert document.layout == "project-list"
    assert {table.unit for table in document.tables} == {"青禾市档案馆"}


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_no_text_raises(text):
    document = recognise(source_of(text))
    assert document.layout or document.problems


@pytest.mark.slow
@settings(deadline=None, max_examples=600)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=120).map("".join))
def test_no_long_text_raises(text):
    document = recognise(source_of(text))
    assert document.layout or document.problems
