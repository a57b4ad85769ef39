"""Cells of several lines, each begun by a bar on a line of its own, as extractors print the paragraphs of a cell."""

from __future__ import annotations

import pytest

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise
from tables.grids.printing import BOXES, CYCLE, FORMS, GOAL, ROWS, Table

TITLE = "项目支出绩效目标表"


def read(lines: list[str]) -> Document:
    block = TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])
    return recognise(Source("invented.txt", "text", [block]))


def cells(table: Table, width: int, alone: bool) -> list[str]:
    """A bar, on the line in front or on the same one, then the cell in lines of a width."""
    found = []
    for text in (text for row in table.printed() for text in row if text):
        parts = [text[at : at + width] for at in range(0, len(text), width)]
        found += ["|", *parts] if alone else [f"|{parts[0]}", *parts[1:]]
    return found


def check(document: Document, cycle: bool) -> None:
    for table in document.tables:
        assert (table.project_name, table.annual_goal) == (BOXES["项目名称"], GOAL)
        assert (table.department, table.unit) == (BOXES["主管部门"], BOXES["实施单位"])
        found = [(row.level1, row.level2, row.level3, row.annual_value) for row in table.indicators]
        assert found == ROWS
        assert [row.cycle_value for row in table.indicators] == (CYCLE if cycle else [None] * len(ROWS))


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("width", range(3, 12))
@pytest.mark.parametrize("form", ["plain", "sided", "nested"])
def test_a_cell_is_all_of_its_lines(form: str, width: int, alone: bool) -> None:
    document = read([TITLE, *cells(FORMS[form](), width, alone), "|", "填表人：某某"])
    assert len(document.tables) == 1
    check(document, form != "plain")


@pytest.mark.parametrize("between", [["第二张项目支出绩效目标表"], ["— 3 —", TITLE], ["", TITLE]])
def test_what_stands_between_two_tables_is_in_no_cell(between: list[str]) -> None:
    form = cells(FORMS["plain"](), 9, True)
    document = read([TITLE, *form, *between, *form])
    assert len(document.tables) == 2
    check(document, False)


def test_a_page_number_is_in_no_cell() -> None:
    lines = cells(FORMS["plain"](), 40, True)
    at = lines.index("≥98%") + 1
    check(read([TITLE, *lines[:at], "— 3 —", *lines[at:]]), False)


def test_bars_may_begin_rows() -> None:
    rows = [
        ["项目名称", "公交候车亭维修"],
        ["年度目标", GOAL],
        ["一级指标", "二级指标", "三级指标", "指标值"],
    ]
    rows += [list(row) for row in ROWS]
    document = read([TITLE, *(line for row in rows for line in (f"|{row[0]}", *row[1:]))])
    (table,) = document.tables
    assert (table.project_name, table.annual_goal) == (BOXES["项目名称"], GOAL)
    assert [row.annual_value for row in table.indicators] == [row[3] for row in ROWS]
