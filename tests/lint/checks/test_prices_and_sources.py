"""Prices, hours and sources that goal and rows both state, promises that rows keep, times of two words."""

from __future__ import annotations

import pytest

from lint.checks.drawn import found
from perfgoals_lint.forms.loader import Loader
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.model import Document, Location

LAMPS = "- 项目名称：路灯改造"
YEAR = "- 预算年度：2026"


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("每盏灯改造费用", "≤80元", True),
        ("每盏灯改造费用", "≤80元/盏", True),
        ("每盏灯改造费用", "≤800元", False),
        ("每座灯杆改造费用", "≤80元", False),
        ("路灯改造总费用", "≤80元", False),
    ],
)
def test_a_price_is_that_of_the_goal(name: str, value: str, reported: bool) -> None:
    goal = "- 年度目标：更换路灯6000盏，每盏800元，亮灯率达到99%。"
    assert bool(found("PGK635", LAMPS, YEAR, goal, f"产出|成本|{name}|{value}")) is reported


@pytest.mark.parametrize(("value", "reported"), [("≥700小时", True), ("≥900小时", False)])
def test_hours_are_those_of_the_goal(value: str, reported: bool) -> None:
    goal = "- 年度目标：租用直升机3架，飞行作业900小时。"
    assert bool(found("PGK635", LAMPS, YEAR, goal, f"产出|数量|飞行作业小时数|{value}")) is reported


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("财政拨款60万元、单位自筹20万元共同承担。", True),
        ("财政拨款50万元、单位自筹30万元共同承担。", False),
        ("财政拨款60万元用于灯杆。", False),
        ("财政拨款60万元用于灯杆，设备采购20万元。", False),
        ("财政拨款60万元用于灯杆，设备投入20万元。", False),
        ("财政拨款60万元、社会捐赠20万元共同承担。", True),
    ],
)
def test_a_source_beside_what_makes_the_budget_is_of_the_whole(text: str, reported: bool) -> None:
    sources = ("- 预算数：80 万元", "- 财政拨款：50 万元", "- 其他资金：30 万元")
    hits = found("PGA365", LAMPS, *sources, f"- 年度目标：本项目由{text}", "产出|数量|更换路灯|≥60盏")
    assert bool(hits) is reported


def test_none_of_something_keeps_no_promise() -> None:
    goal = "- 年度目标：组织见习600人。"
    assert not found("PGA305", LAMPS, goal, "产出|质量|见习补贴冒领人数|0人", "产出|数量|见习人数|≥600")
    assert found("PGA305", LAMPS, goal, "产出|数量|见习人数|≥500人")


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("作业指令执行时间", "lower"),
        ("设备年均使用时长", "higher"),
        ("航道无障碍通行时间", None),
        ("村民到卫生室步行时间", "lower"),
    ],
)
def test_the_nearer_word_says_what_a_time_is_of(name: str, side: str | None) -> None:
    assert analyse(name).polarity == side


def test_an_empty_key_of_the_authoring_form_is_a_printed_box() -> None:
    document = Document("a.yaml", "yaml")
    Loader(document).add({"项目名称": "", "主管部门": None}, lambda _: Location("a.yaml"))
    assert set(document.tables[0].labels) == {"project_name", "department"}
