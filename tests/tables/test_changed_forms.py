"""Forms that say what goals, amounts and values were and what they were changed to."""

from __future__ import annotations

import pytest

from perfgoals_lint import Content, GoalTable, extract

_TOP = "<tr><td>项目名称</td><td colspan=5>雪道压雪机更新</td></tr>"
_GOAL = "<tr><td>年度目标</td><td colspan=5>更新压雪机9台。</td></tr>"


def _table(rows: str, names: str = "<td colspan=2>年度指标值</td><td>备注</td>", more: str = "") -> GoalTable:
    """The goal table of a form with these rows between the project's name and its one indicator, and ``more`` of them."""
    below = "<tr><td>产出指标</td><td>数量指标</td><td>更新压雪机台数</td><td>7台</td><td>9台</td><td>加雪道</td></tr>"
    if "年度指标值" in names:
        below = "<tr><td>产出指标</td><td>数量指标</td><td>更新压雪机台数</td><td colspan=2>9台</td><td></td></tr>"
    head = f"<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td>{names}</tr>"
    page = f"<meta charset=utf-8><table>{_TOP}{rows}{head}{below}{more}</table>"
    (document,) = extract(Content("表.html", page.encode()))
    (table,) = document.tables
    return table


@pytest.mark.parametrize(("before", "after"), [("调整前", "调整后"), ("变更前", "变更后")])
def test_the_goal_is_what_it_was_changed_to(before: str, after: str) -> None:
    """The goal in front of the change is kept under its head."""
    heads = f"<tr><td rowspan=2>年度目标</td><td colspan=2>{before}</td><td colspan=3>{after}</td></tr>"
    goals = "<tr><td colspan=2>更新压雪机7台。</td><td colspan=3>更新压雪机9台。</td></tr>"
    table = _table(heads + goals)
    assert table.annual_goal == "更新压雪机9台。"
    assert table.fields[f"年度目标（{before}）"] == "更新压雪机7台。"


@pytest.mark.parametrize("corner", ["资金类别", "资金来源"])
@pytest.mark.parametrize("before", ["批复预算数", "年初预算数", "调整前预算数"])
def test_the_budget_is_what_it_was_changed_to(corner: str, before: str) -> None:
    """Beside what was approved, and below a corner that names kinds of money; a text below is no amount."""
    heads = f"<tr><td>{corner}（万元）</td><td colspan=2>{before}</td><td colspan=2>调整后预算数</td><td>调整数</td></tr>"
    amounts = "<tr><td>资金总额</td><td colspan=2>70</td><td colspan=2>90</td><td>20</td></tr>"
    why = "<tr><td>调整事由</td><td colspan=5>新开雪道两条，需增加压雪机。</td></tr>"
    table = _table(heads + amounts + why + _GOAL)
    assert table.budget_yuan == 900_000
    assert table.fields[f"资金总额（{before}）"] == "70"
    assert table.fields["调整事由"] == "新开雪道两条，需增加压雪机。"
    assert not table.unread


def test_heads_beside_the_label_of_one_row_of_amounts() -> None:
    """What was spent by now is kept under the label of the block."""
    heads = "<tr><td rowspan=2>项目资金（万元）</td><td>年初预算数</td><td>调整后预算数</td><td>1—8月支出数</td><td>支出进度</td><td>全年预计支出数</td></tr>"
    amounts = "<tr><td>70</td><td>90</td><td>54</td><td>60%</td><td>90</td></tr>"
    table = _table(heads + amounts + _GOAL)
    assert table.budget_yuan == 900_000
    assert table.fields["项目资金（万元）（1—8月支出数）"] == "54"
    assert not table.unread


@pytest.mark.parametrize(("names", "value"), [("调整前/调整后", "9台"), ("调整后/调整前", "7台")])
def test_the_target_is_what_it_was_changed_to(names: str, value: str) -> None:
    """Where no column says that it holds values."""
    heads = "".join(f"<td>{name}</td>" for name in (*names.split("/"), "说明"))
    (row,) = _table(_GOAL, heads).indicators
    assert row.annual_value == value


def _changed(value: str, after: str = "调整后") -> GoalTable:
    """A form in which one of two targets was changed to something."""
    before = after.replace("后", "前")
    kept = f"<tr><td>产出指标</td><td>质量指标</td><td>压雪合格率</td><td>≥90%</td><td>{value}</td><td></td></tr>"
    return _table(_GOAL, f"<td>{before}</td><td>{after}</td><td>备注</td>", kept)


@pytest.mark.parametrize("after", ["调整后", "变更后", "修订后指标值", "指标值（调整后）"])
@pytest.mark.parametrize("value", ["不变", "保持不变", "维持不变。", "同前", "未调整", ""])
def test_a_target_that_stays_as_it_was_is_the_one_before(value: str, after: str) -> None:
    table = _changed(value, after)
    assert [row.annual_value for row in table.indicators] == ["9台", "≥90%"]
    assert not table.unread


@pytest.mark.parametrize("value", ["删除", "取消", "删除该指标"])
def test_a_target_that_falls_away_is_none_and_said(value: str) -> None:
    table = _changed(value)
    assert [row.level3 for row in table.indicators] == ["更新压雪机台数"]
    assert {one.text for one in table.unread} >= {"压雪合格率", value}


@pytest.mark.parametrize("heads", ["调整前/调整后", "调整后/调整前"])
@pytest.mark.parametrize("value", ["不变", ""])
def test_an_amount_and_a_goal_that_stay_are_those_before(heads: str, value: str) -> None:
    top = "".join(f"<td colspan={n}>{name}</td>" for n, name in zip((2, 3), heads.split("/"), strict=True))
    rows = f"<tr><td>项目</td>{top}</tr>"
    for label, before in (("预算金额（万元）", "70"), ("年度目标", "更新压雪机9台。")):
        texts = (before, value) if heads.startswith("调整前") else (value, before)
        cells = "".join(f"<td colspan={n}>{text}</td>" for n, text in zip((2, 3), texts, strict=True))
        rows += f"<tr><td>{label}</td>{cells}</tr>"
    table = _table(rows)
    assert table.budget_yuan == 700_000
    assert table.annual_goal == "更新压雪机9台。"
    assert not table.unread


def test_amounts_under_names_that_no_form_knows_are_sources() -> None:
    """In a row that begins with one, behind the label of the block, and behind the amount of a box that is put aside."""
    rows = (
        "<tr><td rowspan=2>资金预算（万元）</td><td>总额</td><td>90</td><td>资本金注入</td><td colspan=2>60</td></tr>"
        "<tr><td>历史遗留补助</td><td>30</td><td>其他</td><td colspan=2>0</td></tr>"
    )
    table = _table(rows + _GOAL)
    assert not table.unread
    assert sum((table.funding_yuan or {}).values()) == 900_000
    rows = "<tr><td>本年收入（万元）</td><td>90</td><td>其中：保险费</td><td colspan=3>80</td></tr>"
    assert _table(rows + _GOAL).fields["其中：保险费"] == "80"
