"""CSV and Markdown, and how they are told from other text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.model import Grid, Location
from perfgoals_lint.readers import read
from perfgoals_lint.readers.csv import read_csv
from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.readers.markdown import read_markdown
from perfgoals_lint.readers.sniff import sniff
from readers.helpers import placed, prose
from readers.strategies import WORDS

ROWS = [
    ["一级指标", "二级指标", "指标值"],
    ["产出指标", "数量\n指标", "≥90%"],
    ["", "质量,指标", ""],
    ["效益指标", "", "有效"],
]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_delimiter_and_encoding_are_found(delimiter: str, encoding: str, tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(ROWS)
    path = tmp_path / "table.txt"
    path.write_bytes(text.getvalue().encode(encoding))
    source = read(str(path))
    assert source.format == "csv"
    grid = source.blocks[0]
    assert isinstance(grid, Grid)
    assert placed(grid) == {
        (r, c, 1, 1, v) for r, row in enumerate(ROWS, 1) for c, v in enumerate(row, 1) if v
    }
    assert grid.locate(grid.cells[4]) == Location(str(path), table=1, row=2, column=2)


@settings(max_examples=60)
@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=3, max_size=8))
def test_records_come_back(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["一级指标", "二级指标", "指标值"], *rows])
    grid = read_csv(text.getvalue().encode(), "f", Limits()).blocks[0]
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells[3:]] == [value for row in rows for value in row]


@pytest.mark.parametrize("boxes", range(1, 10))
@pytest.mark.parametrize("rows", range(1, 7))
def test_boxes_above_a_short_table_are_csv(boxes: int, rows: int) -> None:
    lines = ["一级指标,二级指标,三级指标,指标值", *["产出指标,数量指标,铺设管线长度,≥3公里"] * rows]
    text = "\n".join([*["项目名称,管线铺设"] * boxes, *lines]) + "\n"
    assert sniff(text.encode()) == "csv"


@pytest.mark.parametrize(
    "text",
    [
        "项目名称：甲项目\n预算 1,200,000.00 元\n其中 300,000.00 元\n",
        "通过实施项目, 改善环境, 提高水平。\n另起一段没有逗号。\n再起一段。\n",
        "一级指标 二级指标 三级指标\n产出指标 数量指标 数量\n",
        "",
    ],
)
def test_prose_is_not_csv(text: str) -> None:
    assert sniff(text.encode()) == "text"


MARKDOWN = """# 标题

| 一级 | 值 |
|:--|--:|
| **产出** | ≥90%<br>以上 |
| a \\| b | |

```
| 不是 | 表 |
|--|--|
```
"""


def test_markdown_tables() -> None:
    assert sniff(MARKDOWN.encode()) == "markdown"
    source = read_markdown(MARKDOWN.encode(), "f", Limits())
    grid = source.blocks[1]
    assert isinstance(grid, Grid)
    assert placed(grid) == {
        (1, 1, 1, 1, "一级"),
        (1, 2, 1, 1, "值"),
        (2, 1, 1, 1, "产出"),
        (2, 2, 1, 1, "≥90%\n以上"),
        (3, 1, 1, 1, "a | b"),
    }
    assert prose(source)[0] == "# 标题"
    assert source.blocks[0].lines[0].location == Location("f", line=1)


@pytest.mark.parametrize("mark", ["**", "__"])
@pytest.mark.parametrize("item", ["", "- ", "* "])
@pytest.mark.parametrize("inside", [True, False])
def test_labels_in_bold_outside_of_tables_are_plain_and_keep_their_places(
    mark: str, item: str, inside: bool
) -> None:
    label = f"{mark}主管部门：{mark}" if inside else f"{mark}主管部门{mark}："
    printed = f"{item}{label} 汀江县交通局"
    text = f"{printed}\n\n| 一级指标 | 指标值 |\n|---|---|\n| 产出指标 | **3条** |\n"
    source = read_markdown(text.encode(), "invented.md", Limits())
    (line,) = [line.text for line in source.blocks[0].lines if line.text]
    assert line.strip() == "主管部门： 汀江县交通局"
    assert line.index("汀江县交通局") == printed.index("汀江县交通局")


@pytest.mark.parametrize(
    "text", ["全年**整治3条**道路。", "a ** b：c ** d", "2*3*4：5", "**未闭合：甲", "| **甲**：乙 |"]
)
def test_marks_that_are_part_of_a_text_stay(text: str) -> None:
    source = read_markdown(f"{text}\n".encode(), "invented.md", Limits())
    assert [line.text for block in source.blocks for line in getattr(block, "lines", [])] == [text]
