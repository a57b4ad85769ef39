"""Rows, names and boxes printed around their middle, or below their first line, in text taken from a page."""

from __future__ import annotations

import pytest

from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.rulebook.rules import load
from perfgoals_lint.tables.recognise import recognise

ABOVE = [
    "项目支出绩效目标表",
    "项目名称 渡口栈桥维护",
    "预算金额（万元） 20",
    "年度目标 维护栈桥，方便渡客。",
]
NAMES = ["维护沿江各渡口栈桥及引桥数量", "更换栈桥木板与防滑条数量", "栈桥维护工程验收一次合格率"]
VALUES = ["≥3座", "≥260块", "≥98%"]
CLASSES = ["数量指标", "", "质量指标"]
WANTED = list(zip(NAMES, VALUES, strict=True))


def read(lines: list[str]) -> Document:
    block = TextBlock(
        [Line(text, Location("invented.txt", line=n, column=1)) for n, text in enumerate(lines, 1)]
    )
    return recognise(Source("invented.txt", "text", [block]))


def rows_of(document: Document) -> list[tuple[str | None, str | None]]:
    (table,) = document.tables
    return [(row.level3, row.annual_value) for row in table.indicators]


def around(width: int) -> list[str]:
    """Each name broken in two, its class and its values on a line between; the class of the first two between them."""
    lines: list[str] = []
    for number, (name, value) in enumerate(WANTED):
        lead = "产出指标 质量指标 " if number == 2 else ""
        lines += [name[:width], f"{lead}{value} 渡口科 10", name[width:]]
        lines += ["数量指标"] if number == 0 else []
    return lines


def below(width: int) -> list[str]:
    """Each row's values beside the first line of its name."""
    lines: list[str] = []
    for name, value, second in zip(NAMES, VALUES, ["产出指标 数量指标 ", "", "质量指标 "], strict=True):
        lines += [f"{second}{name[:width]} {value} 渡口科 10", name[width:]]
    return lines


@pytest.mark.parametrize("width", [8, 9, 10])
@pytest.mark.parametrize("printed", [around, below])
def test_names_in_two_lines(printed, width: int) -> None:  # type: ignore[no-untyped-def]
    lines = [*ABOVE, "一级指标 二级指标 三级指标 指标值 责任科室 分值", *printed(width)]
    assert rows_of(read(lines)) == WANTED


def test_a_name_of_the_header_around_its_line() -> None:
    head = ["责任科", "一级指标 二级指标 三级指标 指标值 分值", "室"]
    rows = [f"{name} {value} 10 渡口科" for name, value in WANTED]
    rows = [f"产出指标 数量指标 {rows[0]}", rows[1], f"质量指标 {rows[2]}"]
    assert rows_of(read([*ABOVE, *head, *rows])) == WANTED


def test_parts_of_a_value_below_its_name() -> None:
    head = ["一级指标 二级指标 三级指标 年度指标值 指标权重", "指标性质 指标值 计量单位"]
    rows = ["产出指标 数量指标 维护栈桥数量 ≥ 3 座 50", "质量指标 维护验收合格率 ≥ 98 % 50"]
    assert rows_of(read([*ABOVE, *head, *rows])) == [("维护栈桥数量", "≥3座"), ("维护验收合格率", "≥98%")]


def test_nothing_is_an_error_where_cells_are_in_doubt() -> None:
    rows = ["产出指标 数量指标 维护栈桥数量 ≥", "按计划", "效益指标 质量指标 维护合格率 ≥"]
    document = read([*ABOVE, "一级指标 二级指标 三级指标 指标值", *rows])
    found = Engine(load().rules.values()).check(document).findings
    assert any(finding.rule == "PGX104" for finding in found)
    assert not any(finding.severity == "error" for finding in found)
