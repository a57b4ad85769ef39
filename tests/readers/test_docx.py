"""Word documents written by python-docx come back with spans, nesting and list labels."""

from __future__ import annotations

import io

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings

from perfgoals_lint.model import Location
from readers.helpers import grids, placed, prose, read_bytes
from readers.strategies import Table, tables
from readers.written import WORD
from readers.written import docx as document_of


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@settings(max_examples=30, deadline=None)
@given(tables(most=5))
def test_random_merges_come_back_as_rectangles(table: Table) -> None:
    document = docx.Document()
    written = document.add_table(table.rows, table.columns)
    for row, column, height, width, text in table.cells:
        cell = written.cell(row, column)
        if height * width > 1:
            cell = cell.merge(written.cell(row + height - 1, column + width - 1))
        cell.text = text
    grid = grids(read_bytes(saved(document)))[0]
    assert placed(grid) == table.shown()
    assert (grid.rows, grid.columns) == (table.rows, table.columns)


def test_prose_between_tables_stays_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("一、项目甲")
    document.add_table(1, 1).cell(0, 0).text = "甲"
    document.add_paragraph("二、项目乙\n第二行")
    document.add_table(1, 1).cell(0, 0).text = "乙"
    source = read_bytes(saved(document))
    assert [type(block).__name__ for block in source.blocks] == ["TextBlock", "Grid", "TextBlock", "Grid"]
    assert prose(source) == ["一、项目甲", "二、项目乙", "第二行"]
    second = grids(source)[1]
    assert second.locate(second.cells[0]) == Location("f", table=2, row=1, column=1)


def test_nested_tables_have_their_own_number() -> None:
    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 1)
    cell.text = "外"
    cell.add_table(2, 1).cell(1, 0).text = "内"
    document.add_table(1, 1).cell(0, 0).text = "后"
    outer, after = grids(read_bytes(saved(document)))
    inner = outer.cells[1].nested[0]
    assert (outer.cells[1].text, inner.cells[1].text) == ("外", "内")
    assert inner.locate(inner.cells[1]) == Location("f", table=2, row=2, column=1)
    assert after.table == 3


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("content", "shown", "codes"),
    [
        (run("≥90") + run("%"), "≥90%", []),
        (
            f"<w:ins>{run('≥95%')}</w:ins><w:del><w:r><w:delText>≥90%</w:delText></w:r></w:del>",
            "≥95%",
            ["PGX035"],
        ),
        (run("甲") + run("隐", "<w:vanish/>"), "甲", ["PGX036"]),
        (run("甲", "<w:vanish w:val='0'/>"), "甲", []),
        ("<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r>" + run("90%"), "≥90%", []),
        ("<w:r><w:t>2023</w:t><w:noBreakHyphen/><w:t>12</w:t><w:tab/><w:t>a</w:t></w:r>", "2023-12\ta", []),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r><w:hyperlink>"
            + run("链接")
            + "</w:hyperlink>",
            "链接",
            [],
        ),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("选项") + "</w:sdtContent></w:sdt>", "选项", []),
    ],
)
def test_what_word_shows(content: str, shown: str, codes: list[str]) -> None:
    source = read_bytes(document_of(f"<w:p>{content}</w:p>"))
    assert prose(source) == [shown]
    assert [problem.code for problem in source.problems] == codes


def test_a_text_box_comes_once_after_its_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    content = (
        "<w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert prose(read_bytes(document_of(f"<w:p>{content}{run('正文')}</w:p>"))) == ["正文", "框内"]


def test_rows_with_a_gap_before_and_hidden_rows() -> None:
    cell = "<w:tc><w:tcPr/><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = f"<w:tr>{cell.format('甲')}{cell.format('乙')}</w:tr>"
    rows += f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell.format('丙')}</w:tr>"
    rows += f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell.format('丁')}</w:tr>"
    rows += f"<w:tr><w:trPr><w:del/></w:trPr>{cell.format('戊')}</w:tr>"
    source = read_bytes(document_of(f"<w:tbl>{rows}</w:tbl>"))
    grid = grids(source)[0]
    assert placed(grid) == {(1, 1, 1, 1, "甲"), (1, 2, 1, 1, "乙"), (2, 2, 1, 1, "丙"), (3, 1, 1, 1, "丁")}
    assert [cell.text for cell in grid.cells if cell.hidden] == ["丁"]


def test_list_labels_are_text() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    definition = (
        f'<w:abstractNum xmlns:w="{WORD}" w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%1）"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
    )
    from docx.oxml import parse_xml

    numbering.insert(0, parse_xml(definition))
    numbering.append(parse_xml(f'<w:num xmlns:w="{WORD}" w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for text, level in (("产出", 0), ("数量", 1), ("质量", 1), ("效益", 0), ("经济", 1)):
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().set(qn("w:val"), str(level))
        properties.get_or_add_numId().set(qn("w:val"), "90")
    assert prose(read_bytes(saved(document))) == ["（一）产出", "3. 数量", "4. 质量", "（二）效益", "3. 经济"]


def test_only_pictures_is_said() -> None:
    source = read_bytes(document_of("<w:p><w:r><w:drawing/></w:r></w:p>"))
    assert [problem.code for problem in source.problems] == ["PGX022"]


def test_flat_xml_is_read() -> None:
    flat = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
        'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:sect><w:p><w:r><w:t>甲</w:t></w:r></w:p>'
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl></w:sect></w:body></w:wordDocument>"
    )
    source = read_bytes(flat.encode())
    assert prose(source) == ["甲"]
    assert placed(grids(source)[0]) == {(1, 1, 2, 1, "乙")}
