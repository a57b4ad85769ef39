"""One project a row, cells set apart by tabs, the indicators as a numbered list in the last cell.

Such dumps come from text recognition of printed lists: blank columns vanish page by page, a goal and its list may
share a cell, a row may be split at a page end, and every line break inside a cell has become a blank.
"""

from __future__ import annotations

from decimal import Decimal

from perfgoals_lint.labels import squeeze
from perfgoals_lint.layouts.alignment import align
from perfgoals_lint.model import Document, Line, Source, TextBlock
from perfgoals_lint.tables.amounts import is_amount, is_nothing, yuan
from perfgoals_lint.tables.items import first_item
from perfgoals_lint.tables.lists import (
    DEFAULT_COLUMNS,
    MONEY_FIELDS,
    Assembled,
    Column,
    Frame,
    Row,
    assemble,
    column_field,
    is_furniture,
    is_grand,
    read_frame,
    without_page_numbers,
)
from perfgoals_lint.tables.printed import join, unwrap

NAME = "project-list"

_NARROW = frozenset({"project_name", "department", "unit", "project_code", "project_type", "project_level"})
_NEVER = 1000
_DASHES = "-—–－/ "


def recognise(source: Source) -> Document | None:
    """The tables of a tab-separated project list, ``None`` when the source holds none."""
    lines = [line for block in source.blocks if isinstance(block, TextBlock) for line in block.lines]
    if not any("\t" in line.text for line in lines):
        return None
    reader = _Reader()
    for line in without_page_numbers(lines):
        reader.take(line)
    if not reader.raw or not any(first_item(text) is not None for row in reader.raw for text, _ in row.cells):
        return None
    result = reader.result()
    return Document(source.path, source.format, NAME, result.tables, result.totals, problems=result.problems)


class _Raw:
    """The cells of one row, each with the line that it started on."""

    __slots__ = ("cells", "line")

    def __init__(self, line: Line, cells: list[str]) -> None:
        self.line = line
        self.cells = [(cell, [(cell, line.location)]) for cell in cells]

    def append(self, index: int, text: str, line: Line) -> None:
        """Continue a cell with text from a later line."""
        joined, pieces = self.cells[index]
        pieces.append((text, line.location))
        self.cells[index] = (joined + text, pieces)


class _Reader:
    """Collects the rows line by line, then puts their cells under the columns."""

    def __init__(self) -> None:
        self.raw: list[_Raw] = []
        self.columns: list[Column] = []
        self.frame = Frame()

    def take(self, line: Line) -> None:
        """Sort a line in: header, row, continuation of a row, or something around the table."""
        if not line.text.strip():
            return
        cells = [cell.strip() for cell in line.text.split("\t")]
        columns = _header(cells)
        if columns:
            self.columns = self.columns or columns
        elif _starts_row(cells):
            self.raw.append(_Raw(line, _split_goal(cells)))
        elif is_furniture(line.text) or not self.raw:
            read_frame([line], self.frame)
        else:
            self._continue(line, cells)

    def _continue(self, line: Line, cells: list[str]) -> None:
        """A line without amounts belongs to the row above: cell by cell when it is blank in front, else to its end.

        Behind a list that has its final stop only more items can follow; other text stands below the table.
        """
        row = self.raw[-1]
        if not cells[0] and len(cells) == len(row.cells):
            for index, cell in enumerate(cells):
                if cell:
                    row.append(index, cell, line)
            return
        last = row.cells[-1][0]
        if last.endswith("。") and first_item(last) is not None and first_item(line.text) is None:
            return
        for number, cell in enumerate(filter(None, cells)):
            if number == 0:
                row.append(len(row.cells) - 1, cell, line)
            else:
                row.cells.append((cell, [(cell, line.location)]))

    def result(self) -> Assembled:
        """The assembled tables and totals."""
        self.columns = self.columns or [Column(name) for name in DEFAULT_COLUMNS]
        barred: frozenset[int] = frozenset()
        rows = []
        for raw in self.raw:
            row = self._row(raw, barred)
            rows.append(row)
            if not barred and is_grand(row.name) and len(raw.cells) >= len(self.columns):
                # A source without a grand total has no amount in any row.
                barred = frozenset(
                    i for i, column in enumerate(self.columns) if column.is_money and i not in row.money
                )
        return assemble(rows, self.columns, self.frame)

    def _row(self, raw: _Raw, barred: frozenset[int]) -> Row:
        texts = [text for text, _ in raw.cells]
        row = Row(raw.line.location)
        for (text, pieces), index in zip(raw.cells, self._places(texts, barred), strict=True):
            if index is None or not text.strip(_DASHES):
                continue
            column = self.columns[index]
            if column.is_money:
                amount: Decimal | None = yuan(text, self.frame.factor)
                if amount is not None:
                    row.money[index] = amount
                continue
            narrow = column.field in _NARROW
            cleaned = join((piece, place) for piece, place in pieces)
            if len(pieces) == 1:
                cleaned = join([(unwrap(cleaned.text, narrow), pieces[0][1])])
            row.texts[column.field] = cleaned
        return row

    def _places(self, texts: list[str], barred: frozenset[int]) -> list[int | None]:
        columns = self.columns

        def cost(text: str, index: int) -> int:
            column = columns[index]
            if not text:
                return 0
            if column.is_money:
                return (10 if index in barred else 0) if is_amount(text) or is_nothing(text) else _NEVER
            if column.field == "indicators":
                return 0 if first_item(text) is not None else 30
            if first_item(text) is not None:
                return _NEVER
            return 50 if is_amount(text) else 0

        def skip(index: int) -> int:
            name = columns[index].field
            return {"project_name": 60, "budget": 20, "fiscal": 4, "annual_goal": 2, "indicators": 2}.get(
                name, 1
            )

        return align(texts, len(columns), cost, skip)


def _header(cells: list[str]) -> list[Column] | None:
    """The columns of a header line, ``None`` for any other line.

    A header that recognition spoiled in front of the first source of funds is the total's.
    """
    if len(cells) < 3 or any(len(cell) > 30 for cell in cells):
        return None
    fields = [column_field(cell) for cell in cells]
    if "project_name" not in fields or len([name for name in fields if name]) < 3:
        return None
    money = [index for index, name in enumerate(fields) if name in MONEY_FIELDS]
    if money and "budget" not in fields and fields[money[0] - 1] is None and money[0]:
        fields[money[0] - 1] = "budget"
    columns = []
    for index, (cell, name) in enumerate(zip(cells, fields, strict=True)):
        inside = money and money[0] < index <= money[-1] + 1
        source = squeeze(cell) if name is None and cell and inside else None
        columns.append(Column(name or "unknown", source))
    return columns


def _starts_row(cells: list[str]) -> bool:
    """Does a row start here: a text first, then an amount before any list?"""
    if not cells[0] or is_amount(cells[0]) or first_item(cells[0]) is not None:
        return False
    for cell in cells[1:]:
        if is_amount(cell):
            return True
        if first_item(cell) is not None:
            return False
    return False


def _split_goal(cells: list[str]) -> list[str]:
    """Cells with a list that follows a goal in one cell set apart from it."""
    result = []
    for cell in cells:
        start = first_item(cell)
        if start:
            result.append(cell[:start].strip())
        result.append(cell[start or 0 :])
    return result
