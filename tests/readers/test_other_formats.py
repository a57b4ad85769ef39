"""OpenDocument, SpreadsheetML 2003, OFD and Word 97 files written by hand, and what is said about others."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.lint.finding import Writer, problem_entry
from perfgoals_lint.model import Location
from perfgoals_lint.readers import convert, limits, read
from perfgoals_lint.readers.limits import ReadError
from perfgoals_lint.rulebook import policy
from readers.helpers import grids, placed, prose, read_bytes
from readers.written import ole2, zipped

# --- OpenDocument -------------------------------------------------------------------------------------------------

OPEN = "urn:oasis:names:tc:opendocument:xmlns"


SPACES = " ".join(f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "table", "text", "style"))


def ods(tables: str, manifest: str = "") -> bytes:
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content {SPACES}><office:automatic-styles><style:style style:name='h'>"
        "<style:table-properties table:display='false'/></style:style></office:automatic-styles><office:body>"
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
    }
    if manifest:
        parts["META-INF/manifest.xml"] = manifest
    return zipped(parts)


def test_ods_shows_the_paragraphs_of_a_cell() -> None:
    data = ods(
        "<table:table table:name='目标'><table:table-column table:number-columns-repeated='2'/>"
        "<table:table-column table:visibility='collapse'/><table:table-header-rows><table:table-row>"
        "<table:table-cell table:number-columns-spanned='2' office:value-type='string'><text:p>绩效</text:p>"
        "<text:p>目<text:s text:c='2'/>标<text:line-break/>表</text:p></table:table-cell><table:covered-table-cell/>"
        "<table:table-cell><text:p>藏</text:p></table:table-cell></table:table-row></table:table-header-rows>"
        "<table:table-row table:number-rows-repeated='2'><table:table-cell table:number-columns-repeated='2' "
        "office:value-type='percentage' office:value='0.95'><office:annotation><text:p>批注</text:p></office:annotation>"
        "<text:p>95%</text:p></table:table-cell></table:table-row>"
        "<table:table-row table:visibility='filter'><table:table-cell table:formula='of:=1'/><table:table-cell>"
        "<text:p>≥<text:span>90</text:span>%</text:p></table:table-cell></table:table-row>"
        "<table:table-row table:number-rows-repeated='1048000'><table:table-cell "
        "table:number-columns-repeated='16384'/></table:table-row></table:table>"
        "<table:table table:name='底' table:style-name='h'><table:table-row><table:table-cell><text:p>x</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    source = read_bytes(data)
    first, second = grids(source)
    assert placed(first) == {
        (1, 1, 1, 2, "绩效\n目  标\n表"),
        (1, 3, 1, 1, "藏"),
        *((row, column, 1, 1, "95%") for row in (2, 3) for column in (1, 2)),
        (4, 2, 1, 1, "≥90%"),
    }
    assert {cell.text for cell in first.cells if cell.hidden and cell.text} == {"藏", "≥90%"}
    assert second.hidden
    assert [(p.code, *p.args.values()) for p in source.problems] == [
        ("PGX032", "目标", "4"),
        ("PGX033", "目标", "C"),
        ("PGX030", "A4", "1"),
        ("PGX031", "底"),
    ]


def test_encrypted_ods_is_named() -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(ods("", "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"))
    assert caught.value.code == "PGX010"


def test_odt_tables_and_prose() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    inner = f"<table:table><table:table-row>{cell.format('', '内')}</table:table-row></table:table>"
    rows = (
        "<table:table-header-rows><table:table-row>"
        + cell.format(" table:number-rows-spanned='2'", "产出")
        + cell.format("", "≥<text:span>90</text:span>%")
        + "</table:table-row></table:table-header-rows><table:table-row><table:covered-table-cell/>"
        + f"<table:table-cell><text:p>外</text:p>{inner}</table:table-cell></table:table-row>"
    )
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {SPACES}><office:body><office:text>"
        "<text:tracked-changes><text:p>删</text:p></text:tracked-changes><text:h>标题</text:h>"
        f"<text:list><text:list-item><text:p>一项</text:p></text:list-item></text:list><table:table>{rows}</table:table>"
        "<text:p>尾</text:p></office:text></office:body></office:document-content>",
    }
    source = read_bytes(zipped(parts))
    grid = grids(source)[0]
    assert placed(grid) == {(1, 1, 2, 1, "产出"), (1, 2, 1, 1, "≥90%"), (2, 2, 1, 1, "外")}
    nested = grid.cells[-1].nested[0]
    assert (nested.table, nested.cells[0].text) == (2, "内")
    assert prose(source) == ["标题", "一项", "尾"]


# --- SpreadsheetML 2003 -------------------------------------------------------------------------------------------


def test_xml2003_formats_merges_and_gaps() -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    data = (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Styles>'
        '<Style ss:ID="Default"/><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
        '<Style ss:ID="d"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style></Styles>'
        '<Worksheet ss:Name="目标"><Table><Column ss:Index="5" ss:Hidden="1"/>'
        '<Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">标题</Data></Cell>'
        '<Cell ss:StyleID="p"><Data ss:Type="Number">0.95</Data></Cell></Row>'
        '<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="3" ss:StyleID="d"><Data ss:Type="DateTime">2023-12-01T00:00:00.000</Data>'
        '</Cell><Cell ss:Formula="=1"/><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    ).encode()
    source = read_bytes(data)
    assert placed(grids(source)[0]) == {
        (1, 1, 2, 2, "标题"),
        (1, 3, 1, 1, "95.00%"),
        (4, 3, 1, 1, "2023年12月"),
        (4, 5, 1, 1, "TRUE"),
    }
    assert [problem.code for problem in source.problems] == ["PGX032", "PGX033", "PGX030"]


# --- OFD ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("space", ["http://www.ofdspec.org/2016", "http://www.ofdspec.org"])
def test_ofd_rules_come_from_page_and_template(space: str) -> None:
    name = f'xmlns:o="{space}"'

    def line(x: float, y: float, width: float, height: float) -> str:
        return f'<o:PathObject Boundary="{x} {y} {width} {height}"><o:AbbreviatedData>M 0 0 L {width} {height}</o:AbbreviatedData></o:PathObject>'

    across = "".join(line(20, y, 60, 0) for y in (30, 40, 50))
    down = "".join(line(x, 30, 0, 20) for x in (20, 50, 80))

    def text(x: float, y: float, content: str, deltas: str) -> str:
        return (
            f'<o:TextObject Boundary="{x} {y} 30 10" Size="4"><o:TextCode X="1" Y="6" DeltaX="{deltas}">{content}'
            "</o:TextCode></o:TextObject>"
        )

    page = (
        text(20, 30, "指标", "4")
        + text(50, 30, "≥90%", "g 3 2.5")
        + text(20, 40, "个", "")
        + text(50, 40, "无", "")
    )
    data = zipped(
        {
            "OFD.xml": f"<o:OFD {name}><o:DocBody><o:DocRoot>/D/Document.xml</o:DocRoot></o:DocBody></o:OFD>",
            "D/Document.xml": f'<o:Document {name}><o:CommonData><o:TemplatePage ID="7" BaseLoc="T/C.xml"/></o:CommonData>'
            '<o:Pages><o:Page ID="1" BaseLoc="P/C.xml"/></o:Pages></o:Document>',
            "D/T/C.xml": f"<o:Page {name}><o:Content><o:Layer>{across}</o:Layer></o:Content></o:Page>",
            "D/P/C.xml": f'<o:Page {name}><o:Template TemplateID="7"/><o:Content><o:Layer>{down}<o:PageBlock>{page}'
            f"</o:PageBlock>{text(20, 10, '标题', '4')}</o:Layer></o:Content></o:Page>",
        }
    )
    source = read_bytes(data)
    grid = grids(source)[0]
    assert placed(grid) == {
        (1, 1, 1, 1, "指标"),
        (1, 2, 1, 1, "≥90%"),
        (2, 1, 1, 1, "个"),
        (2, 2, 1, 1, "无"),
    }
    assert prose(source) == ["标题"]
    box = grid.locate(grid.cells[0]).bbox
    assert box is not None
    assert box[:2] == (pytest.approx(20 * 72 / 25.4, abs=0.1), pytest.approx(30 * 72 / 25.4, abs=0.1))


# --- Word 97 ------------------------------------------------------------------------------------------------------

IN_TABLE, ROW_END = b"\x16\x24\x01", b"\x17\x24\x01"


def row_definition(edges: list[int], merges: list[int]) -> bytes:
    cells = b"".join(struct.pack("<H18x", merge << 5) for merge in merges)
    body = struct.pack(f"<B{len(edges)}h", len(merges), *edges) + cells
    return struct.pack("<HH", 0xD608, len(body) + 1) + body


def word97(paragraphs: list[tuple[str, bytes]], behind: tuple[str, ...] = ("",) * 7) -> bytes:
    """A document of paragraphs (with their marks) and their property lists, one property page for each; ``behind`` are
    the texts of footnotes, headers, macros, comments, endnotes and text boxes."""
    shown = "".join(content for content, _ in paragraphs)
    text = shown + "".join(behind)
    start = 2048
    body = text.encode("utf-16-le")
    pages_at = (start + len(body) + 511) // 512
    main = bytearray(start) + body
    main += b"\0" * (pages_at * 512 - len(main))
    offsets = [start]
    for content, properties in paragraphs:
        offsets.append(offsets[-1] + 2 * len(content))
        data = b"\0\0" + properties
        data += b"\0" * (len(data) % 2)
        papx = b"\0" + bytes([len(data) // 2]) + data
        page = struct.pack("<II", offsets[-2], offsets[-1]) + bytes([16]) + b"\0" * 12
        page = page.ljust(32, b"\0") + papx
        main += page.ljust(511, b"\0") + b"\1"
    count = len(paragraphs)
    papx_table = struct.pack(f"<{count + 1}I", *offsets) + struct.pack(
        f"<{count}I", *range(pages_at, pages_at + count)
    )
    clx = b"\2" + struct.pack("<I", 16) + struct.pack("<IIHIH", 0, len(text), 0, start, 0)
    struct.pack_into("<HH", main, 0, 0xA5EC, 193)
    struct.pack_into("<H", main, 0x0A, 0x0200)
    struct.pack_into("<8i", main, 0x4C, len(shown), *map(len, behind))
    struct.pack_into("<II", main, 0x102, 0, len(papx_table))
    struct.pack_into("<II", main, 0x1A2, len(papx_table), len(clx))
    return ole2({"WordDocument": bytes(main), "1Table": papx_table + clx})


def test_word97_tables_by_their_row_definitions() -> None:
    edges = [0, 2000, 4000, 6000]
    data = word97(
        [
            ("绩效目标表\r", b""),
            ("产出\x0b指标\x07", IN_TABLE),
            ("数量\x07", IN_TABLE),
            ("\x13 PAGE \x14≥90%\x15\x07", IN_TABLE),
            ("\x07", IN_TABLE + ROW_END + row_definition(edges, [3, 0, 0])),
            ("\x07", IN_TABLE),
            ("质量，两列\r", IN_TABLE),
            ("2023\x1e12\x07", IN_TABLE),
            ("\x07", IN_TABLE + ROW_END + row_definition([0, 2010, 6000], [1, 0])),
            ("备注\r", b""),
        ]
    )
    source = read_bytes(data)
    grid = grids(source)[0]
    assert placed(grid) == {
        (1, 1, 2, 1, "产出\n指标"),
        (1, 2, 1, 1, "数量"),
        (1, 3, 1, 1, "≥90%"),
        (2, 2, 1, 2, "质量，两列\n2023-12"),
    }
    assert prose(source) == ["绩效目标表", "备注"]
    assert grid.locate(grid.cells[-1]) == Location("f", table=1, row=2, column=2)


def test_word97_names_what_stands_behind_the_text() -> None:
    data = word97(
        [("正文\x01\r", b"")],
        ("\x02见附件\r", "单位：万元\r\r第3页\r\r", "x", "\x05请核实\r\x05再改\r", "", "框内\r\r", ""),
    )
    source = read_bytes(data)
    assert prose(source) == ["正文"]
    assert [(part.what, part.text) for part in source.parts] == [
        ("picture", None),
        ("footnote", "见附件"),
        ("header", "单位：万元"),
        ("comment", "请核实"),
        ("comment", "再改"),
        ("text_box", "框内"),
    ]


@given(st.lists(st.integers(-(2**31), 2**31 - 1), min_size=7, max_size=7))
def test_word97_lengths_behind_the_text_are_not_believed(counts: list[int]) -> None:
    data = bytearray(word97([("正文\r", b"")]))
    at = data.index(struct.pack("<HH", 0xA5EC, 193))
    struct.pack_into("<7i", data, at + 0x50, *counts)
    assert prose(read_bytes(bytes(data))) == ["正文"]


# --- RTF ----------------------------------------------------------------------------------------------------------


def escaped(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gb18030"))


def test_rtf_tables_by_their_row_definitions() -> None:
    row = "\\trowd\\trleft0{}\\pard\\intbl "
    rows = (
        row.format("\\clvmgf\\cellx2000\\cellx4000\\cellx6000")
        + f"{escaped('产出')}\\line{escaped('指标')}\\cell {escaped('数量')}\\cell \\u8805\\'a1\\'dd90%\\cell\\row"
        + row.format("\\clvmrg\\cellx2010\\cellx6000")
        + "\\cell {\\v "
        + escaped("隐")
        + "}"
        + escaped("质量")
        + "\\par 2023\\_12\\cell\\row"
    )
    nested = (
        "\\trowd\\cellx3000\\pard\\intbl\\itap2 "
        + escaped("内")
        + "\\nestcell{\\*\\nesttableprops\\trowd\\cellx900\\nestrow}{\\nonesttables\\par}\\pard\\intbl "
        + escaped("外")
        + "\\cell\\row"
    )
    data = (
        "{\\rtf1\\ansi\\ansicpg936\\uc2{\\fonttbl{\\f0 SimSun;}}{\\*\\generator x;}{\\info{\\title x}}"
        + f"{escaped('绩效目标表')}\\par\n{rows}\\pard {{\\pict ffff}}{{\\listtext 1.}}{escaped('备注')}\\par {nested}}}"
    )
    source = read_bytes(data.encode())
    first, second = grids(source)
    assert source.format == "rtf"
    assert placed(first) == {
        (1, 1, 2, 1, "产出\n指标"),
        (1, 2, 1, 1, "数量"),
        (1, 3, 1, 1, "≥90%"),
        (2, 2, 1, 2, "质量\n2023-12"),
    }
    assert prose(source) == ["绩效目标表", "1.备注"]
    assert second.cells[0].text == "外"
    assert placed(second.cells[0].nested[0]) == {(1, 1, 1, 1, "内")}
    assert [problem.code for problem in source.problems] == ["PGX036"]


@given(st.text("\\\\{}'*abu0123456789celrowparditnvx \n", max_size=120))
def test_rtf_never_raises(text: str) -> None:
    read_bytes(("{\\rtf1 " + text).encode())


# --- passwords, extras, messages ----------------------------------------------------------------------------------


def test_a_workbook_with_a_password_is_opened_with_it(tmp_path: Path) -> None:
    msoffcrypto = pytest.importorskip("msoffcrypto")
    from msoffcrypto.format.ooxml import OOXMLFile

    assert msoffcrypto
    book, plain, encrypted = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active["A1"] = "密"
    book.save(plain)
    OOXMLFile(plain).encrypt("geheim", encrypted)
    path = tmp_path / "a.xlsx"
    path.write_bytes(encrypted.getvalue())
    assert [p.code for p in read(str(path)).problems] == ["PGX010"]
    assert [p.code for p in read(str(path), passwords=["falsch"]).problems] == ["PGX011"]
    assert placed(grids(read(str(path), passwords=["falsch", "geheim"]))[0]) == {(1, 1, 1, 1, "密")}


def test_an_archive_with_a_password_says_so(tmp_path: Path) -> None:
    data = bytearray(zipped({"目标表.xlsx": b"x" * 40}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path = tmp_path / "目标表.zip"
    path.write_bytes(data)
    for passwords in ((), ("geheim",)):
        (problem,) = read(str(path), passwords=passwords).problems
        assert problem.code == "PGX010"
        for lang, words in (("zh", "解压"), ("en", "Unpack")):
            finding = Writer(lang).problem(problem, "目标表.zip")
            assert words in (finding.advice or "")
            assert "--password-file" not in (finding.advice or "")
    path.write_bytes(zipped({"目标表.xlsx": b"x"}))
    assert [p.code for p in read(str(path)).problems] == ["PGX006"]


@pytest.mark.parametrize("module", ["msoffcrypto", "python_calamine"])
def test_a_missing_component_is_named(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, module, None)
    data = zipped({"xl/workbook.bin": b""})
    if module == "msoffcrypto":
        data = ole2({"EncryptionInfo": b"", "EncryptedPackage": b""})
    with pytest.raises(ReadError) as caught:
        read_bytes(data, password="x")
    assert caught.value.code == "PGX012"


def test_every_code_has_its_message_and_every_message_its_code() -> None:
    codes = {
        value
        for value in [*vars(limits).values(), *vars(convert).values()]
        if isinstance(value, str) and re.fullmatch(r"PGX\d{3}", value)
    }
    entries = {code: problem_entry(code) for code in codes}
    assert all(entry["severity"] in ("error", "warning", "info") for entry in entries.values())
    assert len({entry["name"] for entry in entries.values()}) == len(entries)
    written = yaml.safe_load((policy.rules_dir() / "messages" / "formats.yaml").read_text(encoding="utf-8"))
    assert set(written) <= codes
    for entry in written.values():
        for text in ("title", "message", "advice"):
            assert set(entry[text]) == {"zh", "en"}
            zh, en = (set(re.findall(r"{(\w+)}", entry["message"][language])) for language in ("zh", "en"))
            assert zh == en
