"""Workbooks written by openpyxl come back cell by cell."""

from __future__ import annotations

import io
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from perfgoals_lint.model import Location, cell_name, cell_place
from readers.helpers import grids, placed, read_bytes
from readers.strategies import Table, tables
from readers.written import SHEET, xlsx, zipped


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@settings(max_examples=60, deadline=None)
@given(tables())
def test_random_merges_come_back_as_rectangles(table: Table) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row, column, height, width, text in table.cells:
        sheet.cell(row + 1, column + 1, text or None).data_type = "s"
        if height * width > 1:
            sheet.merge_cells(
                start_row=row + 1, start_column=column + 1, end_row=row + height, end_column=column + width
            )
    found = grids(read_bytes(saved(book)))
    if not table.shown():
        assert not found
        return
    assert placed(found[0]) == table.shown()


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.95, "0%", "95%"),
        (15, '0"个"', "15个"),
        (datetime(2023, 12, 1), 'yyyy"年"m"月"', "2023年12月"),
        (date(2023, 12, 1), "yyyy-mm-dd", "2023-12-01"),
        (time(8, 30), "h:mm", "8:30"),
        (1200000, "#,##0.00", "1,200,000.00"),
        (90, '"≥"0"%"', "≥90%"),
        (True, "General", "TRUE"),
        ("≥95%", "@", "≥95%"),
        ("#REF!", "General", "#REF!"),
    ],
)
def test_the_shown_text_counts(value: object, code: str, shown: str) -> None:
    book = openpyxl.Workbook()
    cell = book.active["B3"]
    cell.value, cell.number_format = value, code
    grid = grids(read_bytes(saved(book)))[0]
    assert placed(grid) == {(3, 2, 1, 1, shown)}
    assert grid.locate(next(cell for cell in grid.cells if cell.text)) == Location(
        "f", sheet="Sheet", cell="B3"
    )


def test_hidden_parts_are_read_and_said() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "目标"
    for row in range(1, 6):
        for column in range(1, 5):
            sheet.cell(row, column, f"{row}{column}")
    for row in (2, 3, 5):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["D"].hidden = True
    secret = book.create_sheet("底稿")
    secret["A1"] = "x"
    secret.sheet_state = "veryHidden"
    source = read_bytes(saved(book))
    assert [grid.hidden for grid in grids(source)] == [False, True]
    hidden = {(cell.row, cell.column) for cell in grids(source)[0].cells if cell.hidden}
    assert hidden == {(r, c) for r in range(5) for c in range(4) if r in (1, 2, 4) or c == 3}
    assert [(p.code, p.args) for p in source.problems] == [
        ("PGX032", {"sheet": "目标", "rows": "2-3, 5"}),
        ("PGX033", {"sheet": "目标", "columns": "D"}),
        ("PGX031", {"sheet": "底稿"}),
    ]


def test_a_formula_without_its_value_is_reported() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B2"], book.active["B3"] = "合计", "=1+1", "=SUM(B1:B2)"
    source = read_bytes(saved(book))
    problem = source.problems[0]
    assert (problem.code, problem.args) == ("PGX030", {"cells": "B2, B3", "count": "2"})
    assert problem.location == Location("f", sheet="Sheet", cell="B2")


def test_a_stored_formula_value_is_shown_under_its_format() -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><f>1/4</f><v>0.25</v></c><c r="B1" t="str"><f>x</f><v>甲</v></c></row></sheetData>'
    source = read_bytes(xlsx(sheet))
    assert placed(grids(source)[0]) == {(1, 1, 1, 1, "0.25"), (1, 2, 1, 1, "甲")}
    assert not source.problems


def test_cells_beyond_the_last_column_follow_the_one_before_them() -> None:
    sheet = "".join(
        f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="XFE{row}"><v>2</v></c></row>' for row in (1, 2)
    )
    found = placed(grids(read_bytes(xlsx(f"<sheetData>{sheet}</sheetData>")))[0])
    assert found == {(1, 1, 1, 1, "1"), (1, 2, 1, 1, "2"), (2, 1, 1, 1, "1"), (2, 2, 1, 1, "2")}


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_a_cells_name_tells_its_place(row: int, column: int) -> None:
    assert cell_name(row, column) == f"{get_column_letter(column + 1)}{row + 1}"
    assert cell_place(cell_name(row, column)) == (row, column)


@pytest.mark.parametrize("name", ["", "A", "1", "a1", "A1B", "ABCD1", "A12345678", "Ä1", "A-1", "A１"])
def test_what_names_no_cell_has_no_place(name: str) -> None:
    assert cell_place(name) is None


def test_rich_text_without_its_phonetic_guide() -> None:
    strings = (
        f'<sst xmlns="{SHEET}"><si><r><t>三年</t></r><r><rPr><b/></rPr><t xml:space="preserve">≥18家 </t></r>'
        "<rPh sb='0' eb='1'><t>san</t></rPh></si><si><t>a_x000D_\nb_x005F_</t></si></sst>"
    )
    sheet = (
        '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>9</v></c></row></sheetData>'
    )
    assert placed(grids(read_bytes(xlsx(sheet, strings)))[0]) == {
        (1, 1, 1, 1, "三年≥18家 "),
        (1, 2, 1, 1, "a\nb_"),
    }


def test_blank_bordered_cells_are_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A3"] = "甲", "乙"
    for place in ("B1", "C3", "C9"):
        sheet[place].fill = PatternFill("solid", fgColor="FFFF00")
    grid = grids(read_bytes(saved(book)))[0]
    assert {(cell.row, cell.column) for cell in grid.cells} == {(0, 0), (0, 1), (2, 0), (2, 2)}
    assert (grid.rows, grid.columns) == (3, 3)


def test_strict_namespaces_are_read() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "严格"
    import zipfile

    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(saved(book))) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            text = text.replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            parts[name] = text.replace(
                "http://schemas.openxmlformats.org/officeDocument/2006",
                "http://purl.oclc.org/ooxml/officeDocument",
            )
    assert placed(grids(read_bytes(zipped(parts)))[0]) == {(1, 1, 1, 1, "严格")}


def test_a_broken_sheet_leaves_the_others() -> None:
    book = openpyxl.Workbook()
    book.active.title = "坏"
    book.create_sheet("好")["A1"] = "甲"
    import zipfile

    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(saved(book))) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row>"
    source = read_bytes(zipped(parts))
    assert [grid.sheet for grid in grids(source)] == ["好"]
    assert [(p.code, p.location.sheet) for p in source.problems] == [("PGX018", "坏")]


def test_letters_beyond_z() -> None:
    book = openpyxl.Workbook()
    book.active.cell(2, 703, "远")
    cell = grids(read_bytes(saved(book)))[0].cells[-1]
    assert get_column_letter(cell.column + 1) == "AAA"
