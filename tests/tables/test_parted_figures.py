"""Figures that stand apart in one cell: two amounts are none, two values are never one number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.tables.amounts import is_amount, is_unread, yuan
from tables.grid_drawing import draw
from tables.grid_reading import only

FIGURES = ("3", "30", "120", "1200", "12.5", "1,200")
BREAKS = ("\n", "\r\n", "\n\n", " \n ", "\t")


@pytest.mark.parametrize("gap", BREAKS)
@pytest.mark.parametrize("second", ["4", "25", "130", "1300"])
@pytest.mark.parametrize("first", FIGURES)
@pytest.mark.parametrize("unit", ["", "万元"])
def test_two_numbers_apart_are_no_amount(first: str, second: str, gap: str, unit: str) -> None:
    if gap == "\t" and len(second) == 3 and "." not in first and len(first) < 4:
        return  # thousands set apart
    text = f"{first}{gap}{second}{unit}"
    assert not is_amount(text)
    assert is_unread(text)


@pytest.mark.parametrize("first", FIGURES)
@pytest.mark.parametrize("second", ["4", "25", "1300"])
def test_a_blank_parts_numbers_but_thousands(first: str, second: str) -> None:
    assert not is_amount(f"{first} {second}")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12 120", 12120),
        ("1 200 000.50", Decimal("1200000.50")),
        ("35\n万元", 350000),
        ("1,200,\n000", 1200000),
    ],
)
def test_one_number_stays_one(text: str, amount: Decimal) -> None:
    assert yuan(text) == amount


@pytest.mark.parametrize("page", [None, 1])
@pytest.mark.parametrize("first", ["300", "≥300", "维修300", "1."])
@pytest.mark.parametrize("second", ["200处", "5"])
def test_typed_lines_of_a_value_are_not_glued(first: str, second: str, page: int | None) -> None:
    table = only(
        draw(
            f"""
            | 项目支出绩效目标表 | < | < | < |
            | 项目名称 | 渠道疏浚 | < | < |
            | 一级指标 | 二级指标 | 三级指标 | 指标值 |
            | 产出指标 | 数量指标 | 疏浚段数 | {first}/{second} |
            """,
            page=page,
        )
    )
    glued = first.endswith(".") or page is not None
    assert [row.annual_value for row in table.indicators] == [first + ("" if glued else "\n") + second]
