"""Single traits of tab-separated project lists, one small document each."""

from __future__ import annotations

from decimal import Decimal

from perfgoals_lint.tables.recognise import recognise
from tables.invented import source_of

HEADER = "项目名称\t总计\t财政拨款\t财政专户拨款\t其他资金\t绩效目标\t绩效指标"
ROW = "苗圃养护\t40.00\t40.00\t\t\t补植苗木。\t1、产出指标:补植株数,年度指标值:≥900株。"


def tables_of(*lines):
    document = recognise(source_of("\n".join(lines)))
    assert document.layout == "project-list"
    return document.tables


def rows_of(*lines):
    return [(row.number, row.level1, row.level3, row.annual_value) for row in tables_of(*lines)[0].indicators]


def test_amounts_are_in_yuan_with_the_printed_precision():
    table = tables_of("单位：万元", HEADER, ROW)[0]
    assert str(table.budget_yuan) == "400000.00"
    assert tables_of("单位：元", HEADER, ROW)[0].budget_yuan == Decimal("40.00")
    assert table.funding_yuan == {"财政拨款": Decimal(400000)}


def test_places_name_the_line():
    table = tables_of("单位：万元", "", HEADER, ROW)[0]
    assert table.location.line == 4
    assert table.indicators[0].locations["annual_value"].line == 4


def test_a_column_that_vanished_is_found_by_what_the_cells_hold():
    table = tables_of(
        HEADER,
        "合计\t42.00\t40.00\t\t2.00\t\t",
        "夜校讲座\t2.00\t\t2.00\t开课。\t1、产出指标:开课次数,年度指标值:6次。",
    )[0]
    assert table.funding_yuan == {"其他资金": Decimal(20000)}


def test_a_goal_and_its_list_in_one_cell_are_set_apart():
    table = tables_of(HEADER, ROW.replace("。\t1、", "。 1、"))[0]
    assert table.annual_goal == "补植苗木。"
    assert [row.level3 for row in table.indicators] == ["补植株数"]


def test_two_lists_in_a_cell_keep_their_numbers():
    second = "2、效益指标:成活率,年度指标值:95%。1、效益指标:遮阴面积,年度指标值:3公顷。"
    assert [row[0] for row in rows_of(HEADER, ROW + second)] == [1, 2, 1]


def test_a_list_cut_in_a_name_keeps_what_was_printed():
    table = tables_of(HEADER, ROW + "2、满意度指标:服务对")[0]
    last = table.indicators[-1]
    assert (last.number, last.level1, last.level3, last.annual_value) == (2, "满意度指标", "服务对", None)
    assert last.truncated
    assert table.truncated


def test_a_list_cut_in_a_label_keeps_what_was_printed():
    table = tables_of(HEADER, ROW + "2、满意")[0]
    assert (table.indicators[0].annual_value, table.indicators[1].number) == ("≥900株", 2)
    assert table.indicators[1].truncated


def test_a_row_goes_on_below_a_page_end():
    more = ["第 2 页", HEADER, "\t\t\t\t\t完善步道。\t2、效益指标:遮阴面积,年度指标值:3公顷。"]
    table = tables_of(HEADER, ROW, *more)[0]
    assert table.annual_goal == "补植苗木。完善步道。"
    assert [row.number for row in table.indicators] == [1, 2]


def test_a_list_goes_on_in_the_next_line():
    assert rows_of(HEADER, ROW[:-5], "900株。2、效益指标:成活率,年度指标值:95%。") == [
        (1, "产出指标", "补植株数", "≥900株"),
        (2, "效益指标", "成活率", "95%"),
    ]


def test_a_goal_broken_over_lines_is_joined():
    table = tables_of(
        HEADER, "苗圃养护\t40.00\t40.00\t\t\t补植", "苗木。\t1、产出指标:补植株数,年度指标值:≥900株。"
    )[0]
    assert table.annual_goal == "补植苗木。"
    assert [row.annual_value for row in table.indicators] == ["≥900株"]


def test_the_year_of_the_budget_comes_from_the_title_only():
    assert tables_of("2031年项目支出绩效目标表", HEADER, ROW)[0].fiscal_year == 2031
    assert tables_of(HEADER, ROW.replace("补植苗木", "2031年补植"))[0].fiscal_year is None


def test_a_header_spoiled_by_recognition_is_still_the_total():
    assert tables_of(HEADER.replace("总计", "怠"), ROW)[0].budget_yuan == Decimal(400000)


def test_a_project_without_goals_is_no_sub_total():
    document = recognise(
        source_of(
            "\n".join([HEADER, "青禾市档案馆\t50.00\t50.00\t\t\t\t", ROW, "夜校讲座\t10.00\t10.00\t\t\t\t"])
        )
    )
    assert [total.name for total in document.totals] == ["青禾市档案馆"]
    assert [table.project_name for table in document.tables] == ["苗圃养护", "夜校讲座"]


def test_a_wrong_sub_total_is_a_sub_total():
    document = recognise(source_of("\n".join([HEADER, "青禾市档案馆\t99.00\t99.00\t\t\t\t", ROW])))
    assert [(total.name, total.first, total.last) for total in document.totals] == [("青禾市档案馆", 0, 0)]
    assert document.tables[0].unit == "青禾市档案馆"


def test_a_name_of_figures_and_letters_is_joined():
    row = ROW.replace("苗圃养护", "QH-2031- N-07 二期 工程")
    assert tables_of(HEADER, row)[0].project_name == "QH-2031-N-07二期工程"


def test_labelled_values_of_other_columns_are_told_apart():
    item = (
        "1、产出指标:补植株数,指标描述:按验收单,实施周期指标值:2000株,年度指标值:900株,指标值确定依据:规划。"
    )
    row = tables_of(HEADER, ROW[: ROW.rindex("\t") + 1] + item)[0].indicators[0]
    assert (row.level3, row.description, row.cycle_value, row.annual_value, row.basis) == (
        "补植株数",
        "按验收单",
        "2000株",
        "900株",
        "规划",
    )


def test_values_without_a_label_stand_behind_the_last_colon():
    items = "1、产出指标-数量指标：补植株数：≥900株；2、效益指标-生态效益：遮阴面积：3公顷"
    assert rows_of(HEADER, ROW[: ROW.rindex("\t") + 1] + items) == [
        (1, "产出指标", "补植株数", "≥900株"),
        (2, "效益指标", "遮阴面积", "3公顷"),
    ]


def test_text_behind_the_table_is_no_value():
    table = tables_of(HEADER, ROW, "", "第四部分 名词解释", "财政拨款是本级财政安排的资金。")[0]
    assert [row.annual_value for row in table.indicators] == ["≥900株"]


def test_dashes_for_nothing_are_nothing():
    rows = [HEADER, "青禾市档案馆\t40.00\t40.00\t-\t-\t-\t-", ROW.replace("\t\t\t", "\t—\t—\t")]
    document = recognise(source_of("\n".join(rows)))
    assert [total.funding_yuan for total in document.totals] == [{"财政拨款": Decimal(400000)}]
    assert document.tables[0].funding_yuan == {"财政拨款": Decimal(400000)}


def test_department_and_money_unit_on_one_line_without_a_blank():
    table = tables_of("部门名称：青禾市教育局单位：元", HEADER, ROW)[0]
    assert (table.department, table.budget_yuan) == ("青禾市教育局", Decimal("40.00"))


def test_a_value_cut_by_the_end_of_the_source_is_marked():
    tables = tables_of(HEADER, *[ROW] * 4, ROW[:-3])
    assert [table.truncated for table in tables] == [False] * 4 + [True]
    assert tables[-1].indicators[-1].truncated


def test_lists_that_never_have_a_final_stop_are_not_cut():
    assert not any(table.truncated for table in tables_of(HEADER, *[ROW[:-1]] * 5))
