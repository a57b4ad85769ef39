"""Measurability: what has a number, what refers to one, and when it is due."""

from __future__ import annotations

import pytest

from lint.checks.drawn import CYCLE, KITES, found, names

UNDIVIDED = "| 一级 | 三级 | 年度值 |\n|---|---|---|\n"
DESCRIBED = "| 一级 | 二级 | 三级 | 绩效指标描述 | 年度值 |\n|---|---|---|---|---|\n"


@pytest.mark.parametrize(
    ("name", "value", "severity"),
    [
        ("灌区进度率", "及时", "error"),
        ("外销额增长率", "正增长", "info"),
        ("外销额增长率", "不低于上年度", "error"),
        ("设备使用效率", "有效", None),
        ("泵站巡检频率", "每月", None),
        ("成本控制率", "不超过预算", None),
        ("满意率", "满意", "error"),
    ],
)
def test_a_rate_has_a_number(name: str, value: str, severity: str | None) -> None:
    findings = found("PGF405", f"产出|质量|{name}|{value}")
    assert [finding.severity for finding in findings] == ([severity] if severity else [])


def test_satisfaction_below_benefit_is_no_rate_of_an_effect() -> None:
    assert not found("PGF405", "效益|服务对象满意度|村民满意率|满意")


@pytest.mark.parametrize("value", ["三部", "≥12", "半数以上", "不低于上年度", "不适用", "1,200册"])
def test_a_quantity_in_chinese_numerals_or_by_reference_has_its_number(value: str) -> None:
    assert not found("PGF407", f"产出|数量|编印手册|{value}")


@pytest.mark.parametrize("value", ["按需编印", "进一步增加", "统一编印", "及时编印"])
def test_a_quantity_in_words_has_none(value: str) -> None:
    assert names(found("PGF407", f"产出|数量|编印手册|{value}")) == ["编印手册"]


def test_both_values_of_a_row_are_looked_at() -> None:
    findings = found("PGF407", "产出|数量|编印手册|≥300册|酌情编印", header=CYCLE, framework="gd-dg")
    assert [finding.field for finding in findings] == ["annual_value"]
    findings = found("PGF407", "产出|数量|编印手册|酌情编印|≥100册", header=CYCLE, framework="gd-dg")
    assert [finding.field for finding in findings] == ["cycle_value"]


@pytest.mark.parametrize(
    ("value", "deferred"),
    [
        ("具体以县里下达数为准", True),
        ("≥3%（以批复为准）", True),
        ("据实结算", True),
        ("另行通知", True),
        ("根据实际开展", False),
        ("数据实时更新", False),
        ("以质量为先，准时交付", False),
        ("≥3%", False),
    ],
)
def test_deferred_values(value: str, deferred: bool) -> None:
    assert bool(found("PGF408", f"效益|经济效益|外销额|{value}")) is deferred


def test_a_deferring_goal_is_an_info_and_names_the_words() -> None:
    findings = found(
        "PGF408", "- 项目名称：堤防维护", "- 年度目标：维护堤防，任务另行下达。", "产出|数量|堤防|≥9公里"
    )
    assert [(f.severity, f.field, f.indicator) for f in findings] == [("info", "annual_goal", None)]
    assert "另行" in findings[0].message


@pytest.mark.parametrize(
    ("value", "reported"),
    [
        ("不低于上年度", True),
        ("不低于年初计划的75%", True),
        ("优于去年同期", True),
        ("不低于2021年水平", True),
        ("较上年有所增长", True),
        ("不低于上年度(870家)", False),
        ("不低于上年度(2023年870家)", False),
        ("不低于上年度(2023年)", True),
        ("不高于政府限价", False),
        ("不超过预算", False),
        ("控制在申报数以内", False),
        ("较上年增长≥3%", False),
        ("≥3%", False),
        ("不低于国家标准", False),
    ],
)
def test_a_reference_names_its_figure(value: str, reported: bool) -> None:
    assert bool(found("PGF409", f"效益|经济效益|外销企业|{value}")) is reported


def test_a_figure_in_the_name_is_last_years_only_when_it_says_so() -> None:
    assert found("PGF409", "效益|社会效益|受益村庄总量（2类）|不低于上年度")
    assert not found("PGF409", "效益|社会效益|受益村庄总量（上年870个）|不低于上年度")


def test_brackets_behind_a_counting_name_do_not_hide_it() -> None:
    findings = found("PGF407", "产出|巡查次数（含夜间）（2类）|酌情", header=UNDIVIDED, framework="gd-gz")
    assert len(findings) == 1


def test_the_figure_may_stand_in_the_description_but_a_year_is_none() -> None:
    known = found(
        "PGF409", "效益|经济效益|外销企业|2023年870家|不低于上年度", header=DESCRIBED, framework="tj"
    )
    year = found("PGF409", "效益|经济效益|外销企业|2023年情况|不低于上年度", header=DESCRIBED, framework="tj")
    assert not known
    assert len(year) == 1


@pytest.mark.parametrize(
    ("value", "fixed"),
    [
        ("约60人", "≥60人"),
        ("每期约60人次", "每期≥60人次"),
        ("60人左右", "≥60人"),
        ("约60人左右", "≥60人"),
        ("近5000册", "≥5000册"),
    ],
)
def test_an_approximate_target_is_given_a_bound(value: str, fixed: str) -> None:
    (finding,) = found("PGF410", f"产出|数量|培训护林员|{value}")
    assert finding.fix is not None
    assert not finding.fix.safe
    assert [edit.new for edit in finding.fix.edits] == [fixed]


def test_costs_and_waiting_times_are_capped() -> None:
    for row in ("产出|成本|印制经费|约9万元", "产出|时效|抢修到场时间|30分钟左右"):
        (finding,) = found("PGF410", row)
        assert finding.fix is not None
        assert finding.fix.edits[0].new.startswith("≤")


@pytest.mark.parametrize(
    "value", ["签约15个", "节约80万元", "履约率≥95%", "近三年合计≥9场", "330多家", "上下游≥8家"]
)
def test_words_that_hold_an_approximate_sign_are_exact(value: str) -> None:
    assert not found("PGF410", f"产出|数量|园区项目|{value}")


@pytest.mark.parametrize(
    ("value", "reported"),
    [
        ("2025年6月", True),
        ("2023年12月底前", True),
        ("2024年12月", False),
        ("11月底前", False),
        ("自2021年起", False),
        ("不低于2022年水平", False),
        ("2019万元以内", False),
        ("≥2025人", False),
    ],
)
def test_a_date_is_in_the_fiscal_year(value: str, reported: bool) -> None:
    findings = found("PGF411", "- 项目名称：水闸", "- 预算年度：2024", f"产出|时效|完成时间|{value}")
    assert [finding.severity for finding in findings] == (["error"] if reported else [])


def test_without_a_year_no_date_is_wrong() -> None:
    assert not found("PGF411", "- 项目名称：水闸", "产出|时效|完成时间|2025年6月")


def test_a_cycle_value_may_name_any_year_of_the_period() -> None:
    lines = ("- 项目名称：水闸", "- 预算年度：2024", "- 起止年度：2023-2026")
    inside = found(
        "PGF411", *lines, "产出|时效|完成时间|2026年底前|2024年底前", header=CYCLE, framework="gd-dg"
    )
    outside = found(
        "PGF411", *lines, "产出|时效|完成时间|2027年3月前|2024年底前", header=CYCLE, framework="gd-dg"
    )
    assert not inside
    assert "2023–2026" in outside[0].message


def test_growth_is_asked_for_its_base_where_the_form_has_a_description() -> None:
    row = "产出|数量|图书流通量|增长|≥45000册"
    assert found("PGF412", row, header=DESCRIBED, framework="tj")
    assert not found("PGF412", row, header=DESCRIBED, framework="mof15")
    assert not found("PGF412", "产出|数量|就业|增加就业人数|≥450人", header=DESCRIBED, framework="tj")
    assert not found(
        "PGF412", "产出|数量|流通量|增长|≥45000册(上年44000册)", header=DESCRIBED, framework="tj"
    )


def test_exactly_half_of_the_rows_is_enough() -> None:
    rows = [
        "产出|数量|加梯|≥30台",
        "产出|质量|质量|良好",
        "效益|社会效益|惠及住户|≥800户",
        "效益|社会效益|出行|便利",
    ]
    assert not found("PGF413", *rows)
    (finding,) = found("PGF413", *rows, "产出|时效|进度|及时")
    assert finding.indicator is None
    assert "5" in finding.message
    assert "2" in finding.message


def test_durations_and_rows_that_do_not_apply_are_no_numbers() -> None:
    rows = ["产出|数量|加梯|≥30台", "产出|质量|合格率|100%", "满意度|服务对象满意度|住户满意度|≥90%"]
    assert found("PGF413", *rows, "效益|可持续影响|对社区的影响|3-5年")
    assert not found("PGF413", *rows, "效益|生态效益|生态|不适用")


@pytest.mark.parametrize(
    "code", ["PGF401", "PGF403", "PGF404", "PGF405", "PGF406", "PGF407", "PGF409", "PGF413"]
)
def test_a_cut_off_table_is_not_asked_for_measures(code: str) -> None:
    rows = [
        "产出|数量|编印次数|不低于上年",
        "产出|质量|达标率|及时",
        "效益|社会效益|方便居民|方便居民",
        "效益|社会效益|作用|有效",
    ]
    assert not found(code, "- 项目名称：水闸", "- 截断：是", *rows)


@pytest.mark.parametrize(
    ("name", "value"),
    [("验收是否合格", "合格"), ("人员是否到位", "是"), ("是否造成污染", "否"), ("讲解是否清楚", "讲解清楚")],
)
def test_a_polar_answer_is_neither_vague_nor_an_echo(name: str, value: str) -> None:
    for code in ("PGF401", "PGF403", "PGF404"):
        assert not found(code, f"产出|质量|{name}|{value}")


def test_a_judgement_does_not_answer_a_question() -> None:
    assert found("PGF401", "效益|社会效益|是否有效改善通行|有效")


@pytest.mark.parametrize("name", ["管道使用年限", "设备寿命"])
def test_years_are_a_proper_answer_to_a_lifetime(name: str) -> None:
    assert not found("PGF402", f"效益|可持续影响|{name}|3-5年")


@pytest.mark.parametrize(
    ("name", "value", "severity"),
    [
        ("苗木合格率", "≥195%", "error"),
        ("苗木合格率（%）", "＝120%", "error"),
        ("苗木合格率", "≤130%", "error"),
        ("苗木合格率", "合格率≥95%，优良率30%", None),
        ("苗木合格率", "合格率≥950%，优良率30%", "error"),
        ("苗木合格率", "≥100%", None),
        ("苗木合格率", "较上年提高120%", None),
        ("苗木合格率", "不低于上年的105%", None),
        ("合格率提升幅度", "≥120%", None),
        ("栽植完成率", "≥195%", None),
        ("计划完成进度", "≥130%", None),
        ("产值增长率", "≥195%", None),
        ("产值", "3倍", None),
        ("种植乔木", "≥-300棵", "error"),
        ("种植乔木", "负300棵", "error"),
        ("种植乔木", "- 300棵", None),
        ("种植乔木", "第3-5棵", None),
        ("种植乔木", "东-300棵", None),
        ("人数变化", "≥-30人", None),
        ("冷库温度", "≤-18度", None),
        ("盈余", "≥-3万元", None),
        ("面积合格比重", "90%-80%", "warning"),
        ("面积合格比重", "80%-90%", None),
        ("苗木株数", "300-200株", "warning"),
        ("优良率（%）", "90-80", "warning"),
        ("巡护时段", "22-6点", None),
        ("安置地点", "12-3号楼", None),
        ("简报期数", "2024-1期", None),
        ("工期", "2027年至2026年", "error"),
        ("工期", "2026年9月-2026年3月", "error"),
        ("工期", "2026年11月-3月", None),
        ("工期", "2026年至2027年", None),
    ],
)
def test_values_that_cannot_be(name: str, value: str, severity: str | None) -> None:
    findings = found("PGF414", f"产出|质量|{name}|{value}")
    assert [finding.severity for finding in findings] == ([severity] if severity else [])


def test_a_project_that_ends_before_it_begins() -> None:
    rows = "产出|数量|种植乔木|≥300棵"
    (finding,) = found("PGF414", "- 项目名称：补植", "- 起止年度：2027-2026", rows)
    assert (finding.field, finding.severity) == ("period", "error")
    assert "2027–2026" in finding.message
    assert not found("PGF414", "- 项目名称：补植", "- 起止年度：2026-2026", rows)


FALLS = [
    f"{thing}{fall}{head}"
    for thing in ("事故", "化肥用量", "单位面积能耗")
    for fall in ("下降", "降低", "减少", "压减")
    for head in ("", "率", "比例", "幅度")
] + ["投诉量降幅", "水耗减幅"]


@pytest.mark.parametrize("name", FALLS)
def test_a_fall_has_its_minus_in_the_name_and_ends_at_all(name: str) -> None:
    said = {
        value: [one.severity for one in found("PGF414", KITES, f"效益|社会效益|{name}|{value}")]
        for value in ("≥10%", "=100%", "≤100%", "-10%", "≥-10%", "≤-5%", "≥100%", "＞100%", "≥120%", "150%")
    }
    assert said == {
        "≥10%": [],
        "=100%": [],
        "≤100%": [],
        **{value: ["warning"] for value in ("-10%", "≥-10%", "≤-5%", "≥100%", "＞100%")},
        **{value: ["error"] for value in ("≥120%", "150%")},
    }


@pytest.mark.parametrize("thing", ["菜价", "同比", "地下水位"])
@pytest.mark.parametrize(
    "way", ["增减幅", "涨跌幅", "涨降幅", "升降幅", "增降幅度", "上升或下降幅度", "增长/下降率", "增加减少率"]
)
def test_what_may_go_both_ways_is_no_fall(thing: str, way: str) -> None:
    for value in ("≤-5%", "≥-10%", "-10%-10%"):
        assert not found("PGF414", KITES, f"效益|经济效益|{thing}{way}|{value}")


@pytest.mark.parametrize("thing", ["企业亏损额", "贸易逆差", "收支缺口", "门店利润"])
def test_a_balance_may_fall_by_more_than_all_of_it(thing: str) -> None:
    for value in ("≥100%", "≥120%", "=150%"):
        assert not found("PGF414", KITES, f"效益|经济效益|{thing}减少率|{value}")
    assert found("PGF414", KITES, f"效益|经济效益|{thing}减少率|≥-20%")


@pytest.mark.parametrize(
    ("name", "value", "hit"),
    [
        ("百户家庭拥有电脑台数", "≥120.5台", False),
        ("城镇百人拥有计算机", "≥60.5台", False),
        ("千人拥有床位", "≥6.5张", False),
        ("护林员配备标准", "≥2.5人", False),
        ("专职教师配备标准（人）", "2.5人", False),
        ("家庭电脑台数", "≥120.5台", True),
        ("标准泳池", "≥2.5座", True),
        ("标准化车间工人", "≥30.5人", True),
    ],
)
def test_means_and_norms_may_be_fractions(name: str, value: str, hit: bool) -> None:
    assert bool(found("PGF414", KITES, f"产出|数量|{name}|{value}")) is hit


@pytest.mark.parametrize("many", ["百", "千", "万"])
@pytest.mark.parametrize("bearer", ["亩", "村", "户", "头", "辆", "公里", "名学生"])
def test_so_many_for_many_others_may_be_a_fraction(many: str, bearer: str) -> None:
    for had in ("拥有机井|0.5眼", "配备兽医|1.5人", "客车|2.5辆"):
        assert not found("PGF414", KITES, f"效益|社会效益|{many}{bearer}{had}")
    assert found("PGF414", KITES, "效益|社会效益|村客车|2.5辆")


@pytest.mark.parametrize("dash", ["-", "—", "至", "~"])
@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        ("1", "12月", True),
        ("01月", "12月", True),
        ("1月", "12月底", True),
        ("1月1日", "12月31日", True),
        ("一月", "十二月", True),
        ("一季度", "四季度", True),
        ("第一季度", "第四季度", True),
        ("3", "12月", False),
        ("1月", "11月", False),
        ("二季度", "四季度", False),
    ],
)
def test_the_whole_year_is_no_deadline_however_it_is_written(
    first: str, last: str, whole: bool, dash: str
) -> None:
    row = f"产出|时效|风筝场建设工期|{first}{dash}{last}"
    assert bool(found("PGF417", KITES, row)) is whole


@pytest.mark.parametrize(
    "name", ["减排任务完成率", "节约用水宣传覆盖率", "压减计划执行进度", "产值增长率", "减少类项目数"]
)
def test_a_fall_that_is_only_what_something_is_about_is_none(name: str) -> None:
    cases = [one.message for one in found("PGF414", KITES, f"效益|社会效益|{name}|≥100%")]
    assert not cases
