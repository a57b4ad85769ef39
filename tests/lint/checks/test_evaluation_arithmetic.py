"""Rates and totals that a self-evaluation or a monitoring table prints: right as long as one reading gives them."""

from __future__ import annotations

import pytest

from perfgoals_lint import Content, Settings, check

HEAD = """项目支出绩效自评表,,,,,,,
项目名称,湿地步道维护,,,主管部门,青禾市园林局,,
项目资金（万元）,,年初预算数,全年预算数,全年执行数,分值,执行率,得分
,年度资金总额,{start},{year},{spent},10,{rate},{points}
"""
ROWS = """一级指标,二级指标,三级指标,年度指标值,实际完成值,完成率,分值,得分
产出指标,数量指标,维护步道长度,≥12公里,{reached}公里,{done},50,45
产出指标,质量指标,维护合格率,≥98%,99%,,40,40
总分,,,,,,100,{total}
"""
RIGHT = {
    "start": 100,
    "year": 80,
    "spent": 72,
    "rate": "90%",
    "points": 9,
    "reached": 12,
    "done": "100%",
    "total": 94,
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, 0),
        ({"rate": "72%"}, 0),  # of the budget at the start
        ({"rate": "0.9"}, 0),
        ({"rate": "90.00"}, 0),
        ({"spent": "71.99", "rate": "89.98%"}, 0),  # cut off
        ({"spent": "71.99", "rate": "89.99%"}, 0),  # rounded
        ({"rate": "85%"}, 1),
        ({"spent": "71.99", "rate": "89.0%"}, 1),
        ({"total": 85}, 0),  # without the points for what was spent
        ({"points": "8.6", "total": 94}, 0),  # rounded
        ({"total": 95}, 1),
        ({"total": "95分"}, 1),
        ({"reached": 9, "done": "75%"}, 0),
        ({"reached": 15, "done": "100%"}, 0),
        ({"reached": 15, "done": "125%"}, 0),
        ({"reached": 9, "done": "90%"}, 1),
        ({"rate": "85%", "total": 99, "reached": 6, "done": "90%"}, 3),
    ],
)
def test_one_hit_for_each_that_no_reading_gives(changed: dict[str, object], told: int) -> None:
    text = (HEAD + ROWS).format(**RIGHT | changed)
    (result,) = check(Content("表.csv", text.encode()), Settings(select=["PGA385"]))
    assert len([one for one in result.findings if one.rule == "PGA385"]) == told


def test_a_row_without_points_leaves_the_total_open() -> None:
    text = (HEAD + ROWS).format(**RIGHT | {"total": 60}).replace(",40,40\n", ",40,\n")
    (result,) = check(Content("表.csv", text.encode()), Settings(select=["PGA385"]))
    assert not [one for one in result.findings if one.rule == "PGA385"]
