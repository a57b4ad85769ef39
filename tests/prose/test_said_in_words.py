"""Shares in words, days of the year, ratios by the order of names, money not spent, a price in a sentence of its own: each of
all combinations of some numbers, the right one and the wrong one, and right texts that look like them."""

from __future__ import annotations

import itertools

import pytest

from perfgoals_lint.prose import scan
from perfgoals_lint.prose.relations.relation import Relation

NUMERALS = "零一二三四五六七八九十"
A, B = (6, 14, 25), (30, 42, 70)


def contradictions(text: str) -> list[Relation]:
    return [one for one in scan(text).relations if one.holds is False and one.certainty != "open"]


@pytest.mark.parametrize(
    "text",
    [
        "设备总价{whole}万元，县级承担{share}，即{part}万元。",
        "改造投资{whole}万元，其中{share}计{part}万元由省级补助，其余由市级承担。",
        "全县{whole}处渡口，{share}（{part}处）完成改造。",
        "中标价{whole}万元，进场支付{share}即{part}万元，完工支付{rest}万元。",
    ],
)
@pytest.mark.parametrize("below", range(2, 9))
def test_a_share_in_words(text: str, below: int) -> None:
    for above, times in itertools.product(range(1, below), (7, 13)):
        share, whole, part = f"{NUMERALS[below]}分之{NUMERALS[above]}", below * times, above * times
        said = {"share": share, "whole": whole, "rest": whole - part}
        assert contradictions(text.format(part=part, **said)) == []
        assert len(contradictions(text.format(part=part + 2, **said))) == 1, said


@pytest.mark.parametrize(
    "text",
    [
        "码头日均接待{a}人次，全年开放{b}天，累计接待{t}人次。",
        "每日巡检塔架{a}座，全年{b}天巡检{t}座次。",
        "每天净化牡蛎{a}吨，全年运行{b}天，净化{t}吨。",
        "每户减免{a}00元，{b}户共减免{t}00元。",
        "对商户减免摊位费，每户减免{a}00元，预计{b}户，减免金额{t}00元。",
        "每位学徒补贴{a}00元。计划招收学徒{b}人。共需{t}00元。",
        "每套相机{a}00元。计划购置{b}套。合计{t}00元。",
        "夜训补贴每餐{a}元，每天{b}人，训练100天，共{t}00元。",
    ],
)
def test_what_is_asked_about_and_never_called_certain(text: str) -> None:
    for a, b in itertools.product(A, B):
        assert contradictions(text.format(a=a, b=b, t=a * b)) == []
        wrong = contradictions(text.format(a=a, b=b, t=a * b * 11 // 10))
        assert [one.certainty for one in wrong] == ["likely"]


@pytest.mark.parametrize("text", ["维护费{w}0万元，省市县按{r}分担，{name}级{t}万元。", "中央、省、市按{r}承担运行费{w}0万元，其中{name}级{t}万元。"])  # fmt: skip
@pytest.mark.parametrize("ratio", [(3, 3, 4), (5, 3, 2), (2, 2, 6)])
def test_the_share_of_one_by_its_place_among_the_names(text: str, ratio: tuple[int, int, int]) -> None:
    names = ("省", "市", "县") if text.startswith("维护") else ("", "省", "市")
    for part, name in zip(ratio, names, strict=True):
        said = {"w": 9, "r": ":".join(map(str, ratio)), "name": name}
        if name:
            assert contradictions(text.format(t=9 * part, **said)) == []
            assert len(contradictions(text.format(t=9 * part + 4, **said))) == 1


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("收集资源800份，其中水稻420份、豆类230份、薯类150份。", "收集资源800份，其中水稻240份、豆类230份、薯类150份。"),
        ("改造75万元，其中：舞台32万元，灯光28万元，座椅15万元。", "改造75万元，其中：舞台32万元，灯光2.8万元，座椅15万元。"),
        ("补给站58个，包括饮水站26个、能量站18个、医疗站14个。", "补给站68个，包括饮水站26个、能量站18个、医疗站14个。"),
        ("冰机总价99万元，三分之一自筹即33万元，其余财政补助。", "冰机总价99万元，三分之一自筹即36万元，其余财政补助。"),
        ("巡护6月至11月，每月3万元，需18万元。", "巡护6月至11月，每月3万元，需21万元。"),
    ],
)  # fmt: skip
def test_parts_and_months_in_front(right: str, wrong: str) -> None:
    assert contradictions(right) == []
    assert len(contradictions(wrong)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "午晚餐补贴每餐25元，24人，300天，共36万元。",
        "旺季日均接待500人次，旺季120天，全年接待9万人次。",
        "5个窗口每日各办理20件，全年250天，全年办理25000件。",
        "日均接诊30人次，门诊日每周5天，全年接诊7800人次。",
        "日均受理15件，工作日250天，全年受理约3700件。",
        "全县31个乡镇，其中21个乡镇达标，占三分之二。",
        "全村人口2100人，三分之一（约700人）外出务工。",
        "总投资90万元，三分之二以上即65万元为设备费，其余为安装费。",
        "预算30万元，较上年压减百分之十即3.33万元。",
        "项目投资100万元（不含设计费10万元），省市县按3:3:4分担，县级40万元，另安排设计费5万元。",
        "减免门票每人30元，接待2000人，带动消费50万元，减免6万元。",
        "每台设备2500元。计划采购80台。含安装费共20.8万元。",
        "制冷机组160万元，由市、区按1:1负担，各承担80万元。",
        "4月至11月，每月租金2万元，需押金2万元，共18万元。",
        "收集资源800份，其中水稻240份、豆类230份。",
        "实施项目52个，包括示范基地26个、养殖基地18个。",
    ],
)
def test_right_texts_that_look_like_them(text: str) -> None:
    assert contradictions(text) == []
