"""Parts of word processor files and OpenDocument that are not read are named where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.extraction.parts import unread_parts
from perfgoals_lint.model import Location
from readers.helpers import grids, placed, prose, read_bytes
from readers.test_parts import EMU, SPACES, relations, told, with_parts
from readers.written import WORD, docx, zipped


def run_of(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def picture(millimetres: tuple[float, float]) -> str:
    width, height = (round(side * EMU) for side in millimetres)
    return (
        '<w:r><w:drawing><wp:inline xmlns:wp="w"><wp:extent '
        f'cx="{width}" cy="{height}"/><p:pic xmlns:p="p"/></wp:inline></w:drawing></w:r>'
    )


def test_pictures_of_a_document_are_named_where_they_stand() -> None:
    cell = f"<w:tc><w:p>{picture((90, 40))}</w:p></w:tc>"
    source = read_bytes(
        docx(
            f"<w:p>{run_of('甲')}</w:p><w:p>{picture((150, 100))}{picture((42, 42))}</w:p>"
            f"<w:tbl><w:tr><w:tc><w:p>{run_of('乙')}</w:p></w:tc>{cell}</w:tr></w:tbl>"
        )
    )
    assert [part.what for part in source.parts] == ["picture"] * 3
    assert [part.location for part in unread_parts(source.parts)] == [
        Location("f", line=2),
        Location("f", table=1, row=1, column=2),
    ]


def test_deletions_hidden_text_comments_headers_and_notes_are_told_with_their_text() -> None:
    body = (
        f"<w:p>{run_of('留')}<w:del><w:r><w:delText>旧值30%</w:delText></w:r></w:del>"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:commentReference w:id='7'/></w:r></w:p>"
    )
    main = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    kinds = ("comments", "header", "footer", "footnotes")
    source = read_bytes(
        with_parts(
            docx(main.encode()),
            {
                "word/_rels/document.xml.rels": relations(*((kind, f"{kind}.xml") for kind in kinds)),
                "word/comments.xml": f'<w:comments xmlns:w="{WORD}"><w:comment w:id="7"><w:p>'
                f"{run_of('请核实')}</w:p></w:comment></w:comments>",
                "word/header.xml": f'<w:hdr xmlns:w="{WORD}"><w:p>{run_of("单位：万元")}</w:p></w:hdr>',
                "word/footer.xml": f'<w:ftr xmlns:w="{WORD}"><w:p>{run_of("第 3 页 共 9 页")}</w:p></w:ftr>',
                "word/footnotes.xml": f'<w:footnotes xmlns:w="{WORD}"><w:footnote><w:p>'
                f"{run_of('见附件')}</w:p></w:footnote></w:footnotes>",
            },
        )
    )
    assert {(part.what, part.text) for part in source.parts} == {
        ("deleted_text", "旧值30%"),
        ("hidden_text", "藏"),
        ("comment", "请核实"),
        ("header", "单位：万元"),
        ("footnote", "见附件"),
    }
    assert prose(source) == ["留"]


FRAME = '<draw:frame svg:width="{0}cm" svg:height="{0}cm"><draw:image/></draw:frame>'


ODS_BODY = (
    "<office:spreadsheet><table:table table:name='表'><table:shapes>"
    + FRAME.format(9)
    + "</table:shapes><table:table-row><table:table-cell><office:annotation><text:p>批注</text:p></office:annotation>"
    "<text:p>项目名称</text:p></table:table-cell><table:table-cell><draw:frame><draw:text-box><text:p>框</text:p>"
    "</draw:text-box></draw:frame></table:table-cell></table:table-row></table:table></office:spreadsheet>"
)


ODT_BODY = (
    "<office:text><text:p>甲" + FRAME.format(12) + "乙" + FRAME.format(3) + "</text:p>"
    "<table:table><table:table-row><table:table-cell><text:p>丙</text:p></table:table-cell></table:table-row>"
    "</table:table></office:text>"
)


MIME = "application/vnd.oasis.opendocument."


def open_document(kind: str, body: str, flat: bool) -> bytes:
    root = "document" if flat else "document-content"
    mimetype = f" office:mimetype='{MIME}{kind}'" if flat else ""
    content = f"<office:{root} {SPACES}{mimetype}><office:body>{body}</office:body></office:{root}>"
    if flat:
        return b'<?xml version="1.0" encoding="UTF-8"?>\n' + content.encode()
    return zipped({"mimetype": MIME + kind, "content.xml": content})


@pytest.mark.parametrize("flat", [False, True])
def test_a_flat_file_says_what_the_package_says(flat: bool) -> None:
    source = read_bytes(open_document("spreadsheet", ODS_BODY, flat))
    assert source.format == ("fods" if flat else "ods")
    assert placed(grids(source)[0]) == {(1, 1, 1, 1, "项目名称")}
    assert sorted(told(source), key=str) == sorted(
        [("comment", "A1", "批注"), ("picture", None, None), ("text_box", "B1", "框")], key=str
    )
    assert {part.location.sheet for part in source.parts} == {"表"}
    text = read_bytes(open_document("text", ODT_BODY, flat))
    assert text.format == ("fodt" if flat else "odt")
    assert prose(text) == ["甲乙"]
    assert [part.what for part in unread_parts(text.parts)] == ["picture"]


def test_uniform_office_format_is_named_and_can_be_converted(tmp_path: Path) -> None:
    path = tmp_path / "表.uof"
    path.write_text('<?xml version="1.0"?><uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof"/>', "utf-8")
    (problem,) = extract_file(str(path)).problems
    assert (problem.code, problem.args) == ("PGX006", {"looks_like": "uof", "case": "convert"})


@pytest.mark.parametrize(
    ("title", "millimetres", "code"),
    [
        ("附件2 项目支出绩效目标申报表", 160, "PGX101"),
        ("附件2 项目支出绩效目标申报表", 40, "PGX105"),
        ("关于召开预算布置会的通知", 160, "PGX105"),
    ],
)
def test_a_title_over_a_picture_is_a_table_that_was_not_read(
    tmp_path: Path, title: str, millimetres: int, code: str
) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(docx(f"<w:p>{run_of(title)}</w:p><w:p>{picture((millimetres, millimetres))}</w:p>"))
    codes = [problem.code for problem in extract_file(str(path)).problems]
    assert codes[0] == code
    assert ("PGX037" in codes) == (millimetres > 60)


def test_a_document_of_pictures_alone_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(docx(f"<w:p>{picture((160, 200))}</w:p>"))
    document = extract_file(str(path))
    assert [problem.code for problem in document.problems] == ["PGX022"]
    assert [part.what for part in document.parts_unread] == ["picture"]
