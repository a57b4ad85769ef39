"""Lines that a page prints between the rows of a dump: its number, 续表, the money unit once more. The table is the same without them."""

from __future__ import annotations

import pytest

from growth import LINEAR, growth
from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.tables.grids.pieces import of_pages
from perfgoals_lint.tables.recognise import recognise
from tables.grid_reading import rows

FORM = [
    ["渡口检修项目支出绩效目标表"],
    ["单位：万元"],
    ["项目名称", "渡口检修"],
    ["主管部门", "青禾县航道局"],
    ["预算金额", "36"],
    ["年度绩效目标", "检修渡口12处，汛前完工。"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "检修渡口数量", "≥12处"],
    ["", "", "更换缆绳数量", "≥4套"],
    ["", "质量指标", "验收合格率", "≥98%"],
    ["", "时效指标", "完工时间", "2031年5月底前"],
    ["效益指标", "社会效益指标", "受益村数", "≥9个"],
    ["满意度指标", "服务对象满意度指标", "乘客满意度", "≥90%"],
]
FURNITURE = ["续表", "（续表）", "（续）", "接上页", "（转下页）", "第 2 页 共 5 页", "- 3 -", "单位：万元"]


def _lines(shape: str) -> list[str]:
    """The form with tabs between cells, a cell a line, or blanks between them."""
    if shape == "line":
        return [cell for row in FORM for cell in row if cell]
    return [{"tabs": "\t", "blanks": "  "}[shape].join(filter(None, row)) for row in FORM]


def _read(lines: list[str]) -> Document:
    return recognise(
        Source(
            "a.txt", "text", [TextBlock([Line(t, Location("a.txt", line=n)) for n, t in enumerate(lines, 1)])]
        )
    )


@pytest.mark.parametrize("line", FURNITURE)
@pytest.mark.parametrize("shape", ["tabs", "line", "blanks"])
def test_what_a_page_prints_is_in_no_cell(shape: str, line: str) -> None:
    lines = _lines(shape)
    (plain,) = _read(lines).tables
    start = next(n for n, text in enumerate(lines) if text.startswith("三级指标") or "三级指标" in text) + 2
    for at in range(start, len(lines) + 1, 1 + (shape == "line")):
        document = _read([*lines[:at], line, *lines[at:]])
        assert [rows(table) for table in document.tables] == [rows(plain)]
        assert document.tables[0].budget_yuan == plain.budget_yuan == 360_000


def test_the_money_unit_of_another_form_counts_there() -> None:
    lines = [*_lines("tabs"), "", *(text.replace("万元", "元") for text in _lines("tabs"))]
    assert [table.budget_yuan for table in _read(lines).tables] == [360_000, 36]


def test_the_lines_of_pages_are_sought_in_one_pass() -> None:
    def seek(size: int) -> None:
        of_pages([Line(f"单位：{'万' * (n % 2)}元", Location("a.txt", line=n)) for n in range(size)])

    assert growth(seek, 100) <= LINEAR
