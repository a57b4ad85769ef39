"""Columns under names that no form has are told by what they hold."""

from __future__ import annotations

import pytest

from tables.grid_drawing import draw
from tables.grid_reading import only, read, rows


def test_signs_classes_and_values_are_told_by_their_cells() -> None:
    table = only(
        draw("""
        |项目名称|砌筑护坡|<|<|<|<|
        |甲类|乙类|指标名称|比对|成果要求|计量单位|
        |产出指标|数量指标|砌筑长度|≥|120|米|
        |^|质量指标|通过率|=|100|%|
        |效益指标|社会效益指标|受益农户|≥|310|户|
        """)
    )
    assert rows(table) == [
        ("产出指标", "数量指标", "砌筑长度", None, "≥120米"),
        ("产出指标", "质量指标", "通过率", None, "=100%"),
        ("效益指标", "社会效益指标", "受益农户", None, "≥310户"),
    ]


def test_classes_below_the_name_of_the_table_are_classes() -> None:
    table = only(
        draw("""
        |项目名称|砌筑护坡|<|
        |绩效指标|指标名称|指标值|
        |数量指标|砌筑长度|≥120米|
        |质量指标|通过率|100%|
        """)
    )
    assert rows(table) == [
        (None, "数量指标", "砌筑长度", None, "≥120米"),
        (None, "质量指标", "通过率", None, "100%"),
    ]


def test_the_three_levels_make_a_table_however_many_columns_are_unknown() -> None:
    document = read(
        draw("""
        |项目名称|砌筑护坡|<|<|<|<|<|<|
        |登记号|一级指标|二级指标|三级指标|分管科|时点|成果要求|签名|
        |A1|产出指标|数量指标|砌筑长度|工程科|6月|≥120米|甲|
        |A2|^|质量指标|通过率|质检科|6月|100%|乙|
        """)
    )
    (table,) = document.tables
    assert [(row.level3, row.annual_value) for row in table.indicators] == [
        ("砌筑长度", "≥120米"),
        ("通过率", "100%"),
    ]
    assert table.indicators[0].columns == {"登记号": "A1", "分管科": "工程科", "时点": "6月", "签名": "甲"}
    assert [problem.code for problem in document.problems] == ["PGX123"]


@pytest.mark.parametrize(
    ("names", "target", "whole"),
    [
        (["一季度", "二季度", "全年目标值"], 2, None),
        (["合计", "东镇", "西镇"], 0, None),
        (["2026年", "2027年", "三年合计"], 0, 2),
        (["目标值（2026年）", "目标值（2027年）", "实施期总目标值"], 0, 2),
        (["最终目标值", "年度目标值", "上年完成值"], 1, 0),
    ],
)
def test_of_several_values_one_is_the_target(names: list[str], target: int, whole: int | None) -> None:
    values = ["≥120米", "≥130米", "≥140米"]
    table = only(
        draw(f"""
        |项目名称|砌筑护坡|<|<|<|<|
        |一级指标|二级指标|三级指标|{"|".join(names)}|
        |产出指标|数量指标|砌筑长度|{"|".join(values)}|
        |效益指标|社会效益指标|受益长度|{"|".join(values)}|
        """)
    )
    row = table.indicators[0]
    assert row.annual_value == values[target]
    assert row.cycle_value == (None if whole is None else values[whole])
    kept = {n: v for i, (n, v) in enumerate(zip(names, values, strict=True)) if i not in (target, whole)}
    assert row.columns == kept


def test_points_of_a_class_are_not_those_of_its_indicators() -> None:
    table = only(
        draw("""
        |项目名称|砌筑护坡|<|<|<|<|<|
        |一级指标|分值|二级指标|分值|三级指标|分值|指标值|
        |产出指标|60|数量指标|40|砌筑长度|40|≥120米|
        |^|^|质量指标|20|通过率|20|100%|
        """)
    )
    assert [row.weight for row in table.indicators] == ["40", "20"]
    assert table.indicators[1].columns == {"分值": "60", "分值（2）": "20"}
