"""A name that is a value says that the cells of its row are not where they belong; names with words are names."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.model import Cell, Document, GoalTable, Grid, Indicator, Location, Problem, Source
from perfgoals_lint.tables.recognise import _leave_open, recognise

HEADER = ("一级指标", "二级指标", "三级指标", "指标值")
VALUES = [
    "".join(parts)
    for parts in product(("≥", "≤", "＝", "不少于", ""), ("30", "5.5"), ("%", "公里", "元/人", "天"))
]
VALUES += ["2026年11月底前", "9月前", "2026年全年", "3-5年"]
NAMES = [
    "".join(parts)
    for parts in product(
        ("四个", "12345", "1-12月", "年末", "5G", "两癌"), ("租赁合同数", "热线接通率", "支出进度")
    )
]


def doubted(name: str) -> bool:
    rows = [HEADER, ("产出指标", "数量指标", "清淤长度", "≥9公里"), ("产出指标", "数量指标", name, "续建")]
    cells = [Cell(row, column, text) for row, line in enumerate(rows) for column, text in enumerate(line)]
    document = recognise(Source("表.csv", "csv", [Grid("表.csv", cells, len(rows), len(HEADER), table=1)]))
    return any(problem.code == "PGX104" and problem.args["where"] == name for problem in document.problems)


@pytest.mark.parametrize("value", VALUES)
def test_a_value_in_the_place_of_a_name_is_doubted(value: str) -> None:
    assert doubted(value)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_a_numeral_is_a_name(name: str) -> None:
    assert not doubted(name)


def test_the_values_of_a_name_found_again_and_again_are_left_open() -> None:
    rows = [
        Indicator(level1="产出指标", level3=name, annual_value=f"{n}分") for n, name in enumerate("点点点栏")
    ]
    document = Document("甲.txt", "text", tables=[GoalTable(Location("甲.txt"), indicators=rows)])
    document.problems.append(Problem("PGX104", Location("甲.txt"), {}))
    _leave_open(document)
    assert ["annual_value" in row.unknown for row in rows] == [True, True, True, False]
