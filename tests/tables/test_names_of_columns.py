"""Boxes and columns that share a name, a row or a header: each as the product of its parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.model import Grid
from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw, source
from tables.grid_reading import only, read, rows

FORM = """
|项目支出绩效目标表|<|<|<|
|项目名称|石阶修补|<|<|
{boxes}
|年度目标|修补石阶320级。|<|<|
|一级指标|二级指标|三级指标|指标值|
|产出指标|数量指标|修补级数|≥320级|
"""
LIST = """
|项目名称|{heads}|产出指标|效益指标|
|石阶修补|{cells}|修补级数：≥320级|受益户数：≥90户|
|栏杆油漆|{cells}|油漆长度：≥75米|受益户数：≥60户|
"""


def _unmerged(grid: Grid) -> Grid:
    for cell in grid.cells:
        cell.row_span = cell.column_span = 1
    return grid


@pytest.mark.parametrize("label", ["资金总额", "年度预算金额", "项目经费", "申请资金"])
@pytest.mark.parametrize("between", ["", "/", "：", "，", "（单位："])
@pytest.mark.parametrize(("unit", "factor"), [("万元", 10_000), ("元", 1), ("千元", 1_000)])
def test_a_label_prints_its_unit_with_or_without_brackets(
    label: str, between: str, unit: str, factor: int
) -> None:
    end = "）" if between.startswith("（") else ""
    boxes = f"|{label}{between}{unit}{end}|5250|其中：财政拨款{unit}|5250|"
    table = recognise(source(draw(FORM.format(boxes=boxes.replace("/", "／"))))).tables[0]
    assert table.budget_yuan == 5250 * factor
    assert table.funding_yuan == {"财政拨款": Decimal(5250 * factor)}


@pytest.mark.parametrize("whose", ["", "绩效"])
@pytest.mark.parametrize("kind", ["类型", "小类"])
@pytest.mark.parametrize("end", ["", "名称"])
def test_classes_beside_names_that_are_called_as_the_whole_table(whose: str, kind: str, end: str) -> None:
    picture = f"""
    |项目名称|石阶修补|<|
    |{whose}指标{kind}{end}|绩效指标|绩效指标值|
    |数量指标|修补级数|≥320级|
    |质量指标|修补合格率|≥97%|
    |服务对象满意度指标|居民满意度|≥90%|
    """
    assert [row[1:] for row in rows(only(draw(picture)))] == [
        ("数量指标", "修补级数", None, "≥320级"),
        ("质量指标", "修补合格率", None, "≥97%"),
        ("服务对象满意度指标", "居民满意度", None, "≥90%"),
    ]


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("unit", ["实施单位", "责任单位"]),
        ("department", ["主管部门", "归口管理部门"]),
        ("project_type", ["项目类型", "项目性质"]),
        ("budget_yuan", ["预算金额", "申请资金"]),
    ],
)
def test_a_list_has_one_column_for_a_field_and_keeps_the_other(field: str, names: list[str]) -> None:
    cells = ["31.5", "40"] if field == "budget_yuan" else ["甲桥局", "乙桥所"]
    picture = LIST.format(heads="|".join(names) + "|绩效目标", cells="|".join(cells) + "|做完。")
    document = read(draw("|单位：万元|\n" + picture))
    for table in document.tables:
        expected = Decimal(315_000) if field == "budget_yuan" else "甲桥局"
        assert getattr(table, field) == expected
        assert table.fields[names[1]] == cells[1]


def test_the_name_that_forms_print_names_the_projects_of_a_list() -> None:
    picture = LIST.replace("|项目名称|", "|专项名称|项目名称|", 1).replace("|石阶", "|山道专项|石阶")
    picture = picture.replace("|栏杆", "|山道专项|栏杆").format(heads="预算金额（万元）", cells="12")
    tables = read(draw(picture)).tables
    assert [table.project_name for table in tables] == ["石阶修补", "栏杆油漆"]
    assert {table.fields["专项名称"] for table in tables} == {"山道专项"}


@pytest.mark.parametrize("whole", ["总体目标", "项目绩效总目标", "绩效目标"])
@pytest.mark.parametrize("year", ["年度目标", "2026年度绩效目标", "当年绩效目标"])
@pytest.mark.parametrize("turned", [False, True])
def test_the_goal_of_no_time_beside_the_years_is_that_of_the_period(
    whole: str, year: str, turned: bool
) -> None:
    pairs = [(whole, "三年修补石阶960级。"), (year, "修补石阶320级。")]
    heads, cells = zip(*(reversed(pairs) if turned else pairs), strict=True)
    picture = LIST.format(heads="|".join(heads), cells="|".join(cells))
    for table in read(draw(picture)).tables:
        assert (table.cycle_goal, table.annual_goal) == ("三年修补石阶960级。", "修补石阶320级。")


@pytest.mark.parametrize("label", ["其中：可用性付费", "预期收益（万元）", "上缴比例", "结算价（万元）"])
@pytest.mark.parametrize("value", ["63.2", "812", "15%"])
def test_what_stands_behind_an_amount_is_a_box_of_its_own(label: str, value: str) -> None:
    table = only(draw(FORM.format(boxes=f"|预算金额（万元）|98|{label}|{value}|")))
    assert table.budget_yuan == 980_000
    assert table.fields[label] == value


@pytest.mark.parametrize("other", ["已安排资金（万元）", "累计下达资金（万元）", "项目总投资（万元）"])
def test_the_years_one_amount_is_the_budget_beside_what_was_paid_before(other: str) -> None:
    boxes = f"|{other}|1200|<|<|\n|本年申请专项债券资金（万元）|98|<|<|"
    assert only(draw(FORM.format(boxes=boxes))).budget_yuan == 980_000


@pytest.mark.parametrize("over", ["资金安排（万元）", "资金来源（万元）", "资金构成（万元）"])
@pytest.mark.parametrize("merged", [True, False])
def test_the_amounts_of_a_list_by_year_and_source(over: str, merged: bool) -> None:
    picture = f"""
    |项目名称|{over}|<|<|<|<|<|绩效目标|一级指标|二级指标|三级指标|指标值|
    |^|2026年|<|<|2027年|<|<|^|^|^|^|^|
    |^|小计|财政拨款|其他资金|小计|财政拨款|其他资金|^|^|^|^|^|
    |石阶修补|50|38|12|20|15|5|修补石阶320级。|产出指标|数量指标|修补级数|≥320级|
    |栏杆油漆|9|6|3|4|3|1|油漆栏杆75米。|产出指标|数量指标|油漆长度|≥75米|
    """
    grid = draw(picture)
    tables = read(grid if merged else _unmerged(grid)).tables
    assert [table.budget_yuan for table in tables] == [Decimal(500_000), Decimal(90_000)]
    assert [table.funding_yuan for table in tables] == [
        {"财政拨款": Decimal(380_000), "其他资金": Decimal(120_000)},
        {"财政拨款": Decimal(60_000), "其他资金": Decimal(30_000)},
    ]
    assert [rows(table)[0][2:] for table in tables] == [
        ("修补级数", None, "≥320级"),
        ("油漆长度", None, "≥75米"),
    ]


@pytest.mark.parametrize("merged", [True, False])
def test_bare_holders_below_an_amount_are_its_sources(merged: bool) -> None:
    picture = """
    |县（区）|项目名称|下达资金（万元）|<|<|绩效目标|数量指标|<|满意度指标|<|
    |^|^|小计|中央|省级|^|指标|值|指标|值|
    |东洼县|石阶修补|50|38|12|修补石阶。|修补级数|≥320级|居民满意度|≥90%|
    |西岭县|栏杆油漆|9|6|3|油漆栏杆。|油漆长度|≥75米|居民满意度|≥91%|
    """
    grid = draw(picture)
    tables = read(grid if merged else _unmerged(grid)).tables
    assert [table.funding_yuan for table in tables] == [
        {"中央": Decimal(380_000), "省级": Decimal(120_000)},
        {"中央": Decimal(60_000), "省级": Decimal(30_000)},
    ]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("first", ["上半年", "一季度", "甲镇"])
def test_a_header_of_three_rows_over_names_and_values(first: str, merged: bool) -> None:
    picture = f"""
    |项目名称|石阶修补|<|<|<|<|
    |指标类别|<|<|目标值|<|<|
    |一级|二级|三级|实施期目标值|年度|<|
    |^|^|^|^|{first}|全年|
    |产出指标|数量指标|修补级数|≥960级|≥100级|≥320级|
    |效益指标|社会效益指标|受益户数|≥270户|≥30户|≥90户|
    """
    grid = draw(picture)
    table = only(grid if merged else _unmerged(grid))
    assert rows(table) == [
        ("产出指标", "数量指标", "修补级数", "≥960级", "≥320级"),
        ("效益指标", "社会效益指标", "受益户数", "≥270户", "≥90户"),
    ]
    assert [row.columns[first] for row in table.indicators] == ["≥100级", "≥30户"]


@pytest.mark.parametrize("label", ["资金筹措（万元）", "投融资安排", "资金"])
def test_rows_of_years_below_their_labels_whatever_stands_beside(label: str) -> None:
    boxes = f"""|{label}|年度|小计|专项债券|自有资金|
    |^|2026年|50|38|12|
    |^|2027年|20|15|5|"""
    picture = "|单位：万元|\n|2026年项目支出绩效目标表|" + FORM.format(boxes=boxes).replace(
        "|项目支出绩效目标表|<|<|<|", ""
    )
    table = only(draw("\n".join(line for line in picture.splitlines() if line.strip())))
    assert table.budget_yuan == 500_000
    assert table.funding_yuan == {"专项债券": Decimal(380_000), "自有资金": Decimal(120_000)}


@pytest.mark.parametrize("name", ["实事项目", "支出事项", "项目", "工作事项", "任务名称简称"])
def test_a_list_names_its_projects_by_what_they_are(name: str) -> None:
    picture = LIST.format(heads="责任单位|年度目标任务|资金需求（万元）", cells="乙桥所|做完。|12")
    tables = read(draw(picture.replace("项目名称", name))).tables
    assert [table.project_name for table in tables] == ["石阶修补", "栏杆油漆"]
    assert {table.budget_yuan for table in tables} == {Decimal(120_000)}


@pytest.mark.parametrize("name", ["类别名称", "分类名称", "指标大类名称", "归类事项"])
def test_classes_below_a_name_of_anything_are_classes(name: str) -> None:
    picture = f"""
    |项目名称|石阶修补|<|<|
    |{name}|二级指标|三级指标|指标值|
    |产出指标|数量指标|修补级数|≥320级|
    ||质量指标|修补合格率|≥97%|
    |效益指标|社会效益指标|受益户数|≥90户|
    """
    assert [row[0] for row in rows(only(draw(picture)))] == ["产出指标", "产出指标", "效益指标"]


def test_a_sheet_that_tells_how_to_fill_in_is_no_project() -> None:
    notes = """
    |项目支出绩效目标表填报说明|<|
    |一、|项目名称：按预算批复填写。|
    |二、|年度绩效目标：概括描述年内产出。|
    """
    form = draw(FORM.format(boxes="|预算金额（万元）|98|<|<|"))
    document = recognise(source(draw(notes, sheet="填报说明"), form))
    assert [table.project_name for table in document.tables] == ["石阶修补"]
    assert not [problem for problem in document.problems if problem.code.startswith("PGX10")]


@pytest.mark.parametrize(
    ("sheet", "state"), [("样表", "example"), ("模板", "example"), ("表1", "blank_form")]
)
def test_a_blank_form_that_is_called_a_sample_is_an_example(sheet: str, state: str) -> None:
    blank = FORM.format(boxes="|主管部门|某某局|<|<|").replace("石阶修补", "XX项目")
    blank = blank.replace("修补石阶320级。", "").replace("≥320级", "").replace("修补级数", "指标1：")
    assert recognise(source(draw(blank, sheet=sheet))).tables[0].state == state


@pytest.mark.parametrize("lines", [1, 9])
def test_nothing_is_said_to_lack_where_much_was_not_understood(lines: int) -> None:
    boxes = "\n".join(f"|{n}|20|30|40|" for n in range(lines))
    table = only(draw(FORM.format(boxes=f"|预算金额（万元）|98|<|<|\n{boxes}")))
    assert len(table.unread) == 4 * lines
    assert table.unknown == (["indicators"] if lines > 1 else [])


@pytest.mark.parametrize("label", ["资金额度（万元）", "资金（万元）", "各级安排（万元）"])
@pytest.mark.parametrize("merged", [True, False])
def test_bare_holders_over_their_amounts_in_a_form(label: str, merged: bool) -> None:
    boxes = f"|{label}|合计|中央|省|县|\n|^|50|30|12|8|"
    grid = draw(FORM.format(boxes=boxes))
    table = only(grid if merged else _unmerged(grid))
    assert table.budget_yuan == 500_000
    assert table.funding_yuan == {"中央": Decimal(300_000), "省": Decimal(120_000), "县": Decimal(80_000)}


@pytest.mark.parametrize("whole", ["政策资金规模（万元）", "资金总额（万元）", "预算总额（万元）"])
@pytest.mark.parametrize("year", ["当年预算（万元）", "2026年预算（万元）", "年度预算金额（万元）"])
@pytest.mark.parametrize("turned", [False, True])
def test_the_amount_of_the_year_is_the_budget_beside_one_of_no_time(
    whole: str, year: str, turned: bool
) -> None:
    boxes = [f"{whole}|150", f"{year}|50"]
    table = only(draw(FORM.format(boxes=f"|{'|'.join(reversed(boxes) if turned else boxes)}|")))
    assert table.budget_yuan == 500_000
    assert table.fields[whole] == "150"


@pytest.mark.parametrize("between", ["/", "-", "—", "、"])
def test_rows_of_both_classes_over_their_indicators(between: str) -> None:
    picture = f"""
    |项目支出绩效目标表|<|<|<|
    |项目|石阶修补|<|<|
    |单位|甲桥所|<|<|
    |指标|指标值|权重|评分标准|
    |产出指标{between}数量指标|<|<|<|
    |修补级数|≥320级|30|达标得满分|
    |效益指标{between}社会效益指标|<|<|<|
    |受益户数|≥90户|20|达标得满分|
    """.replace("指标/", "指标／")
    table = only(draw(picture))
    assert (table.project_name, table.unit) == ("石阶修补", "甲桥所")
    assert rows(table) == [
        ("产出指标", "数量指标", "修补级数", None, "≥320级"),
        ("效益指标", "社会效益指标", "受益户数", None, "≥90户"),
    ]


@pytest.mark.parametrize("of", ["收入性质", "资金来源", "支出类型"])
def test_a_source_is_known_behind_what_it_is_told_by(of: str) -> None:
    boxes = f"|资金总额（万元）|50|按{of}分：财政拨款|38|\n|其他资金|12|<|<|"
    table = only(draw(FORM.format(boxes=boxes)))
    assert table.funding_yuan == {"财政拨款": Decimal(380_000), "其他资金": Decimal(120_000)}
