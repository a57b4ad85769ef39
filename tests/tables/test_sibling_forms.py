"""Kinds of forms and lists beside those of the other tests, each as the product of its parts."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest

from perfgoals_lint.model import Grid
from perfgoals_lint.tables.named_values import name_and_value
from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw, source
from tables.grid_reading import only, read, rows

PROJECTS = [
    ("埝埂加固", "30", ["加固长度", "验收合格率"], ["≥260米", "100%"]),
    ("机耕桥维修", "12", ["维修座数"], ["≥4座"]),
]
NAMED = {name: list(zip(names, values, strict=True)) for name, _, names, values in PROJECTS}


def _list(heads: list[str], over: str = "") -> Grid:
    names = "|项目名称|预算金额（万元）|绩效目标|"
    lines = (
        [f"{names}{over}|<|<|<|", f"|^|^|^|{'|'.join(heads)}|"] if over else [names + "|".join(heads) + "|"]
    )
    for name, amount, names_of, values in PROJECTS:
        cells = [text for pair in itertools.zip_longest(names_of, values) for text in pair]
        cells += [""] * (len(heads) - len(cells))
        lines.append(f"|{name}|{amount}|完成{name}|{'|'.join(cells)}|")
    return draw("\n".join(lines))


@pytest.mark.parametrize("name", ["指标{}", "绩效指标{}", "指标名称{}", "三级指标（{}）"])
@pytest.mark.parametrize("value", ["指标值{}", "目标值{}", "年度指标值{}"])
@pytest.mark.parametrize("numbers", ["12", "一二", ("", "")])
def test_a_list_prints_names_and_values_beside_each_other(name: str, value: str, numbers: str) -> None:
    if not numbers[0] and name == "指标{}":
        pytest.skip("指标 without a number heads a list of indicators")
    heads = [head.format(number) for number in numbers for head in (name, value)]
    tables = read(_list([head.replace("（）", "") for head in heads])).tables
    assert {t.project_name: [(i.level3, i.annual_value) for i in t.indicators] for t in tables} == NAMED
    assert [table.budget_yuan for table in tables] == [Decimal(300000), Decimal(120000)]
    assert tables[0].indicators[1].locations["annual_value"].cell == "G2"


@pytest.mark.parametrize(("first", "second"), [("产出指标", "数量指标"), ("产出指标", ""), ("", "质量指标")])
def test_pairs_of_columns_are_of_the_class_that_heads_them(first: str, second: str) -> None:
    name = second or first
    heads = [f"{name}1", "指标值1", f"{name}2", "指标值2"]
    for table in read(_list(heads, first if second else "")).tables:
        assert [(i.level3, i.annual_value) for i in table.indicators] == NAMED[table.project_name]
        assert {(i.level1, i.level2) for i in table.indicators} == {(first or None, second or None)}


@pytest.mark.parametrize(
    "value", ["2026年5月底前", "30座", "≤3.5万元", "95%", "明显提升", "稳步提高", "8月20日前"]
)
@pytest.mark.parametrize("name", ["泵房完工", "第三方验收", "农户便利度", "2026年改造率"])
def test_a_value_stands_at_the_end_of_its_name(name: str, value: str) -> None:
    assert name_and_value(name + value) == (name, value)
    assert name_and_value(name) == (name, None)


@pytest.mark.parametrize(
    ("mark", "between"), [("：", "/"), ("：", "；"), ("：", ""), ("-", "/"), ("-", "；")]
)
def test_a_cell_below_a_class_prints_the_lower_classes(mark: str, between: str) -> None:
    outputs = between.join(
        [f"数量指标{mark}加固长度≥260米", f"质量指标{mark}验收合格率100%", f"成本指标{mark}每米造价≤900元"]
    )
    picture = f"""
    |项目名称|预算金额（万元）|绩效目标|产出指标|效益指标|满意度指标|
    |埝埂加固|30|加固埝埂260米。|{outputs}|社会效益指标{mark}保护农户≥45户|农户满意度≥91%|
    """
    assert [(row[0], row[1], row[2], row[4]) for row in rows(only(draw(picture)))] == [
        ("产出指标", "数量指标", "加固长度", "≥260米"),
        ("产出指标", "质量指标", "验收合格率", "100%"),
        ("产出指标", "成本指标", "每米造价", "≤900元"),
        ("效益指标", "社会效益指标", "保护农户", "≥45户"),
        ("满意度指标", None, "农户满意度", "≥91%"),
    ]


INDICATORS = """
|产出指标|数量指标|{}加固长度|≥260米|
|产出指标|质量指标|{}验收合格率|100%|
|效益指标|社会效益指标|{}保护农户|≥45户|
"""


def test_a_fourth_level_is_the_name_where_the_third_groups_names() -> None:
    table = only(
        draw(
            "|项目名称|埝埂加固|<|<|<|\n|一级指标|二级指标|三级指标|四级指标|指标值|"
            + INDICATORS.replace("{}", "工程内容|")
        )
    )
    assert [row[2] for row in rows(table)] == ["加固长度", "验收合格率", "保护农户"]
    assert {row.columns["三级指标"] for row in table.indicators} == {"工程内容"}


@pytest.mark.parametrize("other", ["2028年目标值", "2025年值", "期末目标值"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_column_of_another_time_is_not_the_years_in_any_order(other: str, turned: bool) -> None:
    heads, cells = ["指标值", other], ["≥260米", "≥780米"]
    picture = f"""
    |项目支出绩效目标表（2026年度）|<|<|<|<|
    |项目名称|埝埂加固|<|<|<|
    |一级指标|二级指标|三级指标|{"|".join(heads[::-1] if turned else heads)}|
    |产出指标|数量指标|加固长度|{"|".join(cells[::-1] if turned else cells)}|
    |效益指标|社会效益指标|保护农户|≥45户|≥45户|
    """
    row = only(draw(picture)).indicators[0]
    assert row.annual_value == "≥260米"
    assert row.cycle_value == (None if "2025" in other else "≥780米")


@pytest.mark.parametrize("head", ["2025年完成值", "上年实际值", "全年实际完成值"])
def test_what_was_reached_is_no_target_and_that_is_said(head: str) -> None:
    grid = draw(
        f"|项目名称|埝埂加固|<|<|\n|一级指标|二级指标|三级指标|{head}|" + INDICATORS.replace("{}", "")
    )
    document = recognise(source(grid))
    (table,) = document.tables
    assert {row.annual_value for row in table.indicators} == {None}
    assert all("annual_value" in row.unknown for row in table.indicators)
    assert "PGX170" in {problem.code for problem in document.problems}


def test_a_row_that_says_what_to_fill_in_is_no_indicator() -> None:
    hint = "|（填写大类）|（填写类别）|（填写具体指标）|（填写目标值）|"
    head = "|项目名称|埝埂加固|<|<|\n|一级指标|二级指标|三级指标|指标值|\n"
    table = only(draw(head + hint + INDICATORS.replace("{}", "")))
    assert [row[2] for row in rows(table)] == ["加固长度", "验收合格率", "保护农户"]


FORM = (
    "|项目名称|埝埂加固|<|<|\n{}\n|年度目标|加固埝埂260米。|<|<|\n|一级指标|二级指标|三级指标|指标值|"
    + INDICATORS.replace("{}", "")
)


@pytest.mark.parametrize("whole", ["财政安排金额", "财政拨款", "财政资金"])
@pytest.mark.parametrize("part", ["其中：财政拨款", "其中：本级财政资金", "其中：一般公共预算拨款"])
def test_what_has_a_part_of_its_own_kind_is_the_budget(whole: str, part: str) -> None:
    table = only(draw(FORM.format(f"|{whole}（万元）|30|{part}|22|")))
    assert table.budget_yuan == Decimal(300000)
    assert Decimal(220000) in (table.funding_yuan or {}).values()


@pytest.mark.parametrize("label", ["项目总经费（万元）", "三年总投入（万元）", "项目总投资（万元）"])
def test_amounts_of_the_whole_are_said_where_the_years_are_not_printed(label: str) -> None:
    boxes = f"|项目实施期|2026-2028年|{label}|90|"
    document = read(draw(FORM.format(boxes)))
    assert document.tables[0].budget_yuan is None
    assert "PGX123" in {problem.code for problem in document.problems}
    beside = read(draw(FORM.format(boxes + "\n|年度预算（万元）|30|||")))
    assert beside.tables[0].budget_yuan == Decimal(300000)
    assert not beside.problems


def test_an_amount_beside_one_that_no_form_knows_is_not_all_of_the_money() -> None:
    document = read(draw(FORM.format("|整治金额（万元）|30|其中：财政拨款|22|")))
    assert document.tables[0].budget_yuan != Decimal(220000)
    assert document.problems or document.tables[0].budget_yuan == Decimal(300000)


def test_a_text_beside_the_tasks_is_kept_and_said() -> None:
    document = read(draw(FORM.format("|项目主要任务|对埝埂加宽加高。|<|<|")))
    assert document.tables[0].fields["项目主要任务"] == "对埝埂加宽加高。"
    assert "PGX123" in {problem.code for problem in document.problems}


@pytest.mark.parametrize("label", ["主管（业务）部门", "业务主管科室", "资金管理部门"])
def test_a_bracket_inside_of_a_name_is_passed_over(label: str) -> None:
    assert only(draw(FORM.format(f"|{label}|某县水利局|<|<|"))).department == "某县水利局"


@pytest.mark.parametrize("first", ["项目资金（万元）", "年度预算（万元）", "资金来源（万元）"])
def test_amounts_stand_below_their_labels_where_merged_cells_are_lost(first: str) -> None:
    table = only(draw(FORM.format(f"|{first}|年度资金总额||财政拨款||其他资金|\n||30||22||8|")))
    assert table.budget_yuan == Decimal(300000)
    assert table.funding_yuan == {"财政拨款": Decimal(220000), "其他资金": Decimal(80000)}


def test_a_list_with_two_rows_of_names_whose_merged_cells_are_lost() -> None:
    picture = """
    |单位名称|项目名称|年度预算（万元）|||绩效目标|绩效指标||||
    |||合计|财政拨款|其他资金||一级指标|二级指标|三级指标|指标值|
    |某水管所|埝埂加固|30|22|8|加固埝埂260米。|产出指标|数量指标|加固长度|≥260米|
    |||||||效益指标|社会效益指标|保护农户|≥45户|
    """
    table = only(draw(picture))
    assert (table.unit, table.project_name, table.budget_yuan) == ("某水管所", "埝埂加固", Decimal(300000))
    assert table.funding_yuan == {"财政拨款": Decimal(220000), "其他资金": Decimal(80000)}
    assert [row[2] for row in rows(table)] == ["加固长度", "保护农户"]


@pytest.mark.parametrize("known", [True, False])
def test_a_list_of_names_and_money_belongs_to_the_forms_behind_it(known: bool) -> None:
    name = "埝埂加固" if known else "塘坝清淤"
    money = draw(
        f"|序号|项目名称|项目单位|资金总额（万元）|\n|1|{name}|某水管所|30|\n|2|机耕桥维修|某站|12|\n|合计|||42|",
        sheet="目录",
    )
    document = read(money, draw(FORM.format("|项目单位|某水管所|<|<|"), sheet="表1"))
    (table,) = document.tables
    assert (table.project_name, table.unit) == ("埝埂加固", "某水管所")
    assert table.budget_yuan == (Decimal(300000) if known else None)
    assert len(table.indicators) == 3


@pytest.mark.parametrize("over", ["绩效指标", "年度绩效指标", "项目绩效指标"])
@pytest.mark.parametrize("first", ["产出指标", ""])
def test_columns_of_classes_stand_below_a_name_of_all_indicators(over: str, first: str) -> None:
    middle = f"|^|^|^|{first}|<|效益指标|\n" if first else ""
    picture = f"""
    |项目名称|预算金额（万元）|绩效目标|{over}|<|<|
    {middle}|^|^|^|数量指标|质量指标|社会效益指标|
    |埝埂加固|30|加固埝埂260米。|加固长度≥260米|验收合格率100%|保护农户≥45户|
    |机耕桥维修|12|维修机耕桥4座。|维修座数≥4座|桥面合格率≥95%|受益农户≥30户|
    """
    found = [rows(table) for table in read(draw(picture)).tables]
    benefit = "效益指标" if first else None
    assert [[row[:3] + row[4:5] for row in table] for table in found] == [
        [
            (first or None, "数量指标", "加固长度", "≥260米"),
            (first or None, "质量指标", "验收合格率", "100%"),
            (benefit, "社会效益指标", "保护农户", "≥45户"),
        ],
        [
            (first or None, "数量指标", "维修座数", "≥4座"),
            (first or None, "质量指标", "桥面合格率", "≥95%"),
            (benefit, "社会效益指标", "受益农户", "≥30户"),
        ],
    ]


SETTLED = [
    ("申报", "批复"),
    ("送审", "审定"),
    ("上报", "核定"),
    ("申请", "下达"),
    ("年初", "调整后"),
    ("修改前", "修改后"),
]


@pytest.mark.parametrize(("asked", "settled"), SETTLED)
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("over", [False, True])
def test_the_value_that_was_decided_is_the_target(asked: str, settled: str, turned: bool, over: bool) -> None:
    heads, values = [asked, settled], ["≥312米", "≥260米"]
    heads, values = (heads[::-1], values[::-1]) if turned else (heads, values)
    head = (
        f"|一级指标|二级指标|三级指标|指标值|<|\n|^|^|^|{'|'.join(heads)}|"
        if over
        else f"|一级指标|二级指标|三级指标|{'|'.join(f'{name}指标值' for name in heads)}|"
    )
    picture = f"|项目名称|埝埂加固|<|<|<|\n{head}\n|产出指标|数量指标|加固长度|{'|'.join(values)}|"
    row = only(draw(picture)).indicators[0]
    assert row.annual_value == "≥260米"
    assert row.columns[asked if over else f"{asked}指标值"] == "≥312米"


@pytest.mark.parametrize(("asked", "settled"), SETTLED)
@pytest.mark.parametrize("turned", [False, True])
def test_the_amount_that_was_decided_is_the_budget(asked: str, settled: str, turned: bool) -> None:
    lines = [("来源", f"{asked}数", f"{settled}数"), ("资金总额", "36", "30"), ("其中：财政拨款", "20", "22")]
    drawn = [(name, *amounts[::-1]) if turned else (name, *amounts) for name, *amounts in lines]
    boxes = "|资金（万元）|" + "|\n|^|".join("|".join(line) for line in drawn) + "|"
    table = only(draw(FORM.format(boxes)))
    assert table.budget_yuan == Decimal(300000)
    assert table.funding_yuan == {"财政拨款": Decimal(220000)}
    assert table.fields[f"资金总额（{asked}数）"] == "36"


@pytest.mark.parametrize(("last", "own"), [("上年批复", "本年申报"), ("上年度核定", "本年度申报")])
def test_what_was_decided_of_another_year_is_not_the_target(last: str, own: str) -> None:
    for before, after in [(last, own), (own, last)]:
        values = ["≥312米", "≥260米"] if before == last else ["≥260米", "≥312米"]
        picture = f"""
        |项目名称|埝埂加固|<|<|<|
        |一级指标|二级指标|三级指标|{before}指标值|{after}指标值|
        |产出指标|数量指标|加固长度|{"|".join(values)}|
        """
        assert only(draw(picture)).indicators[0].annual_value == "≥260米"


@pytest.mark.parametrize("value", ["≥93%", "95.5%", "93%以上", "＝100%"])
@pytest.mark.parametrize("name", ["服务对象满意度", "社会效益", "环境效益"])
def test_a_label_with_its_value_is_a_name(name: str, value: str) -> None:
    picture = f"""
    |项目名称|预算金额（万元）|绩效目标|产出指标|满意度指标|
    |埝埂加固|30|加固埝埂260米。|1.加固长度：≥260米|1.{name}：{value}；2.农户满意度：≥91%|
    """
    assert [(row[2], row[4]) for row in rows(only(draw(picture)))] == [
        ("加固长度", "≥260米"),
        (name, value),
        ("农户满意度", "≥91%"),
    ]


CHANGES = ["追加", "调增", "核减", "调整", "变更"]
ASKED = [("申报", "批复"), ("送审", "审定"), ("年初", "核定"), *((f"{c}前", f"{c}后") for c in CHANGES)]


@pytest.mark.parametrize(("asked", "settled"), ASKED)
@pytest.mark.parametrize("ending", ["", "数", "预算数", "金额（万元）"])
@pytest.mark.parametrize("blank", ["", "来源"])
def test_the_changed_amount_counts_where_merged_cells_are_lost(
    asked: str, settled: str, ending: str, blank: str
) -> None:
    change = settled[:-1] if settled.endswith("后") else "增减"
    boxes = f"""|项目资金（万元）|{blank}|{asked}{ending}|{change}数|{settled}{ending}|
    ||资金总额|36|-6|30|
    ||其中：财政拨款|26|-4|22|
    ||其他资金|10|-2|8|"""
    table = only(draw(FORM.format(boxes)))
    assert table.budget_yuan == Decimal(300000)
    assert table.funding_yuan == {"财政拨款": Decimal(220000), "其他资金": Decimal(80000)}
    assert table.annual_goal == "加固埝埂260米。"
    assert table.fields[f"资金总额（{asked}{ending}）"] == "36"


@pytest.mark.parametrize(("asked", "settled"), ASKED)
@pytest.mark.parametrize("over", [False, True])
def test_the_changed_amount_of_a_list_counts(asked: str, settled: str, over: bool) -> None:
    heads = [f"{asked}数", f"{settled}数"]
    parts = "合计|财政拨款" if over else ""
    first = "|".join(head + ("|<" if over else "") for head in heads)
    names = f"|项目名称|{first}|绩效目标|产出指标|\n" + (f"|^|{parts}|{parts}|^|^|\n" if over else "")
    amounts = "36|26|30|22" if over else "36|30"
    picture = f"|金额单位：万元|\n{names}|埝埂加固|{amounts}|加固埝埂260米。|加固长度≥260米|\n"
    picture += f"|机耕桥维修|{amounts}|维修机耕桥。|维修座数≥4座|"
    tables = read(draw(picture)).tables
    assert [table.budget_yuan for table in tables] == [Decimal(300000)] * 2
    assert {str(table.funding_yuan) for table in tables} == {
        str({"财政拨款": Decimal(220000)} if over else None)
    }


@pytest.mark.parametrize("label", ["分年度预算（万元）", "分年度资金安排（万元）", "逐年预算（万元）"])
@pytest.mark.parametrize("merged", [True, False])
def test_the_amount_of_the_year_stands_among_those_of_others(label: str, merged: bool) -> None:
    mark = "^" if merged else ""
    boxes = f"|{label}|2026年|2027年|2028年|合计|\n|{mark}|30|20|10|60|"
    title = "|项目支出绩效目标表（2026年度）|<|<|<|<|\n"
    table = only(draw(title + FORM.format(boxes)))
    assert table.budget_yuan == Decimal(300000)
    assert table.fields[f"{label}（2027年）"] == "20"


BANDS = [("产出指标", ["数量指标", "质量指标"]), ("效益指标", ["社会效益指标"])]


@pytest.mark.parametrize("mark", ["", "一、", "1."])
@pytest.mark.parametrize("lower", ["", "经济成本指标"])
@pytest.mark.parametrize("seconds", [True, False])
def test_a_band_of_either_level_is_of_the_one_that_its_place_says(
    mark: str, lower: str, seconds: bool
) -> None:
    lines: list[tuple[str, str, str]] = []
    for first, below in BANDS:
        lines.append((f"{mark}{first}", first, ""))
        lines += [(second, first, second) for second in below if seconds]
        if first == "产出指标":
            cost = "" if seconds else mark
            of = (first, "成本指标") if seconds and not lower else ("成本指标", "")
            lines.append((f"{cost}成本指标", *of))
            lines += [(lower, "成本指标", lower)] * bool(lower)
    rows_of = [(*line, f"名称{number}") for number, line in enumerate(lines)]
    heads = {
        band
        for band, first, second, _ in rows_of
        if not second and (seconds or (lower and first == "成本指标"))
    }
    heads |= {"成本指标"} if lower else set()
    drawn = "".join(
        f"|{band}|<|\n" + ("" if band in heads else f"|{name}|≥{number}座|\n")
        for number, (band, *_, name) in enumerate(rows_of, 1)
    )
    table = only(draw(f"|项目名称|埝埂加固|\n|指标名称|指标值|\n{drawn}"))
    named = [line for line in rows_of if line[0] not in heads]
    for row, (_, first, second, name) in zip(table.indicators, named, strict=True):
        assert (row.level1, row.level2 or "", row.level3) == (first, second, name)


GOAL_PARTS = [
    ("预期产出", "预期效果"),
    ("产出目标", "效果目标"),
    ("预期效果", "预期产出"),
    ("产出目标", "满意度目标"),
]


@pytest.mark.parametrize(("first", "second"), GOAL_PARTS)
@pytest.mark.parametrize("label", ["年度绩效目标", "项目绩效目标"])
@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("beside", [True, False])
def test_a_goal_in_two_boxes_is_one(first: str, second: str, label: str, merged: bool, beside: bool) -> None:
    one, two, mark = "加固埝埂260米。", "保护农户45户。", "^" if merged else ""
    boxes = f"|{label}|{first}|{second}|\n|{mark}|{one}|{two}|"
    if not beside:
        boxes = f"|{label}|{first}|{one}|\n|{mark}|{second}|{two}|"
    form = FORM.replace("|年度目标|加固埝埂260米。|<|<|\n", "")
    document = read(draw(form.format(boxes)))
    assert document.tables[0].annual_goal == one + two
    assert not document.problems


@pytest.mark.parametrize(
    "head", ["", "|绩效指标|指标值|\n", "|三级指标|目标值|\n", "|指标名称|年度指标值|备注|\n"]
)
@pytest.mark.parametrize("mark", ["-", "—", "→", "：", ">"])
def test_a_name_stands_behind_both_its_classes(head: str, mark: str) -> None:
    lines = "".join(
        f"|{row.replace('|', mark)}|{value}|\n"
        for row, value in [
            ("产出指标|数量指标|加固长度", "≥260米"),
            ("产出指标|成本指标|每米造价", "≤900元"),
            ("满意度指标|服务对象满意度指标|农户满意度", "≥91%"),
        ]
    )
    (table,) = recognise(
        source(draw(f"|项目名称|埝埂加固|\n|预算金额（万元）|30|\n|绩效目标|加固埝埂260米。|\n{head}{lines}"))
    ).tables
    assert [(row[0], row[1], row[2], row[4]) for row in rows(table)] == [
        ("产出指标", "数量指标", "加固长度", "≥260米"),
        ("产出指标", "成本指标", "每米造价", "≤900元"),
        ("满意度指标", "服务对象满意度指标", "农户满意度", "≥91%"),
    ]


def test_lists_beside_classes_in_front_of_a_table_are_kept() -> None:
    table = only(draw(FORM.format("|数量指标|加固长度≥260米；涵管数量≥4处|")))
    assert [row[2] for row in rows(table)][:2] == ["加固长度", "涵管数量"]
    assert len(table.indicators) == 5


@pytest.mark.parametrize("said", ["无绩效目标", "不设绩效目标", "（无绩效指标）", "无需填报绩效目标"])
@pytest.mark.parametrize("column", [2, 3])
def test_a_project_that_says_it_has_no_goals(said: str, column: int) -> None:
    cells = ["人员经费", "12", "", "", "", ""]
    cells[column] = said
    picture = f"""
    |项目名称|预算金额（万元）|绩效目标|一级指标|三级指标|指标值|
    |埝埂加固|30|加固埝埂260米。|产出指标|加固长度|≥260米|
    |{"|".join(cells)}|
    """
    document = recognise(source(draw(picture)))
    assert [table.budget_yuan for table in document.tables] == [Decimal(300000), Decimal(120000)]
    assert document.tables[1].indicators == []
    assert document.tables[1].unknown == ["indicators"]
    (problem,) = [one for one in document.problems if one.code == "PGX128"]
    assert problem.args == {"projects": "人员经费", "count": "1"}


def test_the_sum_of_all_expenditure_is_the_budget() -> None:
    boxes = "|支出预算（万元）|基本支出|18|<|\n|^|项目支出|12|<|\n|^|支出合计|30|<|"
    assert only(draw(FORM.format(boxes))).budget_yuan == Decimal(300000)


@pytest.mark.parametrize("year", ["年度目标", "2026年绩效目标", "本年度绩效目标"])
@pytest.mark.parametrize("whole", ["总体目标", "项目总体绩效目标", "项目总目标", "三年总目标"])
@pytest.mark.parametrize("turned", [False, True])
def test_the_goal_of_the_whole_stands_beside_that_of_the_year(year: str, whole: str, turned: bool) -> None:
    lines = [f"|{year}|加固埝埂260米。|<|<|", f"|{whole}|三年加固埝埂780米。|<|<|"]
    form = FORM.replace("|年度目标|加固埝埂260米。|<|<|\n", "")
    table = only(draw(form.format("\n".join(lines[::-1] if turned else lines))))
    assert (table.annual_goal, table.cycle_goal) == ("加固埝埂260米。", "三年加固埝埂780米。")


OUTLINE = [("产出指标", ["数量指标", "成本指标"]), ("满意度指标", ["服务对象满意度指标"])]


@pytest.mark.parametrize("head", ["指标类别及名称", "考核内容", "指标", "绩效指标"])
@pytest.mark.parametrize("marks", ["", "一（1"])
@pytest.mark.parametrize("further", [[], ["考核部门", "数据来源"]])
def test_names_stand_between_rows_of_their_classes(head: str, marks: str, further: list[str]) -> None:
    first, second, item = ("一、", "（一）", "1.") if marks else ("", "", "")
    lines = [f"|项目名称|埝埂加固|{'<|' * len(further)}", f"|{'|'.join([head, '目标值', *further])}|"]
    expected = []
    for upper, classes in OUTLINE:
        lines.append(f"|{first}{upper}||{'|' * len(further)}")
        for number, label in enumerate(classes):
            lines.append(f"|{second}{label}||{'|' * len(further)}")
            lines.append(f"|{item}名称{upper[0]}{number}|≥{number + 2}座|{'水管所|' * len(further)}")
            expected.append((upper, label, f"{item}名称{upper[0]}{number}", f"≥{number + 2}座"))
    table = only(draw("\n".join(lines)))
    found = [
        (
            (row.level1 or "").lstrip("一、"),
            (row.level2 or "").removeprefix("（一）"),
            row.level3,
            row.annual_value,
        )
        for row in table.indicators
    ]
    assert found == expected


@pytest.mark.parametrize("label", ["2026年度目标", "2026年度预算（万元）"])
@pytest.mark.parametrize("turned", [False, True])
def test_the_year_that_a_label_names_tells_the_columns_of_values(label: str, turned: bool) -> None:
    box = f"|{label}|{'30' if '预算' in label else '加固埝埂260米。'}|<|<|<|"
    heads, cells = ["2026年目标值", "2028年目标值"], ["≥260米", "≥780米"]
    order = slice(None, None, -1 if turned else 1)
    picture = f"""
    |项目名称|埝埂加固|<|<|<|
    {box}
    |一级指标|二级指标|三级指标|{"|".join(heads[order])}|
    |产出指标|数量指标|加固长度|{"|".join(cells[order])}|
    |效益指标|社会效益指标|保护农户|≥45户|≥45户|
    """
    row = only(draw(picture)).indicators[0]
    assert (row.annual_value, row.cycle_value) == ("≥260米", "≥780米")


@pytest.mark.parametrize("own", ["单位资金", "事业收入", "政府性基金", "上级补助收入", "自筹资金"])
@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("over", ["资金（万元）", "预算安排（万元）", "项目资金来源（万元）"])
def test_sources_of_a_list_stand_below_a_name_of_amounts(own: str, merged: bool, over: str) -> None:
    right, down = ("<", "^") if merged else ("", "")
    picture = f"""
    |单位名称|项目名称|{over}|{right}|{right}|{right}|绩效目标|绩效指标|{right}|{right}|{right}|
    |{down}|{down}|小计|一般公共预算|国有资本经营预算|{own}|{down}|一级指标|二级指标|三级指标|指标值|
    |某水管所|埝埂加固|30|22||8|加固埝埂260米。|产出指标|数量指标|加固长度|≥260米|
    |||||||||质量指标|验收合格率|100%|
    """
    table = only(draw(picture))
    assert (table.project_name, table.budget_yuan) == ("埝埂加固", Decimal(300000))
    assert table.funding_yuan == {"财政拨款": Decimal(220000), own: Decimal(80000)}
    assert [row[2] for row in rows(table)] == ["加固长度", "验收合格率"]
