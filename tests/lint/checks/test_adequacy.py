"""Money and height of targets: the cases that go beyond the rule pages' own samples."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lint.checks.drawn import CYCLE, found, names

KITES = "- 项目名称：风筝节"
BUDGET = "- 预算数：600,000 元"


# --- PGA301 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "reported"),
    [
        ("申请60万元举办风筝节。", False),
        ("申请66万元举办风筝节。", True),
        ("申请60.0万元，其中场地20万元。", False),
        ("1.场地布置20万元；2.安保28万元；3.宣传12万元。", False),
        ("每场费用3万元/场，安排专人值守。", False),
        ("申请66万元，其中上年结转6万元。", False),
        ("根据《办节方案》“安排财政资金900万元支持全市节庆”，办好风筝节。", False),
        ("每年申请60万元，三年合共180万元。", False),
        ("举办风筝节，每年费用55万元。", True),
        ("费用合计60万", False),
        ("预计带动投资合计3亿元。", False),
        ("争取上级资金合计900万元。", False),
        ("申请66万元办节，预计带动消费合计900万元。", True),
        ("申请60万元办节，预计带动消费合计900万元。", False),
    ],
)
def test_the_goal_asks_for_the_budget(goal: str, reported: bool) -> None:
    assert bool(found("PGA301", KITES, BUDGET, f"- 年度目标：{goal}", "产出|数量|场次|≥3场")) is reported


def test_a_yearly_amount_of_the_cycle_goal_counts_too() -> None:
    findings = found(
        "PGA301", KITES, BUDGET, "- 周期目标：每年风筝节费用30万元，三年合共90万元。", "产出|数量|场次|≥3场"
    )
    assert [finding.field for finding in findings] == ["cycle_goal"]


@pytest.mark.parametrize(
    ("goal", "reported"),
    [
        ("连办三届风筝节，每年20万元，三年共60万元。", False),
        ("连办三届风筝节，三年合计60万元，每年20万元。", False),
        ("连办三届风筝节，每年20万元，三年共66万元。", True),
        ("连办三届风筝节，每年20万元，预计带动消费合计60万元。", True),
    ],
)
def test_a_budget_for_all_years_is_no_yearly_amount(goal: str, reported: bool) -> None:
    findings = found("PGA301", KITES, BUDGET, f"- 周期目标：{goal}", "产出|数量|场次|≥3场")
    assert bool(findings) is reported


# --- PGA314 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "reported"),
    [
        ("经费主要用于：1.场地布置22万元；2.安保31万元；3.宣传12万元。", True),
        ("经费主要用于：1.场地布置22万元；2.安保21万元；3.宣传12万元。", False),
        ("经费用于：1.场地布置22万元；2.安保31万元；3.宣传12万元等。", True),
        ("经费用于：1.场地布置22万元；2.安保31万元；3.宣传12万元，其余由协会承担。", False),
    ],
)
def test_some_of_what_is_spent_is_no_more_than_the_budget(goal: str, reported: bool) -> None:
    findings = found("PGA314", KITES, BUDGET, f"- 年度目标：{goal}", "产出|数量|场次|≥3场")
    assert bool(findings) is reported


# --- PGA302, PGA303 -------------------------------------------------------------------------------------------------


def test_the_whole_is_not_added_to_its_parts() -> None:
    rows = ["产出|成本|项目总成本|≤60万元", "产出|成本|场地费|≤25万元", "产出|成本|安保费|≤35万元"]
    assert not found("PGA302", KITES, BUDGET, *rows)


@pytest.mark.parametrize(
    "row", ["产出|成本|宣传费|", "产出|成本|人均费用|≤80元/人", "产出|成本|成本控制率|≤100%"]
)
def test_a_cost_without_a_ceiling_in_money_silences_the_sum(row: str) -> None:
    assert not found("PGA302", KITES, BUDGET, "产出|成本|场地费|≤90万元", row)


@pytest.mark.parametrize("number", ["110", "114", "119", "120", "122", "12315", "12345"])
def test_a_ceiling_that_is_also_the_number_of_a_hotline_is_added(number: str) -> None:
    rows = [f"产出|成本|场地费|≤{number}万元", "产出|成本|安保费|≤20万元"]
    (finding,) = found("PGA302", KITES, f"- 预算数：{number} 万元", *rows)
    assert finding.calculation is not None
    assert finding.calculation.startswith(f"{number} + 20 = {int(number) + 20} 万元")


@pytest.mark.parametrize("name", ["成本控制数", "项目预算", "项目支出"])
def test_a_ceiling_of_the_budget_itself_is_the_whole(name: str) -> None:
    whole = f"产出|成本|{name}|≤60万元"
    assert not found("PGA302", KITES, BUDGET, whole)
    assert not found("PGA302", KITES, BUDGET, whole, "产出|成本|场地费|≤25万元")
    assert found("PGA302", KITES, BUDGET, whole, "产出|成本|场地费|≤25万元", "产出|成本|安保费|≤45万元")
    assert found("PGA302", KITES, BUDGET, "产出|成本|场地费|≤60万元", "产出|成本|安保费|≤5万元")


def test_an_overrun_shows_its_calculation() -> None:
    (finding,) = found("PGA302", KITES, BUDGET, "产出|成本|场地费|≤25万元", "产出|成本|安保费|≤40万元")
    assert finding.severity == "error"
    assert finding.evidence is not None
    assert finding.evidence["expression"] == "25 + 40 = 65 万元"
    assert finding.evidence["computed_yuan"] == Decimal(650_000)


def test_a_little_less_than_the_budget_is_enough() -> None:
    assert not found("PGA302", KITES, BUDGET, "产出|成本|场地费|≤59.5万元")
    (finding,) = found("PGA302", KITES, BUDGET, "产出|成本|场地费|≤50万元")
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("value", "reported"),
    [
        ("东湖镇=40万元,西湖镇=20万元", False),
        ("东湖镇=40万元,西湖镇=30万元", True),
        ("东湖镇40万、西湖镇30万", True),
        ("一等奖=40万元,二等奖=30万元", False),
    ],
)
def test_allotments_to_organisations_are_the_budget(value: str, reported: bool) -> None:
    assert bool(found("PGA303", KITES, BUDGET, f"产出|数量|补助标准|{value}")) is reported


# --- PGA304, PGA311 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reported"),
    [
        ("效益|经济效益|带动消费额|≥50万元", True),
        ("效益|经济效益|带动消费额|50万", True),
        ("效益|经济效益|带动消费额|≥50", False),
        ("效益|经济效益|带动消费额|≤50万元", False),
        ("效益|经济效益|带动消费额|≥5亿元", False),
        ("效益|经济效益|引进外资|6万美元", True),
        ("效益|经济效益|引进外资|9万美元", False),
        ("效益|经济效益|户均增收|≥3000元", False),
        ("效益|经济效益|困难户年收入|≥8000元", False),
        ("效益|经济效益|门票收入|≥20万元", True),
        ("效益|经济效益|带动村民务工收入|≥20万元", False),
        ("效益|经济效益|当地群众劳务报酬|≥20万元", False),
        ("效益|经济效益|景区年参观门票收入|≥20万元", False),
        ("效益|经济效益|今年风筝销售收入|≥20万元", True),
        ("效益|社会效益|参观人数|≥50万人", False),
        ("产出|数量|更换标牌数量|120块", False),
        ("产出|数量|发放奖金额度|20万元", False),
        ("产出|成本|场地费|20万元", False),
    ],
)
def test_money_brought_in_is_no_less_than_money_spent(row: str, reported: bool) -> None:
    assert bool(found("PGA304", KITES, BUDGET, row)) is reported


@pytest.mark.parametrize(
    ("value", "reported"),
    [
        ("2019万元以内", True),
        ("≤66万元", False),
        ("≤67万元", True),
        ("≥90万元", False),
        ("控制在预算以内", False),
    ],
)
def test_a_ceiling_for_all_years_in_the_annual_column(value: str, reported: bool) -> None:
    findings = found("PGA311", KITES, BUDGET, f"产出|成本|项目总成本|{value}")
    assert bool(findings) is reported
    assert all(finding.severity == "info" for finding in findings)


# --- PGA305 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "row", "severity"),
    [
        ("计划每年培训放飞员不少于6名。", "产出|数量|培训放飞员人数|≥4人", "warning"),
        ("计划每年培训放飞员不少于6名。", "产出|数量|培训放飞员人数|≥6人", None),
        ("计划每年培训放飞员不少于6名。", "产出|数量|培训放飞员人数|每两年≥6人", "warning"),
        ("拟三年培训放飞员18名。", "产出|数量|培训放飞员人数|≥6人", None),
        ("服务放飞员60多名。", "产出|数量|培训放飞员人数|≥4人", None),
        ("根据通知“各镇每年培训放飞员不少于6名”的要求办节。", "产出|数量|培训放飞员人数|≥4人", "info"),
        ("计划每年培训放飞员不少于6名。", "产出|数量|巡查次数|≥4次", None),
    ],
)
def test_a_row_asks_for_what_the_goal_promises(goal: str, row: str, severity: str | None) -> None:
    findings = found("PGA305", KITES, f"- 年度目标：{goal}", row)
    assert [finding.severity for finding in findings] == ([severity] if severity else [])


# --- PGA306 ---------------------------------------------------------------------------------------------------------


def _sisters(first: str, second: str, row: str, other: str) -> list[str | None]:
    return names(
        found(
            "PGA306",
            f"- 项目名称：{first}",
            "- 预算数：10 万元",
            row,
            f"- 项目名称：{second}",
            "- 预算数：30 万元",
            other,
        )
    )


def test_sisters_are_known_in_spite_of_scanning_slips() -> None:
    row, other = "产出|数量|扶持商户|≥6家", "产出|数量|扶持商户|6"
    assert _sisters("贸易扶持(东岭区)", "貿易扶持(西岭县)", row, other) == ["扶持商户"]
    assert _sisters("贸易扶持(本级)", "贸易扶持(西岭县)", row, other) == []


@pytest.mark.parametrize("value", ["≥90%", "6万元", "3天", "0家"])
def test_rates_money_times_and_nothing_may_be_the_same(value: str) -> None:
    row = f"产出|数量|扶持商户|{value}"
    assert _sisters("贸易扶持(东岭区)", "贸易扶持(西岭县)", row, row) == []


# --- PGA307, PGA309, PGA310 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("资金节约率", "≥0", True),
        ("资金节约率", "≥0%", True),
        ("资金节约率", "≥0.5%", False),
        ("客流增长率", "≥0%", False),
        ("安全事故", "0起", False),
        ("展品完好达标率", "≤100%", True),
        ("展品完好达标率", "≤90%", False),
        ("成本控制率", "≤100%", False),
        ("执行额完成率", "≥100%", False),
    ],
)
def test_a_bound_binds(name: str, value: str, reported: bool) -> None:
    findings = found("PGA307", KITES, f"产出|质量|{name}|{value}")
    assert bool(findings) is reported
    assert all(value in finding.message for finding in findings)


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("预算控制", "预算执行率每年不低于80%", True),
        ("预算控制", "平均三年预算执行率均达95%以上", False),
        ("预算执行率", "≥85%", False),
        ("观众满意度", "≥80%", False),
        ("观众满意度", "大于75%", True),
        ("观众满意度", "≤75%", False),
        ("观众不满意率", "2%", False),
        ("项目完成率", "≥60%", False),
    ],
)
def test_low_rates(name: str, value: str, reported: bool) -> None:
    assert bool(found("PGA309", KITES, f"产出|质量|{name}|{value}")) is reported


def test_half_of_the_rows_at_100_percent_are_too_many() -> None:
    full, other = "产出|质量|到岗率|100%", "产出|数量|场次|≥3场"
    assert found("PGA310", KITES, full, full, other, other)
    assert not found("PGA310", KITES, full, other, other)
    assert not found("PGA310", KITES, full, full)
    assert not found("PGA310", KITES, *["产出|质量|到岗率|≤100%"] * 3)


# --- PGA312, PGA313 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "reported"),
    [
        ("云岭区入园人次|≥70万人次", "全市入园人次(万人次)|≥50万人次", True),
        ("云岭区入园人次|≥700000人次", "全市入园人次|≥50万人次", True),
        ("云岭区入园人次|≥30万人次", "全市入园人次|≥50万人次", False),
        ("云岭区入园人次|≤70万人次", "全市入园人次|≥50万人次", False),
        ("云岭区入园增长率|≥9%", "全市入园增长率|≥5%", False),
        ("云岭区入园人次|≥70万人次", "河口区入园人次|≥50万人次", False),
        ("云岭区入园人次|≥70万人次", "全市入库人次|≥50万人次", False),
    ],
)
def test_a_district_has_no_more_than_its_city(part: str, whole: str, reported: bool) -> None:
    findings = found("PGA312", KITES, f"效益|社会效益|{part}", "- 项目名称：庙会", f"效益|社会效益|{whole}")
    assert bool(findings) is reported


def test_both_orders_report_the_first_row() -> None:
    part, whole = "效益|社会效益|云岭区入园人次|≥70万人次", "效益|社会效益|全市入园人次|≥50万人次"
    for rows in ((part, whole), (whole, part)):
        (finding,) = found("PGA312", KITES, rows[0], "- 项目名称：庙会", rows[1])
        assert finding.project_name == "风筝节"
        assert len(finding.related) == 1
        assert finding.message == "“云岭区入园人次”写“≥70万人次”，大于“全市入园人次”的“≥50万人次”"
        assert finding.evidence == {"expression": "≥70万人次 > ≥50万人次"}


@pytest.mark.parametrize(
    ("name", "values", "reported"),
    [
        ("全市游客总数", ("≥90万人", "≥95万人"), True),
        ("全市游客总数", ("≥90万人", "90万人"), False),
        ("全市游客满意度", ("≥90%", "≥95%"), False),
        ("游客总数", ("≥90万人", "≥95万人"), False),
    ],
)
def test_one_figure_of_a_region_has_one_value(name: str, values: tuple[str, str], reported: bool) -> None:
    rows = [f"效益|社会效益|{name}|{value}" for value in values]
    assert bool(found("PGA313", KITES, rows[0], "- 项目名称：庙会", rows[1])) is reported
    outputs = [row.replace("效益|社会效益", "产出|数量") for row in rows]
    assert not found("PGA313", KITES, outputs[0], "- 项目名称：庙会", outputs[1])


def test_a_cycle_value_alone_is_looked_at() -> None:
    assert found("PGA307", KITES, "产出|质量|资金节约率|≥0|", header=CYCLE, framework="gd-dg")


@pytest.mark.parametrize("part", ["场地布置20万元", "投入20万元购置风筝", "安排20万元用于安保"])
@pytest.mark.parametrize("words", ["总投入", "项目总投资", "总经费", "资金总额", "预计总投入", "总支出"])
@pytest.mark.parametrize("wrong", [False, True])
def test_a_total_beside_a_part_claims_the_budget(part: str, words: str, wrong: bool) -> None:
    amount = "66万元" if wrong else "60万元"
    for goal in (f"举办风筝节，{part}，{words}{amount}。", f"{words}{amount}，{part}，举办风筝节。"):
        findings = found("PGA301", KITES, BUDGET, f"- 年度目标：{goal}", "产出|数量|场次|≥3场")
        assert [finding.severity for finding in findings] == (["warning"] if wrong else []), goal


# --- PGA302 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["项目总成本", "总成本控制数", "成本总额"])
@pytest.mark.parametrize(("most", "reported"), [("≤60万元", False), ("≤66万元", True)])
def test_the_row_of_the_whole_keeps_within_the_budget(name: str, most: str, reported: bool) -> None:
    rows = [
        "成本|经济成本|场地成本|≤40万元",
        "成本|经济成本|安保成本|≤20万元",
        f"成本|经济成本|{name}|{most}",
    ]
    assert bool(found("PGA302", KITES, BUDGET, *rows)) is reported


# --- PGA365 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", [("财政拨款", "其他资金"), ("财政专户拨款", "其他资金")])
@pytest.mark.parametrize(
    "form", ["{0}{2}万元，{1}{3}万元，举办风筝节。", "举办风筝节，申请60万元，其中：{0}{2}万元、{1}{3}万元。"]
)
def test_sources_in_the_goal_are_those_of_the_boxes(pair: tuple[str, str], form: str) -> None:
    boxes = [f"- {pair[0]}：400,000 元", f"- {pair[1]}：200,000 元"]
    for first, second, severities in (
        (40, 20, []),
        (30, 30, ["error"]),
        (20, 40, ["error"]),
        (40, 10, ["warning"]),
    ):
        goal = "- 年度目标：" + form.format(*pair, first, second)
        findings = found("PGA365", KITES, BUDGET, *boxes, goal, "产出|数量|场次|≥3场")
        assert [finding.severity for finding in findings] == severities, goal


@pytest.mark.parametrize("sign", ["≤", "不超过", "=", ""])
@pytest.mark.parametrize("ends", [("万", "万"), ("万", "万元"), ("万元", "万")], ids="-".join)
@pytest.mark.parametrize(("first", "wrong"), [(22, True), (12, False)])
def test_costs_in_wan_are_held_against_the_budget_with_or_without_yuan(
    sign: str, ends: tuple[str, str], first: int, wrong: bool
) -> None:
    rows = [f"产出|成本|场地布置成本|{sign}{first}{ends[0]}", f"产出|成本|安保费用|{sign}48{ends[1]}"]
    assert bool(found("PGA302", KITES, BUDGET, *rows)) is wrong


@pytest.mark.parametrize("name", ["控制在预算成本内", "预算控制数", "不超预算金额", "项目总成本"])
@pytest.mark.parametrize("beside", [["产出|成本|日均工资|≤200元/天"], ["产出|成本|经费使用|符合规定"], []])
@pytest.mark.parametrize(("amount", "wrong"), [("≤75万元", True), ("≤75万", True), ("≤60万元", False)])
def test_a_row_held_to_the_budget_is_the_whole_whatever_stands_beside_it(
    name: str, beside: list[str], amount: str, wrong: bool
) -> None:
    assert bool(found("PGA302", KITES, BUDGET, f"产出|成本|{name}|{amount}", *beside)) is wrong
