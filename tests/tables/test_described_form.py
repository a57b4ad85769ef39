"""Described form dumps: description and basis columns, blank cells, plan of disbursement, narrative sub-goals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise

NARRATIVE = """一、总体绩效目标
围绕全县水利工作要点，制定目标如下。
二、分项绩效目标
（一）加强水库巡查
绩效目标：完成全县水库的日常巡
查任务。
绩效指标：巡查次数、隐患整改率。
（二）推进节水宣传
绩效目标：开展节水宣传。
绩效指标：宣传场次。
三、保障措施
（一）落实责任。
"""
FORM = """项目
编码
500100200 预算项目名称 水库巡查经费
项目资金
主要用途
预算数 30 万元。全部为财政资金。主要用于水库巡查。
资金支出
计划（%）
3月底 6月底 10月底 12月底
20% 50% 80% 100%
绩效
目标
完成年度巡查任务
一级
指标
二级指
标
三级指标 绩效指标描述 指标值
指标值确
定依据
产出
指标
数量指
标
水库巡查次数 全年完成水库巡查次数 48次
年度工作
要点
质量指
标
隐患整改完成
率
隐患整改完成率 ≥95% 年度要点
时效指标
完成时间 巡查任务完成时间 2026年底 年度要点
效果
指标
社会效
益指标
保障下游安全 保障下游安全 年度要点
可持续
性影响
年度要点
满意度指
标
服务对
象满意
度指标
群众满意度 群众满意度 90%以上 问卷调查
"""


def source(text: str) -> Source:
    lines = [
        Line(line, Location("b.txt", line=number)) for number, line in enumerate(text.split("\n"), start=1)
    ]
    return Source("b.txt", "txt", [TextBlock(lines)])


@pytest.fixture(scope="module")
def document() -> Document:
    found = recognise(source(NARRATIVE + FORM + FORM.replace("水库", "河道")))
    assert found is not None
    return found


def test_the_layouts_tell_each_other_apart(document: Document) -> None:
    assert document.layout == "blanks"


def test_boxes(document: Document) -> None:
    table = document.tables[0]
    assert table.project_code == "500100200"
    assert table.project_name == "水库巡查经费"
    assert table.purpose == "预算数 30 万元。全部为财政资金。主要用于水库巡查。"
    assert table.budget_yuan == Decimal(300000)
    assert table.funding_yuan == {"财政拨款": Decimal(300000)}
    assert table.disbursement_plan == [
        ("3月底", "20%"),
        ("6月底", "50%"),
        ("10月底", "80%"),
        ("12月底", "100%"),
    ]
    assert table.annual_goal == "完成年度巡查任务"
    assert document.tables[1].project_name == "河道巡查经费"


def test_rows_with_blank_cells(document: Document) -> None:
    rows = [
        (row.level2, row.level3, row.description, row.annual_value, row.basis)
        for row in document.tables[0].indicators
    ]
    assert rows == [
        ("数量指标", "水库巡查次数", "全年完成水库巡查次数", "48次", "年度工作要点"),
        ("质量指标", "隐患整改完成率", "隐患整改完成率", "≥95%", "年度要点"),
        ("时效指标", "完成时间", "巡查任务完成时间", "2026年底", "年度要点"),
        ("社会效益指标", "保障下游安全", "保障下游安全", None, "年度要点"),
        ("可持续性影响", None, None, None, "年度要点"),
        ("服务对象满意度指标", "群众满意度", "群众满意度", "90%以上", "问卷调查"),
    ]


def test_narrative_subgoals(document: Document) -> None:
    assert [(goal.title, goal.goal, goal.indicators) for goal in document.subgoals] == [
        ("（一）加强水库巡查", "完成全县水库的日常巡查任务。", "巡查次数、隐患整改率。"),
        ("（二）推进节水宣传", "开展节水宣传。", "宣传场次。"),
    ]
    assert document.subgoals[0].location.line == 4


def test_amounts_and_purpose_in_one_box() -> None:
    text = (
        "2.渔船监测项目绩效目标表\n118203望山县渔业站 单位：万元\n项目名称 渔船监测项目\n预算规模及资金用途\n"
        "预算数 36.50 其中：财政资金 36.50 其他资金\n主要用于渔船动态监测。\n绩效目标 完成年度监测任务。\n"
        "一级指标 二级指标 三级指标 绩效指标描述 指标值\n产出指标\n数量指标 监测渔船数 监测渔船数 ≥300艘\n"
    )
    document = recognise(source(text))
    assert document is not None
    table = document.tables[0]
    assert table.unit == "118203望山县渔业站"
    assert table.purpose == "主要用于渔船动态监测。"
    assert table.budget_yuan == Decimal(365000)
    assert table.funding_yuan == {"财政拨款": Decimal(365000)}
    assert table.indicators[0].annual_value == "≥300艘"


def test_corpus_document(corpus: Path) -> None:
    found = sorted(corpus.glob("001_*.txt"))
    document = recognise(source(found[0].read_text(encoding="utf-8")))
    assert document is not None
    assert [len(table.indicators) for table in document.tables] == [10, 9]
    assert len(document.subgoals) == 5
