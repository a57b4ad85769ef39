"""Annotated workbooks: marks at their cells, nothing else lost or changed, and all of it can be taken out again."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from handback.hard import BOOKS, book, png, repacked
from handback.made import WORDS, converted, finding, shown
from perfgoals_lint.fixes.office.parts import PackageParts, SignedError
from perfgoals_lint.handback.entries import entries_of, marks_of
from perfgoals_lint.handback.xlsx import comments
from perfgoals_lint.handback.xlsx.annotate import annotate, answers_of, strip
from perfgoals_lint.handback.xlsx.book import MAIN
from perfgoals_lint.handback.xlsx.review_sheet import Answer
from perfgoals_lint.model import Finding, Location

SHEET = "目标 表"
FINDINGS = [
    finding(Location("f", sheet=SHEET, cell="E2"), "PGN501", "warning", new="≥2座"),
    finding(Location("f", sheet=SHEET, cell="E2"), "PGN502", "error"),
    finding(Location("f", sheet=SHEET, cell="E3"), "PGN503", "info", quote="≧95%"),
    finding(Location("f", sheet=SHEET, cell="B9"), "PGC102", "error", quote=None),
    finding(None, "PGK602", "warning", quote=None),
]
TOUCHED = re.compile(
    r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|xl/worksheets/sheet1\.xml"
    r"|xl/worksheets/_rels/sheet1\.xml\.rels|xl/comments\d*\.xml|xl/drawings/vmlDrawing\d+\.vml"
    r"|xl/threadedComments/.*|xl/persons/.*"
)


def annotated(data: bytes, findings: list[Finding] = FINDINGS) -> bytes:
    return annotate(data, marks_of(findings, WORDS), entries_of(findings, WORDS), WORDS)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def notes(data: bytes, sheet: str = SHEET) -> dict[str, str]:
    parts = PackageParts(data)
    name = parts.related(parts.sheets()[sheet], "comments")
    held = parts.root(name).iter("{*}comment") if name is not None and name in parts else ()
    return {one.get("ref", ""): comments.texts_of(one) for one in held}


@pytest.fixture(params=BOOKS)
def hard(request: pytest.FixtureRequest) -> bytes:
    return BOOKS[request.param]()


def test_every_mark_is_at_its_cell_and_nothing_is_lost(hard: bytes, tmp_path: Path) -> None:
    made = annotated(hard)
    before, after = parts_of(hard), parts_of(made)
    assert set(before) <= set(after)
    assert [
        name for name, data in before.items() if after[name] != data and not TOUCHED.fullmatch(name)
    ] == []
    found = notes(made)
    for mark in marks_of(FINDINGS, WORDS):
        assert mark.text in found[mark.location.cell or ""]
    assert "PGN501" in found["E2"]
    assert "改为：≥2座" in found["E2"]
    for cell, text in notes(hard).items():
        assert found[cell].startswith(text)
    assert shown(made, tmp_path / "b.xlsx") == shown(hard, tmp_path / "a.xlsx")


def test_every_part_is_sound_and_every_relation_leads_somewhere(hard: bytes) -> None:
    parts = PackageParts(annotated(hard))
    types = parts.root("[Content_Types].xml")
    declared = {element.get("PartName") for element in types.iterfind("{*}Override")}
    endings = {element.get("Extension") for element in types.iterfind("{*}Default")}
    for name in parts.names():
        if name.endswith((".xml", ".rels", ".vml")):
            etree.fromstring(parts.read(name))
        assert f"/{name}" in declared or name.rpartition(".")[2] in endings or name.startswith("[Content")
    given = PackageParts(hard)
    for part in [parts.main, *parts.sheets().values()]:
        lost = {target for _, target in parts.relations(part).values() if target not in parts}
        assert lost <= {target for _, target in given.relations(part).values() if target not in given}
    for name in parts.names():
        if name.endswith(".vml"):
            shapes = re.findall(rb'id="(_x0000_s\d+)"', parts.read(name))
            assert len(shapes) == len(set(shapes))
    priorities = [rule.get("priority") for rule in parts.root(parts.sheets()[SHEET]).iter("{*}cfRule")]
    assert len(priorities) == len(set(priorities))


def test_stripped_it_shows_what_it_showed(hard: bytes, tmp_path: Path) -> None:
    back = strip(annotated(hard))
    assert set(parts_of(back)) == set(parts_of(hard))
    assert shown(back, tmp_path / "b.xlsx") == shown(hard, tmp_path / "a.xlsx")
    assert notes(back) == notes(hard)
    sheet = parts_of(back)["xl/worksheets/sheet1.xml"]
    assert b"perfgoals" not in sheet
    assert sheet.count(b"<c ") + sheet.count(b":c ") == parts_of(hard)["xl/worksheets/sheet1.xml"].count(
        b"<c "
    )


def test_stripped_its_parts_say_what_they_said(hard: bytes) -> None:
    before, after = parts_of(hard), parts_of(strip(annotated(hard)))
    assert set(after) == set(before)
    assert [name for name, data in before.items() if _plain(after[name]) != _plain(data)] == []
    assert b"perfgoals" not in b"".join(after.values())


def _plain(data: bytes) -> bytes:
    """A part without the ways to write one XML document."""
    return etree.tostring(etree.fromstring(data), method="c14n") if data.startswith(b"<") else data


def test_styles_that_somebody_added_to_since_are_let_be(hard: bytes) -> None:
    parts = PackageParts(annotated(hard))
    name = next(to for kind, to in parts.relations(parts.main).values() if kind == "styles" and to in parts)
    formats = parts.edit(name).find("{*}cellXfs")
    assert formats is not None
    etree.SubElement(formats, str(formats[0].tag), {"fontId": "1"})
    back = PackageParts(strip(parts.save()))
    assert len(back.root(name).findall("{*}cellXfs/*")) == len(formats)


def test_a_second_round_takes_the_place_of_the_first(hard: bytes) -> None:
    once = annotated(hard)
    assert annotated(once) == once
    fewer = annotated(once, FINDINGS[:1])
    assert notes(fewer) == notes(annotated(hard, FINDINGS[:1]))
    assert len(PackageParts(fewer).sheets()) == len(PackageParts(hard).sheets()) + 1


def test_a_cell_of_its_own_colour_gets_a_border() -> None:
    made = annotated(BOOKS["protected, merged, filled, hidden"]())
    loaded = openpyxl.load_workbook(BytesIO(made))
    rules = {str(held.sqref): held.rules[0].dxf for held in loaded[SHEET].conditional_formatting}
    assert rules["E2"].border is not None
    assert rules["E2"].fill is None
    assert rules["E3"].fill is not None
    assert loaded[SHEET]["E2"].fill.start_color.rgb == "FF00FF00"


def test_the_list_is_last_linked_and_offers_the_answers() -> None:
    loaded = openpyxl.load_workbook(BytesIO(annotated(book())))
    assert loaded.sheetnames == [SHEET, "审核意见"]
    sheet = loaded["审核意见"]
    head = [cell.value for cell in sheet[1]][:-1]
    assert head == [
        "序号",
        "级别",
        "位置",
        "项目",
        "指标",
        "原文",
        "问题",
        "建议",
        "依据",
        "处理情况",
        "说明",
    ]
    assert sheet.max_row == len(FINDINGS) + 1
    assert sheet["C2"].hyperlink.location == f"'{SHEET}'!E2"
    assert sheet["C6"].hyperlink is None
    choice = sheet.data_validations.dataValidation[0]
    assert (str(choice.sqref), choice.type) == ("J2:J6", "list")


def test_answers_are_read_back_from_what_another_program_saved_and_kept() -> None:
    loaded = openpyxl.load_workbook(BytesIO(annotated(book())))
    loaded["审核意见"]["J2"], loaded["审核意见"]["K2"] = "有理由不改", "上级文件如此"
    out = BytesIO()
    loaded.save(out)
    answer = {FINDINGS[0].fingerprint: Answer("有理由不改", "上级文件如此")}
    assert answers_of(out.getvalue()) == answer
    again = annotated(out.getvalue())
    assert answers_of(again) == answer
    assert openpyxl.load_workbook(BytesIO(strip(again))).sheetnames == [SHEET]


def test_a_thread_is_answered() -> None:
    made = parts_of(annotated(BOOKS["threads"]()))
    thread = etree.fromstring(made["xl/threadedComments/threadedComment1.xml"])
    first, reply = thread
    assert reply.get("parentId") == first.get("id")
    assert "PGN501" in "".join(reply.itertext())
    assert "绩效审核" in made["xl/persons/person.xml"].decode()


def test_signed_workbooks_are_refused() -> None:
    signed = repacked(book(), lambda _, data: data, **{"_xmlsignatures__sig1.xml": b"<a/>"})
    with pytest.raises(SignedError):
        annotated(signed)


def test_formulas_and_markup_in_texts_stay_texts() -> None:
    evil = finding(Location("f", sheet=SHEET, cell="E2"), quote='=cmd|"/c"!A1 <b>&\x01')
    loaded = openpyxl.load_workbook(BytesIO(annotated(book(), [evil])))
    assert loaded["审核意见"]["F2"].data_type == "s"
    assert loaded["审核意见"]["F2"].value.startswith("=cmd|")


def test_libreoffice_shows_every_comment_at_its_cell(tmp_path: Path) -> None:
    files = []
    for number, make in enumerate(BOOKS.values()):
        path = tmp_path / f"b{number}.xlsx"
        path.write_bytes(annotated(make()))
        files.append(path)
    for made in converted(files, "ods", tmp_path):
        with zipfile.ZipFile(made) as archive:
            content = etree.fromstring(archive.read("content.xml"))
        table = next(t for t in content.iter("{*}table"))
        rows: dict[tuple[int, int], str] = {}
        at = 0
        for row in table.iter("{*}table-row"):
            column = 0
            for cell in row:
                note = cell.find("{*}annotation")
                if note is not None:
                    rows[at, column] = "".join(note.itertext())
                column += int(next((v for k, v in cell.attrib.items() if k.endswith("columns-repeated")), 1))
            at += int(next((v for k, v in row.attrib.items() if k.endswith("rows-repeated")), 1))
        assert "PGN501" in rows[1, 4]
        assert "PGN503" in rows[2, 4]
        assert "PGC102" in rows[8, 1]


def test_a_relations_part_that_was_empty_stays() -> None:
    """Nothing that was there goes with the marks, be it ever so useless."""
    parts = PackageParts(BOOKS["plain"]())
    sheet = parts.sheets()[SHEET]
    name = f"xl/worksheets/_rels/{sheet.rpartition('/')[2]}.rels"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    assert name not in parts
    parts.put(name, empty)
    before = parts.save()
    back = parts_of(strip(annotated(before)))
    assert set(back) == set(parts_of(before))
    assert len(etree.fromstring(back[name])) == 0
    assert name not in parts_of(strip(annotated(BOOKS["plain"]())))


def test_a_workbook_whose_sheets_are_all_hidden_is_read_as_before(tmp_path: Path) -> None:
    """The list of findings is a sheet that is shown; the table stays what the file is about."""
    parts = PackageParts(BOOKS["plain"]())
    for sheet in parts.edit(parts.main).iterfind("{*}sheets/{*}sheet"):
        sheet.set("state", "hidden")
    data = parts.save()
    before = shown(data, tmp_path / "a.xlsx")
    assert before != shown(BOOKS["plain"](), tmp_path / "c.xlsx")  # it is said that they are hidden
    assert shown(annotated(data), tmp_path / "b.xlsx") == before


def test_relations_of_a_part_that_is_not_there_stay() -> None:
    """Such a part's name is not taken for a new one, whose end would take them along."""
    parts = PackageParts(BOOKS["plain"]())
    name = "xl/worksheets/_rels/sheet9.xml.rels"
    parts.put(name, b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>')
    for number in range(2, 9):
        parts.put(f"xl/worksheets/sheet{number}.xml", b"<x/>")
    assert parts.free_name("xl/worksheets/sheet{}.xml") == "xl/worksheets/sheet10.xml"


_SPARSE = {
    "nothing": "",
    "no formats": '<fonts count="1"><font><sz val="11"/></font></fonts>',
    "one fill": '<fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/>'
    '</fill></fills><borders count="1"><border/></borders><cellXfs count="1"><xf fontId="0" fillId="1" borderId="0"/></cellXfs>',
    "names what is not there": '<cellXfs count="2"><xf fontId="2" fillId="3" borderId="1"/><xf fontId="0" fillId="0"/></cellXfs>',
}


@pytest.mark.parametrize("kind", _SPARSE)
def test_sparse_styles_change_the_look_of_no_cell(kind: str, tmp_path: Path) -> None:
    sheet = f'<styleSheet xmlns="{MAIN}">{_SPARSE[kind]}</styleSheet>'.encode()
    before = repacked(book(), lambda name, data: sheet if name == "xl/styles.xml" else data)
    made = annotated(before)
    root = PackageParts(made).root("xl/styles.xml")
    formats = root.findall("{*}cellXfs/{*}xf")
    looks = {"fontId": "{*}fonts/*", "fillId": "{*}fills/*", "borderId": "{*}borders/*"}
    for number in range(max(sheet.count(b"<xf "), 1)):
        for attribute, path in looks.items():
            look = root.findall(path)[int(formats[number].get(attribute) or 0)]
            assert not look.xpath(".//*[@rgb] | .//*[local-name() = 'b']"), (attribute, number)
    assert _plain(parts_of(strip(made))["xl/styles.xml"]) == _plain(sheet)
    assert annotated(made) == made


def test_an_empty_list_of_names_stays() -> None:
    before = repacked(
        book(),
        lambda name, data: (
            data.replace(b"</sheets>", b"</sheets><definedNames/>") if name == "xl/workbook.xml" else data
        ),
    )
    made = annotated(before)
    assert PackageParts(strip(made)).root("xl/workbook.xml").find("{*}definedNames") is not None
    assert annotated(made) == made


@pytest.mark.parametrize("pictures", [False, True])
def test_the_copy_of_an_empty_workbook_is_as_empty(pictures: bool, tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(str(tmp_path / "空.xlsx"))
    sheet = made.add_worksheet()
    if pictures:
        sheet.insert_image("B2", "p.png", {"image_data": png()})
    made.close()
    before = (tmp_path / "空.xlsx").read_bytes()
    expected = ([], ["PGX022" if pictures else "PGX003"])
    assert shown(annotated(before, []), tmp_path / "b.xlsx") == shown(before, tmp_path / "a.xlsx") == expected
