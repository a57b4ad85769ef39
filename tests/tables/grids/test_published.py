"""Traits of published text, one invented form each: page words, blank cells, halves, names like boxes."""

from __future__ import annotations

import pytest

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise

HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
TWICE = ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"]
BOXES = ["项目名称", "渡口栈桥维护", "年度资金总额（万元）", "20", "年度目标", "维护栈桥3座。"]
Cells = tuple[str | None, ...]


def read(lines: list[str]) -> Document:
    block = TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])
    return recognise(Source("invented.txt", "text", [block]))


def rows_of(document: Document) -> list[Cells]:
    (table,) = document.tables
    return [(row.level1, row.level2, row.level3, row.annual_value) for row in table.indicators]


def apart(cells: list[str]) -> list[str]:
    """A cell a line, blank lines between: a blank cell is a line of white space."""
    return [line for cell in cells for line in (cell or " ", "")]


def barred(*rows: list[str]) -> list[str]:
    """Rows of bars as web pages print tables: merged cells leave their bars at the end."""
    return [" | ".join(row) + " |" + "|" * (4 - len(row)) for row in rows]


def test_blank_cells_are_lines_of_white_space() -> None:
    body = [
        "产出指标",
        "数量指标",
        "维护栈桥数量",
        "3座",
        "效益指标",
        "经济效益指标",
        "",
        "",
        "社会效益指标",
        "",
        "",
    ]
    body += ["满意度指标", "服务对象满意度指标", "渡客满意度", "≥90%"]
    assert rows_of(read(apart([*BOXES, *HEAD, *body]))) == [
        ("产出指标", "数量指标", "维护栈桥数量", "3座"),
        ("效益指标", "经济效益指标", None, None),
        ("效益指标", "社会效益指标", None, None),
        ("满意度指标", "服务对象满意度指标", "渡客满意度", "≥90%"),
    ]


def test_a_name_that_reads_like_a_box_begins_no_form() -> None:
    body = [
        "产出指标",
        "数量指标",
        "维护栈桥数量",
        "3座",
        "时效指标",
        "服务周期",
        "180天",
        "质量指标",
        "验收合格率",
        "100%",
    ]
    body += ["满意度指标", "服务对象满意度指标", "渡客满意度", "≥90%"]
    rows = rows_of(read(apart([*BOXES, *HEAD, *body])))
    assert ("产出指标", "时效指标", "服务周期", "180天") in rows
    assert len(rows) == 4


def test_rows_between_bars_end_with_their_line() -> None:
    lines = barred(
        ["项目名称", "渡口栈桥维护"],
        ["年度目标", "维护栈桥3座。"],
        HEAD,
        ["产出指标", "数量指标", "维护栈桥数量", "3座"],
        ["更换缆绳", "12根"],
        ["质量指标", "栈桥维护情况", "良好"],
        ["效益指标", "社会效益指标", "渡客候船条件", "改善"],
    )
    assert rows_of(read([*lines, "- 扫一扫在手机打开当前页", "经办人（签字） 年 月 日"])) == [
        ("产出指标", "数量指标", "维护栈桥数量", "3座"),
        ("产出指标", "数量指标", "更换缆绳", "12根"),
        ("产出指标", "质量指标", "栈桥维护情况", "良好"),
        ("效益指标", "社会效益指标", "渡客候船条件", "改善"),
    ]


def test_a_cell_without_its_bar_goes_on_below() -> None:
    lines = barred(["项目名称", "渡口栈桥维护"], HEAD, ["产出指标", "数量指标", "维护栈桥数量", "3座"])
    lines += ["质量指标 | 栈桥维护后的", "验收合格率 | 100% ||"]
    assert rows_of(read(lines))[-1] == ("产出指标", "质量指标", "栈桥维护后的验收合格率", "100%")


def test_rows_without_any_class_stand_before_the_first_class() -> None:
    lines = barred(
        ["项目名称", "渡口栈桥维护"],
        HEAD,
        ["维护栈桥数量", "3座"],
        ["更换缆绳数量", "12根"],
        ["验收合格率", "100%"],
        ["时效指标", "开工时限", "2026年7月"],
        ["成本指标", "栈桥单价", "5万元"],
        ["缆绳单价", "800元"],
    )
    assert [row[1:] for row in rows_of(read(lines))] == [
        (None, "维护栈桥数量", "3座"),
        (None, "更换缆绳数量", "12根"),
        (None, "验收合格率", "100%"),
        ("时效指标", "开工时限", "2026年7月"),
        ("成本指标", "栈桥单价", "5万元"),
        ("成本指标", "缆绳单价", "800元"),
    ]


def test_the_half_of_the_year_alone() -> None:
    body = ["产出指标", "数量指标", "", "", "数量指标", "维护栈桥数量", "3座"]
    body += ["产出指标", "质量指标", "", "", "质量指标", "验收合格率", "100%"]
    body += ["满意度指标", "服务对象满意度指标", "", "", "服务对象满意度指标", "渡客满意度", "≥90%"]
    head = [name if n < 1 else name + ("（长期）" if n < 4 else "（年度）") for n, name in enumerate(TWICE)]
    document = read(apart([*BOXES, *head, *body]))
    assert rows_of(document) == [
        ("产出指标", "数量指标", "维护栈桥数量", "3座"),
        ("产出指标", "质量指标", "验收合格率", "100%"),
        ("满意度指标", "服务对象满意度指标", "渡客满意度", "≥90%"),
    ]
    assert not any(row.cycle_value for row in document.tables[0].indicators)


def test_a_remark_behind_a_name_makes_it_no_value() -> None:
    rows = ["产出指标 数量指标 *维护栈桥的渡口个数(≥**个) >=3个", "更换缆绳(≥**根) >=12根"]
    rows += ["满意度指标 服务对象满意度指标 渡客满意度(≥**%) >=90%"]
    lines = ["项目名称 渡口栈桥维护", "年度目标 维护栈桥3座。", " ".join([*HEAD, "备注"]), *rows]
    assert rows_of(read(lines)) == [
        ("产出指标", "数量指标", "*维护栈桥的渡口个数(≥**个)", ">=3个"),
        ("产出指标", "数量指标", "更换缆绳(≥**根)", ">=12根"),
        ("满意度指标", "服务对象满意度指标", "渡客满意度(≥**%)", ">=90%"),
    ]


def test_the_list_above_a_form_is_no_form() -> None:
    money = [
        "序号",
        "乡镇",
        "项目名称",
        "金额",
        "1",
        "柳湾镇",
        "栈桥加固",
        "20",
        "2",
        "沙埠乡",
        "缆绳更换",
        "15",
    ]
    body = [
        "产出指标",
        "数量指标",
        "维护栈桥数量",
        "3座",
        "满意度指标",
        "服务对象满意度指标",
        "渡客满意度",
        "≥90%",
    ]
    document = read([*money, *BOXES, *HEAD, *body])
    assert [table.project_name for table in document.tables] == ["渡口栈桥维护"]


@pytest.mark.parametrize("blank", ["", " "])
def test_bars_on_lines_of_their_own(blank: str) -> None:
    cells = ["项目名称", "渡口栈桥维护", "年度资金总额（万元）", "20", *HEAD]
    cells += ["产出 指标", "数量指标", "维护 5 座以上栈桥", "3座", "7 米以上缆绳数量", "12根"]
    cells += ["满意 度指 标", "服务对象 满意度指标", "渡客满意度", "≥90%"]
    document = read([line for cell in cells for line in (cell, f"{blank}|")])
    assert rows_of(document) == [
        ("产出 指标", "数量指标", "维护 5 座以上栈桥", "3座"),
        ("产出 指标", "数量指标", "7 米以上缆绳数量", "12根"),
        ("满意 度指 标", "服务对象 满意度指标", "渡客满意度", "≥90%"),
    ]
    assert document.tables[0].budget_yuan == 200_000


def test_a_class_without_an_indicator_keeps_its_remark_and_its_place() -> None:
    head = [*HEAD[:3], "指标值类型", "指标值", "计量单位", "指标解释", "评分标准", "备注"]
    rows = [
        ["产出指标", "数量指标", "维护栈桥数量", "定量", "3", "座", "反映维护数量", "未达指标值酌情扣分"],
        ["效益指标", "经济效益指标", "未达指标值酌情扣分"],
        ["社会效益指标", "方便渡客过河", "定性", "有效保障", "反映便利程度", "未达指标值酌情扣分"],
    ]
    lines = [
        "| " + " | ".join(row) + " |" + "|" * (9 - len(row))
        for row in (["项目名称", "渡口栈桥维护"], head, *rows)
    ]
    (table,) = read(lines).tables
    assert [(row.level1, row.level2, row.level3) for row in table.indicators] == [
        ("产出指标", "数量指标", "维护栈桥数量"),
        ("效益指标", "经济效益指标", None),
        ("效益指标", "社会效益指标", "方便渡客过河"),
    ]


def test_a_name_with_commas_in_front_of_a_figure_is_no_sentence() -> None:
    lines = ["项目名称 渡口栈桥维护", "预算金额（万元） 20", "一级指标 二级指标 三级指标 指标值"]
    lines += ["产出指标 数量指标 栈桥、缆绳、护栏维护数量 63处", "质量指标 分段检查、复核,整体验收 100%"]
    lines += ["时效指标 项目实施时间 2026年1月-12月", "资金拨付 12月底到位"]
    assert [row[1:] for row in rows_of(read(lines))] == [
        ("数量指标", "栈桥、缆绳、护栏维护数量", "63处"),
        ("质量指标", "分段检查、复核,整体验收", "100%"),
        ("时效指标", "项目实施时间", "2026年1月-12月"),
        ("时效指标", "资金拨付", "12月底到位"),
    ]


def test_names_over_the_columns_printed_in_front_of_the_levels() -> None:
    upper = ["绩效指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    lower = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    rows = [
        ["产出指标", "数量指标", "维护栈桥数量", "≥", "3", "座", "3座", "10", "10"],
        ["质量指标", "验收合格率", "=", "100", "%", "98%", "10", "9"],
        ["满意度指标", "服务对象满意度指标", "渡客满意度", "≥", "90", "%", "95%", "10", "10"],
    ]
    lines = [
        "项目名称 | 渡口栈桥维护 |",
        " | ".join([*upper, *lower]) + " |",
        *(" | ".join(row) + " |" for row in rows),
    ]
    document = read(lines)
    assert [row[1:] for row in rows_of(document)] == [
        ("数量指标", "维护栈桥数量", "≥3座"),
        ("质量指标", "验收合格率", "=100%"),
        ("服务对象满意度指标", "渡客满意度", "≥90%"),
    ]
    assert [row.weight for row in document.tables[0].indicators] == ["10", "10", "10"]
