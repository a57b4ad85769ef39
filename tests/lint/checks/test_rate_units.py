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
