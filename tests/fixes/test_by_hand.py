"""A value that a person writes: it stands in its cell afterwards, and everything else in the file is as it was."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.commands import EXAMPLES
from perfgoals_lint import readers
from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.fixes.by_hand import NotWrittenError, written
from perfgoals_lint.model import Grid, Location

TEXTS = (
    st.text(st.sampled_from("≥≤95%万元年及时<&>\"'(（一 "), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)
DELIMITED = "二级指标,三级指标,年度指标值,备注\n数量指标,修缮泊位,≥4个,无\n质量指标,验收合格率,≥95%,无\n"
FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def places(path: Path) -> list[tuple[Location, str]]:
    """The places and texts of the value and name fields of a file."""
    return [
        (row.locations[name], getattr(row, name))
        for table in extract_file(str(path)).tables
        for row in table.indicators
        for name in ("annual_value", "level3")
        if name in row.locations and getattr(row, name)
    ]


def cells(content: bytes) -> dict[str, object]:
    """Every cell of a workbook as another library reads it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        f"{sheet.title}!{one.coordinate}": one.value
        for sheet in book
        for row in sheet.iter_rows()
        for one in row
        if one.value is not None
    }


def paragraphs(content: bytes) -> list[str]:
    """Every paragraph of every cell of a Word document as another library reads it."""
    return [
        paragraph.text
        for table in docx.Document(io.BytesIO(content)).tables
        for row in table.rows
        for one in row.cells
        for paragraph in one.paragraphs
    ]


@FEW
@given(number=st.integers(0, 10**6), new=TEXTS)
def test_a_workbook_has_the_text_in_one_cell(number: int, new: str) -> None:
    path = EXAMPLES / "municipal.xlsx"
    found = places(path)
    location, old = found[number % len(found)]
    before, after = cells(path.read_bytes()), cells(written(str(path), "xlsx", location, old, new))
    where = f"{location.sheet}!{location.cell}"
    assert after.pop(where) == new
    assert before.pop(where) == old
    assert before == after


@FEW
@given(number=st.integers(0, 10**6), new=TEXTS)
def test_a_document_has_the_text_in_one_cell(number: int, new: str) -> None:
    path = EXAMPLES / "municipal.docx"
    found = places(path)
    location, old = found[number % len(found)]
    before, after = paragraphs(path.read_bytes()), paragraphs(written(str(path), "docx", location, old, new))
    changed = {(one, two) for one, two in zip(before, after, strict=True) if one != two}
    assert changed in ({(old, new)}, set() if old == new else {(old, new)})


@FEW
@given(number=st.integers(0, 10**6), new=TEXTS.filter(lambda text: "," not in text))
def test_a_text_has_it_in_one_field(number: int, new: str) -> None:
    path = EXAMPLES / "tabbed-form-municipal.txt"
    found = places(path)
    location, old = found[number % len(found)]
    before = path.read_text(encoding="utf-8")
    after = written(str(path), "text", location, old, new).decode()
    line = (location.line or 0) - 1
    lines, changed = before.split("\n"), after.split("\n")
    assert lines.pop(line).replace(old, "", 1) == changed.pop(line).replace(new, "", 1)
    assert lines == changed


def workbook(path: Path, *rows: list[object]) -> Path:
    """A workbook with rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.title = "表"
    book.save(path)
    return path


def test_a_number_stays_a_number_and_is_counted_with(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["预算", 1200.5], ["合计", "=B1"])
    path.with_name("b.xlsx").write_bytes(
        written(str(path), "xlsx", Location(str(path), sheet="表", cell="B1"), "1200.5", "1,300")
    )
    assert cells(path.with_name("b.xlsx").read_bytes())["表!B1"] == 1300
    made = written(str(path), "xlsx", Location(str(path), sheet="表", cell="B1"), "1200.5", "约1300")
    assert cells(made)["表!B1"] == "约1300"


def test_a_number_keeps_its_format(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["预算", 1200])
    book = openpyxl.load_workbook(path)
    book.active["B1"].number_format = "#,##0.00"
    book.save(path)
    made = written(str(path), "xlsx", Location(str(path), sheet="表", cell="B1"), "1,200.00", "1350.5")
    one = openpyxl.load_workbook(io.BytesIO(made)).active["B1"]
    assert (one.value, one.number_format) == (1350.5, "#,##0.00")


def test_a_formula_is_not_written_over(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["预算", 1, "=B1"])
    with pytest.raises(NotWrittenError) as error:
        written(str(path), "xlsx", Location(str(path), sheet="表", cell="C1"), "", "2")
    assert error.value.reason == "formula"


def test_equal_texts_of_other_cells_stay(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["及时", "及时", "及时"])
    made = cells(written(str(path), "xlsx", Location(str(path), sheet="表", cell="B1"), "及时", "≤2小时"))
    assert [made[f"表!{letter}1"] for letter in "ABC"] == ["及时", "≤2小时", "及时"]


def test_an_empty_cell_of_a_document_is_filled_with_its_looks(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "指标值"
    path = tmp_path / "a.docx"
    document.save(path)
    grid = next(block for block in readers.read(str(path)).blocks if isinstance(block, Grid))
    location = grid.locate(next(cell for cell in grid.cells if not cell.text))
    made = written(str(path), "docx", location, "", "≥95%")
    assert paragraphs(made) == ["指标值", "≥95%"]


def test_a_cell_of_several_paragraphs_keeps_them(tmp_path: Path) -> None:
    document = docx.Document()
    one = document.add_table(1, 1).cell(0, 0)
    one.text = "第一条"
    one.add_paragraph("第二条").runs[0].bold = True
    path = tmp_path / "a.docx"
    document.save(path)
    grid = next(block for block in readers.read(str(path)).blocks if isinstance(block, Grid))
    location = grid.locate(grid.cells[0])
    made = written(str(path), "docx", location, "第一条\n第二条", "第一条\n第二条（改）")
    assert paragraphs(made) == ["第一条", "第二条（改）"]
    kept = docx.Document(io.BytesIO(made)).tables[0].cell(0, 0).paragraphs[1]
    assert [run.bold for run in kept.runs] == [True]
    with pytest.raises(NotWrittenError):
        written(str(path), "docx", location, "第一条\n第二条", "一\n二\n三")


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("a\nb", "text"),
        ("a\tb", "text"),
        ("a,b", "elsewhere"),
        ("", None),
        ("“四”个", None),
        ('"', "elsewhere"),
    ],
)
def test_a_field_of_delimited_text_stays_one(tmp_path: Path, new: str, reason: str | None) -> None:
    path = tmp_path / "a.csv"
    path.write_text(DELIMITED, encoding="utf-8")
    location = Location(str(path), table=1, row=2, column=3)
    if reason is None:
        assert (
            written(str(path), "csv", location, "≥4个", new).decode().splitlines()[1]
            == f"数量指标,修缮泊位,{new},无"
        )
        return
    with pytest.raises(NotWrittenError) as error:
        written(str(path), "csv", location, "≥4个", new)
    assert error.value.reason == reason


def test_an_empty_field_of_delimited_text_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(DELIMITED.replace("≥4个", ""), encoding="utf-8")
    made = written(str(path), "csv", Location(str(path), table=1, row=2, column=3), "", "≥4个")
    assert made.decode() == DELIMITED


def test_the_encoding_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(DELIMITED.encode("gb18030"))
    location = Location(str(path), table=1, row=2, column=3)
    assert "≥5个" in written(str(path), "csv", location, "≥4个", "≥5个").decode("gb18030")


def test_a_signed_file_is_left_alone(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["a", "b"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("_xmlsignatures/origin.sigs", b"")
    with pytest.raises(NotWrittenError) as error:
        written(str(path), "xlsx", Location(str(path), sheet="表", cell="B1"), "b", "c")
    assert error.value.reason == "signed"


def test_a_format_that_is_only_read_takes_nothing(tmp_path: Path) -> None:
    path = EXAMPLES / "municipal.pdf"
    with pytest.raises(NotWrittenError) as error:
        written(str(path), "pdf", Location(str(path), page=1, bbox=(0, 0, 1, 1)), "a", "b")
    assert error.value.reason == "format"
