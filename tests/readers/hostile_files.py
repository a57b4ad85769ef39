"""Files made to harm whoever reads them, small on disk."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from readers.written import SHEET, docx, ole2, pdf, stream, xlsx, zipped

ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def sheet_bomb() -> bytes:
    """30 MB of rows in 60 KB."""
    return xlsx(
        f'<worksheet xmlns="{SHEET}"><sheetData>'.encode()
        + b"<row/>" * 5_000_000
        + b"</sheetData></worksheet>"
    )


def string_bomb() -> bytes:
    """One shared string of 30 MB."""
    strings = f'<sst xmlns="{SHEET}"><si><t>'.encode() + b"a" * 30_000_000 + b"</t></si></sst>"
    return xlsx('<sheetData><row><c t="s"><v>0</v></c></row></sheetData>', strings)


def understated_size() -> bytes:
    """A package whose directory says that a part has 10 bytes."""
    data = bytearray(xlsx("<sheetData>" + "<row/>" * 100_000 + "</sheetData>"))
    at = data.index(b"PK\x01\x02", data.index(b"xl/worksheets/sheet1.xml") + 100)
    while data[at + 46 : at + 46 + 24] != b"xl/worksheets/sheet1.xml":
        at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


def repeated_string() -> bytes:
    """A string of 1 MB shown by 1,000 cells."""
    strings = (
        f'<sst xmlns="{SHEET}"><si><t>'.encode()
        + bytes(97 + i * 7 % 26 for i in range(1 << 20))
        + b"</t></si></sst>"
    )
    return xlsx("<sheetData>" + '<row><c t="s"><v>0</v></c></row>' * 1000 + "</sheetData>", strings)


def too_many_cells() -> bytes:
    """1,010,000 cells."""
    row = "<row>" + "<c><v>1</v></c>" * 1010 + "</row>"
    rows = [
        f"<row r='{i}'>" + "<c><v>1</v></c>" * 1010 + f"<c><v>{i * 7919}</v></c></row>"
        for i in range(1, 1001)
    ]
    return xlsx("<sheetData>" + row + "".join(rows) + "</sheetData>")


def entity_bomb_xlsx() -> bytes:
    """Entities that multiply to a billion, in the sheet."""
    return xlsx('<sheetData><row><c t="str"><v>&j;</v></c></row></sheetData>', prologue=ENTITIES)


def entity_bomb_xml2003() -> bytes:
    """The same in SpreadsheetML 2003."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>{ENTITIES}<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="a"><Table><Row>'
        "<Cell><Data>&j;</Data></Cell></Row></Table></Worksheet></Workbook>"
    ).encode()


def outside_entity_docx() -> bytes:
    """A Word document that asks for a file of the machine."""
    return docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", OUTSIDE)


def deep_docx() -> bytes:
    """3,000 tables, each inside the one before."""
    return docx("<w:tbl><w:tr><w:tc>" * 3000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3000)


def deep_html() -> bytes:
    """100,000 tables, each inside the one before."""
    return b"<html><body>" + b"<table><tr><td>" * 100_000 + b"x"


def open_quote_csv() -> bytes:
    """A quoted field that never ends."""
    return "名称,值,依据\n甲,1,a\n乙,2,b\n丙,3,c\n".encode() + b'"' + b"x,y\n" * 500_000


def wide_csv() -> bytes:
    """A record of 500,000 fields."""
    return "名称,值,依据\n甲,1,a\n乙,2,b\n丙,3,c\n".encode() + b"x," * 500_000 + b"\n"


def self_calling_form() -> bytes:
    """A PDF form that draws itself."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 5 0 R/Resources<</XObject<</F 4 0 R>>>>>>",
        stream(b"/F Do /F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>"),
        stream(b"/F Do"),
    )


def fanned_forms() -> bytes:
    """Eight levels of PDF forms, each drawing the next ten times."""
    forms = [
        stream(
            b"/F Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>" % (i + 1),
        )
        for i in range(5, 13)
    ]
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        stream(b"/F Do"),
        *forms,
        stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"),
    )


def inflated_pdf() -> bytes:
    """A content stream of 1.2 GB, deflated twice."""
    press = zlib.compressobj(9)
    chunk = b" " * (1 << 20)
    packed = b"".join(press.compress(chunk) for _ in range(1200)) + press.flush()
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        stream(zlib.compress(packed, 9), b"/Filter[/FlateDecode/FlateDecode]"),
    )


def many_pages() -> bytes:
    """50,000 empty pages."""
    kids = b" ".join(b"%d 0 R" % (3 + i) for i in range(50_000))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 50000/Kids[" + kids + b"]>>",
        *([page] * 50_000),
    )


def circular_pages() -> bytes:
    """A page tree that contains itself."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")


def many_lines() -> bytes:
    """A page of 400,000 strokes."""
    strokes = b"".join(
        b"%d %d m %d %d l S\n" % (i % 500, i % 700, i % 500, i % 700 + 40) for i in range(400_000)
    )
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        stream(zlib.compress(strokes), b"/Filter/FlateDecode"),
    )


def truncated_pdf() -> bytes:
    """The first third of a PDF."""
    return many_pages()[:200]


def repeated_ods() -> bytes:
    """A cell repeated over a whole sheet."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
            f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="a">'
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
            'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        }
    )


def circular_ofd() -> bytes:
    """An OFD page whose template is itself and whose graphic draws itself, with an absurd advance list."""
    space = 'xmlns="http://www.ofdspec.org/2016"'
    return zipped(
        {
            "OFD.xml": f"<OFD {space}><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>",
            "D/Document.xml": f'<Document {space}><CommonData><TemplatePage ID="1" BaseLoc="P.xml"/>'
            "<PublicRes>R.xml</PublicRes></CommonData>"
            '<Pages><Page ID="2" BaseLoc="P.xml"/></Pages></Document>',
            "D/R.xml": f'<Res {space}><CompositeGraphicUnits><CompositeGraphicUnit ID="9"><Content>'
            + '<CompositeObject ResourceID="9"/>' * 50
            + "</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>",
            "D/P.xml": f'<Page {space}><Template TemplateID="1"/><Template TemplateID="1"/><Content><Layer>'
            '<CompositeObject ResourceID="9"/><TextObject Size="3"><TextCode X="1" Y="1" '
            'DeltaX="g 999999999999 1">字</TextCode></TextObject></Layer></Content></Page>',
        }
    )


def many_parts() -> bytes:
    """A package of 30,000 empty parts."""
    return zipped({"xl/workbook.xml": "", **{f"p{i}": "" for i in range(30_000)}})


def encrypted_ooxml() -> bytes:
    """An encrypted workbook: an OLE2 container with the two streams that say so."""
    return ole2({"EncryptionInfo": b"\4\0\4\0\x40\0\0\0", "EncryptedPackage": b"\0" * 5000})


def encrypted_doc() -> bytes:
    """A Word file whose header says that it is encrypted."""
    return ole2(
        {"WordDocument": struct.pack("<HHHHHH", 0xA5EC, 193, 0, 0, 0, 0x0100) + b"\0" * 2000, "0Table": b""}
    )


def lying_doc() -> bytes:
    """A Word file whose piece table points behind the end of the file."""
    head = bytearray(2000)
    head[0:4] = struct.pack("<HH", 0xA5EC, 193)
    head[0x4C:0x50] = struct.pack("<i", 40_000_000)
    head[0x1A2:0x1AA] = struct.pack("<II", 0, 21)
    clx = b"\2" + struct.pack("<I", 16) + struct.pack("<IIHIH", 0, 40_000_000, 0, 0x3FFFFFF0, 0)
    return ole2({"WordDocument": bytes(head), "0Table": clx})


def broken_xls() -> bytes:
    """An OLE2 container whose workbook stream is noise."""
    return ole2({"Workbook": bytes(i * 131 % 251 for i in range(20_000))})


def deep_mail() -> bytes:
    """A web archive of 2,000 parts inside one another."""
    lines = [b"MIME-Version: 1.0"]
    for i in range(2000):
        lines += [b'Content-Type: multipart/related; boundary="b%d"' % i, b"", b"--b%d" % i]
    return b"\n".join([*lines, b"Content-Type: text/html", b"", b"<p>x</p>"])


def picture() -> bytes:
    """The head of a PNG image."""
    return b"\x89PNG\r\n\x1a\n" + b"\0" * 100


REFUSED: dict[str, tuple[Callable[[], bytes], frozenset[str]]] = {
    "sheet bomb": (sheet_bomb, frozenset({"PGX013"})),
    "string bomb": (string_bomb, frozenset({"PGX013"})),
    "understated size": (understated_size, frozenset({"PGX016", "PGX018"})),
    "repeated string": (repeated_string, frozenset({"PGX013"})),
    "too many cells": (too_many_cells, frozenset({"PGX013"})),
    "entity bomb in a sheet": (entity_bomb_xlsx, frozenset({"PGX016", "PGX018"})),
    "entity bomb in XML 2003": (entity_bomb_xml2003, frozenset({"PGX016"})),
    "outside entity": (outside_entity_docx, frozenset({"PGX016"})),
    "deep docx": (deep_docx, frozenset({"PGX016"})),
    "deep html": (deep_html, frozenset({"PGX016"})),
    "open quote": (open_quote_csv, frozenset({"PGX013", "PGX016"})),
    "wide csv": (wide_csv, frozenset({"PGX013", "PGX016"})),
    "self-calling form": (self_calling_form, frozenset({"PGX013", "PGX014", "PGX015"})),
    "fanned forms": (fanned_forms, frozenset({"PGX013", "PGX014", "PGX015"})),
    "inflated pdf": (inflated_pdf, frozenset({"PGX013", "PGX014", "PGX015", "PGX018"})),
    "many pages": (many_pages, frozenset({"PGX013"})),
    "circular pages": (circular_pages, frozenset({"PGX016", "PGX018"})),
    "many lines": (many_lines, frozenset({"PGX013"})),
    "truncated pdf": (truncated_pdf, frozenset({"PGX016"})),
    "repeated ods": (repeated_ods, frozenset({"PGX013"})),
    "many parts": (many_parts, frozenset({"PGX013"})),
    "encrypted ooxml": (encrypted_ooxml, frozenset({"PGX010"})),
    "encrypted doc": (encrypted_doc, frozenset({"PGX010"})),
    "lying doc": (lying_doc, frozenset({"PGX016"})),
    "broken xls": (broken_xls, frozenset({"PGX016"})),
    "circular ofd": (circular_ofd, frozenset({"PGX013"})),
    "deep mail": (deep_mail, frozenset({"PGX016"})),
    "picture": (picture, frozenset({"PGX022"})),
    "truncated docx": (lambda: docx("<w:p/>" * 1000)[:-200], frozenset({"PGX016", "PGX006"})),
}
"""Files that must be refused, with the codes that say why."""


def far_cells() -> bytes:
    """Two cells at opposite ends of a sheet."""
    return xlsx(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    )


def many_merges() -> bytes:
    """100,000 merges over whole rows, and one over the sheet."""
    merges = "".join(f'<mergeCell ref="A{i}:XFD{i}"/>' for i in range(2, 100_002))
    return xlsx(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="99999"><c r="A99999"><v>2</v></c></row></sheetData>'
        f'<mergeCells>{merges}<mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )


def endless_span_docx() -> bytes:
    """A cell over two billion columns."""
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
    return docx(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")


def endless_span_html() -> bytes:
    """A cell over a billion columns and rows."""
    return b"<table><tr><td colspan=1000000000 rowspan=1000000000>1</td><td>2</td></tr></table>"


def slow_format_xlsx() -> bytes:
    """A number format of 30,000 signs is not worth anybody's time; here it comes as text without end."""
    return xlsx("<sheetData>" + "<row><c t='d'><v>" + "9" * 30_000 + "</v></c></row></sheetData>")


READ: dict[str, Callable[[], bytes]] = {
    "far cells": far_cells,
    "many merges": many_merges,
    "endless span docx": endless_span_docx,
    "endless span html": endless_span_html,
    "slow format": slow_format_xlsx,
}
"""Odd files that hold something to read and must cost no more than others."""
