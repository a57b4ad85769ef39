"""Cells in the place of others: nothing of them is lost, what cannot be told is named, what is empty stays empty."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw, source
from tables.invented import doubts

SIGNED = """
    |项目名称|塘坝清淤|<|<|<|<|
    |一级指标|二级指标|三级指标|{signs}|指标值|计量单位|
    |产出指标|数量指标|清淤塘坝|≥|12|座|
    |产出指标|质量指标|清淤验收合格率|{first}|{second}|{unit}|
    |满意度指标|服务对象满意度指标|村民满意度|≥|90|%|
    """
ROWS = (
    ("产出指标", "数量指标", "清淤塘坝", "≥12座"),
    ("产出指标", "质量指标", "清淤验收合格率", "≥95%"),
    ("效益指标", "社会效益指标", "受益农户", "≥300户"),
    ("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%"),
)


@pytest.mark.parametrize("heading", ["计算符号", "符号", "运算符号"])
@pytest.mark.parametrize(
    ("sign", "number", "unit"), list(product(("≥", "≤", "=", "＞"), ("95", "12.5", "3"), ("%", "座", "")))
)
def test_a_sign_and_its_number_in_each_others_place(heading: str, sign: str, number: str, unit: str) -> None:
    drawn = [
        recognise(source(draw(SIGNED.format(signs=heading, first=first, second=second, unit=unit))))
        for first, second in ((sign, number), (number, sign))
    ]
    right, swapped = (document.tables[0].indicators for document in drawn)
    assert [row.annual_value for row in swapped] == [row.annual_value for row in right]
    assert not doubts(drawn[0])
    assert [(p.code, p.location.cell, p.args["where"]) for p in doubts(drawn[1])] == [
        ("PGX104", "D4", number)
    ]


@pytest.mark.parametrize("shifted", range(len(ROWS)))
def test_a_row_shifted_to_the_left_has_no_value(shifted: int) -> None:
    """Its cells are kept where they are printed; that the cell of its value is empty is known, its class is not."""
    lines = ["|".join(row) for row in ROWS]
    lines[shifted] = "|".join([*ROWS[shifted][1:], ""])
    form = [
        "|项目名称|塘坝清淤|<|<|",
        "|一级指标|二级指标|三级指标|指标值|",
        *(f"|{line}|" for line in lines),
    ]
    document = recognise(source(draw("\n".join(form))))
    (table,) = document.tables
    row = table.indicators[shifted]
    assert (row.level3, row.annual_value) == (ROWS[shifted][3], None)
    assert "annual_value" in row.blank
    assert not row.unknown
    assert table.unknown == ["indicators"]
    assert [problem.code for problem in doubts(document)] == ["PGX104"]
    assert all(not one.blank for one in table.indicators if one is not row)
