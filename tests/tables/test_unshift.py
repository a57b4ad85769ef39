"""Rows of pipe tables and CSV files that have lost the cells merged from above."""

from __future__ import annotations

import pytest

from perfgoals_lint.model import Document, Grid
from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw, source
from tables.grid_reading import rows

CLASSED = """
|项目名称|渡槽维修|||||
|绩效指标|一级指标|二级指标|三级指标|指标值|备注|
|产出指标|数量指标|维修渡槽|1处|||
|更换槽板|≥40块|||||
|质量指标|验收合格率|100%||||
|成本指标|每处造价|≤18万元||||
|效益指标|经济效益指标|||||
|社会效益指标|受益农户|≥900户||||
|生态效益指标||||||
|满意度指标|服务对象满意度指标|农户满意度|≥90%|||
|合计||||||
"""


def _read(grid: Grid, format_name: str) -> Document:
    if format_name != "xlsx":
        grid.sheet, grid.table = None, 1
    document = recognise(source(grid, format_name=format_name))
    assert document is not None
    return document


@pytest.mark.parametrize("format_name", ["markdown", "csv", "bars"])
def test_rows_are_put_back_under_their_columns(format_name: str) -> None:
    (table,) = _read(draw(CLASSED), format_name).tables
    assert rows(table) == [
        ("产出指标", "数量指标", "维修渡槽", None, "1处"),
        ("产出指标", "数量指标", "更换槽板", None, "≥40块"),
        ("产出指标", "质量指标", "验收合格率", None, "100%"),
        ("产出指标", "成本指标", "每处造价", None, "≤18万元"),
        ("效益指标", "经济效益指标", None, None, None),
        ("效益指标", "社会效益指标", "受益农户", None, "≥900户"),
        ("效益指标", "生态效益指标", None, None, None),
        ("满意度指标", "服务对象满意度指标", "农户满意度", None, "≥90%"),
    ]


def test_a_class_of_either_level_with_a_class_for_a_name_is_told_by_the_length_of_its_row() -> None:
    (table,) = _read(
        draw("""
        |项目名称|雨量站|||||
        |一级指标|二级指标|三级指标|指标值|计量单位|备注|
        |产出指标|数量指标|新建雨量站|12|个||
        |质量指标|数据完整率|98|%|||
        |成本指标|社会成本指标|100|%|||
        """),
        "markdown",
    ).tables
    assert rows(table)[-1] == ("产出指标", "成本指标", "社会成本指标", None, "100%")


def test_two_levels_lose_only_one() -> None:
    (table,) = _read(
        draw("""
        |项目名称|培训基地|||
        |绩效指标|一级指标|二级指标|当年预期实现值|
        |数量指标|巡检次数|≥280次||
        |接待班次|60期|||
        """),
        "markdown",
    ).tables
    assert rows(table) == [
        (None, "数量指标", "巡检次数", None, "≥280次"),
        (None, "数量指标", "接待班次", None, "60期"),
    ]


def test_rows_in_their_places_stay_there() -> None:
    """Blank cells below a class, or a class that no form knows, are no sign of a shift."""
    (table,) = _read(
        draw("""
        |项目名称|渡槽维修|||
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|维修渡槽|1处|
        |||更换槽板|≥40块|
        |民生指标|惠农指标|受益农户||
        """),
        "csv",
    ).tables
    assert rows(table) == [
        ("产出指标", "数量指标", "维修渡槽", None, "1处"),
        ("产出指标", "数量指标", "更换槽板", None, "≥40块"),
        ("民生指标", "惠农指标", "受益农户", None, None),
    ]


def test_a_spreadsheet_keeps_its_own_places() -> None:
    (table,) = _read(draw(CLASSED), "xlsx").tables
    assert ("数量指标", "维修渡槽", "1处", None, None) in rows(table)


def test_merged_cells_printed_in_every_column() -> None:
    (table,) = _read(
        draw("""
        |项目名称|项目名称|渡槽维修|渡槽维修|渡槽维修|
        |年度目标|年度目标|修好一处渡槽|修好一处渡槽|修好一处渡槽|
        |绩效指标|一级指标|二级指标|三级指标|指标值|
        |绩效指标|产出指标|数量指标|维修渡槽|1处|
        |绩效指标|产出指标|数量指标|更换槽板|≥40块|
        """),
        "markdown",
    ).tables
    assert (table.project_name, table.annual_goal) == ("渡槽维修", "修好一处渡槽")
    assert rows(table) == [
        ("产出指标", "数量指标", "维修渡槽", None, "1处"),
        ("产出指标", "数量指标", "更换槽板", None, "≥40块"),
    ]
