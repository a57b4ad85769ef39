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


_RULE = "+------+------+------+------+"
_DRAWN_ROWS = (
    ("产出指标", "数量指标", "维修水闸", "≥3座"),
    ("效益指标", "社会效益指标", "受益人口", "≥5000人"),
)


def _drawn_with(*wrapped: tuple[str, str, str, str]) -> bytes:
    """A table with rules between its rows, with a row of so many lines above its header."""
    lines = [_RULE, *map(_bars, wrapped), _RULE, _bars(_NAMES), _RULE]
    for row in _DRAWN_ROWS:
        lines += [_bars(row), _RULE]
    return "\n".join(lines).encode()


def _bars(row: tuple[str, ...]) -> str:
    return f"| {' | '.join(row)} |"


@pytest.mark.parametrize(
    "marks", [("1.", "2.", "3."), ("1、", "2、", "3、"), ("（1）", "（2）", "（3）"), ("①", "②", "③")]
)
@pytest.mark.parametrize("ends", ["≥500", "≥1800人", "好"])
def test_items_of_a_drawn_cell_stay_lines(marks: tuple[str, ...], ends: str) -> None:
    """The number of an item is not the end of the figure above it."""
    items = [f"{mark}维修渠道{ends}" for mark in marks]
    lines = [("年度目标" if not n else "", item, "", "") for n, item in enumerate(items)]
    (table,) = extracted(_drawn_with(*lines), "表.txt").tables
    assert (table.annual_goal or "").split("\n") == items


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("GIS data", "platform"), "GIS data platform"),
        (("水利数据", "平台"), "水利数据平台"),
        (("投资≥5", "12万元工程"), "投资≥512万元工程"),
        (("改造渠道1", "2.5公里"), "改造渠道12.5公里"),
        (("GIS", "平台"), "GIS平台"),
    ],
)
def test_a_cell_wrapped_in_a_drawn_table_is_whole(parts: tuple[str, str], whole: str) -> None:
    lines = [("项目名称", parts[0], "", ""), ("", parts[1], "", "")]
    assert extracted(_drawn_with(*lines), "表.txt").tables[0].project_name == whole


@pytest.mark.parametrize("missing", ["NaN", "nan", "<NA>", "None"])
@pytest.mark.parametrize("unnamed", [True, False])
@pytest.mark.parametrize("name", ["表.csv", "表.md"])
def test_what_data_frames_print_for_nothing_is_blank(missing: str, unnamed: bool, name: str) -> None:
    top = (
        ("绩效目标表", *("Unnamed: 1", "Unnamed: 2", "Unnamed: 3"))
        if unnamed
        else ("项目名称", "水闸", "", "")
    )
    rows = [top, ("项目名称", "水闸", *[missing] * 2), ("年度目标", "维修水闸3座。", *[missing] * 2), _NAMES]
    rows += [(*row[:3], row[3]) for row in _DRAWN_ROWS] + [(missing, "生态效益指标", "绿化面积", "≥5亩")]
    lines = list(map(_bars if name == "表.md" else ",".join, rows))
    text = "\n".join([lines[0], *(["|---|---|---|---|"] if name == "表.md" else []), *lines[1:]])
    document = extracted(text.encode(), name)
    (table,) = document.tables
    assert [row.level1 for row in table.indicators] == ["产出指标", "效益指标", "效益指标"]
    assert (table.fields, table.unread, document.problems) == ({}, [], [])


def test_none_alone_in_a_table_is_a_text() -> None:
    text = "\n".join(map(",".join, (("项目名称", "nan", "", ""), _NAMES, *_DRAWN_ROWS)))
    assert extracted(text.encode(), "表.csv").tables[0].project_name == "nan"


@pytest.mark.parametrize("colon", ["：", ":"])
@pytest.mark.parametrize("tables", [1, 2])
def test_labels_with_colons_are_not_glued(colon: str, tables: int) -> None:
    """A box a line above a header of words, in one table or in each."""
    boxes = [f"项目名称{colon}水闸", f"主管部门{colon}水利局", f"年度目标{colon}维修水闸3座，验收合格。"]
    lines = [*boxes, "  ".join(_NAMES), *map("  ".join, _DRAWN_ROWS)] * tables
    document = extracted("\n".join(lines).encode(), "表.txt")
    assert [one.annual_goal for one in document.tables] == ["维修水闸3座，验收合格。"] * tables
    assert "PGX104" not in {one.code for one in document.problems}


@pytest.mark.parametrize("inside", ["项目单位", "主管部门", "预算单位", "项目资金"])
def test_a_label_inside_of_a_glued_name_is_a_part_of_it(inside: str) -> None:
    lines = [
        f"项目名称水利{inside}能力建设",
        "主管部门林溪县水利局",
        " ".join(_NAMES),
        *map(" ".join, _DRAWN_ROWS),
    ]
    (table,) = extracted("\n".join(lines).encode(), "表.txt").tables
    assert (table.project_name, table.department) == (f"水利{inside}能力建设", "林溪县水利局")


@pytest.mark.parametrize(
    "note", ["填表人王某", "审核人李某某", "填表人：王某", "备注：无", "经办人王某\n审核人李某"]
)
def test_a_signature_behind_a_goal_is_none_of_it(note: str) -> None:
    rows = (
        ("项目名称", "水闸", "", ""),
        (f'"年度目标：维修水闸3座。\n同时清淤。\n{note}"', "", "", ""),
        _NAMES,
        *_DRAWN_ROWS,
    )
    (table,) = extracted("\n".join(map(",".join, rows)).encode(), "表.csv").tables
    assert (table.annual_goal or "").replace("\n", "") == "维修水闸3座。同时清淤。"


@pytest.mark.parametrize("cells", [5, 6, 8])
def test_a_last_line_wider_than_the_table_is_no_row(cells: int) -> None:
    """Rows whose blank cells at the end are not printed are so often."""
    last = "\t".join(["附：", "经费", "明细", "如下", "表", "所", "示", "。"][:cells])
    rows = (("项目名称", "水闸"), _NAMES, _DRAWN_ROWS[0], ("", "质量指标", "合格率", "100%"), _DRAWN_ROWS[1])
    (table,) = extracted("\n".join([*map("\t".join, rows), last, ""]).encode(), "表.txt").tables
    assert [row.level3 for row in table.indicators] == ["维修水闸", "合格率", "受益人口"]
