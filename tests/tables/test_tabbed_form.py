"""Single traits of tabbed forms, one small document each."""

from __future__ import annotations

from decimal import Decimal

from perfgoals_lint.tables.recognise import recognise
from tables.invented import doubts, source_of

BOXES = [
    "\t项目名称",
    "\t苗圃养护",
    "",
    "\t预算数",
    "\t12.50",
    "\t其中：财政    资金",
    "\t12.50",
    "\t其他资金",
    "\t ",
    "",
]
HEAD = ["\t一级指标", "\t二级指标", "\t三级指标", "\t指标值", ""]
ROW = ["\t产出指标", "\t数量指标", "\t补植株数", "\t≥900株", ""]


def read(*parts):
    document = recognise(source_of("\n".join(line for part in parts for line in part)))
    assert document.layout == "tabs"
    return document


def rows(document):
    return [(row.level1, row.level2, row.level3, row.annual_value) for row in document.tables[0].indicators]


def test_amounts_and_places():
    table = read(["\t301001青禾市园林服务中心", "\t单位：万元"], BOXES, HEAD, ROW).tables[0]
    assert str(table.budget_yuan) == "125000.00"
    assert table.funding_yuan == {"财政拨款": Decimal(125000)}
    assert table.unit == "301001青禾市园林服务中心"
    assert table.locations["project_name"].line == 4
    assert table.indicators[0].locations["annual_value"].line == 21


def test_a_row_cut_by_the_end_of_the_source():
    document = read(BOXES, HEAD, ROW, ["\t", "\t质量指标", " "])
    assert rows(document) == [
        ("产出指标", "数量指标", "补植株数", "≥900株"),
        ("产出指标", "质量指标", None, None),
    ]
    assert [row.truncated for row in document.tables[0].indicators] == [False, True]
    assert document.tables[0].truncated
    assert [problem.code for problem in doubts(document)] == ["PGX102"]


def test_boxes_cut_by_the_end_of_the_source():
    document = read(BOXES, HEAD, ROW, ["[bookmark: _Toc9]2.夜校讲座绩效目标表", *BOXES[:5]])
    assert [(table.project_name, table.truncated) for table in document.tables] == [
        ("苗圃养护", False),
        ("苗圃养护", True),
    ]


def test_blank_class_cells_that_were_not_printed():
    short = [
        "\t质量指标",
        "\t成活率",
        "\t95%",
        "",
        "\t成材率",
        "\t60%",
        "",
        "\t效益指标",
        "\t生态效益指标",
        "\t遮阴面积",
        "\t3公顷",
        "",
    ]
    assert rows(read(BOXES, HEAD, ROW, short)) == [
        ("产出指标", "数量指标", "补植株数", "≥900株"),
        ("产出指标", "质量指标", "成活率", "95%"),
        ("产出指标", "质量指标", "成材率", "60%"),
        ("效益指标", "生态效益指标", "遮阴面积", "3公顷"),
    ]


def test_a_value_in_three_columns_is_put_together():
    head = [
        "\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t计量单位",
        "\t产出指标\t数量指标\t补植株数\t≥\t900\t株",
    ]
    assert rows(read(BOXES, head)) == [("产出指标", "数量指标", "补植株数", "≥900株")]


def test_a_disbursement_plan_is_read_in_pairs():
    plan = ["\t资金支出计划\t3月底\t6月底\t10月底\t12月底", "\t\t10%\t40%\t80%\t100%"]
    table = read(BOXES, plan, HEAD, ROW).tables[0]
    assert table.disbursement_plan == [
        ("3月底", "10%"),
        ("6月底", "40%"),
        ("10月底", "80%"),
        ("12月底", "100%"),
    ]


def test_label_and_value_in_one_cell():
    boxes = ["\t项目名称：夜校讲座", "", "\t主管部门：青禾市教育局", "", "\t绩效目标", "\t全年开课。", ""]
    table = read(boxes, HEAD, ROW).tables[0]
    assert (table.project_name, table.department, table.annual_goal) == (
        "夜校讲座",
        "青禾市教育局",
        "全年开课。",
    )


def test_the_year_of_the_budget_is_not_taken_from_a_project():
    year = ["2031年部门预算项目绩效目标表", ""]
    assert read(year, BOXES, HEAD, ROW).tables[0].fiscal_year == 2031
    boxes = [line.replace("苗圃养护", "2031年财政讲座") for line in BOXES]
    assert read(["1.2031年财政讲座绩效目标表"], boxes, HEAD, ROW).tables[0].fiscal_year is None


def test_text_and_tables_behind_the_last_form_are_no_rows():
    behind = [
        "",
        "第四部分 名词解释",
        "一、财政拨款：本级财政安排的资金。",
        "\t科目",
        "\t金额",
        "",
        "\t公用经费",
        "\t3.20",
        "",
    ]
    document = read(BOXES, HEAD, ROW, behind)
    assert rows(document) == [("产出指标", "数量指标", "补植株数", "≥900株")]
    assert not document.tables[0].truncated
    assert doubts(document) == []


def test_other_tables_with_a_project_name_are_no_goal_tables():
    other = ["\t项目名称", "\t金额", "", "\t设备购置", "\t3.20", "", "项目绩效目标表", ""]
    document = read(other, BOXES, HEAD, ROW)
    assert [table.project_name for table in document.tables] == ["苗圃养护"]
    assert doubts(document) == []


def test_page_numbers_and_running_heads_between_rows_are_no_cells():
    more = ["", "7", "", "青禾市园林服务中心预算公开", "\t", "\t质量指标", "\t成活率", "\t95%", ""]
    assert rows(read(BOXES, HEAD, ROW, more)) == [
        ("产出指标", "数量指标", "补植株数", "≥900株"),
        ("产出指标", "质量指标", "成活率", "95%"),
    ]
