"""A page's table between bars whose first row has merged cells is read, whether or not these tell its columns."""

from __future__ import annotations

import pytest

from perfgoals_lint import read

ROWS = [
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "疏浚沟渠长度", "≥12公里"],
    ["产出指标", "质量指标", "疏浚验收合格率", "≥95%"],
]


@pytest.mark.parametrize(
    "first",
    [
        ["项目绩效目标表", "", "", ""],
        ["项目名称", "", "沟渠疏浚", ""],
        ["项目名称", "沟渠疏浚", "", ""],
        ["项目名称", "沟渠疏浚", "主管部门", "河湾县水利局"],
    ],
    ids="|".join,
)
def test_merged_cells_of_the_first_row_do_not_lose_the_table(first: list[str]) -> None:
    text = "\n".join("|" + "|".join(row) + "|" for row in (first, *ROWS))
    (table,) = read(text.encode(), "表.txt").tables
    assert [(row.level2, row.level3, row.annual_value) for row in table.indicators] == [
        tuple(row[1:]) for row in ROWS[1:]
    ]
