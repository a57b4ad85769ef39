"""Targets in running text: rows where the grammar leaves no doubt, nothing where it does not."""

from __future__ import annotations

import pytest

from perfgoals_lint.model import Grid, Line, Location, TextBlock
from perfgoals_lint.tables.grids import readings
from perfgoals_lint.tables.reading import Reading

BOXES = ["项目名称：公交候车亭维修", "预算金额：86.4万元", "年度目标：维修候车亭36座。"]
WANTED = [
    ["产出指标", "数量指标", "维修候车亭数量", "≥36座"],
    ["", "", "更换站牌数量", "≥120块"],
    ["", "质量指标", "维修验收合格率", "≥98%"],
    ["满意度指标", "服务对象满意度指标", "乘客满意度", "≥90%"],
]
WRITTEN = {
    "brackets": [
        "【产出指标-数量指标】维修候车亭数量(≥36座)；更换站牌数量(≥120块)",
        "【质量指标】维修验收合格率(≥98%)",
        "【满意度指标-服务对象满意度指标】乘客满意度（≥90%）",
    ],
    "headings": [
        "一、产出指标",
        "1.数量指标：维修候车亭数量≥36座；更换站牌数量≥120块。",
        "2.质量指标：维修验收合格率≥98%。",
        "二、满意度指标",
        "1.服务对象满意度指标：乘客满意度≥90%。",
    ],
    "one line": [
        "产出指标：数量指标：维修候车亭数量：≥36座；更换站牌数量：≥120块。质量指标：维修验收合格率：≥98%。"
        "满意度指标：服务对象满意度指标：乘客满意度：≥90%。"
    ],
}


def found(lines: list[str]) -> list[Reading]:
    block = TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])
    return list(readings([block], "invented.txt"))


def rows(reading: Reading) -> list[list[str]]:
    grid = next(block for block in reading.blocks if isinstance(block, Grid))
    table = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        table[cell.row][cell.column] = cell.text
    return table


@pytest.mark.parametrize("name", WRITTEN)
def test_rows_of_targets(name: str) -> None:
    [reading] = found(["公交候车亭维修项目绩效目标", *BOXES, *WRITTEN[name]])
    table = rows(reading)
    assert table[0][:2] == ["项目名称：", "公交候车亭维修"]
    assert table[3] == ["一级指标", "二级指标", "三级指标", "指标值"]
    assert table[4:] == WANTED
    assert not reading.problems


def test_a_target_without_a_value_is_said() -> None:
    [reading] = found([*BOXES, *WRITTEN["headings"], "2.社会公众满意度指标：做好各项工作"])
    assert [problem.code for problem in reading.problems] == ["PGX104"]
    assert rows(reading)[-1][2:] == ["做好各项工作", ""]


@pytest.mark.parametrize(
    "lines",
    [
        ["今年以来，我局认真落实各项工作。", "产出指标：我们将完成好各项任务。", "数量指标：认真做事。"],
        ["关于召开预算会议的通知", "各单位：", "会议定于3月召开。"],
    ],
)
def test_prose_is_no_list_of_targets(lines: list[str]) -> None:
    assert found(lines) == []


def test_remarks_with_signs_and_commas_between_comparisons() -> None:
    lines = [
        "一、 产出指标",
        "数量指标：维修候车亭数量(≥**座)≥36座，更换站牌数量(≥**块)≥120块；质量指标，维修验收合格率≥98%。",
        "二、 满意度指标",
        "服务对象满意度指标，乘客满意度(≥**%)≥90%。",
        "附件：候车亭维修目标表.xlsx",
        "桐山县交通运输局",
    ]
    [reading] = found(lines)
    assert rows(reading)[1:] == [
        ["产出指标", "数量指标", "维修候车亭数量(≥**座)", "≥36座"],
        ["", "", "更换站牌数量(≥**块)", "≥120块"],
        ["", "质量指标", "维修验收合格率", "≥98%"],
        ["满意度指标", "服务对象满意度指标", "乘客满意度(≥**%)", "≥90%"],
    ]
    below = reading.blocks[-1]
    assert isinstance(below, TextBlock)
    assert [line.text for line in below.lines] == lines[-2:]
