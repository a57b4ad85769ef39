"""Texts, lists, plans and weights that must agree: the cases that go beyond the rule pages' own samples."""

from __future__ import annotations

import pytest

from lint.checks.drawn import KITES, ROW, drawn, found, goal, names
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Finding, Indicator
from perfgoals_lint.rulebook import rules as rulebook

DESCRIBED = "| 一级 | 二级 | 三级 | 绩效指标描述 | 年度值 |\n|---|---|---|---|---|\n"
WEIGHED = "| 一级 | 二级 | 三级 | 年度值 | 权重 |\n|---|---|---|---|---|\n"


def test_the_opposite_is_offered_where_another_project_has_it() -> None:
    rows = ["产出|时效|出口查验时间|≤3小时", "产出|时效|出口查验时间|≤40小时"]
    other = ["- 项目名称：庙会", "产出|时效|进口查验时间|≤40小时"]
    (finding,) = found("PGK610", KITES, *rows, *other)
    assert "进口查验时间" in str(finding.advice)
    assert len(finding.related) == 1


def test_projects_of_one_name_are_two_projects() -> None:
    rows = ["产出|数量|出访国家|≥3个", KITES, "产出|数量|出访国家|≥1个"]
    assert not found("PGK610", KITES, *rows)


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        ("产出|成本|每月电费支出|≥320元", "error"),
        ("产出|成本|成本控制率|≥100%", "error"),
        ("产出|成本|项目总成本|预算执行率≥95%", None),
        ("产出|成本|项目总成本|超支率≥5%", "error"),
        ("产出|成本|成本控制率|≤100%", None),
        ("产出|成本|成本控制率|100%", None),
        ("效益|经济效益|降低企业查验成本|≥900万元", None),
        ("效益|经济效益|资金节约率|≥3%", None),
        ("产出|质量|故障排除及时率|≥98%", None),
        ("效益|社会效益|有效投诉控制率|≥95%", None),
        ("满意度|服务对象满意度|观众投诉率|≤0.1%", None),
        ("满意度|服务对象满意度|观众投诉率|≥0.1%", "error"),
        ("产出|时效|故障响应时间|≥30分钟", "error"),
        ("产出|数量|购置风筝只数|≤10只", "warning"),
        ("产出|数量|处理投诉件数|≥50件", None),
        ("产出|数量|排查事故隐患数|≥50个", None),
        ("产出|质量|安全事故起数|≥1起", "error"),
        ("产出|质量|投诉处理差错率|≥1%", "error"),
        ("产出|时效|投诉处理时间|≥3天", "error"),
        ("产出|成本|预算支出|≥90%", None),
        ("产出|成本|补助标准|≥500元/人", None),
        ("产出|数量|车辆可购置最大数量|≤2辆", None),
        ("产出|数量|水电费支出|≤6万元", None),
    ],
)
def test_the_side_of_a_bound(row: str, severity: str | None) -> None:
    assert [finding.severity for finding in found("PGK615", KITES, row)] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("name", "description", "reported"),
    [
        ("差错率", "办理无差错率", True),
        ("合格率", "不合格率", True),
        ("各项任务完成及时率", "任务完成率", True),
        ("任务及时完成率", "任务完成及时率", False),
        ("活动成功率", "举办活动成功率", False),
        ("验收合格率", "验收通过率", False),
        ("差错率", "差错份数/总份数×100%", False),
        ("工作效率", "任务完成率", False),
        ("参会人次", "参会人数", False),
    ],
)
def test_name_and_description(name: str, description: str, reported: bool) -> None:
    findings = found("PGK616", KITES, f"产出|质量|{name}|{description}|≤1%", header=DESCRIBED, framework="tj")
    assert bool(findings) is reported


@pytest.mark.parametrize(
    ("value", "reported"),
    [
        ("每场约100家企业", True),
        ("每场100人", False),
        ("每场80家", False),
        ("100家", False),
        ("每年100家", False),
    ],
)
def test_persons_and_firms(value: str, reported: bool) -> None:
    text = "举办风筝讲座一场，100人/场，约1.2万元。"
    assert bool(goal("PGK618", text, rows=(f"产出|数量|参加讲座企业数量|{value}",))) is reported


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("建设四个放飞点：北坡、南滩、西堤。", True),
        ("建设三个放飞点：北坡、南滩、西堤。", False),
        ("建设四个放飞点：北坡、南滩、西堤等。", False),
        ("聘用5名巡查员：早班3名；晚班2名。", False),
    ],
)
def test_things_counted_and_listed(text: str, reported: bool) -> None:
    assert bool(goal("PGK619", text)) is reported


@pytest.mark.parametrize(
    ("plan", "reported"),
    [
        ("3月底 10%、6月底 50%、10月底 80%、12月底 100%", False),
        ("3月底 10%、6月底 50%、10月底 40%、12月底 100%", True),
        ("3月底 10%、6月底 50%、10月底 80%、12月底 90%", True),
        ("6月底 10%、3月底 50%、10月底 80%、12月底 100%", True),
        ("3月底 待定、12月底 100%", False),
    ],
)
def test_plans_of_disbursement(plan: str, reported: bool) -> None:
    assert bool(found("PGK620", KITES, f"- 资金支出计划：{plan}", ROW, framework="heb")) is reported


@pytest.mark.parametrize("kept", ["草坪面积3公顷", "草坪3公顷"])
@pytest.mark.parametrize("named", ["补种花境面积", "新增花境面积"])
def test_a_measure_is_of_the_thing_of_its_own_clause(kept: str, named: str) -> None:
    row = f"产出|数量|{named}|≥4000平方米"
    assert not found("PGK635", KITES, f"- 年度目标：养护{kept}，{named[:4]}4000平方米。", row)
    assert found("PGK635", KITES, f"- 年度目标：养护{kept}，{named}0.6公顷。", row)


@pytest.mark.parametrize("what", ["合同", "保险", "设备款", "维持费", "开放式码头"])
def test_a_date_with_a_floor_is_judged_by_the_end_of_its_name(what: str) -> None:
    def hits(name: str, level: str = "时效") -> int:
        return len(found("PGK615", KITES, f"产出|{level}|{name}|≥2026年11月"))

    for done in ("签订", "支付", "交付", "建成"):
        assert hits(f"{what}{done}时间") == 1
        assert hits(f"{what}{done}时间", "质量") == 0
    for lasts in ("到期", "届满", "有效", "质保", "开始", "终止"):
        assert hits(f"{what}{lasts}时间") == 0
    assert hits(f"{what}有效期") == 0


@pytest.mark.parametrize("average", ["亩均", "户均", "人均"])
def test_a_gain_of_one_is_no_price_of_one(average: str) -> None:
    row = f"产出|成本|{average}育苗成本|≤400元/{average[0]}"
    for gain in ("效益提高", "育苗收益增长"):
        assert not found("PGK635", KITES, f"- 年度目标：建设育苗基地，{average}{gain}200元。", row)
    assert found("PGK635", KITES, f"- 年度目标：建设育苗基地，{average}育苗成本200元。", row)


def test_swapped_rows_in_two_projects_must_be_of_one_class() -> None:
    here, there = "效益|{}|提升景区形象面貌|改善村民居住条件", "效益|{}|改善村民居住条件|提升景区的形象面貌"
    social, economic = "社会效益", "经济效益"
    for second, reported in ((social, True), (economic, False)):
        lines = [KITES, here.format(social), "- 项目名称：庙会", there.format(second)]
        assert bool(found("PGK621", *lines)) is reported


def test_swapping_three_ways_is_no_swap() -> None:
    rows = ["效益|社会效益|提升景区形象|改善居住条件", "效益|社会效益|改善居住条件|减少噪声扰民"]
    assert not found("PGK621", KITES, *rows)


def _copies(row: str, *projects: str) -> list[Finding]:
    lines = [line for project in projects for line in (f"- 项目名称：{project}", row)]
    return found("PGK622", *lines)


def test_copied_rows() -> None:
    row = "效益|社会效益|丰富群众生活|有效"
    assert [finding.severity for finding in _copies(row, "甲节", "乙节", "丙节")] == ["warning"]
    sisters = _copies(row, "风筝节(东岭区)", "风筝节(西岭区)", "风筝节(南岭县)")
    assert [finding.severity for finding in sisters] == ["info"]
    assert not _copies(row, "甲节", "乙节")
    for other in (
        "产出|质量|人员是否到位|是",
        "产出|质量|到岗率|100%",
        "产出|质量|讲座是否符合需求|讲座符合需求",
    ):
        assert not _copies(other, "甲节", "乙节", "丙节")


def test_a_copied_goal_needs_a_stage_in_a_long_project_only() -> None:
    text = "保障风筝节安全有序。"
    for period, reported in (("2023-2025", True), ("2025-2025", False)):
        lines = [KITES, f"- 起止年度：{period}", f"- 年度目标：{text}", f"- 周期目标：{text}", ROW]
        assert bool(found("PGK623", *lines, framework="gd-dg")) is reported


@pytest.mark.parametrize(
    ("levels", "reported"),
    [
        ("1-产出指标|11-数量指标", False),
        ("2-效益指标|11-数量指标", True),
        ("2-效益指标|21-社会效益", True),
        ("3-产出指标|31-服务对象满意度", True),
        ("产出指标|数量指标", False),
    ],
)
def test_codes(levels: str, reported: bool) -> None:
    findings = found(
        "PGK625", KITES, "1-产出指标|12-质量指标|完好率|≥90%", f"{levels}|放飞点|≥3个", framework="gd"
    )
    assert names(findings) == (["放飞点"] if reported else [])


@pytest.mark.parametrize(
    ("weights", "reported"),
    [
        (("25", "25", "30", "10"), False),
        (("22.5", "22.5", "30", "15"), True),
        (("22.5", "22.5", "22.5", "22.5"), True),
        (("30", "30", "30", "10"), False),
        (("20分", "20分", "30分", "10分"), False),
        (("20", "20", "20", "10"), True),
        (("", "", "", ""), False),
    ],
)
def test_weights(weights: tuple[str, ...], reported: bool) -> None:
    rows = (
        "产出|数量|场次|≥3场",
        "产出|质量|完好率|≥90%",
        "效益|社会效益|观众人数|≥9000人",
        "满意度|服务对象满意度|观众满意度|≥90%",
    )
    lines = [f"{row}|{weight}" for row, weight in zip(rows, weights, strict=True)]
    assert bool(found("PGK626", KITES, *lines, header=WEIGHED)) is reported


def test_the_points_of_a_missing_class_of_satisfaction_go_to_the_benefits() -> None:
    lines = ["产出|数量|场次|≥3场|50", "效益|社会效益|观众人数|≥9000人|40"]
    assert not found("PGK626", KITES, *lines, header=WEIGHED)


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("现场的安保、清洁的人数", "每年聘请清洁工1人", True),
        ("现场的安保、清洁的人数", "6人", False),
        ("安保和清洁人数", "安保4人，清洁2人", False),
        ("安保和清洁人数", "安保4人", True),
        ("优化场馆和功能布局", "长期", False),
        ("构建和谐社区", "和谐", False),
    ],
)
def test_names_that_list_more_than_the_value(name: str, value: str, reported: bool) -> None:
    assert bool(found("PGK629", KITES, f"产出|数量|{name}|{value}")) is reported


def test_a_very_large_document_is_compared_in_good_time() -> None:
    document = drawn(KITES, "效益|社会效益|提升景区形象|改善居住条件")
    for number in range(4000):
        names_of = ("提升景区形象", "改善居住条件")
        row = Indicator(level1="效益指标", level2="社会效益指标", level3=names_of[number % 2])
        row.level1_class, row.level2_class = "benefit", "social"
        row.annual_value = f"{names_of[(number + 1) % 2]}{number % 7}"
        document.tables[0].indicators.append(row)
    findings = Engine(rulebook.load().find("PGK"), framework="mof15").check(document).findings
    assert not [finding for finding in findings if finding.rule == "PGX201"]


@pytest.mark.parametrize(
    "said", ["占预算的{}%", "（占总预算{}%）", "，占项目预算总额的{}%", "，占本年预算的比例为{}%"]
)
@pytest.mark.parametrize("amount", [45, 60, 90])
def test_a_share_of_the_budget_is_one_of_the_box(said: str, amount: int) -> None:
    right = amount * 100 // 120
    text = f"材料费{amount}万元{said}，更新河道警示牌。"
    budget = "- 预算：120万元"
    for stated, hits in ((right, 0), (right + 5, 1), (right - 6, 1)):
        goal_line = f"- 年度目标：{text.format(stated)}"
        assert len(found("PGK633", KITES, budget, goal_line, ROW)) == hits, (text, stated)


@pytest.mark.parametrize("said", ["占县预算的50%", "占公司预算的50%", "同比增长50%", "占材料预算的50%"])
def test_a_share_of_another_budget_is_left_alone(said: str) -> None:
    goal_line = f"- 年度目标：材料费90万元，{said}，更新河道警示牌。"
    assert not found("PGK633", KITES, "- 预算：120万元", goal_line, ROW)


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("第一季度支付20%、第二季度支付30%、第三季度支付30%、第四季度支付30%", "error"),
        ("更新警示牌100块，其中铝制占20%、木制占50%、石制占40%", "warning"),
    ],
)
def test_shares_that_are_all_there_are_are_told_as_a_sum(said: str, severity: str) -> None:
    (hit,) = found("PGK633", KITES, f"- 年度目标：{said}。", ROW)
    assert hit.severity == severity
    assert "= 110%，与整体不符" in hit.message
    assert "应为" not in hit.message


@pytest.mark.parametrize(
    ("text", "row", "told"),
    [
        ("堤坝渗漏12小时内封堵，", "产出|时效|堤坝渗漏封堵时限|≤24小时", True),
        ("堤坝渗漏12小时内封堵，", "产出|时效|堤坝渗漏封堵时限|≤12小时", False),
        ("堤坝渗漏12小时内封堵率达到95%，", "产出|时效|堤坝渗漏封堵时限|≤24小时", False),
        ("堤坝渗漏12小时内到场，", "产出|时效|堤坝渗漏封堵时限|≤24小时", False),
        ("观众满意度达到92%，", "满意度|服务对象|到场观众满意度|≥90%", False),
        ("放飞成功率达到92%，", "产出|质量|风筝放飞成功率|≥90%", True),
        ("放飞成功率达到92%，", "产出|质量|滑翔伞放飞成功率|≥90%", False),
    ],
)
def test_what_a_goal_says_in_other_words_than_the_row(text: str, row: str, told: bool) -> None:
    assert bool(goal("PGK635", f"2025年办好节会，{text}参与市民9000人次。", rows=(row,))) is told


def test_two_rows_that_a_goal_may_mean_are_left() -> None:
    rows = ("产出|质量|风筝放飞成功率|≥90%", "产出|质量|滑翔伞放飞成功率|≥92%")
    assert not goal("PGK635", "办好节会，放飞成功率达到92%。", rows=rows)
