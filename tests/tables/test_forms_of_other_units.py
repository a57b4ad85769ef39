"""Layouts that other units print: totals of two times side by side, sections, lists with several rows a project, tasks with goals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.lint.applicability import lacking
from perfgoals_lint.lint.context import DocumentView
from perfgoals_lint.model import Grid
from perfgoals_lint.rulebook.labels import column_of, field_of
from perfgoals_lint.tables.timespans import period_of
from tables.grid_drawing import draw
from tables.grid_reading import only, read, rows

FORM = """
|项目支出绩效目标表|<|<|<|<|<|
|项目名称|石阶修补|<|<|<|<|
{boxes}
|年度目标|修补石阶320级。|<|<|<|<|
|一级指标|二级指标|三级指标|指标值|<|<|
|产出指标|数量指标|修补级数|≥320级|<|<|
|效益指标|社会效益指标|受益户数|≥90户|<|<|
{below}
"""
PLAIN = [
    ("产出指标", "数量指标", "修补级数", None, "≥320级"),
    ("效益指标", "社会效益指标", "受益户数", None, "≥90户"),
]


def _form(boxes: str = "", below: str = "", merged: bool = True) -> Grid:
    picture = FORM.format(boxes=boxes.strip(), below=below.strip())
    grid = draw("\n".join(line for line in picture.splitlines() if line.strip()))
    return grid if merged else _unmerged(grid)


def _unmerged(grid: Grid) -> Grid:
    for cell in grid.cells:
        cell.row_span = cell.column_span = 1
    return grid


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(("whole", "year"), [("项目资金总额", "年度资金申请总额"), ("预算总额", "当年预算")])
@pytest.mark.parametrize("source", ["财政资金", "财政拨款"])
def test_sources_stand_below_the_total_of_their_time(
    merged: bool, whole: str, year: str, source: str
) -> None:
    table = only(
        _form(
            f"""
            |项目资金（元）|{whole}|900|{year}|300|<|
            |^|其中：{source}|700|其中：当年财政拨款|240|<|
            |^|其他资金|200|其他资金|60|<|
            """,
            merged=merged,
        )
    )
    assert table.budget_yuan == 300
    assert table.funding_yuan == {"财政拨款": Decimal(240), "其他资金": Decimal(60)}


@pytest.mark.parametrize("last", ["上年度预算安排", "上年", "上年执行数"])
@pytest.mark.parametrize("year", ["本年度申请金额", "当年"])
@pytest.mark.parametrize("merged", [True, False])
def test_the_amounts_of_the_year_may_stand_in_a_wide_column(last: str, year: str, merged: bool) -> None:
    table = only(
        _form(
            f"""
            |资金（万元）|资金来源|{last}|{year}|<|<|
            |^|财政拨款|10|24|<|<|
            |^|其他资金|5|6|<|<|
            """,
            merged=merged,
        )
    )
    assert table.funding_yuan == {"财政拨款": Decimal(240_000), "其他资金": Decimal(60_000)}


@pytest.mark.parametrize("mark", ["；", "，", "；其中："])
def test_amounts_listed_in_a_box_take_the_unit_of_its_label(mark: str) -> None:
    box = f"年度资金总额：30{mark}财政拨款24，其他资金6"
    table = only(_form(f"|项目资金（万元）|{box}|<|<|<|<|"))
    assert table.budget_yuan == 300_000
    assert table.funding_yuan == {"财政拨款": Decimal(240_000), "其他资金": Decimal(60_000)}


@pytest.mark.parametrize("part", ["申报科室", "业务处室"])
@pytest.mark.parametrize("whole", ["预算单位", "项目实施单位"])
@pytest.mark.parametrize("first", [True, False])
def test_a_part_of_a_body_gives_way_to_the_body(part: str, whole: str, first: bool) -> None:
    boxes = [f"{part}|养护科|<", f"{whole}|石径县路政所|<"]
    table = only(_form("|" + "|".join(boxes if first else boxes[::-1]) + "|"))
    assert table.unit == "石径县路政所"


@pytest.mark.parametrize("name", ["历史建筑整修", "前期勘察测量", "往年水毁道路修复", "基准站设备更新"])
def test_a_name_that_begins_like_a_box_of_the_past_is_a_name(name: str) -> None:
    table = only(
        draw(FORM.format(boxes="|预算（元）|30|<|<|<|<|", below="").replace("石阶修补", name).strip())
    )
    assert table.project_name == name


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("mark", ["一", "二", "十一"])
def test_a_numbered_section_is_a_label_and_ends_the_indicators(merged: bool, mark: str) -> None:
    table = only(
        _form(
            f"|{mark}、资金信息（万元）|<|<|<|<|<|\n|资金总额|30|<|<|<|<|",
            f"|{mark}、审核信息|<|<|<|<|<|",
            merged=merged,
        )
    )
    assert table.budget_yuan == 300_000
    assert table.money_unit is not None
    assert table.money_unit.from_ == "note"
    assert rows(table) == PLAIN
    assert not table.unread


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("who", ["评审专家：甲某、乙某", "经手人：甲某", "科室负责人：甲某"])
@pytest.mark.parametrize("when", ["评审日期：2025年11月20日", "日期：2025.11.20"])
def test_who_signed_below_a_table_is_no_indicator(merged: bool, who: str, when: str) -> None:
    table = only(_form("|预算（元）|30|<|<|<|<|", f"|{who}|<|<|{when}|<|<|", merged=merged))
    assert rows(table) == PLAIN


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("code", ["项目编码", "单位编码（项目编码）"])
@pytest.mark.parametrize("name", ["项目名称", "项目单位（项目名称）", "单位（项目）名称"])
def test_a_project_of_a_list_has_several_rows_of_names_and_values(merged: bool, code: str, name: str) -> None:
    picture = f"""
    |{code}|{name}|金额（元）|绩效目标|成本指标|<|产出指标|<|
    |^|^|^|^|三级指标|指标值|三级指标|指标值|
    |401|石阶修补|50|修补石阶。|每级费用|≤9元|修补级数|≥320级|
    |^|^|^|^|||验收合格率|=100%|
    |^|^|^|^|||完工率|≥95%|
    |402|栏杆油漆|9|油漆栏杆。|每米费用|≤4元|油漆长度|≥75米|
    """
    grid = draw(picture)
    document = read(grid if merged else _unmerged(grid))
    assert [(t.project_code, t.project_name) for t in document.tables] == [
        ("401", "石阶修补"),
        ("402", "栏杆油漆"),
    ]
    assert [rows(table) for table in document.tables] == [
        [
            ("成本指标", None, "每级费用", None, "≤9元"),
            ("产出指标", None, "修补级数", None, "≥320级"),
            ("产出指标", None, "验收合格率", None, "=100%"),
            ("产出指标", None, "完工率", None, "≥95%"),
        ],
        [("成本指标", None, "每米费用", None, "≤4元"), ("产出指标", None, "油漆长度", None, "≥75米")],
    ]


@pytest.mark.parametrize("head", ["绩效指标", "主要绩效指标"])
@pytest.mark.parametrize("mark", ["1.|2.", "1、|2、", "（1）|（2）"])
def test_a_cell_of_a_list_may_number_its_indicators_without_a_class(head: str, mark: str) -> None:
    first, second = mark.split("|")
    table = only(
        draw(f"""
        |项目名称|金额（元）|年度目标|{head}|
        |石阶修补|50|修补石阶。|{first}修补级数：≥320级/{second}受益户数：≥90户|
        """)
    )
    assert [row[2:] for row in rows(table)] == [row[2:] for row in PLAIN]


@pytest.mark.parametrize("merged", [True, False])
def test_rows_of_a_list_may_be_units_with_classes_over_the_names(merged: bool) -> None:
    picture = """
    |项目单位|下达资金（元）|产出指标|<|满意度指标|
    |^|^|数量指标|质量指标|服务对象满意度指标|
    |^|^|修补级数|验收合格率|居民满意度|
    |东洼镇|50|≥320级|=100%|≥90%|
    |西岭乡|9|≥75级|=100%|≥91%|
    """
    grid = draw(picture)
    tables = read(grid if merged else _unmerged(grid)).tables
    assert [(table.unit, table.budget_yuan) for table in tables] == [("东洼镇", 50), ("西岭乡", 9)]
    assert [[row[2::2] for row in rows(table)] for table in tables] == [
        [("修补级数", "≥320级"), ("验收合格率", "=100%"), ("居民满意度", "≥90%")],
        [("修补级数", "≥75级"), ("验收合格率", "=100%"), ("居民满意度", "≥91%")],
    ]


@pytest.mark.parametrize("first", ["绩效类型", "指标类别", "指标分类（一级）"])
@pytest.mark.parametrize("second", ["二级指标", "指标分类（二级）", "具体分类"])
def test_the_classes_below_two_names_tell_their_levels(first: str, second: str) -> None:
    table = only(
        draw(f"""
        |项目名称|石阶修补|<|<|
        |预算（元）|30|<|<|
        |{first}|{second}|三级指标|指标值|
        |产出指标|数量指标|修补级数|≥320级|
        |效益指标|社会效益指标|受益户数|≥90户|
        """)
    )
    assert rows(table) == PLAIN


@pytest.mark.parametrize("merged", [True, False])
def test_classes_of_the_first_level_may_stand_alone_above_those_of_the_second(merged: bool) -> None:
    picture = """
    |项目名称|石阶修补|<|<|
    |预算（元）|30|<|<|
    |指标类别|具体指标|指标值|<|
    |产出指标|<|<|<|
    |数量指标|修补级数|≥320级|<|
    |效益指标|<|<|<|
    |社会效益指标|受益户数|≥90户|<|
    """
    grid = draw(picture)
    assert rows(only(grid if merged else _unmerged(grid))) == PLAIN


@pytest.mark.parametrize("name", ["名称", "任务名称", "重点工作事项"])
@pytest.mark.parametrize("content", ["主要实施内容", "具体措施"])
@pytest.mark.parametrize("goal", ["期望达到的目标（概述）", "预期成效"])
def test_tasks_keep_what_is_done_and_what_it_is_for(name: str, content: str, goal: str) -> None:
    table = only(
        draw(f"""
        |部门整体支出绩效目标表|<|<|<|<|
        |部门名称|石径县路政局|<|<|<|
        |年度主要任务|{name}|{content}|拟投入的资金（万元）|{goal}|
        |^|巡查养护|每日巡查两次|12.5|道路完好|
        |年度目标|修补石阶320级。|<|<|<|
        |一级指标|二级指标|三级指标|指标值|<|
        |产出指标|数量指标|修补级数|≥320级|<|
        """)
    )
    (task,) = table.tasks or []
    assert (task.name, task.amount_yuan) == ("巡查养护", 125_000)
    assert task.content == "每日巡查两次\n道路完好"


@pytest.mark.parametrize("columns", ["", "|责任科室"])
def test_a_list_without_a_column_for_indicators_lacks_no_class(columns: str) -> None:
    cell = "|养护科" if columns else ""
    bare = read(draw(f"|项目名称|金额（元）|年度目标{columns}|\n|石阶修补|50|修补石阶320级。{cell}|"))
    kept = read(draw("|项目名称|金额（元）|年度目标|绩效指标|\n|石阶修补|50|修补石阶320级。|暂缺|"))
    lacks = ["classes" in lacking(DocumentView.of(one).tables[0]) for one in (bare, kept)]
    assert lacks == [True, False]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2026年3月1日起三年", 2029),
        ("2026年1月1日起三年", 2028),
        ("2026年起，为期两年", 2027),
        ("自2026年起共10年", 2035),
        ("2026年3月起", None),
        ("2026年", 2026),
    ],
)
def test_a_period_ends_after_the_years_that_it_lasts(text: str, end: int | None) -> None:
    period = period_of({"period": text})
    assert period is not None
    assert (period.start, period.end) == (2026, end)


OF_BOXES = {
    "project_name": [
        "补贴政策名称",
        "实事项目名称",
        "项目名称/政策名称",
        "单位编码及项目名称",
        "项目名称及预算编码",
    ],
    "project_code": ["单位编码（项目编码）", "部门代码、项目代码"],
    "unit": ["发放单位", "资金主管（使用）单位", "归口实施单位", "自评单位", "资金接收单位", "承建单位"],
    "department": ["业务指导部门", "对口主管科室"],
    "budget": ["年度部门整体支出预算", "年度补贴资金", "申请补贴资金总额"],
    "fiscal": ["政府预算资金", "拟申请财政资金"],
    "annual_goal": ["年初设定的绩效目标", "绩效目标概括"],
    "cycle_goal": ["债券存续期绩效目标"],
    "period": ["债券项目建设期", "支持期限"],
}
OF_COLUMNS = {
    "weight": ["本年权重", "自评权重", "得分权重"],
    "basis": ["指标完成值数据来源", "证明材料", "佐证资料"],
    "description": ["公式或说明", "指标解释或说明", "填报口径"],
    "level1": ["指标分类（一级）", "评价内容（一级）"],
    "level2": ["指标分类（二级）", "评价内容（二级）"],
}


@pytest.mark.parametrize(("field", "name"), [(f, n) for f, names in OF_BOXES.items() for n in names])
def test_the_grammar_names_a_box(field: str, name: str) -> None:
    assert field_of(name) == field


@pytest.mark.parametrize(("role", "name"), [(r, n) for r, names in OF_COLUMNS.items() for n in names])
def test_the_grammar_names_a_column(role: str, name: str) -> None:
    assert column_of(name) == role


@pytest.mark.parametrize("merged", [True, False])
def test_the_name_of_all_indicators_behind_the_classes_of_a_list_heads_their_names(merged: bool) -> None:
    picture = """
    |职责活动|项目名称|金额（元）|绩效目标|一级指标|二级指标|绩效指标|指标值|绩效指标描述|
    |养护|石阶修补|50|修补石阶。|产出指标|数量指标|修补级数|≥320级|实际修补的级数|
    |^|^|^|^|效益指标|社会效益指标|受益户数|≥90户|沿线住户|
    """
    grid = draw(picture)
    assert rows(only(grid if merged else _unmerged(grid))) == PLAIN


@pytest.mark.parametrize("merged", [True, False])
def test_a_class_above_the_first_header_is_that_of_its_rows(merged: bool) -> None:
    picture = """
    |项目名称|石阶修补|<|<|
    |年度目标|修补石阶320级。|<|<|
    |产出指标|<|<|<|
    |二级指标|三级指标|指标值|备注|
    |数量指标|修补级数|≥320级||
    |效益指标|<|<|<|
    |二级指标|三级指标|指标值|备注|
    |社会效益指标|受益户数|≥90户||
    """
    grid = draw(picture)
    assert rows(only(grid if merged else _unmerged(grid))) == PLAIN


@pytest.mark.parametrize("merged", [True, False])
def test_parts_of_one_source_are_kept_under_their_names(merged: bool) -> None:
    picture = """
    |项目名称|预算（元）|<|<|<|年度目标|数量指标|
    |^|合计|一般公共预算|<|单位资金|^|^|
    |^|^|本级|上级|^|^|^|
    |石阶修补|60|30|20|10|修补石阶。|修补级数：≥320级|
    """
    grid = draw(picture)
    table = only(grid if merged else _unmerged(grid))
    assert table.budget_yuan == 60
    assert sorted((table.funding_yuan or {}).values()) == [10, 20, 30]
