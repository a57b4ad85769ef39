"""The fast path reads what it reads as the grammar does."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import LINEAR, growth
from perfgoals_lint.values import parse, plain
from perfgoals_lint.values.notation import normalise
from perfgoals_lint.values.operators import rules
from perfgoals_lint.values.parser import _read, _respelled
from perfgoals_lint.values.units import table

FIGURES = [
    "0",
    "3",
    "12",
    "90",
    "95.5",
    "110",
    "120",
    "863",
    "1000",
    "12345",
    "2024",
    "2024.07",
    "202401",
    "0.5",
    "007",
]
OPERATORS = ["", *sorted(rules().op)]
WORDS = [
    "",
    "",
    "",
    "每年",
    "每月",
    "每人",
    "满意度",
    "合格率",
    "新建房屋",
    "完成",
    "其中",
    "居民",
    "公里",
    "增长",
    "达到",
    "目标为",
    "控制",
    "平均",
    "车间改造",
    "年均",
    "总额的",
    "购置设备",
    "力争",
]
heads = st.tuples(st.sampled_from(WORDS), st.sampled_from(OPERATORS)).map("".join)
figures = st.one_of(
    st.sampled_from(FIGURES), st.integers(0, 10**7).map(str), st.floats(0, 10**5).map("{:.2f}".format)
)
scales = st.sampled_from(["", "", "万", "亿"])
units = st.sampled_from(["", *sorted(table().canonical)])
rates = st.sampled_from(["", "", "", "/年", "/人", "/人/年", "/公里", "/个"])
bounds = st.sampled_from(["", "", *sorted(rules().post)])


@given(heads, figures, scales, units, rates, bounds)
@settings(max_examples=3000, deadline=None)
def test_it_is_equal_to_the_grammar(
    head: str, figure: str, scale: str, unit: str, rate: str, bound: str
) -> None:
    text = head + figure + scale + unit + rate + bound
    fast = plain.read(text)
    if fast is not None:
        assert fast == _read(normalise(text), text, None)


NUMERALS = [
    *"一二三四五六七八九十两半几百",
    "十二",
    "二十",
    "九十九",
    "两三",
    "十七八",
    "三五",
    "一百",
    "一百二十",
    "百二",
]
SPANS = ["", "一年", "三年", "十年", "三个月", "两周", "五天", "半年", "百年"]
SPELLINGS = [
    ("≥", "≧ "),
    ("%", " ％"),
    ("个", "個"),
    ("户", "戶"),
    ("1", "１"),
    ("公里", "公 里"),
    ("以上", "以上。"),
]


def test_chinese_numerals_are_read_as_the_grammar_reads_them() -> None:
    heads = ("", "≥", "不少于", "约", "近", "百分之", "合格率百分之", "第", "每年")
    tails = [
        *sorted(table().canonical),
        "",
        "以上",
        "家以上",
        "类",
        "等奖",
        "批项目",
        "公里/年",
        "个半小时",
        "亩半",
    ]
    for head, numeral, tail in itertools.product(heads, NUMERALS, tails[::3]):
        text = head + numeral + tail
        fast = plain.read(text)
        if fast is not None:
            assert fast == _read(normalise(text), text, None), text


def test_spans_in_front_are_read_as_the_grammar_reads_them() -> None:
    for span, head, tail in itertools.product(
        SPANS, rules().op, ("12", "3家", "5%", "10月", "2万元", "6个月")
    ):
        text = span + head + tail
        fast = plain.read(text)
        if fast is not None:
            assert fast == _read(normalise(text), text, None), text


@given(heads, figures, scales, units, rates, bounds, st.sampled_from(SPELLINGS))
@settings(max_examples=1500, deadline=None)
def test_other_spellings_are_read_as_the_grammar_reads_them(
    head: str, figure: str, scale: str, unit: str, rate: str, bound: str, spelling: tuple[str, str]
) -> None:
    text = (head + figure + scale + unit + rate + bound).replace(*spelling)
    normal = normalise(text)
    fast = _respelled(normal, text)
    if fast is not None:
        assert fast == _read(normal, text, None)


def test_every_unit_and_every_operator_once() -> None:
    pairs = itertools.chain(
        ((head, "人") for head in rules().op),
        (("≥", unit) for unit in table().canonical),
        (("", unit + bound) for unit in ("家", "%") for bound in rules().post),
    )
    for head, tail in pairs:
        text = f"{head}120{tail}"
        fast = plain.read(text)
        if fast is not None:
            assert fast == _read(normalise(text), text, None), text


@pytest.mark.parametrize(
    "text",
    [
        "≥90%",
        "33家",
        "≤12万元",
        "5",
        "不少于12次",
        "10家以上",
        "3.5小时以内",
        "120人次",
        "满意度≥90%",
        "每年≥2次",
        "12元/人/年",
        "3个工作日内",
        "绿化面积12亩",
        "三家",
        "百分之九十五以上",
        "三年≥18家",
        "12.5",
        "预算执行率≥95%",
        "新增座位120张",
    ],
)
def test_the_common_notation_is_read_without_the_grammar(text: str) -> None:
    assert plain.read(text) is not None


@pytest.mark.growth
@pytest.mark.parametrize(
    "piece",
    [
        "万",
        "一",
        "9",
        "九万",
        "不",
        "不得",
        "三公",
        "1/",
        "1、",
        "至",
        "-1",
        "零下",
        "两三",
        "(1)",
        "1家以上",
        "前",
        "±",
        "年",
        "半",
        "较",
        "无",
        "元廿",
        "同比\n",
        "(含)千",
        "无投诉",
        "月控制在",
    ],
)
def test_no_text_costs_more_than_linear(piece: str) -> None:
    assert growth(lambda length: parse.__wrapped__((piece * length)[:length]), 60) < LINEAR
    assert growth(lambda length: parse.__wrapped__((piece * length)[:length]), 1250) < LINEAR
