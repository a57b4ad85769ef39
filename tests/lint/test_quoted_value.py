"""Messages quote the value that a row prints, whichever column holds it."""

from __future__ import annotations

import pytest

from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Document
from perfgoals_lint.packs.samples import samples_of
from perfgoals_lint.rulebook import rules as rulebook

_PAGE = """## 正例
- 项目名称：灯塔维护
- 预算年度：2026
- 起止年度：2025-2027
- 年度目标：维护灯塔6座，保障夜间航行安全，航运企业满意度达到92%以上。

| 一级 | 二级 | 三级 | 年度值 | 周期值 |
|---|---|---|---|---|
| 产出 | 时效 | 灯塔维护时间 | {annual} | {cycle} |
"""


def _document(annual: str, cycle: str) -> Document:
    return samples_of(_PAGE.format(annual=annual, cycle=cycle), "quoted")[0].document


@pytest.mark.parametrize(
    ("annual", "cycle"), [("及时", "及时"), (" ", "及时"), ("及时", " "), ("抓紧办理", " ")]
)
def test_a_bare_word_for_promptness_is_quoted(annual: str, cycle: str) -> None:
    book = rulebook.load()
    findings = (
        Engine(book, framework="gd", forced=frozenset({"PGF406"})).check(_document(annual, cycle)).findings
    )
    messages = [finding.message for finding in findings if finding.rule == "PGF406"]
    assert len(messages) == 1
    assert f"“{annual.strip() or cycle}”" in messages[0]
