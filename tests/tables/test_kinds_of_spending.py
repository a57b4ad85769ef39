"""The budget of a department by kinds of spending, however its box is laid out, is read and added up."""

from __future__ import annotations

import csv
import io

import pytest

from perfgoals_lint import Content, check, extract

HEAD = [["部门整体支出绩效目标表"], ["（2025年度）"], ["部门名称", "云岭县卫生健康局"]]
GOAL = [["年度总体目标", "组织培训6次，服务群众9000人次以上，提升基层卫生服务能力。"]]
ROWS = [
    ["一级指标", "二级指标", "三级指标", "年度指标值"],
    ["产出指标", "数量指标", "开展培训次数", "≥6次"],
    ["效益指标", "社会效益指标", "服务群众人次", "≥9000人次"],
]
LAYOUTS = {
    "beside each other": [["年度预算（万元）", "合计", "{t}", "基本支出", "{b}", "项目支出", "{p}"]],
    "names over amounts": [
        ["年度预算资金（万元）", "资金总额", "基本支出", "项目支出"],
        ["", "{t}", "{b}", "{p}"],
    ],
    "below each other": [["预算总额（万元）", "{t}", "其中：基本支出", "{b}"], ["", "", "项目支出", "{p}"]],
    "numbered": [["年度资金总额（万元）", "{t}"], ["其中：1.基本支出", "{b}"], ["2.项目支出", "{p}"]],
    "labels in the boxes": [
        ["年度预算（万元）", "预算总额：{t}"],
        ["", "基本支出：{b}"],
        ["", "项目支出：{p}"],
    ],
    "by source and by kind": [
        ["年度预算申请（万元）", "资金总额", "{t}", ""],
        ["", "按资金来源分", "", "按支出类型分"],
        ["", "财政拨款：{t}", "", "基本支出：{b}"],
        ["", "其他资金：0", "", "项目支出：{p}"],
    ],
    "in one text": [["部门预算总额：{t}万元（其中：基本支出{b}万元，项目支出{p}万元）"]],
}


def _table(layout: str, total: int) -> Content:
    boxes = [[text.format(t=total, b=900, p=500) for text in row] for row in LAYOUTS[layout]]
    rows = [*HEAD, *boxes, *GOAL, *ROWS]
    width = max(map(len, rows))
    csv.writer(out := io.StringIO()).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return Content("表.csv", out.getvalue().encode("utf-8-sig"))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("total", "told"), [(1400, []), (1300, ["error"]), (1500, ["warning"])])
def test_the_kinds_of_spending_make_up_the_budget(layout: str, total: int, told: list[str]) -> None:
    (document,) = extract(_table(layout, total))
    (table,) = document.tables
    assert (table.budget_yuan, len(table.funding_tree), table.unread) == (total * 10_000, 1, [])
    (result,) = check(_table(layout, total))
    assert [one.severity for one in result.findings if one.rule == "PGK601"] == told


def test_one_kind_alone_is_kept_under_its_name() -> None:
    rows = [["项目名称", "云岭乡村诊所改造"], ["预算金额（万元）", "80", "项目支出", "80"], *ROWS]
    csv.writer(out := io.StringIO()).writerows([*row, *[""] * (4 - len(row))] for row in rows)
    (document,) = extract(Content("表.csv", out.getvalue().encode("utf-8-sig")))
    assert document.tables[0].funding_tree == {}
    assert document.tables[0].fields == {"项目支出": "80"}


@pytest.mark.parametrize(
    "kind", ["经营支出", "上缴上级支出", "对附属单位补助支出", "结转下年", "事业发展支出", "其他支出"]
)
@pytest.mark.parametrize(("amount", "told"), [("100", []), ("60", ["warning"])])
def test_a_further_kind_of_spending_is_a_part_of_the_budget(kind: str, amount: str, told: list[str]) -> None:
    boxes = ["年度预算（万元）", "资金总额", "1000", "基本支出", "600", "项目支出", "300", kind, amount]
    assert _told([*HEAD, boxes, *GOAL, *ROWS]) == told


def test_one_kind_with_an_amount_may_leave_the_rest_unsaid() -> None:
    boxes = ["预算金额（万元）", "资金总额", "100", "基本支出", "0", "项目支出", "90"]
    assert _told([["项目名称", "云岭乡村诊所改造"], boxes, *ROWS]) == []


def _told(rows: list[list[str]]) -> list[str]:
    width = max(map(len, rows))
    csv.writer(out := io.StringIO()).writerows([*row, *[""] * (width - len(row))] for row in rows)
    (result,) = check(Content("表.csv", out.getvalue().encode("utf-8-sig")))
    return [one.severity for one in result.findings if one.rule == "PGK601"]


@pytest.mark.parametrize(("first", "told"), [("300", False), ("310", True)])
def test_the_sources_of_the_tasks_are_those_of_a_kind_of_spending(first: str, told: bool) -> None:
    rows = [
        *HEAD,
        ["年度主要任务", "任务名称", "主要内容", "预算金额（万元）", "", ""],
        ["", "", "", "总额", "财政拨款", "其他资金"],
        ["", "基层培训", "培训6次", first, first, "0"],
        ["", "巡回义诊", "义诊30场", "200", "180", "20"],
        ["", "金额合计", "", "500", "480", "20"],
        ["部门预算（万元）", "总额", "1400", "基本支出", "900", "项目支出", "500"],
        *GOAL,
        *ROWS,
    ]
    csv.writer(out := io.StringIO()).writerows([*row, *[""] * (7 - len(row))] for row in rows)
    (result,) = check(Content("表.csv", out.getvalue().encode("utf-8-sig")))
    codes = {one.rule for one in result.findings}
    assert "PGK601" not in codes
    assert ("PGK651" in codes) is told


def test_sources_without_tasks_are_those_of_the_whole() -> None:
    boxes = [
        ["年度预算（万元）", "资金总额", "1400", "其中：财政拨款", "900", "其他资金", "0"],
        ["支出构成", "", "", "基本支出", "900", "项目支出", "500"],
    ]
    rows = [*HEAD, *boxes, *GOAL, *ROWS]
    csv.writer(out := io.StringIO()).writerows([*row, *[""] * (7 - len(row))] for row in rows)
    (result,) = check(Content("表.csv", out.getvalue().encode("utf-8-sig")))
    assert "PGK601" in {one.rule for one in result.findings}
