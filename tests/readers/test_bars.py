"""Tables of web pages printed with one cell a line."""

from __future__ import annotations

from pathlib import Path

from perfgoals_lint.model import Grid, TextBlock
from perfgoals_lint.readers import read
from perfgoals_lint.readers.sniff import sniff
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
    assert sniff(PAGE.encode()) == "bars"
    source = read(str(path))
    before, grid, after = source.blocks
    assert isinstance(before, TextBlock)
    assert isinstance(grid, Grid)
    assert isinstance(after, TextBlock)
    assert (grid.rows, grid.columns) == (6, 5)
    assert [cell.text for cell in grid.cells[10:15]] == ["产出指标", "数量指标", "维修\n渡槽", "1处", ""]
    assert [line.location.line for line in after.lines] == [36, 37]
    (table,) = recognise(source).tables
    assert [(row.level1, row.level2, row.level3, row.annual_value) for row in table.indicators] == [
        ("产出指标", "数量指标", "维修渡槽", "1处"),
        ("产出指标", "数量指标", "更换槽板", "≥40块"),
        ("产出指标", "质量指标", "验收合格率", "100%"),
        ("满意度指标", "满意度指标", "农户满意度", "≥90%"),
    ]


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
