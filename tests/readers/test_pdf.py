"""PDF written by reportlab: ruled tables come back cell by cell with their page and box."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table as PrintedTable

from perfgoals_lint.model import Grid
from perfgoals_lint.readers.limits import ReadError
from readers.helpers import grids, placed, prose, read_bytes
from readers.strategies import Table, tables
from readers.written import pdf, stream

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
STYLE = [
    ("GRID", (0, 0), (-1, -1), 0.5, "black"),
    ("FONT", (0, 0), (-1, -1), FONT, 9),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
]
ROWS = [
    ["一级指标", "二级指标", "指标值"],
    ["产出指标", "数量指标", "≥90%"],
    ["效益指标", "社会效益\n指标", "3-5年"],
]
SHOWN = {(r, c, 1, 1, text) for r, row in enumerate(ROWS, 1) for c, text in enumerate(row, 1)}


def drawn(draw: Callable[[Canvas], None], **settings_: Any) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **settings_)
    canvas.setFont(FONT, 9)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def draw_table(
    canvas: Canvas,
    rows: list[list[str]],
    x: float = 50,
    y: float = 500,
    style: list[Any] = STYLE,
    **sizes: Any,
) -> None:
    table = PrintedTable(rows, style=style, **sizes)
    table.wrapOn(canvas, 500, 700)
    table.drawOn(canvas, x, y)


def boxed(grid: Grid, text: str) -> tuple[float, float, float, float]:
    box = next(cell for cell in grid.cells if cell.text == text).bbox
    assert box is not None
    return box


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


def test_prose_stands_between_the_tables() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 800, "项目绩效目标表")
        draw_table(canvas, ROWS, y=700)
        canvas.drawString(50, 650, "单位：万元")
        canvas.drawString(300, 650, "第2张")
        draw_table(canvas, ROWS, y=500)
        canvas.drawString(50, 450, "备注")

    source = read_bytes(drawn(draw))
    assert [type(block).__name__ for block in source.blocks] == [
        "TextBlock",
        "Grid",
        "TextBlock",
        "Grid",
        "TextBlock",
    ]
    assert prose(source) == ["项目绩效目标表", "单位：万元 第2张", "备注"]
    assert [grid.table for grid in grids(source)] == [1, 2]


def test_pages_without_rules_keep_the_order_of_the_content() -> None:
    def draw(canvas: Canvas) -> None:
        for x, y, text in (
            (50, 700, "产出指标"),
            (150, 712, "数量"),
            (250, 712, "≥90%"),
            (150, 690, "质量"),
            (250, 690, "100%"),
        ):
            canvas.drawString(x, y, text)

    source = read_bytes(drawn(draw))
    assert prose(source) == ["产出指标", "数量 ≥90%", "质量 100%"]
    block = source.blocks[0]
    assert not isinstance(block, Grid)
    box = block.lines[0].location.bbox
    assert box is not None
    assert box[0] == pytest.approx(50, abs=1)
    assert box[3] == pytest.approx(A4[1] - 700, abs=1)


def test_a_hyphen_at_a_line_end_stays() -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas, [["编码", "2023-\n0001"], ["值", "3-\n5"]])

    assert {"2023-\n0001", "3-\n5"} <= {cell.text for cell in grids(read_bytes(drawn(draw)))[0].cells}


def test_a_character_printed_twice_for_weight_comes_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.drawString(50 + shift, 700, "绩效")
        canvas.drawString(50, 650, "一一对应")

    assert prose(read_bytes(drawn(draw)))[-1] == "一一对应"
    assert "".join(prose(read_bytes(drawn(draw)))[:-1]) in ("绩效", "绩效绩效"[:2])


def image_page() -> bytes:
    image = stream(
        b"\xff", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents %d 0 R/Resources<</XObject<</I 7 0 R>>>>>>"
    )
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>",
        page % 6,
        page % 6,
        page % 8,
        stream(b"90 0 0 90 0 0 cm /I Do"),
        image,
        stream(b" "),
    )


def test_scans_are_named_page_by_page() -> None:
    source = read_bytes(image_page())
    assert [(p.code, p.args, p.location.page) for p in source.problems] == [("PGX020", {"pages": "1-2"}, 1)]


@pytest.mark.parametrize(("password", "code"), [(None, "PGX010"), ("falsch", "PGX011")])
def test_passwords(password: str | None, code: str) -> None:
    data = drawn(
        lambda canvas: canvas.drawString(50, 700, "密"),
        encrypt=StandardEncryption("geheim", "owner", strength=128),
    )
    with pytest.raises(ReadError) as caught:
        read_bytes(data, password)
    assert caught.value.code == code
    assert prose(read_bytes(data, "geheim")) == ["密"]


def test_single_characters_in_fonts_that_are_not_embedded() -> None:
    rows = [["值", "单位"], ["无", "个"]]
    assert {
        text for *_, text in placed(grids(read_bytes(drawn(lambda canvas: draw_table(canvas, rows))))[0])
    } == {
        "值",
        "单位",
        "无",
        "个",
    }


def test_an_owner_password_does_not_keep_anybody_from_reading() -> None:
    data = drawn(
        lambda canvas: draw_table(canvas, ROWS), encrypt=StandardEncryption("", "owner", strength=128)
    )
    assert placed(grids(read_bytes(data))[0]) == SHOWN


def test_a_slanted_watermark_is_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas, ROWS, x=100, y=500)
        canvas.saveState()
        canvas.translate(110, 500)
        canvas.rotate(30)
        canvas.drawString(0, 0, "内部资料内部资料内部资料")
        canvas.restoreState()

    assert placed(grids(read_bytes(drawn(draw)))[0]) == SHOWN


def test_what_is_filled_into_form_fields_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "项目编码")
        canvas.acroForm.textfield(
            name="code", x=150, y=695, width=100, height=16, value="A2024", borderWidth=0
        )

    assert "A2024" in " ".join(prose(read_bytes(drawn(draw))))


def test_radicals_become_the_characters_that_are_meant() -> None:
    source = read_bytes(drawn(lambda canvas: canvas.drawString(50, 700, "⼀⼆级指标")))
    assert prose(source) == ["一二级指标"]


def test_a_scan_with_a_page_number_is_a_scan() -> None:
    from reportlab.lib.utils import ImageReader

    def draw(canvas: Canvas) -> None:
        image = io.BytesIO(b"P5 2 2 255 " + bytes(4))
        canvas.drawImage(ImageReader(image), 0, 50, 595, 780)
        canvas.drawString(300, 20, "- 1 -")

    source = read_bytes(drawn(draw))
    assert [problem.code for problem in source.problems] == ["PGX020"]
    assert prose(source) == ["- 1 -"]


def test_words_set_apart_by_position_stay_apart() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for x, word in ((50, "ISO"), (69, "9001")):
            canvas.drawString(x, 700, word)
        canvas.setFont(FONT, 9)
        for x, character in ((50, "绩"), (60.5, "效")):
            canvas.drawString(x, 650, character)

    assert prose(read_bytes(drawn(draw))) == ["ISO 9001", "绩效"]


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


def typeless_page(content: bytes, named: bytes) -> bytes:
    """A page in a font whose character map names only some of its codes."""
    mapping = b"1 begincodespacerange <0000> <ffff> endcodespacerange\n1 beginbfchar " + named + b" endbfchar"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"BT /F 12 Tf 20 200 Td " + content + b" Tj ET"),
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 8 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor 7 0 R/DW 1000>>",
        b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200"
        b"/CapHeight 700/StemV 80>>",
        stream(b"/CIDInit /ProcSet findresource begin begincmap\n" + mapping + b"\nendcmap end"),
    )


def test_characters_that_the_font_does_not_name_are_said() -> None:
    some = read_bytes(typeless_page(b"<000100010001000100010002>", b"<0001> <6307>"))
    assert [(p.code, p.args["count"]) for p in some.problems] == [("PGX007", "1")]
    none = read_bytes(typeless_page(b"<" + b"0003" * 12 + b">", b"<0001> <6307>"))
    assert [p.code for p in none.problems] == ["PGX021"]
    assert not none.blocks
