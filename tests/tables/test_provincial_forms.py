"""Forms as provinces and counties print them: their own labels, columns, sources and boxes around the goal table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.model import Period
from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw, prose, source
from tables.grid_reading import only, read, rows


def test_value_with_unit_beside_what_it_rests_on() -> None:
    table = only(
        prose("2026年项目支出绩效目标申报表", "填报单位：（盖章） 单位：万元"),
        draw("""
        |项目支出名称|<|渡槽维修|预算部门|<|灌区管理站|
        |年度本级/预算金额|<|36万|该项目支出上级资金|<|0|
        |项目支出实施期|<|2026.03-2027.02|<|<|<|
        |实施期绩效目标|<|两年修好三处渡槽|<|<|<|
        |本年度绩效目标|<|修好一处渡槽|<|<|<|
        |本年度/绩效指标|一级指标|二级指标|三级指标|指标值及单位|绩效标准|
        |^|产出指标|数量指标|维修渡槽|1处|计划标准|
        |^|^|^|更换槽板|≥40块|行业标准|
        |^|效益指标|社会公众或服务对象满意度指标|灌区农户满意度|≥90%|历史标准|
        |财政部门审核意见|<||<|<|<|
        """),
    )
    assert (table.project_name, table.department, table.unit) == ("渡槽维修", "灌区管理站", None)
    assert (table.budget_yuan, table.funding_yuan) == (Decimal(360_000), None)
    assert (table.period, table.fiscal_year) == (Period(2026, 2027), 2026)
    assert (table.cycle_goal, table.annual_goal) == ("两年修好三处渡槽", "修好一处渡槽")
    assert rows(table) == [
        ("产出指标", "数量指标", "维修渡槽", None, "1处"),
        ("产出指标", "数量指标", "更换槽板", None, "≥40块"),
        ("效益指标", "社会公众或服务对象满意度指标", "灌区农户满意度", None, "≥90%"),
    ]
    assert [row.basis for row in table.indicators] == ["计划标准", "行业标准", "历史标准"]


def test_standard_is_the_value_where_no_other_column_is() -> None:
    table = only(
        draw("""
        |项目名称|渡槽维修|<|<|
        |一级指标|二级指标|三级指标|绩效标准|
        |产出指标|数量指标|维修渡槽|≥2处|
        """)
    )
    assert rows(table) == [("产出指标", "数量指标", "维修渡槽", None, "≥2处")]


def test_compulsory_marks_and_kinds_of_values_in_a_whole_department_form() -> None:
    table = only(
        prose("青石县水文站2026年度整体绩效目标表"),
        draw("""
        |部门（单位）名称|<|<|青石县水文站|<|<|<|<|<|
        |*部门（单位）职责|<|<|监测雨情水情|<|<|<|<|<|
        |*年度总体绩效目标|<|<|汛期预报准确|<|<|<|<|<|
        |绩效指标|<|<|<|<|<|<|<|<|
        |一级指标|二级指标|三级指标|指标值类型|*指标值|计量单位|*指标解释|*评（扣）分标准|备注|
        |产出指标|数量指标|新建雨量站|定量|12|个|建成的站数|少一个扣一分||
        |^|质量指标|数据完整率|定量|98|百分比|实收数据比应收数据|每低一点扣一分||
        |效益指标|社会效益指标|预警能力|定性|应报尽报||漏报次数|漏报一次扣一分||
        """),
    )
    assert (table.form, table.project_name, table.annual_goal) == (
        "department",
        "青石县水文站",
        "汛期预报准确",
    )
    assert [(row.level3, row.annual_value, row.description) for row in table.indicators] == [
        ("新建雨量站", "12个", "建成的站数"),
        ("数据完整率", "98%", "实收数据比应收数据"),
        ("预警能力", "应报尽报", "漏报次数"),
    ]


def test_two_levels_with_the_names_in_the_second() -> None:
    document = recognise(
        source(
            draw("""
        |项目名称|<|培训基地运行|<|<|<|
        |立项依据|<|三定方案|<|<|<|
        |项目预算|成本构成|金额|测算（公式）依据|<|2025年实际执行数|
        |^|保洁费|45|招标文件|<|45|
        |^|维修费|120.5|据实结算|<|110.3|
        |^|合计|165.5||<|155.3|
        |绩效指标|一级指标|二级指标|<|绩效标准|当年预期实现值|
        |^|数量指标|巡检次数|<|全年巡检|≥280次|
        |^|^|接待班次|<|全年接待|60期|
        |^|成本指标|成本控制率|<|不超预算|≤100%|
        |^|满意度指标|学员满意度|<|问卷|≥90%|
        |保障绩效目标实现措施|<|按月检查|<|<|<|
        """)
        )
    )
    (table,) = document.tables
    assert table.budget_yuan == Decimal("1655000.0")
    assert rows(table) == [
        (None, "数量指标", "巡检次数", None, "≥280次"),
        (None, "数量指标", "接待班次", None, "60期"),
        (None, "成本指标", "成本控制率", None, "≤100%"),
        (None, "满意度指标", "学员满意度", None, "≥90%"),
    ]
    assert [row.level1_class for row in table.indicators] == ["output", "output", "output", "satisfaction"]


def test_named_sources_and_the_total_of_a_building() -> None:
    table = only(
        draw("""
        |一级项目名称|文物保护专项|二级项目名称|石窟监测|
        |项目开始日期|2026-01-01|项目完成日期|2026-12-31|
        |项目总投资|95万元|中央补助安排|20万元|
        |省级财政安排|10万元|其他资金|5万元|
        |预算申报数|35万元|资金性质|一般公共预算|
        |基本情况|监测石窟温湿度|政策依据|云财科〔2025〕18号|
        |年度绩效目标|数据连续可靠|<|<|
        |一级指标|二级指标|三级指标|指标目标值|
        |产出指标|数量指标|监测天数|=300天|
        """)
    )
    assert table.project_name == "石窟监测"
    assert table.budget_yuan == Decimal(350_000)
    assert table.funding_yuan == {
        "中央补助安排": Decimal(200_000),
        "省级财政安排": Decimal(100_000),
        "其他资金": Decimal(50_000),
    }


@pytest.mark.parametrize(
    ("upper", "known"),
    [
        ("60", {"财政拨款": Decimal(800_000), "自有资金": Decimal(200_000)}),
        ("20", {"财政拨款": Decimal(800_000), "自有资金": Decimal(200_000)}),
    ],
)
def test_public_money_within_the_fiscal_funds_is_not_counted_twice(
    upper: str, known: dict[str, Decimal]
) -> None:
    table = only(
        draw(f"""
        |项目名称|<|草场围栏|
        |项目资金/（万元）|资金总额：|100|
        |^|财政拨款：|80|
        |^|其中：上级财政资金|{upper}|
        |^|自有资金：|20|
        |一级指标|三级指标|指标值|
        |产出指标|围栏长度|≥30公里|
        """)
    )
    assert table.funding_yuan == known


def test_period_and_year_one_below_the_other_with_a_schedule_above() -> None:
    table = only(
        draw("""
        |项目名称|<|草场修复|<|<|<|
        |项目资金申请/（万元）|<|资金总额：|86.5|<|<|
        |^|<|财政拨款：|80|<|<|
        |^|<|自有资金：|6.5|<|<|
        |^|<|其他：||<|<|
        |单位职能概述|<|保护草原|<|<|<|
        |项目实施进度计划|项目实施内容|<|<|开始时间|完成时间|
        |^|1、整地|<|<|2026年3月|2027年5月|
        |项目绩效目标|长期目标|<|<|年度目标|<|
        |^|恢复植被|<|<|补播三千亩|<|
        |长期绩效指标|一级指标|二级指标|指标内容|指标值|备注|
        |^|产出指标|数量指标|补播面积|9000亩||
        |^|效益指标|生态效益指标|盖度提高|≥20%||
        |年度绩效指标|一级指标|二级指标|指标内容|指标值|备注|
        |^|产出指标|数量指标|补播面积|3000亩||
        |^|^|时效指标|完成时间|10月底前||
        |^|效益指标|生态效益指标|盖度提高|≥8%||
        |其他说明的问题|<||<|<|<|
        """)
    )
    assert table.budget_yuan == Decimal("865000.0")
    assert table.funding_yuan == {"财政拨款": Decimal(800_000), "自有资金": Decimal("65000.0")}
    assert (table.cycle_goal, table.annual_goal, table.period) == ("恢复植被", "补播三千亩", None)
    assert rows(table) == [
        ("产出指标", "数量指标", "补播面积", "9000亩", "3000亩"),
        ("效益指标", "生态效益指标", "盖度提高", "≥20%", "≥8%"),
        ("产出指标", "时效指标", "完成时间", None, "10月底前"),
    ]


def test_amounts_that_say_their_own_label_and_one_name_over_both_levels() -> None:
    table = only(
        draw("""
        |项目名称|小麦统防|<|<|<|<|
        |项目资金申请（万元）|资金总额：58|<|<|<|<|
        |^|财政拨款：50|<|<|<|<|
        |^|自有资金：8|<|<|<|<|
        |项目年度绩效目标|评价内容|<|绩效内容|参考标准|绩效目标值|
        |^|产出|数量目标|防治面积|县级任务|≥3.8万亩|
        |^|^|质量目标|目标1|||
        |^|效益|社会效益目标|受益农户|历史数据|≥1.2万户|
        """)
    )
    assert table.budget_yuan == Decimal(580_000)
    assert table.funding_yuan == {"财政拨款": Decimal(500_000), "自有资金": Decimal(80_000)}
    assert rows(table) == [
        ("产出", "数量目标", "防治面积", None, "≥3.8万亩"),
        ("产出", "质量目标", None, None, None),
        ("效益", "社会效益目标", "受益农户", None, "≥1.2万户"),
    ]


def test_duties_and_money_of_a_whole_department() -> None:
    table = only(
        prose("2026年度部门（单位）整体绩效目标表"),
        draw("""
        |部门（单位）名称|<|某县档案馆|<|<|
        |年度履职目标|<|保管利用档案|<|<|
        |预算情况|部门预算总额（万元）|<|468.2|<|
        |^|1、资金来源：（1）财政性资金|<|460|<|
        |^|（2）其他资金|<|8.2|<|
        |^|2、资金结构：（1）基本支出|<|318.2|<|
        |^|（2）项目支出|<|150|<|
        |一级指标|二级指标|三级指标|指标值|指标值说明|
        |投入管理指标|工作目标管理|目标相关性|相关|与职责相关|
        |产出指标|重点工作任务完成|接收档案|≥8000卷|接收卷数|
        """),
    )
    assert (table.annual_goal, table.budget_yuan) == ("保管利用档案", Decimal("4682000.0"))
    assert table.funding_yuan == {"财政拨款": Decimal(4_600_000), "其他资金": Decimal("82000.0")}
    assert [row.level1 for row in table.indicators] == ["投入管理指标", "产出指标"]


def test_self_evaluation_ends_with_its_verdicts() -> None:
    document = read(
        draw("""
        |部门预算项目支出绩效自评表|<|<|<|<|<|<|
        |项目名称|水质监测|<|主管部门|某市环境局|<|<|
        |绩效指标（90分）|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|
        |^|产出指标|数量指标|监测断面|≥|36|个|
        |合计|<|<|<|<|<|<|
        |评价结论|完成较好|<|<|<|<|<|
        |存在问题|无|<|<|<|<|<|
        |改进措施|加强管理|<|<|<|<|<|
        """)
    )
    assert [rows(table) for table in document.tables] == [
        [("产出指标", "数量指标", "监测断面", None, "≥36个")]
    ]


def test_grant_of_a_region() -> None:
    table = only(
        draw("""
        |转移支付（项目）名称|<|灌溉设施改造|<|<|
        |中央主管部门|<|水利部门|专项实施期|2026-2028年|
        |资金情况（万元）|<|年度金额：|3200|<|
        |^|<|其中：中央补助|2600|<|
        |^|<|地方资金|600|<|
        |总体目标|<|年度目标|<|<|
        |^|<|改造渠道|<|<|
        |一级指标|二级指标|三级指标|<|指标值|
        |产出指标|数量指标|渠道长度|<|≥120公里|
        """)
    )
    assert (table.project_name, table.period) == ("灌溉设施改造", Period(2026, 2028))
    assert table.budget_yuan == Decimal(32_000_000)
    assert table.funding_yuan == {"中央补助": Decimal(26_000_000), "地方资金": Decimal(6_000_000)}
    assert table.annual_goal == "改造渠道"


def test_years_that_are_no_labels_or_codes() -> None:
    table = only(
        prose("2026年项目绩效目标申报表", "预算年度：2026 单位：万元"),
        draw("""
        |项目资金|2026年|资金总额|88.6|
        |项目名称|退耕还林管护|<|<|
        |年度总体目标|预期目标||实际完成情况|
        ||管护退耕还林地||完成管护|
        |一级指标|二级指标|三级指标|指标值（包含数字及文字描述）|
        |产出指标|数量指标|管护面积|≥5200亩|
        """),
    )
    assert (table.department, table.fiscal_year, table.budget_yuan) == (None, 2026, Decimal("886000.0"))
    assert table.annual_goal == "管护退耕还林地"
