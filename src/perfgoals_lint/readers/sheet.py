"""A worksheet on its way to a ``Grid``: merges as rectangles, hidden rows and columns, limits on cells.

Shared by every spreadsheet reader. Nothing is expanded: a merge over a million rows costs one rectangle.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from perfgoals_lint.model import Cell, Grid, Location, Part, Problem, cell_name, column_letters
from perfgoals_lint.readers.limits import (
    FAINT,
    FORMULA_WITHOUT_VALUE,
    HIDDEN_COLUMNS,
    HIDDEN_ROWS,
    HIDDEN_SHEET,
    Limits,
    over,
)
from perfgoals_lint.rulebook.patterns import compiled

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of a rectangle, 0-based and inclusive."""

MOST_BLANKS = 50_000
_TALL_MERGE, _WIDE_MERGE = 4096, 256
"""Merges smaller than this are meant as they are; larger ones are whole rows or columns."""

_UNNAMED = compiled(r"Unnamed: \d+(?:_level_\d+)?")
_MISSING = frozenset({"NaN", "nan", "<NA>", "None", "NaT"})
_FEWEST = 2
"""Cells of a table that are printed as missing."""


def without_frame(grid: Grid) -> Grid:
    """The grid with blank cells for what data frames print for one: for a column without a name, and for a value that is
    missing where there is such a column, or several values are."""
    unnamed = [cell for cell in grid.cells if _UNNAMED.fullmatch(cell.text)]
    missing = [cell for cell in grid.cells if cell.text in _MISSING]
    if unnamed or len(missing) >= _FEWEST:
        for cell in (*unnamed, *missing):
            cell.text = ""
    return grid


@dataclass(slots=True)
class Sheet:
    """What a reader collects: shown texts by (row, column), merges, hidden ranges (first, last; inclusive)."""

    name: str
    hidden: bool = False
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    faint: list[tuple[int, int]] = field(default_factory=list)
    """Cells whose text is struck through, or white on no colour."""
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas_without_value: list[tuple[int, int]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    blanks: list[tuple[int, int]] = field(default_factory=list)
    """Cells that are there (bordered, say) but show nothing; sheets formatted to the last row stop at ``MOST_BLANKS``."""

    def add(self, row: int, column: int, text: str) -> None:
        """Note a cell and what it shows."""
        if text:
            self.texts[row, column] = text
        elif len(self.blanks) < MOST_BLANKS:
            self.blanks.append((row, column))


@dataclass(slots=True)
class CellBudget:
    """Counts cells over a whole file and refuses the file when there are too many."""

    limits: Limits
    used: int = 0

    def spend(self, count: int = 1) -> None:
        """Count cells. Raises ``ReadError`` when the file holds more than allowed."""
        self.used += count
        if self.used > self.limits.cells:
            raise over("cells", self.used, self.limits.cells)


def to_grid(sheet: Sheet, path: str) -> Grid:
    """The grid of a sheet down to its last row with text: cells, blank ones included, and merges.

    What a merge covers is not shown and left out; a merge that overlaps an earlier one is ignored. Merges of whole
    rows or columns are clipped to the range in use.
    """
    rows = 1 + max((row for row, _ in sheet.texts), default=-1)
    columns = 1 + max((column for _, column in sheet.texts), default=-1)
    for top, left, bottom, right in sheet.merges:
        if (top, left) in sheet.texts:
            rows = max(rows, bottom + 1) if bottom - top < _TALL_MERGE else rows
            columns = max(columns, right + 1) if right - left < _WIDE_MERGE else columns
    for row, column in sheet.blanks:
        if row < rows:
            sheet.texts.setdefault((row, column), "")
            columns = max(columns, column + 1)
    anchors, covered = _place_merges(sheet, rows, columns)
    hidden_rows = Ranges(sheet.hidden_rows)
    hidden_columns = Ranges(sheet.hidden_columns)
    cells: list[Cell] = []
    unknown = set(sheet.formulas_without_value)
    keys = sorted(set(sheet.texts) | set(anchors)) if anchors else sorted(sheet.texts)
    any_hidden = bool(sheet.hidden_rows or sheet.hidden_columns)
    for key in keys:
        if key in covered:
            continue
        row, column = key
        row_span, column_span = anchors.get(key, (1, 1))
        hidden = any_hidden and (
            hidden_rows.all(row, row + row_span - 1) or hidden_columns.all(column, column + column_span - 1)
        )
        cells.append(Cell(row, column, sheet.texts.get(key, ""), row_span, column_span, hidden=hidden))
        if key in unknown:
            cells[-1].unknown = True
    return Grid(path, cells, rows, columns, sheet=sheet.name, hidden=sheet.hidden)


def _place_merges(
    sheet: Sheet, rows: int, columns: int
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Spans by top-left cell, and the text cells that lie under a merge. One sweep over the rows; merges that are
    open in a row are disjoint, so their number never exceeds the columns in use."""
    merges = sorted({m for m in sheet.merges if m[0] < rows and m[1] < columns})
    if not merges:
        return {}, set()
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    by_row: dict[int, list[int]] = {}
    for row, column in sheet.texts:
        by_row.setdefault(row, []).append(column)
    stops = sorted({m[0] for m in merges} | set(by_row))
    active: list[tuple[int, int, int, int]] = []  # first column, last column, first row, last row
    at = 0
    for row in stops:
        active = [item for item in active if item[3] >= row]
        while at < len(merges) and merges[at][0] == row:
            top, left, bottom, right = merges[at]
            at += 1
            bottom, right = min(bottom, rows - 1), min(right, columns - 1)
            where = bisect_left(active, (left,))
            if (where < len(active) and active[where][0] <= right) or (
                where and active[where - 1][1] >= left
            ):
                continue
            insort(active, (left, right, top, bottom))
            anchors[top, left] = (bottom - top + 1, right - left + 1)
        for column in by_row.get(row, ()):
            where = bisect_left(active, (column + 1,)) - 1
            if (
                where >= 0
                and active[where][1] >= column
                and (active[where][2], active[where][0]) != (row, column)
            ):
                covered.add((row, column))
    return anchors, covered


class Ranges:
    """Inclusive ranges, joined, that tell whether a whole range lies inside one of them."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for first, last in sorted(ranges):
            if self.ends and first <= self.ends[-1] + 1:
                self.ends[-1] = max(self.ends[-1], last)
            else:
                self.starts.append(first)
                self.ends.append(last)

    def all(self, first: int, last: int) -> bool:
        """Whether one range holds everything from ``first`` to ``last``."""
        at = bisect_left(self.starts, first + 1) - 1
        return at >= 0 and self.ends[at] >= last

    def shown(self, below: int, name: Callable[[int], str]) -> str:
        """The ranges under ``below`` in words, each end by its ``name``: ``3-5, 9`` (rows) or ``C-E`` (columns)."""
        parts = []
        for first, last in zip(self.starts, self.ends, strict=True):
            if first >= below:
                break
            parts.append("-".join(dict.fromkeys((name(first), name(min(last, below - 1))))))
        return ", ".join(parts[:20]) + (" …" if len(parts) > 20 else "")


def sheet_problems(sheet: Sheet, grid: Grid, path: str) -> list[Problem]:
    """What a reader of the sheet must be told: hidden parts that were read, formulas without a stored value."""
    problems: list[Problem] = []
    place = Location(path, sheet=sheet.name)
    if sheet.hidden and grid.cells:
        problems.append(Problem(HIDDEN_SHEET, place, {"sheet": sheet.name}))
    rows = Ranges(sheet.hidden_rows).shown(grid.rows, lambda row: str(row + 1))
    if rows:
        problems.append(Problem(HIDDEN_ROWS, place, {"sheet": sheet.name, "rows": rows}))
    columns = Ranges(sheet.hidden_columns).shown(grid.columns, column_letters)
    if columns:
        problems.append(Problem(HIDDEN_COLUMNS, place, {"sheet": sheet.name, "columns": columns}))
    for code, found in ((FAINT, sheet.faint), (FORMULA_WITHOUT_VALUE, sheet.formulas_without_value)):
        if found:
            cells = [cell_name(row, column) for row, column in found]
            shown = ", ".join(cells[:10]) + (" …" if len(cells) > 10 else "")
            first = Location(path, sheet=sheet.name, cell=cells[0])
            problems.append(Problem(code, first, {"cells": shown, "count": str(len(cells))}))
    return problems
