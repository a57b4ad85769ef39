"""OpenDocument spreadsheets (.ods): the paragraphs of a cell are its shown text."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import BinaryIO

from perfgoals_lint.model import Location, Part, Source, cell_name
from perfgoals_lint.readers.limits import PICTURES_ONLY, Limits, over
from perfgoals_lint.readers.odf import page_headers, parts_in, refuse_encrypted
from perfgoals_lint.readers.package import Element, Package, iterate_xml, local_name, parse_xml, whole_number
from perfgoals_lint.readers.report import add_sheet, note
from perfgoals_lint.readers.sheet import CellBudget, Sheet
from perfgoals_lint.readers.xlsx_parts import MOST_PARTS

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TAGS = ("style", "table-column", "table-row", "shapes", "table")
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


def read_ods(package: Package, path: str, limits: Limits) -> Source:
    """All sheets in order. Raises ``ReadError`` when the file is encrypted or broken."""
    refuse_encrypted(package)
    source = Source(path, "ods")
    _read_sheets(iterate_xml(package.read("content.xml"), _TAGS), source, limits)
    if "styles.xml" in package:
        source.parts += page_headers(package.parse("styles.xml"), path)
    return source


def read_fods(stream: BinaryIO, path: str, limits: Limits, password: str | None = None) -> Source:
    """The same from a flat file, which is the package as one XML document."""
    data = stream.read()
    source = Source(path, "fods")
    _read_sheets(iterate_xml(data, _TAGS), source, limits)
    source.parts += page_headers(parse_xml(data), path)
    return source


def _read_sheets(elements: Iterable[Element], source: Source, limits: Limits) -> None:
    path = source.path
    budget = CellBudget(limits)
    hidden_styles: set[str] = set()
    sheet = Sheet("")
    row_at = column_at = 0
    sheets = 0
    pending: list[Part] = []
    """Parts of the sheet that is being read, whose name comes at its end."""
    for element in elements:
        tag = local_name(element)
        if tag == "style":
            properties = element.find(f"{_STYLE}table-properties")
            if properties is not None and properties.get(f"{_TABLE}display") == "false":
                hidden_styles.add(element.get(f"{_STYLE}name", ""))
        elif tag == "table-column":
            times = repeated(element, "columns", _LAST_COLUMN + 1)
            if _is_hidden(element):
                sheet.hidden_columns.append((column_at, column_at + times - 1))
            column_at += times
        elif tag == "table-row":
            times = repeated(element, "rows", _LAST_ROW + 1)
            _read_row(element, row_at, times, sheet, budget)
            pending += _parts(element, row_at, path)
            row_at += times
        elif tag == "shapes":
            pending += parts_in(element, Location(path))
        else:
            sheets += 1
            if sheets > limits.sheets:
                raise over("sheets", sheets, limits.sheets)
            for part in pending:
                part.location = replace(part.location, sheet=element.get(f"{_TABLE}name", ""))
            sheet.parts, pending = pending, []
            sheet.name = element.get(f"{_TABLE}name", "")
            sheet.hidden = element.get(f"{_TABLE}style-name") in hidden_styles
            add_sheet(source, sheet, limits)
            sheet, row_at, column_at = Sheet(""), 0, 0
    if not source.blocks and any(part.what == "picture" for part in source.parts):
        note(source, PICTURES_ONLY)


def _parts(row: Element, row_at: int, path: str) -> Iterator[Part]:
    """What lies on the cells of a row beside their text."""
    column_at = 0
    for cell in row:
        if local_name(cell) not in ("table-cell", "covered-table-cell"):
            continue
        if any(child.tag != f"{_TEXT}p" or len(child) for child in cell):
            place = Location(path, cell=cell_name(row_at, column_at))
            yield from islice(parts_in(cell, place), MOST_PARTS)
        column_at += repeated(cell, "columns", _LAST_COLUMN + 1)


def repeated(element: Element, what: str, most: int) -> int:
    """How often a row or column (``rows``, ``columns``) stands for itself."""
    return count(element.get(f"{_TABLE}number-{what}-repeated"), most)


def count(text: str | None, most: int) -> int:
    """A number of an attribute, from 1 to ``most``."""
    return max(1, whole_number(text, 1, most))


def _is_hidden(element: Element) -> bool:
    return element.get(f"{_TABLE}visibility", "visible") != "visible"


def _read_row(row: Element, row_at: int, times: int, sheet: Sheet, budget: CellBudget) -> None:
    if row_at > _LAST_ROW:
        return
    if _is_hidden(row):
        sheet.hidden_rows.append((row_at, row_at + times - 1))
    column_at = 0
    for cell in row:
        name = local_name(cell)
        if name not in ("table-cell", "covered-table-cell"):
            continue
        repeat = repeated(cell, "columns", _LAST_COLUMN + 1)
        text = "\n".join(paragraph(child) for child in cell if child.tag == f"{_TEXT}p")
        down = count(cell.get(f"{_TABLE}number-rows-spanned"), _LAST_ROW + 1)
        across = count(cell.get(f"{_TABLE}number-columns-spanned"), _LAST_COLUMN + 1)
        if name == "table-cell" and (down > 1 or across > 1):
            sheet.merges.append((row_at, column_at, row_at + down - 1, column_at + across - 1))
        if text:
            budget.spend(repeat * times)
            for below in range(row_at, row_at + times):
                for right in range(column_at, column_at + repeat):
                    sheet.add(below, right, text)
        elif times == 1 and repeat <= 64:
            for right in range(column_at, column_at + repeat):
                sheet.add(row_at, right, "")
        if not text and cell.get(f"{_TABLE}formula") and cell.get(f"{_OFFICE}value-type") is None:
            sheet.formulas_without_value.append((row_at, column_at))
        column_at += repeat
        if column_at > _LAST_COLUMN:
            return


def paragraph(element: Element) -> str:
    """The text of a paragraph or a span in it, with its coded blanks, tabs and line breaks; without comments."""
    parts = [element.text or ""]
    for child in element:
        name = local_name(child)
        if name == "s":
            parts.append(" " * count(child.get(f"{_TEXT}c"), 1000))
        elif name == "tab":
            parts.append("\t")
        elif name == "line-break":
            parts.append("\n")
        elif name in ("span", "a"):
            parts.append(paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
