"""Sentences of budget texts made from facts: many wordings of one relation, right or wrong by a known gap."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

NOUNS = (
    "围栏修缮费",
    "苗圃租金",
    "水泵检修费",
    "海报印制费",
    "教练课酬",
    "网线铺设费",
    "鱼苗采购费",
    "窨井清掏费",
)
"""Names of costs, of made-up projects."""
TOTAL_LAST = (
    "{parts}，共计{total}万元。",
    "{parts}，合计{total}万元。",
    "安排{parts}，总共{total}万元。",
    "主要支出有{parts}，以上{n}项合计{total}万元。",
    "{parts}，上述费用合计为{total}万元。",
    "{parts}。以上共需{total}万元。",
)
TOTAL_FIRST = (
    "项目资金{total}万元，分别用于{parts}。",
    "总预算{total}万元（{parts}）。",
    "资金总额{total}万元，具体为：{parts}。",
    "年度预算{total}万元：{parts}。",
)
PRODUCTS = (
    "购置电脑{n}台，单价{price}元，合计{total}元。",
    "购置电脑{n}台，每台{price}元，共{total}元。",
    "{n}台×{price}元/台={total}元",
    "按每台{price}元计算，购置电脑{n}台，共需资金{total}元。",
    "预算{total}元（{n}台×{price}元/台）。",
)
PERIODS = (
    ("每月支付保洁费{price}元，全年{total}元。", 12),
    ("租金每季度{price}元，全年租金{total}元。", 4),
    ("每半年支付{price}元，全年支付{total}元。", 2),
    ("全年费用{total}元，每季度支付{price}元。", 4),
    ("物业费{price}元/月，全年合计{total}元。", 12),
)
CHANGES = (
    "床位从{old}张增至{new}张，增幅{rate}%。",
    "接待量由{old}人次增加到{new}人次，增长{rate}%。",
    "接待{new}人次，较上年{old}人次增长{rate}%。",
)
_NUMBERS = "零一二三四五六七八"


@dataclass(frozen=True)
class Claim:
    """A sentence, its figures in the order of a calculation, and whether the stated result is right."""

    text: str
    operands: tuple[Decimal, ...]
    result: Decimal
    right: bool


@st.composite
def sums(draw: st.DrawFn) -> Claim:
    """Parts and their total, first or last."""
    values = draw(st.lists(st.integers(3, 90), min_size=2, max_size=6))
    names = draw(st.permutations(NOUNS))[: len(values)]
    separator = draw(st.sampled_from("、，"))
    gap = draw(st.sampled_from((0, 1, 2)))
    form = draw(st.sampled_from(TOTAL_LAST + TOTAL_FIRST))
    parts = separator.join(f"{name}{value}万元" for name, value in zip(names, values, strict=True))
    total = sum(values) + gap
    text = form.format(parts=parts, total=total, n=_NUMBERS[len(values)])
    return Claim(text, tuple(map(Decimal, values)), Decimal(total), gap == 0)


@st.composite
def products(draw: st.DrawFn) -> Claim:
    """A price, a number and their product."""
    number, price = draw(st.integers(2, 90)), draw(st.integers(100, 9000))
    gap = draw(st.sampled_from((0, 1, 7)))
    total = number * price + gap
    text = draw(st.sampled_from(PRODUCTS)).format(n=number, price=price, total=total)
    return Claim(text, (Decimal(number), Decimal(price)), Decimal(total), gap == 0)


@st.composite
def periods(draw: st.DrawFn) -> Claim:
    """An amount for a part of the year, and that of the year."""
    form, number = draw(st.sampled_from(PERIODS))
    price = draw(st.integers(100, 9000))
    gap = draw(st.sampled_from((0, 1, 7)))
    total = number * price + gap
    return Claim(
        form.format(price=price, total=total), (Decimal(price), Decimal(number)), Decimal(total), gap == 0
    )


@st.composite
def changes(draw: st.DrawFn) -> Claim:
    """A figure before and after, and the rate of its growth."""
    old, rate = draw(st.integers(1, 30)) * 100, draw(st.integers(2, 60))
    gap = draw(st.sampled_from((0, 3, 9)))
    new = old * (100 + rate) // 100
    text = draw(st.sampled_from(CHANGES)).format(old=old, new=new, rate=rate + gap)
    return Claim(text, (Decimal(old), Decimal(new)), Decimal(rate + gap), gap == 0)
