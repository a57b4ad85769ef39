"""Cells that stand in the middle of their rows in bars and tabs, and what converters print besides: every form is one table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from perfgoals_lint.readers import read
from perfgoals_lint.tables.recognise import recognise
from tables.grids.printing import FORMS, ROWS, Table


def _in_the_middle(table: Table) -> list[list[str]]:
    """The cells of every row; a merged one in its middle row, on the upper of two."""
    matrix = [[""] * table.columns for _ in range(table.rows)]
    for (row, column), (text, _, height) in table.cells.items():
        matrix[row + (min(height, table.rows - row) - 1) // 2][column] = text
    return matrix


def middle_bars(table: Table) -> list[str]:
    """Cells between bars."""
    return [f"| {' | '.join(row)} |" for row in _in_the_middle(table)]


def middle_tabs(table: Table) -> list[str]:
    """Cells by tabs, none behind the last one of a row."""
    return ["\t".join(row).rstrip("\t") for row in _in_the_middle(table)]


def data_frame(table: Table) -> list[str]:
    """As a data frame is printed: NaN for a blank cell, a made up name for a column without one."""
    rows = table.matrix()
    names = [rows[0][0], *(f"Unnamed: {number}" for number in range(1, table.columns))]
    lines = [f"| {' | '.join(names)} |", "|" + " --- |" * table.columns]
    return lines + [f"| {' | '.join(cell or 'NaN' for cell in row)} |" for row in rows]


def drawn(table: Table) -> list[str]:
    """Rows between drawn rules, every cell wrapped at eight characters."""
    rule = "+" + "+".join(["-" * 18] * table.columns) + "+"
    lines = [rule]
    for row in table.matrix():
        parts = [[text[n : n + 8] for n in range(0, len(text), 8)] or [""] for text in row]
        height = max(map(len, parts))
        padded = [own + [""] * (height - len(own)) for own in parts]
        lines += [f"| {' | '.join(cells)} |" for cells in zip(*padded, strict=True)]
        lines.append(rule)
    return lines


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("shape", [middle_bars, middle_tabs, data_frame, drawn])
def test_every_form_is_read_in_every_print(
    form: str, shape: Callable[[Table], list[str]], tmp_path: Path
) -> None:
    """Classes, names and values are those of the form."""
    path = tmp_path / "表.txt"
    path.write_text("\n".join(["项目支出绩效目标表", *shape(FORMS[form]())]) + "\n", encoding="utf-8")
    document = recognise(read(str(path)))
    rows = [row for table in document.tables for row in table.indicators]
    assert [(row.level1, row.level2, row.level3) for row in rows] == [row[:3] for row in ROWS]
    assert document.tables[0].project_name == "公交候车亭维修"


@pytest.mark.parametrize(
    ("above", "below"), [("主管部 林溪县水利局 实施单 林溪县河道站", "门 位"), ("项目资金（ 86.4", "万元）")]
)
def test_a_label_goes_on_in_the_line_below(above: str, below: str, tmp_path: Path) -> None:
    """What ends a label that is none without it belongs to it."""
    rows = [" ".join(row) for row in ROWS]
    path = tmp_path / "表.txt"
    lines = ["项目名称 水闸启闭机更换", above, below, "一级指标 二级指标 三级指标 指标值", *rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = recognise(read(str(path))).tables[0]
    assert len(table.indicators) == len(ROWS)
    found = (table.department, table.unit) if "门" in below else table.budget_yuan
    assert found == (("林溪县水利局", "林溪县河道站") if "门" in below else 864000)


def test_glued_boxes_above_rows_of_words_are_read_and_doubted(tmp_path: Path) -> None:
    """Labels run into their values; a rest that may be cut otherwise is said."""
    rows = [" ".join(row) for row in ROWS]
    lines = [
        "项目名称水闸启闭机更换",
        "主管部门林溪县水利局实施单位林溪县河道站",
        "一级指标 二级指标 三级指标 指标值",
        *rows,
    ]
    path = tmp_path / "表.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    document = recognise(read(str(path)))
    table = document.tables[0]
    assert (table.project_name, table.department, table.unit) == (
        "水闸启闭机更换",
        "林溪县水利局",
        "林溪县河道站",
    )
    assert len(table.indicators) == len(ROWS)
    assert "PGX104" in {problem.code for problem in document.problems}
