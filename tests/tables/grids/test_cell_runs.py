"""Tables whose lines are no rows: cells in runs between bars, a cell a line, blank ones printed as bars or blank lines; tables
that break off; boxes above a header that no usual opener begins."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.rulebook.labels import classify
from perfgoals_lint.tables.recognise import recognise

ROWS = [
    ("产出指标", "数量指标", "钟楼齿轮更换数量", "=", "32", "件"),
    ("产出指标", "数量指标", "钟面清洗次数", "≥", "4", "次"),
    ("产出指标", "时效指标", "汛前检修完成时间", "", "6月底前", ""),
    ("效益指标", "社会效益指标", "报时误差", "≤", "2", "分钟"),
    ("效益指标", "可持续影响指标", "钟楼值守机制", "", "逐步健全", ""),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "≥", "92", "%"),
]
HEAD = [
    ["2025年度项目支出绩效目标表"],
    ["项目名称", "云渡镇钟楼检修"],
    ["主管部门", "云渡县文物局", "实施单位", "云渡镇钟楼管理所"],
    ["资金情况（万元）", "年度资金总额：", "18"],
    ["年度总体目标", "检修钟楼，清洗钟面，保障准时报时。"],
]
COLUMNS: dict[str, tuple[list[str], Callable[[tuple[str, ...]], list[str]]]] = {
    "one value": (["指标值"], lambda row: ["".join(row[3:])]),
    "sign and unit": (["计算符号", "目标值", "计量单位", "备注"], lambda row: [*row[3:], ""]),
    "self-evaluation": (
        ["年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        lambda row: ["".join(row[3:]), row[4] + row[5], "10", "10", ""],
    ),
}
Table = list[list[str]]


def body(columns: str) -> Table:
    """The header and the rows, classes printed once."""
    names, cells = COLUMNS[columns]
    table = [["绩效指标", "一级指标", "二级指标", "三级指标", *names]]
    for above, row in pairwise([("",) * 6, *ROWS]):
        classes = [row[n] for n in (0, 1) if row[: n + 1] != above[: n + 1]]
        table.append([*classes, row[2], *cells(row)])
    return table


def cells_a_line(table: Table) -> list[str]:
    return [f"{cell} |" if cell else "|" for row in table for cell in row]


def run_of_cells(table: Table) -> list[str]:
    """A blank cell as a line end, the others behind each other."""
    cells = [cell for row in table for cell in row]
    return "".join(f" {cell} |" if cell else "\n|" for cell in cells).split("\n")


def lines_apart(table: Table) -> list[str]:
    return [line for row in table for cell in row for line in (cell or " ", "")]


def rows_of_bars(table: Table) -> list[str]:
    return [" | ".join(row) + " |" for row in table]


SHAPES = [cells_a_line, run_of_cells, lines_apart, rows_of_bars]


def read(lines: list[str]) -> Document:
    printed = [Line(text, Location("表.txt", line=n)) for n, text in enumerate(lines, 1)]
    return recognise(Source("表.txt", "text", [TextBlock(printed)]))


def named(document: Document) -> list[tuple[str | None, ...]]:
    return [
        (row.level1, row.level2, row.level3, row.annual_value)
        for table in document.tables
        for row in table.indicators
        if row.level3
    ]


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_row_and_box_comes_back(shape: Callable[[Table], list[str]], columns: str) -> None:
    document = read(["首页 > 信息公开", *shape([*HEAD, *body(columns)]), "打印本页"])
    assert named(document) == [(*row[:3], "".join(row[3:])) for row in ROWS]
    (table,) = document.tables
    assert (table.project_name, table.department, table.unit) == (
        "云渡镇钟楼检修",
        "云渡县文物局",
        "云渡镇钟楼管理所",
    )
    assert table.budget_yuan == 180_000
    assert table.annual_goal == "检修钟楼，清洗钟面，保障准时报时。"


@pytest.mark.parametrize("shape", [cells_a_line, rows_of_bars])
def test_a_class_without_an_indicator_is_no_first_level(shape: Callable[[Table], list[str]]) -> None:
    table = body("one value")
    at = next(n for n, row in enumerate(table) if row[0] == "可持续影响指标")
    table.insert(at, ["生态效益指标", "", ""])
    assert named(read(shape([*HEAD, *table]))) == [(*row[:3], "".join(row[3:])) for row in ROWS]


@pytest.mark.parametrize("begun", ["时", "时效", "效益指", "≥9", "1"])
def test_a_cell_begun_behind_the_last_bar_is_cut_off(begun: str) -> None:
    whole = cells_a_line([*HEAD, *body("one value")[:3]])
    document = read([*whole, begun])
    assert document.tables[0].truncated
    assert all(row[:2] == ("产出指标", "数量指标") for row in named(document))


def test_lines_behind_the_last_bar_are_in_no_cell() -> None:
    below = ["（四）部门职责。", "钟楼管理所负责全镇钟楼的检修和值守。"]
    document = read([*cells_a_line([*HEAD, *body("one value")]), *below])
    assert len(named(document)) == len(ROWS)


@pytest.mark.parametrize("count", [2, 4])
def test_a_table_that_ends_within_the_first_classes_may_go_on(count: int) -> None:
    rows = [["产出指标", "数量指标", f"钟楼{count}号齿轮数量", "3件"]]
    rows += [[f"钟楼{n}号钟摆数量", f"{n + 1}件"] for n in range(count)]
    document = read(rows_of_bars([*HEAD, ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"], *rows]))
    assert document.tables[0].truncated is (len(rows) > 3)


def test_boxes_above_a_header_count_where_no_usual_box_begins_the_form() -> None:
    boxes = [
        ["部门整体绩效目标"],
        ["部门编码：", "417", "部门名称：", "云渡县文物局", "联系人：", "甘棠"],
        ["部门职能职责概述", "负责全县文物保护。"],
        ["年度绩效总目标", "检修钟楼，清洗钟面，保障准时报时。"],
    ]
    table = [["一级指标", "二级指标", "三级指标", "指标值"], *body("one value")[1:]]
    (found,) = read(rows_of_bars([*boxes, *table])).tables
    assert found.department == "云渡县文物局"
    assert found.annual_goal == "检修钟楼，清洗钟面，保障准时报时。"
    assert found.cycle_goal is None


def test_numbers_that_begin_again_part_the_goal_from_what_was_reached() -> None:
    goals = ["目标1：检修钟楼", "目标2：清洗钟面"]
    head = [row for row in HEAD if row[0] != "年度总体目标"]
    boxes = [*head, ["年度总体目标"], ["预期目标", "实际完成情况"], goals, goals]
    (table,) = read(lines_apart([*boxes, *body("self-evaluation")])).tables
    assert (table.annual_goal or "").split("\n") == goals


@pytest.mark.parametrize("points", ["（30分）", "(30)", "30分)"])
def test_points_behind_a_class_may_lack_their_first_bracket(points: str) -> None:
    assert classify(f"效益指标{points}", 1) == "benefit"
