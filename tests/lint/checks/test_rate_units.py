"""A rate whose value counts things, also where the value says the name again."""

from __future__ import annotations

import pytest

from lint.checks.drawn import found


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("渡船检修率", "渡船检修率≥95艘", True),
        ("渡船检修率", "检修率高于0.5万元", True),
        ("渡客满意度", "满意度≥12人", True),
        ("渡船检修率", "检修率≥95%", False),
        ("渡船检修率", "受训人数≥95人", False),
        ("渡船检修数量占比", "渡船检修数量≥95艘", False),
    ],
)
def test_a_value_that_repeats_the_rate_is_still_no_count(name: str, value: str, reported: bool) -> None:
    assert bool(found("PGK638", f"产出|质量|{name}|{value}")) is reported
