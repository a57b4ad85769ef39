"""Completeness and relevance on tables that nobody would write: no crash, whatever stands in the cells."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from growth import LINEAR, growth
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Document, GoalTable, Indicator, Location, Period, SubGoal
from perfgoals_lint.rulebook import rules as rulebook

RULES = [rule for family in ("PGC", "PGR") for rule in rulebook.load().find(family)]
PLACE = Location("drawn.txt", line=1)

words = st.sampled_from(
    [
        "≥90%",
        "三年≥18家",
        "有效",
        "无",
        "及时",
        "不低于上年度",
        "优良中差",
        "涉密",
        "12月底前",
        "1次/年",
        "学员≥9人、教师≥8人",
        "",
    ]
)
labels = st.sampled_from(
    ["产出指标", "数量指标", "质量指标", "效益指标", "生态效益", "满意度指标", "成本指标", "时效", "别的", ""]
)
nouns = st.sampled_from(
    ["是否到位", "举办讲座次数", "满意度", "全市水运量增长率", "预算执行率", "员工满意度", "年费支出", "无"]
)
texts = st.one_of(st.none(), words, labels, nouns, st.text(max_size=30))
indicators = st.builds(
    Indicator,
    level1=st.one_of(st.none(), labels),
    level2=st.one_of(st.none(), labels),
    level3=texts,
    description=texts,
    cycle_value=texts,
    annual_value=texts,
    basis=texts,
    truncated=st.booleans(),
)
goals = st.one_of(
    texts, st.just("举办讲座2场，每场3万元；聘请专家4名，1万元/人。"), st.just("本项目涉密，不予公开。")
)
years = st.one_of(st.none(), st.integers(-5, 9999))
tables = st.builds(
    GoalTable,
    location=st.just(PLACE),
    project_name=st.text(max_size=12) | nouns,
    period=st.one_of(st.none(), st.builds(Period, years, years)),
    cycle_goal=goals,
    annual_goal=goals,
    indicators=st.lists(indicators, max_size=6),
    truncated=st.booleans(),
)
documents = st.builds(
    Document,
    path=st.just("drawn.txt"),
    format=st.just("text"),
    tables=st.lists(tables, max_size=4),
    subgoals=st.lists(st.builds(SubGoal, st.text(max_size=9), goals, texts, st.just(PLACE)), max_size=2),
)


@settings(max_examples=60, deadline=None)
@given(
    documents,
    st.sampled_from(["mof15", "mof21", "gd", "gd-dg", "gd-gz", "tj", "heb", "hub", "gx", "old", "dept"]),
)
def test_no_rule_crashes(document: Document, framework: str) -> None:
    result = Engine(RULES, framework=framework, forced=frozenset(rule.code for rule in RULES)).check(document)
    assert not [finding.message for finding in result.findings if finding.rule == "PGX201"]


def test_cost_grows_with_the_number_of_projects_only() -> None:
    def check(count: int) -> None:
        rows = [
            Indicator(level1="产出指标", level2="数量指标", level3=f"举办讲座{n}", annual_value="≥9场")
            for n in range(4)
        ] + [Indicator(level1="效益指标", level2="社会效益", level3="全市就业增长", annual_value="≥9人")] * 4
        made = [
            GoalTable(
                PLACE, f"讲座{n}", annual_goal=f"举办讲座{n}场，每场3万元，让{n}人受益。", indicators=rows
            )
            for n in range(count)
        ]
        Engine(RULES).check(Document("drawn.txt", "text", tables=made))

    assert growth(check, 50) < LINEAR
