"""What stands in, below or beside a goal table and is read as no part of it is named, never glued to what is read."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.model import Cell, Document, Grid, Source
from perfgoals_lint.tables.recognise import recognise

Rows = list[list[str | None]]
HEAD: Rows = [
    ["项目支出绩效目标表"],
    ["项目名称", "渡口浮桥检修"],
    ["预算金额（万元）", "64"],
    ["其中：财政拨款", "64"],
    ["年度目标", "检修浮桥6座，保障两岸居民过河。"],
]
SUMS = ("合计", "总计", "小计", "总分", "金额合计")
HEADER: list[str | None] = ["一级指标", "二级指标", "三级指标", "指标值", "权重"]
BODY: Rows = [
    ["产出指标", "数量指标", "检修浮桥", "≥6座", "40"],
    ["产出指标", "质量指标", "验收合格率", "≥95%", "30"],
    ["效益指标", "社会效益指标", "中断通行次数", "≤2次", "30"],
]


def read(rows: Rows) -> Document:
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text is not None]
    return recognise(Source("表.xlsx", "xlsx", [Grid("表.xlsx", cells, len(rows), 12, sheet="表")]))


def named(document: Document) -> list[str]:
    """The texts that the document says nothing was read from."""
    said = [cell.text for table in document.tables for cell in table.unread]
    assert document.outside is not None
    return said + [cell.text for cell in document.outside.first]


@pytest.mark.parametrize(
    ("note", "gap"),
    list(
        product(
            (
                "注：总预算80万元。",
                "说明：另有上年结转16万元。",
                "备注：浮桥实为9座。",
                "合计：80万元",
                "另需自筹十六万元",
            ),
            (0, 1, 8),
        )
    ),
)
def test_a_note_below_a_table_that_says_a_figure_is_named(note: str, gap: int) -> None:
    below: Rows = [[] for _ in range(gap)] + [[note]]
    if not note.startswith(("注", "说明", "备注")) and not gap:
        below.insert(0, ["填表人：某某"])
    assert named(read([*HEAD, HEADER, *BODY, *below])) == [note]


@pytest.mark.parametrize(
    "note",
    ["填报人：某某", "联系电话：80012345", "注：本表由项目单位填写。", "填报日期：2031年1月5日", "第 2 页"],
)
def test_a_note_without_a_figure_of_the_project_is_none(note: str) -> None:
    assert named(read([*HEAD, HEADER, *BODY, [note]])) == []


@pytest.mark.parametrize(("name", "points"), list(product(SUMS, ("100", "100分", "64万元"))))
def test_points_that_are_added_up_are_none(name: str, points: str) -> None:
    document = read([*HEAD, HEADER, *BODY, [name, None, None, None, points]])
    assert document.problems == []
    if points != "64万元":
        assert named(document) == []


@pytest.mark.parametrize(("name", "column"), list(product(SUMS, (1, 2, 3, 4))))
def test_a_sum_of_money_in_the_table_is_named(name: str, column: int) -> None:
    document = read([*HEAD, HEADER, *BODY, [name, *[None] * (column - 1), "80万元"]])
    kept = [problem.args["headings"] for problem in document.problems if problem.code == "PGX123"]
    assert named(document) == ["80万元"] or kept == [name]


@pytest.mark.parametrize(
    ("row", "second", "apart"), list(product((2, 3), ("80", "80万元", "640"), (0, 1, 3)))
)
def test_a_second_amount_beside_the_first_is_named(row: int, second: str, apart: int) -> None:
    rows: Rows = [list(line) for line in HEAD]
    rows[row] += [*[None] * apart, second]
    document = read([*rows, HEADER, *BODY])
    assert named(document) == [second]
    assert document.tables[0].budget_yuan == 640_000


@pytest.mark.parametrize("second", ["64", "64.00", "64万元", "640000元"])
def test_the_same_amount_again_is_no_second_one(second: str) -> None:
    rows: Rows = [list(line) for line in HEAD]
    rows[2].append(second)
    assert named(read([*rows, HEADER, *BODY])) == []


@pytest.mark.parametrize(
    ("column", "other"), list(product((1, 2, 3, 4, 5), ("999万元", "见附件说明", "12", "约3座")))
)
def test_a_column_without_a_heading_is_not_glued_to_the_one_before(column: int, other: str) -> None:
    """Whatever stands under no heading, behind any column: the fields of the row stay as they were, and it is named."""
    rows = [[*line[:column], other, *line[column:]] for line in BODY]
    header = [*HEADER[:column], None, *HEADER[column:]]
    document, plain = read([*HEAD, header, *rows]), read([*HEAD, HEADER, *BODY])
    said = [
        [(i.level1, i.level2, i.level3, i.annual_value, i.weight) for i in one.tables[0].indicators]
        for one in (document, plain)
    ]
    assert said[0] == said[1]
    assert named(document) == [other] * len(BODY)


@pytest.mark.parametrize("parts", [("≥", "6", "座"), ("≥6", "座"), ("≥", "6座")])
def test_a_value_in_several_cells_under_one_heading_is_whole(parts: tuple[str, ...]) -> None:
    header = [*HEADER[:4], *[None] * (len(parts) - 1), "权重"]
    document = read([*HEAD, header, ["产出指标", "数量指标", "检修浮桥", *parts, "40"]])
    assert document.tables[0].indicators[0].annual_value == "≥6座"
    assert named(document) == []


@pytest.mark.parametrize(
    ("name", "text"),
    list(
        product(
            ("备注", "其他说明"),
            ("预算80万元", "上年安排 16.5 万元", "另有800000元", "由各所落实", "见附件2"),
        )
    ),
)
def test_remarks_that_name_money_are_said_to_be_unchecked(name: str, text: str) -> None:
    document = read([*HEAD, [*HEADER, name], *[[*line, text] for line in BODY]])
    kept = [problem.args["headings"] for problem in document.problems if problem.code == "PGX123"]
    assert kept == [name] * text.endswith("元")
