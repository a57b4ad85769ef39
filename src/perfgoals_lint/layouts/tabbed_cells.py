"""Cells of a word-processor form dumped as text: a tab starts a cell, a blank line ends a row or a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from perfgoals_lint.labels import column_of, is_level1, is_level2
from perfgoals_lint.layouts.alignment import align
from perfgoals_lint.model import Line, Location
from perfgoals_lint.tables.lists import is_furniture
from perfgoals_lint.tables.printed import Joined, join

_BOOKMARK = re.compile(r"\s?\[bookmark: [^\]\n]{0,200}\]")
_TITLE = re.compile(r"绩效.{0,12}表\s?(?:[（(].{1,20}[)）])?$")
_TITLE_LENGTH = 120
_PROSE = 25
_CLASSES = (("level1", is_level1), ("level2", is_level2))
BESIDE = "beside"
"""The column in which the label of the whole table stands (绩效指标)."""
_SKIP = {"level1": 0, "level3": 4, "annual_value": 3}


@dataclass(slots=True)
class Cell:
    """One cell as printed: its lines with their places. ``title`` marks a heading between two tables, ``free`` other
    text that is in no cell, ``ends`` that a row or paragraph ends behind the cell."""

    lines: list[tuple[str, Location]]
    title: bool = False
    free: bool = False
    ends: bool = False

    @property
    def text(self) -> str:
        """The cell's text with line breaks joined."""
        return self.joined.text

    @property
    def joined(self) -> Joined:
        return join(self.lines)

    @property
    def place(self) -> Location:
        return self.lines[0][1]


def read_cells(lines: list[Line]) -> list[Cell]:
    """The cells of tab-separated lines in order; a line without a tab continues the cell above it."""
    indented = _is_indented(lines)
    cells: list[Cell] = []
    for line in lines:
        text = _BOOKMARK.sub("", line.text)
        marked = len(text) != len(line.text)
        if "\t" in text:
            parts = text.split("\t")
            if indented and not parts[0].strip():
                del parts[0]
            cells += [Cell([(part, line.location)]) for part in parts]
            cells[-1].ends = len(parts) > 1
        elif not text.strip():
            if cells:
                cells[-1].ends = True
        elif marked or is_title(text):
            cells.append(Cell([(text, line.location)], title=True, ends=True))
        elif is_furniture(text) or (text.strip().isdecimal() and cells and cells[-1].ends):
            continue
        elif cells and _goes_on(cells[-1]):
            cells[-1].lines.append((text, line.location))
            cells[-1].ends = False
        else:
            cells.append(Cell([(text, line.location)], free=True, ends=True))
    return cells


def _goes_on(cell: Cell) -> bool:
    """Can a line without a tab continue this cell? Behind a blank line only where the cell holds prose."""
    if cell.title or cell.free:
        return False
    return not cell.ends or len(cell.lines) > 1 or len(cell.lines[0][0]) > _PROSE


def is_title(text: str) -> bool:
    """Is the line a heading such as ``…绩效目标表``?"""
    stripped = text.strip()
    return len(stripped) <= _TITLE_LENGTH and bool(_TITLE.search(stripped))


def _is_indented(lines: Iterable[Line]) -> bool:
    """Does every row begin with a tab? Not when a table header of several cells on one line begins without."""
    for line in lines:
        parts = line.text.split("\t")
        if sum(column_of(part) is not None for part in parts) >= 3:
            return not parts[0].strip()
    return True


def groups(cells: list[Cell]) -> list[list[Cell]]:
    """Cells up to a blank line or the end of a line of several cells."""
    result: list[list[Cell]] = [[]]
    for cell in cells:
        result[-1].append(cell)
        if cell.ends:
            result.append([])
    return [group for group in result if group]


def rows_of(found: list[list[Cell]], columns: list[str | None]) -> list[list[Cell | None]]:
    """Groups of cells put together to rows, one entry a column, ``None`` where no cell was printed.

    Where every cell was printed, blank ones too, rows are all of one length. Otherwise groups are rows or, as a cell
    may hold blank lines, parts of rows: they are put together when they fill a row exactly. A group of several rows
    is cut before its class labels.
    """
    width = len(columns)
    every = [cell for group in found for cell in group]
    parts = [every[start : start + width] for start in range(0, len(every), width)]
    if _in_step(parts, columns):
        return [_under(part, columns) for part in parts]
    rows: list[list[Cell | None]] = []
    index = 0
    while index < len(found):
        group = found[index]
        index += 1
        if len(group) > width:
            rows += [_under(part, columns) for part in _cut(group, columns)]
            continue
        end, size = index, len(group)
        while (
            size < width
            and end < len(found)
            and size + len(found[end]) <= width
            and not _opens(found[end][0])
        ):
            size += len(found[end])
            end += 1
        if size == width:
            group = [cell for part in found[index - 1 : end] for cell in part]
            index = end
        rows.append(_under(group, columns))
    return rows


def _opens(cell: Cell) -> bool:
    """Does a cell with this text begin a row?"""
    return not cell.text or is_level1(cell.text) or is_level2(cell.text)


def _in_step(parts: list[list[Cell]], columns: list[str | None]) -> bool:
    """Do all rows have their class labels, or blanks, under the class columns?"""
    tests = [(columns.index(name), test) for name, test in _CLASSES if name in columns]
    return all(
        index >= len(part) or not (text := part[index].text) or test(text) or text.endswith("指标")
        for part in parts
        for index, test in tests
    )


def _cut(group: list[Cell], columns: list[str | None]) -> list[list[Cell]]:
    """The rows of a group that holds several."""
    width = len(columns)
    parts = [group[start : start + width] for start in range(0, len(group), width)]
    if _in_step(parts, columns):
        return parts
    parts = [[]]
    labelled = False
    for cell in group:
        opens = is_level1(cell.text) or (is_level2(cell.text) and not labelled)
        if (opens and parts[-1]) or len(parts[-1]) >= width:
            parts.append([])
        labelled = is_level1(cell.text) or (labelled and not cell.text)
        parts[-1].append(cell)
    return parts


def _under(cells: list[Cell], columns: list[str | None]) -> list[Cell | None]:
    """The cells of a row under their columns."""
    row: list[Cell | None] = [None] * len(columns)
    if len(cells) == len(columns):
        row[:] = cells
        return row

    def cost(text: str, index: int) -> int:
        column = columns[index]
        if not text:  # a blank class is the one above; any other blank says no more than a missing cell
            return 0 if column in ("level1", "level2") else skip(index)
        if column == BESIDE:
            return 9
        if column == "level1":
            return 0 if is_level1(text) else 8
        if column == "level2":
            return 0 if is_level2(text) else 2 if text.endswith("指标") else 8
        return 5 if text.endswith("指标") and is_level2(text) else 0

    def skip(index: int) -> int:
        return _SKIP.get(columns[index] or "", 1)

    places = align([cell.text for cell in cells], len(columns), cost, skip)
    for cell, place in zip(cells, places, strict=True):
        if place is not None:
            row[place] = cell
    return row
