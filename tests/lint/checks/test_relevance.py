"""What belongs where: the cases that go beyond the rule pages' own samples."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from lint.checks.drawn import CYCLE, drawn, found, names
from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.lint.facts.names import has_region
from perfgoals_lint.rulebook import rules as rulebook

FERRY = "- 项目名称：渡口改造"


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("举办船工培训次数", "≥4次", True),
        ("补助发放及时率", "100%", True),
        ("电视公益宣传的次数", "20次", True),
        ("发放消费券带动消费额", "≥300万元", False),
        ("宣传资料知晓率", "≥80%", False),
        ("开展冷链业务企业", "≥5", False),
        ("开展冷链业务企业数量", "≥5家", True),
        ("组织研学旅客", "≥900人次", False),
        ("渡口日均客流", "≥900人次", False),
        ("宣传渡口文化", "明显", False),
        ("培训船工持证率", "≥95%", False),
    ],
)
def test_work_done_is_no_benefit(name: str, value: str, reported: bool) -> None:
    assert bool(found("PGR201", FERRY, f"效益|社会效益|{name}|{value}")) is reported


@pytest.mark.parametrize(
    ("name", "reported"),
    [
        ("全县水运货物总量", True),
        ("规上工业增加值增速", True),
        ("全县渡口补助发放总额", False),
        ("全县渡口安检覆盖率", False),
        ("改造渡口数量", False),
    ],
)
def test_macro_figures_are_no_output(name: str, reported: bool) -> None:
    assert bool(found("PGR202", FERRY, f"产出|数量|{name}|≥5%")) is reported


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("改善营商环境", "改善", True),
        ("优化投资环境", "优化", True),
        ("改善水环境", "改善", False),
        ("船舶能耗", "≤3吨", False),
        ("是否破坏岸线生态", "否", False),
        ("带动旅游", "垃圾不落地", False),
        ("带动旅游", "无", False),
    ],
)
def test_ecology(name: str, value: str, reported: bool) -> None:
    assert bool(found("PGR203", FERRY, f"效益|生态效益|{name}|{value}")) is reported


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("回访乘客次数", "≥12次", True),
        ("制定操作规程", "2", True),
        ("浮桥平整度", "≤5毫米", False),
        ("浮桥完好度", "98", False),
        ("翻船事故起数", "0起", False),
        ("浮桥使用年限", "≥8年", False),
        ("验收得分", "≥90分", False),
        ("抽检合格批次", "≥12批", False),
    ],
)
def test_quality_is_no_count(name: str, value: str, reported: bool) -> None:
    assert bool(found("PGR204", FERRY, f"产出|质量|{name}|{value}")) is reported


@pytest.mark.parametrize(
    ("name", "value", "case"),
    [
        ("覆盖渡口数量", "≥90%", "比率"),
        ("渡船燃油费", "≤6万元", "费用"),
        ("渡船燃油费", "≤6万", "费用"),
        ("修缮协议", "按约续签", "没有数量"),
        ("拉动消费额", "≥6万元", None),
        ("渡口覆盖率", "≥90%", None),
        ("修缮协议", "不低于上年", None),
        ("修缮协议", "分三次签订五份协议", None),
        ("修缮协议", "≥5份", None),
    ],
)
def test_quantity_is_a_number_of_things(name: str, value: str, case: str | None) -> None:
    findings = found("PGR205", FERRY, f"产出|数量|{name}|{value}")
    assert [case in finding.message for finding in findings] == ([True] if case else [])


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("提高调度效率", "有效", True),
        ("船员证件", "齐全", True),
        ("提高调度效率", "≤30分钟", False),
        ("船员证件", "10月底前", False),
        ("年度进度率", "有效", False),
        ("船员证件", "按期换发", False),
    ],
)
def test_timeliness_is_about_time(name: str, value: str, reported: bool) -> None:
    assert bool(found("PGR206", FERRY, f"产出|时效|{name}|{value}")) is reported


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("预算执行率", "≥95%", True),
        ("预算（或投资规模）控制指标", "年均预算执行率达95%以上", True),
        ("预算（或投资规模）控制指标", "每年≥95%", True),
        ("预算（或投资规模）控制指标", "≤100%", False),
        ("预算（或投资规模）控制指标", "≤28万元", False),
        ("成本控制率", "≤100%", False),
        ("单船造价", "≤9万元", False),
    ],
)
def test_cost_is_no_spending_rate(name: str, value: str, reported: bool) -> None:
    assert bool(found("PGR207", FERRY, f"产出|成本|{name}|{value}")) is reported


def test_spending_rate_proposes_the_budget_as_ceiling() -> None:
    finding = found("PGR207", FERRY, "- 预算数：28.50 万元", "产出|成本|预算执行率|≥95%")[0]
    assert finding.fix is not None
    assert not finding.fix.safe
    assert [edit.new for edit in finding.fix.edits] == ["总成本", "≤28.5万元"]
    pair = found(
        "PGR207",
        FERRY,
        "- 预算数：28.50 万元",
        "产出|成本|预算执行率|≥95%|≥95%",
        framework="gd-dg",
        header=CYCLE,
    )
    assert pair[0].fix is None


def test_routine_requirements() -> None:
    assert [
        f.severity for f in found("PGR208", FERRY, "产出|数量|改造渡口|3处", "产出|质量|补助发放准确率|100%")
    ] == ["info"]
    only = found("PGR208", FERRY, "产出|质量|合规率|100%", "产出|质量|验收合格率|100%")
    assert [(f.severity, n) for f, n in zip(only, names(only), strict=True)] == [("warning", "合规率")]
    assert names(found("PGR208", FERRY, "产出|质量|船员人员到位率|100%")) == [None]
    assert not found("PGR208", FERRY, "产出|成本|预算执行率|95%", "产出|数量|改造渡口|3处")
    assert not found("PGR208", FERRY, "投入|资金到位率|资金到位率|100%", framework="gx")


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("乘客满意度", "满意度大于95%", False),
        ("乘客满意度", "不低于85%", False),
        ("乘客满意度", "≧90", False),
        ("乘客满意度", "无负面投诉", True),
        ("乘客满意度", "基本满意", True),
        ("乘客满意度", "优良中低差", True),
        ("乘客满意度", "≥900人", True),
        ("乘客满意度", "日间≥95%、夜间≥90%", False),
        ("乘客投诉率", "≤0.1%", False),
        ("乘客投诉次数", "≤3次", False),
    ],
)
def test_satisfaction_is_a_rate(name: str, value: str, reported: bool) -> None:
    assert bool(found("PGR210", FERRY, f"满意度|服务对象满意度|{name}|{value}")) is reported


def test_conflicting_subjects_silence_the_remark_on_own_staff() -> None:
    lines = [FERRY, "- 项目类型：其他", "满意度|服务对象满意度|员工的满意度|过渡旅客满意度≥95%"]
    conflict = found("PGR211", *lines)
    assert conflict[0].fix is not None
    assert [edit.new for edit in conflict[0].fix.edits] == ["过渡旅客满意度", "≥95%"]
    book = rulebook.load()
    result = Engine([*book.find("PGR211"), *book.find("PGR212")]).check(drawn(*lines))
    assert [f.rule for f in result.findings] == ["PGR211"]


@pytest.mark.parametrize(
    ("name", "reported"),
    [
        ("干部职工对食堂的满意度", True),
        ("员工满意度", True),
        ("乘客对船上员工的满意度", False),
        ("参会人员满意度", False),
        ("使用人员满意度", False),
        ("服务对象满意度", False),
        ("困难职工满意度", False),
    ],
)
def test_own_staff(name: str, reported: bool) -> None:
    assert bool(found("PGR212", FERRY, f"满意度|服务对象满意度|{name}|≥90%")) is reported


def event_tables(goal: str) -> list[str]:
    return [
        "- 项目名称：船东推介会",
        f"- 年度目标：{goal}",
        "产出|数量|参加论坛船东|≥20人",
        "- 项目名称：航运论坛",
        "- 年度目标：举办一届航运论坛，邀请三十家航运公司讨论内河运价。",
        "产出|数量|参加论坛公司|≥30家",
    ]


def test_event_of_another_project() -> None:
    assert names(found("PGR214", *event_tables("举办两场推介会，向外地船东介绍码头泊位和收费优惠。"))) == [
        "参加论坛船东"
    ]
    assert not found("PGR214", *event_tables("举办两场推介会，并在会上设一个小型论坛，介绍码头泊位。"))
    assert not found("PGR214", *event_tables(""))
    assert not found("PGR214", *event_tables("，向外地船东介绍码头泊位和收费优惠，举办两场推介会。"))


@pytest.mark.parametrize("number", [2, 5, 40])
@pytest.mark.parametrize("thing", ["航运项目", "船东企业"])
def test_money_that_a_benefit_states_is_no_price_of_the_activity(thing: str, number: int) -> None:
    lines = [f"- 年度目标：洽谈{thing}{number}个、到账船资6000万元。", "产出|数量|改造渡口|3处"]
    assert found("PGR215", FERRY, *lines)
    assert not found("PGR215", FERRY, *lines, "效益|经济效益|到账船资|≥6000万元")
    assert found("PGR215", FERRY, *lines, "效益|社会效益|受益船员|≥60000000人次")


@pytest.mark.parametrize(
    ("goal", "row", "reported"),
    [
        ("举办船员技能培训班3期，每期2万元。", "产出|数量|改造渡口|3处", True),
        ("举办船员技能培训班3期，每期2万元。", "产出|数量|船员培训班次|≥3场", False),
        ("采购救生衣300件，每件120元。", "产出|数量|救生衣数量|≥300件", False),
        ("采购救生衣300件，每件120元。", "产出|数量|采购安全装备|≥300套", False),
        ("聘请验船师4名，3万元/人。", "产出|数量|改造渡口|3处", True),
        ("新增船员40人，实现营收90万元。", "产出|数量|改造渡口|3处", False),
        ("培育航运公司3家，每家产值2000万元以上。", "产出|数量|改造渡口|3处", False),
        ("印制安全手册5000册，费用约2万元。", "产出|数量|改造渡口|3处", True),
        ("安排36万元用于渡口改造。", "产出|数量|巡检|12次", False),
        ("检修码头90座次，其中浮码头12座次，检修经费36万元。", "产出|数量|巡检|12次", False),
        ("添置救生圈20个、缆绳16根、信号灯12盏，预算6万元。", "产出|数量|巡检|12次", False),
        ("缆绳费6万元与油漆费4万元，两项合计10万元。", "产出|数量|巡检|12次", False),
        ("按照“每年演练2场，每场3万元”的要求改造渡口。", "产出|数量|改造渡口|3处", False),
    ],
)
def test_costed_activities_have_an_output(goal: str, row: str, reported: bool) -> None:
    assert bool(found("PGR215", FERRY, f"- 年度目标：{goal}", row)) is reported


@pytest.mark.parametrize("number", [4, 30])
@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("，每名{price}元", "每名{price}元"),
        ("，每人每月{price}元，全年计90万元", "每人每月{price}元"),
        ("，{price}元/名", "{price}元/名"),
        ("，费用{price}元", "{price} 元"),
    ],
)
def test_a_price_is_told_as_printed_and_never_as_the_whole(amount: str, shown: str, number: int) -> None:
    for price in (120, 800):
        goal = f"聘请验船师{number}名{amount.format(price=price)}。"
        (finding,) = found("PGR215", FERRY, f"- 年度目标：{goal}", "产出|数量|改造渡口|3处")
        assert f"（{shown.format(price=price)}）" in finding.message


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("全市港口吞吐量", True),
        ("云溪县水运量", True),
        ("东湾港集装箱量", True),
        ("北山口岸验放量", True),
        ("专业市场交易额", False),
        ("社区志愿者人数", False),
        ("园区企业数", False),
        ("城市绿化面积", False),
        ("口岸通关时间", False),
        ("我市产品知名度", True),
    ],
)
def test_regions(name: str, region: bool) -> None:
    assert has_region(name) is region


def projects(name: str, value: str, count: int = 3) -> list[str]:
    tables = (["- 项目名称：码头" + letter, f"效益|经济效益|{name}|{value}"] for letter in "甲乙丙丁"[:count])
    return [line for table in tables for line in table]


def test_regional_figures_in_several_projects() -> None:
    findings = found("PGR216", *projects("全县水运量增长率", "≥5%"))
    assert [len(finding.related) for finding in findings] == [2]
    assert not found("PGR216", *projects("全县水运量增长率", "≥5%", 2))
    assert not found("PGR216", *projects("全县营商形象", "有效"))


def test_effects_claimed_twice() -> None:
    assert len(found("PGR217", *projects("新增就业", "≥50人", 2))) == 1
    for name, value in [
        ("水运量增长率", "≥5%"),
        ("浮桥使用年限", "≥8年"),
        ("翻船事故", "0起"),
        ("乘客满意度", "90"),
    ]:
        assert not found("PGR217", *projects(name, value)), name
    sisters = [
        "- 项目名称：码头(东区)",
        "效益|经济效益|新增就业|≥50人",
        "- 项目名称：码头(西区)",
        "效益|经济效益|新增就业|≥50人",
    ]
    assert not found("PGR217", *sisters)


def test_units_of_one_document_may_claim_the_same_figure() -> None:
    lines = projects("新增就业", "≥50人", 2)
    lines.insert(1, "- 用款单位：东站")
    lines.insert(4, "- 用款单位：西站")
    assert not found("PGR217", *lines)


def test_antonyms_are_no_duplicates() -> None:
    rows = ["效益|经济效益|缩短进口通关时间|明显", "效益|社会效益|缩短出口通关时间|明显"]
    assert not found("PGR219", FERRY, *rows)
    assert len(found("PGR219", FERRY, rows[0], "效益|社会效益|缩短进口的通关时间|明显")) == 1


def test_a_long_table_costs_little() -> None:
    rows = [f"效益|{'经济' if n % 2 else '社会'}效益|改善第{n}渡口的候船条件|明显" for n in range(3000)]
    assert len(found("PGR219", FERRY, *rows)) == 1


EXPECTED = {
    "PGR201": 10,
    "PGR202": 4,
    "PGR203": 15,
    "PGR204": 4,
    "PGR205": 5,
    "PGR206": 1,
    "PGR207": 18,
    "PGR210": 4,
}
EXPECTED |= {"PGR211": 1, "PGR212": 5, "PGR213": 4, "PGR214": 2, "PGR215": 3, "PGR216": 1, "PGR217": 3}


def test_published_documents(corpus: Path) -> None:
    book = rulebook.load()
    rules = [*book.find("PGR"), *book.find("PGC108")]
    counts: Counter[str] = Counter()
    for path in sorted(corpus.glob("*.txt")):
        counts.update(
            f.rule for f in Engine(rules).check(extract_file(str(path))).findings if f.rule in EXPECTED
        )
    assert counts == EXPECTED


def of_county(goal: str) -> list[str]:
    lines = [
        "- 项目名称：灯器更新",
        "- 主管部门：青禾县航道局",
        f"- 年度目标：{goal}",
        "产出|数量|灯器更新数量|≥60个",
    ]
    return [one.severity for one in found("PGR230", *lines)]


@pytest.mark.parametrize("lead", ["", "保障", "2026年，", "更新灯器60个，确保", "围绕"])
@pytest.mark.parametrize("body", ["文化馆", "人民医院", "水利工程服务中心", "第一中学", "融媒体中心"])
def test_a_goal_of_a_body_of_another_county_is_named(lead: str, body: str) -> None:
    assert of_county(f"{lead}禾川县{body}正常运转。") == ["warning"]
    assert of_county(f"{lead}青禾县{body}正常运转。") == []
    assert of_county(f"{lead}青禾县{body}正常运转，与禾川县{body}结对。") == []


@pytest.mark.parametrize(
    "goal",
    [
        "对口帮扶禾川县人民医院3家，更新灯器60个。",
        "与禾川县航道局联合巡航12次。",
        "赴禾川县水文站学习2次。",
        "保障禾川市博物馆展陈。",
        "为全县港区更新灯器60个。",
    ],
)
def test_bodies_that_a_goal_works_with_are_not_its_subject(goal: str) -> None:
    assert of_county(goal) == []


@pytest.mark.parametrize(
    "goal",
    [
        "保障县委办公室正常运转。",
        "开展区委党校干部培训12期。",
        "提升县委党校办学水平。",
        "完成农贸市场管理办公室改造。",
        "保障节日市场供应办公室正常运转。",
        "建成区域医疗中心1座。",
        "保障石桥灌区管理局正常运转。",
        "保障东岸高新区管委会正常运转。",
        "做好片区学校供水。",
        "为禾川县中学选派支教教师6名。",
        "新建县中医院1座。",
        *(
            f"保障{zone}区{body}正常运转。"
            for zone in ("棚户", "度假", "生态", "湖心", "核心湖")
            for body in ("消防站", "管委会")
        ),
        *(f"通过{together}学，保障禾川{{rank}}中学正常运转。" for together in ("合作办", "联合办")),
    ],
)
@pytest.mark.parametrize("rank", ["县", "区", "市"])
def test_verbs_kinds_of_places_and_aid_are_no_other_body(goal: str, rank: str) -> None:
    lines = [
        "- 项目名称：灯器更新",
        f"- 主管部门：青禾{rank}航道局",
        f"- 年度目标：{goal.format(rank=rank)}",
        "产出|数量|灯器更新数量|≥60个",
    ]
    assert not found("PGR230", *lines)


@pytest.mark.parametrize("joined", ["和", "与", "及"])
def test_one_body_is_named_where_several_are_joined(joined: str) -> None:
    rows = ("- 项目名称：灯器更新", "- 主管部门：青禾县航道局")
    goal = f"- 年度目标：做好禾川县卫生院{joined}禾川县中学后勤保障。"
    [one] = found("PGR230", *rows, goal, "产出|数量|灯器更新数量|≥60个")
    assert "“禾川县卫生院”" in one.message


@pytest.mark.parametrize(("one", "two"), [("渡工", "船东"), ("农户", "窑厂"), ("上游", "下游")])
@pytest.mark.parametrize("does", ["带动", "帮助", "补偿"])
def test_who_does_what_to_whom_is_another_effect_turned_round(one: str, two: str, does: str) -> None:
    def rows(here: str, there: str) -> list[str]:
        return [f"效益|经济效益|{here}|明显", f"效益|社会效益|{there}|明显"]

    assert not found("PGR219", FERRY, *rows(f"{one}{does}{two}", f"{two}{does}{one}"))
    assert not found("PGR219", FERRY, *rows(f"促进{one}{does}{two}发展", f"促进{two}{does}{one}发展"))
    assert found("PGR219", FERRY, *rows(f"{does}{one}{two}", f"{one}{two}{does}"))


@pytest.mark.parametrize(
    ("people", "owner", "own"),
    [
        ("村卫生室医务人员", "青禾县航道局", False),
        ("基层站技术人员", "青禾县航道局", False),
        ("乡镇卫生院职工", "青禾县航道局", False),
        ("医院医务人员", "青禾县航道局", False),
        ("医院医务人员", "青禾县人民医院", True),
        ("航道局工作人员", "青禾县航道局", True),
        ("局工作人员", "青禾县航道局", True),
        ("医院员工", "青禾县人民医院", True),
        ("县医院职工", "青禾县人民医院", True),
        ("村卫生室医务人员", "青禾县人民医院", False),
        ("市图书馆馆员", "青禾县博物馆", False),
        ("图书馆职工", "青禾县博物馆", False),
        ("博物馆讲解员", "青禾县博物馆", True),
    ],
)
def test_the_staff_of_another_body_is_not_the_own(people: str, owner: str, own: bool) -> None:
    row = f"满意度|服务对象满意度|{people}满意度|≥90%"
    assert bool(found("PGR212", f"- 主管部门：{owner}", "- 项目名称：灯器更新", row)) is own
