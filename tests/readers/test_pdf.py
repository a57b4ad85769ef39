"""PDF written by reportlab: ruled tables come back cell by cell with their page and box."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from readers.helpers import grids, placed, read_bytes
from readers.pdf_drawing import FONT, ROWS, SHOWN, STYLE, boxed, draw_table, drawn
from readers.strategies import Table, tables


@settings(max_examples=40, deadline=None)
@given(tables(most=5, blanks=False))
def test_random_merges_come_back_as_rectangles(table: Table) -> None:
    rows = [[""] * table.columns for _ in range(table.rows)]
    style = list(STYLE)
    for row, column, height, width, _ in table.cells:
        rows[row][column] = f"单元{row}-{column}"
        style.append(("SPAN", (column, row), (column + width - 1, row + height - 1)))
    found = grids(
        read_bytes(drawn(lambda canvas: draw_table(canvas, rows, style=style, rowHeights=20, colWidths=60)))
    )
    if len(table.cells) == 1:
        assert not found
        return
    texts = {cell.text for cell in found[0].cells}
    assert texts == {f"单元{row}-{column}" for row, column, *_ in table.cells}
    # Lines that no cell border follows do not exist on paper, so spans shrink to the lines there are.
    firsts = sorted({row for row, *_ in table.cells}), sorted({column for _, column, *_ in table.cells})
    expected = {
        (
            firsts[0].index(row) + 1,
            firsts[1].index(column) + 1,
            sum(row <= first < row + height for first in firsts[0]),
            sum(column <= first < column + width for first in firsts[1]),
            f"单元{row}-{column}",
        )
        for row, column, height, width, _ in table.cells
    }
    assert placed(found[0]) == expected


def test_page_and_box_of_a_cell() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.showPage()
        canvas.setFont(FONT, 9)
        draw_table(canvas, [["甲", "乙"], ["丙", "丁"]], x=100, y=600)

    grid = grids(read_bytes(drawn(draw)))[0]
    location = grid.locate(next(cell for cell in grid.cells if cell.text == "丙"))
    assert location.page == 2
    assert location.bbox is not None
    x0, _, _, y1 = location.bbox
    assert (x0, y1) == (pytest.approx(100, abs=1), pytest.approx(A4[1] - 600, abs=1))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_rotated_pages(turn: int) -> None:
    """A page turned by its /Rotate entry, its content drawn so that it then stands upright."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        width, height = A4
        if turn == 90:
            canvas.transform(0, 1, -1, 0, height, 0)  # reportlab swaps the sides of turned pages
        elif turn == 180:
            canvas.transform(-1, 0, 0, -1, width, height)
        elif turn == 270:
            canvas.transform(0, -1, 1, 0, 0, width)
        canvas.setFont(FONT, 9)
        draw_table(canvas, ROWS, x=60, y=300)

    grid = grids(read_bytes(drawn(draw)))[0]
    assert placed(grid) == SHOWN
    assert boxed(grid, "一级指标")[0] == pytest.approx(60, abs=1)


@pytest.mark.parametrize("turn", [90, 270])
def test_content_printed_sideways(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(turn)
        draw_table(canvas, ROWS, x=-100, y=-100)

    assert placed(grids(read_bytes(drawn(draw)))[0]) == SHOWN


def test_tables_inside_forms() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("part")
        canvas.setFont(FONT, 9)
        draw_table(canvas, ROWS, x=0, y=0)
        canvas.endForm()
        canvas.translate(80, 400)
        canvas.doForm("part")

    grid = grids(read_bytes(drawn(draw)))[0]
    assert placed(grid) == SHOWN
    assert boxed(grid, "一级指标")[0] == pytest.approx(80, abs=1)


def test_thin_boxes_double_and_dashed_lines_are_rules() -> None:
    def draw(canvas: Canvas) -> None:
        for index, y in enumerate((700, 680, 660)):
            canvas.setDash([2, 2] if index == 1 else [])
            canvas.line(50, y, 250, y)
            canvas.line(50, y + 1.2, 250, y + 1.2)
        canvas.setDash([])
        for x in (50, 150, 250):
            canvas.rect(x, 660, 0.8, 41, stroke=0, fill=1)
        for x, y, text in ((60, 686, "甲"), (160, 686, "乙"), (60, 666, "丙"), (160, 666, "丁")):
            canvas.drawString(x, y, text)

    assert {text for *_, text in placed(grids(read_bytes(drawn(draw)))[0])} == {"甲", "乙", "丙", "丁"}


def test_a_table_open_at_its_sides() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (700, 680, 660):
            canvas.line(50, y, 250, y)
        canvas.line(150, 660, 150, 700)
        for x, y, text in ((60, 686, "甲"), (160, 686, "乙"), (60, 666, "丙"), (160, 666, "丁")):
            canvas.drawString(x, y, text)

    grid = grids(read_bytes(drawn(draw)))[0]
    assert placed(grid) == {(1, 1, 1, 1, "甲"), (1, 2, 1, 1, "乙"), (2, 1, 1, 1, "丙"), (2, 2, 1, 1, "丁")}


def draw_borders(canvas: Canvas, box: tuple[float, float, float, float], manner: str) -> None:
    """The borders of a cell (x, y, width, height) in the manner of one family of programs."""
    x, y, width, height = box
    if manner == "frames":
        canvas.rect(x, y, width, height)
    elif manner == "bars":  # a thin box for each side and a square for each corner
        for cx in (x, x + width):
            canvas.rect(cx - 0.24, y + 0.24, 0.48, height - 0.48, stroke=0, fill=1)
            for cy in (y, y + height):
                canvas.rect(cx - 0.24, cy - 0.24, 0.48, 0.48, stroke=0, fill=1)
        for cy in (y, y + height):
            canvas.rect(x + 0.24, cy - 0.24, width - 0.48, 0.48, stroke=0, fill=1)
    elif manner == "shaded frames":
        canvas.setFillGray(0.9)
        canvas.rect(x, y, width, height, stroke=1, fill=1)
        canvas.setFillGray(0)
    else:
        path = canvas.beginPath()
        for cx in (x, x + width):
            path.rect(cx - 0.3, y, 0.6, height)
        for cy in (y, y + height):
            path.rect(x, cy - 0.3, width, 0.6)
        canvas.drawPath(path, stroke=0, fill=1)


@pytest.mark.parametrize("manner", ["frames", "bars", "shaded frames", "one path"])
@settings(max_examples=15, deadline=None)
@given(table=tables(most=5, blanks=False))
def test_borders_in_the_manner_of_several_programs(manner: str, table: Table) -> None:
    def draw(canvas: Canvas) -> None:
        for row, column, height, width, _ in table.cells:
            draw_borders(
                canvas, (50 + 70 * column, 700 - 30 * (row + height), 70 * width, 30 * height), manner
            )
            canvas.drawString(53 + 70 * column, 700 - 30 * (row + height) + 12, f"单元{row}-{column}")

    found = grids(read_bytes(drawn(draw)))
    if len(table.cells) == 1:
        assert not found
        return
    assert {cell.text for cell in found[0].cells} == {
        f"单元{row}-{column}" for row, column, *_ in table.cells
    }
    for row, column, height, width, _ in table.cells:
        x0, y0, x1, y1 = boxed(found[0], f"单元{row}-{column}")
        assert (x0, x1) == (
            pytest.approx(50 + 70 * column, abs=2),
            pytest.approx(50 + 70 * (column + width), abs=2),
        )
        top = A4[1] - 700 + 30 * row
        assert (y0, y1) == (pytest.approx(top, abs=2), pytest.approx(top + 30 * height, abs=2))
