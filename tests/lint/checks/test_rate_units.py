"""Units of rates and prices: a rate that counts things, a price beside the count of its thing."""

from __future__ import annotations

import pytest

from lint.checks.drawn import found


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("渡船检修率", "渡船检修率≥95艘", True),
        ("渡船检修率", "检修率高于0.5万元", True),
        ("渡客满意度", "满意度≥12人", True),
        ("课桌合格率", "≥300套", True),
        ("万人溺水率", "≤3件", False),
        ("投入产出率", "≥3倍", False),
        ("渡船检修率", "检修率≥95%", False),
        ("渡船检修率", "受训人数≥95人", False),
        ("渡船检修数量占比", "渡船检修数量≥95艘", False),
    ],
)
def test_a_value_that_repeats_the_rate_is_still_no_count(name: str, value: str, reported: bool) -> None:
    assert bool(found("PGK638", f"产出|质量|{name}|{value}")) is reported


@pytest.mark.parametrize(
    ("count", "price", "reported"),
    [
        ("课桌更新套数|=3000套", "课桌单价|=900元/套", True),
        ("修枝亩数|≥3000亩", "修枝单价|≤300元/亩", True),
        ("课桌更新套数|=300套", "课桌单价|=90元/套", False),
        ("讲台更新套数|=3000套", "课桌单价|=900元/套", False),
    ],
)
def test_a_price_is_held_against_the_count_of_its_thing(count: str, price: str, reported: bool) -> None:
    lines = ("- 项目名称：果园管护", "- 预算数：20万元", f"产出|数量|{count}", f"产出|成本|{price}")
    assert bool(found("PGA318", *lines)) is reported


@pytest.mark.parametrize("one", ["座均", "单座", "每座"])
@pytest.mark.parametrize("what", ["加固成本", "渡槽加固费用", "加固投资"])
@pytest.mark.parametrize(("amount", "reported"), [("8万元/座", True), ("5万元/座", False)])
def test_the_price_of_one_times_the_count_is_within_the_budget(
    one: str, what: str, amount: str, reported: bool
) -> None:
    lines = ("- 项目名称：渡槽加固", "- 预算数：60万元", "产出|数量|加固渡槽座数|≥12座")
    assert bool(found("PGA318", *lines, f"成本|经济成本|{one}{what}|≤{amount}")) is reported


@pytest.mark.parametrize("name", ["单辆购置成本", "单车购置成本", "车均购置成本"])
def test_what_is_done_tells_the_count_of_a_price_without_a_thing(name: str) -> None:
    lines = ("- 项目名称：执法车辆更新", "- 预算数：60万元", f"成本|经济成本|{name}|≤8万元/辆")
    assert found("PGA318", *lines, "产出|数量|购置执法车辆数量|≥12辆")
    assert not found("PGA318", *lines, "产出|数量|保养执法车辆数量|≥12辆")


@pytest.mark.parametrize(("price", "hits"), [("8万元/座", 1), ("3万元/座", 0)])
def test_a_price_told_twice_is_asked_for_once_and_those_of_two_sorts_are_left(price: str, hits: int) -> None:
    lines = ("- 项目名称：渡槽加固", "- 预算数：60万元", "产出|数量|加固渡槽座数|≥12座")
    costs = ("成本|经济成本|渡槽加固单价|≤8万元/座", f"成本|经济成本|每座渡槽加固成本|≤{price}")
    assert len(found("PGA318", *lines, *costs)) == hits
