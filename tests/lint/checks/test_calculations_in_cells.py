"""What a cell calculates in itself: products and parts in a value, parts behind a source of funds."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfgoals_lint
from growth import LINEAR, growth
from lint.checks.drawn import KITES, found
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.lexicons import finds

BETWEEN = ("、", "，", "；")
SIGNS = ("×", "*", "x")
GOAL = "- 年度目标：举办风筝节，办好展演。"


@pytest.mark.parametrize(("between", "bracket"), list(product(BETWEEN, ("（", "（其中：", "，其中："))))
@pytest.mark.parametrize(("unit", "parts"), [("人", (40, 25)), ("公里", (12, 30)), ("万元", (7, 8))])
def test_parts_of_a_value_are_added_up(between: str, bracket: str, unit: str, parts: tuple[int, int]) -> None:
    listed = between.join(
        f"{name}{number}{unit}" for name, number in zip(("东片", "西片"), parts, strict=True)
    )
    close = "）" if "（" in bracket else ""
    for total in (sum(parts), sum(parts) - 3):
        row = f"产出|数量|风筝分发规模|{total}{unit}{bracket}{listed}{close}"
        assert bool(found("PGK604", KITES, GOAL, row)) is (total != sum(parts)), row


@pytest.mark.parametrize(("sign", "equals"), list(product(SIGNS, ("=", "＝"))))
@pytest.mark.parametrize(
    ("first", "second", "unit"), [("20人", "3天", "人天"), ("300元", "12月", "元"), ("4次", "6期", "次")]
)
def test_products_of_a_value_are_worked_out(
    sign: str, equals: str, first: str, second: str, unit: str
) -> None:
    numbers = [int("".join(filter(str.isdigit, one))) for one in (first, second)]
    right = numbers[0] * numbers[1]
    for total in (right, right + 10):
        row = f"产出|数量|值守投入|{first}{sign}{second}{equals}{total}{unit}"
        assert bool(found("PGK603", KITES, GOAL, row)) is (total != right), row


@pytest.mark.parametrize(
    "value",
    [
        "≥95%（每少1个百分点扣0.5分，低于80%不得分）",
        "12次（每月1次，每次2天）",
        "2025年3月至11月（共9个月）",
        "3-5人（含专家2人）",
        "≥180公里（县道100公里，乡道90公里）",
        "100份，比上年增加20份，增长25%",
    ],
)
def test_other_numbers_of_a_value_are_no_calculation(value: str) -> None:
    row = f"产出|数量|巡检次数|{value}"
    assert not [
        one
        for code in ("PGK603", "PGK604", "PGK631", "PGK632", "PGK633", "PGK634")
        for one in found(code, KITES, GOAL, row)
    ]


def of_source(box: str) -> list[str]:
    """The cases of the rule on sources in a form of 120万元 whose grants are written in a box."""
    form = (
        "项目支出绩效目标表\n项目名称\t风筝节\t预算年度\t2026\n项目资金（万元）\t年度资金总额：\t120\n"
        f"\t其中：财政拨款\t{box}\n\t其他资金\t20\n年度目标\t举办风筝节3场。\n"
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t举办场次\t≥3场\n"
    )
    document = perfgoals_lint.read(form.encode(), name="表.txt")
    findings = Engine(rulebook.load().find("PGK601"), framework="mof15").check(document).findings
    return [one.severity for one in findings if one.rule == "PGK601"]


@pytest.mark.parametrize(
    ("lead", "unit", "between"), list(product(("", "其中：", "其中"), ("", "万元"), BETWEEN))
)
@pytest.mark.parametrize(
    ("parts", "severities"),
    [
        ((60, 40), []),
        ((60, 30, 10), []),
        ((60, 30, 20), ["error"]),
        ((60, 30), ["warning"]),
        ((60,), []),
        ((130,), ["error"]),
    ],
)
def test_parts_behind_a_source_are_added_up(
    lead: str, unit: str, between: str, parts: tuple[int, ...], severities: list[str]
) -> None:
    listed = between.join(
        f"{name}{part}{unit}" for name, part in zip(("中央", "省级", "县级"), parts, strict=False)
    )
    assert of_source(f"100{unit}（{lead}{listed}）") == severities


def test_a_remark_behind_a_source_is_no_list_of_parts() -> None:
    for remark in ("2025年已下达", "上年结转，见附件2", "按人均300元", "含税率6%"):
        assert of_source(f"100（{remark}）") == [], remark


@pytest.mark.parametrize(
    "remark",
    [
        "原预算120，调减20",
        "申请120、批复100",
        "已到位60、累计支付50",
        "上年80、本年100",
        "预算100、支出90",
        "当年80，结转30",
        "其中中央60、其中基建50",
        "人员80、公用15",
        "中央60、省级40、一般公共预算100",
    ],
)
def test_what_is_no_source_is_no_part_of_one(remark: str) -> None:
    for unit, lead in product(("", "万元"), ("", "其中：")):
        written = re.sub(r"(\d+)", rf"\g<1>{unit}", remark)
        assert of_source(f"100{unit}（{lead}{written}）") == [], written


@pytest.mark.parametrize("names", [("中央", "自筹"), ("省级财政", "市级配套"), ("上级资金", "专项债券")])
def test_sources_of_any_name_are_parts(names: tuple[str, str]) -> None:
    first, second = names
    assert of_source(f"100（{first}60、{second}50）") == ["error"]
    assert of_source(f"100（{first}60、{second}30）") == ["warning"]
    assert of_source(f"100（{first}60、{second}40）") == []


@pytest.mark.parametrize("piece", ["1", "（", "1×", "1\n", "（\n", "1.", "共1", "其"])
@pytest.mark.parametrize("start", ["", "1×", "1（", "1\n"])
def test_a_long_value_is_looked_through_in_linear_time(start: str, piece: str) -> None:
    assert growth(lambda times: finds(start + piece * times, "calculation.in_value"), 2000) < LINEAR


@given(st.text("1２.，、（×其中共\n", max_size=12))
def test_a_value_may_calculate_with_a_sign_behind_a_number_and_two_numbers_behind_it(value: str) -> None:
    sign = re.compile("[（×]|其中|共")
    may = any(
        re.search(r"\d", value[: one.start()])
        and re.search(r"\d.*[^\d.,\n].*\d", value[one.end() :].partition("\n")[0])
        for one in sign.finditer(value)
    )
    assert finds(value, "calculation.in_value") is may
