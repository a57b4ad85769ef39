"""Feasibility and notation on tables that nobody would write, and on the published ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Document, GoalTable, Indicator, Location, Period
from perfgoals_lint.rulebook import rules as rulebook

RULES = [rule for family in ("PGF", "PGN") for rule in rulebook.load().find(family)]
CODES = frozenset(rule.code for rule in RULES)
PLACE = Location("drawn.txt", line=1)

PIECES = [
    "约",
    "近",
    "左右",
    "以",
    "为准",
    "≥",
    "≧",
    "90",
    "%",
    "万",
    "亿",
    "三年",
    "每年",
    "不低于",
    "上年",
    "及时",
    "有效",
    "满意度",
    "次数",
    "人次",
    "（%）",
    "（",
    "）",
    "100",
    "×",
    "/",
    "工工作",
    "DEPA",
    "DEAP",
    "2023年",
    "12月底前",
    "、",
    "；",
    "家",
    "元",
    "220415873-",
    "是否",
    "增长",
    "详见附件",
    "经济效益",
    "环境效益指标",
]
pieces = st.sampled_from([*PIECES, " ", "\n", "\0"])
texts = st.none() | st.lists(pieces, max_size=6).map("".join) | st.text(max_size=20)
labels = st.none() | st.sampled_from(
    ["产出指标", "数量指标", "质量", "效益指标", "环境效益", "满意度指标", "工期指标"]
)
rows = st.builds(
    Indicator,
    number=st.none() | st.integers(0, 9),
    level1=labels,
    level2=labels,
    level3=texts,
    description=texts,
    cycle_value=texts,
    annual_value=texts,
    basis=texts,
    truncated=st.booleans(),
)
years = st.none() | st.integers(1900, 2100)
tables = st.builds(
    GoalTable,
    location=st.just(PLACE),
    project_name=st.sampled_from(["农机补贴（东县）", "农机补贴（西县）", "农机补贴（北县）", ""]),
    fiscal_year=years,
    period=st.none() | st.builds(Period, years, years),
    annual_goal=texts,
    cycle_goal=texts,
    indicators=st.lists(rows, max_size=5),
    truncated=st.booleans(),
)
documents = st.lists(tables, max_size=4).map(lambda made: Document("drawn.txt", "text", tables=made))


@settings(max_examples=80, deadline=None)
@given(documents, st.sampled_from(["mof15", "mof21", "gd-dg", "gd-gz", "tj", "heb", "old", "dept"]))
def test_no_rule_crashes_and_every_edit_changes_something(document: Document, framework: str) -> None:
    result = Engine(RULES, framework=framework, forced=CODES).check(document)
    for finding in result.findings:
        # The form is named, and may be of an edition that is not in force in a drawn year.
        assert finding.rule in {*CODES, "PGX130"}, finding.message
        if finding.span and finding.quote:
            assert 0 <= finding.span[0] < finding.span[1] <= len(finding.quote)
        for edit in finding.fix.edits if finding.fix else ():
            assert edit.old != edit.new


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=5).map("".join))
def test_a_safe_fix_mends_what_it_reports(value: str) -> None:
    """A rule with a safe fix has nothing to say of the row any more once all its edits are made."""
    for rule in RULES:
        if not rule.fix_safe or rule.scope != "row":
            continue
        row = Indicator(level1="产出指标", level2="质量指标", level3="巡查合格率", annual_value=value)
        document = Document("drawn.txt", "text", tables=[GoalTable(PLACE, "巡查", indicators=[row])])
        engine = Engine([rule], framework="mof15", forced=CODES)
        fixes = [finding.fix for finding in engine.check(document).findings if finding.fix]
        for edit in fixes[0].edits if fixes else ():
            setattr(row, edit.field, edit.new)
        if fixes:
            assert not [f.message for f in engine.check(document).findings if f.fix], (rule.code, value)


@pytest.fixture(scope="module")
def published(corpus: Path) -> Counter[str]:
    engine = Engine(rulebook.load())
    found = [engine.check(extract_file(str(path))).findings for path in sorted(corpus.iterdir())]
    return Counter(finding.rule for findings in found for finding in findings)


READ = {
    "PGF405": 12,
    "PGF407": 2,
    "PGF408": 2,
    "PGF409": 5,
    "PGF410": 2,
    "PGF412": 2,
    "PGN501": 11,
    "PGN503": 4,
}
READ |= {
    "PGN507": 7,
    "PGN508": 3,
    "PGN509": 3,
    "PGN510": 1,
    "PGN511": 13,
    "PGN513": 1,
    "PGN515": 5,
    "PGN516": 5,
}
READ |= {"PGN517": 8, "PGN518": 2, "PGN520": 3}


@pytest.mark.parametrize(("code", "count"), READ.items())
def test_published_tables_read_by_hand(published: Counter[str], code: str, count: int) -> None:
    assert published[code] == count
