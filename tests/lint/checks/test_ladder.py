"""On which rung of the ladder of qualitative values a value stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.checks.drawn import drawn
from perfgoals_lint.lint.context import DocumentView, Value
from perfgoals_lint.lint.facts import ladder
from perfgoals_lint.model import Indicator


def value_of(name: str, text: str, description: str | None = None) -> Value:
    document = drawn("效益|社会效益|x|y")
    row = Indicator(
        level1="效益指标", level2="社会效益", level3=name, annual_value=text, description=description
    )
    document.tables[0].indicators = [row]
    return DocumentView.of(document).tables[0].rows[0].values[0]


@pytest.mark.parametrize(
    ("name", "text", "rung"),
    [
        ("护林员是否到岗", "是", "polar"),
        ("是否发生火情", "否", "polar"),
        ("水质是否达标", "达标", "polar"),
        ("水质是否达标", "不达标", "polar"),
        ("课程是否贴近岗位", "课程贴近岗位", "polar"),
        ("设备是否正常运转", "正常运转", "polar"),
        ("有无安全事故", "无", "polar"),
        ("工艺符合国家标准", "符合", "polar"),
        ("是否明显改善村容", "明显", "bare"),
        ("护林员到岗", "是", "bare"),
        ("服务评价（优/良/中/差）", "良", "graded"),
        ("服务评价", "优良中低差", "graded"),
        ("渡桥建设", "渡桥竣工", "milestone"),
        ("防汛预案", "通过专家评审", "milestone"),
        ("预案印发", "预案印发", "bare"),
        ("单船造价", "不超过预算", "reference"),
        ("接诊量", "不低于上年度", "reference"),
        ("接诊量", "不低于年初计划的80%", "reference"),
        ("村容村貌", "明显", "bare"),
        ("村容村貌", "让村民住得更舒心", "bare"),
        ("影响", "长期", "bare"),
        ("接诊量", "≥80人次", None),
    ],
)
def test_rung(name: str, text: str, rung: str | None) -> None:
    assert ladder.rung(value_of(name, text)) == rung


@pytest.mark.parametrize(
    ("text", "description", "known"),
    [
        ("不超过预算", None, True),
        ("≤政府限价", None, True),
        ("不低于上年度", None, False),
        ("不低于上年度（860人次）", None, True),
        ("不低于上年度", "上年接诊860人次", True),
        ("不低于年初计划的80%", None, False),
    ],
)
def test_reference_known(text: str, description: str | None, known: bool) -> None:
    assert ladder.reference_known(value_of("接诊量", text, description)) is known


@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_any_text_has_a_rung_or_none(name: str, text: str) -> None:
    if text.strip():
        rung = ladder.rung(value_of(name, text))
        assert rung in {"polar", "graded", "milestone", "reference", "bare", None}
