"""What a text prints beside its rows is no row: counted columns, notes below; what cannot be told is said to be in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise

FIRST = (
    ("产出指标", "数量指标", "修缮校舍面积", "≥1200平方米"),
    ("效益指标", "社会效益指标", "受益学生人数", "≥860人"),
)
SECOND = (
    ("产出指标", "数量指标", "添置课桌套数", "≥310套"),
    ("效益指标", "社会效益指标", "就近入学率", "≥96%"),
)
NAMES = ("一级指标", "二级指标", "三级指标", "指标值")
HEAD = (("项目名称", "村小校舍修缮"), ("年度目标", "修缮校舍，改善就学条件。"))
BESIDE = {"责任科室": "教育科", "分值": "10", "备注": "新增"}
SHAPES = {"cells": "\n", "blanks": " ", "tabs": "\t"}


def read_as(shape: str, rows: Sequence[Sequence[str]]) -> Document:
    text = "\n".join(SHAPES[shape].join(row) for row in rows)
    lines = [Line(line, Location("表.txt", line=n)) for n, line in enumerate(text.splitlines(), 1)]
    return recognise(Source("表.txt", "text", [TextBlock(lines)]))


def rows_of(document: Document) -> list[tuple[str | None, ...]]:
    found = [row for table in document.tables for row in table.indicators]
    return [(row.level1, row.level2, row.level3, row.annual_value) for row in found]


def doubts(document: Document) -> list[str]:
    return [problem.args["where"] for problem in document.problems if problem.code == "PGX104"]


def counted(width: int, stems: int, brackets: str) -> list[str]:
    keys = [*"甲乙丙"[:stems], *map(str, range(1, width - stems + 1))]
    return [brackets.replace("#", key) for key in keys]


@pytest.mark.parametrize(
    ("shape", "further", "stems", "brackets"),
    list(product(SHAPES, ((), ("责任科室",), ("分值", "备注")), range(4), ("#", "（#）"))),
)
def test_a_row_that_counts_the_columns_belongs_to_the_header(
    shape: str, further: tuple[str, ...], stems: int, brackets: str
) -> None:
    count = counted(len(NAMES) + len(further), stems, brackets)
    rows = [(*row, *map(BESIDE.__getitem__, further)) for row in FIRST]
    document = read_as(shape, [("项目绩效目标表",), *HEAD, (*NAMES, *further), count, *rows])
    assert rows_of(document) == list(FIRST)
    assert not doubts(document)


def test_numbers_that_do_not_count_all_columns_are_no_header() -> None:
    document = read_as("blanks", [("项目绩效目标表",), *HEAD, NAMES, ("1", "2", "3"), *FIRST])
    assert rows_of(document)[-2:] == list(FIRST)
    assert doubts(document)


@pytest.mark.parametrize(("shape", "word"), list(product(SHAPES, ("填报说明", "填表说明", "说明", "备注"))))
def test_a_note_below_the_rows_is_no_part_of_them(shape: str, word: str) -> None:
    document = read_as(
        shape, [("项目绩效目标表",), *HEAD, NAMES, *FIRST, (f"{word}：指标值填写当年的计划数。",)]
    )
    assert rows_of(document) == list(FIRST)
    assert not doubts(document)


@pytest.mark.parametrize("shape", ["cells", "blanks"])
def test_a_second_project_beside_the_first_is_said(shape: str) -> None:
    beside = (("项目名称", "村小课桌添置"), ("年度目标", "添置课桌，满足就近入学。"))
    rows = [
        (*left, *right) for left, right in zip((*HEAD, NAMES, *FIRST), (*beside, NAMES, *SECOND), strict=True)
    ]
    document = read_as(shape, [("项目绩效目标表",), *rows])
    assert len(document.tables) == 2 or "村小课桌添置" in doubts(document)


@pytest.mark.parametrize("label", ["修缮校舍，改善就学条件。", "教学楼一层", "县教育局"])
def test_a_level_that_is_no_class_and_has_no_indicator_is_said(label: str) -> None:
    document = read_as(
        "cells", [("项目绩效目标表",), HEAD[0], ("年度绩效目标", *NAMES), (label, *FIRST[0]), FIRST[1]]
    )
    assert not doubts(document) or label in doubts(document)[0]
    assert (label, None, None, None) not in rows_of(document) or doubts(document)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_class_without_indicator_is_not_in_doubt(shape: str) -> None:
    rows = [*FIRST, ("满意度指标", "服务对象满意度指标")]
    document = read_as(shape, [("项目绩效目标表",), *HEAD, NAMES, *rows])
    assert not doubts(document)
    assert rows_of(document)[:2] == list(FIRST)
