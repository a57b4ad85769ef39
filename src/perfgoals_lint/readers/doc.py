"""Word 97-2003 documents (.doc, .wps): tables with spans and nesting, paragraphs between them."""

import io
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

import olefile

from perfgoals_lint.model import Location, Part, Source
from perfgoals_lint.readers.crypto import opened
from perfgoals_lint.readers.doc_format import (
    DEFINE_TABLE,
    DELETED,
    DEPTH,
    EMBEDDED,
    HIDDEN,
    IN_TABLE,
    INNER_CELL,
    INNER_ROW_END,
    MERGE,
    PICTURE,
    ROW_END,
    SYMBOL,
    VERTICAL_MERGE,
    WordFile,
    parse_word,
    properties,
)
from perfgoals_lint.readers.lengths import TWIP
from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.readers.report import MOST_PART_TEXT
from perfgoals_lint.readers.symbols import symbol
from perfgoals_lint.readers.word_tables import CellEntry, WordBody
from perfgoals_lint.readers.xlsx_parts import MOST_PARTS, worded
from perfgoals_lint.rulebook.patterns import compiled

_MARKS = compiled("[\r\x07\x0c]")
_SIGNS = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\xa0": " "}
_CONTROL = compiled("[\x00-\x08\x0b\x0c\x0e-\x1f\xa0]")
_STORIES = compiled("[\x02\x05]|\r\r")
"""What begins a footnote or a comment, and the empty paragraph behind a header or a text box."""
_BESIDE_CONTROL = compiled("\x13[^\x14\x15]*(?:\x14|(?=\x15))|[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PICTURES = compiled("[\x01\x08]")
_DEEPEST = 20


def read_doc(stream: BinaryIO, path: str, limits: Limits, password: str | None = None) -> Source:
    """Tables (one grid each, numbered from 1 in document order, nested ones included) and the lines between them."""
    word = opened(stream.read(), password, partial(_open, limits=limits))
    return _DocReader(word, path, limits).read()


def _open(raw: bytes, limits: Limits) -> WordFile:
    with olefile.OleFileIO(io.BytesIO(raw)) as container:
        streams = {}
        for entry in container.listdir():
            name = entry[0].lower()
            if len(entry) == 1 and name in ("worddocument", "0table", "1table", "data"):
                streams[name] = container.openstream(entry).read()
    return parse_word(streams.get("worddocument", b""), streams, streams.get("data", b""), limits)


class _DocReader:
    """Walks the paragraphs and tells the body what each of them ends."""

    def __init__(self, word: WordFile, path: str, limits: Limits) -> None:
        self._word = word
        self._body = WordBody(path, "doc", limits)
        self._in_instruction: list[bool] = []
        self._special = self._special_runs()

    def read(self) -> Source:
        """The whole document."""
        for text, mark, found in self._paragraphs():
            depth = min(int.from_bytes(found.get(DEPTH, b"")[:4], "little"), _DEEPEST)
            depth = max(depth, int(_is_set(found, IN_TABLE)))
            if depth and _is_set(found, INNER_ROW_END if depth > 1 else ROW_END):
                self._body.end_row(depth, _entries(found))
            elif depth and (_is_set(found, INNER_CELL) if depth > 1 else mark == "\x07"):
                self._body.end_cell(depth, text)
            else:
                self._body.paragraph(depth, text)
        source = self._body.finish()
        source.parts += [
            *self._pictures(source.path),
            *self._deleted(source.path),
            *self._beside(source.path),
        ][:MOST_PARTS]
        return source

    def _pictures(self, path: str) -> Iterator[Part]:
        """The pictures in the text with their size, and the floating ones, whose size is kept elsewhere."""
        for match in _PICTURES.finditer(self._word.text):
            index, char = match.start(), match[0]
            if char == "\x08":
                yield Part("picture", Location(path))
            else:
                found = properties(self._word.characters.at(self._word.offset(index)))
                if not _is_set(found, HIDDEN) and not _is_set(found, DELETED):
                    size = _picture_size(found, self._word.data)
                    embedded = _is_set(found, EMBEDDED)
                    yield Part("attachment" if embedded else "picture", Location(path), size=size)

    def _beside(self, path: str) -> Iterator[Part]:
        """The text boxes, comments, footnotes and page headers that say something."""
        for what, text in self._word.beside:
            for piece in _STORIES.split(text):
                said = _BESIDE_CONTROL.sub("", piece.replace("\r", "\n")).strip()
                said = worded(said) if what == "header" else said
                if said:
                    yield Part(what, Location(path), said[:MOST_PART_TEXT])

    def _deleted(self, path: str) -> Iterator[Part]:
        """The text of tracked deletions, each a run."""
        text: list[str] = []
        if "revision" not in self._body.flags:
            return
        for index, char in enumerate([*self._word.text, ""]):
            gone = bool(char) and _is_set(
                properties(self._word.characters.at(self._word.offset(index))), DELETED
            )
            if gone:
                text.append(char if char >= " " or char == "\t" else "\n")
            elif text:
                said = "".join(text).strip()
                text.clear()
                if said:
                    yield Part("deleted_text", Location(path), said[:MOST_PART_TEXT])

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
            if _is_set(found, DELETED):
                self._body.flags.add("revision")
            elif _is_set(found, HIDDEN):
                self._body.flags.add("hidden")
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
                self._body.flags.add("picture")
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


def _picture_size(found: dict[int, bytes], data: bytes) -> tuple[float, float] | None:
    """Width and height of a picture in millimetres: its goal in twips, scaled in thousandths."""
    at = int.from_bytes(found.get(PICTURE, b"\xff" * 4)[:4], "little")
    header = data[at : at + 36]
    if len(header) < 36:
        return None
    width, height, across, down = (int.from_bytes(header[i : i + 2], "little") for i in (28, 30, 32, 34))
    if not width or not height:
        return None
    return width * (across or 1000) / 1000 * TWIP, height * (down or 1000) / 1000 * TWIP


def _is_set(found: dict[int, bytes], code: int) -> bool:
    return found.get(code, b"\0")[:1] == b"\1"


def _entries(found: dict[int, bytes]) -> list[CellEntry]:
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
        entries.append(CellEntry(edges[index], edges[index + 1], flags & 3 == 1, flags >> 5 & 3))
    vertical = found.get(VERTICAL_MERGE, b"")
    for cell, flag in zip(vertical[::2], vertical[1::2], strict=False):
        if cell < count:
            entries[cell].vertical = flag & 3
    merge = found.get(MERGE, b"")
    if len(merge) == 2:
        for entry in entries[merge[0] + 1 : merge[1]]:
            entry.merges_left = True
    return entries
