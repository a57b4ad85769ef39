"""Forms as units print them: each test draws one and says what is to be read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.model import Grid, Period, Source
from perfgoals_lint.tables.reader import recognise
from perfgoals_lint.tables.recognise import recognise as recognised
from tables.grid_drawing import draw, prose, source
from tables.grid_reading import only, rows


def test_ministry_form_with_funds_of_period_and_year() -> None:
    table = only(
        draw("""
        |项目支出绩效目标申报表|<|<|<|<|<|
        |（2026年度）|<|<|<|<|<|
        |项目名称|<|渡口护栏更新|<|<|<|
        |主管部门及代码|<|交通局[031]|<|实施单位|渡管站|
        |项目属性|<|新增|<|项目期|2026-2028年|
        |项目资金/（万元）|<|中期资金总额：|300|年度资金总额：|100.50|
        |^|^|其中：财政拨款|290|其中：财政拨款|90.50|
        |^|^|其他资金|10|其他资金|10|
        |总体目标|中期目标（2026年—2028年）|<|<|年度目标|<|
        |^|目标1：更新护栏90处/目标2：减少险情|<|<|目标1：更新护栏30处|<|
        |绩效指标|一级指标|二级指标|三级指标|指标值|备注|
        |^|产出指标|数量指标|更新护栏|≥30处||
        |^|^|^|新设标牌|≥12块||
        |^|满意度指标|服务对象满意度指标|乘客满意度|≥90%||
        |注：1.本表一式两份|<|<|<|<|<|
        |填报人：某某|<|联系电话：5550|<|<|<|
        """)
    )
    assert (table.project_name, table.department, table.unit, table.project_type) == (
        "渡口护栏更新",
        "交通局[031]",
        "渡管站",
        "新增",
    )
    assert table.period == Period(2026, 2028)
    assert table.fiscal_year == 2026
    assert table.budget_yuan == Decimal("1005000.00")
    assert table.funding_yuan == {"财政拨款": Decimal("905000.00"), "其他资金": Decimal(100_000)}
    assert table.cycle_goal == "目标1：更新护栏90处\n目标2：减少险情"
    assert table.annual_goal == "目标1：更新护栏30处"
    assert rows(table) == [
        ("产出指标", "数量指标", "更新护栏", None, "≥30处"),
        ("产出指标", "数量指标", "新设标牌", None, "≥12块"),
        ("满意度指标", "服务对象满意度指标", "乘客满意度", None, "≥90%"),
    ]


def test_period_and_year_side_by_side() -> None:
    table = only(
        draw("""
        |项目名称|<|苗圃改造|<|<|<|<|<|
        |绩效指标|一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值|
        |^|产出指标|数量指标|改造面积|30亩|数量指标|改造面积|10亩|
        |^|^|^|补植株数|600株|^|修枝株数|200株|
        |^|效益指标|社会效益|受益村|8个||||
        """)
    )
    assert rows(table) == [
        ("产出指标", "数量指标", "改造面积", "30亩", "10亩"),
        ("产出指标", "数量指标", "补植株数", "600株", None),
        ("产出指标", "数量指标", "修枝株数", None, "200株"),
        ("效益指标", "社会效益", "受益村", "8个", None),
    ]


def test_operator_value_and_unit_are_one_value_with_three_places() -> None:
    table = only(
        draw("""
        |项目名称|<|粮仓防潮|<|<|<|<|
        |一级指标|二级指标|三级指标|指标性质|指标值|度量单位|分值|
        |成本指标|经济成本指标|每座造价|≤|3.5|万元|10|
        |产出指标|时效指标|完成时间|定性|12月底前|无|10|
        |^|数量指标|防潮粮仓|正向|9|座|20|
        |^|质量指标|合格率|＝|100%|%|20|
        |合计|<|<|<|<|<|60|
        """)
    )
    assert [i.annual_value for i in table.indicators] == ["≤3.5万元", "12月底前", "9座", "＝100%"]
    assert [i.weight for i in table.indicators] == ["10", "10", "20", "20"]
    places = table.indicators[0].locations
    assert places["annual_value"].cell == "E3"
    assert places["annual_value.operator"].cell == "D3"
    assert places["annual_value.unit"].cell == "F3"
    # 产出指标 is printed once, over three rows.
    assert table.indicators[3].locations["level1"].cell == "A4"


def test_parts_of_a_value_below_one_name() -> None:
    table = only(
        draw("""
        |项目名称|堤岸除险|<|<|<|<|<|<|<|
        |一级指标|二级指标|三级指标|实施周期指标值|<|<|年度指标值|<|<|
        |^|^|^|符号|值|单位|符号|值|单位|
        |产出指标|数量指标|除险堤段|≥|30|处|≥|10|处|
        """)
    )
    assert rows(table) == [("产出指标", "数量指标", "除险堤段", "≥30处", "≥10处")]
    table = only(
        draw("""
        |项目名称|堤岸除险|<|<|<|<|
        |一级指标|二级指标|三级指标|指标值|<|<|
        |产出指标|数量指标|除险堤段|≥|30|处|
        |^|质量指标|合格率|≥95%|<|<|
        """)
    )
    assert [i.annual_value for i in table.indicators] == ["≥30处", "≥95%"]
    assert table.indicators[0].locations["annual_value"].cell == "E3"


def test_department_form_keeps_the_year_task_amounts_out_of_the_funds() -> None:
    table = only(
        draw("""
        |部门整体支出绩效目标表|<|<|<|<|<|
        |（2026年度）|<|<|<|<|<|
        |部门（单位）名称|<|某县粮食局|<|<|<|
        |年度主要任务|任务名称|主要内容|预算金额（万元）|<|<|
        |^|^|^|总额|财政拨款|其他资金|
        |^|任务一|粮仓|100|90|10|
        |^|任务二|检测|50|50||
        |^|金额合计|<|150|140|10|
        |年度总体目标|目标1：修仓/目标2：检测|<|<|<|<|
        |年度绩效指标|一级指标|二级指标|三级指标|指标值|<|
        |^|产出指标|数量指标|修仓|≥9座|<|
        """)
    )
    assert (table.form, table.department, table.fiscal_year) == ("department", "某县粮食局", 2026)
    assert table.annual_goal == "目标1：修仓\n目标2：检测"
    assert table.budget_yuan == Decimal(1_500_000)
    assert table.funding_yuan == {"财政拨款": Decimal(1_400_000), "其他资金": Decimal(100_000)}
    assert table.tasks is not None
    assert [(t.name, t.content, t.amount_yuan) for t in table.tasks] == [
        ("任务一", "粮仓", Decimal(1_000_000)),
        ("任务二", "检测", Decimal(500_000)),
    ]
    assert rows(table) == [("产出指标", "数量指标", "修仓", None, "≥9座")]


def test_self_evaluation_is_recognised_and_its_targets_read() -> None:
    table = only(
        draw("""
        |项目支出绩效自评表|<|<|<|<|<|<|<|
        |（2025年度）|<|<|<|<|<|<|<|
        |项目名称|<|书屋添置|<|<|<|<|<|
        |主管部门|<|文旅局|<|<|实施单位|图书馆|<|
        |项目资金（万元）|<||年初预算数|全年预算数|全年执行数|分值|执行率|
        |^|^|年度资金总额|100|110|90|10|90%|
        |^|^|其中：当年财政拨款|80|80|70|—|90%|
        |年度总体目标|预期目标|<|<|<|实际完成情况|<|<|
        |^|添置图书9万册|<|<|<|已添置8万册|<|<|
        |绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|
        |^|产出指标|数量指标|添置图书|≥9万册|8万册|20|18|
        |总分|<|<|<|<|<|100|95|
        """)
    )
    assert table.form == "self-evaluation"
    assert (table.budget_yuan, table.funding_yuan) == (Decimal(1_100_000), {"财政拨款": Decimal(800_000)})
    assert table.annual_goal == "添置图书9万册"
    assert rows(table) == [("产出指标", "数量指标", "添置图书", None, "≥9万册")]


@pytest.mark.parametrize("total", ["金额合计", "合计", "总计"])
@pytest.mark.parametrize(
    "title", ["部门整体支出绩效目标表", "部门整体支出绩效目标表" + "|部门整体支出绩效目标表" * 5]
)
def test_the_total_below_the_tasks_of_a_department(title: str, total: str) -> None:
    drawn = draw(
        f"""
        |{title}|
        |部门（单位）名称|闸口局|闸口局|闸口局|闸口局|闸口局|
        |年度主要任务|任务名称|主要内容|预算金额（万元）|<|<|
        |^|||总额|财政拨款|其他资金|
        |^|护岸|护岸7公里|70|60|10|
        |^|清障|清障9处|30|30|0|
        |{total}|||100|90|10|
        |年度总体目标|护岸7公里，清障9处。|<|<|<|<|
        |一级指标|二级指标|三级指标||指标值||
        |产出指标|数量指标|护岸长度||7公里||
        """
    )
    (table,) = (document := recognised(source(drawn))).tables
    assert (table.form, table.budget_yuan) == ("department", Decimal(1_000_000))
    assert table.funding_yuan == {"财政拨款": Decimal(900_000), "其他资金": Decimal(100_000)}
    assert not document.problems


@pytest.mark.parametrize(("again", "codes"), [("", set()), ("护堤18里", {"PGX123"})])
def test_a_heading_repeated_for_merged_columns_names_no_column(again: str, codes: set[str]) -> None:
    drawn = draw(
        f"""
        |项目名称|护堤|护堤|护堤|
        |一级指标|三级指标|指标值|指标值|
        |产出指标|护堤长度|7公里|{again or "7公里"}|
        |效益指标|险情处数|≤2处|≤2处|
        """
    )
    document = recognised(source(drawn))
    assert [row.annual_value for row in document.tables[0].indicators] == ["7公里", "≤2处"]
    assert {problem.code for problem in document.problems} == codes


@pytest.mark.parametrize("none", ["—", "-", "", "－"])
@pytest.mark.parametrize(
    "first", ["年初预算数|全年预算数", "|全年预算数", "|年初预算数", "年初预算数（A）|全年预算数（B）"]
)
@pytest.mark.parametrize(
    "sources", [("其中：当年财政拨款", "上年结转资金", "其他资金"), ("其中：财政拨款", "其他资金"), ()]
)
def test_the_money_of_a_self_evaluation_in_columns(none: str, first: str, sources: tuple[str, ...]) -> None:
    two = not first.startswith("|")
    initial = "95" if two else ""
    below = [
        f"|^|{name}|{initial}|{44 if at else 66}|40|{none}|91%|{none}|" for at, name in enumerate(sources)
    ]
    document = recognise(
        source(
            draw(
                "\n".join(
                    [
                        "|项目支出绩效自评表|<|<|<|<|<|<|<|",
                        "|项目名称|书屋添置|<|<|主管部门|文旅局|<|<|",
                        f"|项目资金（万元）||{first}|全年执行数|分值|执行率|得分|",
                        f"|^|年度资金总额|{initial}|{66 + 44 * max(len(sources) - 1, 0)}|90|10|90%|9|",
                        *below,
                        "|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因|",
                        "|产出指标|数量指标|添置图书|≥9万册|9万册|90|90||",
                    ]
                )
            )
        )
    )
    (table,) = document.tables
    assert table.budget_yuan == 10_000 * (66 + 44 * max(len(sources) - 1, 0))
    assert list((table.funding_yuan or {}).values()).count(Decimal(440_000)) == max(len(sources) - 1, 0)
    assert table.fields["年度资金总额（全年执行数）"] == "90"
    assert table.fields["年度资金总额（得分）"] == "9"
    assert not [problem for problem in document.problems if problem.code == "PGX107"]


def test_columns_in_any_order_with_blank_ones_between() -> None:
    table = only(
        draw("""
        |项目名称||泵房大修|||主管部门|水务局|
        |序号|指标值||分值|三级指标|一级指标|二级指标|
        |1|≥10座||10|大修泵房|产出指标|数量指标|
        |2|100%||10|合格率||质量指标|
        """)
    )
    assert (table.project_name, table.department) == ("泵房大修", "水务局")
    assert rows(table) == [
        ("产出指标", "数量指标", "大修泵房", None, "≥10座"),
        ("产出指标", "质量指标", "合格率", None, "100%"),
    ]
    assert [i.number for i in table.indicators] == [1, 2]


def test_boxes_of_no_interest_end_the_value_in_front_of_them() -> None:
    table = only(
        draw("""
        |项目名称|校舍加固|联系人|某某|联系电话|5550|
        |项目类型|其他|实施单位|教育局|传真|5551|
        |绩效目标|加固校舍9栋|<|<|<|<|
        |其他说明|分两期|<|<|<|<|
        |一级指标|二级指标|三级指标|指标值|<|<|
        |产出指标|数量指标|加固校舍|9栋|<|<|
        """)
    )
    assert (table.project_name, table.project_type, table.unit) == ("校舍加固", "其他", "教育局")
    assert table.annual_goal == "加固校舍9栋"
    assert table.budget_yuan is None


def test_a_form_inside_a_cell() -> None:
    outer = draw("|某县财政局文件|\n| |")
    outer.cells[1].nested = [
        draw(
            "|项目名称|水库清障|<|<|\n|一级指标|二级指标|三级指标|指标值|\n|产出指标|数量指标|清障|9处|",
            sheet=None,
            table=2,
        )
    ]
    table = only(outer)
    assert (table.project_name, len(table.indicators)) == ("水库清障", 1)
    assert table.indicators[0].locations["level3"].table == 2


def test_sources_without_goal_tables_are_left_alone() -> None:
    assert recognise(source(prose("项目名称：甲"))) is None
    assert recognise(source(draw("|科目|金额|\n|办公费|12|"))) is None
    assert recognise(Source("空.xlsx", "xlsx", [Grid("空.xlsx", [], 0, 0, sheet="表")])) is None


def test_direction_beside_the_operator() -> None:
    table = only(
        draw("""
        |项目名称|<|书屋添置|<|<|<|<|<|
        |一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重|指标方向性|
        |产出指标|数量指标|添置图书|≥|9|万册|20|正向指标|
        |^|时效指标|差错|定性|优良|级|20|反向指标|
        |^|^|投诉||3|起|20|反向指标|
        """)
    )
    assert [i.annual_value for i in table.indicators] == ["≥9万册", "优良", "3起"]
    assert [i.direction for i in table.indicators] == ["higher", "lower", "lower"]
    assert table.indicators[0].locations["direction"].cell == "H3"


def test_columns_that_look_like_the_name_or_the_value() -> None:
    table = only(
        draw("""
        |项目名称|<|书屋添置|<|<|<|
        |一级指标|二级指标|三级指标|指标内容|绩效标准|当年预期实现值|
        |产出指标|数量指标|添置图书|新书上架|行业均值|9万册|
        """)
    )
    (row,) = table.indicators
    assert (row.level3, row.description, row.annual_value) == ("添置图书", "新书上架", "9万册")


def test_overall_goal_above_the_goal_of_the_year() -> None:
    table = only(
        draw("""
        |项目名称|路灯更换|<|<|
        |总体目标|三年更换路灯900盏|<|<|
        |年度目标|更换路灯300盏|<|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|路灯|300盏|
        """)
    )
    assert (table.cycle_goal, table.annual_goal) == ("三年更换路灯900盏", "更换路灯300盏")


def test_template_rows_that_nobody_filled_in() -> None:
    table = only(
        draw("""
        |项目名称|路灯更换|<|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|指标1：路灯|300盏|
        |^|^|指标2：||
        |^|^|……||
        |^|质量指标|指标1：||
        |^|^|……||
        """)
    )
    assert [(i.level2, i.level3, i.annual_value) for i in table.indicators] == [
        ("数量指标", "指标1：路灯", "300盏"),
        ("质量指标", None, None),
    ]


def test_sum_of_the_sources_is_the_budget() -> None:
    table = only(
        draw("""
        |项目名称|书屋添置|<|主管部门|文旅局|<|
        |项目资金（万元）|资金来源|<|<|年初预算|<|
        |^|财政拨款|<|<|80.00|<|
        |^|其他资金|<|<|20.00|<|
        |^|合计|<|<|100.00|<|
        |一级指标|二级指标|三级指标|半年（程）目标值|全年（程）目标值|备注|
        |产出|数量指标|图书|4万册|9万册||
        """)
    )
    assert table.budget_yuan == Decimal(1_000_000)
    assert table.funding_yuan == {"财政拨款": Decimal(800_000), "其他资金": Decimal(200_000)}
    assert [i.annual_value for i in table.indicators] == ["9万册"]


def test_operator_and_number_in_the_operator_column() -> None:
    table = only(
        draw("""
        |项目名称|<|书屋添置|<|<|<|
        |一级指标|二级指标|三级指标|指标性质|指标值|度量单位|
        |产出指标|数量指标|添置图书|≥9||万册|
        """)
    )
    assert [i.annual_value for i in table.indicators] == ["≥9万册"]
