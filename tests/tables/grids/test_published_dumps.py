"""Invented forms as document sites and web pages print them: without anything between cells, or with single blanks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise

Printed = list[list[str]]
HEAD: Printed = [
    ["项目支出绩效目标申报表"],
    ["(2026年度)"],
    ["项目名称", "渡口趸船维护项目", "项目期", "1年"],
    ["主管部门", "苇塘县交通局", "实施单位", "苇塘县港航站"],
    ["资金情况(万元)", "年度资金总额:", "46.5"],
    ["其中:财政拨款", "46.5"],
    ["年度目标", "维护趸船四艘,保障渡运安全。"],
]
HEADER = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]
BODY: Printed = [
    ["产出指标", "数量指标", "维护趸船", "4艘"],
    ["", "", "更换缆绳长度", "260米"],
    ["", "质量指标", "维护验收合格率", "≥98%"],
    ["", "", "7月前备件到货率", "≥95%"],
    ["", "时效指标", "完工时间", "2026.3.1-2026.9.30"],
    ["", "成本指标", "每艘维护成本", "≤9.5万元"],
    ["效益指标", "社会效益指标", "渡运秩序", "较上年提升"],
    ["满意度指标", "服务对象满意度指标", "乘客满意度", "≥90%"],
]


def one_run(rows: Sequence[Sequence[str]]) -> list[str]:
    return ["".join("".join(row) for row in rows)]


def a_row_a_line(rows: Sequence[Sequence[str]]) -> list[str]:
    return ["".join(row) for row in rows]


def blanks(rows: Sequence[Sequence[str]]) -> list[str]:
    return [" ".join(filter(None, row)) for row in rows]


def one_line(rows: Sequence[Sequence[str]]) -> list[str]:
    return [" ".join(blanks(rows))]


SHAPES = [one_run, a_row_a_line, blanks, one_line]


def read(lines: Sequence[str]) -> Document:
    block = TextBlock([Line(text, Location("x.txt", line=n)) for n, text in enumerate(lines, 1)])
    return recognise(Source("x.txt", "text", [block]))


def expected(body: Printed, value: int = 3) -> list[tuple[str, str, str, str]]:
    rows = []
    first = second = ""
    for row in body:
        first, second = row[0] or first, row[1] or second
        rows.append((first, second, row[2], row[value]))
    return rows


def rows_of(document: Document) -> list[tuple[str | None, ...]]:
    (table,) = document.tables
    return [(row.level1, row.level2, row.level3, row.annual_value) for row in table.indicators]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("behind", ["", "(必填)", "(选填项)", "(20分)", "(10-20分)", "等"])
def test_what_forms_print_behind_classes(shape: object, behind: str) -> None:
    body = [[row[0], row[1] + behind if row[1] else "", *row[2:]] for row in BODY]
    document = read(shape([*HEAD, HEADER, *body]))  # type: ignore[operator]
    assert rows_of(document) == expected(body)
    table = document.tables[0]
    assert (table.project_name, table.department, table.unit) == (
        "渡口趸船维护项目",
        "苇塘县交通局",
        "苇塘县港航站",
    )
    assert str(table.budget_yuan) == "465000.0"
    assert table.annual_goal == "维护趸船四艘,保障渡运安全。"


@pytest.mark.parametrize("shape", [one_run, a_row_a_line])
def test_numbered_names_are_never_cut_at_their_numbers(shape: object) -> None:
    body = [[row[0], row[1], f"指标{n}:{row[2]}", row[3]] for n, row in enumerate(BODY, 1)]
    assert rows_of(read(shape([*HEAD, HEADER, *body]))) == expected(body)  # type: ignore[operator]


@pytest.mark.parametrize("reached", ["same", "other"])
def test_points_around_a_target_and_what_was_reached(reached: str) -> None:
    header = [*HEADER[:4], "分值", "年度指标值", "全年实际值", "得分", "未完成原因"]
    body = [
        ["产出指标(50分)", "数量指标", "培训船员", "20", "60人", "60人", "20"],
        ["", "质量指标", "考试通过率", "10", "95%", "95%", "10"],
        ["", "", "证书更新率", "5", "95%", "100%", "5"],
        ["效益指标", "社会效益指标", "事故下降率", "15", "≥8%", "9%", "15"],
    ]
    if reached == "same":
        body = [[*row[:5], row[4], row[6]] for row in body]
    assert rows_of(read(one_run([*HEAD, header, *body]))) == expected(body, 4)


def test_an_upper_header_row_in_front_of_the_lower_one() -> None:
    upper = ["绩效指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    lower = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    body = [
        ["产出指标", "数量指标", "发放救生衣人次", "≧", "735", "人次", "735", "10", "10"],
        ["", "质量指标", "救生衣合格率", "═", "100", "%", "98%", "10", "9"],
        ["效益指标", "社会效益指标", "渡运秩序", "", "有效", "", "有效", "10", "10"],
        ["满意度指标", "服务对象满意度指标等", "乘客满意度", "≧", "95", "%", "95%", "10", "10"],
    ]
    document = read(one_run([*HEAD, upper, lower, *body]))
    assert [row.annual_value for row in document.tables[0].indicators] == [
        "≧735人次",
        "═100%",
        "有效",
        "≧95%",
    ]
    assert [row.weight for row in document.tables[0].indicators] == ["10"] * 4


@pytest.mark.parametrize("shape", SHAPES)
def test_a_class_in_the_middle_of_its_rows(shape: object) -> None:
    body = [list(row) for row in BODY]
    body[0][0], body[1][0] = "", "产出指标"
    assert rows_of(read(shape([*HEAD, HEADER, *body]))) == expected(BODY)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("label", "name"),
    [("主管部门", "渔港清淤项目"), ("主管部门", "护渔专项资金"), ("实施单位", "航标更新项目")],
)
def test_the_end_of_a_name_that_begins_a_label(label: str, name: str) -> None:
    head = [["项目名称", name, label, "苇塘县渔政站"], ["年度资金总额", "12万元", "其中:县级资金", "8万元"]]
    (table,) = read(one_run([*head, HEADER, *BODY])).tables
    assert (table.project_name, table.department or table.unit) == (name, "苇塘县渔政站")
    assert str(table.budget_yuan) == "120000"


def test_a_text_behind_the_name_is_parted_at_the_words_that_names_end_with() -> None:
    header = ["一级指标", "二级指标", "三级指标", "指标内容", "指标值", "绩效标准"]
    body = [
        ["产出指标", "数量指标", "补助人数", "领取补助的船员", "250人", "计划标准"],
        ["", "质量指标", "对象合规率", "符合条件的补助对象所占比重", "100%", "历史标准"],
        ["", "时效指标", "发放及时率", "按季度足额发到个人", "100%", "计划标准"],
        ["", "成本指标", "补助标准", "每人每月的补助数额", "320元/月/人", "计划标准"],
    ]
    assert rows_of(read(a_row_a_line([*HEAD, header, *body]))) == expected(body, 4)


@pytest.mark.parametrize("shape", [blanks, one_line])
def test_a_class_is_never_the_name_of_an_indicator(shape: object) -> None:
    blank = [["效益指标", "可持续影响指标"], ["", "社会公众或服务对象满意度指标", "乘客满意度", "≥90%"]]
    document = read(shape([*HEAD, HEADER, *BODY[:6], ["效益指标", "经济效益指标"], *blank]))  # type: ignore[operator]
    rows = [(row.level3, row.annual_value) for row in document.tables[0].indicators if row.level3]
    assert rows == [(row[2], row[3]) for row in BODY[:6]] + [("乘客满意度", "≥90%")]


def test_values_of_last_year_that_are_blank_leave_rows_on_their_lines() -> None:
    header = [[*HEADER, "指标标准或依据"], ["2025年实际实现值", "预期2026年实现值"]]
    assert rows_of(read(blanks([*HEAD, *header, *BODY]))) == expected(BODY)


def test_a_form_that_begins_with_boxes_of_no_interest() -> None:
    head = [["部门编码:", "316", "部门名称:", "苇塘县渔政站"], ["*年度绩效总目标", "保障渔政执法船艇出勤。"]]
    (table,) = read(blanks([*head, HEADER[1:], *BODY])).tables
    assert (table.department, table.annual_goal) == ("苇塘县渔政站", "保障渔政执法船艇出勤。")


@pytest.mark.parametrize("shape", [one_run, blanks, one_line])
def test_the_unit_of_amounts_is_no_part_of_a_name(shape: object) -> None:
    head = [
        ["部门(单位)名称:", "苇塘县渔政站", "单位:元"],
        ["项目名称", "护渔船艇维修"],
        ["当年预算", "320000"],
    ]
    (table,) = read(shape([*head, HEADER, *BODY])).tables  # type: ignore[operator]
    assert (table.department, str(table.budget_yuan), table.unread) == ("苇塘县渔政站", "320000", [])
