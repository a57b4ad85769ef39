"""OpenDocument spreadsheets (.ods): the paragraphs of a cell are its shown text."""

from __future__ import annotations

from perfgoals_lint.model import Source
from perfgoals_lint.readers.limits import ENCRYPTED, PICTURES_ONLY, Limits, ReadError, over
from perfgoals_lint.readers.package import Element, Package, local_name
from perfgoals_lint.readers.report import add_sheet, note
from perfgoals_lint.readers.sheet import CellBudget, Sheet

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


def read_ods(package: Package, path: str, limits: Limits) -> Source:
    """All sheets in order. Raises ``ReadError`` when the file is encrypted or broken."""
    refuse_encrypted(package)
    source = Source(path, "ods")
    budget = CellBudget(limits)
    hidden_styles: set[str] = set()
    sheet = Sheet("")
    row_at = column_at = 0
    sheets = 0
    for element in package.iterate("content.xml", ("style", "table-column", "table-row", "table")):
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
            row_at += times
        else:
            sheets += 1
            if sheets > limits.sheets:
                raise over("sheets", sheets, limits.sheets)
            sheet.name = element.get(f"{_TABLE}name", "")
            sheet.hidden = element.get(f"{_TABLE}style-name") in hidden_styles
            add_sheet(source, sheet, limits)
            sheet, row_at, column_at = Sheet(""), 0, 0
    if not source.blocks and any(name.startswith("pictures/") for name in package.names()):
        note(source, PICTURES_ONLY)
    return source


def refuse_encrypted(package: Package) -> None:
    """Raise ``ReadError`` when the parts of an OpenDocument file are encrypted."""
    if "META-INF/manifest.xml" in package and b":encryption-data" in package.read("META-INF/manifest.xml"):
        raise ReadError(ENCRYPTED)


def repeated(element: Element, what: str, most: int) -> int:
    """How often a row or column (``rows``, ``columns``) stands for itself."""
    return count(element.get(f"{_TABLE}number-{what}-repeated"), most)


def count(text: str | None, most: int) -> int:
    """A number of an attribute, from 1 to ``most``."""
    return max(1, min(int(text[:9]), most)) if text and text.isascii() and text.isdigit() else 1


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
