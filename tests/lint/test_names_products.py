"""Heads and sides that are put together from two lists: every product says what its parts say."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.rates import is_rate
from perfgoals_lint.rulebook.lexicons import words


@pytest.mark.parametrize("degree", sorted(words("names.degrees")))
def test_how_far_a_good_state_goes_is_a_share(degree: str) -> None:
    for good in ("通达", "认同", "吻合", "稳定", "知晓", "达标"):
        said = analyse(f"栈桥{good}{degree}")
        assert (said.kind, said.polarity, said.dimension) == ("rate", "higher", "share")
        assert is_rate(f"栈桥{good}{degree}")
    for measured in ("硬", "坡", "海拔高", "含水", "经纬"):
        assert analyse(f"栈桥{measured}度").kind != "rate"


@pytest.mark.parametrize("level", sorted(words("names.money_levels")))
def test_the_level_of_money_is_money(level: str) -> None:
    for money in ("补助", "经费", "贷款", "投资"):
        assert analyse(f"渔户{money}{level}").kind == "money"
    assert analyse(f"渔户服务{level}").kind != "money"


def test_every_length_of_time_is_one_unless_it_is_a_date_or_an_order() -> None:
    for head in sorted(words("names.time_heads")):
        dated = any(head.endswith(date) for date in words("names.date_heads"))
        said = analyse(f"闸门{head}")
        assert said.kind != "time" or said.dimension == (None if dated else "time"), head


@pytest.mark.parametrize(
    ("starts", "ends", "side"),
    [
        ("准正", "点班时", "higher"),
        ("持", "证有", "higher"),
        ("自", "付费", "lower"),
        ("死", "苗株", "lower"),
        ("倒", "伏塌灌", "lower"),
        ("失", "踪败真准", "lower"),
    ],
)
def test_the_parts_of_a_word_tell_the_side_of_a_share(starts: str, ends: str, side: str) -> None:
    for start, end in product(starts, ends):
        assert analyse(f"青岚县{start}{end}率").polarity == side


@pytest.mark.parametrize("bad", ["拖欠", "走私", "欺诈", "滥伐", "虐待"])
def test_cases_of_something_bad_should_be_few_whatever_it_is_done_to(bad: str) -> None:
    for thing in ("", "船工", "渡口旅客"):
        assert analyse(f"{bad}{thing}案件数").polarity == "lower"
    assert analyse(f"{bad}案件侦破数").polarity != "lower"


@pytest.mark.parametrize("kept", ["会议", "赛事", "供餐"])
def test_a_slip_in_what_is_kept_up_for_others_is_a_slip(kept: str) -> None:
    for slip in ("差错", "失误", "事故"):
        assert analyse(f"{kept}保障{slip}次数").polarity == "lower"


@pytest.mark.parametrize("act", ["接待", "监测", "保障"])
def test_work_beyond_its_norm_should_be_rare(act: str) -> None:
    for beyond in ("超标", "超支", "超时"):
        assert analyse(f"渡口{act}{beyond}次数").polarity == "lower"
        assert analyse(f"渡口{beyond}整改次数").polarity == "higher"


@pytest.mark.parametrize("act", ["违建拆除", "危房改造", "纠纷调解", "拆迁安置", "垃圾清运"])
@pytest.mark.parametrize("complaint", ["投诉件数", "有效投诉件数", "上访人次"])
def test_complaints_about_work_are_not_what_is_dealt_with(act: str, complaint: str) -> None:
    assert analyse(act + complaint).polarity != "higher"
    assert analyse(f"处理{complaint}").polarity == "higher"
