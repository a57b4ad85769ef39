"""What boxes beside the goal say of the budget and of its parts is held against them, what they say of rows is not."""

from __future__ import annotations

import pytest

from lint.checks.drawn import CYCLE, found

NAME = "- 项目名称：社区驿站运行"
GOAL = "- 年度目标：驿站开放有序，居民生活更加方便。"
YEAR = "- 预算年度：2026"


@pytest.mark.parametrize("label", ["资金用途", "项目概况", "测算依据", "立项依据"])
@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("去年配备驿站管理员30名。", "产出|数量|配备驿站管理员人数|36名"),
        ("累计配备驿站管理员90名。", "产出|数量|配备驿站管理员人数|36名"),
        ("全市计划配备驿站管理员120名，其中我区36名。", "产出|数量|配备驿站管理员人数|36名"),
        ("配备驿站管理员20名（东片）；配备驿站管理员16名（西片）。", "产出|数量|配备驿站管理员人数|36名"),
        ("月均配备驿站管理员3名。", "产出|数量|配备驿站管理员人数|36名"),
        ("上级要求配备驿站管理员30名以上。", "产出|数量|配备驿站管理员人数|≥36名"),
        ("驿站管理员补助标准原为每人500元，今年起提高。", "产出|成本|驿站管理员补助标准|≤800元/人"),
        ("邻区驿站管理员工资标准为3500元/人/月。", "产出|成本|驿站管理员工资标准|≤3000元/人/月"),
        ("二类培训费标准不超过550元/人/天。", "产出|成本|培训费标准|≤400元/人/天"),
    ],
)
def test_boxes_tell_of_other_times_places_and_prices(label: str, text: str, row: str) -> None:
    assert not found("PGK635", NAME, YEAR, GOAL, f"- {label}：{text}", row)


@pytest.mark.parametrize(
    ("period", "number", "hits"), [("2026-2026", 12, 1), ("2026-2028", 12, 0), ("2026-2028", 40, 1)]
)
def test_a_box_of_several_years_counts_more_than_one_of_them(period: str, number: int, hits: int) -> None:
    lines = (NAME, f"- 实施期限：{period}", f"- 年度目标：新建社区驿站{number}处，方便居民。")
    assert len(found("PGK635", *lines, "- 项目概况：新建社区驿站36处。", "产出|数量|场次|≥3场")) == hits


@pytest.mark.parametrize(
    ("goal", "row"),
    [
        ("学生满意度达到95%", "学生家长满意度|≥90%"),
        ("教师满意度达到98%", "学生教师家长综合满意度|≥95%"),
        ("预算执行率达到100%", "上半年预算执行率|≥50%"),
        ("疫苗接种率达到95%", "流感疫苗接种率|≥60%"),
        ("设备完好率达到98%，其中老旧设备90%以上", "老旧设备完好率|≥90%"),
        ("接警后1小时内到场", "抢修完成时间|≤24小时"),
        ("公示5个工作日后发放", "补贴发放时间|≤15个工作日"),
        ("提前3天发布", "信息发布时间|≤5天"),
        ("响应时间不超过2小时，特殊情况不超过4小时", "投诉响应时间|≤4小时"),
        ("新建农村公路12公里，改造1.5公里，其余改造在下年完成", "改造农村公路里程|≥2公里"),
        ("新建管道4公里，改造1.5公里，到年底改造总长达到3公里", "改造管道长度|≥3公里"),
        ("上半年新建管道4公里，改造1公里；下半年改造2公里", "改造管道长度|≥3公里"),
        ("东片改造管道1.5公里。西片改造管道1公里", "改造管道长度|≥2.5公里"),
    ],
)
def test_other_persons_and_parts_are_not_the_whole_of_a_row(goal: str, row: str) -> None:
    assert not found("PGK635", NAME, YEAR, f"- 年度目标：{goal}。", f"产出|质量|{row}")


@pytest.mark.parametrize(("number", "hits"), [("1.5", 0), ("1.8", 1)])
def test_an_act_alone_is_done_to_the_thing_before_it(number: str, hits: int) -> None:
    goal = f"- 年度目标：新建灌溉渠道4公里，改造{number}公里，灌溉更加便利。"
    assert len(found("PGA305", NAME, goal, "产出|数量|改造灌溉渠道长度|1.5公里")) == hits


@pytest.mark.parametrize(("number", "hits"), [("300", 0), ("360", 1)])
def test_a_bound_on_those_counted_is_passed_over(number: str, hits: int) -> None:
    goal = f"- 年度目标：筛查60岁以上老人{number}人，早发现早干预。"
    assert len(found("PGA305", NAME, goal, "产出|数量|筛查老人人数|300人")) == hits


@pytest.mark.parametrize("thing", ["彩超", "商超货架", "心超探头"])
@pytest.mark.parametrize(("number", "hits"), [("5", 0), ("6", 1)])
def test_a_word_that_ends_like_a_bound_is_none(thing: str, number: str, hits: int) -> None:
    goal = f"- 年度目标：购置设备11台，其中打印机2台、扫描仪4台、{thing}{number}台，提高效率。"
    assert len(found("PGK604", NAME, goal, "产出|数量|购置设备数量|11台")) == hits


@pytest.mark.parametrize(("rate", "hits"), [("40%", 0), ("45%", 1)])
def test_a_share_is_of_the_part_that_it_names(rate: str, hits: int) -> None:
    text = f"基金规模5亿元，其中市级出资2亿元、社会出资3亿元，市级出资占{rate}。"
    assert len(found("PGK633", NAME, GOAL, f"- 项目概况：{text}", "产出|数量|场次|≥3场")) == hits


def test_a_total_of_income_is_no_cost() -> None:
    text = "预计年停车收入126万元、充电收入24万元，合计150万元；偿还本息200万元。"
    lines = (NAME, "- 预算数：110 万元", GOAL, f"- 收益情况：{text}", "产出|数量|场次|≥3场")
    assert not found("PGA314", *lines)


def test_the_place_of_a_goal_is_named() -> None:
    lines = (NAME, "- 年度目标：好。", "- 周期目标：改造管道9公里。")
    (hit,) = found("PGK635", *lines, "产出|数量|改造管道长度|8公里|3公里", header=CYCLE)
    assert [place.message for place in hit.related] == ["另一处"]
