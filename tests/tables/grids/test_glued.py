"""Invented forms printed without anything between their cells: rows are read, and said to be in doubt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise
from tables.grids.printing import BASIS, CYCLE, FORMS, ROWS, WEIGHTS, Table

TITLE = "项目支出绩效目标表（2026年度）"
DOUBT = "PGX104"


def by_rows(table: Table) -> list[str]:
    """A row a line."""
    return [TITLE, *("".join(row) for row in table.printed())]


def in_one(table: Table) -> list[str]:
    """All on one line, behind words of the page."""
    return ["全文预览", TITLE + "".join("".join(row) for row in table.printed())]


def wrapped(table: Table) -> list[str]:
    """Broken at a fixed width, blanks inside of labels."""
    whole = in_one(table)[1].replace("一级指标", "一级 指标").replace("质量指标", "质量 指标")
    return ["全文预览", *(whole[at : at + 53] for at in range(0, len(whole), 53))]


def paged(table: Table) -> list[str]:
    """As previews of documents print pages: each with its number in front."""
    whole = in_one(table)[1]
    middle = len(whole) // 2
    return ["全文预览", f"1、{whole[:middle]}", f"2、{whole[middle:]}"]


PRINTS = [by_rows, in_one, wrapped, paged]


def read(lines: list[str]) -> Document:
    block = TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])
    return recognise(Source("invented.txt", "text", [block]))


def rows_of(document: Document) -> list[tuple[str | None, ...]]:
    (table,) = document.tables
    return [(row.level1, row.level2, row.level3, row.annual_value) for row in table.indicators]


@pytest.mark.parametrize("print_", PRINTS)
@pytest.mark.parametrize("form", ["plain", "sided", "nested"])
def test_rows_of_names_and_values(form: str, print_: Callable[[Table], list[str]]) -> None:
    document = read(print_(FORMS[form]()))
    assert document.layout == "glued"
    assert rows_of(document) == ROWS
    if form != "plain":
        assert [row.cycle_value for row in document.tables[0].indicators] == CYCLE
    assert document.tables[0].project_name == "公交候车亭维修"
    assert [problem.code for problem in document.problems] == [DOUBT]


@pytest.mark.parametrize("print_", PRINTS)
def test_operator_number_unit_and_points_of_their_own(print_: Callable[[Table], list[str]]) -> None:
    document = read(print_(FORMS["parted"]()))
    expected = [(*row[:3], "=10月" if row[3].startswith("2026") else row[3]) for row in ROWS]
    assert rows_of(document) == expected
    assert [row.weight for row in document.tables[0].indicators] == WEIGHTS


@pytest.mark.parametrize("print_", [by_rows, in_one])
def test_texts_behind_numbers(print_: Callable[[Table], list[str]]) -> None:
    document = read(print_(FORMS["wide"]()))
    # Where the value is no number and a text follows, nothing tells where it begins.
    numbers = [n for n, row in enumerate(ROWS) if any(char.isdigit() for char in row[3])]
    found = rows_of(document)
    assert [found[n] for n in numbers] == [ROWS[n] for n in numbers]
    rows = document.tables[0].indicators
    assert [rows[n].basis for n in numbers] == [BASIS[n] for n in numbers]
    assert [rows[n].columns["责任科室"] for n in numbers] == [f"业务{n + 1}科" for n in numbers]


def test_a_text_beside_the_name_is_told_by_the_word_that_begins_it() -> None:
    document = read(
        [
            TITLE,
            "项目名称码头修缮主管部门桐山县航道局年度资金总额20万元年度目标修缮泊位4个。一级指标二级指标三级指标指标解释"
            "指标值产出指标数量指标修缮泊位数量考察修缮泊位多少4个清理航道长度考察航道清理多少≥12公里质量指标"
            "修缮验收合格率考察工程质量≥98%",
        ]
    )
    rows = document.tables[0].indicators
    assert [(row.level3, row.description, row.annual_value) for row in rows] == [
        ("修缮泊位数量", "考察修缮泊位多少", "4个"),
        ("清理航道长度", "考察航道清理多少", "≥12公里"),
        ("修缮验收合格率", "考察工程质量", "≥98%"),
    ]


def test_a_value_that_is_not_found_is_not_missing() -> None:
    text = "一级指标二级指标三级指标指标值产出指标数量指标修缮泊位4个清理航道12公里效益指标社会效益指标方便渔船停靠"
    document = read([TITLE, f"项目名称码头修缮年度目标修缮泊位。{text}"])
    row = document.tables[0].indicators[-1]
    assert (row.level3, row.annual_value) == ("方便渔船停靠", None)
    assert "annual_value" in row.unknown


def test_places_are_those_of_the_printed_characters() -> None:
    lines = wrapped(FORMS["plain"]())
    document = read(lines)
    for row in document.tables[0].indicators:
        place = row.locations["level3"]
        assert place.line
        assert place.column
        rest = lines[place.line - 1][place.column - 1 :]
        assert rest.startswith((row.level3 or "")[: len(rest)])


def test_words_set_apart_by_blanks_are_not_glued() -> None:
    document = read([TITLE, *(" ".join(row) for row in FORMS["plain"]().printed())])
    assert document.layout == "blanks"


def test_a_sentence_about_indicators_is_no_table() -> None:
    text = "各单位应按一级指标二级指标三级指标逐级细化，产出指标包括数量指标、质量指标，不得少于3个。"
    assert not read([text, text]).tables


def test_two_values_side_by_side_keep_their_units() -> None:
    document = read(
        [
            TITLE,
            "项目名称公交候车亭维修",
            "一级指标二级指标三级指标指标值",
            "三年目标2026年目标",
            "产出指标数量指标铺设步道面积≥330平方米≥110平方米",
            "成本指标单座维修成本≤3.4万元≤3.4万元",
            "时效指标维修完成时间2028年10月1日前2026年10月1日前",
        ]
    )
    assert [(row.cycle_value, row.annual_value) for row in document.tables[0].indicators] == [
        ("≥330平方米", "≥110平方米"),
        ("≤3.4万元", "≤3.4万元"),
        ("2028年10月1日前", "2026年10月1日前"),
    ]


def test_a_line_is_one_row_whatever_its_last_text_holds() -> None:
    document = read(
        [
            TITLE,
            "项目名称公交候车亭维修",
            "一级指标二级指标三级指标年度指标值实际完成值分值得分偏差原因",
            "产出指标数量指标维修候车亭数量≥36座36座1010无",
            "更换站牌数量≥120块118块108缺2块",
            "质量指标维修验收合格率=100%100%1515无",
        ]
    )
    rows = document.tables[0].indicators
    assert next(row.annual_value for row in rows if row.level2 == "数量指标") == "≥36座"
    assert rows[-1].annual_value == "=100%"


def test_the_boxes_of_the_next_form_end_a_table() -> None:
    form = [
        "项目名称公交候车亭维修",
        "绩效目标维修候车亭36座。",
        "一级指标二级指标三级指标指标值",
        "产出指标数量指标维修候车亭数量≥36座",
        "质量指标维修验收合格率≥98%",
    ]
    document = read([*form, *(line.replace("候车亭", "路灯") for line in form)])
    assert [table.project_name for table in document.tables] == ["公交候车亭维修", "公交路灯维修"]
    assert [len(table.indicators) for table in document.tables] == [2, 2]


def test_a_header_that_is_called_otherwise() -> None:
    document = read(
        [
            TITLE,
            "项目名称公交候车亭维修",
            "指标类型指标名称指标值",
            "数量指标维修候车亭数量≥36座",
            "质量指标维修验收合格率≥98%",
        ]
    )
    assert [(row.level2, row.level3, row.annual_value) for row in document.tables[0].indicators] == [
        ("数量指标", "维修候车亭数量", "≥36座"),
        ("质量指标", "维修验收合格率", "≥98%"),
    ]


@pytest.mark.parametrize(
    ("given", "reached"),
    [
        (("30", "20", "30", "20"), ("28", "20", "30", "19")),
        (("30", "20", "30", "10"), ("30", "18", "29.5", "9.5")),
        (("15", "15", "30", "10"), ("", "", "", "")),
        (("30", "20", "30", "20"), ("28", "", "30", "")),
        (("15", "15", "30", "10"), ("12", "15", "28", "9")),
        (("20", "30", "30", "20"), ("", "", "", "")),
    ],
)
def test_points_are_parted_only_where_all_rows_show_how(
    given: tuple[str, ...], reached: tuple[str, ...]
) -> None:
    """Points given are never those of the two digits of one figure: what is in doubt is not read."""
    rows = (
        "产出指标数量指标维修候车亭数量≥36座",
        "质量指标维修验收合格率100%",
        "效益指标社会效益指标受益乘客≥5200人",
        "满意度指标服务对象满意度指标乘客满意度≥90%",
    )
    lines = ["".join(parts) for parts in zip(rows, given, reached, strict=True)]
    document = read([TITLE, "项目名称公交候车亭维修", "一级指标二级指标三级指标指标值分值得分", *lines])
    own = {row.level3: row.weight for table in document.tables for row in table.indicators}
    names = ("维修候车亭数量", "维修验收合格率", "受益乘客", "乘客满意度")
    wanted = dict(zip(names, given, strict=True))
    if all(reached) and sum(map(int, given)) in (90, 100):
        assert own == wanted
    else:
        assert all(weight in (None, "", wanted.get(name or "")) for name, weight in own.items())


GOALS = ("改造灌渠36公里，恢复灌面2.1万亩。", "改造灌渠36公里，恢复灌面2.3万亩。")
RUN_ROWS = "产出指标数量指标改造灌渠长度36公里质量指标工程验收合格率100%效益指标社会效益指标恢复灌面≥2.1万亩"
RUN_HEADER = "一级指标二级指标三级指标指标值"


def run(*parts: str) -> Document:
    return recognise(
        Source("invented.txt", "text", [TextBlock([Line("".join(parts), Location("invented.txt", line=1))])])
    )


@pytest.mark.parametrize(
    "title",
    ["部门（单位）整体支出绩效目标表（2026年度）", "项目绩效目标表", "2026年部门整体支出绩效目标申报表"],
)
def test_a_title_that_begins_with_labels_is_no_box(title: str) -> None:
    boxes = "部门（单位）名称青塘县水务局整体绩效目标", GOALS[0]
    (table,) = run(title, *boxes, RUN_HEADER, RUN_ROWS).tables
    assert (table.department, table.annual_goal) == ("青塘县水务局", GOALS[0])


@pytest.mark.parametrize(
    "label", ["预算安排（万元）", "申请资金（万元）", "年度安排资金（万元）", "资金总额："]
)
@pytest.mark.parametrize("behind", ["其中：财政拨款98.2", "年度目标" + GOALS[0], "按支出性质分："])
def test_an_amount_under_any_label_ends_the_box_in_front(label: str, behind: str) -> None:
    boxes = "项目名称灌渠改造项目起止日期2026-01-01至2026-12-31", label, "98.2", behind
    (table,) = run("项目支出绩效目标表单位：万元", *boxes, RUN_HEADER, RUN_ROWS).tables
    assert table.budget_yuan == 982000
    assert table.period is not None
    assert table.period.end == 2026


def test_what_was_to_be_and_what_became_of_it() -> None:
    boxes = "项目名称灌渠改造年度总体目标预期目标实际完成情况", *GOALS
    (table,) = run("项目支出绩效自评表", *boxes, RUN_HEADER, RUN_ROWS).tables
    assert table.annual_goal == GOALS[0]


def test_two_sentences_of_one_goal_stay_together() -> None:
    for label in ("总体目标年度目标", "绩效目标年度目标", "年度目标"):
        (table,) = run("项目支出绩效目标表", "项目名称灌渠改造", label, *GOALS, RUN_HEADER, RUN_ROWS).tables
        assert table.annual_goal == "".join(GOALS)


@pytest.mark.parametrize("kind", ["经常性项目", "延续项目", "其他运转类项目"])
def test_a_kind_of_projects_ends_as_a_label_begins(kind: str) -> None:
    boxes = "项目名称灌渠改造项目属性", kind, "预算单位青塘县水务局年度目标", GOALS[0]
    (table,) = run("项目支出绩效目标表", *boxes, RUN_HEADER, RUN_ROWS).tables
    assert (table.project_type, table.unit) == (kind, "青塘县水务局")


def test_a_row_that_cannot_be_cut_keeps_the_one_figure_with_a_sign() -> None:
    header = "一级指标二级指标三级指标指标值指标值依据计算方法"
    rows = "产出指标数量指标参训人数≥320人年度工作计划按名册统计质量指标培训合格率≥95%管理办法按考核统计"
    (table,) = run("项目支出绩效目标表项目名称培训", header, rows).tables
    assert [(i.level3, i.annual_value) for i in table.indicators] == [
        ("参训人数", "≥320人"),
        ("培训合格率", "≥95%"),
    ]


def test_names_under_a_label_of_the_whole_table() -> None:
    header = "一级指标二级指标绩效指标指标值绩效指标描述指标值确定依据"
    rows = (
        "产出指标数量指标采购疫苗数量≥860万毫升反映采购总量采购合同质量指标抗体合格率≥75%反映免疫质量检测报告"
    )
    (table,) = run("项目支出绩效目标表项目名称防疫", header, rows).tables
    assert [(i.level2, i.level3, i.annual_value) for i in table.indicators] == [
        ("数量指标", "采购疫苗数量", "≥860万毫升"),
        ("质量指标", "抗体合格率", "≥75%"),
    ]


NAMED = [
    "年初预算数全年预算数全年执行数",
    "年初预算数1-8月执行数全年预计执行数",
    "年初预算数全年预算数（A）全年执行数（B）执行率（B/A）",
]


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize("amounts", ["424241.3", "100100100", "86.486.480", "60"])
def test_amounts_that_ran_into_each_other_are_none(named: str, amounts: str) -> None:
    text = in_one(FORMS["plain"]())[1]
    spent = text.replace("年度资金总额86.4", f"{named}年度资金总额：{amounts}").replace(
        "财政拨款80", f"财政拨款{amounts}"
    )
    document = read(["全文预览", spent])
    (table,) = document.tables
    assert (table.budget_yuan, table.funding_yuan) == (None, None)
    assert rows_of(document) == ROWS
    (plain,) = read(["全文预览", text]).tables
    assert plain.budget_yuan == 864_000
