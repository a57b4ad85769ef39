"""What lies beside cells and lines is named in every carrier: nothing that a person sees is passed over in silence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image

from perfgoals_lint.extraction.parts import part_problems, unread_parts
from perfgoals_lint.model import Location, Part, Source, packed, unpacked
from perfgoals_lint.readers.report import set_hidden_sheets_aside
from readers.helpers import grids, placed, prose, read_bytes
from readers.written import PACKAGE_RELATIONS, RELATIONS, pdf, stream, xlsx, zipped

EMU = 36_000
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
ART = "http://schemas.openxmlformats.org/drawingml/2006/main"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    f'xmlns:{short}="{OPEN}:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
    )
)


def told(source: Source) -> list[tuple[str, str | None, str | None]]:
    """Kind, cell and text of every part that counts."""
    return [(part.what, part.location.cell, part.text) for part in unread_parts(source.parts)]


def with_parts(
    data: bytes, more: dict[str, str], replaced: dict[str, tuple[str, str]] | None = None
) -> bytes:
    """A package with more parts, and texts replaced in parts that it has."""
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    for name, (old, new) in (replaced or {}).items():
        text = parts[name]
        assert isinstance(text, bytes)
        assert old.encode() in text
        parts[name] = text.replace(old.encode(), new.encode())
    return zipped({**parts, **more})


def relations(*entries: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="p{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(entries)
    )
    return f'<Relationships xmlns="{PACKAGE_RELATIONS}">{listed}</Relationships>'


def anchored(content: str, column: int = 1, row: int = 3, millimetres: tuple[float, float] = (80, 80)) -> str:
    width, height = (round(side * EMU) for side in millimetres)
    return (
        f"<d:oneCellAnchor><d:from><d:col>{column}</d:col><d:row>{row}</d:row></d:from>"
        f'<d:ext cx="{width}" cy="{height}"/>{content}<d:clientData/></d:oneCellAnchor>'
    )


def drawn_xlsx(*anchors: str) -> bytes:
    drawing = f'<d:wsDr xmlns:d="{DRAWING}" xmlns:a="{ART}">{"".join(anchors)}</d:wsDr>'
    return with_parts(
        xlsx('<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>项目名称</t></is></c></row></sheetData>'),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(("drawing", "../drawings/drawing1.xml")),
            "xl/drawings/drawing1.xml": drawing,
        },
    )


PICTURE = "<d:pic><d:spPr/></d:pic>"
BOX = "<d:sp><d:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></d:txBody></d:sp>"

# --- workbooks ----------------------------------------------------------------------------------------------------


@given(
    st.integers(0, 30),
    st.integers(0, 2000),
    st.floats(1, 300),
    st.floats(1, 300),
)
@settings(max_examples=40, deadline=None)
def test_a_picture_is_named_with_its_cell_when_it_is_larger_than_a_seal(
    column: int, row: int, width: float, height: float
) -> None:
    source = read_bytes(drawn_xlsx(anchored(PICTURE, column, row, (width, height))))
    (part,) = source.parts
    assert part.location.cell == openpyxl.utils.get_column_letter(column + 1) + str(row + 1)
    assert bool(told(source)) == (max(part.size or (0, 0)) > 60)


@given(st.lists(st.sampled_from(["picture", "box", "chart", "line"]), max_size=12))
@settings(max_examples=40, deadline=None)
def test_everything_that_is_drawn_is_named_once(kinds: list[str]) -> None:
    shapes = {
        "picture": PICTURE,
        "box": BOX.format("单位：万元"),
        "chart": "<d:graphicFrame/>",
        "line": "<d:cxnSp/>",
    }
    source = read_bytes(drawn_xlsx(*(anchored(shapes[kind]) for kind in kinds)))
    named = {"picture": "picture", "box": "text_box", "chart": "chart"}
    assert [part.what for part in source.parts] == [named[kind] for kind in kinds if kind in named]
    assert all(part.text == "单位：万元" for part in source.parts if part.what == "text_box")


def test_grouped_and_alternative_drawings_are_looked_into() -> None:
    group = f"<d:grpSp>{PICTURE}{BOX.format('甲')}</d:grpSp>"
    twice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{BOX.format('乙')}</mc:Choice><mc:Fallback>{PICTURE}</mc:Fallback></mc:AlternateContent>"
    )
    source = read_bytes(drawn_xlsx(anchored(group), anchored(twice)))
    assert [(part.what, part.text) for part in source.parts] == [
        ("picture", None),
        ("text_box", "甲"),
        ("text_box", "乙"),
    ]


def test_comments_headers_and_embedded_files_of_a_sheet_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "项目名称"
    sheet["B2"].comment = Comment("改成4台", "局领导")
    sheet.oddHeader.center.text = "附件2 金额单位：万元"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    path = tmp_path / "t.xlsx"
    book.save(path)
    source = read_bytes(path.read_bytes())
    assert told(source) == [
        ("header", None, "附件2 金额单位：万元"),
        ("comment", "B2", "改成4台"),
    ]
    embedded = with_parts(
        xlsx('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(("package", "../embeddings/a.xlsx")),
            "xl/embeddings/a.xlsx": "x",
        },
    )
    assert told(read_bytes(embedded)) == [("attachment", None, "a.xlsx")]


def test_a_sheet_with_only_a_picture_is_named(tmp_path: Path) -> None:
    picture = pytest.importorskip("PIL.Image")
    picture.new("RGB", (900, 600)).save(tmp_path / "a.png")
    book = openpyxl.Workbook()
    book.active["A1"] = "项目名称"  # type: ignore[index]
    book.create_sheet("扫描").add_image(Image(str(tmp_path / "a.png")), "C3")
    book.save(tmp_path / "t.xlsx")
    (part,) = read_bytes((tmp_path / "t.xlsx").read_bytes()).parts
    assert (part.what, part.location.sheet, part.location.cell) == ("picture", "扫描", "C3")


def workbook(tmp_path: Path, states: list[str]) -> Source:
    book = openpyxl.Workbook()
    for number, state in enumerate(states):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = f"表{number}"
        sheet["A1"], sheet["A2"], sheet["B2"] = "项目名称", "一级指标", "指标值"
        sheet.sheet_state = state
    path = tmp_path / "t.xlsx"
    book.save(path)
    source = read_bytes(path.read_bytes())
    set_hidden_sheets_aside(source)
    return source


@pytest.mark.parametrize("hidden", ["hidden", "veryHidden"])
def test_hidden_sheets_beside_shown_ones_are_named_and_not_read(tmp_path: Path, hidden: str) -> None:
    source = workbook(tmp_path, ["visible", hidden])
    assert [grid.sheet for grid in grids(source)] == ["表0"]
    (part,) = source.parts
    assert (part.what, part.location.sheet, part.text) == (
        "hidden_sheet",
        "表1",
        "项目名称\n一级指标\t指标值",
    )
    (problem,) = part_problems(source.parts, "f")
    assert problem.args["case"] == "hidden_sheet_form"


# --- word processor files -----------------------------------------------------------------------------------------


# --- OpenDocument, in packages and flat ---------------------------------------------------------------------------


# --- pages --------------------------------------------------------------------------------------------------------


def page(content: bytes, extra: bytes = b"", catalogue: bytes = b"", *more: bytes) -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>"
        b"/XObject<</I 6 0 R>>>>" + extra + b">>",
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        stream(
            b"\0\0\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8"
        ),
        *more,
    )


WORDS = b"BT /F 9 Tf 50 800 Td (A line of text that is long enough to be no stamp.) Tj ET "


@pytest.mark.parametrize(("points", "count"), [(100, 0), (300, 1), (900, 0)])
def test_a_picture_beside_text_is_named_but_not_the_scan_behind_it(points: int, count: int) -> None:
    source = read_bytes(page(WORDS + b"q %d 0 0 %d 0 0 cm /I Do Q" % (points, points)))
    assert [part.what for part in unread_parts(source.parts)] == ["picture"] * count
    assert all(part.location.page == 1 for part in source.parts)


def test_notes_on_a_page_and_attached_files_are_named() -> None:
    note = b"/Annots[<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Contents(check this)>>]"
    attached = b"/Names<</EmbeddedFiles<</Names[(a.xlsx) 7 0 R]>>>>"
    file = b"<</Type/Filespec/F(a.xlsx)/UF(a.xlsx)/EF<</F 8 0 R>>>>"
    source = read_bytes(page(WORDS, note, attached, file, stream(b"x", b"/Type/EmbeddedFile")))
    assert [(part.what, part.text) for part in source.parts] == [
        ("comment", "check this"),
        ("attachment", "a.xlsx"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16"])
def test_directives_of_a_page_are_found_in_its_own_encoding(tmp_path: Path, encoding: str) -> None:
    from perfgoals_lint.extraction.document import extract_with_comments

    charset = "utf-16" if encoding == "utf-16" else "gbk" if encoding.startswith("gb") else "utf-8"
    text = (
        f"<html><meta charset={charset}><table><tr><td>项目名称</td><td>河道保洁</td></tr>\n"
        "<!-- perfgoals: ignore[PGC109] 目标另见附件 --><tr><td>年度目标</td><td>保洁</td></tr></table></html>"
    )
    path = tmp_path / "t.html"
    path.write_bytes(text.encode(encoding))
    _, (directive,) = extract_with_comments(str(path))
    assert (directive.selectors, directive.reason) == (["PGC109"], "目标另见附件")
    assert (directive.line, directive.table, directive.rows) == (2, 1, [2])


def test_what_a_web_page_hides_or_shows_as_a_picture_is_named() -> None:
    source = read_bytes(
        "<html><body><p>甲</p><img width=900 height=600><img width=20 height=20><img src=a.png>"
        "<p style='display:none'>旧稿</p><iframe src='b.html'></iframe></body></html>".encode()
    )
    assert [(part.what, part.text) for part in unread_parts(source.parts)] == [
        ("picture", None),
        ("picture", None),
        ("hidden_text", "旧稿"),
        ("attachment", "b.html"),
    ]
    cases = {problem.args["case"] for problem in part_problems(unread_parts(source.parts), "f")}
    assert {"picture", "picture_unsized"} <= cases


# --- formulas without a value, dates ------------------------------------------------------------------------------


# --- how parts travel and how they are spoken of ------------------------------------------------------------------

parts = st.builds(
    Part,
    st.sampled_from(
        ["picture", "comment", "text_box", "hidden_sheet", "attachment", "header", "deleted_text"]
    ),
    st.builds(Location, st.just("f"), sheet=st.none() | st.just("表"), cell=st.none() | st.just("B2")),
    st.none() | st.text(max_size=30),
    st.none() | st.tuples(st.floats(1, 300), st.floats(1, 300)),
)


@given(st.lists(parts, max_size=30))
@settings(max_examples=60, deadline=None)
def test_every_part_is_counted_in_exactly_one_notice(some: list[Part]) -> None:
    from perfgoals_lint.lint.finding import Writer

    source = Source("f", "xlsx", parts=some)
    assert unpacked(Source, packed(source)).parts == some
    counted = unread_parts(some)
    problems = part_problems(counted, "f")
    assert sum(int(problem.args["count"]) for problem in problems) == len(counted)
    for lang in ("zh", "en"):
        for problem in problems:
            finding = Writer(lang).problem(problem, "f")
            assert problem.args["count"] in finding.message or problem.args["case"] in ("header", "footer")
            assert "{" not in finding.message.replace(problem.args["text"], "")
            assert finding.severity in ("warning", "info")
            assert finding.advice


# --- older carriers -----------------------------------------------------------------------------------------------


def test_what_lies_beside_the_text_of_rich_text_is_named() -> None:
    source = read_bytes(
        rb"{\rtf1\ansi{\header\pard Unit: 10k yuan\par}{\footer\pard Page 3\par}"
        rb"\pard Body{\*\annotation check it}{\pict\picwgoal5670\pichgoal4536 00ff}"
        rb"{\pict\picwgoal1134\pichgoal1134 00ff}{\object\objemb{\*\objdata 00}}\par}"
    )
    assert prose(source) == ["Body"]
    assert [(part.what, part.text) for part in unread_parts(source.parts)] == [
        ("header", "Unit: 10k yuan"),
        ("comment", "check it"),
        ("picture", None),
        ("attachment", None),
    ]


def test_comments_in_spreadsheet_xml_are_named() -> None:
    source = read_bytes(
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        b'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table><Row><Cell>'
        b'<Comment><Data>four</Data></Comment><Data ss:Type="String">x</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    assert told(source) == [("comment", "A1", "four")]
    assert placed(grids(source)[0]) == {(1, 1, 1, 1, "x")}


OFD = 'xmlns="http://www.ofdspec.org/2016"'


@pytest.mark.parametrize(("millimetres", "pictures"), [(40, 0), (80, 1), (400, 0)])
def test_a_fixed_layout_page_names_its_pictures_and_its_attachments(millimetres: int, pictures: int) -> None:
    words = "预算编制说明：本表所列项目均已纳入年度计划并经集体研究同意后报送备案，特此说明如上。"
    text = "".join(
        f'<TextObject Boundary="{10 + 4 * n} 270 4 5" Size="4"><TextCode X="0" Y="4">{char}</TextCode></TextObject>'
        for n, char in enumerate(words)
    )
    picture = f'<ImageObject Boundary="0 0 {millimetres} {millimetres}"/>'
    source = read_bytes(
        zipped(
            {
                "OFD.xml": f"<OFD {OFD}><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>",
                "Doc_0/Document.xml": f"<Document {OFD}><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox>"
                '</PageArea></CommonData><Pages><Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></Pages></Document>',
                "Doc_0/Pages/Page_0/Content.xml": f"<Page {OFD}><Content><Layer>{text}{picture}</Layer></Content></Page>",
                "Doc_0/Attachs/Attachments.xml": f'<Attachments {OFD}><Attachment ID="1" Name="明细.xlsx"/></Attachments>',
            }
        )
    )
    assert source.format == "ofd"
    assert [(part.what, part.text) for part in unread_parts(source.parts)] == [
        *[("picture", None)] * pictures,
        ("attachment", "明细.xlsx"),
    ]
