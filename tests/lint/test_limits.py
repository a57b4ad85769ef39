"""A rule that takes too long is one notice, and the file keeps what the others found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from perfgoals_lint.lint.deadline import Meter, MeterOverError, TooMuchWork, metered, work_limit
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import Document, GoalTable, Indicator, Location
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.rule import Rule


def _document() -> Document:
    rows = [
        Indicator(level1="产出指标", level2="数量指标", level3=f"修剪苗木{n}", annual_value="若干")
        for n in range(3)
    ]
    for number, row in enumerate(rows):
        row.locations = {"level3": Location("x", line=number + 2)}
        row.level1_class, row.level2_class = "output", "quantity"
    return Document("x", "text", "made-up", [GoalTable(Location("x", line=1), "苗木养护", indicators=rows)])


def _rules(meter: Meter, scope: str, ticks: int) -> list[Rule]:
    """Two rules: the first takes so many steps of the meter's time whenever it is asked, the second finds every row."""

    def slow(thing: Any, rule: Rule) -> Iterator[Violation]:
        yield Violation(row=thing) if scope == "row" else Violation(table=thing)
        for _ in range(ticks):
            meter.tick()

    def every(row: Any, rule: Rule) -> Iterator[Violation]:
        yield Violation(row=row)

    known = rulebook.load().rules["PGN501"]
    made = {"check": {"kind": "python", "function": "m:f"}, "needs": ()}
    return [
        replace(known, code="XX001", scope=scope, bound=slow, **made),
        replace(known, code="XX002", scope="row", bound=every, **made),
    ]


@pytest.mark.parametrize("scope", ["row", "table"])
def test_a_rule_over_its_limit_is_one_notice_and_the_others_stand(scope: str) -> None:
    meter = Meter(each=1.0, total=100.0)
    result = Engine(_rules(meter, scope, ticks=15 if scope == "row" else 30)).check(_document(), meter)
    found = [finding.rule for finding in result.findings]
    assert found.count("PGX150") == 1
    assert found.count("XX002") == 3
    assert "XX001" not in found
    assert result.accounts["XX001"] == [("not_checked", "time")]
    assert result.accounts["XX002"] == [("found", None)]
    (notice,) = [finding for finding in result.findings if finding.rule == "PGX150"]
    assert notice.severity == "warning"
    assert "XX001" in notice.message


@pytest.mark.parametrize("fine", [0, 50])
def test_a_selector_over_its_limit_is_asked_no_more_however_many_rows_follow(fine: int) -> None:
    document, meter = _document(), Meter(each=0.2, total=2.0)
    (table,) = document.tables
    (slow, every) = _rules(meter, "row", ticks=0)
    where = {"name": {"matches": "(?:修+)+$"}}
    slow = replace(slow, bound=None, check={"kind": "forbidden", "where": where})
    first = table.indicators[0]
    hard = replace(first, level3="修" * 40 + "完")
    table.indicators = [replace(first) for _ in range(fine)] + [replace(hard) for _ in range(80 - fine)]
    with metered(meter):
        result = Engine([slow, every]).check(document, meter)
    found = [finding.rule for finding in result.findings]
    assert found.count("PGX150") == 1
    assert found.count("XX002") == 80
    assert result.accounts["XX001"] == [("not_checked", "time")]


def test_when_all_time_is_over_the_rest_is_named_and_what_was_found_stands() -> None:
    meter = Meter(each=100.0, total=1.0)
    result = Engine(_rules(meter, "row", ticks=30)).check(_document(), meter)
    found = [finding.rule for finding in result.findings]
    assert found == ["PGX151"]
    assert result.accounts["XX002"] == [("not_checked", "time")]
    assert "XX001、XX002" in result.findings[0].message


def test_a_meter_counts_the_processor_only() -> None:
    meter = Meter(each=0.2, total=10.0)
    meter.task = "one"
    with pytest.raises(MeterOverError), metered(meter):
        _work_for_ever()
    assert meter.task is None
    assert set(meter.by_task) == {"one"}


def test_a_limit_within_a_metered_block_is_its_own_and_the_meter_goes_on() -> None:
    def limited() -> None:
        try:
            with work_limit(0.1):
                _work_for_ever()
        except TooMuchWork:
            _work_for_ever()

    meter = Meter(each=10.0, total=0.4)
    with pytest.raises(MeterOverError), metered(meter):
        limited()


def _work_for_ever() -> None:
    while True:
        pass
