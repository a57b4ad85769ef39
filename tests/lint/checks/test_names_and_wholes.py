"""Names, wholes and places that only look like a fault, and faults that only look right, by their kinds."""

from __future__ import annotations

from itertools import product

import pytest

from lint.checks.drawn import found

BOX = "- 项目名称：乡村公共服务提升"


def told(code: str, row: str, *boxes: str) -> bool:
    return bool(found(code, BOX, *boxes, row))


@pytest.mark.parametrize(
    "range_", ["03-06岁", "00-06岁", "07-08学年", "09-12月", "01—03月龄", "202401-202412月"]
)
@pytest.mark.parametrize("rest", ["幼儿资助人数", "补助发放人次", "查体人数"])
def test_a_range_in_front_of_a_name_is_no_code(range_: str, rest: str) -> None:
    assert not told("PGN508", f"产出|数量|{range_}{rest}|≥90人")


@pytest.mark.parametrize("code", ["0203-", "202400118-", "000412—", "0207_"])
def test_a_code_in_front_of_a_name_is_taken_away(code: str) -> None:
    (finding,) = found("PGN508", BOX, f"产出|数量|{code}图书采购册数|≥90册")
    assert [edit.new for edit in finding.fix.edits] if finding.fix else [] == ["图书采购册数"]


@pytest.mark.parametrize(
    ("goal", "name", "value"),
    [
        ("种植果树300亩，每亩补助500元。", "亩均种植成本", "≤2000元"),
        ("改造危房40户，户均补助2万元。", "户均改造成本", "≤5万元"),
        ("改造路灯60盏，每盏材料费300元、安装费500元。", "每盏灯改造费用", "≤800元"),
        ("维修校舍12间，每间维修人工费3万元。", "单间维修成本", "≤8万元"),
        ("举办培训6期，每期3万元。", "每期人均培训费", "≤300元"),
        ("建设书屋6座，每座补助2万元。", "单座建设成本", "≤8万元"),
        ("培训村医200人，每人补助300元。", "人均培训成本", "≤500元"),
        ("种植果树300亩，按每亩500元标准给予奖补。", "亩均种植成本", "≤2000元"),
    ],
)
def test_a_subsidy_or_a_part_of_a_price_is_no_price(goal: str, name: str, value: str) -> None:
    assert not told("PGK635", f"产出|成本|{name}|{value}", f"- 年度目标：{goal}")


@pytest.mark.parametrize(
    ("goal", "name", "value"),
    [
        ("种植果树300亩，亩均种植成本2600元。", "亩均种植成本", "≤2000元"),
        ("建设书屋6座，每座补助2万元。", "单座书屋建设补助", "≤8万元"),
        ("举办培训6期，每期培训费3万元。", "每期培训费", "≤2万元"),
        ("维修校舍12间，每间维修人工费3万元。", "每间维修人工费", "≤8万元"),
    ],
)
def test_another_price_of_the_same_is_told(goal: str, name: str, value: str) -> None:
    assert told("PGK635", f"产出|成本|{name}|{value}", f"- 年度目标：{goal}")


@pytest.mark.parametrize(
    ("owner", "people", "own"),
    [
        ("青禾市青山区教育局", "市教育局工作人员", False),
        ("青禾县白水镇卫生院", "县卫生院医护人员", False),
        ("青禾省青禾市水文站", "省水文站工作人员", False),
        ("青禾市青山区教育局", "区教育局工作人员", True),
        ("青禾市青山区教育局", "青山区教育局工作人员", True),
        ("青禾县人民医院", "县医院医护人员", True),
        ("青禾市教育局", "教育局工作人员", True),
    ],
)
def test_the_staff_of_a_body_above_is_not_ones_own(owner: str, people: str, own: bool) -> None:
    row = f"满意度|服务对象满意度|{people}满意度|≥90%"
    assert told("PGR212", row, f"- 主管部门：{owner}", f"- 实施单位：{owner}") == own


@pytest.mark.parametrize(
    ("name", "value", "copied"),
    [
        ("全年停电超过3次", "≤3户", False),
        ("路面沉降超过5毫米", "≤5厘米", False),
        ("排队超过3小时", "≤3天", False),
        ("维护渡口不少于12座", "≥12座", True),
        ("养护道路不少于5000米", "≥5公里", True),
        ("更新渡船达到3艘", "≥3条", True),
        ("维护渡口不少于12座", "12", True),
    ],
)
def test_only_the_same_amount_is_a_copy(name: str, value: str, copied: bool) -> None:
    assert told("PGN561", f"产出|数量|{name}|{value}") == copied


SAME = [
    ("提升群众幸福感和安全感", "提升群众安全感和幸福感"),
    ("提高农民收入水平和生活质量", "提高农民生活质量和收入水平"),
    ("促进农业增效、农民增收", "促进农民增收、农业增效"),
    ("改善生产生活条件", "生活生产条件改善"),
    ("提高服务质量和水平", "服务水平和质量提高"),
    ("增强法治观念", "法治观念增强"),
]
OTHER = [("龙头企业带动合作社", "合作社带动龙头企业"), ("以旅游促进农业", "以农业促进旅游")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_joined_parts_in_another_order_are_the_same_effect(one: str, other: str) -> None:
    lines = f"效益|经济效益|{one}|明显", f"效益|社会效益|{other}|明显"
    assert found("PGR219", BOX, *lines)
    assert told("PGF403", f"效益|社会效益|{one}|{other}")


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_who_acts_on_whom_is_another_effect(one: str, other: str) -> None:
    lines = f"效益|经济效益|{one}|明显", f"效益|社会效益|{other}|明显"
    assert not found("PGR219", BOX, *lines)
    assert not told("PGF403", f"效益|社会效益|{one}|{other}")


@pytest.mark.parametrize(
    "body",
    ["闵行区", "长乐区", "天心区", "安居区", "禾川区"],
)
@pytest.mark.parametrize(
    "house", ["文化馆", "同济医院", "协和医院", "同仁医院", "和平镇卫生院", "及第小学", "与民中学"]
)
def test_goal_of_another_body_by_any_name(body: str, house: str) -> None:
    goal = f"- 年度目标：保障{body}{house}全年正常运转，更新灯器六十个。"
    assert told("PGR230", "产出|数量|灯器更新数量|≥60个", "- 主管部门：青禾区航道局", goal)


@pytest.mark.parametrize("zone", ["棚户区", "旅游度假区", "生态区", "湖心区", "作业区", "保护区"])
def test_a_kind_of_place_is_no_other_district(zone: str) -> None:
    goal = f"- 年度目标：保障{zone}管理中心全年正常运转，更新灯器六十个。"
    assert not told("PGR230", "产出|数量|灯器更新数量|≥60个", "- 主管部门：青禾区航道局", goal)


@pytest.mark.parametrize(
    ("level2", "name", "misplaced"),
    [
        ("数量", "设备故障发生率", True),
        ("数量", "感染病例发生率", True),
        ("数量", "手术并发症发生率", True),
        ("数量", "事故发生率下降率", True),
        ("质量", "手足口病感染病例死亡率", True),
        ("质量", "感染性疾病发病率", True),
        ("质量", "设备故障发生率", False),
        ("质量", "手术并发症发生率", False),
        ("质量", "医院感染发生率", False),
        ("质量", "切口感染发生率", False),
    ],
)
def test_mishaps_of_the_work_are_a_quality_and_no_quantity(level2: str, name: str, misplaced: bool) -> None:
    assert told("PGR222", f"产出|{level2}|{name}|≤3%") == misplaced


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("五十户农户改厕户数", "50.5户", True),
        ("十件民生实事完成件数", "9.5件", True),
        ("十场惠民演出场次", "2.5场", True),
        ("二十座水库除险座数", "2.5座", True),
        ("万元以上设备购置台数", "2.5台", True),
        ("十万学生体检人次", "3.5人次", True),
        ("百亩机井眼数", "2.5眼", False),
        ("万人拥有医生人数", "2.5人", False),
        ("十万人口床位张数", "2.5人", False),
        ("千台设备报修次数", "2.5次", False),
    ],
)
def test_a_number_in_a_name_makes_no_mean(name: str, value: str, wrong: bool) -> None:
    assert told("PGF414", f"产出|数量|{name}|≥{value}") == wrong


@pytest.mark.parametrize(("sign", "what"), list(product(["", "≥", "="], ["见习人数", "建设书屋数量"])))
def test_nothing_of_what_is_promised_is_less(sign: str, what: str) -> None:
    unit = "人" if what == "见习人数" else "座"
    goal = "- 年度目标：组织见习600人，建设书屋6座。"
    assert told("PGA305", f"产出|数量|{what}|{sign}0{unit}", goal)


def test_nothing_of_what_is_bad_is_no_less() -> None:
    assert not told("PGA305", "产出|数量|冒领人数|0人", "- 年度目标：发放补贴600人，冒领人数600人。")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("床位调剂利用率", "≥90%"),
        ("制剂利用率", "≥90%"),
        ("餐饮浪费投诉件数", "≤3件"),
        ("餐车座位浪费率", "≤5%"),
    ],
)
def test_what_is_used_up_is_not_ecological_by_a_syllable(name: str, value: str) -> None:
    assert told("PGR203", f"效益|生态效益|{name}|{value}")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("国企党建达标率", "≥90%"),
        ("校企合作班级数", "≥6个"),
        ("民企工会组建率", "≥90%"),
        ("国企志愿服务时长", "≥60小时"),
        ("党建企划数", "≥6个"),
    ],
)
def test_a_firm_in_a_name_makes_no_economy(name: str, value: str) -> None:
    assert told("PGR223", f"效益|经济效益|{name}|{value}")
    assert not told("PGR223", "效益|经济效益|带动茶企数量|≥9家")


@pytest.mark.parametrize("value", ["以为准", "24次，以为准", "≥24次, 以上级下达计划, 为准"])
def test_words_that_only_stand_in_one_text_put_nothing_off(value: str) -> None:
    assert not told("PGF408", f"产出|数量|巡查次数|{value}")


def test_a_mean_is_no_task_wherever_its_word_stands() -> None:
    goal = "- 年度目标：日均巡查航道20公里，培训船工300人。"
    assert "20公里" not in "".join(
        finding.message for finding in found("PGR220", BOX, goal, "产出|数量|培训船工人数|≥300人")
    )
