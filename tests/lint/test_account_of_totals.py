"""The total rows of a list are in the account of figures: what adds up agrees, what does not contradicts, with all it adds up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint import read
from perfgoals_lint.lint.engine import EngineResult, engine_of_figures
from perfgoals_lint.lint.facts.figure_fact import FigureFact

HEAD = "序号,项目名称,项目单位,预算金额（万元）,其中：财政拨款（万元）,其他资金（万元）,年度目标"
AMOUNTS = st.lists(st.tuples(st.integers(1, 900), st.integers(1, 900)), min_size=2, max_size=6)


def listed(rows: list[tuple[int, int]], total: tuple[int, int, int]) -> EngineResult:
    """A list of projects with the amounts of two sources in 万元, and a total row."""
    lines = [HEAD]
    for number, (fiscal, other) in enumerate(rows, 1):
        goal = f"完成第{number}片管网巡查和修补"
        lines.append(f"{number},第{number}片管网维护,河湾县排水所,{fiscal + other},{fiscal},{other},{goal}")
    lines.append(f"合计,,,{total[0]},{total[1]},{total[2]},")
    return engine_of_figures().check(read("\n".join(lines).encode(), "清单.csv"))


def status(figures: list[FigureFact], scope: str) -> str:
    return next(fact.status for fact in figures if fact.scope == scope and fact.is_amount)


@given(AMOUNTS, st.sampled_from([0, 1, -1, 37]), st.sampled_from([0, 5]))
def test_each_column_agrees_or_contradicts_as_plain_addition_says(
    rows: list[tuple[int, int]], wrong_whole: int, wrong_source: int
) -> None:
    fiscal, other = sum(row[0] for row in rows), sum(row[1] for row in rows)
    result = listed(rows, (fiscal + other + wrong_whole, fiscal, other + wrong_source))
    meant = {
        "budget_yuan": "contradict" if wrong_whole else "agree",
        "funding_yuan.财政拨款": "agree",
        "funding_yuan.其他资金": "contradict" if wrong_source else "agree",
    }
    assert {scope: status(result.totals, scope) for scope in meant} == meant
    for _, figures in result.facts:
        assert {scope: status(figures, scope) for scope in meant} == meant
    assert sum(fact.value or Decimal(0) for fact in result.totals) == 10_000 * (
        2 * (fiscal + other) + wrong_whole + wrong_source
    )
    counted = result.figures
    assert counted.pop("figures") == sum(counted.values())


@pytest.mark.parametrize("head", ["序号", "序 号", "编号", "行次"])
def test_the_number_of_a_row_is_no_figure_to_be_understood(head: str) -> None:
    text = (
        f"{head},项目名称,预算金额（万元）,年度目标\n1,东片管网维护,30,完成巡查\n2,西片管网维护,40,完成修补"
    )
    result = engine_of_figures().check(read(text.encode(), "清单.csv"))
    assert len(result.facts) == 2
    for _, figures in result.facts:
        assert [fact.status for fact in figures if fact.text in "12"] == ["context"]


def test_a_total_without_any_amount_below_it_is_no_sum() -> None:
    lines = [
        HEAD,
        "1,闸门检修,河湾县排水所,,,,完成闸门检修和除锈",
        "2,泵房修缮,河湾县排水所,,,,完成泵房修缮和刷漆",
        "合计,,,155,155,0,",
    ]
    result = engine_of_figures().check(read("\n".join(lines).encode(), "清单.csv"))
    assert not [finding for finding in result.findings if finding.rule == "PGK602"]
