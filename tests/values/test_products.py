"""Every kind of notation as the whole product of its parts, against a plain reference that knows only the parts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import pytest

from perfgoals_lint.values import algebra, parse
from perfgoals_lint.values.types import Compound, Constraint, Quantity, Relative

NEGATIONS = [
    "不",
    "不得",
    "不能",
    "不可",
    "不可以",
    "不应",
    "不应当",
    "不宜",
    "不要",
    "不允许",
    "不准",
    "不许",
    "没有",
    "没",
    "未",
    "未曾",
    "严禁",
    "禁止",
    "切勿",
    "请勿",
]
GREATER = ["大于", "超过", "超出", "高于", "多于", "突破"]
LESS = ["小于", "低于", "少于", "下于"]
TURNED = {**dict.fromkeys(GREATER, "<="), **dict.fromkeys(LESS, ">="), "达到": "<", "达": "<"}
NUMBERS = {
    "5": 5,
    "95.5": Decimal("95.5"),
    "110": 110,
    "119": 119,
    "120": 120,
    "12345": 12345,
    "863": 863,
    "2024": 2024,
    "三": 3,
    "十二": 12,
}
SCALES = {"": 1, "万": 10**4, "亿": 10**8}
BOUNDS = {"": "=", "以上": ">=", "及以上": ">=", "以下": "<=", "以内": "<=", "之内": "<=", "左右": "~"}
UNITS = ["元", "人次", "公里", "个", "千瓦", "岁", "千字", "场次", "平方米", "批次", "起", "千伏"]
RATES = {"": None, "/年": "年", "/人": "人", "/公里": "公里"}
DIGITS = "零一二三四五六七八九"


def short(found: Constraint) -> tuple[str, Decimal | None, str | None]:
    if isinstance(found, Quantity):
        return found.op, found.value, found.unit
    return found.kind, None, None


def ends(found: Constraint) -> tuple[Decimal | None, Decimal | None, str | None]:
    assert isinstance(found, Quantity), found
    assert found.op == "between", found
    return found.low, found.high, found.unit


class Amount(NamedTuple):
    text: str
    value: Decimal


def amounts() -> Iterator[Amount]:
    for (figure, value), (scale, size) in itertools.product(NUMBERS.items(), SCALES.items()):
        yield Amount(figure + scale, Decimal(value) * size)


@pytest.mark.parametrize("negation", NEGATIONS)
def test_a_negation_turns_every_comparison_round(negation: str) -> None:
    for (comparison, op), amount, unit in itertools.product(TURNED.items(), amounts(), ("%", "起", "万元")):
        value = amount.value
        if unit == "万元":
            if amount.text[-1] in SCALES:
                continue
            value, written = value * 10_000, "元"
        else:
            written = unit
        text = f"{negation}{comparison}{amount.text}{unit}"
        assert short(parse(text)) == (op, value, written), text


@pytest.mark.parametrize("negation", NEGATIONS)
def test_a_negation_turns_a_comparison_with_a_reference_round(negation: str) -> None:
    for comparison, reference in itertools.product(
        [*GREATER, *LESS], ("预算", "上年水平", "上一年度", "前一年")
    ):
        found = parse(f"{negation}{comparison}{reference}")
        assert isinstance(found, Relative)
        assert (found.op, found.reference) == (TURNED[comparison], reference)


@pytest.mark.parametrize("op", ["", "≥", "≤", "不少于", "超过", "每年≥", "达到", "至少"])
def test_no_word_swallows_a_number(op: str) -> None:
    for amount, unit in itertools.product(amounts(), UNITS):
        found = parse(op + amount.text + unit)
        assert short(found)[1:] == (amount.value, unit), found


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_bound_belongs_to_its_amount_wherever_it_stands(bound: str) -> None:
    for amount, unit, (rate, per) in itertools.product(amounts(), UNITS, RATES.items()):
        found = parse(f"{amount.text}{unit}{rate}{bound}")
        assert short(found) == (BOUNDS[bound], amount.value, unit), found
        assert isinstance(found, Quantity)
        assert [one.unit for one in found.per] == ([per] if per else [])


@pytest.mark.parametrize("bound", [bound for bound in BOUNDS if bound])
def test_a_bound_behind_a_noun_or_an_unlisted_unit(bound: str) -> None:
    for figure, (unit, noun) in itertools.product(
        ("5", "120", "三"), (("家", "企业"), ("名", "学生"), ("篇", "论文"))
    ):
        found = parse(f"{figure}{unit}{noun}{bound}")
        assert short(found) == (BOUNDS[bound], NUMBERS[figure], unit)
        assert getattr(found, "object", None) == noun
    assert short(parse(f"40哩{bound}")) == (BOUNDS[bound], 40, "哩")
    assert short(parse(f"40件（套）{bound}")) == (BOUNDS[bound], 40, "件")


@pytest.mark.parametrize("words", ["合格率", "验收合格率", "完成（含返工）", "抽检率（%）"])
def test_a_dash_behind_words_or_a_bracket_is_no_sign(words: str) -> None:
    for dash, figure in itertools.product(("-", "—", "——", "–"), ("95", "8.5")):
        assert short(parse(f"{words}{dash}{figure}%"))[:2] == ("=", Decimal(figure))


def test_signs_of_both_ends_of_a_range() -> None:
    for low, high, mark in itertools.product((-22, -5, 0, 3), (-18, -1, 4, 20), ("至", "到", "~")):
        if low < high:
            assert ends(parse(f"{low}℃{mark}{high}℃")) == (low, high, "℃")
    assert short(parse("零下十二度")) == ("=", -12, "度")
    assert ends(parse("40±3℃")) == (37, 43, "℃")


def test_ranges_with_rates_scales_and_brackets() -> None:
    for (low, high), mark, unit, (rate, per) in itertools.product(
        ((2, 5), (110, 130), (8, 10)), ("-", "~", "至", "到", "—"), ("次", "元", "公里"), RATES.items()
    ):
        for text in (f"{low}{unit}{rate}{mark}{high}{unit}{rate}", f"{low}{mark}{high}{unit}{rate}"):
            found = parse(text)
            assert ends(found) == (low, high, unit), text
            assert isinstance(found, Quantity)
            assert [one.unit for one in found.per] == ([per] if per else [])
    assert ends(parse("110万—130万元")) == (1_100_000, 1_300_000, "元")
    open_end = parse("60%（不含）-70%")
    assert isinstance(open_end, Quantity)
    assert (open_end.low_op, open_end.low, open_end.high) == (">", 60, 70)
    turned = parse("70%-60%")
    assert isinstance(turned, Quantity)
    assert turned.suspect


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        (DIGITS[tens] if tens > 1 else "")
        + ("十" if tens else "")
        + (DIGITS[ones] if ones or not tens else "")
    )


@pytest.mark.parametrize("unit", ["千瓦", "千米", "千克", "兆瓦", "千伏", "千帕", "兆帕", "千字", "千瓦时"])
def test_a_numeral_before_a_unit_that_begins_with_a_step(unit: str) -> None:
    for number in (1, 3, 9, 10, 11, 20, 35, 99):
        assert short(parse(chinese(number) + unit)) == ("=", number, unit)
        assert short(parse(f"≥{number}{unit}")) == (">=", number, unit)
    for text, value in (("五万", 50_000), ("一百", 100), ("三百二十", 320)):
        assert short(parse(text + unit)) == ("=", value, unit)


def test_tenths_halves_and_pairs() -> None:
    for whole, part in itertools.product(range(1, 10), range(1, 10)):
        assert short(parse(f"{DIGITS[whole]}成{DIGITS[part]}")) == ("=", whole * 10 + part, "%")
    for whole, unit in itertools.product(range(1, 10), ("倍", "亩", "公里", "吨", "斤", "年")):
        assert short(parse(f"{DIGITS[whole]}{unit}半")) == ("=", whole + Decimal("0.5"), unit)
        assert short(parse(f"{DIGITS[whole]}成半")) == ("=", whole * 10 + 5, "%")
    for digit, (step, size), unit in itertools.product(
        range(1, 9), (("", 1), ("十", 10), ("百", 100), ("万", 10**4)), ("个", "公斤", "次")
    ):
        for first in (DIGITS[digit], "两") if digit == 2 else (DIGITS[digit],):
            second = "两" if digit == 1 else DIGITS[digit + 1]
            found = parse(first + second + step + unit)
            assert ends(found) == (digit * size, (digit + 1) * size, unit)
    assert ends(parse("十七八天")) == (17, 18, "天")
    for scale in ("千", "万", "亿"):
        assert short(parse(f"0{scale}人")) == ("=", 0, "人")


STEPPED = ["百分点", "百分比", "千瓦", "千安", "千字", "兆乏", "兆瓦时", "千焦"]
WHOLE = ["安时", "牛顿", "字节", "欧元", "伏特", "赫兹"]


def test_a_step_belongs_to_the_unit_that_it_begins_and_to_no_longer_one() -> None:
    for (numeral, number), unit in itertools.product(
        (("三", 3), ("二十", 20), ("一百五十二", 152), ("二十八万", 280_000)), STEPPED
    ):
        wanted = "%" if unit == "百分比" else unit
        assert short(parse(f"不超过{numeral}{unit}")) == ("<=", number, wanted), (numeral, unit)
    for step, unit in itertools.product((("千", 1000), ("百", 100)), WHOLE):
        assert short(parse(f"6{step[0]}{unit}")) == ("=", 6 * step[1], unit)
        assert short(parse(f"≥六{step[0]}{unit}")) == (">=", 6 * step[1], unit)
    assert short(parse("不少于二百流明")) == (">=", 200, "流明")


def test_a_bound_behind_a_noun_leaves_the_figure_out_where_its_bracket_says_so() -> None:
    for (inside, strict), (bound, op), unit in itertools.product(
        (("(含)", False), ("（不含）", True), ("", False)),
        (("以上", ">="), ("以下", "<=")),
        ("家", "万元", "公里"),
    ):
        found = parse(f"补助12{unit}企业{inside}{bound}")
        assert short(found)[0] == (op[0] if strict else op), found
        assert found.note is None


def test_a_chinese_numeral_between_words_is_an_amount_where_it_can_be_nothing_else() -> None:
    for (numeral, number), unit, verb in itertools.product(
        (("十二", 12), ("一百二十", 120), ("三千", 3000), ("两万", 20_000)),
        ("名", "家", "场", "台", "亩", "元"),
        ("培训", "新增", "完成维修"),
    ):
        assert short(parse(f"{verb}{numeral}{unit}设备")) == ("=", number, unit)
    for numeral, bound in itertools.product(("两", "三", "九"), ("以上", "以内", "左右")):
        assert short(parse(f"维修{numeral}件设备{bound}"))[:2] == (
            BOUNDS[bound],
            2 if numeral == "两" else DIGITS.index(numeral),
        )
    for words in (
        "学习二十届全会精神",
        "打造十五分钟生活圈",
        "统一个人账户",
        "编写二十四节气课程",
        "五十年一遇",
        "20年一遇标准",
        "三年期",
        "5年期贷款",
    ):
        assert parse(words).kind == "statement", words


@pytest.mark.parametrize("verb", ["新增", "增加", "减少", "压缩", "提升"])
def test_at_least_and_at_most_behind_a_verb_of_change(verb: str) -> None:
    for op, word in ((">=", "至少"), ("<=", "至多")):
        assert short(parse(f"{verb}{word}12家")) == (op, 12, "家")
    assert short(parse(f"2024年起码{verb}8家"))[1:] == (8, "家")
    assert short(parse("2024年起码8家")) == (">=", 8, "家")


def test_lists_share_their_operator_and_unit() -> None:
    figures = ("4", "3", "2.5", "8")
    for size, (bound, op), unit in itertools.product(
        (2, 3, 4), (("以下", "<="), ("以上", ">=")), ("%", "个百分点", "家")
    ):
        found = parse("、".join(f"{one}{unit}" for one in figures[:size]) + bound)
        assert isinstance(found, Compound)
        assert [short(part)[:2] for part in found.parts] == [(op, Decimal(one)) for one in figures[:size]]
        bare = parse("、".join(figures[: size - 1]) + f"和{figures[size - 1]}{unit}")
        parts = bare.parts if isinstance(bare, Compound) else [bare]
        assert [getattr(part, "unit", None) for part in parts] == [unit.removeprefix("个")] * size
    for joined, (scale, size) in itertools.product(("、", "和"), SCALES.items()):
        shared = parse(f"分别为7、4{joined}3{scale}元")
        assert isinstance(shared, Compound)
        assert [short(part)[1:] for part in shared.parts] == [(one * size, "元") for one in (7, 4, 3)]
    kept = parse("≥4场、30人")
    assert isinstance(kept, Compound)
    assert [short(part) for part in kept.parts] == [(">=", 4, "场"), ("=", 30, "人")]


def test_numbering_counts_nothing() -> None:
    for size, (mark, between) in itertools.product((2, 3, 4), (("、", "；"), (".", ";"), (")", "；"))):
        text = between.join(f"{i}{mark}新建{i * 10}个" for i in range(1, size + 1))
        found = parse(text)
        assert isinstance(found, Compound), text
        assert [short(part)[1] for part in found.parts] == [i * 10 for i in range(1, size + 1)]


def test_a_change_is_one_figure_with_its_start() -> None:
    for verb, ending, unit in itertools.product(
        ("减少", "降低", "提高", "增加", "扩大"), ("为", "到", "至"), ("起", "%", "家")
    ):
        found = parse(f"由70{unit}{verb}{ending}40{unit}")
        assert isinstance(found, Quantity)
        assert (found.value, found.unit) == (40, unit)
        assert found.baseline is not None
        assert found.baseline.value == 70


def test_where_a_change_starts_from() -> None:
    for start, (ending, bound), unit in itertools.product(
        ("由", "从", "投诉由", "由上年的", "从原来的", "由2023年的"),
        (("到", ""), ("至", "以下"), ("到了", "左右")),
        ("起", "%", "万元"),
    ):
        found = parse(f"{start}70{unit}降低{ending}40{unit}{bound}")
        assert isinstance(found, Quantity), found
        assert found.baseline is not None
        assert (found.value, found.baseline.value) in {(40, 70), (400_000, 700_000)}
        assert found.baseline.year == (2023 if "2023" in start else None)


def test_what_a_share_is_of() -> None:
    for verb, base in itertools.product(
        ("占", "达到", "完成", "为", "不低于", "≥"), ("总投资", "设计值", "上年完成数")
    ):
        found = parse(f"{verb}{base}的30%")
        assert isinstance(found, Quantity)
        assert found.reference == base
        assert found.subject is None


def test_rates_over_a_shorter_time_bind_those_over_a_longer_one() -> None:
    """Against every way to spread a few events over the quarters of a year."""
    signs = {"≥": lambda a, b: a >= b, "≤": lambda a, b: a <= b, "=": lambda a, b: a == b}
    years = list(itertools.product(range(4), repeat=4))
    for (sign, quarterly), (other, yearly) in itertools.product(
        itertools.product(signs, range(4)), itertools.product(signs, range(13))
    ):
        short_, long = parse(f"{sign}{quarterly}次/季度"), parse(f"{other}{yearly}次/年")
        meets = [year for year in years if all(signs[sign](one, quarterly) for one in year)]
        both = [year for year in meets if signs[other](sum(year), yearly)]
        if algebra.entails(short_, long):
            assert len(both) == len(meets)
        assert algebra.contradicts(short_, long) == algebra.contradicts(long, short_)
        if algebra.contradicts(short_, long):
            assert not both
        assert not algebra.entails(long, short_)
    assert algebra.entails(parse("≥1次/月"), parse("≥12次/年"))
    assert algebra.contradicts(parse("每季度≥2次"), parse("≤6次/年"))
    assert not algebra.contradicts(parse("每月≥90%"), parse("每年≤95%"))
    assert not algebra.contradicts(parse("≥2次/人/月"), parse("≤6次/年"))


def test_steps_of_a_scale_in_their_order() -> None:
    assert getattr(parse("好/较好/一般"), "scale", None) == ["好", "较好", "一般"]
    assert parse("一般/好/较好").kind != "choice"


def test_every_spelling_of_a_unit_has_its_standard() -> None:
    for written, standard in {
        "µg": "μg", "㎍": "μg", "小時": "小时", "圓": "元", "ｋｍ": "km", "頭": "头", "個": "个", "場": "场", "千瓦": "千瓦",
    }.items():  # fmt: skip
        found = parse(f"≥5{written}")
        assert isinstance(found, Quantity), written
        assert found.unit_standard == standard, written
    for mark in ("/", "×", "*", "·", "、"):
        found = parse(f"300元/人{mark}天")
        assert isinstance(found, Quantity)
        assert [one.unit for one in found.per] == ["人", "天"]
    for text, name, suspect in (
        ("80M", None, True),
        ("80M", "新建围栏长度", False),
        ("80M", "出口带宽", False),
    ):
        assert getattr(parse(text, name), "suspect", None) is suspect


@pytest.mark.parametrize("number", ["6", "60", "1.2万", "十二"])
@pytest.mark.parametrize("operator", ["≥", "不少于", ""])
def test_boards_and_plots_are_no_money(number: str, operator: str) -> None:
    """块 alone counts; only 块钱 is 元."""
    counted, paid = (parse(f"{operator}{number}{unit}") for unit in ("块", "块钱"))
    assert (counted.unit, paid.unit) == ("块", "元")
    assert counted.value == paid.value
