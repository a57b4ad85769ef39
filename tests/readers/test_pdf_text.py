"""The text of PDF pages: its order, its characters, scans, passwords and what fills forms."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from perfgoals_lint.model import Grid
from perfgoals_lint.readers.limits import ReadError
from readers.helpers import grids, placed, prose, read_bytes
from readers.pdf_drawing import FONT, ROWS, SHOWN, draw_table, drawn
from readers.written import pdf, stream


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
