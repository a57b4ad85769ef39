"""The terms of a wrong calculation are its related places, and the finding says which figure to change where only one
can be wrong."""

from __future__ import annotations

from typing import Any

import pytest

from cli.commands import findings

FORM = """项目支出绩效目标表（2024年度）,,,
项目名称,柳湾泵站维护,,
预算金额（万元）,{budget},,
测算依据,"{basis}",,
年度目标,维护泵站3座，保障排涝。,,
一级指标,二级指标,三级指标,指标值
产出指标,数量指标,维护泵站数量,≥3座
产出指标,成本指标,水泵检修费,20万元
产出指标,成本指标,{second},30万元
"""
SUM = "水泵检修{}万元、电气更换{}万元，合计{}万元。"


def found(tmp_path: Any, *options: str, basis: str, budget: str = "50", second: str = "电气更换费") -> Any:
    path = tmp_path / "form.csv"
    path.write_text(FORM.format(basis=basis, budget=budget, second=second), "utf-8")
    (one,) = [one for one in findings(path, *options) if one["rule"] in ("PGK603", "PGK604")]
    return one


def test_every_term_is_a_related_place(tmp_path: Any) -> None:
    one = found(tmp_path, basis=SUM.format(20, 30, 55), budget="55")
    assert [place["message"] for place in one["related"]] == [
        "算式中的“水泵检修20万元”（该处文字第1字起）",
        "算式中的“电气更换30万元”（该处文字第10字起）",
    ]
    assert all(place["location"] == one["location"] for place in one["related"])


@pytest.mark.parametrize(
    ("parts", "budget", "wrong", "right"),
    [
        ((20, 30, 55), "60", "55万元", "50 万元"),  # both parts stand in rows
        ((20, 35, 50), "50", "35万元", "30 万元"),  # the total is the budget, the other part stands in a row
        ((20, 30, 55), "55", None, None),  # everything is borne out
        ((21, 35, 50), "50", None, None),  # either part may be wrong
    ],
)
def test_the_figure_to_change(
    tmp_path: Any, parts: tuple[int, ...], budget: str, wrong: str | None, right: str | None
) -> None:
    one = found(tmp_path, basis=SUM.format(*parts), budget=budget)
    change = one["evidence"].get("change")
    assert (change is None) is (wrong is None)
    if wrong is not None:
        assert f"将“{wrong}”改为 {right}" in one["advice"]
        assert change["text"] == wrong
        english = found(tmp_path, "--lang", "en", basis=SUM.format(*parts), budget=budget)
        assert f"change “{wrong}” to {right}" in english["advice"]


def test_a_number_that_could_not_be_is_not_asked_for(tmp_path: Any) -> None:
    """Two and a half pumps: price and total are borne out, and still the number cannot be put right alone."""
    one = found(tmp_path, basis="购置水泵3台，每台20万元，共需50万元。")
    assert "change" not in one["evidence"]
    whole = found(tmp_path, basis="购置水泵3台，每台20万元，共需80万元。", budget="80")
    assert whole["evidence"]["change"]["text"] == "3台"
    assert "将“3台”改为 4台" in whole["advice"]
