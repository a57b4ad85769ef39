"""Forms that are filled in, left blank, or only show how to fill in a form."""

from __future__ import annotations

import pytest

from perfgoals_lint.model import Grid
from perfgoals_lint.tables.recognise import recognise
from perfgoals_lint.tables.states import is_placeholder
from tables.grid_drawing import draw, prose, source

FORM = """
    |项目支出绩效目标表|<|<|<|
    |项目名称|{name}|<|<|
    |主管部门|北桥区园林局|实施单位|{unit}|
    |预算金额（万元）|{budget}|<|<|
    |年度目标|{goal}|<|<|
    |一级指标|二级指标|三级指标|指标值|
    |产出指标|数量指标|{row}|{value}|
    |效益指标|社会效益指标|指标1：||
    """
BLANK = {"name": "", "unit": "", "budget": "", "goal": "", "row": "", "value": ""}
FILLED = {"name": "花坛更新", "budget": "12", "goal": "更新花坛9处", "row": "更新花坛", "value": "≥9处"}


def form(sheet: str = "表", **boxes: str) -> Grid:
    return draw(FORM.format(**BLANK | boxes), sheet=sheet)


@pytest.mark.parametrize(
    "boxes",
    [
        {},
        {"name": "（填写项目全称）"},
        {"name": "××项目", "goal": "目标1：……/目标2：……", "row": "××数量", "value": "≥××"},
        {"goal": "（简要描述年度目标，500字以内）", "unit": "北桥区园林站"},
        {"name": "****", "budget": "★", "value": "____"},
    ],
)
def test_a_form_in_which_nothing_is_filled_in_is_blank(boxes: dict[str, str]) -> None:
    document = recognise(source(form(**boxes)))
    assert [table.state for table in document.tables] == ["blank_form"]


@pytest.mark.parametrize("field", FILLED)
def test_one_thing_that_is_filled_in_makes_a_form_filled(field: str) -> None:
    document = recognise(source(form(**{field: FILLED[field]})))
    # The names of indicators may be printed beforehand.
    assert [table.state for table in document.tables] == ["blank_form" if field == "row" else "filled"]


@pytest.mark.parametrize("sheet", ["示例", "填表说明", "填报示范"])
def test_sheets_that_show_how_to_fill_in_are_examples(sheet: str) -> None:
    document = recognise(source(form(sheet, **FILLED), form(**FILLED | {"name": "凉亭修缮"})))
    assert [(table.project_name, table.state) for table in document.tables] == [
        ("花坛更新", "example"),
        ("凉亭修缮", "filled"),
    ]


def test_a_title_may_say_that_a_form_is_an_example() -> None:
    document = recognise(
        source(
            prose("项目支出绩效目标表（填写示例）"),
            form(**FILLED).__class__(
                "甲.xlsx", [cell for cell in form(**FILLED).cells if cell.row], 8, 4, sheet="表"
            ),
        )
    )
    assert [table.state for table in document.tables] == ["example"]


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [
        ("××数量", True),
        ("≥XX", True),
        ("目标1：\n目标2：\n……", True),
        ("（填写项目全称）", True),
        ("年  月", True),
        ("20××年××项目", True),
        ("≥90%", False),
        ("12月底前", False),
        ("有效", False),
        ("完成XX小学改造", False),
        ("补植行道树1200株……", False),
        ("目标1：完成道路维修", False),
    ],
)
def test_what_a_template_prints_is_told_from_what_is_filled_in(text: str, placeholder: bool) -> None:
    assert is_placeholder(text) is placeholder
