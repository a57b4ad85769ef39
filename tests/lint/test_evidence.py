"""What a rule does not know is asked about, not warned of: names of words that no list holds, in every class."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.packs.samples import samples_of
from perfgoals_lint.rulebook import rules as rulebook

# Rare characters: no list of words has them, so nothing of such a name is known but its head.
UNKNOWN = ["钬铥", "珀琮璆", "榍镱"]
CLASSES = ["产出 | 时效", "效益 | 经济效益", "效益 | 生态效益", "效益 | 可持续影响"]


@pytest.fixture(scope="module")
def engine() -> Engine:
    book = rulebook.load()
    return Engine(book, framework="mof15")


def _found(engine: Engine, *rows: str, budget: str = "85 万元", project: str = "渡口维护") -> dict[str, str]:
    """The severity of each rule that speaks of a table with these rows."""
    head = f"- 项目名称：{project}\n- 预算年度：2025\n- 预算数：{budget}\n"
    table = "| 一级 | 二级 | 三级 | 年度值 |\n|---|---|---|---|\n" + "".join(f"| {row} |\n" for row in rows)
    document = samples_of(f"## 正例\n{head}{table}", "evidence")[0].document
    return {
        finding.rule: finding.severity for finding in engine.check(document).findings if finding.indicator
    }


@pytest.mark.parametrize(
    ("level", "thing", "end"), list(product(CLASSES, UNKNOWN, ["率|≥60%", "比例|≥60%", "增幅|≥6%"]))
)
def test_a_share_of_the_unknown_is_at_most_asked_about(
    engine: Engine, level: str, thing: str, end: str
) -> None:
    assert set(_found(engine, f"{level} | {thing}{end}").values()) <= {"info"}


@pytest.mark.parametrize(
    ("level", "code", "row"),
    [
        *product(
            ["效益 | 生态效益"], ["PGR203"], ["课堂教学达标率|≥90%", "营商环境改善率|≥90%", "带动人数|≥60人"]
        ),
        *product(
            ["效益 | 经济效益"],
            ["PGR223"],
            ["居民幸福感|≥90%", "种粮农民科学意识|≥90%", "河道水质达标率|≥90%"],
        ),
        *product(["产出 | 时效"], ["PGR206"], ["设备完好率|≥90%", "渡工人数|≥60人", "印刷册数|≥600册"]),
        *product(["产出 | 成本"], ["PGR224"], ["渡工人数|≥60人", "渡船艘数|≥6艘"]),
        *product(["效益 | 社会效益"], ["PGR201"], ["印制海报张数|≥600张", "警示牌安装块数|≥60块"]),
        *product(["效益 | 社会效益"], ["PGF404"], ["渡运秩序|让群众放心过河", "渡运环境|更加美好"]),
    ],
)
def test_another_matter_is_warned_of(engine: Engine, level: str, code: str, row: str) -> None:
    assert _found(engine, f"{level} | {row}")[code] == "warning"


@pytest.mark.parametrize("used", ["用水", "用电", "能耗", "能源消耗"])
def test_a_share_of_what_is_used_has_no_side(used: str) -> None:
    assert analyse(f"再生水{used}占比").polarity is None
    assert analyse(f"单位产品{used}").polarity == "lower"


@pytest.mark.parametrize(
    ("act", "noun", "done"),
    [
        *product(["普查", "评审", "监测"], ["数据应用数", "结果采用数", "站点数"], [False]),
        *product(["普查", "评审", "监测"], ["水库座数", "渡口处数"], [True]),
    ],
)
def test_an_act_in_front_of_its_product_or_place_counts_no_work(act: str, noun: str, done: bool) -> None:
    assert analyse(act + noun).done is done


@pytest.mark.parametrize("step", ["抢通", "干预", "转介"])
def test_a_step_in_need_is_quick_and_a_warning_early(step: str) -> None:
    assert analyse(f"渡口{step}时间").polarity == "lower"
    assert analyse("大风预警发布提前时间").polarity != "lower"


@pytest.mark.parametrize("value", ["≤3分30秒", "≤2小时30分钟", "≤1天12小时", "1年6个月"])
def test_a_length_of_time_in_two_units_is_one_value(engine: Engine, value: str) -> None:
    assert "PGN507" not in _found(engine, f"产出 | 时效 | 渡船靠岸间隔 | {value}")


def test_costs_beside_a_price_may_be_too_much_and_never_too_little(engine: Engine) -> None:
    price = "产出 | 成本 | 单艘渡船年检费 | ≤3万元"
    much = [f"产出 | 成本 | {name} | ≤50万元" for name in ("码头修缮费用", "趸船油漆费用")]
    document = samples_of(
        "## 正例\n- 项目名称：渡口维护\n- 预算数：85 万元\n\n| 一级 | 二级 | 三级 | 年度值 |\n|---|---|---|---|\n"
        + "".join(f"| {row} |\n" for row in [price, *much]),
        "costs",
    )[0].document
    assert "PGA302" in {finding.rule for finding in engine.check(document).findings}
    assert "PGA302" not in _found(engine, price, much[0])


@pytest.mark.parametrize(("project", "severity"), [("渡口沿岸生态修复", "info"), ("茶叶展销", "warning")])
def test_money_beside_the_purpose_is_asked_about(engine: Engine, project: str, severity: str) -> None:
    rows = ("效益 | 经济效益 | 游船票务收入 | ≥60万元", "效益 | 社会效益 | 惠及群众人数 | ≥600人")
    assert _found(engine, *rows, project=project)["PGA304"] == severity
