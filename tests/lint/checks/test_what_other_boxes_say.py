"""What boxes beside the goal say of a row, of the budget and of its parts, is held against them."""

from __future__ import annotations

import pytest

from lint.checks.drawn import found

NAME = "- 项目名称：社区驿站运行"
GOAL = "- 年度目标：驿站开放有序，居民生活更加方便。"
YEAR = "- 预算年度：2026"


@pytest.mark.parametrize("label", ["资金用途", "项目概况", "测算依据", "服务内容"])
@pytest.mark.parametrize("text", ["配备驿站管理员{}名，全天开放。", "全区驿站管理员配备{}名。"])
@pytest.mark.parametrize(("number", "hits"), [("36", 0), ("63", 1), ("30", 1)])
def test_a_row_is_what_another_box_counts(label: str, text: str, number: str, hits: int) -> None:
    lines = (NAME, YEAR, GOAL, f"- {label}：{text.format(number)}", "产出|数量|配备驿站管理员人数|36名")
    assert len(found("PGK635", *lines)) == hits


@pytest.mark.parametrize(
    "text",
    [
        "规划到2030年配备驿站管理员90名。",
        "2025年配备驿站管理员30名。",
        "现有驿站管理员30名。",
        "每处配备驿站管理员3名。",
    ],
)
def test_other_years_and_what_is_there_are_no_counts_of_the_row(text: str) -> None:
    assert not found("PGK635", NAME, YEAR, GOAL, f"- 项目概况：{text}", "产出|数量|配备驿站管理员人数|36名")


def test_a_row_that_the_goal_tells_of_is_judged_by_it() -> None:
    said = "- 年度目标：配备驿站管理员36名，居民生活更加方便。"
    assert not found(
        "PGK635", NAME, YEAR, said, "- 项目概况：配备驿站管理员36名。", "产出|数量|配备驿站管理员人数|30名"
    )


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("扫描图纸，每张3.5元，共扫描2万张。", 1),
        ("扫描图纸，每张3元，共扫描2万张。", 0),
        ("扫描图纸每张1.8元、图纸校对每张1.7元，共2万张。", 0),
    ],
)
def test_a_price_is_what_another_box_prices(text: str, hits: int) -> None:
    assert len(found("PGK635", NAME, GOAL, f"- 测算依据：{text}", "产出|成本|每张图纸扫描成本|≤3元")) == hits


@pytest.mark.parametrize(("rate", "hits"), [("12%", 0), ("15%", 1)])
def test_the_end_of_a_name_tells_its_rate(rate: str, hits: int) -> None:
    goal = f"- 年度目标：为老旧小区换装表具，表具误差率控制在{rate}以内。"
    rows = ("产出|质量|小区居民表具误差率|≤12%", "产出|质量|表具换装验收合格率|≥98%")
    assert len(found("PGK635", NAME, goal, *rows)) == hits


@pytest.mark.parametrize(("number", "hits"), [("1.5", 0), ("1.8", 1)])
def test_an_act_alone_is_done_to_the_thing_before_it(number: str, hits: int) -> None:
    goal = f"- 年度目标：新建灌溉渠道4公里，改造{number}公里，灌溉更加便利。"
    assert len(found("PGA305", NAME, goal, "产出|数量|改造灌溉渠道长度|1.5公里")) == hits


@pytest.mark.parametrize(("number", "hits"), [("300", 0), ("360", 1)])
def test_a_bound_on_those_counted_is_passed_over(number: str, hits: int) -> None:
    goal = f"- 年度目标：筛查60岁以上老人{number}人，早发现早干预。"
    assert len(found("PGA305", NAME, goal, "产出|数量|筛查老人人数|300人")) == hits


@pytest.mark.parametrize(("amount", "hits"), [("260", 0), ("206", 1)])
@pytest.mark.parametrize("word", ["，计", "，共需", "，年", "，全年"])
def test_a_price_with_its_result_is_a_part_of_a_total(word: str, amount: str, hits: int) -> None:
    text = f"1.保管费每吨100元{word}120万元；2.轮换费每吨80元{word}140万元。以上合计{amount}万元。"
    assert len(found("PGK604", NAME, GOAL, f"- 测算依据：{text}", "产出|数量|场次|≥3场")) == hits


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
