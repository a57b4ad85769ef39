"""Whose a list is, who has a project, what its money is for and of what time: boxes that say the same in other places of a form."""

from __future__ import annotations

import csv
import io
import itertools
from decimal import Decimal

import pytest

from perfgoals_lint import Content, check, extract
from perfgoals_lint.model import GoalTable

Row = tuple[str, ...]
ROWS: list[Row] = [
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "检修路灯盏数", "≥320盏"),
    ("产出指标", "质量指标", "路灯亮灯率", "≥98%"),
]
LIST: list[Row] = [
    ("项目名称", "预算金额", "一级指标", "二级指标", "三级指标", "指标值"),
    ("路灯检修", "8", "产出指标", "数量指标", "检修路灯盏数", "≥320盏"),
    ("路灯检修", "8", "产出指标", "质量指标", "路灯亮灯率", "≥98%"),
]


def _content(rows: list[Row]) -> Content:
    width = max(map(len, rows))
    csv.writer(out := io.StringIO()).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return Content("表.csv", out.getvalue().encode("utf-8-sig"))


def _table(*rows: Row) -> GoalTable:
    (document,) = extract(_content(list(rows)))
    (table,) = document.tables
    return table


def _form(*boxes: Row) -> GoalTable:
    return _table(("项目支出绩效目标申报表",), ("项目名称", "路灯检修"), *boxes, *ROWS)


@pytest.mark.parametrize(
    ("whose", "unit", "order"),
    [
        (whose, unit, order)
        for whose in ("部门：", "主管部门：", "部门名称：")
        for unit in (("单位：万元",), ("单位：", "万元"), ("（万元）",))
        for order in (False, True)
    ],
)
def test_boxes_above_a_list_say_whose_it_is(whose: str, unit: Row, order: bool) -> None:
    said = ("预算年度：", "2027年") if order else ()
    table = _table(("项目绩效目标汇总表",), (*said, whose, "甲镇政府", *unit), *LIST)
    assert (table.department, table.budget_yuan, table.unread) == ("甲镇政府", Decimal(80_000), [])
    assert table.fiscal_year == (2027 if order else None)


@pytest.mark.parametrize("label", ["金额单位", "单位：", "资金单位", "金额单位："])
def test_a_box_of_its_own_says_the_money_unit(label: str) -> None:
    for unit, budget in (("元", 8), ("万元", 80_000)):
        assert _form(("预算年度", "2027", label, unit), ("预算金额", "8")).budget_yuan == budget


@pytest.mark.parametrize("label", ["收费单位", "计量单位", "标准单位"])
def test_the_unit_of_something_else_is_not_that_of_the_money(label: str) -> None:
    table = _form((label, "元"), ("预算金额", "8"), ("收费标准", "5"))
    assert table.fields[label] == "元"
    assert table.budget_yuan == 80_000


FILLS = ("填报单位", "填报单位（盖章）", "编报单位：")
HAS = ("实施单位", "项目单位", "用款单位")


@pytest.mark.parametrize(("fills", "has"), list(itertools.product(FILLS, HAS)))
def test_who_fills_in_is_not_who_has_the_project(fills: str, has: str) -> None:
    for boxes in (((fills, "甲镇政府", has, "甲镇路灯所"),), ((has, "甲镇路灯所"), (fills, "甲镇政府"))):
        table = _form(*boxes, ("预算金额（万元）", "8"))
        assert table.unit == "甲镇路灯所"
        assert "甲镇政府" in table.fields.values()
    assert _form((fills, "甲镇政府", has, ""), ("预算金额（万元）", "8")).unit == "甲镇政府"


def test_a_line_above_that_is_not_whose_the_project_is_is_kept() -> None:
    for line in ("填报单位：甲镇政府", "单位名称：甲镇政府"):
        table = _table(
            ("项目绩效目标汇总表",),
            (line, "", "单位：万元"),
            *[(*row[:1], "路灯所" if row[1] == "8" else "实施单位", *row[1:]) for row in LIST],
        )
        assert table.unit == "路灯所"
        assert table.fields[line[:4]] == "甲镇政府"
        assert not table.unread


WHOLES = ("项目总金额（万元）", "项目总预算（万元）", "项目总投资（万元）")


@pytest.mark.parametrize("whole", WHOLES)
def test_parts_of_the_whole_are_none_of_the_year(whole: str) -> None:
    head = (whole, "24", "其中：财政拨款", "20")
    several = _form(
        head, ("实施期限", "2027-2029年", "其他资金", "4"), ("年度预算（万元）", "8", "其中：财政拨款", "8")
    )
    assert (several.budget_yuan, several.funding_yuan) == (80_000, {"财政拨款": Decimal(80_000)})
    one = _form(head, ("社会捐赠", "4", "实施期限", "2027年"))
    assert one.budget_yuan == sum((one.funding_yuan or {}).values()) == 240_000


def test_a_part_of_a_source_is_no_budget() -> None:
    table = _form(("总投资（万元）", "24", "资本金", "4"), ("专项债券资金", "20", "其中：本次申请", "8"))
    assert table.budget_yuan is None
    assert table.fields["其中：本次申请"] == "8"


@pytest.mark.parametrize(
    "label", ["中期目标（2027年-2029年）", "总体目标（2027-2029年）", "实施期目标（2027年—2029年）"]
)
def test_the_label_of_a_goal_names_the_period(label: str) -> None:
    goals = ((label, "三年检修路灯960盏，夜间照明良好。"), ("年度目标", "检修路灯320盏，夜间照明良好。"))
    period = _form(*goals).period
    assert period is not None
    assert (period.start, period.end) == (2027, 2029)
    stated = _form(("实施期限", "2026年-2029年"), *goals).period
    assert stated is not None
    assert stated.start == 2026


@pytest.mark.parametrize("total", ["合计", "金额合计"])
def test_a_printed_sum_of_tasks_is_held_against_them(total: str) -> None:
    for printed, wrong in (("14", False), ("16", True)):
        rows = [
            ("部门整体支出绩效目标表（单位：万元）",),
            ("部门名称", "甲镇政府"),
            ("年度主要任务", "任务", "主要内容", "金额"),
            ("", "路灯检修", "检修路灯320盏", "8"),
            ("", "井盖更换", "更换井盖150个", "6"),
            ("", total, "", printed),
            ("部门预算总额", "40"),
            *ROWS,
        ]
        (result,) = check(_content(rows))
        found = {one.rule for one in result.findings if one.severity != "info"}
        assert ("PGK651" in {one.rule for one in result.findings if one.severity == "error"}) == wrong
        assert "PGX107" not in found


def test_a_changed_goal_is_read_without_its_label() -> None:
    before, after = "检修路灯400盏，夜间照明良好。", "检修路灯320盏，夜间照明良好。"
    table = _form(("年度目标", "调整前", before), ("", "调整后", after))
    assert (table.annual_goal, table.fields["调整前"]) == (after, before)


ITEMS: list[Row] = [
    ("支出明细", "序号", "内容", "数量", "单价（万元）", "金额（万元）"),
    ("", "一", "设备购置", "", "", "{first}"),
    ("", "1", "自助机", "4台", "3", "12"),
    ("", "2", "工作站", "8台", "1", "8"),
    ("", "二", "软件开发", "", "", "30"),
    ("", "1", "挂号系统", "1套", "20", "20"),
    ("", "2", "检验系统", "1套", "10", "10"),
    ("", "合计", "", "", "", "50"),
]


@pytest.mark.parametrize("label", ["支出明细", "项目明细", "费用清单"])
def test_the_sum_of_a_group_of_items(label: str) -> None:
    for first, wrong in (("20", False), ("21", True)):
        items = [tuple(cell.format(first=first) for cell in row) for row in ITEMS]
        items[0] = (label, *items[0][1:])
        rows = [
            ("项目支出绩效目标申报表",),
            ("项目名称", "门诊改造"),
            ("预算金额（万元）", "50"),
            *items,
            *ROWS,
        ]
        (document,) = extract(_content(rows))
        assert [task.name for task in document.tables[0].tasks or ()] == [
            "自助机",
            "工作站",
            "挂号系统",
            "检验系统",
        ]
        (result,) = check(_content(rows))
        found = {one.rule for one in result.findings if one.severity != "info"}
        assert ("PGK601" in found) == wrong
        assert "PGK651" not in found


def test_the_same_source_in_another_column_is_no_second_one() -> None:
    heads = ("资金（万元）", "项目", "预算数", "执行数", "全年预计支出")
    for donated in ("2", "3"):
        table = _table(
            ("项目绩效运行监控表（2027年）",),
            ("项目名称", "路灯检修"),
            heads,
            ("", "合计", "10", "6", "10"),
            ("", "财政资金", "8", "5", "8"),
            ("", "爱心捐款", donated, "1", "2"),
            *ROWS,
        )
        sources = {"财政拨款": Decimal(80_000)}
        assert table.funding_yuan == (sources | {"爱心捐款": Decimal(20_000)} if donated == "2" else sources)
        assert table.fiscal_year == 2027


def test_a_goal_that_stays_as_it_was() -> None:
    before = "检修路灯400盏，夜间照明良好。"
    table = _form(("年度目标", "调整前", before), ("", "调整后", "不变"))
    assert (table.annual_goal, table.unread) == (before, [])
