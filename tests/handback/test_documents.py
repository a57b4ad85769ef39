"""Annotated Word documents and PDF files, and fixes in Word documents."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree

from handback.hard import ROWS
from handback.made import WORDS, converted, finding, shown
from perfgoals_lint.fixes.office.apply import fix_package
from perfgoals_lint.fixes.office.parts import PackageParts
from perfgoals_lint.handback import docx as word
from perfgoals_lint.handback.entries import marks_of
from perfgoals_lint.model import Finding, Grid, Location
from perfgoals_lint.readers import read

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document(*, revised: bool = False, noted: bool = False, split: bool = False) -> bytes:
    """A document with a table of the rows and one nested in it; with a tracked change, a comment, a value in runs."""
    made = docx.Document()
    made.add_paragraph("项目支出绩效目标表")
    table = made.add_table(rows=0, cols=5)
    for texts in ROWS:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    if split:
        paragraph = table.cell(2, 4).paragraphs[0]
        paragraph.clear()
        paragraph.add_run("≧")
        paragraph.add_run("95").bold = True
        paragraph.add_run("%")
    inner = table.cell(4, 0).add_table(1, 1)
    inner.cell(0, 0).text = "里层"
    if noted:
        made.add_comment(table.cell(1, 4).paragraphs[0].runs, "原来的批注", author="张三", initials="张")
    if revised:
        paragraph = made.add_paragraph("备注")
        added = etree.SubElement(paragraph._p, _W + "ins", {_W + "id": "7", _W + "author": "张三"})
        run = etree.SubElement(added, _W + "r")
        etree.SubElement(run, _W + "t").text = "补充"
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def at(row: int, column: int, table: int = 1) -> Location:
    return Location("f", table=table, row=row, column=column)


FINDINGS = [
    finding(at(2, 5), "PGN501", "warning", new="≥2座"),
    finding(at(3, 5), "PGN501", quote="≧95%", new="≥95%"),
    finding(at(1, 1, 2), "PGC102"),
    finding(Location("f", line=1), "PGC101"),
]


def comments(data: bytes) -> dict[str, str]:
    """The text that each comment is about, by what the comment says."""
    parts = PackageParts(data)
    name = parts.related(parts.main, "comments")
    said = {one.get(_W + "id"): "".join(one.itertext()) for one in (parts.root(name) if name else ())}
    found: dict[str, str] = {}
    open_ids: set[str] = set()
    texts: dict[str, str] = {}
    for element in parts.root(parts.main).iter():
        number = element.get(_W + "id") or ""
        if element.tag == _W + "commentRangeStart":
            open_ids.add(number)
        elif element.tag == _W + "commentRangeEnd":
            open_ids.discard(number)
        elif element.tag == _W + "t":
            for one in open_ids:
                texts[one] = texts.get(one, "") + (element.text or "")
    for number, text in said.items():
        found[text] = texts.get(number or "", "")
    return found


@pytest.mark.parametrize("options", [{}, {"revised": True}, {"noted": True}, {"split": True}])
def test_comments_stand_at_their_text_and_can_be_taken_out(options: dict[str, bool], tmp_path: Path) -> None:
    before = document(**options)
    made = word.annotate(before, marks_of(FINDINGS, WORDS), WORDS)
    found = comments(made)
    about = {text for note, text in found.items() if "PGN501" in note or "PGC10" in note}
    assert about == {"≧2座", "≧95%", "里层", "项目支出绩效目标表"}
    assert comments(before).items() <= found.items()
    touched = {
        "[Content_Types].xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/comments.xml",
    }
    with zipfile.ZipFile(BytesIO(before)) as old, zipfile.ZipFile(BytesIO(made)) as new:
        assert {n for n in old.namelist() if n not in touched and old.read(n) != new.read(n)} == set()
    assert shown(made, tmp_path / "b.docx") == shown(before, tmp_path / "a.docx")
    back = word.strip(made)
    assert comments(back) == comments(before)
    assert PackageParts(back).root("word/document.xml").xpath("string()") == PackageParts(before).root(
        "word/document.xml"
    ).xpath("string()")
    assert word.annotate(made, marks_of(FINDINGS, WORDS), WORDS) == made


@pytest.mark.parametrize("split", [False, True])
def test_suggestions_are_tracked_changes_that_can_be_refused(split: bool, tmp_path: Path) -> None:
    before = document(split=split, revised=True)
    edits = [edit for one in FINDINGS if one.fix for edit in one.fix.edits]
    made = word.annotate(before, marks_of(FINDINGS, WORDS), WORDS, edits)
    # Nobody has accepted them yet: the copy says what the document said.
    assert shown(made, tmp_path / "b.docx") == shown(before, tmp_path / "a.docx")
    assert word.annotate(made, marks_of(FINDINGS, WORDS), WORDS, edits) == made
    parts = PackageParts(made)
    root = parts.edit("word/document.xml")
    deleted = ["".join(one.itertext()) for one in root.iter(_W + "del")]
    assert deleted == ["≧", "≧"]
    for gone in root.findall(f".//{_W}del"):
        gone.getparent().remove(gone)  # type: ignore[union-attr]
    for added in root.findall(f".//{_W}ins"):
        holder = added.getparent()
        assert holder is not None
        holder[holder.index(added) : holder.index(added) + 1] = list(added)
    blocks, _ = shown(parts.save(), tmp_path / "c.docx")  # type: ignore[misc]
    table = {place: text for place, text, *_ in blocks[1]}
    assert (table[at(2, 5)], table[at(3, 5)]) == ("≥2座", "≥95%")
    assert shown(word.strip(made), tmp_path / "d.docx") == shown(before, tmp_path / "a.docx")


def test_a_change_that_a_person_of_the_same_name_made_is_theirs(tmp_path: Path) -> None:
    parts = PackageParts(document(revised=True))
    for one in parts.edit("word/document.xml").iter(_W + "ins"):
        one.set(_W + "author", WORDS.author)
        one.set(_W + "date", "2025-03-04T05:06:07Z")
    blocks, problems = shown(parts.save(), tmp_path / "a.docx")  # type: ignore[misc]
    assert "备注补充" in str(blocks)
    assert "PGX035" in problems


@pytest.mark.parametrize("suggested", [False, True])
def test_a_fix_changes_one_cell_and_keeps_the_looks_of_the_rest(suggested: bool, tmp_path: Path) -> None:
    before = given = document(split=True, noted=True)
    if suggested:
        given = word.annotate(
            before, [], WORDS, [edit for one in FINDINGS if one.fix for edit in one.fix.edits]
        )
    left = [FINDINGS[1]]

    def check(_: bytes) -> tuple[str, list[Finding]]:
        return "docx", left and [left.pop()]

    outcome = fix_package(given, "f", check)
    assert [one.rule for one in outcome.applied] == ["PGN501"]
    made = docx.Document(BytesIO(outcome.content))
    runs = made.tables[0].cell(2, 4).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [("≥", None), ("95", True), ("%", None)]
    assert comments(outcome.content) == comments(before)


def test_a_fix_that_cannot_be_placed_is_refused() -> None:
    wrong = [finding(at(3, 5), quote="没有这个", new="x"), finding(at(2, 5), quote="≧2座", new="≥2座")]
    asked = [wrong, wrong[:1]]

    def check(_: bytes) -> tuple[str, list[Finding]]:
        return "docx", asked.pop(0) if asked else []

    outcome = fix_package(document(), "f", check)
    assert [one.quote for one in outcome.applied] == ["≧2座"]


def test_libreoffice_shows_the_comments(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word.annotate(document(noted=True), marks_of(FINDINGS, WORDS), WORDS))
    (made,) = converted([path], "odt", tmp_path)
    with zipfile.ZipFile(made) as archive:
        content = etree.fromstring(archive.read("content.xml"))
    assert sum(element.tag.endswith("}annotation") for element in content.iter()) == len(FINDINGS) + 1


# --- PDF ----------------------------------------------------------------------------------------------------------


_CONTROLS = {
    "block": "<w:sdt>{pr}<w:sdtContent><w:p><w:r><w:t>控件里的话</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    "several": "<w:sdt>{pr}<w:sdtContent><w:p><w:r><w:t>控件里的话</w:t></w:r></w:p><w:p/></w:sdtContent></w:sdt>",
    "cell": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:sdt>{pr}<w:sdtContent><w:tc><w:p><w:r><w:t>控件里的话"
    "</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl><w:p/>",
    "row": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:sdt>{pr}<w:sdtContent><w:tr><w:tc><w:p><w:r><w:t>控件里的话"
    "</w:t></w:r></w:p></w:tc></w:tr></w:sdtContent></w:sdt></w:tbl><w:p/>",
    "in a cell": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:sdt>{pr}<w:sdtContent><w:p><w:r><w:t>控件里的话"
    "</w:t></w:r></w:p></w:sdtContent></w:sdt></w:tc></w:tr></w:tbl><w:p/>",
    "inline": "<w:p><w:sdt>{pr}<w:sdtContent><w:r><w:t>控件里的话</w:t></w:r></w:sdtContent></w:sdt></w:p>",
}
_RICH = {"rich": "", "said rich": "<w:richText/>", "group": "<w:group/>"}
_CLOSED = {
    "plain": "<w:text/>",
    "list": "<w:dropDownList/>",
    "date": "<w:date/>",
    "sources": "<w:bibliography/>",
}
_FIELD = (
    '<w:p><w:r><w:t>字段前</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText>'
    '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{first}</w:t></w:r></w:p><w:p><w:r><w:t>{middle}</w:t></w:r>'
    '</w:p><w:p><w:r><w:t>{last}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
_BOX = (
    '<w:p xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:t>框外</w:t></w:r><w:r><w:pict><v:shape id="b1" '
    'style="width:100pt;height:50pt"><v:textbox><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent>'
    "</v:textbox></v:shape></w:pict></w:r></w:p>"
)


def with_body(xml: str) -> bytes:
    """A document that begins with some elements of a body."""
    parts = PackageParts(document())
    body = parts.edit("word/document.xml")[0]
    holder = etree.fromstring(f'<w:body xmlns:w="{_W.strip("{}")}">{xml}</w:body>')
    body[0:0] = list(holder)
    return parts.save()


def place_of(data: bytes, text: str, path: Path) -> Location:
    """Where a text stands in a document."""
    path.write_bytes(data)
    for block in read(str(path), "f").blocks:
        held = (
            [(block.locate(cell), cell.text) for cell in block.cells]
            if isinstance(block, Grid)
            else [(line.location, line.text) for line in block.lines]
        )
        for place, said in held:
            if said == text:
                return place
    raise AssertionError(text)


def annotated(before: bytes, folder: Path) -> bytes:
    """The document with a comment about the text in its control, which can be taken out again and put in twice."""
    place = place_of(before, "控件里的话", folder / "a.docx")
    marks = marks_of([finding(place, "PGC101")], WORDS)
    made = word.annotate(before, marks, WORDS)
    root = PackageParts(made).root("word/document.xml")
    numbers = [one.get(_W + "val") for one in root.iter(_W + "id")]
    assert len(set(numbers)) == len(numbers)
    assert shown(made, folder / "b.docx") == shown(before, folder / "a.docx")
    back = PackageParts(word.strip(made)).root("word/document.xml")
    original = PackageParts(before).root("word/document.xml")
    assert etree.tostring(back, method="c14n") == etree.tostring(original, method="c14n")
    assert word.annotate(made, marks, WORDS) == made
    return made


@pytest.mark.parametrize("kind", [*_RICH, *_CLOSED])
@pytest.mark.parametrize("form", _CONTROLS)
def test_comments_of_content_controls_come_and_go(form: str, kind: str, tmp_path: Path) -> None:
    pr = f'<w:sdtPr><w:id w:val="700000000"/>{(_RICH | _CLOSED)[kind]}</w:sdtPr>'
    made = annotated(with_body(_CONTROLS[form].format(pr=pr)), tmp_path)
    ((note, about),) = [(note, text) for note, text in comments(made).items() if "PGC101" in note]
    # A control of plain text, a list, a date may hold no other one: LibreOffice shows no comment in it.
    if kind in _RICH or form == "inline":
        assert (about, "说的是" in note) == ("控件里的话", False)
    else:
        assert about != "控件里的话"
        assert "“控件里的话”" in note


@pytest.mark.parametrize("at", ["first", "middle", "last"])
def test_a_comment_in_a_field_of_several_paragraphs_stands_outside_of_it(at: str, tmp_path: Path) -> None:
    texts = {"first": "一", "middle": "二", "last": "三", at: "控件里的话"}
    made = annotated(with_body(_FIELD.format(**texts)), tmp_path)
    ((note, about),) = [(note, text) for note, text in comments(made).items() if "PGC101" in note]
    assert about == ("控件里的话" if at == "last" else "字段前")
    assert ("“控件里的话”" in note) == (at != "last")


def test_a_comment_beside_a_cell_stands_in_its_row(tmp_path: Path) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    closed = (
        "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>"
        + cell.format("控件里的话")
        + "</w:sdtContent></w:sdt>"
    )
    for row, wanted in ((cell.format("名称") + closed, "名称"), (closed + cell.format("备注"), "备注")):
        rows = f"<w:tr>{cell.format('上')}{cell.format('上')}</w:tr><w:tr>{row}</w:tr>"
        made = annotated(with_body(f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl><w:p/>"), tmp_path)
        ((note, about),) = [(note, text) for note, text in comments(made).items() if "PGC101" in note]
        assert (about, "第 1 张表第 2 行" in note) == (wanted, True)


def test_a_document_of_one_control_gets_a_paragraph_for_its_comment(tmp_path: Path) -> None:
    parts = PackageParts(document())
    body = parts.edit("word/document.xml")[0]
    held = _CONTROLS["block"].format(pr="<w:sdtPr><w:text/></w:sdtPr>")
    body[:-1] = list(etree.fromstring(f'<w:body xmlns:w="{_W.strip("{}")}">{held}</w:body>'))
    made = annotated(parts.save(), tmp_path)
    assert ["“控件里的话”" in note for note in comments(made)] == [True]


def test_a_part_of_comments_that_was_empty_is_empty_again() -> None:
    parts = PackageParts(document())
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    parts.add("word/comments.xml", f'<w:comments xmlns:w="{_W.strip("{}")}"/>'.encode(), kind)
    parts.relate("word/document.xml", "comments", "word/comments.xml")
    before = parts.save()
    made = word.annotate(before, marks_of(FINDINGS, WORDS), WORDS)
    assert len(comments(made)) == len(FINDINGS)
    back = PackageParts(word.strip(made))
    assert "word/comments.xml" in back
    assert etree.tostring(back.root("word/comments.xml"), method="c14n") == etree.tostring(
        PackageParts(before).root("word/comments.xml"), method="c14n"
    )
    assert word.annotate(made, marks_of(FINDINGS, WORDS), WORDS) == made


def test_a_finding_in_a_text_box_is_told_at_the_paragraph_of_the_box(tmp_path: Path) -> None:
    before = with_body(_BOX)
    place = place_of(before, "框里的话", tmp_path / "a.docx")
    made = word.annotate(before, marks_of([finding(place, "PGC101")], WORDS), WORDS)
    root = PackageParts(made).root("word/document.xml")
    assert (
        next(root.iter(_W + "commentReference")).xpath("ancestor::w:txbxContent", namespaces=root.nsmap) == []
    )
    assert shown(made, tmp_path / "b.docx") == shown(before, tmp_path / "a.docx")
    assert etree.tostring(
        PackageParts(word.strip(made)).root("word/document.xml"), method="c14n"
    ) == etree.tostring(PackageParts(before).root("word/document.xml"), method="c14n")


def test_libreoffice_shows_the_comments_of_controls_fields_and_boxes(tmp_path: Path) -> None:
    bodies = [
        (form.format(pr=f"<w:sdtPr>{kind}</w:sdtPr>"), "控件里的话")
        for form in _CONTROLS.values()
        for kind in (_RICH | _CLOSED).values()
    ]
    bodies += [(_FIELD.format(first="一", middle="二", last="三"), text) for text in "一二三"]
    bodies.append((_BOX, "框里的话"))
    files = []
    for number, (body, text) in enumerate(bodies):
        before = with_body(body)
        place = place_of(before, text, tmp_path / "a.docx")
        files.append(tmp_path / f"body{number}.docx")
        files[-1].write_bytes(word.annotate(before, marks_of([finding(place, "PGC101")], WORDS), WORDS))
    for made in converted(files, "fodt", tmp_path):
        assert "PGC101" in made.read_text("utf-8"), made.name
