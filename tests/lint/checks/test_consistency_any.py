"""Adequacy and consistency on tables that nobody would write: no crash, findings that can be told, good time."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from growth import LINEAR, growth
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Document, GoalTable, Indicator, Location, Period
from perfgoals_lint.rulebook import rules as rulebook

RULES = [rule for family in ("PGA", "PGK") for rule in rulebook.load().find(family)]
PLACE = Location("drawn.txt", line=1)

values = st.sampled_from(
    ["≥90%", "三年≥18家", "每年≥6家", "每两年1个", "≥0", "≤100%", "120万", "70万美元", "≤6万元", "有效", "每场约100家",
     "东湖镇=40万元,西湖镇=20万元", "0个", "3-5年", "四年2个", "四个点：北坡、南滩", ""]
)  # fmt: skip
names = st.sampled_from(
    ["云岭区客流", "全市客流(万人)", "项目总成本", "成本控制率", "合格率", "差错率", "电费支出", "安保、清洁的人数", "引进外资额",
     "放飞场次", "聘用人员", "、和", "的、的"]
)  # fmt: skip
# Without the brace that shows a message left unfilled.
texts = st.one_of(st.none(), values, names, st.text(max_size=30).map(lambda text: text.replace("{", "")))
levels = st.sampled_from(
    ["产出指标", "数量指标", "质量指标", "效益指标", "经济效益", "满意度指标", "成本指标", None]
)
codes = st.sampled_from([None, "1", "2", "11", "21", "99", "x"])
indicators = st.builds(
    Indicator,
    level1=levels,
    level2=levels,
    level3=texts,
    description=texts,
    cycle_value=texts,
    annual_value=texts,
    weight=st.sampled_from([None, "10", "22.5", "十", "10分"]),
    level1_code=codes,
    level2_code=codes,
    truncated=st.booleans(),
)
goals = st.one_of(
    texts,
    st.sampled_from(
        [
            "申请每年53万元用于办节，三年合共159万元。",
            "2024年申请57.2万元用于办节，三年合共159万元。",
            "举办3场，每场2万元，共7万元；100人/期。以上两项合计9万元。",
        ]
    ),
)
years = st.one_of(st.none(), st.integers(-5, 9999))
amounts = st.one_of(st.none(), st.just(Decimal(0)), st.decimals("-1E9", "1E9", places=2))
tables = st.builds(
    GoalTable,
    location=st.just(PLACE),
    project_name=st.sampled_from(["办节(东岭区)", "办节(西岭区)", "", "办节"]),
    period=st.one_of(st.none(), st.builds(Period, years, years)),
    fiscal_year=years,
    budget_yuan=amounts,
    funding_yuan=st.one_of(
        st.none(), st.dictionaries(st.text(max_size=3), st.decimals(0, 9, places=1), max_size=2)
    ),
    cycle_goal=goals,
    annual_goal=goals,
    disbursement_plan=st.one_of(
        st.none(),
        st.lists(
            st.tuples(st.sampled_from(["3月底", "12月底", "某日"]), st.sampled_from(["5%", "100%", "x"]))
        ),
    ),
    indicators=st.lists(indicators, max_size=6),
    truncated=st.booleans(),
)
documents = st.builds(
    Document, path=st.just("drawn.txt"), format=st.just("text"), tables=st.lists(tables, max_size=4)
)


@settings(max_examples=150, deadline=None)
@given(documents, st.sampled_from(["mof15", "mof21", "gd", "gd-dg", "gd-gz", "tj", "heb", "hub", "gx"]))
def test_no_rule_crashes(document: Document, framework: str) -> None:
    result = Engine(RULES, framework=framework, forced=frozenset(rule.code for rule in RULES)).check(document)
    assert [finding.message for finding in result.findings if finding.rule == "PGX201"] == []
    for finding in result.findings:
        assert "{" not in finding.message
        if finding.span and finding.quote is not None:
            assert 0 <= finding.span[0] <= finding.span[1] <= len(finding.quote)


def test_time_grows_with_the_rows() -> None:
    def check(count: int) -> None:
        rows = [
            Indicator(
                level1="效益指标",
                level2="社会效益指标",
                level3=f"全市客流{i % 9}",
                annual_value=("改善面貌", f"≥{i}人")[i % 2],
            )
            for i in range(count)
        ]
        table = GoalTable(PLACE, project_name="办节(东岭区)", budget_yuan=Decimal(9), indicators=rows)
        other = GoalTable(PLACE, project_name="办节(西岭区)", budget_yuan=Decimal(90), indicators=rows)
        Engine(RULES, framework="mof15").check(Document("d", "text", tables=[table, other]))

    assert growth(check, 250) < LINEAR
