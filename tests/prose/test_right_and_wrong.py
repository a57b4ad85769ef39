"""One text a kind of joint between figures: with the figure that they make it agrees, with another it contradicts itself."""

from __future__ import annotations

import pytest

from perfgoals_lint.prose import scan

TEXTS = [
    # Numbers of places directly in front of the numbers that are added up; a number in a bracket inside a name.
    ("为9个校区添置储物柜，其中东片4个260组、西片5个310组，共{}组。", "570", "590"),
    ("加固小型水库21座，其中小（1）型6座，小（2）型{}座。", "15", "16"),
    # Visits for a price a head, counts between a contract and its rest, an amount a month that has its own year.
    ("接待讲师45人次，人均课酬800元，课酬{}万元。", "3.6", "3.9"),
    ("保洁服务合同总价96万元，分两期支付，首期支付60%即57.6万元，余款{}万元。", "38.4", "34.8"),
    ("机房运维16万元/年，密码测评9万元，专线租用每月1.5万元，全年18万元；三项合计{}万元。", "43", "45"),
    # Parts behind what a price makes; what one level pays of a price; all payments of a contract.
    ("补种橡胶苗1.5万株，每株补助60元，补助资金90万元，其中省级54万元、市级18万元、县级{}万元。", "18", "28"),
    ("更新渔船6艘，每艘25万元，其中省补15万元、县补10万元，县级需配套{}万元。", "60", "66"),
    ("平台开发合同总额260万元，首付款78万元已支付，验收款169万元，质保金{}万元。", "13", "15"),
    # Points added to what there was; a rate beside another one; a saving with its rate.
    ("处置及时率达到98%，巡查覆盖率较上年的84%提升5个百分点，达到{}%。", "89", "91"),
    ("网关采购控制价400万元，中标价372万元，节约资金28万元，节约率{}%。", "7", "9"),
    # Prices by kind, several prices of one thing, the yearly fee of several products.
    ("驿站新建5座、改建3座，每座新建补助12万元、改建补助7万元，共{}万元。", "81", "86"),
    ("聘用巡线员30名，每名每月2000元、意外险每月50元，全年{}万元。", "73.8", "78.3"),
    ("巡演每场补贴交通费500元、餐费300元，全年90场，共补贴{}万元。", "7.2", "9.2"),
    ("绿地养护：一级养护10万平方米，单价9元；二级养护40万平方米，单价4元，年养护费{}万元。", "250", "280"),
    ("讲课16个半天，每半天1200元，计{}万元。", "1.92", "2.92"),
    # What is counted, named in front of its number; another measure of the same thing.
    ("被服洗涤费每床每天3元，开放床位400张，按365天计算，全年洗涤费{}万元。", "43.8", "48.3"),
    ("安装隔离栅12.5公里，每延米综合单价160元，工程费用{}万元。", "200", "210"),
    # Rates by kind, so many of each a month, years added up.
    ("全县6所中学、11所小学，中学每所5名，小学每所2名，共聘用{}名保安。", "52", "58"),
    ("噪声监测：14个点位，每个点位每月监测3次，全年监测{}次。", "504", "540"),
    ("书屋建设分年度实施：2023年12个，2024年18个，2025年10个，三年共建成{}个。", "40", "45"),
    ("配发执法终端150套，其中新增60套、更换{}套。", "90", "95"),
    ("项目预算90万元（900000元）。其中设备50万元，软件{}万元。", "40", "46"),
]
RIGHT = [
    # Another year than that of what there is; several numbers behind one price; shares that their amounts confirm.
    "截至2023年底，全镇有管网86公里，其中新换70公里；2024年计划新换9公里。",
    "按人均每天伙食费30元、每年240个工作日核定，在编职工50人，编外人员10人。",
    "保费700万元，其中中央财政补贴40%为280万元，省级财政补贴30%为210万元。",
    "住院患者2.6万人次，门诊39万人次，病床使用率79%。",
    "平整林地90公顷，每亩600元，共81万元。",
    "采购饲料40吨，每公斤4元，共16万元。",
    "分拣工16名，每名每月3200元，旺季3个月加发每月500元，全年63.84万元。",
]


def contradicts(text: str) -> bool:
    return any(one.holds is False and one.certainty != "open" for one in scan(text).relations)


@pytest.mark.parametrize(("text", "right"), [(text, right) for text, right, _ in TEXTS])
def test_what_figures_make_is_silent(text: str, right: str) -> None:
    assert not contradicts(text.format(right))


@pytest.mark.parametrize(("text", "wrong"), [(text, wrong) for text, _, wrong in TEXTS])
def test_what_they_do_not_make_is_seen(text: str, wrong: str) -> None:
    assert contradicts(text.format(wrong))


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_of_something_else_is_silent(text: str) -> None:
    assert not contradicts(text)
