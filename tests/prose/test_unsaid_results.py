"""Calculations of which a link is not printed as a word: results alone in their clause, prices a month without a number of
months, rates of money, amounts in brackets, lists behind a number. Each is made of all combinations of some numbers; the
right one agrees or is left open, the wrong one is asked about and never said to be certain where a link is missing."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal

import pytest

from perfgoals_lint.prose import scan
from perfgoals_lint.prose.relations.relation import Relation

A, B, C = (6, 9), (14, 25), (30, 42)
Made = Callable[[int, int, int, Decimal], str]


def _wan(value: Decimal) -> str:
    return f"{(value / 10000).normalize():f}万元"


def contradictions(text: str) -> list[Relation]:
    return [one for one in scan(text).relations if one.holds is False and one.certainty != "open"]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


KINDS: dict[str, tuple[Made, Callable[[int, int, int], int]]] = {
    "an amount alone behind a price and its number": (
        lambda a, b, c, t: f"台账补助：每班次{a * 10}元，全年{b * 100}班次，{_wan(t)}。",
        lambda a, b, c: a * b * 1000,
    ),
    "an amount behind the bracket that explains it": (
        lambda a, b, c, t: f"网点专管员补助（{b}人，每人{a}000元）{_wan(t)}。",
        lambda a, b, c: a * b * 1000,
    ),
    "the fee for the thing itself": (
        lambda a, b, c, t: f"资助学员{b}0名，每名{a}000元，发放助学金{_wan(t)}，发放及时率100%。",
        lambda a, b, c: a * b * 10000,
    ),
    "a price a quarter and the year": (
        lambda a, b, c, t: f"警报器维护{b}台，每台每季度{a}50元，全年{_plain(t)}元。",
        lambda a, b, c: (a * 100 + 50) * b * 4,
    ),
    "pay, persons and months": (
        lambda a, b, c, t: f"教练{a}名，月薪{b}00元，服务10个月，共{_plain(t)}元。",
        lambda a, b, c: a * b * 1000,
    ),
    "a rate of money": (
        lambda a, b, c, t: f"每10万元补贴{a}00元，共投入{b}0万元，补贴{_plain(t)}元。",
        lambda a, b, c: a * b * 100,
    ),
    "figures in brackets behind their names": (
        lambda a, b, c, t: f"设备更新（{a}万元）、机房改造（{b}万元）、线路（{c}万元），合计（{_wan(t)}）。",
        lambda a, b, c: (a + b + c) * 10000,
    ),
    "two prices for one number": (
        lambda a, b, c, t: f"档案扫描每页{a}元，著录每页{a + 1}元，{b}00页，合计{_plain(t)}元。",
        lambda a, b, c: (2 * a + 1) * b * 100,
    ),
    "one price for several numbers": (
        lambda a, b, c, t: f"甲级资质评审{a}家、乙级资质评审{b}家，评审费每家2000元，共{_plain(t)}元。",
        lambda a, b, c: (a + b) * 2000,
    ),
    "the parts of a whole added up once more": (
        lambda a, b, c, t: (
            f"羊舍改造{a + b + c}万元：材料费{a}万元、人工费{b}万元、监理费{c}万元，以上三项共{_wan(t)}。"
        ),
        lambda a, b, c: (a + b + c) * 10000,
    ),
    "parts behind the number of those that have them": (
        lambda a, b, c, t: (
            f"补贴资金{_wan(t)}，涉及3个乡镇，分别为清源镇{a}万元、白河乡{b}万元、石门镇{c}万元。"
        ),
        lambda a, b, c: (a + b + c) * 10000,
    ),
    "a ratio with its whole in front": (
        lambda a, b, c, t: f"项目资金{a * b}0万元按{a}:{10 - a}由市县分担，市级{_wan(t)}，县级{b * (10 - a) * a}万元。",
        lambda a, b, c: a * b * a * 10000,
    ),
    "each thing by the end of its name": (
        lambda a, b, c, t: f"{b}个监测井，每井年运维费{a}000元，需要{_plain(t)}元。",
        lambda a, b, c: a * b * 1000,
    ),
    "each thing by its measure word": (
        lambda a, b, c, t: f"补助按每车每年{a}万元，{b}辆，需{_wan(t)}。",
        lambda a, b, c: a * b * 10000,
    ),
    "the unit as the name of a price": (
        lambda a, b, c, t: f"村医培训{b}0人次，人次经费{a}00元，预算{_plain(t)}元。",
        lambda a, b, c: a * b * 1000,
    ),
    "persons each time": (
        lambda a, b, c, t: f"全年考试{a}次，每次需安保人员{b}人，每人每次{c}0元，共计{_plain(t)}元。",
        lambda a, b, c: a * b * c * 10,
    ),
    "a share that is paid": (
        lambda a, b, c, t: f"合同总额{c}0万元，按{a}0%支付首付款{_wan(t)}。",
        lambda a, b, c: a * c * 10000,
    ),
    "a cut by a rate": (
        lambda a, b, c, t: f"上年同期支出{c}0万元，按压减{a}0%的要求，本年安排{_wan(t)}。",
        lambda a, b, c: c * (10 - a) * 10000,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_right_ones_are_not_accused(kind: str) -> None:
    made, result = KINDS[kind]
    texts = [made(a, b, c, Decimal(result(a, b, c))) for a, b, c in itertools.product(A, B, C)]
    assert [text for text in texts if contradictions(text)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_wrong_ones_are_seen(kind: str) -> None:
    made, result = KINDS[kind]
    texts = [made(a, b, c, Decimal(result(a, b, c)) * 107 / 100) for a, b, c in itertools.product(A, B, C)]
    assert [text for text in texts if not contradictions(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "网格员{b}名，每人每月{a}00元，合计{t}元。",
        "终端{b}台，每台每月{a}00元，费用{t}元。",
    ],
)
@pytest.mark.parametrize("months", range(1, 13))
def test_any_whole_number_of_months_may_be_meant(text: str, months: int) -> None:
    for a, b in itertools.product(A, B):
        assert contradictions(text.format(a=a, b=b, t=a * b * 100 * months)) == []
        wrong = contradictions(text.format(a=a, b=b, t=a * b * 1000 * 12 + 70))
        assert [one.certainty for one in wrong] == ["likely"]


COUNTS: dict[str, tuple[str, int]] = {
    "培训{a}期，每期{b}人，培训学员{t}人。": (1, 0),
    "送戏{t}场，{a}个乡镇每镇{b}场，惠及群众5万人次。": (1, 0),
    "配备巡河员{t}名，每条河{a}名，共{b}条河。": (1, 0),
}


@pytest.mark.parametrize("text", COUNTS)
def test_a_rate_a_number_and_a_total_in_any_order(text: str) -> None:
    for a, b in itertools.product(A, B):
        assert contradictions(text.format(a=a, b=b, t=a * b)) == []
        assert len(contradictions(text.format(a=a, b=b, t=a * b + a))) == 1


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("门诊共92个，标准化门诊64个，其余28个年内完成改造。", "门诊共92个，标准化门诊64个，其余38个年内完成改造。"),
        ("四个季度分别开展演练3次、4次、5次、4次，全年16次。", "四个季度分别开展演练3次、4次、5次、4次，全年18次。"),
        ("采制广播节目208期，每周4期。", "采制广播节目228期，每周4期。"),
        ("整治问题图书1250册，幼儿园430册，小学820册。", "整治问题图书1520册，幼儿园430册，小学820册。"),
        ("示范带全长15公里，一期6公里，二期9公里。", "示范带全长15公里，一期6公里，二期8公里。"),
        ("现有公益林21万亩，新增2万亩，总面积达到23万亩。", "现有公益林21万亩，新增2万亩，总面积达到25万亩。"),
        ("新增岗位1260个，完成年度目标1200个的105%。", "新增岗位1260个，完成年度目标1200个的115%。"),
        ("评估320台，其中住宅210台、医院46台、公共场所64台。", "评估302台，其中住宅210台、医院46台、公共场所64台。"),
        ("开工付30%即18万元，完工付40%即24万元，验收付30%即18万元。", "开工付30%即18万元，完工付40%即28万元，验收付30%即18万元。"),
        ("保费每头180元，县级承担30%，即54元，投保5000头。", "保费每头180元，县级承担30%，即56元，投保5000头。"),
        ("维保合同三年57万元，年均19万元。", "维保合同三年57万元，年均17万元。"),
    ],
)  # fmt: skip
def test_counts_and_shares(right: str, wrong: str) -> None:
    assert contradictions(right) == []
    assert len(contradictions(wrong)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "每个行政村补助2万元，每个社区补助3万元，共9个村、10个社区，合计48万元。",
        "午餐每份补3元、晚餐每份补2元，全年供应午餐4万份、晚餐3万份，共18万元。",
        "轿车2辆，每月每辆4000元；商务车1辆，每月6000元，全年16.8万元。",
        "一次性补助，每人最高不超过2万元，预计15人左右，安排20万元。",
        "2024年4月—11月开展培训8期，每月1期。",
        "市级承担63万元（占70%），区级承担27万元（占30%）。",
        "宣传月活动经费：文艺演出8万元、知识竞赛3万元，总费用11万元。",
        "线缆敷设3.5千米，每千米3万元，预算10.5万元。",
        "其他费用5万元。含税价18.08万元，不含税价16万元。",
        "产值超千万元的3家，每家奖励8万元，小计24万元；产值超500万元的4家，每家奖励4万元，小计16万元；共计40万元。",
        "合计24.6万元，一是工资14.2万元；二是燃油6.9万元；三是保险3.5万元。（一）宣传53万元；（二）登记32万元。",
    ],
)
def test_right_texts_that_look_like_them(text: str) -> None:
    assert contradictions(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("财政拨款占100%，其中市级70%、区级30%。", False),
        ("财政拨款占100%，其中市级70%、区级40%。", True),
        ("财政拨款占90%，其中市级60%、区级30%。", False),
        ("财政拨款占90%，其中市级75%、区级25%。", False),
        ("财政拨款占90%，其中市级75%、区级35%。", True),
    ],
)
def test_shares_behind_a_share_are_its_parts(text: str, wrong: bool) -> None:
    """Of parts that are named behind a share with 其中 the share itself is none."""
    found = [one for one in scan(text).relations if one.kind == "shares"]
    assert [one.holds for one in found] == [not wrong]
