"""Cells that were not read are told with their places, the first of them at least."""

from __future__ import annotations

import pytest

from perfgoals_lint import Content, check

HEAD = "项目支出绩效目标表,,,\n项目名称,湿地步道维护,,\n主管部门,青禾市园林局,预算金额（万元）,40\n"
ROWS = "一级指标,二级指标,三级指标,年度指标值\n产出指标,数量指标,维护步道长度,≥12公里\n"


@pytest.mark.parametrize("number", [1, 2, 8, 12])
def test_each_of_the_first_has_its_place(number: int) -> None:
    strays = "".join(f"赵钱孙{'甲乙丙丁戊己庚辛壬癸子丑'[n]},,李周吴,\n" for n in range(number))
    (result,) = check(Content("表.csv", (HEAD + strays + ROWS).encode()))
    unread = [one for one in result.findings if one.rule == "PGX107"]
    cells = result.document.account["unread"] if result.document and unread else 0
    assert unread
    for one in unread:
        places = [one.location, *(other.location for other in one.related)]
        assert len({(place.row, place.column) for place in places if place}) == min(cells, 8)
