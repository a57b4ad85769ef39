"""Tables that print a row for each time of a value, with rows in between that hold nothing but a class."""

from __future__ import annotations

from itertools import product

import pytest

from tables.grid_drawing import draw
from tables.grid_reading import read

TIMES = (("实施期", "年度"), ("实施期目标", "年度目标"), ("三年", "当年"))
CLASS_ROWS = ("|^|质量指标||{time}||", "|^|质量指标||||", "||质量指标||{time}||", "||质量指标||||")


@pytest.mark.parametrize("head", ["期间", "目标期", "时间", "时段"])
@pytest.mark.parametrize(("whole", "year"), TIMES)
def test_a_class_alone_between_rows_of_times(head: str, whole: str, year: str) -> None:
    for row, first in product(CLASS_ROWS, (whole, year)):
        (table,) = read(
            draw(f"""
            |项目名称|水塔检修|<|<|<|
            |一级指标|二级指标|三级指标|{head}|指标值|
            |产出指标|数量指标|检修水塔|{whole}|6座|
            |||检修水塔|{year}|2座|
            {row.format(time=first)}
            |||检修合格率|{whole}|≥95%|
            |||检修合格率|{year}|≥90%|
            """)
        ).tables
        assert [(one.level2, one.level3, one.cycle_value, one.annual_value) for one in table.indicators] == [
            ("数量指标", "检修水塔", "6座", "2座"),
            ("质量指标", "检修合格率", "≥95%", "≥90%"),
        ]


def test_a_value_beside_another_class_is_none_of_the_row_above() -> None:
    (table,) = read(
        draw("""
        |项目名称|水塔检修|<|<|<|
        |一级指标|二级指标|三级指标|期间|指标值|
        |产出指标|数量指标|检修水塔|实施期|6座|
        ||质量指标||年度|≥90%|
        """)
    ).tables
    assert [(one.level2, one.cycle_value, one.annual_value) for one in table.indicators] == [
        ("数量指标", "6座", None),
        ("质量指标", None, "≥90%"),
    ]
