"""Calculations told by brackets, levels and what is left of a stock: each text right, and with its result wrong."""

import pytest

from perfgoals_lint.prose.scan import scan

TEXTS = {
    "（住宿费{0}元+餐费80元）*30人*2天={1}元": lambda a: (a + 80) * 60,
    "（{0}+80）元/台×36台={1}元": lambda a: (a + 80) * 36,
    "（一类4个×{0}元+二类6个×200元）={1}元": lambda a: 4 * a + 1200,
    "5个街区，每个街区{0}个院落，每个院落配备2名楼长，共配备{1}名。": lambda a: 10 * a,
    "4个片区各设取样点{0}个，每季度每个取样点采样2次，全年共采样{1}次。": lambda a: 32 * a,
    "现有渡工{0}人，退出12人，新聘20人，年末在岗{1}人。": lambda a: a + 8,
    "实施前耗电{0}千瓦时，实施后100千瓦时，节约{1}千瓦时。": lambda a: a - 100,
    "打造示范点{0}个、提升点80个、整治点26个，合计{1}个。": lambda a: a + 106,
    "安排船坞资金（{1}万元），包括围挡{0}万元、标牌14万元、清理120万元。": lambda a: a + 134,
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("first", [150, 145, 236])
def test_a_result_is_held_against_what_makes_it(text: str, first: int) -> None:
    """The right result contradicts nothing, a wrong one does, and what it should be is what was reckoned."""
    result = TEXTS[text](first)
    assert not [one for one in scan(text.format(first, result)).relations if one.holds is False]
    wrong = [one for one in scan(text.format(first, result + 70)).relations if one.holds is False]
    assert [one.computed / one.result.scale for one in wrong] == [result]


@pytest.mark.parametrize(
    "text",
    [
        "5个街区，每个街区8个院落，每个街区配备2名楼长，共配备10名。",
        "垦户120户，户均6.67亩，共800亩。",
        "巡演24场（每月3场）。",
        "更换探头25个（每月检查3个）。",
        "现有渡工36人，退出12人，年末驾船30人。",
        "设备（25万元）、机房（20万元），合计（45万元）",
    ],
)
def test_what_is_of_something_else_is_silent(text: str) -> None:
    """Another level, a rounded average, a whole number of months, another act."""
    assert not [one for one in scan(text).relations if one.holds is False]


TAKEN_BACK = """维修费12万元，救助金（每人1万元，12人），宣传费6万元，共30万元。
12万元用于救助（每人1万元，拟救助12人），8万元用于宣传，共计20万元。
预计门票收入20万元以上，演出30场，每场5万元，共需补助130万元。
争取捐赠50万元以上，购置设备10台，每台20万元，共需财政资金150万元。
项目前期投入50万元，项目后期投入30万元，节约30万元。
上市前抽检50批，上市后抽检30批，较上年增加10批。
实施前有120户，实施后脱贫100户，减少100户。
巡演25场（每周3场）。
更新航标25座（每月3座）。"""


@pytest.mark.parametrize("text", TAKEN_BACK.splitlines())
def test_what_words_alone_seem_to_say_is_silent(text: str) -> None:
    assert not [one for one in scan(text).relations if one.holds is False]


@pytest.mark.parametrize(
    "text",
    [
        "培训900人，其中男900人、女760人。",
        "每人每天400元（住宿费450元、伙食费100元），培训50人5天。",
        "质量抽检5万/批，20批，共120万元。",
        "编制100人，在编90人，空编20人。",
    ],
)
def test_what_tightening_must_not_lose_is_found(text: str) -> None:
    assert [one for one in scan(text).relations if one.holds is False]


@pytest.mark.parametrize("each", ["每月清运费2万元", "每季度清运费2万元"])
@pytest.mark.parametrize("joint", ["，其中", "，含", "，包括", "（其中", "（含"])
@pytest.mark.parametrize("whole", ["", "，全年{}万元", "，全年共{}万元"])
def test_what_is_paid_each_month_is_made_up_of_its_parts(each: str, joint: str, whole: str) -> None:
    year = 24 if "月" in each else 8
    end = "）" if "（" in joint else ""
    text = f"{each}{joint}人工{{}}万元、油料0.8万元{end}{whole.format(year)}。"
    right, wrong = scan(text.format("1.2")), scan(text.format("1.3"))
    assert [one.value for one in right.entries] == [year * 10000]
    assert {one.holds for one in right.relations} == {True}
    assert [one.expression for one in wrong.relations if one.holds is False] == ["1.3 + 0.8 = 2.1 万元"]


STOCKS = {
    "原有班级34个，撤并6个，新设9个，调整后共{}个班级。": 37,
    "年初库存试纸1200支，年内购入3000支，发放3500支，年末库存{}支。": 700,
    "单位原有巡护车160辆，本年报废28辆，剩余{}辆。": 132,
}


@pytest.mark.parametrize("text", STOCKS)
def test_what_comes_and_goes_makes_what_is_left(text: str) -> None:
    right = scan(text.format(STOCKS[text])).relations
    wrong = scan(text.format(STOCKS[text] + 2)).relations
    assert [one.holds for one in right] == [True]
    assert [one.holds for one in wrong if one.holds is not None] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "平均每月水费1万元，其中夏季1.5万元、冬季0.8万元。",
        "每月支付运维费2万元，其中4月至6月为汛期，加付1万元。",
        "每月清运费2万元，其中人工每月1.2万元、油料每月0.8万元，全年24万元。",
        "每月物业费3万元，包括保洁、安保、绿化，全年36万元。",
        "外聘顾问2名，每名每年3万元，另有代理费按件计，共14万元。",
        "购置终端5台，每台0.6万元，加上耗材若干，共8万元。",
        "聘用教师，1—6月18人，9—12月22人，每人每月4500元，共88.2万元。",
        "春秋两季各普查一次，每季经费3万元，全年6万元。",
        "春季、秋季各拨付14.2万元，全年拨付28.4万元。",
    ],
)
def test_what_differs_by_month_or_stands_beside_a_price_is_left_open(text: str) -> None:
    assert [one for one in scan(text).relations if one.holds is False] == []


@pytest.mark.parametrize("since", ["截至2023年底", "近三年", "“十三五”以来", "2020年以来", "前两年"])
@pytest.mark.parametrize("spent", ["累计投入", "共投入", "已投入"])
@pytest.mark.parametrize("between", ["", "，整治河道24条，"])
def test_money_spent_to_date_is_past(since: str, spent: str, between: str) -> None:
    figures = scan(f"{since}{between}{spent}3185万元；2026年计划整治16条，安排120万元。").figures
    assert [one.past for one in figures if one.dimension == "money"] == [True, False]
