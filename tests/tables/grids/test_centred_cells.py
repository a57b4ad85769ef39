"""Cells that stand in the middle of their rows in bars and tabs, and what converters print besides: every form is one table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from growth import LINEAR, growth
from perfgoals_lint import read as extracted
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


_BOXES = ("项目名称", "", "", "")
_NAMES = ("一级指标", "二级指标", "三级指标", "指标值")
_CENTRED = (
    ("", "数量指标", "维修水闸", "≥3座"),
    ("产出指标", "质量指标", "验收合格率", "≥95%"),
    ("", "时效指标", "完工时间", "10月底前"),
    ("效益指标", "社会效益指标", "受益人口", "≥5000人"),
)


def _centred(projects: int, repeated: int, mark: str = " | ") -> bytes:
    """So many projects below each other, the rows of each printed so many times below its header."""
    rows = [
        row
        for number in range(projects)
        for row in ((_BOXES[0], f"水闸{number}", *_BOXES[2:]), _NAMES, *_CENTRED * repeated)
    ]
    return "\n".join(f"| {mark.join(row)} |" if mark == " | " else mark.join(row) for row in rows).encode()


@pytest.mark.parametrize(("mark", "name"), [(" | ", "表.txt"), ("\t", "表.txt"), (",", "表.csv")])
@pytest.mark.parametrize("projects", [2, 3, 7])
def test_the_rows_of_a_project_end_where_the_next_begins(mark: str, name: str, projects: int) -> None:
    """Every project below another has its classes, not the last one only."""
    document = extracted(_centred(projects, 1, mark), name)
    wanted = ["产出指标"] * 3 + ["效益指标"]
    assert [[row.level1 for row in table.indicators] for table in document.tables] == [wanted] * projects


def _undivided(rows: int) -> bytes:
    """One table each of whose classes may have its rows in several ways."""
    classes = ("数量指标", "质量指标", "时效指标")
    cells = [
        row
        for number in range(rows)
        for row in (
            ("", "", f"水闸{number}", "≥3座"),
            ("产出指标", classes[number % 3], f"泵站{number}", "≥2座"),
            ("", "", f"渠道{number}", "≥1公里"),
        )
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in (_BOXES, _NAMES, *cells)).encode()


@pytest.mark.growth
@pytest.mark.parametrize(
    "made", [lambda n: _centred(n, 1), lambda n: _centred(1, n), _undivided], ids=["projects", "rows", "ways"]
)
def test_the_work_grows_with_the_rows(made: Callable[[int], bytes]) -> None:
    assert growth(lambda size: extracted(made(size), "表.txt"), 16) <= LINEAR
