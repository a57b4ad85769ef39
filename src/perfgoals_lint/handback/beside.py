"""A workbook beside a file that cannot bear marks itself: its tables and lines as they were read, with the marks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from perfgoals_lint.fixes.office.parts import PackageParts
from perfgoals_lint.forms.writer import new_workbook
from perfgoals_lint.handback.entries import FindingEntry, PlaceMark
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.handback.xlsx.annotate import put
from perfgoals_lint.handback.xlsx.review_sheet import Answer
from perfgoals_lint.model import Grid, Location, Source, cell_name
from perfgoals_lint.readers.handed_back import MARK
from perfgoals_lint.rulebook.patterns import compiled

_FORBIDDEN = compiled(r"[\[\]:*?/\\]")
_MOST_ROWS = 1_048_575
_MOST_COLUMNS = 16_000
_LONGEST = 32_000
_WIDEST = 50


def beside(
    source: Source,
    marks: Sequence[PlaceMark],
    entries: Sequence[FindingEntry],
    words: HandbackWords,
    answers: Mapping[str, Answer] | None = None,
) -> bytes:
    """The workbook for a source; its sheets are marked as the tool's own, so that they are never checked."""
    made, places = _workbook(source, words)
    moved = [replace(mark, location=places[mark.location]) for mark in marks if mark.location in places]
    linked = [
        entry._replace(location=places.get(entry.location)) if entry.location else entry for entry in entries
    ]
    parts = PackageParts(made)
    put(parts, moved, linked, words, answers or {})
    return parts.save()


def _workbook(source: Source, words: HandbackWords) -> tuple[bytes, dict[Location, Location]]:
    """The sheets, and where every place of the source stands in them."""
    out = BytesIO()
    book = new_workbook(out)
    cell_format = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    names: set[str] = set()
    places: dict[Location, Location] = {}
    tables = 0
    lines: list[tuple[int, str, Location]] = []
    for block in source.blocks:
        if not isinstance(block, Grid):
            lines += [(line.location.line or 0, line.text, line.location) for line in block.lines]
            continue
        tables += 1
        name = _name(block.sheet or _table_name(block, tables, words), names)
        sheet = book.add_worksheet(name)
        widths: dict[int, int] = {}
        for cell in block.cells:
            if cell.row > _MOST_ROWS or cell.column > _MOST_COLUMNS:
                continue
            text = cell.text[:_LONGEST]
            last_row, last_column = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
            if (last_row, last_column) == (cell.row, cell.column):
                sheet.write_string(cell.row, cell.column, text, cell_format)
                widths[cell.column] = max(
                    widths.get(cell.column, 0), max(map(len, text.split("\n")), default=0)
                )
            else:
                sheet.merge_range(cell.row, cell.column, last_row, last_column, text, cell_format)
            places[block.locate(cell)] = Location("", sheet=name, cell=cell_name(cell.row, cell.column))
        for column, width in widths.items():
            sheet.set_column(column, column, min(max(2 * width + 2, 8), _WIDEST))
        _mark(sheet, block.columns)
    if lines:
        name = _name(words("table.text"), names)
        sheet = book.add_worksheet(name)
        sheet.set_column(0, 0, 120)
        used: dict[int, int] = {}
        for number, text, location in lines:
            row = min(max(number - 1, 0), _MOST_ROWS)
            column = used[row] = used.get(row, -1) + 1
            sheet.write_string(row, column, text[:_LONGEST], cell_format)
            places[location] = Location("", sheet=name, cell=cell_name(row, column))
            places.setdefault(replace(location, column=None), places[location])
        _mark(sheet, max(used.values()) + 1)
    if not names:
        _mark(book.add_worksheet(_name(words("table.text"), names)), 0)
    book.close()
    return out.getvalue(), places


def _mark(sheet: Any, column: int) -> None:
    """Mark a sheet as the tool's own, in a hidden column behind the table."""
    at = min(column, _MOST_COLUMNS) + 1
    sheet.write_string(0, at, MARK)
    sheet.set_column(at, at, None, None, {"hidden": True})


def _table_name(grid: Grid, number: int, words: HandbackWords) -> str:
    if grid.page is not None:
        return words("table.page", page=grid.page, n=number)
    return words("table.number", n=grid.table or number)


def _name(wanted: str, taken: set[str]) -> str:
    base = _FORBIDDEN.sub(" ", wanted).strip(" '")[:25] or "-"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base} {number}"
    taken.add(name.casefold())
    return name
