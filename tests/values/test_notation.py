"""The notation, item by item: what each way of writing a target is read as."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from perfgoals_lint.values import parse
from perfgoals_lint.values.types import (
    Compound,
    Constraint,
    Deadline,
    PeriodValue,
    Quantity,
    Rank,
    Relative,
    Statement,
    plain,
)


def brief(found: Constraint) -> str:
    """A quantity as ``op value unit /per |over``; anything else by its kind."""
    if not isinstance(found, Quantity):
        return found.kind
    figures = [found.value] if found.op != "between" else [found.low, found.high]
    text = f"{found.op} {'..'.join(f'{plain(figure)}' for figure in figures if figure is not None)}{found.unit or ''}"
    text += "".join(f" /{plain(one.count)}{one.unit}" for one in found.per)
    return text + (f" |{plain(found.over.count)}{found.over.unit}" if found.over else "")


GROUPS: dict[str, dict[str, str]] = {
    "signs": {
        "≥90%": ">= 90%", "≧90%": ">= 90%", ">=90%": ">= 90%", "=>90%": ">= 90%", "≤5%": "<= 5%", "≦5%": "<= 5%",
        "=<5%": "<= 5%", "＞3人": "> 3人", "﹥3人": "> 3人", "＜1%": "< 1%", "═100%": "= 100%", "≥ 95 %": ">= 95%",
        "９５％": "= 95%", "≈30家": "~ 30家",
    },
    "words in front": {
        "大于等于95%": ">= 95%", "不少于12次": ">= 12次", "不低于80%": ">= 80%", "不超过5天": "<= 5天", "低于10%": "< 10%",
        "超过1000人次": "> 1000人次", "至少3次": ">= 3次", "最多5次": "<= 5次", "达到85%": ">= 85%", "达90%": ">= 90%",
        "力争达到95%": ">= 95%", "力争3家": ">= 3家", "控制在3%以内": "<= 3%", "不到5%": "< 5%", "突破100亿元": "> 10000000000元",
    },
    "words behind": {
        "95%及以上": ">= 95%", "10家以上": ">= 10家", "5件以下": "<= 5件", "3.5小时以内": "<= 3.5小时", "60日内": "<= 60日",
        "95%（含）以上": ">= 95%", "达95%以上": ">= 95%", "95%左右": "~ 95%", "100人上下": "~ 100人",
    },
    "order": {"% 90": "= 90%", "万亩 28": "= 280000亩", "≥90（%）": ">= 90%", "100（万元）": "= 1000000元"},
    "numerals": {
        "十五家": "= 15家", "两千零五人": "= 2005人", "三百二十万元": "= 3200000元", "一百零五万": "= 1050000", "1.2亿元": "= 120000000元",
        "3千人": "= 3000人", "壹佰万元": "= 1000000元", "半小时": "= 0.5小时", "一个半月": "= 1.5月", "1年半": "= 1.5年",
        "百分之九十五": "= 95%", "=100百分比": "= 100%", "≥95百分比": ">= 95%", "万分之三": "= 0.03%", "千分之五": "= 0.5%", "三成": "= 30%", "二分之一": "= 0.5", "3/4": "= 0.75",
        "1,200,000元": "= 1200000元", "1 000人": "= 1000人", "-5%": "= -5%", "±5%": "between -5..5%",
        "廿二场": "= 22场", "≥卅五家": ">= 35家", "一百廿户": "= 120户", "廿万元": "= 200000元", "廿廿": "statement",
    },
    "halves": {
        "一半": "= 50%", "一半以上": ">= 50%", "不低于半数": ">= 50%", "过半": "> 50%", "过半数": "> 50%", "超过一半": "> 50%",
        "到场率过半": "> 50%", "一半左右": "~ 50%", "一半时间": "statement", "过半数村民满意": "statement", "半年内": "<= 0.5年",
    },
    "fuzzy": {
        "500余人": "~ 500人", "20多家": "~ 20家", "近百家": "~ 100家", "约50人": "~ 50人", "数十家": "~ 10家", "若干": "statement",
    },
    "ranges": {
        "3-5个": "between 3..5个", "80%~90%": "between 80..90%", "80%至90%": "between 80..90%", "3到5家": "between 3..5家",
        "大于10小于20": "between 10..20", "10家以上20家以下": "between 10..20家", "5-10万元": "between 50000..100000元",
        "百分之五至十": "between 5..10%", "80≤得分<90": "between 80..90", "≥95%且≤100%": "between 95..100%",
        "[80%,90%]": "between 80..90%", "【80，90】家": "between 80..90家", "(80%,90%]": "between 80..90%",
        "[0.8，0.9)": "between 0.8..0.9", "[5万元, 8万元]": "between 50000..80000元", "[80%,90%)家": "statement",
        "[1,200]家": "statement", "[2024,2025]": "statement", "[2024年,2025年]": "statement", "≥95%[80%,90%]": ">= 95%",
    },
    "rates": {
        "1次/年": "= 1次 /1年", "780元/生/年": "= 780元 /1生 /1年", "400元/人·天": "= 400元 /1人 /1天", "每月每人200元": "= 200元 /1月 /1人",
        "每两年1个": "= 1个 /2年", "1次/2年": "= 1次 /2年", "各1次": "= 1次", "年均3次": "= 3次 /1年", "每千人口≥6张": ">= 6张 /1000人口",
        "不少于2次/月": ">= 2次 /1月", "每季度1次": "= 1次 /1季度",
    },
    "spans": {
        "三年≥18家": ">= 18家 |3年", "3年≥3份": ">= 3份 |3年", "≥3年": ">= 3年", "3年以上": ">= 3年", "三年合共240期": "= 240期 |3年",
        "四年2个": "= 2个 |4年", "三年累计≥30次": ">= 30次 |3年",
    },
    "money": {
        "人民币100万元": "= 1000000元", "￥500": "= 500元", "$100": "= 100美元", "100港元": "= 100港元", "5欧元": "= 5欧元",
        "100萬元": "= 1000000元", "8亿元人民币": "= 800000000元", "1200万": "= 12000000",
    },
    "zero": {"零投诉": "= 0", "无事故": "= 0", "0起": "= 0起", "不发生安全事故": "= 0", "全年无重大事故": "= 0"},
    "endings": {"≥90%。": ">= 90%", "≥90%；": ">= 90%", "“≥90%”": ">= 90%"},
    "no figures": {
        "节约成本": "judgement", "复工达产": "statement", "一带一路沿线": "statement", "达到国家二级标准": "statement", "5A级景区": "statement",
        "统一平台": "statement", "一站式服务": "statement", "二手车交易": "statement", "7×24小时": "statement", "进一步提升": "judgement",
    },
    "subjects hold figures": {
        "第三方满意度≥90%": ">= 90%", "500强企业≥3家": ">= 3家", "5G基站≥20个": ">= 20个", "12345热线办结率98%": "= 98%",
        "24小时内办结率100%": "= 100%", "一次性通过率≥98%": ">= 98%", "一等奖2项": "= 2项", "2019万元以内": "<= 20190000元",
    },
}  # fmt: skip
CASES = [(text, want) for group in GROUPS.values() for text, want in group.items()]


@pytest.mark.parametrize(("text", "want"), CASES, ids=[text for text, _ in CASES])
def test_reading(text: str, want: str) -> None:
    assert brief(parse(text)) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2023年底", ("<=", "2023-12-31")), ("2023年12月底前完成", ("<=", "2023-12-31")), ("2018年以前", ("<=", "2017-12-31")),
        ("2023-09-30", ("<=", "2023-09-30")), ("2023/9/30前", ("<=", "2023-09-30")), ("9月前", ("<=", None)),
        ("第三季度末", ("<=", None)), ("2024年内完成", ("=", "2024-12-31")), ("二零二四年六月", ("<=", "2024-06-30")),
        ("2024年1月1日起", (">=", "2024-01-01")), ("2024年2月底", ("<=", "2024-02-29")),
        ("年度内完成", ("=", None)), ("预算年度内", ("=", None)), ("年度末", ("<=", None)), ("不晚于2024年", ("<=", "2024-12-31")),
        ("不超过2024年底", ("<=", "2024-12-31")), ("控制在2024年以内", ("=", "2024-12-31")),
    ],
)  # fmt: skip
def test_deadlines(text: str, want: tuple[str, str | None]) -> None:
    found = parse(text)
    assert isinstance(found, Deadline)
    assert (found.op, found.date) == want


def test_a_known_year_fills_a_date() -> None:
    found = parse("9月底前", year=2024)
    assert isinstance(found, Deadline)
    assert found.date == "2024-09-30"
    period = parse("1-12月", year=2024)
    assert isinstance(period, PeriodValue)
    assert (period.start, period.end) == ("2024-01-01", "2024-12-31")


def test_repeated_deadlines() -> None:
    found = parse("每月5日前")
    assert isinstance(found, Deadline)
    assert found.day == 5
    assert found.every is not None
    assert found.every.unit == "月"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2023.07-2024.01", ("2023-07-01", "2024-01-31")), ("2020年全年", ("2020-01-01", "2020-12-31")),
        ("2022-2023年", ("2022-01-01", "2023-12-31")), ("2024年3月-6月", ("2024-03-01", "2024-06-30")),
    ],
)  # fmt: skip
def test_periods(text: str, want: tuple[str, str]) -> None:
    found = parse(text)
    assert isinstance(found, PeriodValue)
    assert (found.start, found.end) == want


@pytest.mark.parametrize(
    ("text", "op", "reference"),
    [
        ("不低于上年度", ">=", "上年度"), ("≤政府限价", "<=", "政府限价"), ("控制在预算数以内", "<=", "预算数"), ("与上年持平", "=", "上年"),
        ("税收正增长", ">", None), ("高于全省平均水平", ">", "全省平均水平"),
        ("不低于2022年水平", ">=", "2022年水平"), ("≥2022年度平均水平", ">=", "2022年度平均水平"), ("不低于2022年", ">=", "2022年"),
        ("达到2022年水平", ">=", "2022年水平"), ("客流稳定在2022年水平", "=", "2022年水平"),
        ("保持在2022年平均水平以上", ">=", "2022年平均水平"), ("稳定在2022年水平以下", "<=", "2022年水平"),
        ("受灾面积不高于2022年底水平", "<=", "2022年底水平"), ("控制在2021年实际数以内", "<=", "2021年实际数"),
    ],
)  # fmt: skip
def test_relatives(text: str, op: str, reference: str | None) -> None:
    found = parse(text)
    assert isinstance(found, Relative)
    assert (found.op, found.reference) == (op, reference)


@pytest.mark.parametrize(
    ("text", "op", "value", "scope"),
    [
        ("全国前三", "<=", 3, "全国"),
        ("全省前10名", "<=", 10, "全省"),
        ("列全市第2位", "=", 2, "全市"),
        ("第三", "=", 3, None),
    ],
)
def test_ranks(text: str, op: str, value: int, scope: str | None) -> None:
    found = parse(text)
    assert isinstance(found, Rank)
    assert (found.op, found.value, found.scope) == (op, value, scope)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲系统≥95%、乙热线≥90%", [("甲系统", ">= 95%"), ("乙热线", ">= 90%")]),
        ("城东站95万、城西站68万", [("城东站", "= 950000"), ("城西站", "= 680000")]),
        ("城东站=50万元城西站=30万元", [("城东站", "= 500000元"), ("城西站", "= 300000元")]),
        ("合格率95%以上，优秀率30%以上", [("合格率", ">= 95%"), ("优秀率", ">= 30%")]),
        ("5场，每场50人", [(None, "= 5场"), (None, "= 50人 /1场")]),
    ],
)
def test_compounds(text: str, parts: list[tuple[str | None, str]]) -> None:
    found = parse(text)
    assert isinstance(found, Compound)
    assert [(getattr(part, "subject", None), brief(part)) for part in found.parts] == parts


def test_words_joined_by_a_list_mark_are_no_compound() -> None:
    assert parse("保障窗口高效、有序运行").kind == "statement"
    joined = parse("语文、数学优秀率≥90%")
    assert isinstance(joined, Quantity)
    assert joined.subject == "语文、数学优秀率"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("不低于年初计划的80%", {"reference": "年初计划"}),
        ("不低于2022年的90%", {"reference": "2022年", "deadline": None}), ("[80%,90%]", {"low_op": ">=", "high_op": "<="}),
        ("(80%,90%]", {"low_op": ">", "high_op": "<="}), ("[80%，90%）", {"low_op": ">=", "high_op": "<", "span": (0, 9)}),
        ("较上年增长5%", {"reference": "上年", "change": "increase"}),
        ("由80%提高到90%", {"value": Decimal(90), "change": None}), ("平均三年执行率均达95%以上", {"aggregate": "average"}),
        ("购买≤10套灯具", {"subject": "购买", "object": "灯具"}), ("达到100%(每月一次)", {"note": "每月一次"}),
        ("≥95%", {"op_stated": True, "span": (0, 4)}), ("95%", {"op_stated": False}), ("500余人", {"approx": "over"}),
    ],
)  # fmt: skip
def test_what_stands_around_an_amount(text: str, fields: dict[str, Any]) -> None:
    found = parse(text)
    assert {name: getattr(found, name) for name in fields} == fields


def test_baseline_in_brackets() -> None:
    found = parse("≥95%(2022:90%)")
    assert isinstance(found, Quantity)
    assert found.baseline is not None
    assert (found.baseline.value, found.baseline.year) == (90, 2022)


@pytest.mark.parametrize(
    "text",
    [
        "290$", "工5%", "^80%", "二100", "9O%", "l00%", "12 5%", "≥3OO棵", "3O棵", "3O", "≥1O0棵", "≥5l0棵", "≥l00棵",
        "不少于3OO棵", "l8O0棵", "l2棵", "≥l8O00棵", "I1O0棵", "≥O5台",
    ],
)  # fmt: skip
def test_damaged_figures_are_suspect(text: str) -> None:
    found = parse(text)
    assert isinstance(found, Statement)
    assert found.suspect


@pytest.mark.parametrize(
    "text",
    [
        "2024年13月底前", "2024年13月1日前", "2024年00月底前", "2月30日", "2025年2月29日前", "2024-13-05", "4月31日前完成", "12月32日",
        "2024年6月31日-7月15日",
    ],
)  # fmt: skip
def test_a_date_that_is_none_is_a_kind_of_its_own(text: str) -> None:
    assert parse(text).kind == "impossible_date"


@pytest.mark.parametrize(
    "text",
    [
        "500l", "≤50l", "PO2", "H2O5台", "CO2减排≥5吨", "O2O平台3个", "O2O门店", "O3浓度≤160微克/立方米", "I2类", "B2B平台3个", "5S店3家", "A1O2型", "10I级",
        "2024年12月底前", "2024年13个月", "24月龄", "服务36月",
    ],
)  # fmt: skip
def test_letters_that_belong_there_are_no_damage(text: str) -> None:
    assert not getattr(parse(text), "suspect", False)


@pytest.mark.parametrize("text", ["****", "≥**%", "≧ %", "公里", "万元", "××个", "___%"])
def test_masks_and_unfilled_templates_are_placeholders(text: str) -> None:
    found = parse(text)
    assert isinstance(found, Statement)
    assert found.placeholder


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"), ("  ", "empty"), ("无", "not_applicable"), ("/", "not_applicable"), ("不公开绩效指标", "withheld"),
        ("优良中差", "choice"), ("合格/不合格", "choice"), ("有效", "judgement"), ("稳步提升", "judgement"), ("营造良好环境", "statement"),
    ],
)  # fmt: skip
def test_kinds_of_words(text: str, kind: str) -> None:
    assert parse(text).kind == kind


@pytest.mark.parametrize(
    ("value", "name", "unit", "source"),
    [
        ("80000", "绿化面积(亩)", "亩", "name"), ("≥3", "客流量(万人次)", "万人次", "name"), ("90", "满意度（%）", "%", "name"),
        ("≥5万人次", "客流量(万人次)", "人次", "value"), ("30", "范围(含港澳航点)", None, None), ("10", "站点数（单位：个）", "个", "name"),
    ],
)  # fmt: skip
def test_units_from_the_name(value: str, name: str, unit: str | None, source: str | None) -> None:
    found = parse(value, name=name)
    assert isinstance(found, Quantity)
    assert (found.unit, found.unit_source) == (unit, source)


def test_a_value_that_only_repeats_the_name() -> None:
    assert parse("保障窗口运行", name="保障窗口的运行").kind == "name"
    assert parse("窗口运行率100%", name="窗口运行率100%").kind == "quantity"


def test_and_between_two_things_is_no_comparison() -> None:
    both, compared = parse("服务与水平提高"), parse("与上年相比提高")
    assert both.kind == "statement"
    assert isinstance(compared, Relative)
    assert (compared.reference, compared.change) == ("上年", "increase")


CLOCKS = ("{0}时", "{0}点", "{0}:00", "{0}点30分")


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("join", ["至", "到", "-", "~"])
@pytest.mark.parametrize("lead", ["", "每天", "周一至周五"])
def test_hours_of_a_day_are_a_time_and_no_amount(clock: str, join: str, lead: str) -> None:
    text = lead + clock.format(9) + join + clock.format(17)
    assert parse(text).kind == "period", text


@pytest.mark.parametrize("hour", ["24时", "18点", "9时"])
@pytest.mark.parametrize("day", ["10日", "5号"])
def test_a_day_of_each_month_ends_at_an_hour(day: str, hour: str) -> None:
    found = parse(f"每月{day}{hour}前")
    assert (found.kind, getattr(found, "day", None)) == ("deadline", int(day[:-1]))


@pytest.mark.parametrize("text", ["三馆一站", "一网两库", "三校一园", "两院一中心"])
def test_a_set_of_places_is_no_amount(text: str) -> None:
    assert parse(text).kind == "statement"
    assert parse("≥3馆").kind == "quantity"
    assert parse("一年两次").kind == "quantity"


@pytest.mark.parametrize("signs", ["=>≥", "=<≤"])
def test_a_run_of_signs_of_one_way_says_what_each_of_them_says_once(signs: str) -> None:
    """However long, and in any order: equality that any of them has is meant."""
    inclusive, strict = signs[2], signs[1]
    for length in range(1, 7):
        for run in map("".join, product(signs, repeat=length)):
            made = parse(f"{run}12处")
            alone = "=" if set(run) == {"="} else strict if set(run) == {strict} else inclusive
            assert isinstance(made, Quantity)
            assert (made.op, made.value) == ({"≥": ">=", "≤": "<="}.get(alone, alone), 12), run
