"""Columns whose names say something else than what stands below them, and names that join two classes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.model import Cell, Document, Grid, Source
from perfgoals_lint.tables.recognise import recognise
from tables.grid_reading import rows
from tables.invented import source_of

ROWS = [
    ("产出指标", "数量指标", "清洗外墙面积", "≥", "5200", "平方米", "≥9400平方米"),
    ("产出指标", "质量指标", "清洗验收合格率", "≥", "97", "%", "≥98%"),
    ("效益指标", "社会效益指标", "减少坠物投诉", "≥", "12", "件", "≥30件"),
    ("满意度指标", "服务对象满意度指标", "住户满意度", "≥", "91", "%", "≥93%"),
]
HEAD = [["外墙清洗绩效目标表"], ["项目名称", "外墙清洗"], ["预算金额（万元）", "48.2"]]
PLAIN = [(a, b, c, None, sign + number + unit) for a, b, c, sign, number, unit, _ in ROWS]


def _read(*lines: list[str]) -> Document:
    cells = [Cell(r, c, text) for r, line in enumerate(lines) for c, text in enumerate(line) if text]
    return recognise(Source("甲.xlsx", "xlsx", [Grid("甲.xlsx", cells, len(lines), 8, sheet="表")]))


NAMES = ["评价要点", "考核要点", "绩效名称", "核心指标", "评分依据"]


@pytest.mark.parametrize(
    ("name", "value"),
    [*((name, "指标值") for name in NAMES), ("三级指标", "满分值"), ("三级指标", "指标标准")],
)
def test_names_and_targets_are_told_by_their_cells(name: str, value: str) -> None:
    lines = [[a, b, c, sign + number + unit] for a, b, c, sign, number, unit, _ in ROWS]
    (table,) = _read(*HEAD, ["一级指标", "二级指标", name, value], *lines).tables
    assert rows(table) == PLAIN


@pytest.mark.parametrize("name", ["评分标准", "备注", "指标说明", "指标值依据"])
def test_a_column_beside_names_and_targets_stays_what_it_is_called(name: str) -> None:
    lines = [[a, b, c, f"按≥{number}计分", sign + number + unit] for a, b, c, sign, number, unit, _ in ROWS]
    (table,) = _read(*HEAD, ["一级指标", "二级指标", "三级指标", name, "指标值"], *lines).tables
    assert rows(table) == PLAIN


@pytest.mark.parametrize("unit", ["计量单位", "单位名称", "单位"])
def test_a_unit_beside_bare_figures_is_theirs(unit: str) -> None:
    lines = [[a, b, c, sign + number, u] for a, b, c, sign, number, u, _ in ROWS]
    (table,) = _read(*HEAD, ["一级指标", "二级指标", "三级指标", "指标值", unit], *lines).tables
    assert rows(table) == PLAIN


@pytest.mark.parametrize("name", ["总目标值", "项目总指标", "期末值", "期末目标值", "规划目标值"])
def test_targets_of_the_whole_period_beside_those_of_the_year(name: str) -> None:
    lines = [[a, b, c, whole, sign + number + unit] for a, b, c, sign, number, unit, whole in ROWS]
    (table,) = _read(*HEAD, ["一级指标", "二级指标", "三级指标", name, "年度指标值"], *lines).tables
    assert [row.cycle_value for row in table.indicators] == [row[-1] for row in ROWS]
    assert [row.annual_value for row in table.indicators] == [row[-1] for row in PLAIN]


@pytest.mark.parametrize("mark", ["-", "—", "/", "·"])
@pytest.mark.parametrize("first", ["项目名称", "项目"])
def test_names_that_join_two_classes_head_the_columns_of_a_list(mark: str, first: str) -> None:
    names = [f"产出{mark}数量", f"产出{mark}质量", f"效益{mark}社会效益", "满意度"]
    lines = [
        [f"{place}外墙清洗", "房管所", "12.5", f"清洗{place}外墙。"]
        + [c + sign + number + unit for _, _, c, sign, number, unit, _ in ROWS]
        for place in ("东园", "西园")
    ]
    document = _read(["项目绩效目标一览表"], [first, "部门", "预算（万元）", "年度目标", *names], *lines)
    assert [table.project_name for table in document.tables] == ["东园外墙清洗", "西园外墙清洗"]
    for table in document.tables:
        assert [(row.level3, row.annual_value) for row in table.indicators] == [
            (row[2], row[-1]) for row in PLAIN
        ]
        assert [row.level2_class for row in table.indicators][:3] == ["quantity", "quality", "social"]


def test_items_between_semicolons_may_be_broken_anywhere() -> None:
    lines = [
        [
            "外墙清洗",
            "房管所",
            "12.5",
            "清洗外墙。",
            "清洗外墙面\n积≥5200平方米；更换\n管线≥30米",
            "住户满意度≥91%",
        ],
        ["管网清淤", "房管所", "8", "清淤管网。", "清淤长度\n≥900米；清运\n淤泥≥40吨", "住户满意度≥90%"],
    ]
    document = _read(
        ["目标表"], ["项目名称", "部门", "预算（万元）", "年度目标", "数量指标", "满意度指标"], *lines
    )
    found = [(row.level3, row.annual_value) for table in document.tables for row in table.indicators]
    assert found == [
        ("清洗外墙面积", "≥5200平方米"),
        ("更换管线", "≥30米"),
        ("住户满意度", "≥91%"),
        ("清淤长度", "≥900米"),
        ("清运淤泥", "≥40吨"),
        ("住户满意度", "≥90%"),
    ]


NAMED = [(a, b, f"{c}{sign}{number}{unit}") for a, b, c, sign, number, unit, _ in ROWS]


def _named_rows() -> list[list[str]]:
    """The rows without the classes that are printed once over several rows."""
    return [list(NAMED[0]), list(NAMED[1][1:]), *(list(row) for row in NAMED[2:])]


@pytest.mark.parametrize("shape", ["cells", "bars"])
@pytest.mark.parametrize("name", ["三级指标及目标值", "指标名称和指标值", "指标及指标值"])
def test_names_with_their_values_are_read_in_text(shape: str, name: str) -> None:
    lines = [
        *HEAD,
        ["年度目标", "清洗外墙5200平方米，消除隐患。"],
        ["一级指标", "二级指标", name],
        *_named_rows(),
    ]
    bars = "\n".join(" | ".join(line) + " |" * (4 - len(line)) for line in lines)
    cells = "\n".join(cell for line in lines for cell in line)
    document = recognise(source_of(bars if shape == "bars" else cells))
    assert rows(document.tables[0]) == PLAIN
    assert document.tables[0].budget_yuan == Decimal(482_000)


@pytest.mark.parametrize("blank", ["", "\n"])
@pytest.mark.parametrize(
    "boxes",
    [
        [("年度目标", "清洗外墙5200平方米，消除坠物隐患。"), ("预算金额（万元）", "48.2")],
        [("预算金额（万元）", "48.2"), ("年度目标", "清洗外墙5200平方米，消除坠物隐患。")],
        [
            ("实施单位", "房管所"),
            ("预算金额（万元）", "48.2"),
            ("年度目标", "清洗外墙5200平方米，消除坠物隐患。"),
        ],
    ],
)
def test_boxes_below_the_rows_of_a_cell_a_line(boxes: list[tuple[str, str]], blank: str) -> None:
    lines = ["外墙清洗绩效目标表", "项目名称", "外墙清洗", "一级指标", "二级指标", "三级指标", "指标值"]
    for a, b, c, sign, number, unit, _ in ROWS:
        first = [a] if a not in lines else []
        lines += [*first, b, c, sign + number + unit]
    lines += [text for box in boxes for text in box]
    document = recognise(source_of(f"\n{blank}".join(lines) + "\n"))
    (table,) = document.tables
    assert rows(table) == PLAIN
    assert table.budget_yuan == Decimal(482_000)
    assert table.annual_goal == "清洗外墙5200平方米，消除坠物隐患。"
    assert not table.truncated


def test_a_list_of_projects_and_one_of_rows_in_one_text_are_joined() -> None:
    lines = ["项目清单", "| 序号 | 项目名称 | 实施单位 | 预算（万元） | 绩效目标 |"]
    lines += [f"| {n} | {p}清洗 | 房管所 | {n}2.5 | 清洗{p}外墙。 |" for n, p in ((1, "东园"), (2, "西园"))]
    lines += ["", "绩效指标明细表", "| 项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 |"]
    for place in ("东园", "西园"):
        for n, row in enumerate(PLAIN):
            lines.append(f"| {'' if n else place + '清洗'} | {row[0]} | {row[1]} | {row[2]} | {row[4]} |")
    document = recognise(source_of("\n".join(lines)))
    assert [(t.project_name, t.budget_yuan) for t in document.tables] == [
        ("东园清洗", Decimal(125_000)),
        ("西园清洗", Decimal(225_000)),
    ]
    assert [rows(table) for table in document.tables] == [PLAIN, PLAIN]


@pytest.mark.parametrize(
    "first", [["实施单位", "房管所"], ["主管部门", "住建局"], ["项目类型", "一次性项目"]]
)
def test_boxes_below_the_rows_of_a_grid_may_begin_with_a_unit(first: list[str]) -> None:
    boxes = [first, ["预算金额（万元）", "48.2"], ["年度目标", "清洗外墙5200平方米，消除坠物隐患。"]]
    lines = [[a, b, c, value] for a, b, c, _, value in PLAIN]
    (table,) = _read(*HEAD[:2], ["一级指标", "二级指标", "三级指标", "指标值"], *lines, *boxes).tables
    assert rows(table) == PLAIN
    assert table.budget_yuan == Decimal(482_000)
    assert first[1] in (table.unit, table.department, table.project_type)


def test_a_unit_below_the_rows_begins_the_next_form_where_a_name_follows() -> None:
    lines = [[a, b, c, value] for a, b, c, _, value in PLAIN]
    head = ["一级指标", "二级指标", "三级指标", "指标值"]
    forms = [
        [["实施单位", unit], ["项目名称", name], ["预算金额（万元）", "48.2"], head, *lines]
        for unit, name in (("房管所", "外墙清洗"), ("市政所", "管网清淤"))
    ]
    document = _read(*(line for form in forms for line in form))
    assert [(table.project_name, table.unit) for table in document.tables] == [
        ("外墙清洗", "房管所"),
        ("管网清淤", "市政所"),
    ]
