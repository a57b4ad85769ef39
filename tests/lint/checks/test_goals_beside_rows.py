"""What a goal says of a case, a source or a year that a row or a box has not is no contradiction; beside it stands what is one."""

from __future__ import annotations

import pytest

from perfgoals_lint import Content, check

ROWS = """产出指标,质量指标,验收合格率,{0}=100%
产出指标,时效指标,完成时间,{0}12月底前
满意度指标,服务对象满意度指标,居民满意度,{0}≥90%"""


def codes(goal: str, row: str, *boxes: str, cycle: bool = False) -> set[str]:
    """The rules that speak of a table of 2025 with a goal, a row and further boxes; with the columns of a ``cycle``."""
    lines = ["项目支出绩效目标表（2025年度）", "项目名称,苇塘设施提升", *boxes, f"年度目标,{goal}"]
    lines.append("一级指标,二级指标,三级指标," + ("实施周期指标值," if cycle else "") + "年度指标值")
    lines += [row, ROWS.format("≥3年," if cycle else "")]
    (result,) = check(Content("表.csv", "\n".join(lines).encode()))
    return {one.rule for one in result.findings}


@pytest.mark.parametrize(
    ("goal", "row", "told"),
    [
        ("接报后10分钟内到场。", "产出指标,时效指标,接报到场时间,≤30分钟", True),
        ("火警接报后10分钟内到场。", "产出指标,时效指标,接报到场时间,≤30分钟", False),
        ("确保故障2小时内修复。", "产出指标,时效指标,故障修复时间,≤24小时", True),
        ("轻微故障2小时内修复。", "产出指标,时效指标,故障修复时间,≤24小时", False),
        ("空置率由15%降到11%。", "效益指标,社会效益指标,空置率,≤14%", True),
        ("空置率由15%降到11%，其中一季度降至14%。", "效益指标,社会效益指标,空置率,≤14%", False),
    ],
)
def test_another_case_of_a_row_is_not_the_row(goal: str, row: str, told: bool) -> None:
    assert ("PGK635" in codes(goal, row)) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("改造中学教室100间，改造小学教室120间。", True),
        ("改造中学教室360间，其中今年改造中学教室120间。", False),
        ("共改造中学教室360间，今年改造120间。", False),
        ("改造中学教室360间，2025年120间。", False),
    ],
)
def test_a_part_of_a_whole_has_the_name_of_its_thing(text: str, told: bool) -> None:
    row = "产出指标,数量指标,改造中学教室数量,≥120间"
    assert ("PGK635" in codes("改造中学教室120间。", row, f"项目概况,{text}")) is told


@pytest.mark.parametrize(
    ("said", "told"), [("年均培训企业职工2000人次", False), ("共培训企业职工5000人次", True)]
)
def test_an_average_of_the_years_is_not_their_sum(said: str, told: bool) -> None:
    row = "产出指标,数量指标,培训企业职工人次,≥6000人次,≥2000人次"
    boxes = ("实施周期,起始年度,2025,到期年度,2027", f"实施周期总目标,提升技能水平，{said}。")
    assert ("PGK635" in codes("培训企业职工2000人次。", row, *boxes, cycle=True)) is told


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("其他资金20万元用于设备维护。", False),
        ("财政拨款240万元占92.3%，保障设施运行。", False),
        ("申请财政拨款240万元，改造路灯30盏。", False),
        ("申请财政拨款220万元，改造路灯30盏。", True),
        ("项目总预算240万元，改造路灯30盏。", True),
    ],
)
def test_what_one_source_gives_is_not_the_budget(goal: str, told: bool) -> None:
    funds = "预算金额（万元）,260,财政拨款,240,其他资金,20"
    assert ("PGA301" in codes(goal, "产出指标,数量指标,改造路灯数量,≥30盏", funds)) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("设备30万元、培训15万元，引导经营主体投资90万元。", False),
        ("设备30万元、培训15万元，减少损失和治理费用90万元。", False),
        ("设备30万元、培训15万元，引导资金投入90万元。", True),
    ],
)
def test_what_others_put_in_is_no_money_of_the_budget(text: str, told: bool) -> None:
    row = "产出指标,数量指标,改造路灯数量,≥30盏"
    assert bool({"PGA301", "PGA314", "PGA317"} & codes(text, row, "预算金额（万元）,45")) is told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("到2027年，改造乡村诊所15所", True),
        ("2027年改造乡村诊所15所", False),
        ("2026年改造乡村诊所15所，2027年改造乡村诊所15所", False),
    ],
)
def test_what_is_done_in_the_last_year_is_not_what_all_years_come_to(said: str, told: bool) -> None:
    boxes = ("实施周期,起始年度,2025,到期年度,2027", f"实施周期总目标,{said}。")
    row = "产出指标,数量指标,维护泵站数量,≥9座,≥3座"
    assert ("PGK635" in codes("改造乡村诊所20所。", row, *boxes, cycle=True)) is told
