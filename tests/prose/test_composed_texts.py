"""Texts with several calculations, as summaries of projects have them: columns under a heading, a share behind each part, an
amount for each of what is named or was counted before, differences with their rate, sources, what is left of several. Each
kind is made of all combinations of some numbers, with the right figure and with one of its digits wrong: the right text is
never contradicted, and in the wrong one the figure that it should be is told."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal

import pytest

from perfgoals_lint.prose import scan
from perfgoals_lint.prose.relations.relation import Relation

A, B, C = (6, 8), (14, 27), (31, 45)
Made = Callable[[int, int, int, str], str]
Kind = tuple[Made, Callable[[int, int, int], Decimal]]


def contradictions(text: str) -> list[Relation]:
    return [one for one in scan(text).relations if one.holds is False and one.certainty != "open"]


def _whole(number: int) -> Decimal:
    return Decimal(number)


def _rate(part: int, whole: int) -> Decimal:
    return round(Decimal(part * 100) / whole, 1)


def _wrong(right: Decimal) -> str:
    """The number with its first digit one higher, or with the first two exchanged where it is a 9."""
    text = f"{right:f}"
    return f"{int(text[0]) % 9 + 1}{text[1:]}" if text[0] != "9" else f"8{text[1:]}"


KINDS: dict[str, Kind] = {
    "the number of a heading over columns": (
        lambda a, b, c, t: (
            f"共修缮渡口{t}处，总投资{b + c + 9}万元。其中：东岸{a}处，投资{b}万元；西岸{a + 3}处，投资{c}万元；岛上4处，投资9万元。"
        ),
        lambda a, b, c: _whole(2 * a + 7),
    ),
    "the money of a heading over columns": (
        lambda a, b, c, t: (
            f"共修缮渡口{2 * a + 7}处，总投资{t}万元。其中：东岸{a}处，投资{b}万元；西岸{a + 3}处，投资{c}万元；岛上4处，投资9万元。"
        ),
        lambda a, b, c: _whole(b + c + 9),
    ),
    "the number of a heading over columns without a word between them": (
        lambda a, b, c, t: (
            f"安排{t}个点位，总投资{b + c + 9}万元：北岭镇{a}个{b}万元，南屿镇{a + 3}个{c}万元，东湾镇4个9万元。"
        ),
        lambda a, b, c: _whole(2 * a + 7),
    ),
    "a column of brackets under a bracket": (
        lambda a, b, c, t: (
            f"（一）安排仓储资金{a + b + 2 * c}万元。（其中：市级{t}万元、县级{2 * c}万元）。\n1、安排冷库资金{a + c}万元（其中：市级{a}万元、县级{c}万元）。\n2、安排粮仓资金{b + c}万元（其中：市级{b}万元、县级{c}万元）。"
        ),
        lambda a, b, c: _whole(a + b),
    ),
    "the share of a part of what the parts make": (
        lambda a, b, c, t: (
            f"支出{b + c}万元。其中采样费{b}万元，占{t}%；化验费{c}万元，占{100 - _rate(b, b + c)}%。"
        ),
        lambda a, b, c: _rate(b, b + c),
    ),
    "the share of a part in front of the total": (
        lambda a, b, c, t: (
            f"采样费{b}万元，占{t}%；化验费{c}万元，占{100 - _rate(b, b + c)}%；合计{b + c}万元，占100%。"
        ),
        lambda a, b, c: _rate(b, b + c),
    ),
    "an amount of each of those named": (
        lambda a, b, c, t: (
            f"补助资金共{t}万元，其中上坪村获得{c}万元，下坪村、中坪村、河口村分别获得{b}万元。"
        ),
        lambda a, b, c: _whole(3 * b + c),
    ),
    "an amount of each of some that are said to be so many": (
        lambda a, b, c, t: (
            f"补助资金{t}万元，用于上坪村、下坪村各{c}万元，河口村、桥头村等{a}个村各{b}万元，北岭村5万元。"
        ),
        lambda a, b, c: _whole(a * b + 2 * c + 5),
    ),
    "an amount of each of what an earlier sentence counted": (
        lambda a, b, c, t: (
            f"支持{a}个渔港。其中，每渔港灯标经费{b}万元，共计{t}万元；每渔港围栏经费{c}万元，共计{a * c}万元。"
        ),
        lambda a, b, c: _whole(a * b),
    ),
    "the rate of a rise that is printed": (
        lambda a, b, c, t: f"安排灯标经费{b + c}万元，比上年增加{b}万元，增长{t}%。",
        lambda a, b, c: _rate(b, c),
    ),
    "the rate of a fall that is printed": (
        lambda a, b, c, t: f"灯标经费{c}万元，较2023年减少{b}万元，下降{t}%，主要是压减差旅。",
        lambda a, b, c: _rate(b, b + c),
    ),
    "what a cut leaves of the year before": (
        lambda a, b, c, t: f"2023年预算{b}0万元，按压减20%的要求，2024年安排{t}万元。",
        lambda a, b, c: _whole(b * 8),
    ),
    "a total in front of a list and another behind it": (
        lambda a, b, c, t: f"下达灯标资金{t}万元：\n1.市级{b}万元\n2.县级{c}万元\n以上资金合计{b + c}万元。",
        lambda a, b, c: _whole(b + c),
    ),
    "what a price is made of": (
        lambda a, b, c, t: f"定额标准为{t}元/人天，其中住宿费{c}0元，伙食费{b}0元，资料费{a}0元。",
        lambda a, b, c: _whole((a + b + c) * 10),
    ),
    "a price in instalments": (
        lambda a, b, c, t: f"休渔每亩补助{t}元，五年内分三次下达，第一年{c}0元，第三年{b}0元，第五年{a}0元。",
        lambda a, b, c: _whole((a + b + c) * 10),
    ),
    "a price a day and a price a year": (
        lambda a, b, c, t: f"每人每天补助{a}元，全年在岗2{b}天，每人每年补助{t}元。",
        lambda a, b, c: _whole(a * (200 + b)),
    ),
    "parts of a count in the next sentence": (
        lambda a, b, c, t: f"共调解纠纷{t}件，满意率99%。其中，邻里{b}件、山界{c}件、劳资{a}件。",
        lambda a, b, c: _whole(a + b + c),
    ),
    "parts of a count between their sizes": (
        lambda a, b, c, t: (
            f"申报奖补项目共{t}个，其中：机耕路项目{b}个，长度56公里，晒场{c}个，面积534平方米，水塘{a}个。"
        ),
        lambda a, b, c: _whole(a + b + c),
    ),
    "quarters of a count": (
        lambda a, b, c, t: f"全年检测样品{t}份，四个季度分别为{a}份、{b}份、{c}份、{c}份。",
        lambda a, b, c: _whole(a + b + 2 * c),
    ),
    "what is left of several counts": (
        lambda a, b, c, t: (
            f"复壮任务{b + c + 30}株，目前有{b}株已完成，另{c}株正在实施，其余{t}株年底前完成。"
        ),
        lambda a, b, c: _whole(30),
    ),
    "what is left of a contract behind a share": (
        lambda a, b, c, t: f"合同总价{b}0万元，签订后支付60%即{b * 6}万元，验收后支付剩余{t}万元。",
        lambda a, b, c: _whole(b * 4),
    ),
    "what was left of the year before as a part": (
        lambda a, b, c, t: f"2024年项目预算{t}万元，其中上年结转{b}万元，本年新增{c}万元。",
        lambda a, b, c: _whole(b + c),
    ),
    "a product that a further share confirms": (
        lambda a, b, c, t: (
            f"建设任务{b}000亩，按亩均投入{a}00元测算总投资{t}万元，本次下达总投资的10%，共计{a * b}万元。"
        ),
        lambda a, b, c: _whole(a * b * 10),
    ),
    "donations among the sources": (
        lambda a, b, c, t: (
            f"总投资达到{t}万元，其中村民筹资{a}万元，社会捐赠{b}万元，财政奖补{c}万元，投工31工日。"
        ),
        lambda a, b, c: _whole(a + b + c),
    ),
    "columns in front of their totals": (
        lambda a, b, c, t: (
            f"2023年改造{a}座、投资{b}万元；2024年改造{b}座、投资{c}万元。两年共改造{t}座、投资{b + c}万元。"
        ),
        lambda a, b, c: _whole(a + b),
    ),
    "halves of a year with two figures each": (
        lambda a, b, c, t: (
            f"上半年完成护坡{a}处、投入{b}万元，下半年完成护坡{b}处、投入{c}万元，全年共完成护坡{a + b}处、投入{t}万元。"
        ),
        lambda a, b, c: _whole(b + c),
    ),
    "parts of which one has parts in a bracket": (
        lambda a, b, c, t: f"建成站点{t}个，其中自动站{b + c}个（山区{b}个、平原{c}个），人工站{a}个。",
        lambda a, b, c: _whole(a + b + c),
    ),
    "parts by age": (
        lambda a, b, c, t: f"服务老年人{t}名，其中60至69岁{b}名、70至79岁{c}名、80岁以上{a}名。",
        lambda a, b, c: _whole(a + b + c),
    ),
    "the first month and all after it": (
        lambda a, b, c, t: f"首月支付{b}万元，之后每个月支付{a}万元，全年{t}万元。",
        lambda a, b, c: _whole(a * 11 + b),
    ),
    "what was added to the plan": (
        lambda a, b, c, t: f"年初预算{c}万元，年中追加{b}万元，调整后预算{t}万元。",
        lambda a, b, c: _whole(b + c),
    ),
    "the fee that is a share": (
        lambda a, b, c, t: f"设计费按工程费{b}00万元的{a}%计取，设计费{t}万元。",
        lambda a, b, c: _whole(a * b),
    ),
    "the rate named by what stands behind the part": (
        lambda a, b, c, t: f"全区{c}个社区中有{b}个建成消防站，建成率{t}%。",
        lambda a, b, c: _rate(b, c),
    ),
    "a price of what stands in front of its number": (
        lambda a, b, c, t: f"气象站{b}个，每站每年运维费{a}万元，运维费共计{t}万元。",
        lambda a, b, c: _whole(a * b),
    ),
    "thousands that stand apart": (
        lambda a, b, c, t: f"完成补植{t}株，其中林场{a} {b}5株、群众{a} {c}5株。",
        lambda a, b, c: _whole(2000 * a + (b + c) * 10 + 10),
    ),
}
NUMBERS = list(itertools.product(A, B, C))


@pytest.mark.parametrize("kind", KINDS)
def test_right_figures_are_not_contradicted(kind: str) -> None:
    made, right = KINDS[kind]
    for numbers in NUMBERS:
        text = made(*numbers, f"{right(*numbers):f}")
        assert [(one.expression, one.result.raw) for one in contradictions(text)] == [], text


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_figure_is_told(kind: str) -> None:
    made, right = KINDS[kind]
    for numbers in NUMBERS:
        meant = right(*numbers)
        text = made(*numbers, _wrong(meant))
        told = {
            round(value / scale, 1)
            for one in contradictions(text)
            for value in (one.computed,)
            for scale in (1, 10000)
        }
        assert round(meant, 1) in told, (text, told)


@pytest.mark.parametrize(
    "text",
    [
        "对东、中、西部镇的补助比例分别为40%、60%、80%。",
        "灯标经费预算较2023年增加2.4万元，其中差旅费较上年同期减少0.6万元，减少4.7%。",
        "护理补贴301.6万元；农村低保1342.6万元，其中，春节补贴576.6万元，电费补贴13.1万元；集中供养88万元，其中春节补贴21万元；分散供养177余万元，其中春节补贴60.5万元；发放抚恤金314.96万元。",
        "涉及全县14个镇68个村，共72个项目，计划6月底开工。",
        "预计投资8492万元，涉及3484户，户均2.43万元。",
        "累计到位资金近3.4亿元。其中财政到位1.57亿元，部门到位1.77亿元，已开工的项目涉及投资2.97亿元。",
        "医保补助人均601元，其中中央392元，省级103元，县级承担部分按实际人数结算。",
        "按水费0.3元/立方米、年供水54万立方米测算，收入不足以覆盖成本，缺口由财政补助25万元。",
        "扣除已拨付10.42万元、上年结余15.91万元，专项资金118.56万元，本次申请92.23万元。",
        "开展12项活动，安排经费20万元。培训3期，投入8万元；宣传4场，投入12万元。",
        "全县共10个乡镇，总投资500万元：东坪镇3个村200万元，西坪镇4个村300万元。",
    ],
)
def test_what_only_looks_like_a_calculation_stays_silent(text: str) -> None:
    assert [(one.expression, one.result.raw) for one in contradictions(text)] == []


@pytest.mark.parametrize("b", B)
@pytest.mark.parametrize("c", C)
def test_sources_make_the_whole(b: int, c: int) -> None:
    text = (
        f"项目总投资{b + c}万元，其中土建{b}万元、安装{c}万元。资金来源：市级补助{{}}万元，本级财政{c}万元。"
    )
    assert contradictions(text.format(b)) == []
    assert [one.result.raw for one in contradictions(text.format(b + 9))] == [f"{b + c}万元"]
    assert contradictions(text.format(b - 9).replace("。资金", "。另外的资金")) == []


@pytest.mark.parametrize("thing", ["机井", "路灯", "水闸"])
@pytest.mark.parametrize(
    ("act", "told"), [("更换", True), ("", True), ("维护", False), ("检修", False), ("服务", False)]
)
def test_what_is_done_to_all_there_are_is_no_sum_of_what_is_done_to_some(
    thing: str, act: str, told: bool
) -> None:
    text = f"新换{thing}32座，更换{thing}48座。共{act}{thing}85座。"
    sums = [one for one in scan(text).relations if one.kind == "sum" and one.holds is False]
    assert bool(sums) is told
