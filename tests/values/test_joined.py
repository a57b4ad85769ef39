"""Amounts in two units, person-days and products are one amount each, and never one part of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.values import parse
from perfgoals_lint.values.types import Quantity

STEPS = {
    ("年", "个月"): 12,
    ("小时", "分钟"): 60,
    ("天", "小时"): 24,
    ("公里", "米"): 1000,
    ("吨", "公斤"): 1000,
}
BOUNDS = {"": "=", "≥": ">=", "≤": "<=", "不超过": "<="}


@pytest.mark.parametrize(("units", "step"), STEPS.items())
@pytest.mark.parametrize(("bound", "op"), BOUNDS.items())
@pytest.mark.parametrize(("first", "more"), [(1, 6), (2, 11), (15, 1)])
def test_an_amount_in_two_units_is_one(
    units: tuple[str, str], step: int, bound: str, op: str, first: int, more: int
) -> None:
    text = f"{bound}{first}{units[0]}{more}{units[1]}"
    made = parse(text)
    assert isinstance(made, Quantity)
    assert (made.value, made.op, made.text) == (first * step + more, op, text)
    assert made.span == (0, len(text))
    assert made.over is None


@pytest.mark.parametrize("text", ["2026年6月", "2026年6月底前", "6月15日前", "2026年12月", "10公里5米宽"])
def test_dates_and_sizes_are_no_amounts_in_two_units(text: str) -> None:
    assert parse(text).kind != "quantity"


@pytest.mark.parametrize("dot", "·*×")
@pytest.mark.parametrize("time", "天日月")
@pytest.mark.parametrize(("bound", "op"), BOUNDS.items())
def test_person_days_are_no_rate(dot: str, time: str, bound: str, op: str) -> None:
    made = parse(f"{bound}20人{dot}{time}")
    assert isinstance(made, Quantity)
    assert (made.value, made.unit, made.op, made.per) == (20, f"人{time}", op, [])


@pytest.mark.parametrize("sign", ["×", "*", "x"])
@pytest.mark.parametrize("result", ["", "=3600元", "＝3600元"])
@pytest.mark.parametrize(("bound", "op"), BOUNDS.items())
def test_a_product_is_its_result_and_no_date(sign: str, result: str, bound: str, op: str) -> None:
    text = f"{bound}300元{sign}12月{result}"
    made = parse(text)
    assert isinstance(made, Quantity)
    assert (made.value, made.unit, made.op, made.span) == (Decimal(3600), "元", op, (0, len(text)))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("20人×3天", 60, "人天"),
        ("300元/月×12月×10人", 36000, "元"),
        ("2万元×3个", 60000, "元"),
        ("300元×12个月（税前）", 3600, "元"),
    ],
)
def test_factors_make_one_amount(text: str, value: int, unit: str) -> None:
    made = parse(text)
    assert isinstance(made, Quantity)
    assert (made.value, made.unit) == (value, unit)


SCALED = {
    "2万人": 20000,
    "1.5亿次": 150000000,
    "3千户": 3000,
    "2百亩": 200,
    "3千克": 3,
    "50%": Decimal("0.5"),
    "2‰": Decimal("0.002"),
    "12月": 12,
    "4个村民小组": 4,
    "1.5万": 15000,
    "3倍": 3,
    "2": 2,
}


@pytest.mark.parametrize(("unit", "size"), [("元", 1), ("万元", 10000), ("元/人", 1)])
@pytest.mark.parametrize("first", SCALED)
@pytest.mark.parametrize("second", ["", *SCALED])
def test_each_factor_has_its_own_scale(unit: str, size: int, first: str, second: str) -> None:
    made = parse("×".join(one for one in (f"≤5{unit}", first, second) if one))
    assert isinstance(made, Quantity)
    assert (made.value, made.unit, made.op) == (5 * size * SCALED[first] * SCALED.get(second, 1), "元", "<=")


@pytest.mark.parametrize("factor", ["8折", "3成", "2番", "5万元", "20人/次", "3百货店"])
@pytest.mark.parametrize("before", ["", "12月×"])
def test_what_is_no_number_of_times_makes_no_amount(factor: str, before: str) -> None:
    assert parse(f"≤5万元×{before}{factor}").kind == "statement"


@pytest.mark.parametrize("text", ["2米×3米", "长600米×宽5米", "4次×5个"])
def test_other_products_are_not_worked_out(text: str) -> None:
    made = parse(text)
    assert not isinstance(made, Quantity) or made.value not in (6, 3000, 20)
