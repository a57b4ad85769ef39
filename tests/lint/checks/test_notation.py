"""How values, units, labels and names are written."""

from __future__ import annotations

from itertools import product

import pytest

from growth import LINEAR, growth
from lint.checks.drawn import CYCLE, found, names
from perfgoals_lint.model import Finding
from perfgoals_lint.values import parse
from perfgoals_lint.values.types import Quantity

DESCRIBED = "| 一级 | 二级 | 三级 | 绩效指标描述 | 年度值 |\n|---|---|---|---|---|\n"


def fixes(findings: list[Finding]) -> list[str]:
    """The new texts that the findings offer."""
    return [edit.new for finding in findings if finding.fix for edit in finding.fix.edits]


@pytest.mark.parametrize(
    ("value", "fixed"),
    [
        ("97%以上", "≥97%"),
        ("大于20家", ">20家"),
        ("不超过3万元", "≤3万元"),
        ("40分钟以内", "≤40分钟"),
        ("低于10%", "<10%"),
        ("每年不少于4次", "每年≥4次"),
        ("大于等于95%", "≥95%"),
    ],
)
def test_a_verbal_bound_keeps_what_it_includes(value: str, fixed: str) -> None:
    assert fixes(found("PGN504", f"产出|质量|巡查|{value}")) == [fixed]


@pytest.mark.parametrize("value", ["≥97%", "不低于上年度", "80次"])
def test_what_has_no_verbal_bound_is_left_alone(value: str) -> None:
    assert not found("PGN504", f"产出|质量|巡查|{value}")


@pytest.mark.parametrize(
    "value",
    [
        "每年≥6家",
        "三年合共15000本",
        "平均每场≥40人",
        "每百户≥3个",
        "达到98%",
        "较上年增长5%",
        "验收后15日内",
        "1次/年",
        "全年≥9场",
    ],
)
def test_words_of_period_and_aggregate_belong_to_the_number(value: str) -> None:
    assert not found("PGN506", f"产出|数量|巡演|{value}")


def test_words_that_the_name_says_already_are_taken_out() -> None:
    findings = found("PGN506", "满意度|服务对象满意度|村民满意度|三年村民满意度≥85%|满意度≥90%", header=CYCLE)
    assert fixes(findings) == ["≥90%", "三年≥85%"]
    assert not fixes(found("PGN506", "产出|成本|控制指标|预算执行率≥90%"))
    assert not fixes(found("PGN506", "产出|数量|建设完成情况|完成3个站点建设"))


def test_parts_of_a_compound_are_the_compounds_affair() -> None:
    row = "满意度|服务对象满意度|满意度|乘客满意度≥92%、司机满意度≥88%"
    assert not found("PGN506", row)
    assert [finding.severity for finding in found("PGN507", row)] == ["info"]


def test_a_missing_unit_that_the_name_knows_is_written_behind_the_number() -> None:
    findings = found("PGN502", "产出|数量|巡查次数|12以上")
    assert [finding.severity for finding in findings] == ["info"]
    assert fixes(findings) == ["12次以上"]
    assert fixes(found("PGN502", "产出|数量|巡查次数（含夜间）|≥12")) == ["≥12次"]
    assert not fixes(found("PGN502", "产出|数量|新增泊位|≥300"))


def test_satisfaction_lacks_a_percent_sign_whatever_follows_it_in_the_name() -> None:
    row = "满意度|服务对象满意度|村民满意度指标|≥95"
    assert fixes(found("PGN503", row)) == ["≥95%"]
    assert not found("PGN502", row)


@pytest.mark.parametrize("value", ["＞100%", "超过100%", "高于100％", "大于100%"])
def test_more_than_a_hundred_is_found_and_not_made_another_target(value: str) -> None:
    findings = found("PGN517", f"产出|质量|补贴兑付及时率|{value}")
    assert len(findings) == 1
    assert not fixes(findings)


def test_a_unit_in_the_name_is_a_unit_but_not_every_bracket_is() -> None:
    assert not found("PGN502", "产出|数量|起降架次(万架次)|≥3")
    assert found("PGN502", "产出|数量|航线网络(国际航点数量)|≥30")


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("义诊人次", "≥3000人", True),
        ("志愿者人数", "80人次", True),
        ("志愿者人数(人次)", "80人次", False),
        ("参观人次（万人次）", "≥20万人次", False),
        ("参观人次（单位：万人次）", "≥20万人", True),
        ("展演个数（含线上）", "6届", True),
        ("展演个数（含线上）（2类）", "6届", True),
        ("参观人数（人次）（2类）", "600人次", False),
        ("巡讲次数", "6场", False),
        ("培训期数", "3期", False),
        ("覆盖家数", "≥90%", False),
        ("巡讲次数", "≥6", False),
        ("泊位数量", "6场", False),
    ],
)
def test_units_go_with_the_measure_word(name: str, value: str, reported: bool) -> None:
    assert bool(found("PGN515", f"产出|数量|{name}|{value}")) is reported


@pytest.mark.parametrize(
    ("name", "value", "fixed"),
    [
        ("园区产值", "2600万", ["2600万元"]),
        ("园区产值", "100万-200万", ["100万-200万元"]),
        ("电费", "8万以内", ["8万元以内"]),
        ("补助发放标准", "东镇20万、西镇15万", ["东镇20万元、西镇15万元"]),
        ("园区产值", "2600万元", []),
        ("出口额", "≥3亿美元", []),
        ("就业人数", "≥40万", []),
        ("缴费人数", "≥40万", []),
        ("消费者投诉", "≤1万", []),
    ],
)
def test_money_in_bare_scales_is_given_its_yuan(name: str, value: str, fixed: list[str]) -> None:
    assert fixes(found("PGN516", f"效益|经济效益|{name}|{value}")) == fixed


@pytest.mark.parametrize(
    ("name", "value", "fixed"),
    [
        ("补贴兑付及时率", "≥100%", ["=100%"]),
        ("考核达标率（%）", "不低于100%", ["=100%"]),
        ("规定时限内完成评审", "＞100%", []),
        ("规定时限内完成评审", "超过100%", []),
        ("规定时限内完成评审", ">=100%", ["=100%"]),
        ("疫苗接种覆盖率", "达100%以上", ["=100%"]),
        ("出口额完成率", "≥100%", []),
        ("巡检到位率", "达到100%", []),
        ("覆盖率", "≥90%", []),
        ("成本控制率", "≥100%", []),
    ],
)
def test_what_cannot_exceed_a_hundred_is_equal_to_it(name: str, value: str, fixed: list[str]) -> None:
    assert fixes(found("PGN517", f"产出|质量|{name}|{value}")) == fixed


@pytest.mark.parametrize(
    "name", ["质量指标", "14-成本指标", "预算（或投资规模）控制指标", "社会效益", "环境效益指标"]
)
def test_a_class_label_is_no_indicator(name: str) -> None:
    assert names(found("PGN511", f"产出|成本|{name}|≥95%")) == [name]


@pytest.mark.parametrize("name", ["满意度", "服务对象满意度指标", "工期", "资金到位率", "质量达标率"])
def test_indicators_that_resemble_a_label_pass(name: str) -> None:
    assert not found("PGN511", f"产出|质量|{name}|≥95%")


def test_one_label_is_reported_once_a_document_and_mended_everywhere() -> None:
    rows = [
        "效益|环境效益指标|水质达标率|≥90%",
        "效益|环境效益指标|透明度|≥40厘米",
        "效益|生态效益|绿地|≥3亩",
    ]
    (finding,) = found("PGN510", *rows)
    assert len(finding.related) == 1
    assert fixes([finding]) == ["生态效益指标", "生态效益指标"]
    assert finding.fix is not None
    assert finding.fix.safe


def test_the_forms_own_labels_are_no_aliases() -> None:
    assert not found("PGN510", "效果|社会效益指标|受益村庄|≥6个", framework="heb")
    assert found("PGN510", "效果|社会效益指标|受益村庄|≥6个", framework="mof15")


@pytest.mark.parametrize("framework", ["dept", "heb", "old"])
def test_the_standard_label_is_right_in_every_form(framework: str) -> None:
    assert not found("PGN510", "效益|社会效益指标|受益村庄|≥6个", framework=framework)


def test_a_description_that_only_repeats_the_value_is_no_better_name() -> None:
    better = found("PGN512", "产出|成本|硬件设备|闸机维保费用|≤3万元", header=DESCRIBED)
    worse = found("PGN512", "产出|质量|服务内容|专业、周到、细致|专业、周到、细致", header=DESCRIBED)
    assert fixes(better) == ["闸机维保费用"]
    assert worse
    assert not fixes(worse)


def _sisters(*values: str) -> list[str]:
    districts = ("东县", "西县", "北县", "南县", "中县")
    return [
        line
        for district, value in zip(districts, values, strict=False)
        for line in (f"- 项目名称：农机补贴（{district}）", f"产出|时效|补贴兑付及时率|{value}")
    ]


def test_sisters_drift_from_three_projects_on() -> None:
    assert not found("PGN518", *_sisters("100%", "≥100%"))
    assert not found("PGN518", *_sisters("100%", "=100%", "100%"))
    assert not found("PGN518", *_sisters("100%", "≥95%", "≥90%"))
    (finding,) = found("PGN518", *_sisters("≥100%", "100%", "≥100%"))
    assert len(finding.related) == 2
    assert fixes([finding]) == ["100%", "100%"]


@pytest.mark.parametrize(
    "word", ["中国国际展览中心", "货物进口口岸建设", "上年年度目标值", "丰富大学生生活补助"]
)
def test_characters_that_are_rightly_doubled(word: str) -> None:
    for at in range(len(word) - 1):
        if word[at] == word[at + 1]:
            single = word[:at] + word[at + 1 :]
            rows = [
                f"产出|数量|{prefix}{text}工作|≥3次" for prefix, text in (("做好", word), ("做好", single))
            ]
            assert not found("PGN520", *rows)


def test_a_doubled_character_is_taken_out_where_the_right_form_stands_elsewhere() -> None:
    alone = found("PGN520", "产出|质量|提供安静阅阅读环境|是")
    assert len(alone) == 1
    assert fixes(alone) == []
    findings = found("PGN520", "产出|质量|提供安静阅阅读环境|是", "效益|社会效益|读者|提供安静阅读环境")
    assert fixes(findings) == ["提供安静阅读环境"]


_WORDS = (
    "护林",
    "栏杆",
    "更换",
    "农业",
    "图书",
    "消防",
    "体育",
    "道路",
    "检测",
    "医疗",
    "残疾",
    "设备",
    "疫苗",
    "培训",
    "档案",
)


@pytest.mark.parametrize("word", _WORDS)
@pytest.mark.parametrize("place", [0, 1])
def test_a_character_too_many_is_seen_without_the_right_form(word: str, place: int) -> None:
    # 护护林|巡逻, 护林林|巡逻: whichever character is doubled, one of the two is left without a word.
    doubled = word[: place + 1] + word[place:]
    assert found("PGN520", f"产出|数量|开展{doubled}巡逻次数|≥3次")


@pytest.mark.parametrize(
    "name",
    [
        "大学学生实习人数",
        "人民民主宣传次数",
        "建设设备采购台数",
        "水产产业园个数",
        "科学学会活动次数",
        "案件件数",
        "安全全覆盖检查次数",
        "点点滴滴志愿服务次数",
        "爷爷奶奶课堂期数",
        "柳青河河道整治里程",
        "清泉镇镇区保洁面积",
        "教师师德培训人次",
        "惠民天天直播次数",
    ],
)
def test_two_words_may_meet_in_one_character(name: str) -> None:
    assert not found("PGN520", f"产出|数量|{name}|≥3次")


@pytest.mark.parametrize("body", ["体验营", "义诊", "敬老院", "巡护队", "研修班", "卫生室", "示范园"])
def test_what_belongs_to_a_body_is_a_word(body: str) -> None:
    for belonging in "员长友史服旗":
        assert not found("PGN520", f"产出|数量|{body}{body[-1]}{belonging}清点次数|≥3次"), belonging


def test_the_rarer_of_two_exchanged_acronyms_is_reported() -> None:
    lines = ["- 项目名称：规则宣讲", "- 年度目标：宣讲DEPA规则，编印DEPA手册。", "产出|数量|DEAP宣讲|≥4场"]
    (finding,) = found("PGN520", *lines)
    assert finding.indicator is None
    assert "DEAP" in finding.message
    assert not found("PGN520", "- 项目名称：规则宣讲", "产出|数量|DEPA和WTO宣讲|≥4场")
    assert not found("PGN520", "- 项目名称：急救", "产出|数量|CPR培训|≥4场", "产出|数量|PCR检测|≥400人次")


@pytest.mark.parametrize("text", ["工", "工工作", "约", "以", "每年", "每年≥3次"])
@pytest.mark.parametrize("code", ["PGN520", "PGN506", "PGN504", "PGN513", "PGF408", "PGF409", "PGF410"])
def test_long_texts_take_linear_time(code: str, text: str) -> None:
    assert growth(lambda times: found(code, f"产出|数量|{text * times}|{text * times}"), 1000) < LINEAR


GOAL = "- 年度目标：全年更换水表2000只，新增泊位3个，讲师课酬3万元，现有阀门90台。"


@pytest.mark.parametrize(
    ("rows", "advised"),
    [
        (["产出|数量|更换水表|≥2000"], "写成“≥2000只”（正文写的是“全年更换水表2000只”）"),
        (["产出|数量|更换水表|1800以上"], "写成“1800只以上”（正文写的是“全年更换水表2000只”）"),
        (["产出|数量|新增泊位数量|4"], "写成“4个”（正文写的是“新增泊位3个”）"),
        (["产出|成本|讲师课酬|≤3"], "写成“≤3万元”（正文写的是“讲师课酬3万元”）"),
        (["产出|成本|讲师课酬|≤7"], "在“≤7”的数字后写明计量单位"),
        (["产出|数量|新栽乔木|≥300"], "在“≥300”的数字后写明计量单位"),
        (["产出|数量|拦污阀门|≥30"], "在“≥30”的数字后写明计量单位"),
        (["产出|数量|开展巡查次数|≥30"], "写成“≥30次”（单位取自指标名称）"),
        (["产出|数量|新购快艇艘数|≥3"], "写成“≥3艘”（单位取自指标名称）"),
        (["产出|数量|搭建平台数|≥3"], "在“≥3”的数字后写明计量单位"),
        (
            ["产出|数量|城东新装护栏|≥30", "产出|数量|城西新装护栏|≥40米"],
            "与“城西新装护栏 ≥40米”同一单位的，写成“≥30米”；否则写明自己的单位",
        ),
        (
            ["产出|数量|城东新装护栏|≥30", "产出|数量|城西新装护栏|≥40米", "产出|数量|城南新装护栏|≥4处"],
            "在“≥30”的数字后写明计量单位",
        ),
    ],
)
def test_the_advice_names_the_figure_with_the_unit_of_the_table_and_no_foreign_one(
    rows: list[str], advised: str
) -> None:
    assert found("PGN502", GOAL, *rows)[0].advice == advised


def test_the_other_value_of_a_row_tells_the_unit() -> None:
    (finding,) = found("PGN502", "产出|数量|改造快艇|≥9艘|≥3", header=CYCLE)
    assert finding.advice == "写成“≥3艘”（同一行另一个指标值写的是“≥9艘”）"


@pytest.mark.parametrize(
    "signs", [("=", "＝", ">", "＞", "≥", "≧", "⩾"), ("=", "＝", "<", "＜", "≤", "≦", "⩽")]
)
def test_a_run_of_signs_is_put_right_without_another_meaning(signs: tuple[str, ...]) -> None:
    for run in map("".join, product(signs, repeat=3)):
        for new in fixes(found("PGN501", f"产出|数量|修补旧书|{run}40册")):
            read, meant = parse(new), parse(f"{run}40册")
            assert isinstance(read, Quantity)
            assert isinstance(meant, Quantity)
            assert (read.op, read.value, read.unit) == (meant.op, meant.value, meant.unit), run
