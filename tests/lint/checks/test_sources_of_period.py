"""The sources that are printed behind the money of a whole period make it, as those of the year make the budget."""

from __future__ import annotations

import pytest

from perfgoals_lint import Content, Settings, check

FORM = """项目支出绩效目标表,,,,
（2026年度）,,,,单位：万元
项目名称,湿地步道维护,,,
{label},{total},年度资金总额,400,
其中：财政拨款,{fiscal},其中：财政拨款,400,
其他资金,{other},其他资金,0,
一级指标,二级指标,三级指标,实施期指标值,年度指标值
产出指标,数量指标,维护步道长度,≥36公里,≥12公里
"""


@pytest.mark.parametrize("label", ["实施期资金总额", "中期资金总额"])
@pytest.mark.parametrize(
    ("total", "fiscal", "other", "severity"),
    [
        (900, 900, 0, None),
        ("900.5", "800.5", 100, None),
        (900, 900, "", None),
        (900, "", "", None),
        (900, 700, "待定", None),
        (900, 800, 150, "error"),
        (900, 800, 50, "warning"),
    ],
)
def test_they_are_added_up(
    label: str, total: object, fiscal: object, other: object, severity: str | None
) -> None:
    text = FORM.format(label=label, total=total, fiscal=fiscal, other=other)
    (result,) = check(Content("表.csv", text.encode()), Settings(select=["PGK601"]))
    found = [one.severity for one in result.findings if one.rule == "PGK601"]
    assert found == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("boxes", "hits"),
    [
        ({"以前年度已安排": 500}, 0),
        ({"以前年度已到位资金": 500}, 0),
        ({"以前年度已安排": 300, "以后年度拟安排": 200}, 0),
        ({"以前年度已安排": 200}, 1),
        ({"年度资金总额": 500, "财政拨款": 500}, 1),
    ],
)
def test_a_box_may_hold_what_is_left(boxes: dict[str, int], hits: int) -> None:
    head, rest = FORM.format(label="实施期资金总额", total=900, fiscal=300, other=100).split("一级指标", 1)
    head = head.replace("年度资金总额,400", ",").replace("其中：财政拨款,400", ",").replace("其他资金,0", ",")
    more = "".join(f"{label},{amount},,,\n" for label, amount in boxes.items())
    (result,) = check(Content("表.csv", f"{head}{more}一级指标{rest}".encode()), Settings(select=["PGK601"]))
    assert sum(one.rule == "PGK601" for one in result.findings) == hits
