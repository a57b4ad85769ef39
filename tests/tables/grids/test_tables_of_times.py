"""Two tables of indicators below each other in one form, of the whole period and of the year: one list with two values."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise

PERIOD = ["长期绩效目标表", "中期绩效目标表", "实施期绩效目标表", "长期绩效指标"]
YEAR = ["年度绩效目标表", "本年度绩效目标表", "年度绩效指标"]
HEADER = ["一级指标", "二级指标", "三级指标", "指标值", "备注"]
ROWS = [
    ("产出指标", "数量指标", "修补渡槽槽身数量", "{0}节"),
    ("效益指标", "社会效益指标", "受益灌溉面积", "≥{0}00亩"),
    ("满意度指标", "服务对象满意度指标", "灌区农户满意度", "≥9{0}%"),
]
GOAL, CYCLE = "当年修补渡槽槽身3节。", "三年修补渡槽槽身9节。"
PRINTS = {
    "tabs": lambda rows: ["\t".join(row) for row in rows],
    "bars": lambda rows: ["| " + " | ".join(row) + " |" for row in rows],
    "blanks": lambda rows: [" ".join(filter(None, row)) for row in rows],
    "cells": lambda rows: [cell for row in rows for cell in row if cell],
    "one line": lambda rows: [" ".join(cell for row in rows for cell in row if cell)],
    "glued": lambda rows: ["".join(cell for row in rows for cell in row)],
}


def form(title: str, sides: list[tuple[str, str]]) -> list[list[str]]:
    rows = [[title], ["项目名称", "渡槽槽身修补"], ["长期目标", CYCLE], ["年度目标", GOAL]]
    for side, count in sides:
        rows.append([side, *HEADER])
        rows += [["", *(cell.format(count) for cell in row), ""] for row in ROWS]
    return [row + [""] * (6 - len(row)) for row in rows]


def read(lines: list[str]) -> Document:
    block = TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])
    return recognise(Source("invented.txt", "text", [block]))


@pytest.mark.parametrize("print_", PRINTS)
@pytest.mark.parametrize(("period", "year"), [*product(PERIOD, YEAR)])
def test_the_period_above_the_year(period: str, year: str, print_: str) -> None:
    (table,) = read(PRINTS[print_](form("项目支出绩效目标批复表", [(period, "9"), (year, "3")]))).tables
    assert (table.cycle_goal, table.annual_goal) == (CYCLE, GOAL)
    assert [(row.level3, row.cycle_value, row.annual_value) for row in table.indicators] == [
        (name, value.format("9"), value.format("3")) for _, _, name, value in ROWS
    ]


@pytest.mark.parametrize("print_", PRINTS)
@pytest.mark.parametrize(
    "title", ["年度绩效目标表", "2027年度绩效目标表", "部门年度绩效目标表", "长期绩效目标表"]
)
def test_a_title_of_the_same_words_is_no_label(title: str, print_: str) -> None:
    rows = [[cell for n, cell in enumerate(row) if n or cell] for row in form(title, [("", "3")])]
    (table,) = read(PRINTS[print_](rows)).tables
    assert (table.project_name, table.annual_goal) == ("渡槽槽身修补", GOAL)
    assert [(row.cycle_value, row.annual_value) for row in table.indicators] == [
        (None, value.format("3")) for *_, value in ROWS
    ]
