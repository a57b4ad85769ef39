"""What rules decide by classes of words, for every product of those classes."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.packs.samples import samples_of
from perfgoals_lint.rulebook import rules as rulebook


@pytest.fixture(scope="module")
def engine() -> Engine:
    book = rulebook.load()
    return Engine(book, framework="mof15", forced=frozenset(book.rules))


def _codes(engine: Engine, *rows: str, goal: str = "", budget: str = "85 万元") -> set[str]:
    head = f"- 项目名称：渡口维护\n- 预算年度：2025\n- 预算数：{budget}\n- 年度目标：{goal}\n"
    table = "| 一级 | 二级 | 三级 | 年度值 |\n|---|---|---|---|\n" + "".join(f"| {row} |\n" for row in rows)
    document = samples_of(f"## 正例\n{head}{table}", "classes")[0].document
    return {finding.rule for finding in engine.check(document).findings}


@pytest.mark.parametrize(
    ("thing", "share"),
    [
        *product(["手术", "引种", "救援"], ["成功率", "有效率"]),
        ("医保", "缴费率"),
        ("企业", "纳税率"),
        ("场所", "扫码率"),
    ],
)
def test_what_ends_like_a_physical_quantity_is_a_share(engine: Engine, thing: str, share: str) -> None:
    assert analyse(thing + share).kind == "rate"
    assert "PGF405" in _codes(engine, f"产出 | 质量 | {thing}{share} | 较高")


@pytest.mark.parametrize("quantity", ["设备功率", "办事效率", "管理费率", "企业税率", "视频码率"])
def test_a_physical_quantity_or_a_pace_is_no_share(quantity: str) -> None:
    assert analyse(quantity).kind == "state"


@pytest.mark.parametrize(
    ("verb", "goods", "value"),
    list(
        product(["采购", "购置", "配备"], ["图书", "课本", "电脑", "消防车"], ["≥600公里", "≥90亩", "≥60人"])
    ),
)
def test_goods_are_not_counted_in_lengths_land_or_people(
    engine: Engine, verb: str, goods: str, value: str
) -> None:
    assert "PGN515" in _codes(engine, f"产出 | 数量 | {verb}{goods} | {value}")


@pytest.mark.parametrize(
    ("verb", "goods", "value"),
    list(product(["采购", "购置"], ["图书", "电脑"], ["≥600册", "≥60台", "≥9箱", "≥60套"])),
)
def test_goods_are_counted_one_by_one(engine: Engine, verb: str, goods: str, value: str) -> None:
    assert "PGN515" not in _codes(engine, f"产出 | 数量 | {verb}{goods} | {value}")


@pytest.mark.parametrize(
    ("work", "measure", "unit"),
    [
        ("清淤", "方量", "立方米"),
        ("清淤", "长度", "公里"),
        ("护坡", "面积", "平方米"),
        ("回填土", "重量", "吨"),
    ],
)
def test_a_price_meets_what_is_measured(engine: Engine, work: str, measure: str, unit: str) -> None:
    rows = (f"产出 | 数量 | {work}{measure} | =3000{unit}", f"产出 | 成本 | {work}单价 | ≤600元/{unit}")
    assert "PGA318" in _codes(engine, *rows)
    assert "PGA318" not in _codes(engine, *rows, budget="200 万元")


@pytest.mark.parametrize("capacity", ["产能", "运力", "床位", "泊位"])
def test_a_rate_of_use_may_pass_a_capacity(engine: Engine, capacity: str) -> None:
    said = _codes(engine, f"产出 | 质量 | {capacity}利用率 | ≥100%")
    assert said.isdisjoint({"PGN517", "PGA307"})
    assert "PGA307" not in _codes(engine, f"产出 | 质量 | {capacity}利用率 | ≤100%")


@pytest.mark.parametrize(("period", "value"), list(product(["每月", "每季度", "每半年"], [2, 3])))
def test_a_count_of_one_period_is_not_multiplied(engine: Engine, period: str, value: int) -> None:
    goal = f"2025年{period}巡检渡口{value}次，保障渡运安全。"
    assert "PGK635" not in _codes(engine, f"产出 | 数量 | {period}渡口巡检次数 | ≥{value}次", goal=goal)
    assert "PGK635" in _codes(engine, f"产出 | 数量 | {period}渡口巡检次数 | ≥{value - 1}次", goal=goal)


@pytest.mark.parametrize(("state", "what"), list(product("候待", "场闸泊船检")))
def test_time_spent_waiting_should_be_short(state: str, what: str) -> None:
    assert analyse(f"{state}{what}时间").polarity == "lower"
