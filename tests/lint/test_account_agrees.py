"""Figures agree where one thing is said twice, never because two rows happen to ask for the same number."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint import Content, check, read
from perfgoals_lint.lint.engine import engine_of_figures
from perfgoals_lint.lint.facts.figure_fact import FigureFact

NAMES = ["渠系巡查次数", "闸门检修数量", "管护人员数量"]


def figures_of(goal: str, rows: list[tuple[str, str, str]], budget: str = "120") -> list[FigureFact]:
    lines = ["项目名称,渠系管护,,,", f"预算金额（万元）,{budget},,,", f"年度目标,{goal},,,"]
    lines.append("一级指标,二级指标,三级指标,周期指标值,年度指标值")
    lines += [f"产出指标,数量指标,{name},{cycle},{annual}" for name, cycle, annual in rows]
    ((_, figures),) = engine_of_figures().check(read("\n".join(lines).encode(), "表.csv")).facts
    return figures


@pytest.mark.parametrize(("first", "second"), [*product(NAMES, NAMES)])
def test_two_rows_with_one_number_do_not_agree(first: str, second: str) -> None:
    figures = figures_of("保障灌区正常供水。", [(first, "", "≥30次"), (f"汛期{second}", "", "≥30次")])
    assert [fact.status for fact in figures if fact.role == "target"] == ["alone", "alone"]


@pytest.mark.parametrize("name", NAMES)
def test_a_row_agrees_with_the_goal_and_with_its_own_other_value(name: str) -> None:
    of_goal = figures_of("全年巡查30次。", [(name, "", "≥30次"), ("维修材料成本", "", "≤40万元")])
    assert [fact.status for fact in of_goal if fact.text == "30"] == ["agree"]
    of_row = figures_of("保障灌区正常供水。", [(name, "≥30次", "≥30次")])
    assert [fact.status for fact in of_row if fact.role == "target"] == ["agree", "agree"]


@pytest.mark.parametrize("words", ["共需资金130万元", "共需资金一百三十万元", "所需资金合计1300000元"])
def test_what_a_finding_sets_against_each_other_contradicts_however_it_is_printed(words: str) -> None:
    figures = figures_of(f"完成灌区管护，{words}。", [("渠系巡查次数", "", "≥30次")])
    assert [fact.status for fact in figures if fact.unit == "元"] == ["contradict", "contradict"]


@pytest.mark.parametrize(("amount", "status"), [(60, "agree"), (80, "alone")])
def test_of_an_item_only_the_factors_of_its_amount_agree(amount: int, status: str) -> None:
    lines = ["渡口整修绩效目标申报表,,,,", "单位：万元,,,,", "项目名称,渡口整修,预算金额,300,"]
    lines += ["支出内容,数量,单价,金额,备注", f"渡船,3艘,20,{amount},每艘载客45人", "码头,12座,20,240,"]
    lines += ["合计,,,300,", "年度目标,整修渡口3处。,,,", "一级指标,二级指标,三级指标,指标值,"]
    lines.append("产出指标,数量指标,整修渡口数量,3处,")
    ((_, figures),) = engine_of_figures().check(read("\n".join(lines).encode(), "表.csv")).facts
    told = {fact.text: fact.status for fact in figures if fact.scope == "tasks"}
    assert told["3艘"] == status
    assert told["45人"] == "alone"


@pytest.mark.parametrize(("whole", "status"), [(260, "agree"), (280, "contradict")])
def test_the_amounts_of_the_whole_period_are_told_as_what_they_add_up_to(whole: int, status: str) -> None:
    lines = [
        "渡口整修绩效目标申报表（2026年度）,,,",
        "单位：万元,,,",
        "项目名称,渡口整修,项目期,2026年至2028年",
    ]
    lines += [f"实施期资金总额,{whole},年度资金总额,80", "其中：财政拨款,200,其中：财政拨款,60"]
    lines += ["其他资金,60,其他资金,20", "年度目标,整修渡口3处。,,", "一级指标,二级指标,三级指标,指标值"]
    lines.append("产出指标,数量指标,整修渡口数量,3处")
    ((_, figures),) = engine_of_figures().check(read("\n".join(lines).encode(), "表.csv")).facts
    told = [(fact.text, fact.role, fact.status) for fact in figures if fact.counts == fact.scope]
    assert told == [(str(whole), "total", status), ("200", "part", status), ("60", "part", status)]


def test_a_task_that_has_a_price_and_no_row_is_named_once() -> None:
    lines = ["项目名称,渡口整修,预算金额（万元）,12", "年度目标,开展水上演练6次，每次2万元。,,"]
    lines += ["一级指标,二级指标,三级指标,指标值", "产出指标,数量指标,整修渡口数量,3处"]
    (result,) = check(Content("表.csv", "\n".join(lines).encode()))
    assert [one.rule for one in result.findings if one.rule in ("PGR215", "PGR220")] == ["PGR215"]
