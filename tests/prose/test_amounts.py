"""Amounts and counted things: what is read, in which role, and what must not be read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.prose import scan
from perfgoals_lint.prose.figures import Figure


def only_amount(text: str) -> Figure:
    amounts = scan(text).money
    assert len(amounts) == 1
    return amounts[0]


@pytest.mark.parametrize(
    ("text", "yuan", "precision"),
    [
        ("申请经费0.4万元。", "4000", "500"),
        ("申请经费40,000.00元。", "40000", "0.005"),
        ("申请 150 万元 用于巡检。", "1500000", "5000"),
        ("申请１２万元用于巡检。", "120000", "5000"),
        ("安排2.5亿元。", "250000000", "5000000"),
        ("费用三十万元。", "300000", "5000"),
        ("控制在2019万元以内。", "20190000", "5000"),
        ("拨付45万巡护专班费用。", "450000", "5000"),
    ],
)
def test_value_and_precision(text: str, yuan: str, precision: str) -> None:
    amount = only_amount(text)
    assert amount.value == Decimal(yuan)
    assert amount.half == Decimal(precision)


def test_the_span_is_of_the_text_handed_in() -> None:
    text = "拟 申请　 ３ 万 元，购置水泵。"
    amount = only_amount(text)
    assert text[slice(*amount.span)] == "３ 万 元"


@pytest.mark.parametrize(
    ("text", "price", "parts", "years", "total"),
    [
        ("巡河2万/场。", True, None, None, False),
        ("水泵每台约3000元。", True, None, None, False),
        ("管护费260元/月。", False, 12, None, False),
        ("护林员0.5万元/人/年。", True, 1, None, False),
        ("按4.6万元/年的标准发放。", True, 1, None, False),
        ("巡检补助标准为800元。", True, None, None, False),
        ("每年电费3万。", False, 1, None, False),
        ("申请每年31万元用于巡检。", False, 1, None, False),
        ("物业费20万/年。", False, 1, None, False),
        ("三年合共93万。", False, None, 3, True),
        ("三年养护费合共2.4万元。", False, None, 3, True),
        ("2024-2026年累计投入60万元。", False, None, None, True),
        ("费用共计30万元。", False, None, None, True),
        ("全年合共0.7万元/年。", False, 1, None, True),
        ("申请13万元用于巡检。", False, None, None, False),
    ],
)
def test_what_an_amount_is(text: str, price: bool, parts: int | None, years: int | None, total: bool) -> None:
    amount = only_amount(text)
    assert (amount.price, amount.parts, amount.years, amount.total) == (price, parts, years, total)


def test_denominators_and_their_counts() -> None:
    amount = only_amount("巡查员每人每月2600元。")
    assert [(per.count, per.unit) for per in amount.per] == [(1, "人")]
    assert (amount.price, amount.parts) == (True, 12)


def test_quoted_money_is_marked() -> None:
    text = "《湿地巡护办法》规定“每站每年安排不少于20万元”，全市产值达500亿元，申请8万元。"
    assert [amount.quoted for amount in scan(text).money] == [True, False, False]


def test_foreign_money_is_kept_as_it_is() -> None:
    amount = only_amount("引进设备费用5万美元。")
    assert (amount.unit, amount.value) == ("美元", Decimal(50000))


# --- counted things


@pytest.mark.parametrize(
    ("text", "number", "unit", "noun"),
    [
        ("聘请护林专家10名。", 10, "名", "护林专家"),
        ("举办2场防汛演练。", 2, "场", "防汛演练"),
        ("印制防火手册5000本。", 5000, "本", "防火手册"),
        ("培训3万名农户骨干。", 30000, "名", "农户骨干"),
        ("防汛演练两期。", 2, "期", "防汛演练"),
    ],
)
def test_count(text: str, number: int, unit: str, noun: str) -> None:
    (count,) = scan(text).counts
    assert (count.number, count.unit) == (number, unit)
    assert noun in count.noun


def test_commitments_and_their_bounds() -> None:
    (count,) = scan("计划每年开展不少于4场巡讲。").counts
    assert count.operator == ">="
    assert [(per.count, per.unit) for per in count.per] == [(1, "年")]
    (count,) = scan("开展30场以上巡讲。").counts
    assert count.operator == ">="
    (count,) = scan("三年巡讲不超过18场。").counts
    assert (count.years, count.operator) == (3, "<=")


@pytest.mark.parametrize(
    "text", ["走访全市1万多家门店。", "为330多家门店服务。", "辖区现有门店2000家。", "面向世界500强企业3家。"]
)
def test_background_is_no_task(text: str) -> None:
    assert all(count.background for count in scan(text).counts)


def test_quoted_policy_is_no_commitment_of_the_unit() -> None:
    counts = scan("方案要求“各站每年巡查不少于20次。”我站拟巡查6次。").counts
    assert [(count.number, count.quoted) for count in counts] == [(20, True), (6, False)]


@pytest.mark.parametrize(
    "text",
    [
        "根据林办函〔2021〕3号、林财【2014】43号、林字[2022]9号。",
        "面向世界500强，接听12345热线。",
        "委托第三方评估，落实第三条规定。",
        "服务十四五规划，提供一站式服务，推进一带一路。",
        "电话0755-12345678，手机13800138000。",
        "出勤率95%，占百分之三十。",
        "系统升级到V2.0和3.1.4。",
        "自2023年3月15日起，2022-2023年，1-12月，9:30开始。",
    ],
)
def test_lookalikes_claim_nothing(text: str) -> None:
    found = scan(text)
    assert not found.money
    assert all(count.background for count in found.counts)
    assert not any((found.relations, found.spans, found.enumerations))
