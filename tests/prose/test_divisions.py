"""Which whole a list of parts, a share or a rest belongs to: right texts are not accused, their wrong twins are."""

from __future__ import annotations

import itertools

import pytest

from perfgoals_lint.prose import scan
from perfgoals_lint.tables.texts import cell_text

PAIRS = [
    (
        "监测站点共{}个：水质站20个、气象站15个、土壤站10个；其中国家级3个，省级12个，市级30个。",
        "45",
        "46",
    ),
    (
        "监测站点共45个：水质站20个、气象站15个、土壤站10个，其中国家级3个、省级12个、市级{}个。",
        "30",
        "32",
    ),
    ("物业28万元、电梯2.6万元、检测3万元，合计{}万元，其中物业包含保洁11万元、保安17万元。", "33.6", "35.6"),
    (
        "安排50万元，其中第一期{}万元、第二期30万元，第一期分三个子项目，分别为8万元、7万元、5万元。",
        "20",
        "26",
    ),
    ("办公桌20张×2500元、办公椅40把×800元、文件柜28组×1000元，共{}万元。", "11", "12"),
    ("总需求82万元，扣除上年结转12万元、自筹15万元，本年申请{}万元。", "55", "65"),
    ("示范社每家3万元共5家，普通社每家1.5万元共10家，合计{}万元。", "30", "33"),
    ("东片区60万元用于道路，西片区25万元用于路灯，南片区15万元用于管网，共{}万元。", "100", "110"),
    ("一至三季度各12万元，四季度9万元，全年共{}万元。", "45", "54"),
    (
        "大巴每天1500元，10天，5辆，计7.5万元；中巴每天1000元，15天，8辆，计12万元；合计{}万元。",
        "19.5",
        "18.5",
    ),
    ("路灯电费：1500盏×0.1千瓦×10小时×365天×0.4元={}万元。", "21.9", "29.1"),
]


def contradicts(text: str) -> bool:
    return any(one.holds is False and one.certainty != "open" for one in scan(text).relations)


@pytest.mark.parametrize(("text", "right", "wrong"), PAIRS)
def test_the_whole_is_found(text: str, right: str, wrong: str) -> None:
    assert not contradicts(text.format(right))
    assert contradicts(text.format(wrong))


@pytest.mark.parametrize(
    "text",
    [
        "2023年预算32万元，2024年预算40万元，较2023年增加8万元，增幅25%。",
        "每月组织活动2场，全年24场，其中夏季7—8月每月增加1场，全年共26场。",
        "培训800人，人均400元，中央补助50%即16万元，省级补助30%即9.6万元，县级20%即6.4万元。",
        "水费12万元、电费30万元、燃气费6万元。其中2023年水费11.2万元、电费28.7万元、燃气费5.6万元。",
        "2024年度：上半年15万元，下半年20万元；2025年度：40万元。",
        "维修A楼屋面6万元、B楼屋面5万元，两楼外墙共8万元。",
        "建设3个平台、5个系统：数据平台、业务平台、服务平台，以及预警、调度、统计、档案、评价系统。",
        "12个社区，每个社区8万元；其中办公经费3万元，服务经费5万元，共计96万元。",
        "工资54万元，奖金按10%计5.4万元，扣减上年结余0.4万元，共需59万元。",
    ],
)
def test_what_belongs_to_another_whole_is_not_accused(text: str) -> None:
    assert not contradicts(text)


def test_any_second_division_of_a_whole_is_checked_by_itself() -> None:
    """Two divisions of one number, by any marks and words between them."""
    joints, marks = ("；其中", "，其中", "；按级别分"), ("、", "，")
    for joint, mark, first, second in itertools.product(joints, marks, (7, 12), (5, 9)):
        whole = first + second
        kinds = f"新建{first}座{mark}改建{second}座"
        levels = f"甲级{second - 2}座{mark}乙级{first + 2}座"
        assert not contradicts(f"泵站共{whole}座，其中{kinds}{joint}{levels}。")
        assert contradicts(f"泵站共{whole + 3}座，其中{kinds}。")


def test_a_named_amount_keeps_its_line() -> None:
    assert cell_text("1.清运费：15.8万\n处理费：18万") == "1.清运费：15.8万\n处理费：18万"
    assert cell_text("安排资金15.8万元用于\n设备：30台") == "安排资金15.8万元用于设备：30台"


@pytest.mark.parametrize("frame", ["{}，{}；{}。", "{}（{}；{}）。", "{}，{}，{}。"])
@pytest.mark.parametrize("by", ["按", "从"])
def test_each_division_by_something_is_checked_whether_or_not_the_other_adds_up(frame: str, by: str) -> None:
    end = "看" if by == "从" else "分"
    for more, others in itertools.product((0, 4), repeat=2):
        first = f"{by}性别{end}，男{40 + more}人、女60人"
        second = f"{by}年龄{end}，中年35人、老年{65 + others}人"
        found = [
            one for one in scan(frame.format("培训100人", first, second)).relations if one.holds is not None
        ]
        told = [one.holds for one in found if one.result.value == 100]
        assert [told[0], told[1]] == [not more, not others]


def test_tenths_of_two_digits_are_hundredths() -> None:
    """85折 and 八五折 are 85%, 8.5折 too, and 八折 is 80%."""
    for hundredths, forms in (
        (85, ("85折", "八五折", "8.5折")),
        (70, ("七折", "7折")),
        (95, ("95折", "九五折", "9.5折")),
    ):
        for form in forms:
            right = 200 * hundredths // 100
            assert [one.holds for one in scan(f"采购原价200万元，{form}即{right}万元。").relations] == [True]
            assert contradicts(f"采购原价200万元，{form}即{right - 20}万元。")
    assert not contradicts("采购原价200万元，七八成即145万元。")
