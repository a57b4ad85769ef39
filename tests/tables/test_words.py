"""Names of columns and boxes put together from parts: each is read, or said not to be; none is lost in silence."""

from __future__ import annotations

import itertools
import json

import pytest

from perfgoals_lint.model import Cell, Document, Grid, Source, to_json
from perfgoals_lint.tables.recognise import recognise

ROWS = [
    ("产出指标", "数量指标", "砌筑护坡", "≥120米"),
    ("产出指标", "质量指标", "验收通过率", "≥96%"),
    ("效益指标", "社会效益指标", "受益农户", "≥310户"),
]
YEARS = ["年度", "当年", "本年度", "2026年", "2026年度", "2026年末"]
AIMS = ["", "绩效", "预期", "计划", "考核", "批复"]
VALUES = ["指标值", "目标值", "数值"]
CYCLES = ["实施期", "实施周期", "三年", "中长期", "规划期", "政策期", "2026-2028年", "全周期", "长远", "最终"]


def _products(*parts: list[str]) -> list[str]:
    return ["".join(words) for words in itertools.product(*parts)]


def _document(lines: list[list[str]]) -> Document:
    cells = [Cell(r, c, text) for r, line in enumerate(lines) for c, text in enumerate(line) if text]
    grid = Grid("甲.xlsx", cells, len(lines), max(map(len, lines)), sheet="表")
    return recognise(Source("甲.xlsx", "xlsx", [grid]))


def _form(head: list[str], rows: list[list[str]], *boxes: tuple[str, str]) -> Document:
    lines = [["项目支出绩效目标表"], ["项目名称", "护坡砌筑"], *map(list, boxes), head, *rows]
    return _document(lines)


@pytest.mark.parametrize("word", _products(YEARS, AIMS, VALUES) + _products(AIMS[1:], VALUES))
def test_names_of_the_years_value(word: str) -> None:
    (table,) = _form(["一级指标", "二级指标", "三级指标", word], [list(row) for row in ROWS]).tables
    assert [(row.level3, row.annual_value) for row in table.indicators] == [row[2:] for row in ROWS]


@pytest.mark.parametrize("word", _products(CYCLES, ["", "绩效"], ["指标值", "目标值", "目标"]))
def test_names_of_the_periods_value(word: str) -> None:
    rows = [[*row[:3], row[3].replace("≥", "＞"), row[3]] for row in ROWS]
    (table,) = _form(["一级指标", "二级指标", "三级指标", word, "年度指标值"], rows).tables
    assert [(row.cycle_value, row.annual_value) for row in table.indicators] == [
        (row[3].replace("≥", "＞"), row[3]) for row in ROWS
    ]


BOXES = {
    "project_name": _products(["项目", "专项资金", "政策", "转移支付", "购买服务项目"], ["名称"]),
    "department": _products(["省级", "市级", "业务", "归口", ""], ["主管"], ["部门", "单位"]),
    "unit": _products(["项目", ""], ["实施", "承担", "申报", "建设", "执行"], ["单位", "主体", "部门"]),
    "project_code": _products(["项目", "专项", "预算项目"], ["编码", "编号", "代码"]),
    "annual_goal": _products(["年度", "2026年", "当年"], ["绩效", "总体", "预期", "工作"], ["目标"]),
    "cycle_goal": _products(CYCLES[:6], ["", "绩效", "总体"], ["目标"]),
}


@pytest.mark.parametrize(
    ("field", "word"), [(field, word) for field, words in BOXES.items() for word in words]
)
def test_names_of_boxes(field: str, word: str) -> None:
    lines = [["项目支出绩效目标表"], [word, "甲地护坡砌筑"], ["预算金额（万元）", "12"]]
    if field != "project_name":
        lines.insert(1, ["项目名称", "护坡砌筑"])
    document = _document([*lines, ["一级指标", "二级指标", "三级指标", "指标值"], *map(list, ROWS)])
    (table,) = document.tables
    assert (getattr(table, field), table.budget_yuan, len(table.indicators)) == ("甲地护坡砌筑", 120_000, 3)


@pytest.mark.parametrize(
    "word",
    _products(
        ["年度", "2026年", "当年", "项目", ""], ["预算", "申请", "安排", "下达"], ["资金总额", "金额", "数"]
    ),
)
def test_names_of_the_budget(word: str) -> None:
    document = _form(
        ["一级指标", "二级指标", "三级指标", "指标值"], [list(row) for row in ROWS], (f"{word}（万元）", "12")
    )
    (table,) = document.tables
    assert table.budget_yuan == 120_000 or "PGX123" in {problem.code for problem in document.problems}


PARTS = ["甲", "填报", "业务", "风险", "联络", "成效", "评估", "分管", "资料", "部署"]


@pytest.mark.parametrize("word", _products(PARTS, ["等次", "路径", "口岸", "简表", "要员"]))
def test_a_name_that_nobody_knows_is_said(word: str) -> None:
    head = ["一级指标", "二级指标", "三级指标", word, "指标值"]
    rows = [[*row[:3], f"某事{number}", row[3]] for number, row in enumerate(ROWS)]
    document = _form(head, rows, (f"{word}栏", "某言"))
    said = json.dumps(to_json(document), ensure_ascii=False)
    assert [(row.level3, row.annual_value) for row in document.tables[0].indicators] == [
        row[2:] for row in ROWS
    ]
    assert all(text in said for text in ("某事0", "某事1", "某事2", "某言"))
    told = " ".join(value for problem in document.problems for value in problem.args.values())
    assert word in told
