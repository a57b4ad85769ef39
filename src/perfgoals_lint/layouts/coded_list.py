"""A project list dumped without cell marks: name and amounts on a line, the goal, then the numbered indicator list.

Lines break anywhere, blank columns leave nothing, and a long project name stands on lines of its own in front of its
amounts. What starts a row are its amounts; what starts the list is its first number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from perfgoals_lint.labels import squeeze
from perfgoals_lint.layouts.funding import place_funding
from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.policy import framework_data
from perfgoals_lint.tables.amounts import is_amount, is_nothing, yuan
from perfgoals_lint.tables.items import end_of_list, first_item, last_item
from perfgoals_lint.tables.lists import (
    DEFAULT_COLUMNS,
    MONEY_FIELDS,
    Column,
    Frame,
    Row,
    assemble,
    column_field,
    is_furniture,
    read_frame,
    without_page_numbers,
)
from perfgoals_lint.tables.printed import Joined, join

NAME = "coded-list"

_SENTENCE_END = ("。", "；", ";", "！")
_PROSE = re.compile(r"[。；;]|指标值|[：:，,、≥≤＞＜><=＝]$")
_LISTED = re.compile(r"[:：；;]")
_PRECISE = re.compile(r"\.\d{1,2}$|\d,\d{3}")
_INDENT = re.compile(r"(?:[ \u3000]{2,}|\t)\S")
_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_NAME_LINES = 8
_NAME_LENGTH = 80


def recognise(source: Source) -> Document | None:
    """The tables of a project list without cell marks, ``None`` when the source holds none."""
    lines = [line for block in source.blocks if isinstance(block, TextBlock) for line in block.lines]
    listed = [line.text for line in lines if first_item(line.text) is not None]
    if not listed or any("\t" in text.strip() for text in listed):
        return None
    reader = _Reader(without_page_numbers(lines))
    rows = reader.rows()
    if not any("indicators" in row.texts for row in rows):
        return None
    result = assemble(rows, reader.columns, reader.frame)
    return Document(source.path, source.format, NAME, result.tables, result.totals, problems=result.problems)


@dataclass(slots=True)
class _Open:
    """A row being collected: the lines of its name, its amounts as printed, and the lines below them."""

    place: Location
    name: list[Line]
    amounts: list[str]
    below: list[Line] = field(default_factory=list)


class _Reader:
    """Cuts the lines into rows at the lines that hold amounts."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = [line for line in lines if line.text.strip()]
        self.frame = Frame()
        self.columns: list[Column] = []
        self.opened: list[_Open] = []

    def rows(self) -> list[Row]:
        """The rows in order; sets ``columns`` and ``frame``."""
        start = self._header()
        above = {squeeze(line.text) for line in self.lines[:start]}
        read_frame(self.lines[:start], self.frame)
        for line in self.lines[start:]:
            if squeeze(line.text) not in above and not is_furniture(line.text):
                self._take(line)
        rows = [self._row(opened) for opened in self.opened]
        place_funding(rows, [opened.amounts for opened in self.opened], self.columns, self.frame.factor)
        return rows

    def _header(self) -> int:
        """Find the columns; the index of the first line below the header, 0 when no header is printed."""
        self.columns = [Column(name) for name in DEFAULT_COLUMNS]
        first = next(
            (i for i, line in enumerate(self.lines) if line.text.strip().startswith("项目名称")), None
        )
        if first is None:
            return 0
        end = first + 1
        while (
            end < len(self.lines) and end < first + _NAME_LINES and self._split(self.lines[end].text) is None
        ):
            end += 1
        text = squeeze(_BRACKETED.sub("", "".join(squeeze(line.text) for line in self.lines[first:end])))
        fields = [name for match in _labels().finditer(text) if (name := column_field(match[0]))]
        if any(name in MONEY_FIELDS for name in fields):
            self.columns = [Column(name) for name in fields]
        return end

    def _split(self, text: str) -> tuple[str, list[str], str] | None:
        """Name, printed amounts and the text behind them, when a row starts on this line."""
        tokens = list(re.finditer(r"\S+", text))
        allowed = sum(column.is_money for column in self.columns)
        fewest = min(allowed, 2)  # a total is never printed without its source
        first = next((i for i, token in enumerate(tokens) if is_amount(token[0])), None)
        while first is not None:
            end = first
            while end < len(tokens) and (is_amount(tokens[end][0]) or is_nothing(tokens[end][0])):
                end += 1
            amounts = [token[0] for token in tokens[first:end]]
            name = text[: tokens[first].start()].strip()
            rest = text[tokens[end - 1].end() :].strip()
            if fewest <= len(amounts) <= allowed and self._is_row(name, amounts, rest):
                return name, amounts, rest
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
            return precise and not rest
        return max(values) == values[0] and (precise or sum(values[1:], Decimal(0)) == values[0])

    def _take(self, line: Line) -> None:
        split = self._split(line.text)
        if split is None:
            if self.opened:
                self.opened[-1].below.append(line)
            return
        name, amounts, rest = split
        before = self._name_above(line, name)
        lines = [*before, Line(name, line.location)] if name else before
        self.opened.append(_Open((lines or [line])[0].location, lines, amounts))
        if rest:
            self.opened[-1].below.append(Line(rest, line.location))

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

    def _row(self, opened: _Open) -> Row:
        row = Row(opened.place, {"project_name": join((line.text, line.location) for line in opened.name)})
        self._split_name(row)
        joined = join((line.text, line.location) for line in opened.below)
        start = first_item(joined.text)
        if start is None:
            goal, listed = joined, None
        elif self._goal_last():
            end = end_of_list(joined.text)
            goal, listed = joined.part(end), joined.part(start, end)
        else:
            goal, listed = joined.part(0, start), joined.part(start, _end_of_row(joined))
        if goal.text.strip():
            row.texts["annual_goal"] = goal
        if listed is not None:
            row.texts["indicators"] = listed
        return row

    def _split_name(self, row: Row) -> None:
        """Set apart the cells printed between name and amounts: as many last words as there are such columns."""
        fields = [column.field for column in self.columns]
        money = next(index for index, column in enumerate(self.columns) if column.is_money)
        between = fields[fields.index("project_name") + 1 : money] if "project_name" in fields[:money] else []
        name = row.texts["project_name"]
        words = list(re.finditer(r"\S+", name.text))
        if not between or len(words) <= len(between):
            return
        for column, word in zip(reversed(between), reversed(words), strict=False):
            row.texts[column] = name.part(word.start(), word.end())
        row.texts["project_name"] = name.part(0, words[-len(between) - 1].end())

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
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
