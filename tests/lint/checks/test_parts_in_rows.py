"""Rows in 其中 against the row of their whole: each, and all of them together."""

from __future__ import annotations

import pytest

from lint.checks.drawn import KITES, found

PAIRS = (("男", "女"), ("男性", "女性"), ("城镇", "农村"), ("在职人员", "退休人员"), ("线上", "线下"))


def rows(whole: str, parts: dict[str, str], later: str = "其中：") -> list[str]:
    """The severities for a row of 培训人数 with rows of its parts below it, of which the later ones begin with ``later``."""
    lines = [
        f"产出|数量|{later if index else '其中：'}{name}|{value}"
        for index, (name, value) in enumerate(parts.items())
    ]
    return [
        one.severity
        for one in found("PGA355", KITES, f"产出|数量|培训人数|{whole}", *lines, "产出|数量|风筝数|9只")
    ]


@pytest.mark.parametrize("later", ["其中：", ""])
@pytest.mark.parametrize("pair", PAIRS)
def test_two_parts_that_are_all_are_the_whole(pair: tuple[str, str], later: str) -> None:
    for total, expected in ((100, []), (90, ["error"]), (110, ["error"])):
        assert rows(f"{total}人", dict(zip(pair, ("60人", "40人"), strict=True)), later) == expected
        bounded = ["warning"] * len(expected)
        assert rows(f"≥{total}人", dict(zip(pair, ("≥60人", "≥40人"), strict=True)), later) == bounded


def test_parts_that_cut_across_each_other_are_not_added_up() -> None:
    assert rows("100人", {"女性": "60人", "党员": "50人"}) == []
    assert rows("100人", {"骨干": "60人", "新增": "30人"}) == []


CROSSING = [
    ("男船员", "持证船员"),
    ("技术船员", "高级船员"),
    ("失能老人", "孤寡老人"),
    ("示范村", "重点村"),
    ("骨干", "青年"),
    ("新能源车", "旧车置换"),
    ("高新技术企业", "老旧厂区企业"),
    ("固定岗位人员", "流动党员"),
]


@pytest.mark.parametrize("names", CROSSING)
@pytest.mark.parametrize("bound", ["", "≥", "≤"])
@pytest.mark.parametrize("more", [40, 60, 90])
def test_only_parts_that_exclude_each_other_are_added_up(
    names: tuple[str, str], bound: str, more: int
) -> None:
    values = dict(zip(names, (f"{bound}50人", f"{bound}{more}人"), strict=True))
    assert rows(f"{bound}100人", values) == []


@pytest.mark.parametrize("first", ["1.", "（1）", "一、", "①", "1．"])
@pytest.mark.parametrize("second", ["2.", "（2）", "二、", "②", "2．"])
def test_the_number_of_a_part_is_none_of_its_name(first: str, second: str) -> None:
    for last, expected in (("30人", ["error"]), ("20人", [])):
        assert rows("60人", {f"{first}男": "40人", f"{second}女": last}, "") == expected


@pytest.mark.parametrize("pair", PAIRS)
def test_ceilings_of_counts_may_come_to_more(pair: tuple[str, str]) -> None:
    assert rows("≤100人", dict(zip(pair, ("≤60人", "≤60人"), strict=True))) == []


def test_a_pair_of_other_people_is_not_all() -> None:
    assert rows("100人", {"男党员": "60人", "女教师": "50人"}) == ["error"]
    assert rows("100人", {"男党员": "30人", "女教师": "20人"}) == []
    assert rows("100人", {"骨干": "60人", "其他": "50人"}) == ["error"]


def test_one_part_leaves_the_rest_open_and_what_is_larger_is_told_once() -> None:
    assert rows("100人", {"女性": "60人"}) == []
    assert rows("100人", {"女性": "160人", "男性": "20人"}) == ["error"]


def test_other_units_and_rates_are_no_parts() -> None:
    assert rows("100人", {"男": "60课时", "女": "60课时"}) == []
    assert rows("100人", {"男": "60%", "女": "50%"}) == []


def test_costs_in_a_row_of_the_whole_are_counted_once() -> None:
    lines = [
        "- 预算数：12.00 万元",
        "产出|成本|活动成本|≤12万元",
        "产出|成本|其中：场地费|≤7万元",
        "产出|成本|其中：餐费|≤5万元",
    ]
    assert found("PGA302", KITES, *lines) == []
    assert [one.severity for one in found("PGA355", KITES, *lines)] == []
    lines[-1] = "产出|成本|其中：餐费|≤6万元"
    assert [one.severity for one in found("PGA355", KITES, *lines)] == ["warning"]


def test_costs_without_a_row_of_the_whole_are_added_up() -> None:
    parts = ["产出|成本|其中：场地费|≤60万元", "产出|成本|其中：餐费|≤20万元"]
    for whole in ([], ["产出|成本|活动总成本|控制在预算内"]):
        for budget, expected in (("50.00", ["error"]), ("80.00", [])):
            lines = [f"- 预算数：{budget} 万元", *whole, *parts]
            assert [one.severity for one in found("PGA302", KITES, *lines)] == expected


def test_parts_of_a_price_are_no_part_of_the_budget() -> None:
    lines = ["产出|成本|单位成本|≤80元/人", "产出|成本|其中：场地费|≤60万元", "产出|成本|其中：餐费|≤20万元"]
    assert found("PGA302", KITES, "- 预算数：50.00 万元", *lines) == []
