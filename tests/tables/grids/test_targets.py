"""Targets in running text: rows where the grammar leaves no doubt, nothing where it does not."""

from __future__ import annotations

import pytest

from perfgoals_lint.model import Document, Grid, Line, Location, Source, TextBlock
from perfgoals_lint.tables.grids import readings
from perfgoals_lint.tables.reading import Reading
from perfgoals_lint.tables.recognise import recognise

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


def read(lines: list[str]) -> Document:
    block = TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])
    return recognise(Source("invented.txt", "text", [block]))


def told(document: Document) -> list[tuple[object, ...]]:
    return [
        (table.project_name, table.budget_yuan, i.level1, i.level2, i.level3, i.annual_value)
        for table in document.tables
        for i in table.indicators
    ]


PROJECTS = [
    ("候车亭维修", 864000, "维修候车亭36座。", [("产出指标", "数量指标", "维修候车亭数量", "≥36座")]),
    (
        "站牌更换",
        1200000,
        "更换站牌，方便乘客。",
        [
            ("产出指标", "数量指标", "更换站牌数量", "≥120块"),
            ("产出指标", "质量指标", "验收合格率", "100%"),
            ("满意度指标", "服务对象满意度指标", "乘客满意度", "≥90%"),
        ],
    ),
    ("夜班线路补贴", 350000, "开行夜班车。", [("效益指标", "社会效益指标", "夜间出行便利度", "有效提升")]),
]


@pytest.mark.parametrize("count", [2, 3])
def test_projects_below_each_other_with_labels_in_brackets(count: int) -> None:
    lines = [
        "桐山县交通运输局项目绩效目标和指标",
        "单位：元",
        "单位编码",
        "年度预算安排",
        "项目内容",
        "绩效目标",
        "桐山县交通运输局",
        "2414000",
    ]
    for name, amount, goal, rows in PROJECTS[:count]:
        lines += [
            "  040001",
            f"  {name}",
            str(amount),
            "【项目概况】：该项目为公交服务。",
            "【年度目标】",
            goal,
        ]
        for first, second, indicator, value in rows:
            lines += [f"【{first}-{second}】", f"指标1：{indicator}({value})", ""]
    document = read(lines)
    assert [(t.project_name, t.budget_yuan, t.annual_goal) for t in document.tables] == [
        (name, amount, goal) for name, amount, goal, _ in PROJECTS[:count]
    ]
    wanted = [(*row[:2], f"指标1：{row[2]}", row[3]) for *_, rows in PROJECTS[:count] for row in rows]
    assert [row[2:] for row in told(document)] == wanted
    assert not any(problem.code == "PGX104" for problem in document.problems)


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("remark", ["", "(必填)", "（必填硬性指标）"])
def test_outlines_of_classes_names_and_values(count: int, remark: str) -> None:
    lines = ["单位:元", "项目", "指标值", "绩效金额", " 桐山县交通运输局"]
    for name, amount, _, rows in PROJECTS[1 : 1 + count]:
        lines += [f"  {name}", "", str(amount)]
        above = None
        for first, second, indicator, value in rows:
            lines += [f"   {first}"] if first != above else []
            lines += [f"    {second}{remark}", "", f"     {indicator}", "", value]
            above = first
    document = read([*lines, "附件下载:"])
    assert told(document) == [
        (name, amount, *row) for name, amount, _, rows in PROJECTS[1 : 1 + count] for row in rows
    ]
    assert not any(problem.code == "PGX104" for problem in document.problems)


def test_a_class_of_both_levels_is_of_the_second_below_its_first() -> None:
    lines = [
        "公交服务",
        "500000",
        "产出指标",
        "成本指标",
        "单座维修成本",
        "≤0.8万元",
        "数量指标",
        "候车亭数量",
        "36座",
    ]
    assert [row[2:4] for row in told(read(lines))] == [("产出指标", "成本指标"), ("产出指标", "数量指标")]


UNITS = ["单位：万元", "（单位：元）", "金额单位：万元", "单位:亿元"]


@pytest.mark.parametrize("line", [*UNITS, "第 2 页 共 5 页", "- 3 -"])
@pytest.mark.parametrize("name", ["brackets", "headings"])
def test_the_money_unit_and_the_number_of_a_page_are_no_targets(name: str, line: str) -> None:
    written = WRITTEN[name]
    for at in range(1, len(written) + 1):
        [reading] = found([*BOXES, *written[:at], line, *written[at:]])
        assert rows(reading)[4:] == WANTED
        assert not reading.problems


@pytest.mark.parametrize("line", UNITS)
def test_the_money_unit_below_names_and_values_a_line_each_is_none_of_them(line: str) -> None:
    lines = [
        "产出指标",
        "数量指标",
        "维修候车亭数量",
        "≥36座",
        "更换站牌数量",
        "≥120块",
        "质量指标",
        "维修合格率",
        "≥98%",
    ]
    expected = [["产出指标", "数量指标", "维修候车亭数量", "≥36座"], ["", "", "更换站牌数量", "≥120块"]]
    for at in (4, 6, 9):
        readings_found = found([*BOXES, *lines[:at], line, *lines[at:]])
        assert all(line not in cell for one in readings_found for row in rows(one)[4:] for cell in row)
        assert any(rows(one)[-3:-1] == expected for one in readings_found)


@pytest.mark.parametrize("mark", ["指标1：", "指标1:", "指标12："])
@pytest.mark.parametrize("name", WRITTEN)
def test_numbers_that_are_part_of_names(name: str, mark: str) -> None:
    lines = WRITTEN[name]
    for *_, own, _ in WANTED:
        lines = [line.replace(own, f"{mark}{own}") for line in lines]
    [reading] = found(["公交候车亭维修项目绩效目标", *BOXES, *lines])
    assert rows(reading)[4:] == [[*row[:2], f"{mark}{row[2]}", row[3]] for row in WANTED]
    assert not reading.problems


def test_the_number_of_a_name_that_nobody_filled_in_stays() -> None:
    [reading] = found(
        [*BOXES, "【产出指标-数量指标】指标1：(≥14处)；更换站牌数量(≥120块)", *WRITTEN["brackets"][1:]]
    )
    assert any(cell.startswith("指标1") for row in rows(reading) for cell in row)
