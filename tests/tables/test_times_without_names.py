"""Cells of a list's class that are wholly a time, a figure or a judgement: values without a name, not a name and its rest."""

from __future__ import annotations

import pytest

from perfgoals_lint.model import Location
from perfgoals_lint.tables.named_values import classed_values, name_and_value
from perfgoals_lint.tables.printed import join
from tables.grid_drawing import draw
from tables.grid_reading import read

ENDS = ("", "前", "前完成", "底前完成")
TIMES = ["1年", "第四季度", "24小时内", "按期完成", "及时", "2026年1-12月"]
TIMES += [f"{time}{end}" for time in ("2026年8月", "12月", "2027年3月") for end in ENDS]
TIMES += ["2026年8月31日前", "2026年8月31日前完成"]


@pytest.mark.parametrize("time", TIMES)
def test_a_time_is_the_value_of_an_indicator_without_a_name(time: str) -> None:
    document = read(
        draw(
            f"""
            |项目支出绩效目标汇总表|<|<|<|<|
            |项目名称|预算金额（万元）|年度绩效目标|数量指标|时效指标|
            |渠道疏浚|36|疏浚渠道4公里|疏浚长度：≥4公里|{time}|
            """
        )
    )
    row = document.tables[0].indicators[-1]
    assert (row.level3, row.annual_value) == (None, time)
    assert not document.problems


@pytest.mark.parametrize("name", ["完工时间", "竣工验收时点", "疏浚工程"])
@pytest.mark.parametrize("time", ["2026年8月31日前", "2026年5月底前"])
def test_a_name_in_front_of_a_time_stays_a_name(name: str, time: str) -> None:
    assert name_and_value(name + time) == (name, time)


@pytest.mark.parametrize("label", ["时效指标", "成本指标", "社会效益指标"])
@pytest.mark.parametrize("value", ["2026年8月底前完成", "≤80万元", "12月底前"])
@pytest.mark.parametrize("before", ["验收合格率100%", "验收合格率：100%"])
def test_a_class_behind_a_semicolon_begins_the_next_item(label: str, value: str, before: str) -> None:
    text = f"数量指标：疏浚长度4公里；质量指标：{before}；{label}：{value}；"
    rows = classed_values(join([(text, Location(""))]))
    assert [(row.level3, row.annual_value) for row in rows] == [
        ("疏浚长度", "4公里"),
        ("验收合格率", "100%"),
        (None, value),
    ]
    assert label in (rows[-1].level1, rows[-1].level2)
