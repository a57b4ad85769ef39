"""Figures and texts that must agree: the cases that go beyond the rule pages' own samples."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lint.checks.drawn import CYCLE, KITES, ROW, drawn, found, goal, names
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Document, Finding, GoalTable, Location, Problem
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.units import convert


def cycle(code: str, *rows: str, period: str | None = "2023-2025") -> list[Finding]:
    """The findings of a rule on rows with both values."""
    years = [f"- 起止年度：{period}"] if period else []
    return found(code, KITES, *years, *rows, header=CYCLE, framework="gd-dg")


# --- sums of money --------------------------------------------------------------------------------------------------


def test_sources_that_are_not_given_are_not_added() -> None:
    assert not found("PGK601", KITES, "- 预算数：12.00 万元", ROW)
    (finding,) = found(
        "PGK601", KITES, "- 预算数：12.00 万元", "- 财政拨款：10.00 万元", "- 其他资金：1.99 万元", ROW
    )
    assert finding.evidence is not None
    assert finding.evidence["expression"] == "10 + 1.99 = 11.99 万元"


def test_a_lone_source_is_named_and_is_no_calculation() -> None:
    (finding,) = found("PGK601", KITES, "- 预算数：12.00 万元", "- 财政拨款：13.00 万元", ROW)
    assert "“财政拨款”13 万元" in finding.message
    assert finding.calculation is None
    (finding,) = found(
        "PGK601", KITES, "- 预算数：12.00 万元", "- 财政拨款：10.00 万元", "- 其他资金：1.99 万元", ROW
    )
    assert finding.calculation == "10 + 1.99 = 11.99 万元"


def test_a_source_that_is_the_only_one_printed_need_not_be_all() -> None:
    def severities(*amounts: str) -> list[str]:
        lines = (
            f"- {label}：{amount} 万元"
            for label, amount in zip(("财政拨款", "其他资金"), amounts, strict=False)
        )
        return [one.severity for one in found("PGK601", KITES, "- 预算数：12.00 万元", *lines, ROW)]

    assert severities("12.00") == []
    assert severities("10.00") == ["warning"]
    assert severities("13.00") == ["error"]
    assert severities("10.00", "1.00") == ["error"]


def test_a_total_in_a_source_with_lost_pages_is_a_warning() -> None:
    lines = ["- 小计：风筝协会 30.00 万元", KITES, "- 预算数：10.00 万元", ROW]
    (finding,) = found("PGK602", *lines)
    assert finding.severity == "error"
    assert "20 万元" in finding.message
    document = drawn(*lines)
    document.problems.append(Problem("PGX103", document.tables[0].location, {"where": "2"}))
    findings = Engine(rulebook.load().find("PGK602"), framework="mof15").check(document).findings
    assert [finding.severity for finding in findings if finding.rule == "PGK602"] == ["warning"]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("举办培训4场，每场2万元，共8万元。", False),
        ("举办培训4场，每场2万元，共9万元。", True),
        ("走访5次*2人/次*0.3万元=3万元。", False),
        ("走访5次*2人/次*0.3万元=4万元。", True),
        ("购置10套风筝，每套约3100元，合共30000元。", False),
        ("门禁维护共640元/月，全年合共0.8万元。", False),
    ],
)
def test_products(text: str, reported: bool) -> None:
    assert bool(goal("PGK603", text)) is reported


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("场地30万元，安保50万元，宣传5万元，合计85万元。", False),
        ("场地30万元，安保50万元，宣传5万元，合计90万元。", True),
        ("1、场地30万元；2、安保50万元；3、宣传5万元。以上三项合计90万元。", True),
        ("共安排85万元，其中场地30万元、安保20万元等。", False),
        ("办好风筝节。其中：场地费30万元、安保费50万元、宣传费5万元，合计90万元。", True),
        ("办好风筝节。其中：场地费30万元、安保费50万元、宣传费5万元，合计85万元。", False),
        ("场地约30万元，安保约50万元，合计85万元左右。", False),
    ],
)
def test_sums(text: str, reported: bool) -> None:
    findings = goal("PGK604", text)
    assert bool(findings) is reported
    assert all("85 万元" in str((finding.evidence or {})["expression"]) for finding in findings)


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("每年3万元，三年合共18万元。", True),
        ("每年6万元，三年合共18万元。", False),
        ("三年合共18万元。", False),
    ],
)
def test_yearly_amounts_times_years(text: str, reported: bool) -> None:
    assert bool(goal("PGK605", text)) is reported


# --- years ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("计划2024年举办风筝节。", True),
        ("计划2025年举办风筝节。", False),
        ("计划2025年支付2024年工程尾款。", False),
        ("申请2024年度优秀单位奖励资金。", False),
        ("根据2024年工作计划，举办风筝节。", False),
        ("计划到2027年建成风筝基地。", False),
        ("拟于2026年3月前完成结项。", False),
        ("拟于2026年3月底前完成风筝节决算、审计。", False),
        ("放飞场于2026年5月底前建成。", True),
        ("放飞场于2027年5月底前建成。", False),
        ("放飞场2025年开工，2026年5月底前建成。", False),
        ("拟2026年举办风筝节。", True),
        ("2026年举办风筝节3场，丰富群众生活。", True),
        ("2027年举办风筝节3场，丰富群众生活。", False),
        ("放飞场工期两年，2026年举办风筝节3场。", False),
        ("按照《办节方案》（文旅发〔2024〕7号），计划举办风筝节。", False),
        ("按照【2024】7号文件，计划举办风筝节。", False),
        ("风筝协会2019年成立，计划举办风筝节。", False),
        ("申请2024万元以内的经费举办风筝节。", False),
        ("实施2024-2025年风筝节项目(2025)，计划办节3场。", False),
        ("2024年已开展过一次，效果良好，办节经验充足，今年计划再办。", False),
    ],
)
def test_plans_for_another_year(text: str, reported: bool) -> None:
    assert bool(goal("PGK609", text)) is reported


def test_the_cycle_goal_may_name_other_years() -> None:
    assert not goal("PGK609", "举办风筝节。", cycle="计划2023年至2026年举办风筝节。")


@pytest.mark.parametrize(
    ("row", "severities"),
    [
        ("产出|数量|场次|四年8场|每两年4场", []),
        ("产出|数量|场次|三年8场|每年2场", ["warning"]),
        ("产出|数量|场次|6场|每年2场", []),
        ("产出|数量|场次|4场|每年2场", ["warning"]),
        ("产出|数量|场次|9场|每年2场", ["error"]),
        ("产出|质量|完好率|90%|每年90%", []),
        ("产出|数量|场次|9场|2场", []),
    ],
)
def test_annual_counts_times_years(row: str, severities: list[str]) -> None:
    assert [finding.severity for finding in cycle("PGK606", row)] == severities


def test_spans_against_the_period() -> None:
    row = "产出|数量|场次|四年8场|每年2场"
    assert [finding.severity for finding in cycle("PGK607", row)] == ["error"]
    assert [finding.severity for finding in cycle("PGK607", row, period="2021-2025")] == ["warning"]
    assert not cycle("PGK607", row, period="2022-2025")
    assert not cycle("PGK607", row, period=None)


def test_one_finding_for_a_span_that_stands_in_many_places() -> None:
    rows = ["产出|数量|场次|四年8场|每年2场", "产出|数量|人次|四年800人次|每年200人次"]
    (finding,) = cycle("PGK607", *rows)
    assert finding.indicator is None


def test_spans_of_one_project_agree() -> None:
    three, four = "产出|数量|场次|三年6场|每年2场", "产出|数量|本数|四年4本|每年1本"
    assert len(cycle("PGK608", three, four)) == 1
    assert not cycle("PGK608", three, "产出|数量|本数|三年2本|每两年1本")
    assert not cycle("PGK608", three, "产出|数量|本数|3本|四年4本")


def test_the_fiscal_year_lies_in_the_period() -> None:
    for year, reported in (("2022", True), ("2023", False), ("2025", False), ("2026", True)):
        lines = [KITES, f"- 预算年度：{year}", "- 起止年度：2023-2025", ROW]
        assert bool(found("PGK627", *lines, framework="gd-dg")) is reported
    assert not found("PGK627", KITES, "- 起止年度：2023-2025", ROW, framework="gd-dg")


# --- cycle and year -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reported"),
    [
        ("产出|数量|场次|≥2场|≥5场", True),
        ("产出|数量|场次|≥15场|≥5场", False),
        ("产出|数量|场次|≥2场|≥2场", False),
        ("产出|数量|场次|每年≥2场|≥5场", False),
        ("产出|数量|场次|≤2场|≤5场", False),
        ("产出|质量|完好率|≥80%|≥90%", False),
        ("产出|成本|场地费|≥2万元|≥5万元", False),
        ("产出|时效|办结天数|≥2天|≥5天", False),
        ("产出|质量|观众满意度|≥80|≥90", False),
    ],
)
def test_a_year_is_no_more_than_the_cycle(row: str, reported: bool) -> None:
    assert bool(cycle("PGK611", row)) is reported


@pytest.mark.parametrize("before_annual", ["", "1", "0.", "1."])
@pytest.mark.parametrize("before_cycle", ["", "2", "0."])
def test_goals_that_end_in_the_figures_of_a_row_do_not_say_them(
    before_annual: str, before_cycle: str
) -> None:
    findings = found(
        "PGK636",
        KITES,
        f"- 年度目标：修补风筝不超过{before_annual}30小时。",
        f"- 周期目标：修补风筝缩短到{before_cycle}4小时以内。",
        "产出|时效|修补时间|≤4小时|≤30小时",
        header=CYCLE,
        framework="gd-dg",
    )
    assert bool(findings) is bool(before_annual or before_cycle)


def _within_others() -> list[tuple[str, str]]:
    """Every unit that another begins with and that is not the same (分 and 分钟, 台 and 台班)."""
    known = lexicon("units")
    units = dict.fromkeys(known["measures"].split())
    units |= dict.fromkeys(unit for group in known["dimensions"].values() for unit in group)
    return [
        (short, unit)
        for unit in units
        for short in units
        if unit != short
        and unit.startswith(short)
        and "/" not in unit
        and convert(Decimal(1), unit, short) != 1
    ]


@pytest.mark.parametrize(("short", "unit"), _within_others())
def test_a_goal_says_the_figure_of_a_row_only_in_its_whole_unit(short: str, unit: str) -> None:
    def is_reported(printed: str) -> bool:
        goals = (
            f"- 年度目标：修补风筝，用量不超过30{unit}。",
            f"- 周期目标：修补风筝，用量降到4{unit}以内。",
        )
        row = f"产出|成本|修补用量|≤4{printed}|≤30{printed}"
        return bool(found("PGK636", KITES, *goals, row, header=CYCLE, framework="gd-dg"))

    assert is_reported(short)
    assert not is_reported(unit)


@pytest.mark.parametrize(
    ("row", "reported"),
    [
        ("产出|数量|放飞场次|≥5场|≥5场", True),
        ("产出|数量|放飞场次|≥15场|≥5场", False),
        ("产出|数量|放飞场次|每年5场|每年5场", False),
        ("产出|数量|聘用巡查人员|5人|5人", False),
        ("产出|数量|风筝存量|5只|5只", False),
        ("产出|质量|完好率|≥90%|≥90%", False),
        ("产出|成本|预算控制|预算执行率≥90|预算执行率≥90", False),
        ("产出|质量|安全事故|0起|0起", False),
    ],
)
def test_what_adds_up_is_not_the_same_in_both_columns(row: str, reported: bool) -> None:
    assert bool(cycle("PGK612", row)) is reported
    assert not cycle("PGK612", row, period="2025-2025")
    assert not cycle("PGK612", row, period=None)


def test_a_row_that_differs_tells_that_the_cycle_is_long() -> None:
    rows = ["产出|数量|放飞场次|≥5场|≥5场", "产出|数量|风筝只数|≥90只|≥30只"]
    assert names(cycle("PGK612", *rows, period=None)) == ["放飞场次"]


def test_ratios_of_cycle_and_year() -> None:
    kites = "产出|数量|风筝只数|≥90只|≥30只"
    assert len(cycle("PGK613", kites, "产出|数量|放飞场次|≥5场|≥5场")) == 1
    assert not cycle("PGK613", kites, "产出|数量|放飞场次|≥10场|≥3场")
    assert not cycle("PGK613", kites, "产出|数量|放飞场次|四年8场|≥2场")
    assert not cycle("PGK613", kites, "产出|数量|在岗人员|≥5人|≥5人")
    assert not cycle("PGK613", kites)


@pytest.mark.parametrize(
    ("here", "there", "reported"),
    [
        (
            "2025年申请57.2万元用于风筝节的场地租赁、安全保卫和医疗救护。",
            "申请每年53万元用于风筝节的场地租赁、安全保卫和医疗救护。",
            True,
        ),
        (
            "2025年申请53万元用于风筝节的场地租赁、安全保卫和医疗救护。",
            "申请每年53万元用于风筝节的场地租赁、安全保卫和医疗救护。",
            False,
        ),
        (
            "申请53万元用于风筝节的场地租赁、安全保卫和医疗救护。",
            "申请每年53万元用于风筝节的场地租赁、安全保卫和医疗救护，三年合共159万元。",
            False,
        ),
        (
            "申请57.2万元（含上年结转4.2万元）用于风筝节的场地租赁、安全保卫和医疗救护。",
            "申请每年53万元用于风筝节的场地租赁、安全保卫和医疗救护。",
            False,
        ),
        ("申请57.2万元购置音响。", "每年补助各村办节53万元，带动旅游。", False),
    ],
)
def test_amounts_of_two_goals_that_are_alike(here: str, there: str, reported: bool) -> None:
    assert bool(goal("PGK614", here, cycle=there)) is reported


@pytest.mark.parametrize("unread", [[], ["甲"], ["乙"], ["甲", "乙"]])
@pytest.mark.parametrize("field", ["budget_yuan", "funding_yuan"])
def test_a_sum_with_an_amount_that_could_not_be_read_is_left_alone(unread: list[str], field: str) -> None:
    budget, funding = Decimal(150_000), {"财政拨款": Decimal(120_000)}
    tables = [
        GoalTable(
            Location("t.xlsx"),
            name,
            budget_yuan=budget,
            funding_yuan=funding,
            unknown=[field] * (name in unread),
        )
        for name in ("甲", "乙")
    ]
    document = Document("t.xlsx", "xlsx", "grid", tables)
    findings = Engine(rulebook.load().find("PGK601"), framework="mof15").check(document).findings
    assert {finding.project_name for finding in findings} == {"甲", "乙"} - {*unread}


def test_rows_of_one_name_without_a_value_are_no_row_entered_twice() -> None:
    document = drawn(KITES, ROW, "产出|质量|优良率|≥90%", "产出|质量|优良率|≥90%")
    for row in document.tables[0].indicators[1:]:
        row.annual_value = None
        row.unknown += ["annual_value", "cycle_value"]
    assert not Engine(rulebook.load().find("PGK630"), framework="mof15").check(document).findings
    assert found("PGK630", KITES, ROW, ROW)


# --- a rate whose name tells no side ------------------------------------------------------------------------------

UNKNOWN = ("风筝串户率", "骨架铅封率", "线轴套嵌率", "图样留白率")


@pytest.mark.parametrize("name", UNKNOWN)
@pytest.mark.parametrize(
    ("bound", "reported"),
    [
        *((f"≥{share}", True) for share in ("1%", "5%", "8‰")),
        *((f"≥{share}", False) for share in ("6%", "40%", "95%")),
        *((f"≤{share}", True) for share in ("80%", "95%")),
        *((f"≤{share}", False) for share in ("100%", "79%", "3%")),
    ],
)
def test_the_figure_tells_what_the_name_of_a_rate_does_not(name: str, bound: str, reported: bool) -> None:
    for classed in ("产出|质量", "效益|社会效益", "效益|生态效益"):
        assert bool(found("PGK615", KITES, f"{classed}|{name}|{bound}")) is reported
    # What a market or money yields may be so little, and a cost so much.
    assert not found("PGK615", KITES, f"效益|经济效益|{name}|{bound}")
    assert not found("PGK615", KITES, f"产出|成本|{name}|{bound}") or bound.startswith("≥")


@pytest.mark.parametrize("name", ["床位占用率", "系统负载率", "河泥含水率", "资产负债率", "平台杠杆率"])
def test_what_is_capped_or_compares_may_have_a_high_ceiling(name: str) -> None:
    assert not found("PGK615", KITES, f"产出|质量|{name}|≤90%")


@pytest.mark.parametrize("name", ["隐患检出率", "栏目收视率", "抽样复核率"])
def test_what_is_rare_by_nature_may_have_a_low_floor(name: str) -> None:
    assert not found("PGK615", KITES, f"产出|质量|{name}|≥3%")


@pytest.mark.parametrize(
    ("value", "others"),
    [
        ("≥3000平方米", ("3000平方米以上", "≥0.3万平方米", "≥3000㎡", "不少于3000平米", "≥0.3万㎡")),
        ("≤2小时", ("≤120分钟", "2小时以内", "不超过2小时")),
        ("≥5吨", ("≥5000公斤", "5吨以上")),
    ],
)
def test_equal_values_in_other_units_are_one_row_twice(value: str, others: tuple[str, ...]) -> None:
    for other in others:
        rows = (f"产出|数量|修复数量|{value}", f"产出|数量|修复数量|{other}")
        assert found("PGK610", *rows) == [], other
        assert len(found("PGK630", *rows)) == 1, other


@pytest.mark.parametrize("verb", ["增加到", "扩大至", "提高为", "减少到", "压缩至"])
@pytest.mark.parametrize(
    ("unit", "name"), [("公里", "养护公路里程"), ("家", "服务企业数量"), ("人", "培训技工人数")]
)
def test_what_a_change_starts_from_is_no_target(verb: str, unit: str, name: str) -> None:
    thing = name.removesuffix("里程").removesuffix("数量").removesuffix("人数")
    goal = f"- 年度目标：{thing}由60{unit}{verb}80{unit}，方便群众出行。"
    assert found("PGK635", goal, f"产出|数量|{name}|≥80{unit}") == []
