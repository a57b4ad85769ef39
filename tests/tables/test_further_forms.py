"""Forms that other provinces print: goals that are counted, amounts in sentences, lists inside of cells, columns of other years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.model import Cell, Document, Grid, Source
from perfgoals_lint.tables.recognise import recognise

HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
ROWS = [
    ["产出指标", "数量指标", "铺设管线长度", "≥42公里"],
    ["", "质量指标", "接头合格率", "≥98%"],
    ["效益指标", "社会效益指标", "受益住户", "≥610户"],
]
NAME = ["项目名称", "管线铺设"]


def _read(*lines: list[str], spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> Document:
    """A sheet of these lines under a title, cells merged by ``spans`` (rows, columns)."""
    texts = [["项目支出绩效目标表"], *lines]
    cells = [
        Cell(r, c, text, *(spans or {}).get((r, c), (1, 1)))
        for r, row in enumerate(texts)
        for c, text in enumerate(row)
    ]
    width = max(map(len, texts))
    return recognise(Source("甲.xlsx", "xlsx", [Grid("甲.xlsx", cells, len(texts), width, sheet="表")]))


def _values(document: Document) -> list[tuple[str | None, ...]]:
    return [
        (i.level1, i.level2, i.level3, i.cycle_value, i.annual_value) for i in document.tables[0].indicators
    ]


PLAIN = [
    ("产出指标", "数量指标", "铺设管线长度", None, "≥42公里"),
    ("产出指标", "质量指标", "接头合格率", None, "≥98%"),
    ("效益指标", "社会效益指标", "受益住户", None, "≥610户"),
]


def test_goals_that_are_counted_stand_beside_tables_of_their_own() -> None:
    blank = ["", "", "", ""]
    document = _read(
        [*NAME, *blank[:3]],
        ["长期目标1", "三年铺设管线126公里。", *blank[:3]],
        ["年度目标1", "铺设管线42公里。", *blank[:3]],
        ["长期目标1", *HEAD],
        *([["", *row[:3], value] for row, value in zip(ROWS, ["≥126公里", "≥99%", "≥1830户"], strict=True)]),
        ["年度目标1", *HEAD],
        *([["", *row] for row in ROWS]),
        spans={(4, 0): (4, 1), (8, 0): (4, 1)},
    )
    table = document.tables[0]
    assert (table.cycle_goal, table.annual_goal) == ("三年铺设管线126公里。", "铺设管线42公里。")
    assert [(i.cycle_value, i.annual_value) for i in table.indicators] == [
        ("≥126公里", "≥42公里"),
        ("≥99%", "≥98%"),
        ("≥1830户", "≥610户"),
    ]


@pytest.mark.parametrize(
    "amounts",
    [
        ["项目资金", "资金总额75万元，其中：财政拨款60万元，自筹资金15万元"],
        ["资金总额", "75万元（其中：财政拨款60万元、自筹资金15万元）"],
        ["资金总额", "人民币柒拾伍万元整（其中：财政拨款60万元、自筹资金15万元）"],
    ],
)
def test_amounts_in_a_sentence(amounts: list[str]) -> None:
    table = _read(NAME, amounts, ["年度目标", "铺设管线。"], HEAD, *ROWS).tables[0]
    assert table.budget_yuan == 750000
    assert table.funding_yuan == {"财政拨款": Decimal(600000), "自筹资金": Decimal(150000)}


@pytest.mark.parametrize("source", ["彩票公益金", "蓄水收益", "村集体投入"])
def test_a_source_that_no_form_knows_is_one_where_the_sum_says_so(source: str) -> None:
    lines = [["资金总额（万元）", "75"], ["财政拨款", "60"], [source, "15"], ["年度目标", "铺设管线。"]]
    document = _read(NAME, *lines, HEAD, *ROWS)
    assert document.tables[0].funding_yuan == {"财政拨款": Decimal(600000), source: Decimal(150000)}
    lines[2] = [source, "14"]
    document = _read(NAME, *lines, HEAD, *ROWS)
    assert document.tables[0].funding_yuan == {"财政拨款": Decimal(600000)}
    assert document.tables[0].fields[source] == "14"
    known = source == "彩票公益金"  # as 省级补助 is: it may be a part of 财政拨款
    assert ("PGX123" in [problem.code for problem in document.problems]) != known


def test_the_year_s_column_of_amounts() -> None:
    heads = ["资金（万元）", "资金来源", "上年预算数", "本年预算数", "增减额"]
    rows = [
        ["", "合计", "70", "75", "5"],
        ["", "财政拨款", "58", "60", "2"],
        ["", "其他资金", "12", "15", "3"],
    ]
    document = _read(NAME, heads, *rows, ["年度目标", "铺设管线。"], HEAD, *ROWS, spans={(2, 0): (4, 1)})
    table = document.tables[0]
    assert table.budget_yuan == 750000
    assert table.funding_yuan == {"财政拨款": Decimal(600000), "其他资金": Decimal(150000)}
    assert {"58", "70"} <= set(table.fields.values())


@pytest.mark.parametrize("mark", ["-", "—", "/", "→"])
def test_a_list_with_the_classes_in_front_of_each_name(mark: str) -> None:
    cell = "；".join(
        f"{mark.join([first, *row[1:3]])}：{row[3]}"
        for first, row in zip(["产出指标", "产出指标", "效益指标"], ROWS, strict=True)
    )
    heads = ["项目名称", "预算金额（万元）", "项目绩效目标", "绩效指标"]
    document = _read(
        heads, ["管线铺设", "75", "铺设管线。", cell + "。"], ["泵站检修", "9", "检修泵站。", cell]
    )
    assert [table.project_name for table in document.tables] == ["管线铺设", "泵站检修"]
    assert _values(document) == PLAIN


def test_a_class_beside_the_list_of_its_indicators() -> None:
    output = "1.数量指标：铺设管线长度：≥42公里\n2.质量指标：接头合格率：≥98%"
    document = _read(
        NAME, ["年度目标", "铺设管线。"], ["产出指标", output], ["效益指标", "社会效益指标：受益住户：≥610户"]
    )
    assert _values(document) == PLAIN


def test_numbered_names_beside_values_with_the_same_numbers() -> None:
    rows = [["产出指标", "数量指标", "1.铺设管线长度\n2.检修阀门", "1.≥42公里\n2.≥9个"], ROWS[2]]
    document = _read(NAME, ["年度目标", "铺设管线。"], HEAD, *rows)
    assert [(row[2], row[4]) for row in _values(document)] == [
        ("铺设管线长度", "≥42公里"),
        ("检修阀门", "≥9个"),
        ("受益住户", "≥610户"),
    ]


def test_classes_that_are_counted_have_rows_of_their_own() -> None:
    rows = [
        ["1", "产出指标", "", ""],
        ["1.1", "数量指标", "", ""],
        ["1.1.1", "铺设管线长度", "≥42公里", "40"],
        ["1.2", "质量指标", "", ""],
        ["1.2.1", "接头合格率", "≥98%", "30"],
        ["2", "效益指标", "", ""],
        ["2.1", "社会效益指标", "", ""],
        ["2.1.1", "受益住户", "≥610户", "30"],
    ]
    document = _read(NAME, ["年度目标", "铺设管线。"], ["序号", "指标名称", "指标值", "权重"], *rows)
    assert _values(document) == PLAIN


def test_indicators_printed_two_in_a_row_are_all_of_the_year() -> None:
    heads = [*HEAD, "三级指标", "指标值"]
    rows = [
        ["产出指标", "数量指标", "铺设管线长度", "≥42公里", "检修阀门", "≥9个"],
        [*ROWS[1], "", ""],
        [*ROWS[2], "", ""],
    ]
    document = _read(NAME, ["年度目标", "铺设管线。"], heads, *rows)
    assert _values(document) == [
        PLAIN[0],
        ("产出指标", "数量指标", "检修阀门", None, "≥9个"),
        *PLAIN[1:],
    ]


def test_rows_beside_other_boxes_and_below_other_titles_are_no_indicators() -> None:
    detail = [
        ["支出明细", "明细内容", "测算依据", "金额（万元）"],
        ["", "管材", "按定额", "60"],
        ["", "人工", "按市价", "15"],
    ]
    below = [["附：资金分配表", "", "", ""], ["地区", "金额", "任务", "备注"], ["甲县", "12", "3", ""]]
    spans = {(3, 0): (3, 1)}
    document = _read(
        NAME,
        ["预算金额（万元）", "75"],
        *detail,
        ["年度目标", "铺设管线。"],
        HEAD,
        *ROWS,
        *below,
        spans=spans,
    )
    assert _values(document) == PLAIN
    assert document.tables[0].fields["管材"] == "按定额、60"


def test_a_line_names_the_next_project() -> None:
    forms = []
    for name, amount in (("管线铺设", "75"), ("泵站检修", "9")):
        forms += [
            [f"项目编码：30{amount}　项目名称：{name}"],
            [f"预算金额：{amount}万元"],
            ["绩效目标", "按期完成。"],
            HEAD,
            *ROWS,
        ]
    spans = {(r + 1, 0): (1, 4) for r, line in enumerate(forms) if len(line) == 1}
    tables = _read(*forms, spans=spans).tables
    assert [(t.project_name, t.budget_yuan, t.annual_goal) for t in tables] == [
        ("管线铺设", 750000, "按期完成。"),
        ("泵站检修", 90000, "按期完成。"),
    ]


@pytest.mark.parametrize("label", ["支出事项", "补助项目", "方案名称"])
def test_the_first_box_below_a_title_names_the_project(label: str) -> None:
    table = _read(
        [label, "管线铺设"], ["预算金额（万元）", "75"], ["年度目标", "铺设管线。"], HEAD, *ROWS
    ).tables[0]
    assert (table.project_name, table.budget_yuan) == ("管线铺设", 750000)


def test_the_only_source_of_a_form_without_a_budget_is_the_budget() -> None:
    table = _read(NAME, ["财政经费（万元）", "75"], ["年度目标", "铺设管线。"], HEAD, *ROWS).tables[0]
    assert (table.budget_yuan, table.funding_yuan) == (750000, {"财政拨款": Decimal(750000)})


def test_two_row_heads_of_a_list_with_a_short_name_for_projects() -> None:
    heads = [["单位", "项目", "金额（万元）", "年度目标", "绩效指标"], ["", "", "", "", *HEAD]]
    spans = {(1, 0): (2, 1), (1, 1): (2, 1), (1, 2): (2, 1), (1, 3): (2, 1), (1, 4): (1, 4)}
    rows = [
        ["甲所", "管线铺设", "75", "铺设管线。", *ROWS[0]],
        ["", "", "", "", *ROWS[1]],
        ["", "", "", "", *ROWS[2]],
    ]
    document = _read(*heads, *rows, spans=spans)
    table = document.tables[0]
    assert (table.project_name, table.unit, table.budget_yuan) == ("管线铺设", "甲所", 750000)
    assert _values(document) == PLAIN
