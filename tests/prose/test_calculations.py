"""Products, sums, yearly totals and enumerations: what holds, what does not, and where nothing may be said."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.prose import scan
from perfgoals_lint.prose.relations.relation import Relation


def relations(text: str, *kinds: str) -> list[Relation]:
    return [one for one in scan(text).relations if one.kind in kinds]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("巡护6次*3人/次*0.5万元=9万元", True),
        ("巡护6次×3人×0.5万元=8万元", False),
        ("2万/场×3场共6万", True),
        ("2万/场×3场共7万", False),
        ("4万/场，拟办2场，共8万", True),
        ("4万/场，拟办2场，共7万", False),
        ("购置8台水表，每台约2500元，合共20000元", True),
        ("约1.5万元/场，三场共4.5万元", True),
        ("护林员12名，每人每月3000元，12个月共43.2万元", True),
        ("护林员12名，每人每月3000元，12个月共45万元", False),
        ("租用库房600平方米，月租金每平方米20元，年租金14.4万元。", True),
        ("租用库房600平方米，月租金每平方米20元，年租金15万元。", False),
        ("维护终端80台，季度服务费每台100元，年服务费3.2万元。", True),
        ("巡讲3场，每场100人，每人补助50元，共1.5万元", True),
        ("管护费410元/月，全年合共0.5万元", True),
        ("聘用4名，5.5万元/人/年，年度费用合计22万元", True),
        ("举办4期，每期50人，每人每天400元，每期3天，共计24万元。", True),
        ("维护20个村（社区）管网，每村5万元，共100万元。", True),
        ("每季度巡查2次，全年共8次，每次0.5万元，共4万元。", True),
        ("2万元×80%×3场=4.8万元", True),
        ("0.5×6×3=9万元", True),
        ("0.5×6×3=10万元", False),
    ],
)
def test_product(text: str, holds: bool) -> None:
    verdicts = {one.holds for one in relations(text, "product", "period")}
    assert holds in verdicts
    assert (not holds) not in verdicts


def test_a_product_names_its_operands_and_total() -> None:
    text = "计划：3万/场，拟举办3场，共8万。"
    (product,) = relations(text, "product")
    assert [text[slice(*term.span)] for term in product.terms] == ["3万/场", "3场"]
    assert product.computed == Decimal(90000)
    assert text[slice(*product.result.span)] == "8万"


def test_a_unit_price_without_a_total_is_an_amount_of_the_text() -> None:
    text = scan("计划办2场演练，物料另备，2万/场。")
    assert [entry.value for entry in text.entries] == [Decimal(40000)]
    assert not text.relations


@pytest.mark.parametrize(
    "text",
    [
        "3万/场，拟举办3场，另购设备1万元，共9.5万元",  # the rest of the total stands nowhere
        "开展不少于4场，1万元/场，共6万元",  # more than four may be meant
        "约3万元/场，举办3场，共9.5万元",  # about
        "2万元/人，举办3场，共8万元",  # the price is no price of the thing counted
        "巡讲3场、义诊5场，2万元/场，共8万元",  # of which of them?
        "管护费320元/月，寒暑假除外，全年合共0.3万元",  # months are not stated
        "聘请5名顾问，每次咨询费2000元，共4次，合计4万元。",  # each of the five may be paid
        "采购5辆巡护车、2艘巡逻艇，单价18万元，共80万元。",  # the price does not say of what
        "计划扶持20家，每家不超过50万元，合计不超过800万元。",  # bounds
        "新认定的给予20万元奖励，复审通过的给予10万元奖励，共计奖励500万元。",  # standards, not a breakdown
        "预算150万元，较上年增加30万元，其中人员经费100万元，公用经费80万元。",  # of which of them?
    ],
)
def test_no_verdict_where_an_operand_is_in_doubt(text: str) -> None:
    assert not any(one.holds is False and one.certainty != "open" for one in scan(text).relations)


def test_quoted_calculations_are_marked() -> None:
    assert all(one.result.quoted for one in scan("办法规定“2人×3万元=7万元”。").relations)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("油料费9000元，保养费31000元，全年车辆费合共40000元。", True),
        ("油料费9000元，保养费31000元，全年车辆费合共50000元。", False),
        ("甲站5万元、乙站6万元、丙站7万元，合计20万元。", False),
        ("30万+50万+5万合计85万", True),
        ("30万+50万+5万合计90万", False),
        ("1、清淤30万元；2、护坡50万元；3、标牌5万元。以上三项合计85万", True),
        ("1、清淤30万元；2、护坡50万元；3、标牌5万元。以上三项合计90万", False),
        ("清淤费30万元。护坡费50万元。以上共计80万元。", True),
        ("清淤费30万元。护坡费50万元。以上共计90万元。", False),
        ("专员2名，10万元/人，助理3名，5万元/名，共计35万元。", True),
        ("专员2名，10万元/人，助理3名，5万元/名，共计45万元。", False),
        ("专项研究2个和综合研究1个，专项研究费用15万元/个，综合研究费用20万元/个，共计50万。", True),
        ("专项研究2个和综合研究1个，专项研究费用15万元/个，综合研究费用20万元/个，共计60万。", False),
        ("申请9万元，其中清淤5万元，护坡4万元。", True),
        ("申请9万元，其中清淤5万元，护坡6万元。", False),
        ("新栽行道树。其中：人工费12万元、机械费9万元、清运费5万元，合计30万元。", False),
        ("申请30万元，其中：人工费12万元、机械费9万元、清运费5万元，合计30万元。", False),
        ("新栽行道树。其中：人工费12万元、机械费9万元、清运费9万元，合计30万元。", True),
        ("三年共安排资金9万元，其中甲站5万元，乙站6万元。", False),
        ("申请12万元，其中：1.水泵8万元；2.安装3万元；3.培训0.2万元。", False),
        ("共需资金12万元，其中：1.水泵8万元；2.安装3万元；3.培训1万元。", True),
    ],
)
def test_sum(text: str, holds: bool) -> None:
    verdicts = {one.holds for one in relations(text, "sum", "parts")}
    assert holds in verdicts
    assert (not holds) not in verdicts


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("申请9万元，其中清淤5万元，护坡3万元。", "likely"),  # near: one may have been left out
        ("申请9万元，其中清淤5万元，护坡1万元。", "open"),  # a part of it
        ("申请9万元，其中清淤5万元，护坡6万元。", "sure"),  # more than there is
    ],
)
def test_parts_may_be_incomplete(text: str, certainty: str) -> None:
    (found,) = relations(text, "parts")
    assert (found.holds, found.certainty) == (False, certainty)


@pytest.mark.parametrize(
    "text",
    [
        "新栽行道树。其中：人工费12万元、机械费9万元等，合计30万元。",
        "申请20万元，其中市级费用12万元，自筹费用10万元，合计30万元。",
        "1、清淤30万元；2、护坡；3、标牌5万元。以上三项合计85万",
    ],
)
def test_a_total_of_more_than_is_written_is_not_judged(text: str) -> None:
    assert not any(one.holds is False for one in relations(text, "sum", "parts"))


def test_nested_sums_cover_their_own_level() -> None:
    text = (
        "1、聘请顾问。护林顾问10名，2万元/人/年。湿地顾问10人，0.5万元/人/年。以上共计25万元；"
        "2、每年完成2个专题调查，15万元/个，共计30万；3、护鸟课约1.6万元/期，三期共4.8万元。以上各项总计59.8万"
    )
    totals = {one.result.raw: one for one in relations(text, "sum")}
    assert [one.raw for one in totals["59.8万"].terms] == ["25万元", "30万", "4.8万元"]
    assert totals["25万元"].expression == "20 + 5 = 25 万元"
    assert all(one.holds for one in totals.values())


def test_nested_lists_add_up_level_by_level() -> None:
    text = "一、设备。1、水泵10台，每台0.5万元，小计5万元；2、闸门4扇，共2万元。二、培训费3万元。以上两项合计{}万元。"
    assert [one.holds for one in relations(text.format(10), "sum")] == [True]
    (wrong,) = relations(text.format(12), "sum")
    assert (wrong.holds, wrong.computed) == (False, Decimal(100000))


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("1、申请13万元用于巡护。2、6次*3人*0.5万元=9万元。3、3万/场，拟办3场，共9万。", 310000),
        ("安排租金12万元、水电费8万元，物业费12万元。", 320000),
        ("安排清淤费12万元。另购水泵5台，2万元/台。", 220000),
    ],
)
def test_amounts_that_no_total_covers_are_left_for_the_budget(text: str, total: int) -> None:
    assert sum(entry.value or 0 for entry in scan(text).entries) == total


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("每年电费4万，三年合共12万。", True),
        ("每年电费4万，三年合共18万。", False),
        ("申请每年21万元用于巡护。三年合共63万。", True),
        ("每年装订费用0.8万元，两年装订费合共1.6万元。", True),
        ("每年预算20万，四年合共60万。", False),
        ("四年共需经费200万元，每年50万元。", True),
        ("四年共需经费200万元，每年40万元。", False),
        ("每年补助5万元，连续补助三年，共补助15万元。", True),
        ("每年补助5万元，连续补助三年，共补助20万元。", False),
    ],
)
def test_annual_total(text: str, holds: bool) -> None:
    (found,) = relations(text, "years")
    assert found.holds is holds


@pytest.mark.parametrize(
    "text",
    [
        "申请2022年物业费10万，三年合共40万。",
        "每家每年补助2万元，三年合共90万元。",
        "每年水费6万元、电费4万元，三年合共50万元。",
        "每批费用约1.5万元。三年合共安排360万元。",
        "每年约3万元，三年合共10万元。",
        "2个站点，站点运维费6万元/年，三年合计36万元。",
        "“每年安排2万元”，三年合共90万元。",
    ],
)
def test_no_annual_claim(text: str) -> None:
    assert not any(one.holds is False for one in scan(text).relations)


@pytest.mark.parametrize(
    ("text", "stated", "possible"),
    [
        ("1、清淤；2、护坡；3、标牌。以上三项按期完成。", 3, (3,)),
        ("1、清淤；2、护坡。以上三项按期完成。", 3, (2,)),
        ("维护三个泵站（东站、西站、南站）。", 3, (3,)),
        ("维护四个泵站：东站、西站、南站。", 4, (3,)),
        ("维护四个泵站：东站、西站、南站和北站。", 4, (4,)),
    ],
)
def test_enumeration(text: str, stated: int, possible: tuple[int, ...]) -> None:
    (found,) = [found for found in scan(text).enumerations if found.stated is not None]
    assert (found.stated, found.possible) == (stated, possible)


def test_an_entry_of_two_things_counts_as_one_or_two() -> None:
    text = "租赁：1.东站（含机房租金、宿舍租金）；2.西站（含机房租金）；3.停车场。"
    (found,) = scan(text).enumerations
    assert (found.stated, found.possible) == (None, (3, 4))


def test_an_open_enumeration_claims_nothing() -> None:
    assert not scan("维护四个泵站：东站、西站等。").enumerations


@pytest.mark.parametrize("word", ["合计", "共计", "总计"])
@pytest.mark.parametrize("power", [-2, -1, 1, 2])
@pytest.mark.parametrize("costs", [(6, 24), (12, 8), (15, 9, 6), (2, 3, 4)])
def test_a_total_of_the_entries_with_its_point_in_another_place_contradicts(
    costs: tuple[int, ...], power: int, word: str
) -> None:
    """In a sentence of its own too, where any other total that is far off may be that of something else."""
    goods = ("树牌", "支架", "围栏")
    entries = "；".join(
        f"购置{thing}{cost}套，每套1万元，共{cost}万元" for thing, cost in zip(goods, costs, strict=False)
    )
    total = sum(costs)
    for printed, holds in ((Decimal(total), True), (Decimal(total).scaleb(power), False)):
        (found,) = relations(f"{entries}。{word}{printed:f}万元。", "sum")
        assert (found.holds, found.computed) == (holds, total * 10000)


@pytest.mark.parametrize("total", [150, 7])
def test_a_total_far_off_in_a_sentence_of_its_own_is_left_open(total: int) -> None:
    text = f"购置树牌6套，每套1万元，共6万元；购置支架24套，每套1万元，共24万元。合计{total}万元。"
    assert not relations(text, "sum")


def test_one_part_alone_is_no_calculation() -> None:
    (relation,) = scan("投入资金120万元，其中人员经费180万元。").relations
    assert (relation.holds, relation.expression) == (False, "180 万元")
