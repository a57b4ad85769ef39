"""The sides that the form of a name tells, and those of words put together: products of parts."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.rulebook.lexicons import words
from perfgoals_lint.rulebook.policy import lexicon

THINGS = ("渡口灯具", "陶窑", "山歌会")


def side(name: str) -> str | None:
    return analyse(name).polarity


def test_the_share_that_work_was_done_to_should_be_high_unless_it_tells_of_wear() -> None:
    seldom = words("names.seldom")
    for work in words("names.acts"):
        if not work.endswith(tuple(seldom)) and work != "送":
            said = analyse(f"陶窑{work}率")
            assert said.kind != "rate" or said.polarity == "higher", work
    for worn in ("更换", "维修", "购置", "拆除"):
        assert side(f"陶窑{worn}率") != "lower"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("how", ["审查", "评价", "认证", "组建", "归集", "接听", "签约", "核对"])
def test_verbs_of_looking_at_setting_up_and_taking_on_are_due(thing: str, how: str) -> None:
    assert side(f"{thing}{how}率") == "higher"
    assert side(f"{thing}违规{how}率") == "lower"


@pytest.mark.parametrize("thing", THINGS)
def test_work_in_the_middle_of_a_name_is_not_what_the_share_is_of(thing: str) -> None:
    for middle in ("服务", "安装", "巡查"):
        assert side(f"{thing}{middle}投诉率") == "lower"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("verb", ["保", "检", "修", "救"])
def test_all_that_should_be_done_is_done(thing: str, verb: str) -> None:
    assert side(f"{thing}应{verb}尽{verb}率") == "higher"
    assert side(f"{thing}欠薪应{verb}尽{verb}率") == "higher"


@pytest.mark.parametrize("how", ["按期", "按需", "及时", "规范", "如期", "准点"])
@pytest.mark.parametrize("verb", ["出窑", "毕业", "拆解", "开演"])
def test_what_is_done_as_asked_should_be_much(how: str, verb: str) -> None:
    assert side(f"陶窑{how}{verb}率") == "higher"
    assert side(f"陶窑未{how}{verb}率") == "lower"


@pytest.mark.parametrize("how", ["按期", "按时", "及时", "如期", "准时"])
@pytest.mark.parametrize("verb", ["撤离", "退票", "断电", "熄灯", "停航", "封窑", "拆架", "禁航"])
def test_what_is_stopped_or_given_back_in_time_should_be_much(how: str, verb: str) -> None:
    assert side(f"渡口{how}{verb}率") == "higher"
    assert side(f"渡口未{how}{verb}率") != "higher"
    assert side(f"渡口{how}漏报率") == "lower"


@pytest.mark.parametrize("what", ["欠租", "残渡", "危船", "失渔", "窑伤", "渔补", "冒领渡补"])
@pytest.mark.parametrize("found", ["认定", "申领", "领用", "探视"])
def test_of_what_is_found_to_be_so_or_asked_for_nobody_knows_how_much_is_good(what: str, found: str) -> None:
    assert side(f"{what}{found}率") != "higher"


@pytest.mark.parametrize("mended", ["修复路段", "治理水域", "改造桥梁", "整治后的渡口区域", "建设场所"])
@pytest.mark.parametrize("mishap", ["事故", "溺水", "火灾", "交通事故"])
def test_the_mending_of_a_place_is_not_that_of_the_mishap(mended: str, mishap: str) -> None:
    for head in ("起数", "次数", "件数", "数", "率", "死亡人数", "发生率"):
        assert side(f"{mended}{mishap}{head}") == "lower", head
    assert side(f"{mended}{mishap}隐患数") != "lower"
    assert side(f"{mended}{mishap}下降率") == "higher"


@pytest.mark.parametrize("how", ["违规", "违法", "非法", "无证"])
@pytest.mark.parametrize("verb", ["出海", "烧窑", "摆渡"])
def test_one_thing_done_against_the_rules_should_be_rare_and_dealing_with_it_should_not(
    how: str, verb: str
) -> None:
    for head in ("率", "起数", "人次"):
        assert side(f"渔船{how}{verb}{head}") == "lower"
    assert side(f"渔船{how}{verb}查处率") == "higher"


@pytest.mark.parametrize("got", ["追回", "收回", "清欠", "化解"])
def test_money_that_comes_back_should_be_much(got: str) -> None:
    for what in ("违规使用窑费", "渡口纠纷", "欠租"):
        assert side(f"{got}{what}金额") == "higher"


@pytest.mark.parametrize("one", ["单船", "单座渡口", "每公里", "每盏灯"])
def test_a_fee_for_one_thing_should_be_low_and_help_for_one_person_has_no_such_side(one: str) -> None:
    assert side(f"{one}年均养护费") == "lower"
    assert side(f"{one}改造投资") == "lower"
    assert side("每人养护费") != "lower"
    for taken in ("租", "过渡", "票", "罚款", "停泊", "保险"):
        assert side(f"{one}{taken}费") is None


@pytest.mark.parametrize("given", sorted(words("names.entitled")))
def test_what_people_are_given_is_a_floor_on_average_too(given: str) -> None:
    for mean in ("", "平均", "人均", "最低"):
        assert side(f"渡工{given}{mean}标准") == "higher"


def test_every_pair_of_a_product_of_bad_words_is_bad() -> None:
    """Whatever stands in front; what a word of another class says comes first."""
    lists = lexicon("names")
    other = {word for one in ("innocent", "wrongly", "costs", "mending") for word in words(f"names.{one}")}
    for starts, ends, listed in lists["products"]:
        if listed != "bad":
            continue
        for start, end in product(lists[starts], lists[ends]):
            if start + end not in other:
                assert side(f"陶窑{start}{end}率") == "lower", start + end


@pytest.mark.parametrize("harm", ["药害", "鼠害", "塌窑"])
def test_what_befalls_is_bad_by_its_last_character_behind_event_too(harm: str) -> None:
    for behind in ("事件数", "事件发生数", "现象发生次数"):
        assert side(f"渡口{harm}{behind}") == "lower"


def test_a_norm_that_is_met_is_good_beside_a_bad_thing() -> None:
    for bad in ("排放", "噪声", "浓度"):
        for met in ("达标", "合格"):
            assert side(f"窑炉{bad}{met}率") == "higher"


@pytest.mark.parametrize("how", ["自愿", "主动", "顺利"])
@pytest.mark.parametrize("verb", ["退出", "转院", "流动"])
def test_what_nobody_is_bound_to_do_has_no_side(how: str, verb: str) -> None:
    assert side(f"渡工{how}{verb}率") != "higher"


@pytest.mark.parametrize(
    "name", ["应诉率", "止痛药服用率", "救助金申领率", "弃猫送养率", "漏上报率", "渡票交易率", "窑工追究率"]
)
def test_acts_that_are_not_due_have_no_side(name: str) -> None:
    assert side(name) != "higher"


@pytest.mark.parametrize("again", ["复", "跑", "交", "退", "重"])
def test_work_that_is_done_again_or_handed_on_is_not_asked_for(again: str) -> None:
    assert side(f"渡口事项{again}办率") != "higher"
    assert side("渡口事项网办率") == "higher"


@pytest.mark.parametrize(
    "name",
    [
        "每公顷固定资产投资",
        "每公顷土地投资",
        "单位面积土地投资",
        "每吨桑葚收购价",
        "单株售价",
        "单家企业平均融资",
        "每件作品稿费",
    ],
)
def test_what_is_earned_or_invested_for_one_is_no_cost(name: str) -> None:
    assert side(name) != "lower"


@pytest.mark.parametrize("animal", ["授粉昆虫", "瓢虫", "田螺", "天敌昆虫", "食蚜蝇"])
def test_an_animal_that_is_wanted_is_no_vermin(animal: str) -> None:
    for figure in ("密度", "发生量"):
        assert side(f"{animal}{figure}") != "lower"
    for vermin in ("钉螺", "害虫", "蚊", "松毛虫"):
        assert side(f"{vermin}密度") == "lower"


@pytest.mark.parametrize("name", ["被访率", "质量案件数", "安全案件数", "结算周期", "火炬传递时间"])
def test_words_of_two_classes_take_no_side(name: str) -> None:
    assert side(name) is None


@pytest.mark.parametrize(
    "name", ["顶岗人数", "学徒进场率", "展期续展率", "三四级手术占比", "A级通缉犯占比", "违规许可撤销率"]
)
def test_neither_substitutes_nor_grades_of_what_is_bad_are_good(name: str) -> None:
    assert side(name) != "higher"


@pytest.mark.parametrize("late", ["超时", "超期", "逾期", "延误"])
@pytest.mark.parametrize("done", ["办结", "结案", "受理", "答复", "审批", "审核", "发放"])
def test_what_is_done_late_should_be_rare_and_what_is_overdue_got_back(late: str, done: str) -> None:
    assert side(f"渡口工单{late}{done}率") == "lower"
    assert side(f"渡口{late}欠租清收率") == "higher"
    assert side(f"渡口{late}清收率") != "lower"


@pytest.mark.parametrize("late", ["超时", "超期", "逾期", "延误"])
@pytest.mark.parametrize(
    "dealt", ["处置", "理赔", "恢复", "整治", "起诉", "监测", "预警", "疏导", "复垦", "劝返"]
)
def test_dealing_with_what_is_late_is_not_late_itself(late: str, dealt: str) -> None:
    assert side(f"渡口{late}{dealt}率") != "lower"


@pytest.mark.parametrize("cover", ["漂浮物", "水葫芦", "蓝藻", "杂草"])
def test_what_covers_that_should_not_is_no_reach_of_a_service(cover: str) -> None:
    assert side(f"渡口{cover}覆盖率") == "lower"
    assert side(f"渡口{cover}清理覆盖率") == "higher"
    assert side("渡口巡查覆盖率") == "higher"
    for wanted in ("石滩苔藓", "麦田积雪"):
        assert side(f"{wanted}覆盖率") != "lower"


@pytest.mark.parametrize("ill", ["晚疫病", "枯梢病", "草原鼠害", "蚜虫"])
@pytest.mark.parametrize("went", ["发生", "危害", "蔓延"])
def test_how_far_an_illness_or_vermin_went_should_be_little(ill: str, went: str) -> None:
    assert side(f"{ill}{went}面积") == "lower"
    assert side(f"{ill}防治面积") != "lower"


@pytest.mark.parametrize("work", ["预警", "监测", "报警", "识别"])
@pytest.mark.parametrize("what", ["", "信息", "数据", "结果"])
@pytest.mark.parametrize("fault", ["误发", "漏报", "错登"])
def test_what_goes_wrong_in_the_work_is_bad_behind_its_fruit_too(work: str, what: str, fault: str) -> None:
    assert side(f"渡口{work}{what}{fault}次数") == "lower"


@pytest.mark.parametrize("how", ["按期", "及时", "如期", "规范", "正常", "有效"])
@pytest.mark.parametrize("good", ["完成", "毕业", "拨付", "运行", "供应"])
def test_a_good_word_that_is_denied_is_denied_with_how_it_is_done(how: str, good: str) -> None:
    assert side(f"渡口{how}{good}率") == "higher"
    for negation in ("未", "不"):
        assert side(f"渡口{negation}{how}{good}率") == "lower"


@pytest.mark.parametrize("good", ["完成", "达标", "就业", "缴费", "响应", "按期完成", "按期归还"])
@pytest.mark.parametrize("mended", ["整改", "帮扶", "清缴", "处置", "治理", "劝返", "征缴", "干预"])
def test_what_is_done_about_what_is_not_good_should_be_much(good: str, mended: str) -> None:
    assert side(f"渡口未{good}{mended}率") != "lower"


@pytest.mark.parametrize("how", ["按期", "及时", "规范", "有效"])
@pytest.mark.parametrize("mended", ["整改", "处置", "完成"])
def test_of_work_that_is_denied_to_be_done_well_little_is_good(how: str, mended: str) -> None:
    assert side(f"渡口未{how}{mended}率") == "lower"
    for head in ("件数", "问题数"):
        assert side(f"未{how}{mended}{head}") == "lower"
        assert side(f"督办未{how}{mended}{head}") != "lower"


@pytest.mark.parametrize("work", ["识别", "预警"])
@pytest.mark.parametrize(
    "what", ["失信企业数", "重复申报件数", "超标次数", "异常行为数", "感染人数", "超限车辆数", "漏缴户数"]
)
def test_what_is_recognised_or_warned_of_is_no_fault_of_that(work: str, what: str) -> None:
    assert side(f"{work}{what}") != side(what) == "lower"


@pytest.mark.parametrize("time", ["执行时间", "检测时长", "检验时间", "化验时间", "步行时间"])
def test_work_that_may_last_has_no_quick_time(time: str) -> None:
    for what in ("渡运规划", "江水", "渡工每天"):
        assert side(f"{what}{time}") != "lower"


@pytest.mark.parametrize("one", ["单船", "每公里", "每吨"])
@pytest.mark.parametrize("mended", ["污水处理", "污泥处置", "除险", "井口封堵", "缆桩修复"])
def test_a_fee_for_mending_one_thing_should_be_low(one: str, mended: str) -> None:
    assert side(f"{one}{mended}费") == "lower"


@pytest.mark.parametrize(
    "name",
    [
        "船货混装率",
        "管线串接率",
        "渡酒陈化率",
        "渡酒陈化时间",
        "储粮陈化年限",
        "串接管道长度",
        "晒网空场面积",
    ],
)
def test_what_is_mixed_joined_or_matured_on_purpose_is_no_fault(name: str) -> None:
    assert side(name) != "lower"
    assert side("渡口雨污混接率") == "lower"


@pytest.mark.parametrize("more", ["税收", "渡运收入", "就业", "市场主体", "湿地面积"])
def test_an_increase_has_the_side_of_what_it_is_of(more: str) -> None:
    assert side(f"{more}增量") == "higher"
    for worse in ("碳排放", "违建"):
        assert side(f"{worse}增量") == "lower"
    for cost in ("增量成本", "增量配电投资"):
        assert side(cost) is None
