"""Excel 97-2003 workbooks (.xls, .et) through xlrd, with formats, merges and hidden parts."""

import io
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

import xlrd

from perfgoals_lint.model import Location, Part, Source, cell_name
from perfgoals_lint.readers.crypto import opened
from perfgoals_lint.readers.limits import CORRUPT, ENCRYPTED, Limits, ReadError, over
from perfgoals_lint.readers.numformat import BUILTIN, render, render_text
from perfgoals_lint.readers.report import MOST_PART_TEXT, add_sheet, sheet_failure
from perfgoals_lint.readers.sheet import CellBudget, Sheet
from perfgoals_lint.readers.xls_parts import drawn_parts
from perfgoals_lint.readers.xlsx_parts import MOST_PARTS

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read_xls(stream: BinaryIO, path: str, limits: Limits, password: str | None = None) -> Source:
    """All worksheets in workbook order. Raises ``ReadError`` when the workbook is encrypted or broken."""
    data = stream.read()
    book = opened(data, password, _open)
    if book.nsheets > limits.sheets:
        raise over("sheets", book.nsheets, limits.sheets)
    source = Source(path, "xls")
    budget = CellBudget(limits)
    codes = _format_codes(book)
    drawn = drawn_parts(data, book.sheet_names(), path)
    for number in range(book.nsheets):
        name = book.sheet_names()[number]
        try:
            found = book.sheet_by_index(number)
        except (xlrd.XLRDError, IndexError, ValueError, AssertionError) as error:
            sheet_failure(source, ReadError(CORRUPT, reason=error), name)
            continue
        sheet = Sheet(name, hidden=found.visibility != 0)
        _read_sheet(found, sheet, book.datemode == 1, codes, budget)
        sheet.parts += [*islice(_notes(found, name, path), MOST_PARTS), *drawn.get(number, ())]
        add_sheet(source, sheet, limits)
        book.unload_sheet(number)
    return source


def _notes(found: Any, name: str, path: str) -> Iterator[Part]:
    """The comments of a sheet."""
    for (row, column), remark in sorted(found.cell_note_map.items()):
        if remark.text.strip():
            place = Location(path, sheet=name, cell=cell_name(row, column))
            yield Part("comment", place, remark.text.strip()[:MOST_PART_TEXT])


def _open(data: bytes, lenient: bool = False) -> Any:
    """The workbook. xlrd is stricter than Excel about the container's tables of sectors: what it calls corrupt there is
    read once more without that test."""
    try:
        return xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            on_demand=True,
            logfile=io.StringIO(),
            ragged_rows=True,
            ignore_workbook_corruption=lenient,
        )
    except xlrd.compdoc.CompDocError as error:
        if not lenient:
            return _open(data, lenient=True)
        raise ReadError(CORRUPT, case="refused", reason=error) from None
    except xlrd.XLRDError as error:
        if "ncrypted" in str(error) or "assword" in str(error):
            raise ReadError(ENCRYPTED) from None
        raise ReadError(CORRUPT, case="refused", reason=error) from None


def _format_codes(book: Any) -> list[str]:
    """Format codes by index of the cell style. Workbooks name the built-in formats too, in the words of the system
    that wrote them; the ids decide."""
    codes = []
    for style in book.xf_list:
        key = style.format_key
        named = book.format_map.get(key)
        own = named.format_str if named is not None else None
        codes.append((BUILTIN.get(key) if own is None or key in (14, 22) else own) or "General")
    return codes


def _read_sheet(found: Any, sheet: Sheet, date1904: bool, codes: list[str], budget: CellBudget) -> None:
    for first_row, last_row, first_column, last_column in found.merged_cells:
        sheet.merges.append((first_row, first_column, last_row - 1, last_column - 1))
    for row, information in found.rowinfo_map.items():
        if information.hidden or information.height == 0:
            sheet.hidden_rows.append((row, row))
    for column, information in found.colinfo_map.items():
        if information.hidden or information.width == 0:
            sheet.hidden_columns.append((column, column))
    shown: dict[tuple[float, int], str] = {}
    for row in range(found.nrows):
        for column, cell in enumerate(found.row(row)):
            kind, value, style = cell.ctype, cell.value, cell.xf_index
            if kind == xlrd.XL_CELL_EMPTY:
                continue
            text = ""
            if kind == xlrd.XL_CELL_TEXT:
                code = codes[style] if style < len(codes) else "General"
                text = value.replace("\r\n", "\n").replace("\r", "\n")
                text = render_text(text, code) if "@" in code else text
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                key = (value, style)
                if key not in shown:
                    shown[key] = render(value, codes[style] if style < len(codes) else "General", date1904)
                text = shown[key]
            elif kind == xlrd.XL_CELL_BOOLEAN:
                text = "TRUE" if value else "FALSE"
            elif kind == xlrd.XL_CELL_ERROR:
                text = _ERRORS.get(int(value), "#N/A")
            if text:
                budget.spend()
            sheet.add(row, column, text)
