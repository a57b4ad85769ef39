"""Tables whose projects stand side by side, classes in rows of their own, cells that hold two fields of a row."""

from __future__ import annotations

import pytest

from perfgoals_lint.model import Cell, Document, Grid, Source
from perfgoals_lint.tables.recognise import recognise
from tables.grid_reading import rows

ROWS = [
    ("产出指标", "数量指标", "疏通暗沟长度", "≥640米"),
    ("产出指标", "质量指标", "疏通合格率", "≥96%"),
    ("效益指标", "社会效益指标", "减少积水点", "≥7处"),
    ("满意度指标", "服务对象满意度指标", "街坊满意度", "≥90%"),
]
PLAIN = [(first, second, name, None, value) for first, second, name, value in ROWS]


def _read(
    *lines: list[str], sheet: str | None = "表", widths: dict[tuple[int, int], int] | None = None
) -> Document:
    spans = widths or {}
    cells = [
        Cell(r, c, text, column_span=spans.get((r, c), 1))
        for r, line in enumerate(lines)
        for c, text in enumerate(line)
        if text
    ]
    grid = Grid("甲.xlsx", cells, len(lines), max(map(len, lines)), sheet=sheet, table=None if sheet else 1)
    return recognise(Source("甲.xlsx", "xlsx", [grid]))


HEAD = [
    ["项目支出绩效目标表"],
    ["项目名称", "暗沟疏通"],
    ["预算金额（万元）", "31.5"],
    ["年度绩效目标", "疏通暗沟640米。"],
]


@pytest.mark.parametrize("mark", ["-", "—", "/", "→", "·"])
@pytest.mark.parametrize("name", ["指标类别", "指标类型", "一级指标"])
def test_two_classes_in_a_cell(mark: str, name: str) -> None:
    lines = [[f"{first}{mark}{second}", level3, value] for first, second, level3, value in ROWS]
    (table,) = _read(*HEAD, [name, "指标名称", "目标值"], *lines).tables
    assert rows(table) == PLAIN
    assert all(row.locations["level1"] == row.locations["level2"] for row in table.indicators)


@pytest.mark.parametrize("name", ["三级指标及目标值", "三级指标", "绩效指标"])
def test_name_and_value_in_a_cell(name: str) -> None:
    lines = [[first, second, level3 + value] for first, second, level3, value in ROWS]
    (table,) = _read(*HEAD, ["一级指标", "二级指标", name], *lines).tables
    assert rows(table) == PLAIN
    assert all(row.locations["annual_value"] == row.locations["level3"] for row in table.indicators)


@pytest.mark.parametrize("blank", ["", " ", "\n"])
@pytest.mark.parametrize("also", [(), ("上年完成值",)])
def test_the_sign_behind_a_name_is_that_of_the_value(blank: str, also: tuple[str, ...]) -> None:
    lines = [[*row[:2], f"{row[2]}{blank}≥", row[3].removeprefix("≥")] for row in ROWS]
    document = _read(*HEAD, ["一级指标", "二级指标", "三级指标", "指标值", *also], *lines)
    assert rows(document.tables[0]) == PLAIN
    assert document.problems == []


@pytest.mark.parametrize(
    "word", ["不少于", "不低于", "不超过", "大于等于", "达到", "提高至", "控制在", "不得低于", "未超过"]
)
@pytest.mark.parametrize("value", ["640米", "九成", "7处", "96.5%"])
def test_a_word_for_a_sign_behind_a_name_is_that_of_the_value(word: str, value: str) -> None:
    lines = [["产出指标", "数量指标", f"疏通暗沟长度{word}", value]]
    document = _read(*HEAD, ["一级指标", "二级指标", "三级指标", "指标值"], *lines)
    assert rows(document.tables[0]) == [("产出指标", "数量指标", "疏通暗沟长度", None, word + value)]
    assert document.problems == []


@pytest.mark.parametrize("name", ["价格下限", "余量不足", "工期最短", "水质达标", "人数超过"])
@pytest.mark.parametrize("value", ["明显改善", "是", "≥3处"])
def test_a_name_stays_whole_beside_a_value_that_does_not_go_on_with_it(name: str, value: str) -> None:
    lines = [["产出指标", "数量指标", name, value]]
    (table,) = _read(*HEAD, ["一级指标", "二级指标", "三级指标", "指标值"], *lines).tables
    assert rows(table) == [("产出指标", "数量指标", name, None, value)]


def test_a_sign_behind_a_name_with_two_values_is_in_doubt() -> None:
    lines = [[*row[:2], row[2] + "≥", "9", "3"] for row in ROWS]
    document = _read(*HEAD, ["一级指标", "二级指标", "三级指标", "实施期指标值", "年度指标值"], *lines)
    assert {problem.code for problem in document.problems} == {"PGX104"}


def test_names_beside_a_blank_column_of_values_stay_whole() -> None:
    lines = [[first, second, level3 + value, ""] for first, second, level3, value in ROWS]
    (table,) = _read(*HEAD, ["一级指标", "二级指标", "三级指标", "指标值"], *lines).tables
    assert [row.level3 for row in table.indicators] == [name + value for _, _, name, value in ROWS]


@pytest.mark.parametrize("ordinal", ["", "一、", "（一）"])
@pytest.mark.parametrize("width", [1, 3])
def test_a_class_alone_in_its_row_heads_those_below(ordinal: str, width: int) -> None:
    lines: list[list[str]] = []
    above = None
    for first, second, name, value in ROWS:
        if first != above:
            lines.append([ordinal + first])
            above = first
        lines.append([second, name, value])
    start = len(HEAD) + 1
    widths = {(start + r, 0): width for r, line in enumerate(lines) if len(line) == 1}
    (table,) = _read(*HEAD, ["二级指标", "三级指标", "指标值"], *lines, widths=widths).tables
    assert rows(table) == PLAIN


@pytest.mark.parametrize("words", ["定性描述", "定性目标值", "文字描述"])
def test_words_are_the_value_where_the_number_is_blank(words: str) -> None:
    lines = [[first, second, name, value, ""] for first, second, name, value in ROWS]
    lines[2][3:] = ["", "明显减少"]
    (table,) = _read(*HEAD, ["一级指标", "二级指标", "三级指标", "定量值", words], *lines).tables
    assert [row.annual_value for row in table.indicators] == ["≥640米", "≥96%", "明显减少", "≥90%"]


PROJECTS = [
    ("暗沟疏通", "31.5", "疏通暗沟长度：≥640米"),
    ("井盖更换", "18", "更换井盖：≥95套"),
    ("站亭刷新", "9.6", "刷新站亭：=22座"),
]


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("title", [True, False])
def test_projects_side_by_side(count: int, title: bool) -> None:
    names, amounts, quantities = (list(texts) for texts in zip(*PROJECTS[:count], strict=True))
    lines = [["项目名称", *names], ["预算金额（万元）", *amounts], ["数量指标", *quantities]]
    document = _read(*([["项目绩效目标对照表"]] if title else []), *lines)
    assert [table.project_name for table in document.tables] == names
    assert [table.budget_yuan for table in document.tables] == [float(a) * 10000 for a in amounts]
    assert [[f"{r.level3}：{r.annual_value}" for r in t.indicators] for t in document.tables] == [
        [q] for q in quantities
    ]
    # Places are those of the sheet as printed: the name of the second project stands in C.
    assert document.tables[1].location.cell == ("C2" if title else "C1")


def test_a_form_with_labels_on_both_sides_is_not_turned() -> None:
    lines = [["项目名称", "暗沟疏通", "项目编码", "S001"], ["主管部门", "甲局", "实施单位", "乙所"]]
    body = [list(row) for row in ROWS]
    (table,) = _read(*lines, ["一级指标", "二级指标", "三级指标", "指标值"], *body).tables
    assert (table.project_name, table.unit, rows(table)) == ("暗沟疏通", "乙所", PLAIN)


@pytest.mark.parametrize(
    "label", ["项目总经费（万元）", "项目总投资（万元）", "投资额（万元）", "项目总预算（万元）"]
)
def test_the_only_amount_is_the_budget(label: str) -> None:
    lines = [
        ["项目名称", "暗沟疏通"],
        [label, "31.5"],
        ["实施期限", "2026年"],
        ["年度绩效目标", "疏通暗沟640米。"],
    ]
    body = [["一级指标", "二级指标", "三级指标", "指标值"], *map(list, ROWS)]
    (table,) = _read(*lines, *body).tables
    assert table.budget_yuan == 315000
    lines[2][1] = "2026年-2028年"
    (table,) = _read(*lines, *body).tables
    assert table.budget_yuan is None
    assert "31.5" in table.fields.values()


def test_a_value_that_goes_on_with_the_next_indicator_is_in_doubt() -> None:
    names = ["项目名称", "预算金额（万元）", "数量指标"]
    glued = "1.疏通暗沟长度：≥640米更换井盖：≥95套"
    document = _read(names, ["暗沟疏通", "31.5", glued], ["站亭刷新", "9.6", "1.刷新站亭：=22座"])
    assert [problem.args["where"] for problem in document.problems if problem.code == "PGX104"] == [
        "疏通暗沟长度"
    ]
