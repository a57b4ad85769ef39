"""Figures tied by a word at some distance: a use behind a total, occasions that are named, a price of the year behind that of
a month, a share of what is named once more, what a figure becomes. Each of some numbers, right and wrong, and right neighbours."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from perfgoals_lint.prose import scan

A, B, C = (6, 9), (14, 25), (32, 41)
KINDS: dict[str, Callable[[int, int, int, int], str]] = {
    "a use and further counts behind a total": lambda a, b, c, gap: (
        f"省级补助{a}万元、市级补助{b}万元、县级配套{c}万元，共{a + b + c + gap}万元，用于康复救助，救助儿童65名，每名补助2万元。"
    ),
    "occasions that are named": lambda a, b, c, gap: (
        f"春节、国庆各举办{a}场灯会，中秋举办{b}场灯会，全年共{a * 2 + b + gap}场。"
    ),
    "a price of the year behind that of a month": lambda a, b, c, gap: (
        f"护渔员{c}人，每人每月{b}0元，全年每人{b * 120}元，合计{b * c * 120 + gap * 100}元。"
    ),
    "the year of a price": lambda a, b, c, gap: f"护渔员每人每月{b}0元，每人每年{b * 120 + gap * 10}元。",
    "a share of what is named once more": lambda a, b, c, gap: (
        f"按贷款利息的{a}0%给予贴息，预计企业支付利息{c}0万元，需贴息资金{a * c + gap}万元。"
    ),
    "what a figure becomes": lambda a, b, c, gap: (
        f"平均等候{c}分钟，改造后缩短到{c - a}分钟，缩短{a + gap}分钟。"
    ),
    "what is left, behind its time": lambda a, b, c, gap: (
        f"任务为改厕{a + b + c}座，上半年完成{b}座，三季度完成{c}座，四季度完成剩余的{a + gap}座。"
    ),
    "a ratio in the sentence before": lambda a, b, c, gap: (
        f"保费由省、县两级按3:7分担。全年保费共{c}0万元，省级承担{c * 3 + gap}万元，县级承担{c * 7}万元。"
    ),
    "a price of the year behind that of a term": lambda a, b, c, gap: (
        f"学生{c}名，每生每学期{b}00元，全年两学期每生{b * 200 + gap * 50}元，合计{(b * 200 + gap * 50) * c}元。"
    ),
    "parts behind a semicolon": lambda a, b, c, gap: (
        f"更新电梯{b + c + gap}部，补贴资金300万元；其中住宅电梯{b}部，公共电梯{c}部；故障率下降20%。"
    ),
    "storeys": lambda a, b, c, gap: f"建筑面积{b + c}00平方米，其中一层{b}00平方米、二层{c + gap}00平方米。",
    "years named twice": lambda a, b, c, gap: (
        f"拟用三年建成，总投资{c * 3 + gap}万元，分三年平均安排，每年{c}万元。"
    ),
    "points that say what they are for": lambda a, b, c, gap: (
        f"一是交流，预算{b}万元，主要用于会议；二是研究，预算{c}万元，主要用于课题。两个子项目预算合计{b + c + gap}万元。"
    ),
    "the parts of a price in a bracket": lambda a, b, c, gap: (
        f"协管员{c}名，支出每人每年{a + b}万元（其中工资{a}万元，社保{b + gap}万元），全年需{(a + b) * c}万元。"
    ),
    "what is paid a month in some months": lambda a, b, c, gap: (
        f"自3月1日起至8月底止，按每月{b}万元支付，总额{b * 6 + gap * 3}万元。"
    ),
    "a share for a use": lambda a, b, c, gap: (
        f"安排{c}0万元，按{a}0%的比例用于设备更新，金额为{c * a + gap}万元。"
    ),
    "so many places and their names": lambda a, b, c, gap: (
        f"标识牌{a + b + c}块，分布在3个乡：高店乡{a}块、青坪乡{b}块、南浦乡{c + gap}块。"
    ),
    "a year far in front of its figure": lambda a, b, c, gap: (
        f"2023年全县参保职工医疗救助支出{c}00万元，2024年预计支出{c + a}00万元，增加{a * 100 + gap}万元。"
    ),
    "so many of those that a share is of": lambda a, b, c, gap: (
        f"在籍学生{c}00人，按{a}0%享受免学费政策，即{a * c * 10 + gap}人，由学校公示。"
    ),
    "names with a number in a bracket": lambda a, b, c, gap: (
        f"水库{b + c + gap}座，每座3万元，按季考核。其中小（1）型水库{b}座、小（2）型水库{c}座。"
    ),
}


def contradicts(text: str) -> bool:
    return any(one.holds is False and one.certainty != "open" for one in scan(text).relations)


@pytest.mark.parametrize("kind", KINDS)
def test_the_wrong_one_is_seen_and_the_right_one_is_not(kind: str) -> None:
    for numbers in itertools.product(A, B, C):
        assert not contradicts(KINDS[kind](*numbers, 0)), numbers
        assert contradicts(KINDS[kind](*numbers, 2)), numbers


@pytest.mark.parametrize(
    "text",
    [
        "全县9个放映队，每队油料补助8000元、设备补助16000元，每队合计24000元，总计21.6万元。",
        "设备40万元、安装50万元，共90万元，用于改造，其中省级60万元、县级30万元。",
        "春节、国庆各举办1场，全年共举办文化活动50场。",
        "元旦、春节各慰问1次，每次50户，全年慰问100户。",
        "护林员36人，防火期6个月，每人每月800元，每人每年4800元，合计17.28万元。",
        "服务企业200家，规上企业增加到80家，增加12家。",
        "检查企业200家，确保180家企业均完成整改。",
        "新建驿站12个，改造8个。20个驿站全部投入使用。",
        "除险加固水库5座，15座水库全部落实责任人。",
        "更换井盖60个，600个井盖全部安装防坠网。",
        "安排320万元，奖金的60%用于教师，金额为60万元。",
        "按实际用工成本的30%补助，预计成本60万元，补助15万元（封顶）。",
        "土建60万元、安装25万元，项目总概算200万元，分两年实施。",
        "原计划投资100万元，已投入120万元，剩余20万元缺口待筹。",
        "设备占25%，金额为330万元；用于服务的占60%，金额为792万元；用于差旅的占15%，金额为198万元。",
        "研学33次，其中小学12次、初中9次、高中12次，学生6600人次，场均200人次。",
        "每月合同价款22917元（27.5万元÷12），全年合计27.5万元。",
        "全县15个乡镇中有11个乡镇、96个村纳入扶持范围。",
        "航测面积120平方公里，每平方公里1500元至2500元，取中间值2000元，计24万元。",
        "租房补贴按每月800元发放，全年2.88万元，共3人。",
        "高新技术企业净增20家（新认定28家、摘牌8家）。",
        "失能老人200人，每人每月20小时，服务价格每小时25元，财政年度补助限额72万元。",
        "共享会议室15间，工作日每间每天300元，节假日每天500元，全年约17万元。",
        "收割机480台，20%为进口设备，为近年最高。",
        "春节、五一、国庆各组织1次大检查，日常检查每月1次，全年检查15次。",
        "2023年全年投入55万元，其中上半年30万元，2024年投入60万元，增加5万元。",
        "全年经费90万元，每季度拨付22.5万元，一季度已拨付22.5万元，剩余67.5万元。",
        "每人每季度补助150元，每人每年补助660元（含春节慰问60元）。",
        "涉及3个镇：东桥镇（2个村）、石浦镇（1个村）、双河镇（3个村）。",
    ],
)
def test_right_neighbours(text: str) -> None:
    assert not contradicts(text)


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("涉及4个镇（东桥镇、石浦镇、双河镇）的渠道。", True),
        ("涉及4个乡镇（东桥、石浦、双河），共12个村。", True),
        ("涉及3个村（贫困村、边境村）的渠道。", False),
        ("选取3个县（平原县、山区县）开展试点。", False),
        ("建设5个系统（门户系统、调度系统）。", False),
    ],
)
def test_names_in_a_bracket_are_all_where_one_is_missing(text: str, closed: bool) -> None:
    (listed,) = [one for one in scan(text).enumerations if one.stated]
    assert listed.closed is closed
    assert listed.stated not in listed.possible


@pytest.mark.parametrize(("total", "holds"), [(330, True), (303, False)])
def test_an_amount_behind_a_price_is_what_all_cost(total: int, holds: bool) -> None:
    text = f"（一）渡工费用，人均1.5万元，39万元；（二）码头养护291万元；合计{total}万元。"
    assert [one.holds for one in scan(text).relations] == [holds]


def test_what_is_spent_on_something_else_is_none_of_a_price() -> None:
    text = "补助每户2000元，10万元用于宣传，8万元用于培训，合计38万元。"
    assert [one for one in scan(text).relations if one.holds is False] == []


@pytest.mark.parametrize(
    "text",
    [
        "渡口项目预算{}万元，用于整修。经费来源：财政拨款60万元、自筹20万元。",
        "总投资{}万元，共400平方米，每平方米2000元。资金来源：上级补助60万元，本级财政20万元。",
        "总投资{}万元，其中码头50万元、栈桥30万元。资金来源：上级补助60万元，本级财政20万元。",
    ],
)
def test_sources_of_a_sentence_of_their_own_make_up_the_whole(text: str) -> None:
    assert all(one.holds for one in scan(text.format(80)).relations)
    wrong = [one for one in scan(text.format(85)).relations if one.holds is False and one.kind == "parts"]
    assert [[term.raw for term in one.terms] for one in wrong if "60万元" in one.terms[0].raw] == [
        ["60万元", "20万元"]
    ]
