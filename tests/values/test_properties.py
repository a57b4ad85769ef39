"""What holds for any text and any target."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from growth import LINEAR, growth
from perfgoals_lint.values import numerals, parse
from perfgoals_lint.values.algebra import (
    contradicts,
    direction,
    entails,
    equal,
    interval,
    normalise,
    total_over,
    union,
)
from perfgoals_lint.values.explain import explain
from perfgoals_lint.values.parser import _tools
from perfgoals_lint.values.schema import constraint_adapter
from perfgoals_lint.values.types import Quantity, plain
from perfgoals_lint.values.wording import words

PIECES = [
    *"0123456789一二三十百千万亿两半零点.,，、；;%‰≥≤><=~-/·:（）() \n\"年月日季度底前后内以上下左右约近达超每各均共第前人次家个元项台天",
    "不低于", "控制在", "百分之", "2024年", "12月", "平方米", "工作日", "满意度", "优良中差", "上年", "增长", "*", "$", "无", "投诉",
    "[80%,90%]", "[", "]", "过半", "半数", "廿", "不低于2022年", "水平", "年度内",
]  # fmt: skip
notation = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
figures = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
units = st.sampled_from([None, "%", "家", "万元", "元", "平方米", "公顷", "年", "月"])


_YEAR_AND_MONTH = re.compile(r"[^\d]*(?:19|20)\d\d\.(\d\d)")


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    op = draw(st.sampled_from(["=", ">=", ">", "<=", "<"]))
    return Quantity("", op, draw(figures), draw(units), True)


def _bound(sign: str, quantity: Quantity) -> str:
    """A bound as it is printed. A number of months is 个月: 1月 to 12月 are months of the calendar, and deadlines."""
    unit = "个月" if quantity.unit == "月" else quantity.unit or ""
    return f"{sign}{plain(quantity.value or Decimal(0))}{unit}"


def _read(text: str) -> None:
    found = parse.__wrapped__(text)
    assert explain(found, "zh")
    assert explain(found, "en")
    found.model_dump_json()


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    _read(text)


@given(notation)
@settings(max_examples=400, deadline=None)
def test_no_row_of_notation_raises(text: str) -> None:
    _read(text)


@pytest.mark.slow
def test_many_random_strings(request: pytest.FixtureRequest) -> None:
    number = 1_000_000 if request.config.getoption("-m") == "slow" else 5_000
    chance = random.Random(20240601)
    for _ in range(number):
        parse.__wrapped__("".join(chance.choices(PIECES, k=chance.randint(1, 12))))


@given(notation)
@settings(max_examples=200, deadline=None)
def test_json_gives_the_same_constraint_back(text: str) -> None:
    found = parse(text)
    assert constraint_adapter().validate_json(found.model_dump_json()) == found


@given(
    st.text(
        st.sampled_from("保障提高办公服务水平建设环境影响力满意度有效持续明显的和与促进企业发展"),
        min_size=1,
        max_size=20,
    )
)
def test_words_without_a_figure_read_the_same_with_and_without_the_parser(text: str) -> None:
    assume(words().telling.search(text) is None)
    tools = _tools()
    from perfgoals_lint.values.notation import normalise as spelled

    assert tools.build(tools.parser.parse(text), spelled(text), text, None) == parse.__wrapped__(text)


@given(quantities())
@example(Quantity("", "=", Decimal("2094.01"), None, True))
@example(Quantity("", "=", Decimal("2094.13"), None, True))
@example(Quantity("", ">=", Decimal("2094.1"), None, True))
@example(Quantity("", "=", Decimal("2075.21"), None, True))
@example(Quantity("", "=", Decimal("2075.99"), None, True))
def test_a_printed_bound_reads_back(quantity: Quantity) -> None:
    assert quantity.value is not None
    sign = {">=": "≥", "<=": "≤"}.get(quantity.op, quantity.op)
    printed = _bound(sign, quantity)
    found = parse(printed)
    month = _YEAR_AND_MONTH.fullmatch(printed)
    if (
        month and int(month[1]) < 20
    ):  # 2094.01 without a unit is a month of the calendar, 2094.13 a slip of the pen
        assert found.kind == ("deadline" if 1 <= int(month[1]) <= 12 else "impossible_date")
        return
    assert isinstance(found, Quantity)
    assert equal(found, quantity)
    again = parse(_bound(sign, found))
    assert isinstance(again, Quantity)
    assert (again.op, again.value, again.unit) == (found.op, found.value, found.unit)


@given(st.integers(min_value=0, max_value=10**8 - 1))
def test_chinese_numerals_read_as_the_number(number: int) -> None:
    assert numerals.parse(chinese(number)) == number


def chinese(number: int) -> str:
    """The Chinese numeral of a number below 亿."""
    digits = "零一二三四五六七八九"
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return chinese(number // 10_000) + "万" + (gap + chinese(rest) if rest else "")
    for size, step in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            rest = number % size
            gap = "零" if 0 < rest < size // 10 else ""
            return digits[number // size] + step + (gap + chinese(rest) if rest else "")
    return digits[number]


# --- the algebra ------------------------------------------------------------------------------------------------


@given(quantities())
def test_entailment_is_reflexive(a: Quantity) -> None:
    assert entails(a, a)
    assert equal(a, a)
    assert not contradicts(a, a)


@given(quantities(), quantities(), quantities())
def test_entailment_is_transitive(a: Quantity, b: Quantity, c: Quantity) -> None:
    if entails(a, b) and entails(b, c):
        assert entails(a, c)


@given(quantities(), quantities())
def test_entailment_both_ways_is_equality_and_excludes_contradiction(a: Quantity, b: Quantity) -> None:
    assert (entails(a, b) and entails(b, a)) == equal(a, b)
    assert contradicts(a, b) == contradicts(b, a)
    assert not (entails(a, b) and contradicts(a, b))


@given(quantities(), quantities())
def test_a_union_holds_both(a: Quantity, b: Quantity) -> None:
    both, one, other = union(a, b), interval(a), interval(b)
    assert one is not None
    assert other is not None
    if both is None:
        assert one.axis != other.axis
        return
    for value in filter(None, (one.low, one.high, other.low, other.high)):
        if one.contains(value) or other.contains(value):
            assert both.contains(value)


@given(quantities(), figures, figures)
def test_widening_a_bound_never_turns_a_pass_into_a_fail(
    bound: Quantity, wider: Decimal, figure: Decimal
) -> None:
    assert bound.value is not None
    if direction(bound) == "higher":
        wide = Quantity("", bound.op, min(bound.value, wider), bound.unit, True)
    elif direction(bound) == "lower":
        wide = Quantity("", bound.op, max(bound.value, wider), bound.unit, True)
    else:
        return
    narrow_interval, wide_interval = interval(bound), interval(wide)
    assert narrow_interval is not None
    assert wide_interval is not None
    assert entails(bound, wide)
    if narrow_interval.contains(figure):
        assert wide_interval.contains(figure)


@given(quantities())
def test_the_base_unit_allows_the_same_figures(quantity: Quantity) -> None:
    assert equal(quantity, normalise(quantity))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("≥1.2万元", "≥12000元", True), ("1公顷", "10000平方米", True), ("3年", "36个月", True), ("2小时", "120分钟", True),
        ("≥3家", "≥3个", False), ("100元", "100美元", False), ("1天", "1工作日", False), ("≥18家", "三年≥18家", False),
        ("1次/年", "1次/12个月", True),
    ],
)  # fmt: skip
def test_units_compare_only_within_a_dimension(a: str, b: str, same: bool) -> None:
    assert equal(parse(a), parse(b)) is same


@pytest.mark.parametrize(
    ("text", "years", "total"),
    [
        ("每两年1个", 4, 2),
        ("每年2次", 3, 6),
        ("三年6个", 3, 6),
        ("三年6个", 4, None),
        ("每月1次", 2, 24),
        ("每年≥90%", 3, None),
    ],
)
def test_annual_figures_over_a_period(text: str, years: int, total: int | None) -> None:
    found = parse(text)
    assert isinstance(found, Quantity)
    assert total_over(found, Decimal(years)) == total


def test_compounds_are_conjunctions() -> None:
    both = parse("≥80%；≤90%")
    assert entails(parse("85%"), both)
    assert contradicts(parse("95%"), both)
    assert entails(both, parse("≥70%"))


# --- cost ----------------------------------------------------------------------------------------------------------


@pytest.mark.growth
@pytest.mark.parametrize(
    "piece",
    [
        "满意度≥90%、",
        "1",
        "一",
        "≥",
        "1,",
        "不",
        "(1)",
        "1次/年",
        "(",
        "12月",
        "每",
        "百分之",
        "约",
        "至1",
        "[8,9]",
        "[8",
        "过半",
        "不低于2022年水平",
    ],
)
def test_a_long_cell_costs_little_and_never_more_than_linear(piece: str) -> None:
    assert growth(lambda length: parse.__wrapped__((piece * length)[:length]), 300) < LINEAR


def test_fractions_are_exact_to_28_digits() -> None:
    found = parse("三分之二")
    assert isinstance(found, Quantity)
    assert found.value is not None
    assert abs(Fraction(found.value) - Fraction(2, 3)) < Fraction(1, 10**27)
