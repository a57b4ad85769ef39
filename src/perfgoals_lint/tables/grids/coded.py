"""A project list dumped without cell marks: name and amounts on a line, the goal, then the numbered indicator list.

Lines break anywhere, blank columns leave nothing, and a long project name stands on lines of its own in front of its
amounts. What starts a row are its amounts; what starts the list is its first number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from perfgoals_lint.model import Line, Location
from perfgoals_lint.rulebook.patterns import any_of, compiled
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.amounts import is_amount, is_nothing, yuan
from perfgoals_lint.tables.grids.funding import place_funding
from perfgoals_lint.tables.grids.lines import part, words_of
from perfgoals_lint.tables.grids.projects import Lines, Listed
from perfgoals_lint.tables.items import end_of_list, first_item, last_item
from perfgoals_lint.tables.lists import (
    DEFAULT_COLUMNS,
    MONEY_FIELDS,
    ListColumn,
    ListRow,
    column_field,
    is_furniture,
)
from perfgoals_lint.tables.printed import Joined, join
from perfgoals_lint.text import squeeze

_SENTENCE_END = ("。", "；", ";", "！")
_PROSE = compiled(r"[。；;]|指标值|[：:，,、≥≤＞＜><=＝]$")
_LISTED = compiled(r"[:：；;]")
_PRECISE = compiled(r"\.\d{1,2}$|\d,\d{3}")
_FIRST = compiled(r"[（(]?1\D")
_INDENT = compiled(r"(?:[ \u3000]{2,}|\t)\S")
_BRACKETED = compiled(r"[（(][^（()）]*[)）]")
_NAME_LINES = 8
_NAME_LENGTH = 80


def coded(lines: Sequence[Line]) -> Listed | None:
    """The list in lines without marks between cells; ``None`` where there is none."""
    items = [line.text for line in lines if first_item(line.text) is not None]
    if not items or any("\t" in text.strip() for text in items):
        return None
    reader = _CodedReader(lines)
    listed = reader.read()
    return listed if any(reader.indicators in row for row in listed.rows) else None


@dataclass(slots=True)
class _OpenItem:
    """A row being collected: the lines of its name, its amounts as printed, and the lines below them."""

    place: Location
    name: list[Line]
    amounts: list[tuple[str, Location]]
    below: list[Line] = field(default_factory=list)


class _CodedReader:
    """Cuts the lines into rows at the lines that hold amounts."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = [line for line in lines if line.text.strip()]
        self.columns: list[ListColumn] = []
        self.opened: list[_OpenItem] = []

    @property
    def indicators(self) -> int:
        """The column of the indicator lists."""
        return self._index("indicators")

    def read(self) -> Listed:
        """The list, every cell in its column."""
        start, first = self._header()
        header = self.lines[first:start]
        above = {squeeze(line.text) for line in self.lines[:start]}
        listed = Listed(self.columns, _header_cells(header, self.columns), above=self.lines[:first])
        for line in self.lines[start:]:
            if squeeze(line.text) in above or is_furniture(line.text) or not self._take(line):
                listed.others.append(line)
        rows = [ListRow(opened.place, {"project_name": _joined(opened.name)}) for opened in self.opened]
        printed = [[text for text, _ in opened.amounts] for opened in self.opened]
        cells = [self._texts(opened) for opened in self.opened]
        for row, texts in zip(rows, cells, strict=True):
            row.texts |= {
                self.columns[index].field: join(lines)
                for index, lines in texts.items()
                if 0 < index < len(self.columns)
            }
        place_funding(rows, printed, self.columns, 1)
        for opened, row, texts in zip(self.opened, rows, cells, strict=True):
            texts |= _amounts(opened.amounts, row)
            listed.rows.append(texts)
            if row.uncertain:
                listed.doubt(texts.get(0) or opened.amounts)
        return listed

    def _index(self, name: str) -> int:
        return next((n for n, column in enumerate(self.columns) if column.field == name), len(self.columns))

    def _header(self) -> tuple[int, int]:
        """Find the columns; the index of the first line below the header and of its first line, 0 without a header."""
        self.columns = [ListColumn(name) for name in DEFAULT_COLUMNS]
        first = next(
            (i for i, line in enumerate(self.lines) if line.text.strip().startswith("项目名称")), None
        )
        if first is None:
            return 0, 0
        end = first + 1
        while end < len(self.lines) and end < first + _NAME_LINES and self._split(self.lines[end]) is None:
            end += 1
        text = squeeze(_BRACKETED.sub("", "".join(squeeze(line.text) for line in self.lines[first:end])))
        fields = [name for match in _labels().finditer(text) if (name := column_field(match[0]))]
        if any(name in MONEY_FIELDS for name in fields):
            self.columns = [ListColumn(name) for name in fields]
        return end, first

    def _split(self, line: Line) -> tuple[str, list[tuple[str, Location]], Line] | None:
        """Name, printed amounts and the text behind them, when a row starts on this line."""
        text = line.text
        tokens = list(re.finditer(r"\S+", text))
        allowed = sum(column.is_money for column in self.columns)
        fewest = min(allowed, 2)  # a total is never printed without its source
        first = next((i for i, token in enumerate(tokens) if is_amount(token[0])), None)
        while first is not None:
            end = first
            while end < len(tokens) and (is_amount(tokens[end][0]) or is_nothing(tokens[end][0])):
                end += 1
            amounts = [(token[0], part(line, token.start()).location) for token in tokens[first:end]]
            name = text[: tokens[first].start()].strip()
            rest = text[tokens[end - 1].end() :].strip()
            if fewest <= len(amounts) <= allowed and self._is_row(name, [text for text, _ in amounts], rest):
                behind = tokens[end].start() if end < len(tokens) else len(text)
                return name, amounts, Line(rest, part(line, behind).location)
            first = next((i for i in range(end, len(tokens)) if is_amount(tokens[i][0])), None)
        return None

    def _is_row(self, name: str, amounts: list[str], rest: str) -> bool:
        """Are these numbers the amounts of a row, not figures inside a sentence?

        Amounts are printed to the cent or in thousands groups, or they add up; a single plain integer is neither.
        """
        if len(name) > _NAME_LENGTH or _PROSE.search(name):
            return False
        values = [amount for text in amounts if (amount := yuan(text, 1)) is not None]
        precise = all(_PRECISE.search(text) for text in amounts if is_amount(text))
        if len(values) < 2:
            at = first_item(rest)
            return precise and not rest if at is None else _FIRST.match(rest, at) is not None
        return max(values) == values[0] and (precise or sum(values[1:], Decimal(0)) == values[0])

    def _take(self, line: Line) -> bool:
        """Take a line into the list; ``False`` for one above its first row."""
        split = self._split(line)
        if split is None:
            if self.opened:
                self.opened[-1].below.append(line)
            return bool(self.opened)
        name, amounts, rest = split
        before = self._name_above(line, name)
        own = Line(name, part(line, len(line.text) - len(line.text.lstrip())).location)
        lines = [*before, own] if name else before
        self.opened.append(_OpenItem((lines or [line])[0].location, lines, amounts))
        if rest.text:
            self.opened[-1].below.append(rest)
        return True

    def _name_above(self, line: Line, name: str) -> list[Line]:
        """Take the lines back from the row above that are the first part of this row's name.

        A name starts at an indented line where names are indented, else behind the last line of the list above.
        """
        if not self.opened or (name and _INDENT.match(line.text)):
            return []
        below = self.opened[-1].below
        listed = any(first_item(piece.text) is not None for piece in below)
        closed = 0
        for index, piece in enumerate(below):
            if piece.text.rstrip().endswith(_SENTENCE_END) or (listed and _LISTED.search(piece.text)):
                closed = index + 1
        start = max(closed, len(below) - _NAME_LINES)
        indented = next(
            (i for i in range(len(below) - 1, start - 1, -1) if _INDENT.match(below[i].text)), None
        )
        if indented is not None:
            start = indented
        elif name and not self._ended(below, listed, closed):
            return []
        taken = below[start:]
        del below[start:]
        return taken

    def _ended(self, below: list[Line], listed: bool, closed: int) -> bool:
        """Is the row above over before these lines: its list has its final stop, or it is a sub-total without any?"""
        if listed:
            return closed > 0 and below[closed - 1].text.rstrip().endswith("。")
        return not closed and len(below) <= _NAME_LINES

    def _texts(self, opened: _OpenItem) -> dict[int, Lines]:
        """The cells of a row that hold no amounts, by column."""
        cells = self._name_cells(_joined(opened.name))
        joined = _joined(opened.below)
        start = first_item(joined.text)
        goal, listed = self._index("annual_goal"), self.indicators
        if start is None:
            cells[goal] = _lines(joined, 0, None)
        elif self._goal_last():
            end = end_of_list(joined.text)
            cells[goal], cells[listed] = _lines(joined, end, None), _lines(joined, start, end)
        else:
            end = _end_of_row(joined)
            cells[goal], cells[listed] = _lines(joined, 0, start), _lines(joined, start, end)
            cells[len(self.columns) + 1] = _lines(joined, end, None)
        return {column: lines for column, lines in cells.items() if lines}

    def _name_cells(self, name: Joined) -> dict[int, Lines]:
        """Set apart the cells printed between name and amounts: as many last words as there are such columns."""
        fields = [column.field for column in self.columns]
        at = fields.index("project_name") if "project_name" in fields else 0
        money = next((index for index, column in enumerate(self.columns) if column.is_money), at + 1)
        between = list(range(at + 1, money))
        words = list(re.finditer(r"\S+", name.text))
        if not between or len(words) <= len(between):
            return {at: _lines(name, 0, None)}
        cells = {at: _lines(name, 0, words[-len(between) - 1].end())}
        for column, word in zip(reversed(between), reversed(words), strict=False):
            cells[column] = _lines(name, word.start(), word.end())
        return cells

    def _goal_last(self) -> bool:
        fields = [column.field for column in self.columns]
        return "annual_goal" in fields and "indicators" in fields[: fields.index("annual_goal")]


def _end_of_row(joined: Joined) -> int:
    """Where the list ends: at the first line that ends the last item, when more than one line stands behind it."""
    last = last_item(joined.text)
    ends = [start for start in joined.starts if start > last and joined.text[start - 1] == "。"]
    if ends and sum(start >= ends[0] for start in joined.starts) > 1:
        return ends[0]
    return len(joined.text)


@cache
def _labels() -> re.Pattern[str]:
    names = [name for names in framework_data("fields")["fields"].values() for name in names]
    return compiled(any_of(names))


def _joined(lines: list[Line]) -> Joined:
    printed = (part(line, len(line.text) - len(line.text.lstrip())) for line in lines)
    return join((line.text, line.location) for line in printed)


def _lines(joined: Joined, start: int, end: int | None) -> Lines:
    """The printed lines of a part of running text."""
    stop = len(joined.text) if end is None else end
    bounds = [*joined.starts, len(joined.text)]
    found: Lines = []
    for first, last, place in zip(joined.starts, bounds[1:], joined.places, strict=True):
        low, high = max(first, start), min(last, stop)
        text = joined.text[low:high].strip()
        if low < high and text:
            found.append((text, replace(place, column=(place.column or 1) + low - first)))
    return found


def _amounts(printed: list[tuple[str, Location]], row: ListRow) -> dict[int, Lines]:
    """The amounts of a row as printed, each in the column that its sum was placed in."""
    left = dict(sorted(row.money.items()))
    cells: dict[int, Lines] = {}
    for text, place in printed:
        column = next((index for index, amount in left.items() if amount == yuan(text, 1)), None)
        if column is not None:
            del left[column]
            cells[column] = [(text, place)]
    return cells


def _header_cells(lines: list[Line], columns: list[ListColumn]) -> dict[int, Lines]:
    """The header's cells: its words where there are as many as columns, else the names that it was read as."""
    words = [(word.text, word.location) for line in lines for word in words_of(line)]
    if len(words) == len(columns):
        return {index: [word] for index, word in enumerate(words)}
    if not lines:
        return {}
    text = squeeze(_BRACKETED.sub("", "".join(squeeze(line.text) for line in lines)))
    names = [match[0] for match in _labels().finditer(text) if column_field(match[0])]
    return {index: [(name, lines[0].location)] for index, name in enumerate(names[: len(columns)])}
