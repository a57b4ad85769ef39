"""Tables of web pages printed with one cell a line, a bar alone in front of each row."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgoals_lint.model import Grid, TextBlock
from perfgoals_lint.readers import read
from perfgoals_lint.readers.sniff import sniff
from perfgoals_lint.tables.grids.padded import rows_filled_up
from perfgoals_lint.tables.recognise import recognise

PAGE = """某县渡槽维修项目绩效目标公开
|
项目名称 |
渡槽维修 |
|||
|
一级指标 |
二级指标 |
三级指标 |
指标值 |
备注 |
|
产出指标 |
数量指标 |
维修
渡槽 |
1处 |
|
|
更换槽板 |
≥40块 |
|
||
|
质量指标 |
验收合格率 |
100% |
|
|
|
满意度指标 |
满意度指标 |
农户满意度 |
≥90% |
|
发布日期：2026年2月
- 收藏
"""


def test_rows_have_the_same_number_of_bars(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    source = read(str(path))
    (block,) = source.blocks
    assert isinstance(block, TextBlock)
    found = rows_filled_up(block, str(path))
    assert found is not None
    before, grid, after = found
    assert isinstance(before, TextBlock)
    assert isinstance(grid, Grid)
    assert isinstance(after, TextBlock)
    assert (grid.rows, grid.columns) == (6, 5)
    row = {cell.column: cell.text for cell in grid.cells if cell.row == 2}
    assert [row.get(column, "") for column in range(5)] == ["产出指标", "数量指标", "维修\n渡槽", "1处", ""]
    assert [line.location.line for line in after.lines] == [36, 37]
    (table,) = recognise(source).tables
    assert [(row.level1, row.level2, row.level3, row.annual_value) for row in table.indicators] == [
        ("产出指标", "数量指标", "维修渡槽", "1处"),
        ("产出指标", "数量指标", "更换槽板", "≥40块"),
        ("产出指标", "质量指标", "验收合格率", "100%"),
        ("满意度指标", "满意度指标", "农户满意度", "≥90%"),
    ]


ROWS = [
    ["产出指标", "数量指标", "维修渡槽数量", "1处"],
    ["", "", "更换槽板数量", "≥40块"],
    ["", "质量指标", "验收合格率", "100%"],
    ["满意度指标", "服务对象满意度指标", "农户满意度", "≥90%"],
]


@pytest.mark.parametrize("more", range(5))
@pytest.mark.parametrize("boxes", range(1, 5))
def test_rows_are_as_wide_as_their_bars_also_where_a_part_of_them_fits(
    boxes: int, more: int, tmp_path: Path
) -> None:
    named = [
        ("项目名称", "渡槽维修"),
        ("主管部门", "青禾县水务局"),
        ("年度目标", "维修渡槽。"),
        ("实施单位", "灌区站"),
    ]
    table = [list(box) for box in named[:boxes]]
    table += [
        ["一级指标", "二级指标", "三级指标", "指标值", *["备注", "责任科室", "佐证资料", "分值"][:more]],
        *ROWS,
    ]
    width = 4 + more
    lines = ["渡槽维修绩效目标公开"]
    for row in table:
        lines += [
            "|",
            *(f"{cell} |".strip() for cell in row),
            *["|" * (width - len(row))] * (len(row) < width),
        ]
    path = tmp_path / "page.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    (table_,) = recognise(read(str(path))).tables
    assert table_.project_name == "渡槽维修"
    assert [(row.level3, row.annual_value) for row in table_.indicators] == [tuple(row[2:]) for row in ROWS]


def test_what_does_not_fall_into_rows_stays_text(tmp_path: Path) -> None:
    text = "|\n甲 |\n乙 |\n丙 |\n|\n丁 |\n说明\n"
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")
    source = read(str(path))
    assert all(isinstance(block, TextBlock) for block in source.blocks)
    assert source.blocks
    assert not isinstance(source.blocks[0], Grid)


def test_a_bar_in_prose_is_no_table() -> None:
    assert sniff("甲|乙\n丙\n".encode()) == "text"
    assert sniff("|\n一段文字\n另一段\n".encode()) == "text"


@pytest.mark.parametrize("merged", [False, True])
def test_rows_behind_a_bar_alone_are_whole_whatever_classes_they_have(tmp_path: Path, merged: bool) -> None:
    levels = "|\n|" if merged else "产出指标|\n数量指标|"
    rows = [f"|\n{levels}\n新修第{number}段渠道|\n≥{number + 1}米|" for number in range(8)]
    head = "|\n项目名称|\n渠道新修|||\n|\n预算金额|\n30万元|||\n|\n一级指标|\n二级指标|\n三级指标|\n指标值|\n|\n产出指标|\n数量指标|\n修渠|\n≥9米|"
    path = tmp_path / "page.txt"
    path.write_text("\n".join(["某县渠道项目绩效目标表", head, *rows, ""]), encoding="utf-8")
    (table,) = recognise(read(str(path))).tables
    assert len(table.indicators) == 9
    assert {row.level2 for row in table.indicators} == {"数量指标"}
    assert not table.truncated
