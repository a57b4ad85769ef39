"""Boxes of forms that are seldom printed: parts of public money, costs in all, tables of changes, plans in prose."""

from __future__ import annotations

import csv
import io

import pytest

from perfgoals_lint import Content, GoalTable, check, extract

HEAD = ("一级指标", "二级指标", "三级指标", "指标值")
ROWS = [("产出指标", "数量指标", "加固桥梁座数", "≥4座"), ("", "质量指标", "加固验收合格率", "≥95%")]


def _content(*rows: tuple[str, ...], title: str = "项目支出绩效目标表（2026年度）") -> Content:
    rows = ((title,), ("项目名称", "桥梁加固"), *rows)
    wide = max(len(row) for row in rows)
    csv.writer(out := io.StringIO()).writerows((*row, *("",) * (wide - len(row))) for row in rows)
    return Content("表.csv", out.getvalue().encode("utf-8-sig"))


def _table(content: Content) -> GoalTable:
    (document,) = extract(content)
    (table,) = document.tables
    return table


def _hits(content: Content, code: str) -> int:
    (result,) = check(content)
    return sum(one.rule == code for one in result.findings)


@pytest.mark.parametrize(("county", "hits"), [("152", 0), ("162", 1)])
def test_public_money_below_the_treasury_is_its_parts(county: str, hits: int) -> None:
    funds = [
        ("年度资金总额（万元）", "412"),
        ("其中：财政拨款", "352"),
        ("省级补助", "200"),
        ("县级财政", county),
    ]
    content = _content(*funds, ("其他资金", "60"), HEAD, *ROWS)
    assert set(_table(content).funding_tree) == {"财政拨款"}
    assert _hits(content, "PGK601") == hits


def test_sources_of_the_whole_cost_are_not_those_of_the_year() -> None:
    boxes = [("项目总投资", "186"), ("项目资本金", "56"), ("专项债券", "130"), ("其中：本年申请", "110")]
    content = _content(("单位：万元",), *boxes, HEAD, *ROWS)
    table = _table(content)
    assert str(table.budget_yuan) == "1100000"
    assert not {"项目资本金", "专项债券"} & set(table.funding_yuan or {})
    assert {"项目资本金", "专项债券"} <= set(table.fields)
    assert not _hits(content, "PGK601")


def test_what_is_said_of_a_change_is_no_sign() -> None:
    header = (*HEAD[:3], "调整前指标值", "调整后指标值", "调整说明")
    rows = [
        ("产出指标", "数量指标", "加固桥梁座数", "6座", "4座", "核减"),
        ("", "质量指标", "加固验收合格率", "≥95%", "≥95%", "不变"),
        ("", "时效指标", "完工时间", "11月底前", "11月底前", "不变"),
    ]
    content = _content(("调整前预算数（万元）", "220"), ("调整后预算数（万元）", "184"), header, *rows)
    table = _table(content)
    assert [row.annual_value for row in table.indicators] == ["4座", "≥95%", "11月底前"]
    assert str(table.budget_yuan) == "1840000"


@pytest.mark.parametrize("span", ["2026—2028年", "2026-2028年", "2026至2028年"])
def test_a_span_of_years_in_a_title_is_no_year_of_the_budget(span: str) -> None:
    assert _table(_content(HEAD, *ROWS, title=f"{span}项目支出绩效目标表")).fiscal_year is None


def test_a_plan_in_prose_is_kept() -> None:
    text = "材料费12万元；人工费8万元。合计20万元。"
    table = _table(_content(("年度资金总额（万元）", "20"), ("资金使用计划", text), HEAD, *ROWS))
    assert table.fields["资金使用计划"] == text
