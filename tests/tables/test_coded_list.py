"""Single traits of project lists without cell marks, one small document each."""

from __future__ import annotations

from decimal import Decimal

from perfgoals_lint.tables.recognise import recognise
from tables.invented import source_of

TOP = [
    "部门名称：临澜市水务局 单位：万元",
    "",
    "项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标 绩效指标",
]
LIST = "1、1-产出指标；11-数量指标；巡查里程；实施周期指标值:≥90公里；年度指标值:≥30公里。"


def read(*lines, top=TOP):
    document = recognise(source_of("\n".join([*top, *lines])))
    assert document.layout == "project-list"
    return document


def test_a_list_broken_inside_number_label_and_value_is_joined():
    broken = [
        "1、1-产出指标；11-数量指",
        "",
        "标；巡查里程；实施周期指标值:≥9",
        "0公里；年度指标",
        "值:≥30公里。2",
        "、3-满意度指标；31-服务对象满意度；居民满意度；实施",
        "周期指标值:长期；年度指标值:≥",
        "80%。",
    ]
    table = read("    堤岸加固 50.00 50.00", "消除隐患。", *broken).tables[0]
    assert [
        (row.number, row.level1, row.level2, row.level3, row.cycle_value, row.annual_value)
        for row in table.indicators
    ] == [
        (1, "产出指标", "数量指标", "巡查里程", "≥90公里", "≥30公里"),
        (2, "满意度指标", "服务对象满意度", "居民满意度", "长期", "≥80%"),
    ]
    assert (table.indicators[0].level1_code, table.indicators[0].level2_code) == ("1", "11")
    assert table.indicators[1].locations["annual_value"].line == 12


def test_a_name_on_lines_of_its_own_belongs_to_the_amounts_below():
    document = read(
        "    堤岸加固 50.00 50.00",
        "消除隐患。",
        LIST,
        "    沿岸步道照明改造",
        "（二期）",
        "",
        "30.00 30.00",
        "更换灯具。",
        LIST,
    )
    assert [table.project_name for table in document.tables] == ["堤岸加固", "沿岸步道照明改造（二期）"]
    assert document.tables[1].budget_yuan == Decimal(300000)


def test_figures_in_a_goal_are_no_amounts():
    table = read("    堤岸加固 50.00 50.00", "巡查 30 公里，维修闸门 12", "座，培训 20 人。", LIST).tables[0]
    assert table.annual_goal == "巡查 30 公里，维修闸门 12座，培训 20 人。"


def test_units_and_the_whole_are_totals_and_name_the_projects_unit():
    document = read(
        "合计 80.00 80.00",
        "临澜市水务局 50.00 50.00",
        "    堤岸加固 50.00 50.00",
        "消除隐患。",
        LIST,
        "临澜市渔政大队 30.00 30.00",
        "    渔船巡查 30.00 30.00",
        "保障安全。",
        LIST,
    )
    assert [(t.name, t.total, t.grand, t.first, t.last) for t in document.totals] == [
        ("合计", Decimal(800000), True, 0, 1),
        ("临澜市水务局", Decimal(500000), False, 0, 0),
        ("临澜市渔政大队", Decimal(300000), False, 1, 1),
    ]
    assert [table.unit for table in document.tables] == ["临澜市水务局", "临澜市渔政大队"]
    assert {table.department for table in document.tables} == {"临澜市水务局"}


def test_a_source_that_left_no_mark_is_found_by_the_totals():
    document = read(
        "合计 80.00 50.00 30.00",
        "    堤岸加固 50.00 50.00",
        "消除隐患。",
        LIST,
        "    渔船巡查 30.00 30.00",
        "保障安全。",
        LIST,
    )
    assert [table.funding_yuan for table in document.tables] == [
        {"财政拨款": Decimal(500000)},
        {"其他资金": Decimal(300000)},
    ]
    assert [problem.code for problem in document.problems] == ["PGX104"]


def test_page_numbers_and_repeated_headers_are_no_part_of_a_row():
    document = read(
        "    堤岸加固 50.00 50.00", "消除", "1", *TOP, "隐患。", "— 2 —", LIST[:30], "2", *TOP, LIST[30:]
    )
    assert document.tables[0].annual_goal == "消除隐患。"
    assert document.tables[0].indicators[0].annual_value == "≥30公里"


def test_a_list_without_a_header_is_read():
    table = read("堤岸加固 50.00 50.00", "消除隐患。", LIST, top=[]).tables[0]
    assert (table.project_name, table.unit, table.department) == ("堤岸加固", None, None)
    assert table.budget_yuan == Decimal(500000)


def test_a_goal_behind_the_list_is_found_by_the_header():
    top = [TOP[0], TOP[2].replace("绩效目标 绩效指标", "绩效指标 绩效目标")]
    table = read("    堤岸加固 50.00 50.00", LIST, "消除隐患。", top=top).tables[0]
    assert table.annual_goal == "消除隐患。"
    assert table.indicators[0].annual_value == "≥30公里"


def test_text_behind_the_table_is_no_value():
    lines = (
        "    堤岸加固 50.00 50.00",
        "消除隐患。",
        LIST,
        "",
        "第四部分 名词解释",
        "一、财政拨款：本级财政安排的资金。",
        "二、其他资金：其余资金。",
    )
    document = recognise(source_of("\n".join([*TOP, *lines])))
    assert document.tables[0].indicators[-1].annual_value == "≥30公里"
