"""Rows printed a cell a line between bars and filled up with bars: the same table as with a row a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import LINEAR, growth
from perfgoals_lint.model import Cell, Document, Grid, Line, Location, Source, TextBlock
from perfgoals_lint.tables.grids.padded import drops_blanks, rows_filled_up
from perfgoals_lint.tables.recognise import recognise
from tables.grid_reading import rows

HEAD = [["闸门检修表"], ["项目名称", "闸门检修"], ["主管部门", "青禾县水务局", "实施单位", "青禾县灌区站"],
        ["资金情况（万元）", "年度资金总额", "36"], ["其中：财政拨款", "36"], ["年度目标", "检修闸门12座，汛前完工。"]]  # fmt: skip
TABLE = [["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
         ["产出指标", "数量指标", "检修闸门", "12座"], ["更换启闭机", "≥4台"], ["质量指标", "验收合格率", "100%"],
         ["时效指标", "完工时间", "5月底前"], ["效益指标", "社会效益指标", "保障灌溉面积", "≥9000亩"],
         ["满意度指标", "服务对象满意度指标", "用水户满意度", "≥90%"]]  # fmt: skip
TRUE = [
    ("产出指标", "数量指标", "检修闸门", None, "12座"),
    ("产出指标", "数量指标", "更换启闭机", None, "≥4台"),
    ("产出指标", "质量指标", "验收合格率", None, "100%"),
    ("产出指标", "时效指标", "完工时间", None, "5月底前"),
    ("效益指标", "社会效益指标", "保障灌溉面积", None, "≥9000亩"),
    ("满意度指标", "服务对象满意度指标", "用水户满意度", None, "≥90%"),
]


def _lines(text: str) -> TextBlock:
    return TextBlock([Line(t, Location("a.txt", line=n)) for n, t in enumerate(text.splitlines(), 1)])


def _printed(table: list[list[str]], width: int, outer: bool = False, apart: bool = False) -> str:
    """Each cell on a line with its bar, each row filled up; the bars that do so on a line of their own if ``apart``."""
    found = []
    for row in table:
        found += ["|"] if outer else []
        found += [f"{cell} |" for cell in row]
        if rest := width - len(row):
            found[-1:] = [found[-1], "|" * rest] if apart else [f"{found[-1]} {'|' * rest}"]
    return "\n".join(found)


def _read(text: str) -> Document:
    return recognise(Source("a.txt", "text", [_lines(text)]))


@pytest.mark.parametrize("width", [5, 6, 9])
@pytest.mark.parametrize("outer", [False, True])
@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("around", ["", "发布时间：2024-03-01\n浏览次数：8\n"])
def test_rows_filled_up_with_bars_are_read_as_they_are_meant(
    width: int, outer: bool, apart: bool, around: str
) -> None:
    (table,) = _read(around + _printed(HEAD + TABLE, width, outer, apart)).tables
    assert rows(table) == TRUE
    assert (table.project_name, table.department, table.unit) == ("闸门检修", "青禾县水务局", "青禾县灌区站")
    assert table.budget_yuan == 360000


@pytest.mark.parametrize("side", [False, True])
def test_the_label_beside_the_rows_may_stand_in_the_first_of_them(side: bool) -> None:
    header, first, *others = TABLE
    moved = [header[1:], ["绩效指标", *first] if side else first, *others]
    assert rows(_read(_printed(HEAD + moved, 6)).tables[0]) == TRUE


@pytest.mark.parametrize("towns", [2, 7])
def test_a_row_may_have_as_many_columns_as_it_is_wide(towns: int) -> None:
    names = [f"{'甲乙丙丁戊己庚'[n]}泉镇" for n in range(towns)]
    header = [*TABLE[0][:-1], *names, "合计"]
    body = [[*row[:-1], *["3座"] * towns, row[-1]] for row in TABLE[1:]]
    assert rows(_read(_printed([*HEAD, header, *body], len(header) + 1)).tables[0]) == TRUE


def test_rows_without_values_have_none() -> None:
    table = [TABLE[0], ["产出指标", "数量指标", "检修闸门"], ["更换启闭机"], ["清淤长度"], ["巡查次数"]]
    document = _read(_printed(HEAD + table, 5))
    assert [row.level3 for row in document.tables[0].indicators] == [
        "检修闸门",
        "更换启闭机",
        "清淤长度",
        "巡查次数",
    ]
    assert not any(row.annual_value for row in document.tables[0].indicators)


@pytest.mark.parametrize("cut", [1, 2, 3, 4, 6, 7, 8, 9])
def test_a_text_that_ends_inside_of_a_row_is_cut_off(cut: int) -> None:
    lines = _printed(HEAD + TABLE, 6, apart=True).splitlines()
    document = _read("\n".join(lines[:-cut]))
    assert "PGX102" in [problem.code for problem in document.problems]
    for table in document.tables:
        assert {row for row in rows(table) if row[4]} <= {*TRUE}


@given(
    st.lists(
        st.lists(st.text("甲乙丙1≥%", min_size=1, max_size=4), min_size=1, max_size=5), min_size=4, max_size=9
    )
)
def test_no_text_is_lost(table: list[list[str]]) -> None:
    text = _printed(table, 7)
    found = rows_filled_up(_lines(text), "a.txt")
    cells = [cell for block in found or [] if isinstance(block, Grid) for cell in block.cells if cell.text]
    assert found is None or [cell.text for cell in cells] == [text for row in table for text in row]


def test_blank_cells_are_looked_for_once_a_row() -> None:
    def drop(size: int) -> None:
        cells = [Cell(row, column, "检修" if column else "") for row in range(size) for column in range(3)]
        drops_blanks(Grid("a.txt", cells, size, 3))

    assert growth(drop, 60) <= LINEAR
