"""The heading of a box is what its form prints, never the field's own name."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint import read

FORM = """部门整体支出绩效目标表,,,,,
（2026年度）单位：万元,,,,,
部门名称,某县渡口管理所,,,,
年度主要任务,任务名称,主要内容,预算金额,,
年度主要任务,任务名称,主要内容,总额,{first},{second}
年度主要任务,渡口检修,检修渡口6处,50,40,10
年度主要任务,{total},,50,40,10
年度总体目标,检修渡口6处，保障过渡安全。,,,,
一级指标,二级指标,三级指标,指标值,,
产出指标,数量指标,检修渡口数量,≥6处,,
满意度指标,服务对象满意度指标,乘客满意度,≥90%,,
"""


@pytest.mark.parametrize(("first", "total"), list(product(["财政拨款", "财政资金"], ["金额合计", "合计"])))
def test_headings_are_printed(first: str, total: str) -> None:
    text = FORM.format(first=first, second="其他资金", total=total)
    (table,) = read(text.encode(), "表.csv").tables
    assert table.budget_yuan == 500_000
    assert all(heading in text for heading in table.headings.values())
