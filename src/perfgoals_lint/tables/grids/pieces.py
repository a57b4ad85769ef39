"""A text dump as pieces: runs of characters between blanks and line ends, with what is known of the gaps.

Widths are in em: a wide character is 1, a narrow one (Latin, digit, ASCII punctuation) is 0.5.
"""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum, IntEnum
from itertools import pairwise
from typing import Any, NamedTuple

from perfgoals_lint.model import SOURCES, Cell, Grid, Line, Location
from perfgoals_lint.rulebook import labels
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.traditional import simplified
from perfgoals_lint.tables.grids.lines import part
from perfgoals_lint.tables.lists import NEXT_PAGE, bare_pages
from perfgoals_lint.tables.titles import is_aside
from perfgoals_lint.tables.words import without_stamp
from perfgoals_lint.text import squeeze, width_of

_PIECE = compiled(r"\S+")
PAGE = compiled(
    r"\s*(?:[-—－–]\s{0,3}\d{1,4}\s{0,3}[-—－–]|第\s{0,3}\d{1,4}\s{0,3}页[ ,，/]?(?:共\s{0,3}\d{1,4}\s{0,3}页)?"
    rf"|{NEXT_PAGE})\s*$"
)
"""A page number, or the mark of a table that goes on from one page to the next."""
_APART = 15
"""Lines of a page at the least."""
_SHORT = 6
_ON_TOP = 3
"""Lines of which one is the title of the first page."""
_COMPARED = compiled(r"[≥≤><=＞＜＝%％]")
_PROSE = 25
"""Characters of a cell that may go on behind a blank line."""
_LABELLED = compiled(r"([^:：]{4,12})[:：](?=.)")
_AMOUNT = compiled(r"([\u3400-\u9fff：:]{4,12}[(（][万亿]?元[)）])(\d[\d,.]*)")
"""The label of an amount that runs into it."""
_ITEM = compiled(r"[（(]?\d{1,2}[.、．)）]")
_SCRIPT_CHANGE = compiled(r"[A-Za-z0-9][ \u00a0]?[\u3400-\u9fff]")
_IN_SENTENCE = compiled(r"(?<![^\s，。；、])[^\s，。；、]*[，、；][^\s]*(?<![。；])")
"""Words without a blank that hold a comma, up to a blank inside of their sentence."""
_UNSPACED = compiled(r"[A-Za-z0-9](?=[\u3400-\u9fff])|[\u3400-\u9fff](?=[A-Za-z0-9])")
_ASCII_NEXT = compiled(r"[ \u00a0][A-Za-z0-9.,-]+[ \u00a0][\u3400-\u9fff]")
"""A number or a word that the sentence goes on behind: at the end of a line it may be a cell."""
_LINE_NUMBER = compiled(r"^\s*\d{1,3}\s")
_WORD = compiled(r"[A-Za-z]+|[0-9][0-9.,%]*|.", re.DOTALL)
CLOSING = frozenset("，。、；：！？）】〕》〉”’」』,.;:!?)]}%％")
OPENING = frozenset("（【〔《〈“‘「『([{")


class Gap(IntEnum):
    """What stands between a piece and the next one."""

    SOFT = 0  # a blank that the print puts between scripts or beside punctuation: says nothing
    BLANK = 1  # a blank inside a line: a cell ends
    LINE = 2  # a line end: a cell ends or runs on
    CELL = 3  # a tab or a bar: a cell ends for certain


class Piece(NamedTuple):
    """Characters ``start`` to ``end`` of line ``line`` (0-based, among the dump's lines), ``width`` in em; ``text`` is
    in simplified characters and without white space, which a cell may hold inside (产 出 指 标)."""

    text: str
    line: int
    start: int
    end: int
    width: float


def head_width(text: str) -> float:
    """The width, in em, of what cannot be parted from the begin of a text: a word, a number, a character with the
    closing punctuation behind it."""
    match = _WORD.match(text)
    if not match:
        return 0.0
    end = match.end()
    while end < len(text) and text[end] in CLOSING:
        end += 1
    return width_of(text[:end])


class Shape(Enum):
    """What sets the cells of a text apart."""

    BLANKS = "blanks"
    LINES = "cell-a-line"
    TABS = "tabs"
    BARS = "bars"


_CELLS = {Shape.LINES: compiled(r"\S(?:.*\S)?"), Shape.TABS: compiled(r"[^\t\s](?:[^\t]*[^\t\s])?"),
          Shape.BARS: compiled(r"(?:[^|\s\\]|\\.)(?:(?:[^|\\]|\\.)*(?:[^|\s\\]|\\.))?")}  # fmt: skip


def _pieces(line: str, shape: Shape) -> Iterator[tuple[int, int]]:
    """Where the pieces of a line begin and end; a box label with a colon is parted from the value behind it, but for a
    body's name with the place for its stamp, as stands above a form."""
    for match in _CELLS.get(shape, _PIECE).finditer(line):
        start, end = match.span()
        label = _LABELLED.match(match[0])
        behind = match[0][label.end() :] if label else ""
        if label and _is_label(label[1]) and without_stamp(behind) == behind.strip():
            yield start, start + label.end()
            start += label.end()
            start += len(line[start:end]) - len(line[start:end].lstrip())
        amount = _AMOUNT.fullmatch(line, start, end)
        if amount and labels.field_of(amount[1]) is not None:
            yield amount.span(1)
            start = amount.start(2)
        yield start, end


def _is_label(text: str) -> bool:
    """Is a text in front of a colon the label of a box? With a number in front it may be an indicator (1.完成时间：12月)."""
    field = labels.field_of(text)
    return field is not None and (not _ITEM.match(text) or field in SOURCES or field == "budget")


def of_pages(lines: Sequence[Line]) -> set[int]:
    """The lines that belong to a page and not to what it holds: page numbers, bare ones far apart too, running titles that
    stand beside several of them, and the money unit where it is printed again; a cell behind a tab is none."""
    texts = [line.text.strip() for line in lines]
    first: dict[str, int] = {}
    units = ((number, text) for number, text in enumerate(texts) if "单位" in text and is_aside(text))
    found = {number for number, text in units if first.setdefault(text, number) != number}
    found |= {number for number, text in enumerate(texts) if PAGE.match(text)}
    found |= bare_pages(lines, _APART)
    filled = [number for number, text in enumerate(texts) if text]
    beside: dict[str, set[int]] = {}
    for before, after in pairwise(filled):
        for number, other in ((before, after), (after, before)):
            if other in found and number not in found and "\t" not in lines[number].text:
                beside.setdefault(texts[number], set()).add(number)
    on_top = {texts[number] for number in filled[:_ON_TOP]}
    running = [
        numbers if len(numbers) > 1 else numbers - set(filled[:_ON_TOP])
        for text, numbers in beside.items()
        if (len(numbers) > 1 or text in on_top) and _is_running(text)
    ]
    return found.union(*running)


def _is_running(text: str) -> bool:
    """May a line that recurs beside page numbers be a running title?"""
    return (
        len(text) > _SHORT
        and not _COMPARED.search(text)
        and not any(labels.field_of(part) or labels.column_of(part) for part in text.split())
    )


class Dump:
    """Lines and their pieces; page numbers and running titles have none. ``shape`` says where a piece ends, ``whole_rows``
    that no row is more or less than a line; the pieces in ``free`` are in no cell."""

    def __init__(self, lines: Sequence[Line], shape: Shape = Shape.BLANKS) -> None:
        self.lines = lines
        self.shape = shape
        aside = of_pages(lines)
        self.pieces: list[Piece] = [
            Piece(
                squeeze(simplified(line.text[start:end])), number, start, end, width_of(line.text[start:end])
            )
            for number, line in enumerate(self.lines)
            if number not in aside
            for start, end in _pieces(line.text, shape)
        ]
        self.spaced = self._is_spaced()
        self.single = self._is_single()
        self.closed = shape is Shape.BARS and self._is_closed()
        self.whole_rows = False
        self.gaps = [self._gap(left, right) for left, right in pairwise(self.pieces)]
        self.gaps.append(Gap.LINE)
        self.begins = [True] + [gap == Gap.LINE for gap in self.gaps]
        lined = self.one_a_line and shape is not Shape.TABS
        self.blank_behind = self._blank_cells() if lined else Counter[int]()
        self.free = self._outside() if self.single and shape is Shape.TABS else self._behind_bars()
        self.labels: dict[tuple[object, ...], Any] = {}
        """What was found at its pieces, by what was asked (:mod:`perfgoals_lint.tables.grids.marks`)."""

    def _is_single(self) -> bool:
        """Does nearly every cell stand on a line of its own, behind a tab or in front of a bar?"""
        texts = [line.text for line in self.lines if line.text.strip()]
        if self.shape is Shape.TABS:
            return sum(text.startswith("\t") for text in texts) * 3 >= len(texts) * 2
        lines = {piece.line for piece in self.pieces}
        return self.shape is Shape.BARS and len(self.pieces) * 10 <= len(lines) * 12

    def _blank_cells(self) -> Counter[int]:
        """How many blank cells are printed behind a piece: where each cell has a line of its own, a line of white space, or
        of one bar, is one. None where such lines stand between most cells."""
        mark = "|" if self.shape is Shape.BARS else ""
        blank = [number for number, line in enumerate(self.lines) if line.text and line.text.strip() == mark]
        starts = [piece.line for piece in self.pieces]
        found = Counter(bisect(starts, number) - 1 for number in blank)
        del found[-1]
        return found if len(found) * 2 <= len(self.pieces) else Counter()

    def _is_closed(self) -> bool:
        """Does a bar end nearly every line with bars, so that only a cell without one goes on below?"""
        barred = [line.text.rstrip() for line in self.lines if "|" in line.text]
        return sum(text.endswith("|") for text in barred) * 10 >= len(barred) * 9

    def _outside(self) -> frozenset[int]:
        """The pieces of lines that are in no cell, where every cell begins with a tab: they go on with none."""
        free: set[int] = set()
        for index, piece in enumerate(self.pieces):
            if self.begins[index] and not self.lines[piece.line].text.startswith("\t"):
                goes_on = index and index - 1 not in free and self.runs_on(index)
                free |= set() if goes_on else {index}
            elif index - 1 in free and not self.begins[index]:
                free.add(index)
        return frozenset(free)

    def _behind_bars(self) -> frozenset[int]:
        """The pieces behind the last bar of a text whose cells end with one, on their own lines."""
        ended = [piece.line for piece in self.pieces if "|" in self.lines[piece.line].text]
        if not self.closed or len(ended) * 2 <= len(self.pieces):
            return frozenset()
        last = max(number for number, line in enumerate(self.lines) if "|" in line.text)
        return frozenset(index for index, piece in enumerate(self.pieces) if piece.line > last)

    @property
    def one_a_line(self) -> bool:
        """Is a line hardly ever more than one cell?"""
        return self.shape is Shape.LINES or self.single

    def runs_on(self, index: int) -> bool:
        """May the piece, the first of its line, go on with the cell above?"""
        line, before = self.pieces[index].line, self.pieces[index - 1]
        if self.shape is Shape.BARS:
            return "|" not in self.lines[before.line].text[before.end :] and not any(
                "|" in self.lines[number].text for number in range(before.line + 1, line)
            )
        apart = line > before.line + 1 and before.start and len(before.text) <= _PROSE
        return not apart and not self.lines[line].text.startswith("\t")

    @property
    def marks(self) -> str:
        """The characters that only set cells apart."""
        return " \t\u3000\xa0|" if self.shape is Shape.BARS else " \t\u3000\xa0"

    def bare(self, number: int) -> Line:
        """A line without the marks at its ends."""
        line = self.lines[number]
        return (
            Line(line.text.strip(self.marks), line.location)
            if self.shape in (Shape.BARS, Shape.TABS)
            else line
        )

    def _is_spaced(self) -> bool:
        """Does the print put a blank between Chinese and Latin characters as a matter of course?"""
        # Prose tells: in rows a number and its unit may be two cells.
        parts = [part for line in self.lines for part in _IN_SENTENCE.finditer(line.text)]
        inside = sum(len(_UNSPACED.findall(part[0])) for part in parts)
        beside = sum(_ASCII_NEXT.match(part.string, part.end()) is not None for part in parts)
        if inside or beside:
            return beside > inside
        texts = (_LINE_NUMBER.sub("", line.text) for line in self.lines)
        changes = [match for text in texts for match in _SCRIPT_CHANGE.findall(text)]
        return sum(len(change) == 3 for change in changes) * 2 > len(changes)

    def _gap(self, left: Piece, right: Piece) -> Gap:
        if left.line != right.line:
            return Gap.LINE
        if self.shape is not Shape.BLANKS:
            return Gap.CELL
        before, after = left.text[-1], right.text[0]
        if after in CLOSING or before in OPENING or before in "，、：；":
            return Gap.SOFT
        narrow = before.isascii() != after.isascii() and before != "。"
        return Gap.SOFT if self.spaced and narrow and right.start - left.end == 1 else Gap.BLANK

    def begins_cell(self, index: int) -> bool:
        """Does a cell begin with the piece for certain, the first of a line with tabs?"""
        text = self.lines[self.pieces[index].line].text
        return self.shape is Shape.TABS and self.begins[index] and "\t" in text

    def ends_line(self, index: int) -> bool:
        """Is the piece the last of its line?"""
        return self.gaps[index] == Gap.LINE

    def line_end(self, index: int, end: int) -> int:
        """Behind the last piece of the line of a piece, no further than ``end``."""
        while index < end and not self.ends_line(index):
            index += 1
        return min(index + 1, end)

    def groups(self, start: int, end: int) -> list[tuple[int, int]]:
        """The pieces ``start`` to ``end`` (exclusive) in groups with no more than soft blanks inside."""
        found: list[tuple[int, int]] = []
        first = start
        for index in range(start, end):
            if index + 1 == end or self.gaps[index] != Gap.SOFT:
                found.append((first, index + 1))
                first = index + 1
        return found

    def lines_of(self, start: int, end: int) -> Iterator[tuple[str, Location]]:
        """The printed lines of the pieces ``start`` to ``end`` (exclusive) with their places; blanks inside a line stay."""
        index = start
        while index < end:
            last = index
            while last + 1 < end and self.pieces[last + 1].line == self.pieces[index].line:
                last += 1
            piece = self.pieces[index]
            text = self.lines[piece.line].text[piece.start : self.pieces[last].end]
            yield text, self.place(piece)
            index = last + 1

    def place(self, piece: Piece) -> Location:
        """The place of a piece: its line and its first character."""
        return part(self.lines[piece.line], piece.start).location

    def squeezed(self, start: int, end: int) -> str:
        """The text of the pieces without any white space."""
        return "".join(piece.text for piece in self.pieces[start:end])

    def location(self, index: int) -> Location:
        """The place of the line in which a piece stands."""
        return self.lines[self.pieces[index].line].location


def _beside_and_row(row: list[Cell]) -> list[list[Cell]]:
    """The cells of a row, parted where the label of the whole table stands in front of the class of its first row."""
    texts = [squeeze(cell.text) for cell in row[:2]]
    beside = len(texts) > 1 and labels.is_level1(texts[1]) and labels.field_of(texts[0]) == "indicators"
    return [row[:1], row[1:]] if beside else [row]


class GridDump(Dump):
    """The rows of a grid without merged cells as lines whose cells are set apart by tabs; places are those of its cells."""

    def __init__(self, grid: Grid) -> None:
        printed: list[list[Cell]] = [[] for _ in range(grid.rows)]
        for cell in grid.cells:
            printed[cell.row].append(cell)
        rows = [part for row in printed for part in _beside_and_row(row)]
        lines = [
            Line(
                "\t".join(cell.text.strip().replace("\t", " ") for cell in row),
                grid.locate(row[0]) if row else Location(grid.path),
            )
            for row in rows
        ]
        super().__init__(lines, Shape.TABS)
        self._grid, self._rows = grid, rows
        self.whole_rows = True

    def lines_of(self, start: int, end: int) -> Iterator[tuple[str, Location]]:
        """The lines of the cells, each with the place of its cell."""
        for text, place in super().lines_of(start, end):
            yield from ((line, place) for line in text.splitlines() if line.strip())

    def place(self, piece: Piece) -> Location:
        """The place of the cell that a piece is."""
        number = self.lines[piece.line].text.count("\t", 0, piece.start)
        return self._grid.locate(self._rows[piece.line][number])
