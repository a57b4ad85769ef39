"""One invented form or list printed in every shape of text gives the same rows, boxes and places."""

from __future__ import annotations

from collections import Counter

import pytest

from perfgoals_lint.model import Cell, Grid, Line, Location, TextBlock
from perfgoals_lint.tables.grids import readings
from perfgoals_lint.tables.reading import Reading
from tables.grids import printing
from tables.grids.printing import FORMS, SHAPES, Table

TITLE = ["项目支出绩效目标表", "（2026年度）"]
ABOVE = [
    "当前位置：首页 > 信息公开 > 财政预决算",
    "发布时间：2026-02-11 来源：县交通局 浏览次数：120",
    "六、项目支出绩效目标情况",
]
BELOW = ["注：本表按项目分别填报。", "打印本页 关闭窗口", "版权所有：桐山县人民政府  网站标识码：0000000000"]
OPINION = ["财政部门审核意见", "同意", "（盖章）", "2026年1月5日"]
SIDE = "绩效指标"


def read(lines: list[str]) -> Reading:
    """The cheapest reading of a text."""
    block = TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])
    return min(readings([block], "invented.txt"), key=lambda reading: reading.cost)


def texts(grid: Grid) -> list[list[str]]:
    """The texts of a grid by row and column, printed lines joined."""
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text.replace("\n", "")
    return rows


def indicator_rows(reading: Reading) -> list[list[str]]:
    """The filled cells of every row below a header, levels filled down from above."""
    found: list[list[str]] = []
    for grid in reading.blocks:
        first = -1
        above = ["", ""]
        for row in texts(grid) if isinstance(grid, Grid) else []:
            if "三级指标" in row:
                first, above = row.index("一级指标"), ["", ""]
                continue
            if first < 0 or "年度指标值" in row:
                continue
            above = [row[first], row[first + 1]] if row[first] else [above[0], row[first + 1] or above[1]]
            row[first : first + 2] = above
            found.append([text for text in row if text not in ("", SIDE)])
    return found


def boxes(reading: Reading) -> dict[str, str]:
    """What stands right of each label, or below it where the row below has it."""
    found: dict[str, str] = {}
    for grid in reading.blocks:
        rows = texts(grid) if isinstance(grid, Grid) else []
        for number, row in enumerate(rows):
            for column, label in enumerate(row):
                if label in printing.BOXES:
                    right = next((text for text in row[column + 1 :] if text), "")
                    below = rows[number + 1][column] if number + 1 < len(rows) else ""
                    found.setdefault(label, right if right == printing.BOXES[label] else below or right)
    return found


def expected(table: Table) -> list[list[str]]:
    return [[text for text in row if text not in ("", SIDE)] for row in printing.records(table)]


def form_has_repeats(shape: str) -> bool:
    return shape == "tabs_filled"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("form", FORMS)
class TestOneFormInEveryShape:
    def test_rows_and_boxes(self, form: str, shape: str) -> None:
        table = FORMS[form]()
        reading = read([*TITLE, *SHAPES[shape](table)])
        assert indicator_rows(reading) == expected(table)
        assert boxes(reading) == {k: v for k, v in printing.BOXES.items() if k in boxes(reading)}
        assert {"项目名称", "主管部门", "年度资金总额", "年度目标"} <= boxes(reading).keys()

    def test_a_header_printed_again_on_the_next_page(self, form: str, shape: str) -> None:
        table = FORMS[form]()
        lines = printing.paged([*TITLE, *SHAPES[shape](table)], table, SHAPES[shape])
        assert indicator_rows(read(lines)) == expected(table)

    def test_a_page_of_a_site_around_two_forms(self, form: str, shape: str) -> None:
        table = FORMS[form]()
        one = [*TITLE, *SHAPES[shape](table)]
        reading = read([*ABOVE, *one, "单位负责人：林× 填表人：杜× 联系电话：0000", *one, *BELOW])
        assert indicator_rows(reading) == expected(table) * 2

    def test_opinions_below_are_no_rows(self, form: str, shape: str) -> None:
        table = FORMS[form]()
        assert indicator_rows(read([*TITLE, *SHAPES[shape](table), *OPINION])) == expected(table)

    def test_every_character_is_in_one_place(self, form: str, shape: str) -> None:
        table = FORMS[form]()
        lines = [*ABOVE, *TITLE, *SHAPES[shape](table), *BELOW]
        block = TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])
        printed = Counter(char for line in lines for char in line if not char.isspace() and char != "|")
        for reading in readings([block], "invented.txt"):
            held: Counter[str] = Counter()
            for part in reading.blocks:
                pieces = (
                    [cell.text for cell in part.cells]
                    if isinstance(part, Grid)
                    else [x.text for x in part.lines]
                )
                held.update(char for piece in pieces for char in piece if not char.isspace() and char != "|")
            # A label that is printed again in each row that it covers is one cell.
            again = form_has_repeats(shape)
            assert (set(held) == set(printed) and held <= printed) if again else held == printed

    def test_places_are_where_the_text_stands(self, form: str, shape: str) -> None:
        lines = [*TITLE, *SHAPES[shape](FORMS[form]())]
        for grid in read(lines).blocks:
            for cell in grid.cells if isinstance(grid, Grid) else []:
                for text, place in zip(cell.text.splitlines(), cell.places or [], strict=True):
                    assert place.line is not None
                    assert place.column is not None
                    assert lines[place.line - 1].startswith(text, place.column - 1)


@pytest.mark.parametrize("form", ["plain", "sided", "wide"])
def test_a_delimited_file_that_lost_its_merged_cells(form: str) -> None:
    table = FORMS[form]()
    grid = Grid("invented.csv", [], table.rows, table.columns, table=1)
    for row, cells in enumerate(table.printed()):
        grid.cells += [Cell(row, column, text) for column, text in enumerate(cells)]
    reading = next(readings([grid], "invented.csv"))
    assert reading.shape == "ragged"
    assert indicator_rows(reading) == expected(table)
    placed = next(cell for cell in _cells(reading) if cell.text == "更换站牌数量")
    assert placed.places == [Location("invented.csv", table=1, row=table.header + 3, column=1)]


def _cells(reading: Reading) -> list[Cell]:
    return [cell for grid in reading.blocks if isinstance(grid, Grid) for cell in grid.cells]


def test_a_delimited_file_that_kept_them_stays_as_it_is() -> None:
    table = FORMS["plain"]()
    grid = Grid("invented.csv", [], table.rows, table.columns, table=1)
    for row, cells in enumerate(table.matrix()):
        grid.cells += [Cell(row, column, text) for column, text in enumerate(cells)]
    assert list(readings([grid], "invented.csv")) == []
