"""One text a kind of joint between figures: with the figure that they make it agrees, with another it contradicts itself."""

from __future__ import annotations

import pytest

from perfgoals_lint.prose import scan

TEXTS: list[tuple[str, str | tuple[str, ...], str | tuple[str, ...]]] = [
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
    # So many a month for named months, a fee with a period of its own, some of what is added up.
    ("17个断面，4月至9月每个断面每月采样2次，全年采样{}次。", "204", "240"),
    ("聘用哨工10人，每人每月工资3000元、每年体检费500元，全年{}万元。", "36.5", "42"),
    # What two levels pay of a price, each.
    ("补贴牧草1000亩，每亩150元，其中省级100元、县级50元，县级需5万元，省级需{}万元。", "10", "11"),
    ("补贴牧草1000亩，每亩150元，其中省级100元、县级50元，县级需{}万元，省级需10万元。", "5", "6"),
    ("测评8万元，云资源每月2.5万元，全年30万元，合计{}万元。", "38", "48"),
    ("渡口保洁率较上年的84%提升5个百分点，2025年达到{}%。", "89", "98"),
    # A whole with its parts in front of a total of the last price; names of money that are none of another thing.
    ("总预算110万元，其中绿化费20万元，道路30公里，每公里2万元，共60万元，管网{}万元。", "30", "50"),
    ("预算{}万元：绿化费20万元，道路30公里每公里2万元，共60万元，管网10万元。", "90", "100"),
    ("巡堤车6辆，每辆每年3万元，车辆运行费用{}万元。", "18", "28"),
    ("铺设管网30公里，每公里2万元，工程建设费用{}万元。", "60", "80"),
    ("铺设管网30公里，每公里2万元，中央财政资金{}万元。", "60", "80"),
    ("补助12所学校，每所2万元，设备采购资金{}万元。", "24", "26"),
    ("每名护工补贴{}元，40名护工20万元。", "5000", "500"),
    # Half days beside days, and beside what is counted in halves.
    ("讲课8天，每半天1200元，计{}万元。", "1.92", "0.96"),
    ("每人每半天150元，20人，8天，共{}万元。", "4.8", "2.4"),
    ("每半小时100元，服务20个半小时，共{}元。", "2000", "4000"),
    # A price for several numbers together; land in two measures, goods in two.
    ("每人每年500元，教师60人，学生20人，共{}万元。", "4", "5"),
    ("每人每天35元，全年240天，在编68人，编外12人，共{}万元。", "67.2", "76.2"),
    ("平整梯田90公顷，每亩600元，共{}万元。", "81", "18"),
    ("租用林地90公顷、耕地300亩，林地每亩600元，共{}万元。", "81", "88"),
    ("采购饲料40吨，每公斤4元，共{}万元。", "16", "19"),
    # Payments and halves of a year that are not all of it; a rate of what was meant.
    ("合同价400万元，首付款30%为120万元，尾款{}%为{}万元。", ("70", "280"), ("60", "240")),
    ("合同价400万元，上半年40%为160万元，下半年{}%为{}万元。", ("60", "240"), ("50", "200")),
    ("计划浇筑200根，实际180根，完成比例{}%。", "90", "95"),
    ("应到学徒200人，实到180人，到岗就读比例{}%。", "90", "95"),
]
RIGHT = [
    # So many a month for each of what an entry in front counts.
    "目标1：管护12条河道；目标2：每月监测水质1次，全年144次。",
    "管护泵站6座、闸门8孔；每季度检修1次，全年32次。",
    # Another year than that of what there is; several numbers behind one price; shares that their amounts confirm.
    "截至2023年底，全镇有管网86公里，其中新换70公里；2024年计划新换9公里。",
    "按人均每天伙食费30元、每年240个工作日核定，在编职工50人，编外人员10人。",
    "保费700万元，其中中央财政补贴40%为280万元，省级财政补贴30%为210万元。",
    "住院患者2.6万人次，门诊39万人次，病床使用率79%。",
    "购置测距仪30台、水准仪40台，其中国产50台，共计70台。",
    # Another rate with a name of its own, a part of it, a floor above what is reached.
    "覆盖率较上年的84%提升5个百分点，满意度达到95%。",
    "入学率比上年的95.2%提高0.3个百分点，巩固率达到98%。",
    "覆盖率较上年的84%提升5个百分点，其中城区达到95%。",
    "覆盖率较上年的84%提升5个百分点，达到90%以上。",
    # Persons, households and measures behind a name that ends in what a price is for.
    "每班补助5000元，举办编织培训班120人，补助2万元。",
    "每村补助2万元，建设示范村300户，补助6万元。",
    "每校补助20万元，支持寄宿制学校1200人，补助40万元。",
    "每井补助2万元，新打机井1500米，共10万元。",
    "每渠维修2万元，整治干渠12公里，共4万元。",
    # A season, fees that are paid once or of another period.
    "14个点位，采暖季每个点位每月监测3次，全年监测168次。",
    "采暖季，14个点位每个点位每月监测3次，全年监测168次。",
    "每户每月低保金600元、取暖费1000元，100户，全年82万元。",
    "聘用灯塔工10人，每人每月工资3000元、保险费800元、服装费1000元，全年37.8万元。",
    "聘用灯塔工10人，每人每月工资3000元、一次性服装费800元，全年36.8万元。",
    # Some of what was counted; a fee and a subsidy behind prices; an amount a month of the one in front of it.
    "举办讲座6场300人、展览4场500人，其中青少年200人，共800人。",
    "道路保洁10万平方米，单价9元，公厕20座，每座2万元，年运行费30万元。",
    "道路保洁10万平方米，单价9元，公厕20座，每座2万元，补助资金120万元。",
    "补助资金24万元，采暖期每月4.8万元，全年合计24万元。",
    "安排保洁费24万元，每月1.8万元，全年计21.6万元；保安费12万元，合计36万元。",
    "机房运维16万元，云资源每月2.5万元，优惠后全年28万元，合计44万元。",
    # What a level spends otherwise; other numbers than what the rates make; what is paid once a project is done.
    "补贴牧草1000亩，每亩150元，其中省级100元、县级50元，县级另需工作经费8万元。",
    "补贴牧草1000亩，每亩150元，其中省级100元、县级50元，2025年县级已到位3万元。",
    "补贴牧草1000亩，每亩150元，其中省级100元、县级50元，县级财政安排培训经费3万元。",
    "全县5所中学、6所小学，中学每所配保安4名，小学每所配保安2名，共聘用35名（含机动3名）。",
    "全县5所中学、6所小学，中学每所配保安4名，小学每所配保安2名，去年共参加40名。",
    "全县5所中学、6所小学，中学每所办讲座4场，小学每所办2场，累计共举办45场。",
    "全县5所中学、6所小学，中学每所配教师4名，小学每所配教师2名，全县教师共350名。",
    "新建6座、改建4座，新建每座补助15万元，改建完工奖励8万元，共98万元。",
    # What is done to the same ones.
    "维护水尺100根，其中新增30根、维护100根。",
    "培训网格员100人，其中新增30人、轮训90人。",
    "救助流浪人员200人次，其中新增80人次、救助150人次。",
    "分拣工16名，每名每月3200元，旺季3个月加发每月500元，全年63.84万元。",
]


def _all(figures: str | tuple[str, ...]) -> tuple[str, ...]:
    return (figures,) if isinstance(figures, str) else figures


def contradicts(text: str) -> bool:
    return any(one.holds is False and one.certainty != "open" for one in scan(text).relations)


@pytest.mark.parametrize(("text", "right"), [one[:2] for one in TEXTS])
def test_what_figures_make_is_silent(text: str, right: str | tuple[str, ...]) -> None:
    assert not contradicts(text.format(*_all(right)))


@pytest.mark.parametrize(("text", "wrong"), [one[::2] for one in TEXTS])
def test_what_they_do_not_make_is_seen(text: str, wrong: str | tuple[str, ...]) -> None:
    assert contradicts(text.format(*_all(wrong)))


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_of_something_else_is_silent(text: str) -> None:
    assert not contradicts(text)


def test_joints_inside_of_names_are_read_in_one_way() -> None:
    """A pattern that may read them in two takes hours for these."""
    payments = "和".join(["公共及和平路管网10万元以及"] * 60)
    assert not contradicts(f"项目总投资100万元，{payments}其他工程若干")
