"""Word 97-2003 documents (.doc, .wps): tables with spans and nesting, paragraphs between them."""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import olefile

from perfgoals_lint.model import Cell, Grid, Line, Location, Source, TextBlock
from perfgoals_lint.readers.doc_format import (
    DEFINE_TABLE,
    DELETED,
    DEPTH,
    HIDDEN,
    IN_TABLE,
    INNER_CELL,
    INNER_ROW_END,
    MERGE,
    ROW_END,
    SYMBOL,
    VERTICAL_MERGE,
    WordFile,
    parse_word,
    properties,
)
from perfgoals_lint.readers.limits import (
    ENCRYPTED,
    HIDDEN_TEXT,
    PICTURES_ONLY,
    REVISIONS,
    Limits,
    ReadError,
)
from perfgoals_lint.readers.report import note
from perfgoals_lint.readers.sheet import CellBudget
from perfgoals_lint.readers.symbols import symbol

_MARKS = re.compile("[\r\x07\x0c]")
_SIGNS = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\xa0": " "}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\xa0]")
_SAME_EDGE = 30
"""Cell edges closer than this (in twentieths of a point) are one."""
_DEEPEST = 20


@dataclass(slots=True)
class _Entry:
    """A cell of a row as the row's definition gives it: edges, merge with the left, vertical merge."""

    left: int
    right: int
    merges_left: bool
    vertical: int


@dataclass(slots=True)
class _Row:
    cells: list[tuple[str, list[Grid]]] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)


@dataclass(slots=True)
class _Level:
    """A table that is being read at one depth of nesting."""

    rows: list[_Row] = field(default_factory=list)
    row: _Row = field(default_factory=_Row)
    lines: list[str] = field(default_factory=list)
    nested: list[Grid] = field(default_factory=list)
    number: int = 0


def read_doc(stream: BinaryIO, path: str, limits: Limits, password: str | None = None) -> Source:
    """Tables (one grid each, numbered from 1 in document order, nested ones included) and the lines between them."""
    raw = stream.read()
    try:
        word = _open(raw, limits)
    except ReadError as error:
        if error.code != ENCRYPTED or password is None:
            raise
        from perfgoals_lint.readers.crypto import decrypt

        word = _open(decrypt(io.BytesIO(raw), password), limits)
    return _Reader(word, path, limits).read()


def _open(raw: bytes, limits: Limits) -> WordFile:
    with olefile.OleFileIO(io.BytesIO(raw)) as container:
        streams = {}
        for entry in container.listdir():
            name = entry[0].lower()
            if len(entry) == 1 and name in ("worddocument", "0table", "1table", "data"):
                streams[name] = container.openstream(entry).read()
    return parse_word(streams.get("worddocument", b""), streams, streams.get("data", b""), limits)


class _Reader:
    """Walks the paragraphs and builds tables level by level."""

    def __init__(self, word: WordFile, path: str, limits: Limits) -> None:
        self._word = word
        self._path = path
        self._budget = CellBudget(limits)
        self._source = Source(path, "doc")
        self._levels: list[_Level] = []
        self._tables = 0
        self._count = 0
        self._in_instruction: list[bool] = []
        self._flags: set[str] = set()
        self._special = self._special_runs()

    def read(self) -> Source:
        """The whole document."""
        for text, mark, found in self._paragraphs():
            depth = min(int.from_bytes(found.get(DEPTH, b"")[:4], "little"), _DEEPEST)
            depth = max(depth, int(found.get(IN_TABLE, b"\0")[:1] == b"\1"))
            while len(self._levels) > depth:
                self._close()
            while len(self._levels) < depth:
                self._tables += 1
                self._levels.append(_Level(number=self._tables))
            if depth == 0:
                self._add_prose(text)
                continue
            level = self._levels[-1]
            inner = depth > 1
            if found.get(INNER_ROW_END if inner else ROW_END, b"\0")[:1] == b"\1":
                level.row.entries = _entries(found)
                level.rows.append(level.row)
                level.row = _Row()
                level.lines, level.nested = [], []
            elif found.get(INNER_CELL, b"\0")[:1] == b"\1" if inner else mark == "\x07":
                level.lines.append(text)
                level.row.cells.append(("\n".join(level.lines).strip("\n"), level.nested))
                self._budget.spend()
                level.lines, level.nested = [], []
            else:
                level.lines.append(text)
        while self._levels:
            self._close()
        if "picture" in self._flags and not self._source.blocks:
            note(self._source, PICTURES_ONLY)
        for flag, code in (("revision", REVISIONS), ("hidden", HIDDEN_TEXT)):
            if flag in self._flags:
                note(self._source, code)
        return self._source

    def _add_prose(self, text: str) -> None:
        for line in text.split("\n"):
            self._count += 1
            if not line.strip():
                continue
            blocks = self._source.blocks
            if not blocks or isinstance(blocks[-1], Grid):
                blocks.append(TextBlock([]))
            last = blocks[-1]
            if isinstance(last, TextBlock):
                last.lines.append(Line(line, Location(self._path, line=self._count)))

    def _close(self) -> None:
        level = self._levels.pop()
        if level.row.cells:
            level.rows.append(level.row)
        if not level.rows:
            for text in level.lines:
                self._add_prose(text)
            return
        grid = _grid(level, self._path)
        if self._levels:
            self._levels[-1].nested.append(grid)
        else:
            self._source.blocks.append(grid)

    def _paragraphs(self) -> Iterator[tuple[str, str, dict[int, bytes]]]:
        """Shown text, closing mark and properties of each paragraph."""
        text = self._word.text
        start = 0
        while start < len(text):
            match = _MARKS.search(text, start)
            end = match.start() if match else len(text) - 1
            mark = text[end]
            content = text[start:end] if match else text[start:]
            yield self._shown(content, start), mark, self._word.paragraph_properties(end)
            start = end + 1

    def _special_runs(self) -> tuple[list[int], list[int], list[str]]:
        """File ranges (starts, ends) of characters that are deleted or hidden, or stand for a symbol, and what is
        shown instead."""
        starts: list[int] = []
        ends: list[int] = []
        shown: list[str] = []
        runs = self._word.characters
        for start, end, data in zip(runs.starts, runs.ends, runs.properties, strict=True):
            found = properties(data)
            replacement = ""
            if found.get(DELETED, b"\0")[:1] == b"\1":
                self._flags.add("revision")
            elif found.get(HIDDEN, b"\0")[:1] == b"\1":
                self._flags.add("hidden")
            elif SYMBOL in found:
                replacement = symbol(int.from_bytes(found[SYMBOL][2:4], "little"))
            else:
                continue
            starts.append(start)
            ends.append(end)
            shown.append(replacement)
        return starts, ends, shown

    def _shown(self, content: str, start: int) -> str:
        if self._special[0]:
            content = self._replace_special(content, start)
        if not _CONTROL.search(content) and not self._in_instruction:
            return content
        out: list[str] = []
        for char in content:
            if char == "\x13":
                self._in_instruction.append(True)
            elif char == "\x14" and self._in_instruction:
                self._in_instruction[-1] = False
            elif char == "\x15" and self._in_instruction:
                self._in_instruction.pop()
            elif any(self._in_instruction):
                continue
            elif char in "\x01\x08":
                self._flags.add("picture")
            elif char in _SIGNS:
                out.append(_SIGNS[char])
            elif char >= " " or char == "\t":
                out.append(char)
        return "".join(out)

    def _replace_special(self, content: str, start: int) -> str:
        starts, ends, replacements = self._special
        out = []
        for index, char in enumerate(content, start):
            offset = self._word.offset(index)
            at = bisect_right(starts, offset) - 1
            special = at >= 0 and offset < ends[at] and char not in "\x13\x14\x15"
            out.append(replacements[at] if special else char)
        return "".join(out)


def _entries(found: dict[int, bytes]) -> list[_Entry]:
    """The cells of a row by its table definition, with later merges applied."""
    data = found.get(DEFINE_TABLE, b"")
    count = data[0] if data else 0
    if len(data) < 1 + 2 * (count + 1):
        return []
    edges = [int.from_bytes(data[1 + 2 * i : 3 + 2 * i], "little", signed=True) for i in range(count + 1)]
    entries = []
    for index in range(count):
        at = 1 + 2 * (count + 1) + 20 * index
        flags = int.from_bytes(data[at : at + 2], "little")
        entries.append(_Entry(edges[index], edges[index + 1], flags & 3 == 1, flags >> 5 & 3))
    vertical = found.get(VERTICAL_MERGE, b"")
    for cell, flag in zip(vertical[::2], vertical[1::2], strict=False):
        if cell < count:
            entries[cell].vertical = flag & 3
    merge = found.get(MERGE, b"")
    if len(merge) == 2:
        for entry in entries[merge[0] + 1 : merge[1]]:
            entry.merges_left = True
    return entries


def _grid(level: _Level, path: str) -> Grid:
    edges = _edges(level.rows)
    grid = Grid(path, [], len(level.rows), 0, table=level.number)
    above: dict[int, Cell] = {}
    for row_at, row in enumerate(level.rows):
        open_cells: dict[int, Cell] = {}
        last: Cell | None = None
        column = 0
        for index, (text, nested) in enumerate(row.cells):
            entry = row.entries[index] if index < len(row.entries) else None
            span = 1
            if entry is not None:
                column = edges[entry.left]
                span = max(1, edges[entry.right] - column)
            started = above.get(column) if entry is not None and entry.vertical == 1 else None
            if entry is not None and entry.merges_left and last is not None:
                last.column_span = column + span - last.column
            elif started is not None:
                started.row_span = row_at - started.row + 1
                open_cells[column] = started
                last = None
            else:
                last = Cell(row_at, column, text, 1, span, nested=nested)
                grid.cells.append(last)
                if entry is not None and entry.vertical:
                    open_cells[column] = last
            column += span
            grid.columns = max(grid.columns, column)
        above = open_cells
    return grid


def _edges(rows: list[_Row]) -> dict[int, int]:
    """Column numbers by cell edge, edges that nearly agree counted as one."""
    places = sorted({place for row in rows for entry in row.entries for place in (entry.left, entry.right)})
    columns: dict[int, int] = {}
    column, first = -1, 0
    for place in places:
        if column < 0 or place - first > _SAME_EDGE:
            column, first = column + 1, place
        columns[place] = column
    return columns
