"""Heads and sides that are put together from two lists: every product says what its parts say."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.rates import is_rate
from perfgoals_lint.rulebook.lexicons import words


def test_every_stretch_of_time_is_asked_in_time_and_no_other_is() -> None:
    """A life is counted in uses, a guarantee in kilometres, a cycle in turns a year."""
    for head in sorted(words("names.time_heads") | {"使用寿命"}):
        said = analyse(f"闸门{head}")
        stretch = any(head.endswith(span) for span in words("names.span_heads"))
        assert (said.kind, said.dimension) == ("time", "time" if stretch else None), head


@pytest.mark.parametrize("level", ["标准", "规模", "总量"])
def test_the_level_of_what_is_spent_has_no_side(level: str) -> None:
    for money in ("财政支出", "研发费用", "投资"):
        said = analyse(f"青岚县{money}{level}")
        assert (said.polarity, said.dimension) == (None, None), said.text


@pytest.mark.parametrize("good", ["精准", "准确", "稳定", "清洁", "平衡", "可靠", "匹配"])
def test_how_exact_a_thing_is_has_no_side_and_is_no_share(good: str) -> None:
    assert analyse(f"闸门{good}度").polarity is None
    assert not is_rate(f"闸门{good}度")


@pytest.mark.parametrize(
    "name", ["渔户满意", "渔户满意情况", "渔户满意水平", "渔户满意度", "旅客满意程度（%）"]
)
def test_approval_is_a_share_however_its_name_ends(name: str) -> None:
    assert is_rate(name)
    assert not is_rate("渡口论坛活跃度")


@pytest.mark.parametrize("bad", ["风险状况", "干旱状况", "焦虑水平", "疲劳状态", "压力水平", "亚健康"])
def test_how_bad_a_state_is_has_no_good_side(bad: str) -> None:
    for figure in ("指数", "得分", "评分"):
        assert analyse(f"船工{bad}{figure}").polarity != "higher"
        assert analyse(f"航道技术状况{figure}").polarity == "higher"


@pytest.mark.parametrize(
    "against", ["反家暴", "防欺凌", "反走私", "贫困船工疗养", "火灾逃生", "关爱贫困船工"]
)
def test_what_is_held_against_something_bad_is_nothing_bad(against: str) -> None:
    for what in ("活动", "活动场数"):
        assert analyse(f"{against}{what}").polarity is None
    assert analyse(f"{against}青岚船工认定案件数").polarity is None


@pytest.mark.parametrize("manner", ["违规", "延期", "退回"])
def test_handing_on_in_a_wrong_way_is_no_good_share(manner: str) -> None:
    for verb in ("移交", "转送", "转报", "提交"):
        assert analyse(f"渡口{manner}{verb}率").polarity != "higher"


@pytest.mark.parametrize(
    "name",
    [
        "外来螺类侵入户数",
        "泥沙入管率",
        "矿井压煤量",
        "一级护理率",
        "高标准收费率",
        "责任倒查率",
        "倒查次数",
        "问卷发回率",
        "渡轮准班级数",
    ],
)
def test_a_pair_of_characters_across_words_is_no_word(name: str) -> None:
    assert analyse(name).polarity is None


def test_what_was_good_by_its_word_stays_good() -> None:
    for name in ("渡工纳入管理率", "船户建档数", "负责人出庭次数", "渡轮准点率", "渡轮正点率"):
        assert analyse(name).polarity == "higher", name


@pytest.mark.parametrize(
    ("starts", "ends", "side"),
    [
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
