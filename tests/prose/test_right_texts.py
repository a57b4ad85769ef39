"""Right texts of kinds that were accused: each is made of all combinations of some numbers, and agrees or is left open.
Where the wrong twin can be judged, it is still seen."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal

import pytest

from perfgoals_lint.prose import scan
from perfgoals_lint.prose.relations.relation import misprinted


def contradicts(text: str) -> bool:
    return any(one.holds is False and one.certainty != "open" for one in scan(text).relations)


def _plain(value: object) -> str:
    return f"{Decimal(str(value)).normalize():f}"


A, B, C = (6, 9), (14, 25), (30, 42)
Made = Callable[[int, int, int, int], str]
RIGHT: dict[str, Made] = {
    "months of another sentence": lambda a, b, c, gap: (
        f"水泵维护费每月{a}万元，全年{a * 12}万元。{gap + 3}月起新增一处泵站，每月巡查{b}次。"
    ),
    "a list that says of its last that there are others": lambda a, b, c, gap: (
        f"投入{c + a}万元，其中器材{c}万元、其他支出若干；（1）栈桥{a}万元，（2）围栏{b}万元，（3）标识{b}万元。"
    ),
    "what pays for it in front of another sentence": lambda a, b, c, gap: (
        f"所需资金{c}万元由财政统筹解决。2024年1—9月完成投资{b}万元，全年预计完成投资{b + c + gap}万元。"
    ),
    "a source of its own for a total behind": lambda a, b, c, gap: (
        f"资料费{a}万元、场地费{b}万元。由省财政补助{c}万元、市财政配套{b}万元，资金总额{b + c}万元。"
    ),
    "a total with a list of its own": lambda a, b, c, gap: (
        f"课程费{a}万元，苗木费{b}万元。2024年共需经费{c + gap}万元（活动{c}万元；阵地{gap}万元）。"
    ),
    "a total of a contract": lambda a, b, c, gap: (
        f"管护每年需{a}万元，巡查每年需{b}万元；合同总额{c * 30}万元，累计支付比例达到70%。"
    ),
    "so much for each ten": lambda a, b, c, gap: f"补植每{a}亩补助500元，共{a * b}亩，补助{b * 500}元。",
    "so many for each hundred, the last not full": lambda a, b, c, gap: (
        f"每百户配备网格员{a}名，全区{b * 100 + 20}户，共需配备{a * b + a * 20 // 100 + 1}名。"
    ),
    "a difference behind a product": lambda a, b, c, gap: f"{a * 100}*0.85-{b}={_plain(a * 85 - b)}万元。",
    "some months each": lambda a, b, c, gap: (
        f"1—6月每月{a}万元，7—12月每月{b}万元，全年{6 * a + 6 * b}万元。"
    ),
    "a further entry beside a price": lambda a, b, c, gap: (
        f"护林员{b}名，每人每年补助{a}万元，另安排培训费{c}万元，合计{a * b + c + gap}万元。"
    ),
    "a price with its parts in brackets": lambda a, b, c, gap: (
        f"救护队员{b}人，人均年经费{a}万元（工资{a - 2}万元、保险1万元、服装1万元），合计{a * b + gap}万元。"
    ),
    "a part of the time beside the whole": lambda a, b, c, gap: (
        f"垃圾日均处理{a * 10}吨，全年{_plain(a * 365 / 1000)}万吨，无害化处理率100%。"
    ),
    "prices a month that make a year together": lambda a, b, c, gap: (
        f"专线{a}条，每条每月{b * 100}元；备线{c}条，每条每月{a * 100}元，年需{(a * b + c * a) * 1200}元。"
    ),
    "a price a month for two areas": lambda a, b, c, gap: (
        f"物业费每月每平方米{a}元，办公区{b * 100}平方米，库房{c * 100}平方米，全年{a * (b + c) * 1200}元。"
    ),
    "a difference of two prices": lambda a, b, c, gap: (
        f"年运营里程{c}万公里，每公里成本{b}元、票款收入{b - a}元，差额{a}元，补贴{a * c}万元。"
    ),
    "pay of those at each place": lambda a, b, c, gap: (
        f"驿站{b}座，每座配管理员1名，月工资{c * 100}元，全年{_plain(b * c * 1200 / 10000)}万元。"
    ),
    "shares with their amounts in brackets": lambda a, b, c, gap: (
        f"岗位补贴每人每月1000元，其中市级承担40%（{_plain(b * 0.4)}万元），县级承担60%（{_plain(b * 0.6)}万元）。"
    ),
    "points in front of a change of counts": lambda a, b, c, gap: (
        f"年径流控制率75%，较改造前提高{b}个百分点，积水点由{a + 5}处减至{a}处，消除5处。"
    ),
    "two of several amounts": lambda a, b, c, gap: (
        f"合同价{a + c}万元，2024年已付{c}万元，2025年付尾款{a}万元；新签合同{b * 2}万元，按50%预付{b}万元，"
        f"两项共{a + b}万元。"
    ),
    "money read as no cost between a price and a total": lambda a, b, c, gap: (
        f"储备粮{b}00吨，保管费每吨每年{a}0元，贷款利息每吨{c}元，合计{b * 100 * (a * 10 + c)}元。"
    ),
    "a fee for something else": lambda a, b, c, gap: (
        f"组织企业参展{a}次，展位费每次{b}万元，随行人员费用{c}万元。"
    ),
    "prices joined behind one word": lambda a, b, c, gap: (
        f"公益林管护：国家级{b}00亩、省级{c}00亩，管护费分别为每亩{a}元和{a + 1}元，"
        f"合计{b * 100 * a + c * 100 * (a + 1)}元。"
    ),
    "months in which less was due": lambda a, b, c, gap: (
        f"运行费每月{a * 2}万元，其中1—2月因检修停运减半，全年{a * 22}万元。"
    ),
    "a total in another unit than the amount in front of it": lambda a, b, c, gap: (
        f"设备{b}000元、安装{a}000元，合计{_plain((a + b) / 10)}万元。"
    ),
    "a part in another unit in brackets": lambda a, b, c, gap: f"安排补贴{c}万元（{a}000元用于宣传）。",
    "a contract of three years": lambda a, b, c, gap: (
        f"合同期2024年10月至2027年9月，合同总价{a * 36}万元，月均{a}万元，2025年支付12个月{a * 12}万元。"
    ),
    "once at each of two times": lambda a, b, c, gap: (
        f"慰问{c}户，中秋、春节各慰问一次，每次{a}00元，计{a * c * 200}元。"
    ),
    "a part of a price": lambda a, b, c, gap: (
        f"签约居民{b}万人，服务包{c + a}元/人由财政补助{c}元，续签率85%。"
    ),
    "an amount of the year before": lambda a, b, c, gap: (
        f"泵站{a}座用电，2023年{b}万元，2024年{b + 4}万元，2025年按{b + 8}万元测算。"
    ),
    "the price of a year beside that of the contract": lambda a, b, c, gap: (
        f"绿地{b}00平方米，养护单价每平方米每月{a}元，合同总价{b * a * 3600}元，每年{b * a * 1200}元，按季支付。"
    ),
    "groups with their entries and a total": lambda a, b, c, gap: (
        f"（一）机房{a + b}万元：1.空调{a}万元；2.电源{b}万元。（二）网络{b + c}万元：1.线路{b}万元；2.设备{c}万元。"
        f"合计{a + 2 * b + c + gap}万元。"
    ),
    "parts with prices in brackets": lambda a, b, c, gap: (
        f"救援装备{a + b}万元（绳索10套，每套{a}000元，{a}万元；头盔10顶，每顶{b}000元，{b}万元）；"
        f"演练{c}万元；合计{a + b + c}万元。"
    ),
    "groups of groups without colons": lambda a, b, c, gap: (
        f"下达资金{a + b + c}万元：\n一、灌溉{a + b}万元\n1.水渠{a}万元\n2.水井{b}万元\n二、监测站{c}万元"
    ),
    "a rest of the first amount": lambda a, b, c, gap: (
        f"规划车位{a + b + c}个，2022年建成{a}个，2023年建成{b}个，两年累计{a + b}个，剩余{c}个明年完成。"
    ),
    "what a cut leaves": lambda a, b, c, gap: f"上年支出{b}0万元，本年压减10%，即按{b * 9}万元申报。",
    "what a discount leaves": lambda a, b, c, gap: f"清单价{b}0万元，按下浮率10%计算，控制价{b * 9}万元。",
    "what a surcharge gives": lambda a, b, c, gap: f"审定价{b}0万元，上浮20%即{b * 12}万元。",
    "amounts of numbered classes": lambda a, b, c, gap: (
        f"安排{a}万元经费，用于普法宣传。补助标准：一类{c}万元、二类{b}万元、三类{a}万元，据实发放。"
    ),
    "shares of a whole that is not named": lambda a, b, c, gap: (
        f"计划总投入{b * c}万元。支付首付款40%（{a * 4}万元），中期款40%（{a * 4}万元），尾款20%（{a * 2}万元）。"
    ),
    "a share of the whole budget behind a total": lambda a, b, c, gap: (
        f"保洁费{a}万元、维修费{b}万元，总计{a + b}万元。设备费{c * 7}万元，占总预算{c * 10}万元的70%。"
    ),
    "a contract of years behind a list": lambda a, b, c, gap: (
        f"租金{c}万元、邮电费{b}万元。合同期内每年支付运维费{a}万元，三年合同总额{a * 3}万元。"
    ),
    "a list of sources that ends its sentence": lambda a, b, c, gap: (
        f"总投资{b + c}万元，由市级财政{b}万元、区级财政{c}万元组成。中标价{b}0万元，保证金为5%，共{_plain(b / 2)}万元。"
    ),
    "prices of several classes": lambda a, b, c, gap: (
        f"补贴标准分别为{a}0元、{b}0元和{c}0元，全年需{a * 12}万元、{b * 12}万元和{c * 12}万元，合计{12 * (a + b + c)}万元。"
    ),
    "a share of a part": lambda a, b, c, gap: (
        f"总投资{b * 5}万元，其中省级资金{b * 4}万元，占80%；发放工资{_plain(b * 1.2)}万元，占省级资金的30%。"
    ),
    "several prices of one day": lambda a, b, c, gap: (
        f"外出办案{b}批次，每批次{a}天，每天住宿{c}0元、伙食{b}元、交通{a}元，共{a * b * (c * 10 + b + a)}元。"
    ),
    "what each is made of": lambda a, b, c, gap: (
        f"示范点{a}个，每点{b + c}万元，包括传感器{b}万元、软件{c}万元，共{a * (b + c)}万元。"
    ),
    "a rest told again": lambda a, b, c, gap: (
        f"剩余资金{a}万元的使用：总指标{a + b + c}万元，一季度已下达{b}万元、二季度已下达{c}万元，"
        f"剩余{a}万元拟于三季度下达。"
    ),
    "so often a month at each place": lambda a, b, c, gap: f"断面{b}个，每月{a}次，全年{a * b * 12}次。",
    "a price beside that of the market": lambda a, b, c, gap: (
        f"电梯{a}台，每台每月{b}0元，年费用{a * b * 120}元，较市场价{c}0元/台/月节约{a * (c - b) * 120}元。"
    ),
    "more in some months": lambda a, b, c, gap: (
        f"导游{b}名，每名每月{c}00元，旺季6个月加发每月{a}00元，全年{b * (c * 12 + a * 6) * 100}元。"
    ),
    "a share of what it makes": lambda a, b, c, gap: (
        f"药品收入{c}00万元，按15%加成测算减少收入{c * 15}万元，财政补助10%即{_plain(c * 1.5)}万元。"
    ),
    "pay of one beside that of all": lambda a, b, c, gap: (
        f"工作站{a}个，每站1名，每月工资{b}00元，年{a * b * 1200}元；办公费{c}000元；共{a * b * 1200 + c * 1000}元。"
    ),
    "an amount a month in a list": lambda a, b, c, gap: (
        f"主机{a}台每台每年{b}00元，防护{c}000元，内容维护每月{a}000元，合计{a * b * 100 + c * 1000 + a * 12000}元。"
    ),
    "two rates of pay in one year": lambda a, b, c, gap: (
        f"物业费全年{5 * a + 7 * b}万元，1至5月每月支付{a}万元，6至12月每月支付{b}万元。"
    ),
    "an allowance beside the pay": lambda a, b, c, gap: (
        f"护林员{b}名，每名每月{a}00元，防火期4个月另按{c}元/月补助，全年{b * (a * 1200 + c * 4)}元。"
    ),
    "firms that are of two kinds": lambda a, b, c, gap: (
        f"发展会员单位{b + c - a}家，其中规上企业{b}家、高新技术企业{c}家。"
    ),
    "households in two kinds of need": lambda a, b, c, gap: (
        f"帮扶家庭{b + c - a}户，其中独居老人{b}户、重病家庭{c}户。"
    ),
    "a total behind the last of the counts": lambda a, b, c, gap: (
        f"上半年检查{a}次，下半年{b}次，全年{a + b}次。"
    ),
    "services of which one is for all": lambda a, b, c, gap: (
        f"体检{c}00人，其中心电图{c}00人、胸片{c * 100 - a}人。"
    ),
    "a rate of use of what is only there": lambda a, b, c, gap: (
        f"编制床位{c}0张，实际开放床位{c}{a}张，床位使用率7{a}.3%。"
    ),
    "measures of one thing side by side": lambda a, b, c, gap: (
        f"水库总库容{c + b}0万立方米，兴利库容{c}0万立方米，死库容{a}0万立方米。"
    ),
    "some of what a fee holds": lambda a, b, c, gap: f"外包费{b + 13}万元（含管理费2万元、社保7万元）。",
    "a total of the year behind amounts of two sentences": lambda a, b, c, gap: (
        f"月租金{a}万元；水电费每月{b}00元，合计全年{_plain(Decimal(a * 1200 + b * 12 + gap * 10) / 100)}万元。"
    ),
    "shares and their amounts in one order": lambda a, b, c, gap: (
        f"改造{c}户，户均补助{a}万元，共需{a * c}万元，省、市、县分别承担50%、30%、20%，"
        f"即{_plain(Decimal(a * c * 5) / 10)}万元、{_plain(Decimal(a * c * 3) / 10)}万元、"
        f"{_plain(Decimal(a * c * 2 + gap) / 10)}万元。"
    ),
    "so many ten thousands of what is no money": lambda a, b, c, gap: (
        f"总播放量{c}万次，下载量新增{a}万、累计{b + c}万，10万+作品{b}部。"
    ),
    "what each of two prices makes": lambda a, b, c, gap: (
        f"一般户{b}户、每户每月{a}0元，特困户{c}户、每户每月{a + 2}0元，"
        f"全年补贴{a * b * 120}元、{(a + 2) * c * 120}元。"
    ),
    "an average and the prices of sorts": lambda a, b, c, gap: (
        f"审计{c}家，每家{a}万元（大型{a + 4}万元、中型{a}万元、小型2万元），共{a * c}万元。"
    ),
    "a deposit and its contract": lambda a, b, c, gap: (
        f"支付质保金{a + b}万元；其中东段合同价{a}00万元，质保金{a}万元。"
    ),
    "subtotals side by side": lambda a, b, c, gap: (
        f"甲类{a}个、乙类{b}个，分别奖励5万元、3万元，小计{a * 5}万元、{b * 3}万元，共{a * 5 + b * 3 + gap}万元。"
    ),
    "a result said to be rounded": lambda a, b, c, gap: f"全县{c}.3万人，人均{b}元，取整为{c * b}万元。",
}
SEEN = {
    "a price with its parts in brackets",
    "groups with their entries and a total",
    "a total of the year behind amounts of two sentences",
    "shares and their amounts in one order",
    "subtotals side by side",
}


@pytest.mark.parametrize("kind", RIGHT)
def test_right_texts_are_not_accused(kind: str) -> None:
    texts = [RIGHT[kind](*numbers, 0) for numbers in itertools.product(A, B, C)]
    assert [text for text in texts if contradicts(text)] == []


@pytest.mark.parametrize("apart", [1, 5, 11, 17])
def test_a_right_text_behind_another_is_right(apart: int) -> None:
    """What a sentence leaves behind (a whole, a price, a share) is not taken up by the next one."""
    kinds = list(RIGHT)
    pairs = [(kind, kinds[(place + apart) % len(kinds)]) for place, kind in enumerate(kinds)]
    texts = [
        f"{RIGHT[one](A[0], B[0], C[0], 0).removesuffix('。')}。{RIGHT[other](A[1], B[1], C[1], 0)}"
        for pair in pairs
        for one, other in (pair, pair[::-1])
    ]
    assert [text for text in texts if contradicts(text)] == []


@pytest.mark.parametrize("kind", sorted(SEEN))
def test_their_wrong_twins_are_seen(kind: str) -> None:
    texts = [RIGHT[kind](*numbers, 7) for numbers in itertools.product(A, B, C)]
    assert [text for text in texts if not contradicts(text)] == []


@pytest.mark.parametrize("numbers", [*itertools.product(A, B, C)])
@pytest.mark.parametrize(
    ("between", "certainty"),
    [("", "sure"), ("（占{0}%）", "likely"), ("，服务{0}00人", "likely"), ("（{0}月）", "sure")],
)
def test_what_leaves_a_figure_unexplained_is_a_question(
    between: str, certainty: str, numbers: tuple[int, int, int]
) -> None:
    first, second, third = numbers
    text = f"水费{first}万元，电费{second}万元{between.format(first)}，气费{third}万元，合计{sum(numbers) + 7}万元。"
    found = [(one.holds, one.certainty) for one in scan(text).relations if one.kind == "sum"]
    assert found == [(False, certainty)]


@pytest.mark.parametrize("numbers", [*itertools.product(A, B, C)])
def test_a_printed_calculation_is_read_in_one_way(numbers: tuple[int, int, int]) -> None:
    count, price, other = numbers
    text = f"雨衣{count}件×{price}元={count * price + 1}元，雨靴{other}双，另有手套{count * price}元。"
    found = [(one.holds, one.certainty) for one in scan(text).relations]
    assert found == [(False, "sure")]


@pytest.mark.parametrize(
    "units", ["县（市、区）", "乡（镇）", "乡镇（街道）", "村（居、社区）", "县（市、区、旗）"]
)
def test_other_words_for_a_unit_are_no_list(units: str) -> None:
    assert [one for one in scan(f"全市15个{units}全部建成服务中心。").enumerations if one.stated] == []


@pytest.mark.parametrize("joined", ["、", "，"])
@pytest.mark.parametrize("numbers", [*itertools.product(A, B, C)])
def test_what_stands_behind_all_parts_is_none_of_them(joined: str, numbers: tuple[int, int, int]) -> None:
    roads = joined.join(
        f"{name}{number}公里" for name, number in zip(("县道", "乡道", "村道"), numbers, strict=True)
    )
    whole = sum(numbers)
    right = f"养护公路{whole}公里，其中{roads}"
    assert not contradicts(f"{right}。")
    assert contradicts(f"养护公路{whole - 5}公里，其中{roads}。")
    if joined == "、":
        assert not contradicts(f"{right}，预防性养护{numbers[0]}公里。")
    assert contradicts(f"{right}{joined}专用道{numbers[0]}公里。")


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("numbers", [*itertools.product(A, B, C)])
def test_a_total_that_repeats_one_of_its_parts_is_wrong(numbers: tuple[int, int, int], place: int) -> None:
    """What stands for another reading is the rest of a larger amount, not any amount that is said twice."""
    first, second, third = numbers
    text = f"水费{first}万元，电费{second}万元，气费{third}万元，合计{numbers[place]}万元。"
    found = [(one.holds, one.certainty) for one in scan(text).relations if one.kind == "sum"]
    assert found == [(False, "sure")]


FAR = {
    "entries": lambda a, b, c: (f"{{}}公里：县道{a}公里，乡道{b}公里，村道{c}公里。", a + b + c),
    "lines": lambda a, b, c: (f"1.水费：{a}00元\n2.电费：{b}00元\n3.气费：{c}00元\n合计：{{}}00元", a + b + c),
    "subtotals": lambda a, b, c: (
        f"灯具{a}台，每台{b}万元，小计{a * b}万元；灯杆{a}根，每根{c}万元，小计{a * c}万元；合计{{}}万元。",
        a * b + a * c,
    ),
    "batches": lambda a, b, c: (
        f"上年已下达第一批资金{a + c}万元，本次下达第二批资金{b + c}万元，两批共{{}}万元。",
        a + b + 2 * c,
    ),
    "months": lambda a, b, c: (f"1—6月每月{a}万元，7—12月每月{b}万元，全年{{}}万元。", 6 * a + 6 * b),
}  # fmt: skip


@pytest.mark.parametrize("kind", FAR)
@pytest.mark.parametrize("numbers", [*itertools.product(A, B, C)])
def test_a_figure_put_in_front_of_a_result_is_seen_however_far_off(
    kind: str, numbers: tuple[int, int, int]
) -> None:
    text, right = FAR[kind](*numbers)
    assert not contradicts(text.format(right))
    assert contradicts(text.format(f"8{right}"))


@pytest.mark.parametrize("meant", [number for number in range(111, 1000, 13) if "0" not in str(number)])
def test_a_misprint_is_one_figure_wrong_left_out_put_in_or_exchanged(meant: int) -> None:
    text = str(meant)
    slips = {f"{text}0", f"{meant}00", text[1] + text[0] + text[2], text[0] + text[2] + text[1]}
    for place in range(4):
        slips |= {text[:place] + digit + text[place:] for digit in "0123456789"}
        slips |= {text[:place] + digit + text[place + 1 :] for digit in "0123456789"}
        slips.add(text[:place] + text[place + 1 :])
    slips = {slip for slip in slips if not slip.startswith("0")} - {text}
    for number in {*slips, "10", "99", str(meant * 3), str(meant * 7 + 5), str(meant + 111)}:
        (figure,) = scan(f"改造{number}处。").figures
        assert misprinted(figure, Decimal(meant)) is (number in slips), (number, meant)


FACTORS = {"persons and times": "评审专家{0}人，每人{1}00元，评审{2}次，评审费{3}元。", "stations and days": "观测站{0}个，每站每天{1}00元，按{2}天计算，需{3}元。"}  # fmt: skip


@pytest.mark.parametrize("kind", FACTORS)
@pytest.mark.parametrize("numbers", [*itertools.product(A, B, C)])
def test_a_number_beside_a_product_is_taken_for_a_factor(kind: str, numbers: tuple[int, int, int]) -> None:
    first, second, third = numbers
    made = first * second * third * 100
    assert not contradicts(FACTORS[kind].format(*numbers, made))
    found = [
        one.computed
        for one in scan(FACTORS[kind].format(*numbers, made + 700)).relations
        if one.holds is False
    ]
    assert found == [made]


@pytest.mark.parametrize("stated", ["两", "三", "四"])
@pytest.mark.parametrize("mark", ["。", "：", "，包括："])
def test_entries_behind_a_sentence_are_counted(mark: str, stated: str) -> None:
    text = f"预算列{stated}个支出事项{mark}一是设施更新；二是水质监测；三是岸线巡查。"
    counted = [one for one in scan(text).enumerations if one.stated]
    assert [one.stated in one.possible for one in counted] == [stated == "三"]


@pytest.mark.parametrize("gain", ["减少损失{}万元以上", "亩均增收{}元以上", "节约资金不少于{}万元"])
def test_what_the_work_brings_in_is_no_part_of_a_product(gain: str) -> None:
    for number in (40, 900):
        text = f"{gain.format(number)}，培训护林员60人，每人200元，共{{}}万元。"
        assert not contradicts(text.format("1.2"))
        assert contradicts(text.format("1.6"))
    assert not contradicts("门票收入20万元，演出30场，每场5万元，共需补助130万元。")
