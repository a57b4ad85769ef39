"""Lists with a project in one row or in several."""

from __future__ import annotations

from decimal import Decimal

from perfgoals_lint.model import Document, Grid
from perfgoals_lint.tables.reader import recognise
from tables.grid_drawing import draw, source
from tables.invented import doubts


def read(*grids: Grid, format_name: str = "xlsx") -> Document:
    document = recognise(source(*grids, format_name=format_name))
    assert document is not None
    return document


def test_one_row_a_project_with_units_and_totals() -> None:
    document = read(
        draw("""
        |项目支出绩效目标表|<|<|<|<|<|
        |部门名称：某区林业局  单位：万元||||||
        |项目名称（资金使用单位）|总计|财政拨款|其他资金|绩效目标|绩效指标|
        |合计|39.50|29.50|10.00|||
        |某区林业站|39.50|29.50|10.00|||
        |护林巡查|9.50|9.50||巡查到位|1、产出指标:巡查次数,年度指标值:≥90次。2、满意度指标:群众满意度,年度指标值:≥85%。|
        |林道养护|30.00|20.00|10.00|养护林道|1、1-产出指标；11-数量指标；养护里程；实施周期指标值:90公里；年度指标值:30公里。|
        """)
    )
    first, second = document.tables
    assert (first.project_name, first.department, first.unit) == ("护林巡查", "某区林业局", "某区林业站")
    assert first.budget_yuan == Decimal("95000.00")
    assert [(i.number, i.level1, i.level3, i.annual_value) for i in first.indicators] == [
        (1, "产出指标", "巡查次数", "≥90次"),
        (2, "满意度指标", "群众满意度", "≥85%"),
    ]
    row = second.indicators[0]
    assert (row.level1_code, row.level1, row.level2_code, row.level2) == ("1", "产出指标", "11", "数量指标")
    assert (row.cycle_value, row.annual_value) == ("90公里", "30公里")
    assert second.locations["budget_yuan"].cell == "B7"
    assert second.locations["funding_yuan.其他资金"].cell == "D7"
    assert row.locations["level3"].cell == "F7"
    assert [(t.name, t.total, t.grand, t.first, t.last) for t in document.totals] == [
        ("合计", Decimal("395000.00"), True, 0, 1),
        ("某区林业站", Decimal("395000.00"), False, 0, 1),
    ]


def test_a_row_that_a_page_cut() -> None:
    document = read(
        draw(
            """
        |项目名称|总计|财政拨款|绩效目标|绩效指标|
        |苗圃扩建（第二|3.00|3.00|扩建苗圃，|1、产出指标:扩建面积,年度指标|
        """,
            page=1,
        ),
        draw(
            """
        |项目名称|总计|财政拨款|绩效目标|绩效指标|
        |期）|||按期移交。|值:≥9亩。2、效益指标:供苗,年度指标值:3万株。|
        |球场翻新|5.00|5.00|翻新球场|1、产出指标:球场,年度指标值:2处。|
        """,
            page=2,
        ),
        format_name="pdf",
    )
    first, second = document.tables
    assert (first.project_name, first.annual_goal) == ("苗圃扩建（第二期）", "扩建苗圃，按期移交。")
    assert [i.annual_value for i in first.indicators] == ["≥9亩", "3万株"]
    assert second.project_name == "球场翻新"


def test_one_row_an_indicator_with_merged_projects() -> None:
    document = read(
        draw("""
        |某县2026年项目绩效目标表|<|<|<|<|<|<|<|
        |部门：某县水务局||||||单位：万元||
        |序号|项目名称|预算金额|年度绩效目标|一级指标|二级指标|三级指标|指标值|
        |1|水库清障|100|清障到位|产出指标|数量指标|清障处数|≥10处|
        |^|^|^|^|^|质量指标|合格率|100%|
        |^|^|^|^|效益指标|社会效益指标|受益村|8个|
        |2|泵房大修|20.5|大修泵房|产出指标|数量指标|泵房|≥3座|
        |合计||120.5||||||
        """)
    )
    first, second = document.tables
    assert (first.department, first.fiscal_year) == ("某县水务局", 2026)
    assert [(i.level1, i.level2, i.level3) for i in first.indicators] == [
        ("产出指标", "数量指标", "清障处数"),
        ("产出指标", "质量指标", "合格率"),
        ("效益指标", "社会效益指标", "受益村"),
    ]
    assert (second.budget_yuan, second.annual_goal) == (Decimal("205000.0"), "大修泵房")
    assert [(t.name, t.total) for t in document.totals] == [("合计", Decimal("1205000.0"))]


def test_one_row_an_indicator_without_spans() -> None:
    document = read(
        draw(
            """
        |单位名称|项目名称|资金总额（元）|年度绩效目标|一级指标|二级指标|三级指标|指标值|计量单位|
        |渡管站|渡口护栏|100000|更新|产出指标|数量指标|护栏|≥30|处|
        ||||||质量指标|合格率|100|%|
        |||||效益指标|社会效益指标|受益村|8|个|
        |林场|林道|2500.50|养护|产出指标|数量指标|里程|≥9|公里|
        |林场|林道|2500.50|养护|满意度指标|服务对象满意度指标|满意度|≥90|%|
        """,
            sheet=None,
            table=1,
        ),
        format_name="csv",
    )
    first, second = document.tables
    assert (first.unit, first.budget_yuan) == ("渡管站", Decimal(100_000))
    assert [(i.level1, i.level2, i.annual_value) for i in first.indicators] == [
        ("产出指标", "数量指标", "≥30处"),
        ("产出指标", "质量指标", "100%"),
        ("效益指标", "社会效益指标", "8个"),
    ]
    assert (second.budget_yuan, second.annual_goal) == (Decimal("2500.50"), "养护")
    assert [i.annual_value for i in second.indicators] == ["≥9公里", "≥90%"]


def test_a_source_of_funds_that_forms_do_not_know() -> None:
    document = read(
        draw("""
        |项目名称|总计（万元）|财政拨款|上级补助收入|绩效目标|绩效指标|
        |书屋添置|12|9|3|添书|1、产出指标:图书,年度指标值:9万册。|
        """)
    )
    assert document.tables[0].funding_yuan == {"财政拨款": Decimal(90_000), "上级补助收入": Decimal(30_000)}


def test_units_as_headings_between_the_projects() -> None:
    document = read(
        draw("""
        |单位名称、项目名称|项目年度绩效目标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|指标属性|指标内容|
        |某县水务局||||||||||
        |渡口护栏|更新护栏|产出指标|数量指标|护栏|>=|30|处|定量指标|更新的护栏|
        |^|^|^|质量指标|合格率|=|100|%|定量指标|一次验收|
        |泵房大修|大修泵房|产出指标|数量指标|泵房|=|3|座|定量指标|大修的泵房|
        """)
    )
    assert [(t.project_name, t.unit, t.annual_goal) for t in document.tables] == [
        ("渡口护栏", "某县水务局", "更新护栏"),
        ("泵房大修", "某县水务局", "大修泵房"),
    ]
    assert [(i.level3, i.annual_value, i.description) for i in document.tables[0].indicators] == [
        ("护栏", ">=30处", "更新的护栏"),
        ("合格率", "=100%", "一次验收"),
    ]
    assert document.totals == []


def test_a_list_on_every_sheet() -> None:
    sheet = """
        |项目支出绩效目标表|<|<|<|
        |部门名称：{}  单位：万元||||
        |项目名称|总计|绩效目标|绩效指标|
        |合计|3.00|||
        |{}|3.00|完成|1、产出指标:数量,年度指标值:≥9处。|
        """
    pages = [draw(sheet.format(*names), sheet=names[0]) for names in (("甲局", "护坡"), ("乙局", "路灯"))]
    document = read(*pages)
    assert [(t.project_name, t.department) for t in document.tables] == [("护坡", "甲局"), ("路灯", "乙局")]
    assert [(t.first, t.last) for t in document.totals] == [(0, 0), (1, 1)]


def test_a_goal_table_that_could_not_be_read_is_named() -> None:
    good = draw("|项目名称|总计|绩效指标|\n|护坡|3.00|1、产出指标:数量,年度指标值:≥9处。|")
    odd = draw(
        """
        |项目支出绩效目标表|<|
        |事项|要求|
        |数量|九处|
        """,
        sheet="另表",
    )
    document = read(good, odd)
    assert [(p.code, p.location.sheet, p.args["where"]) for p in doubts(document)] == [
        ("PGX103", "另表", "项目支出绩效目标表")
    ]
