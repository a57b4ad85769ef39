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
    [("20人×3天", 60, "人天"), ("300元/月×12月×10人", 36000, "元"), ("2万元×3个", 60000, "元")],
)
def test_factors_make_one_amount(text: str, value: int, unit: str) -> None:
    made = parse(text)
    assert isinstance(made, Quantity)
    assert (made.value, made.unit) == (value, unit)


@pytest.mark.parametrize("text", ["2米×3米", "长600米×宽5米", "4次×5个"])
def test_other_products_are_not_worked_out(text: str) -> None:
    made = parse(text)
    assert not isinstance(made, Quantity) or made.value not in (6, 3000, 20)
