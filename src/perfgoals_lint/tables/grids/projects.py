"""Lists of one project a row, the indicators as a numbered list in the last cell, as grids.

Such text comes from text recognition or from dumps: blank columns vanish page by page, a goal and its list may share a
cell, a row may be split at a page end.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from operator import itemgetter

from perfgoals_lint.model import Grid, Line, Location, Problem, TextBlock
from perfgoals_lint.rulebook.labels import is_level1, is_level2
from perfgoals_lint.tables.amounts import is_amount, is_nothing
from perfgoals_lint.tables.grids.sheet import cell_of
from perfgoals_lint.tables.items import first_item
from perfgoals_lint.tables.lists import (
    DEFAULT_COLUMNS,
    MONEY_FIELDS,
    ListColumn,
    column_field,
    is_furniture,
    is_grand,
)
from perfgoals_lint.tables.printed import unwrap
from perfgoals_lint.tables.reading import unsure
from perfgoals_lint.text import squeeze

Lines = list[tuple[str, Location]]
"""The lines of a cell with their places."""

_NARROW = frozenset({"project_name", "department", "unit", "project_code", "project_type", "project_level"})
_NEVER = 1000
_FORBIDDEN = 1_000_000
_SKIPPED = {"project_name": 60, "budget": 20, "fiscal": 4, "annual_goal": 2, "indicators": 2}


@dataclass(slots=True)
class Listed:
    """A list in the making: its columns, the cells of its header and rows by column, and the lines around it."""

    columns: list[ListColumn]
    header: dict[int, Lines] = field(default_factory=dict)
    rows: list[dict[int, Lines]] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_classes(self) -> bool:
        """Does the header have a column for each class of indicators, no column for a list of them all?"""
        texts = ("".join(text for text, _ in lines) for lines in self.header.values())
        return any(is_level1(text) or is_level2(text) for text in texts)

    def blocks(self, path: str) -> list[TextBlock | Grid]:
        """The lines above the list, its grid, and the lines that stand somewhere between or below its rows.

        Where no header is printed the columns are those that such lists have, named as the standard form names them.
        """
        header = self.header
        if not header:
            place = next(iter(self.rows[0].values()))[0][1]
            header = {index: [(name, place)] for index, name in enumerate(_NAMES)}
        rows = [header, *self.rows]
        width = max(max(row, default=0) for row in rows) + 1
        grid = Grid(path, [], len(rows), width, table=1)
        for number, row in enumerate(rows):
            grid.cells += [cell_of(number, column, lines) for column, lines in sorted(row.items())]
        texts = [TextBlock(lines) for lines in (self.above, self.others) if lines]
        return [*texts[: bool(self.above)], grid, *texts[bool(self.above) :]]

    def doubt(self, lines: Lines) -> None:
        """Say that the text does not tell in which columns the amounts of a row stand."""
        self.problems.append(unsure(lines[0][1], "".join(text for text, _ in lines)))


_NAMES = ("项目名称", "总计", "财政拨款", "财政专户拨款", "其他资金", "绩效目标", "绩效指标")
"""What the standard form calls the columns of a list that prints no header."""


def tabbed(lines: Sequence[Line]) -> Listed | None:
    """The list in lines whose cells are set apart by tabs; ``None`` where there is none."""
    if not any("\t" in line.text for line in lines):
        return None
    reader = _Tabbed()
    for line in lines:
        reader.take(line)
    listed = any(first_item(text) is not None for row in reader.raw for text in _texts(row))
    if not reader.raw or not listed:
        return None
    return reader.result()


_Placed = tuple[int, tuple[int | None, ...]]
"""The least cost of cells, and the column of each."""
_Raw = list[Lines]
"""The cells of one row, each with the lines that it stands on."""


def _texts(raw: _Raw) -> list[str]:
    """The text of every cell, its lines joined."""
    return ["".join(text for text, _ in lines) for lines in raw]


class _Tabbed:
    """Collects the rows line by line, then puts their cells under the columns."""

    def __init__(self) -> None:
        self.raw: list[_Raw] = []
        self.listed = Listed([])

    def take(self, line: Line) -> None:
        """Sort a line in: header, row, continuation of a row, or something around the table."""
        if not line.text.strip():
            return
        cells = list(_cells(line))
        texts = [text for text, _ in cells]
        columns = _header(texts)
        if columns:
            if self.listed.columns:
                self.listed.others.append(line)
                return
            self.listed.columns = columns
            self.listed.header = {
                n: [(unwrap(text, True), place)] for n, (text, place) in enumerate(cells) if text
            }
        elif _starts_row(texts):
            self.raw.append([[cell] for cell in _split_goal(cells)])
        elif not self.raw and not self.listed.columns:
            self.listed.above.append(line)
        elif is_furniture(line.text) or not self.raw or not self._continue(cells):
            self.listed.others.append(line)

    def _continue(self, cells: list[tuple[str, Location]]) -> bool:
        """A line without amounts belongs to the row above: cell by cell when it is blank in front, else to its end.

        Behind a list that has its final stop only more items can follow; other text stands below the table.
        """
        row = self.raw[-1]
        if not cells[0][0] and len(cells) == len(row):
            for own, cell in zip(row, cells, strict=True):
                if cell[0]:
                    own.append(cell)
            return True
        last = _texts(row)[-1]
        if (
            last.endswith("。")
            and first_item(last) is not None
            and first_item("\t".join(text for text, _ in cells)) is None
        ):
            return False
        for number, cell in enumerate(cell for cell in cells if cell[0]):
            if number == 0:
                row[-1].append(cell)
            else:
                row.append([cell])
        return True

    def result(self) -> Listed:
        """The list with every cell in its column."""
        listed = self.listed
        listed.columns = listed.columns or [ListColumn(name) for name in DEFAULT_COLUMNS]
        barred: frozenset[int] = frozenset()
        for raw in self.raw:
            row = self._row(raw, barred)
            listed.rows.append(row)
            name = "".join(text for text, _ in row.get(0, []))
            if not barred and is_grand(name) and len(raw) >= len(listed.columns):
                # A source without a grand total has no amount in any row.
                barred = frozenset(
                    i for i, column in enumerate(listed.columns) if column.is_money and i not in row
                )
        return listed

    def _row(self, raw: _Raw, barred: frozenset[int]) -> dict[int, Lines]:
        row: dict[int, Lines] = {}
        spare = len(self.listed.columns)
        for lines, index in zip(raw, self._places(_texts(raw), barred), strict=True):
            if not any(text for text, _ in lines):
                continue
            if index is None:
                index, spare = spare, spare + 1
            name = self.listed.columns[index].field if index < len(self.listed.columns) else ""
            if len(lines) == 1:
                lines = [(unwrap(lines[0][0], name in _NARROW), lines[0][1])]
            row[index] = lines
        return row

    def _places(self, texts: list[str], barred: frozenset[int]) -> list[int | None]:
        columns = self.listed.columns
        if len(texts) == len(columns) and all(
            is_amount(text) or is_nothing(text)
            for text, column in zip(texts, columns, strict=True)
            if column.is_money
        ):
            return list(range(len(texts)))  # every cell is printed, blank ones too

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

        return _align(texts, len(columns), cost, lambda index: _SKIPPED.get(columns[index].field, 1))


def _cells(line: Line) -> Iterator[tuple[str, Location]]:
    """The cells of a line and their places."""
    at = 0
    for part in line.text.split("\t"):
        lead = len(part) - len(part.lstrip())
        yield part.strip(), replace(line.location, column=at + lead + 1)
        at += len(part) + 1


def _header(cells: list[str]) -> list[ListColumn] | None:
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
        columns.append(ListColumn(name or "unknown", source))
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


def _split_goal(cells: list[tuple[str, Location]]) -> Iterator[tuple[str, Location]]:
    """Cells with a list that follows a goal in one cell set apart from it."""
    for text, place in cells:
        start = first_item(text)
        if start:
            yield text[:start].strip(), place
            place = replace(place, column=(place.column or 1) + start)
        yield text[start or 0 :], place


def _align(
    cells: Sequence[str],
    columns: int,
    cost: Callable[[str, int], int],
    skip: Callable[[int], int],
) -> list[int | None]:
    """The 0-based column of every cell, in order, so that the sum of costs is least; ``None`` for a cell left over.

    ``cost`` says how badly a cell fits a column, ``skip`` how bad it is that a column has no cell. A blank cell may
    be left over at a small price, one with text only when there are more such cells than columns.
    """
    best: dict[tuple[int, int], _Placed] = {}
    for i, j in product(range(len(cells) + 1), range(columns + 1)):
        options: list[_Placed] = [] if i or j else [(0, ())]
        if i and j:
            spent, found = best[i - 1, j - 1]
            options.append((spent + cost(cells[i - 1], j - 1), (*found, j - 1)))
        if j:
            spent, found = best[i, j - 1]
            options.append((spent + skip(j - 1), found))
        if i:
            spent, found = best[i - 1, j]
            options.append((spent + (_FORBIDDEN if cells[i - 1].strip() else 2), (*found, None)))
        best[i, j] = min(options, key=itemgetter(0))
    return list(best[len(cells), columns][1])
