"""Rich Text Format, which some programs save under the name .doc: tables with spans and nesting, paragraphs between."""

import re
from dataclasses import dataclass, replace
from typing import BinaryIO

from perfgoals_lint.model import Location, Part, PartKind, Source
from perfgoals_lint.readers.lengths import TWIP
from perfgoals_lint.readers.limits import CORRUPT, Limits, ReadError
from perfgoals_lint.readers.report import MOST_PART_TEXT
from perfgoals_lint.readers.word_tables import CellEntry, WordBody
from perfgoals_lint.readers.xlsx_parts import worded

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_LEFT_OUT = frozenset([
    "fonttbl", "colortbl", "stylesheet", "info", "object", "header", "headerl", "headerr", "headerf",
    "footer", "footerl", "footerr", "footerf", "footnote", "annotation", "fldinst", "nonesttables",
    "nonshppict", "xe", "tc", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator",
    "themedata", "datastore",
])  # fmt: skip
"""Destinations whose text is not part of the body."""
_CAPTURED: dict[str, PartKind] = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    "footnote": "footnote",
    "annotation": "comment",
}
"""Those among them whose text is told as a part of the document."""
_STARRED = frozenset({"nesttableprops", "shppict"})
"""Destinations marked as skippable that are read all the same."""
_SIGNS = {
    "tab": "\t", "line": "\n", "ldblquote": "“", "rdblquote": "”", "lquote": "‘", "rquote": "’",
    "emdash": "—", "endash": "–", "bullet": "•", "emspace": " ", "enspace": " ",
}  # fmt: skip
_DEEPEST_GROUP = 1000
_DEEPEST_TABLE = 20


@dataclass(slots=True, frozen=True)
class _Group:
    """What a brace closes again: whether text is left out, hidden or deleted, and the bytes after a ``\\u``."""

    left_out: bool = False
    unshown: bool = False
    fallback: int = 1


def read_rtf(stream: BinaryIO, path: str, limits: Limits, password: str | None = None) -> Source:
    """Tables (one grid each, numbered from 1 in document order, nested ones included) and the lines between them."""
    return _RtfReader(path, limits).read(stream.read())


class _RtfReader:
    def __init__(self, path: str, limits: Limits) -> None:
        self._path = path
        self._body = WordBody(path, "rtf", limits)
        self._groups = [_Group()]
        self._text: list[str] = []
        self._bytes = bytearray()
        self._skip = 0
        """Characters still to be left out because a ``\\u`` came before them."""
        self._starred = False
        self._captured: tuple[PartKind, int, bytearray] | None = None
        """The part that is being read: its kind, the number of groups inside it, its bytes."""
        self._picture: Part | None = None
        self._in_table = False
        self._depth = 0
        self._nested_row = False
        self._entries: dict[bool, list[CellEntry]] = {False: [], True: []}
        """Cell definitions of the current row, of an outer and of a nested table."""
        self._next = CellEntry(0, 0)

    def read(self, data: bytes) -> Source:
        """The whole document. Raises ``ReadError`` when groups are nested beyond reason."""
        at = 0
        while match := _TOKEN.match(data, at):
            at = match.end()
            kind = match.lastgroup
            if kind == "number" or kind == "word":
                word, number = match["word"].decode("ascii"), match["number"]
                if word == "bin":
                    at += max(int(number or 0), 0)
                else:
                    self._control(word, None if number is None else int(number))
            elif kind == "byte":
                self._add_bytes(bytes.fromhex(match["byte"].decode("ascii")))
            elif kind == "sign":
                self._sign(match["sign"])
            elif kind == "brace":
                self._brace(match["brace"] == b"{")
            elif kind == "text":
                self._add_bytes(match["text"])
        text = self._take()
        if text:
            self._body.paragraph(self._level(), text)
        return self._body.finish()

    def _brace(self, opens: bool) -> None:
        self._flush()
        self._skip = 0
        self._starred = False
        if opens:
            if len(self._groups) > _DEEPEST_GROUP:
                raise ReadError(CORRUPT, reason="nested too deeply")
            self._groups.append(self._groups[-1])
        elif len(self._groups) > 1:
            self._groups.pop()
            if self._captured is not None and len(self._groups) < self._captured[1]:
                self._end_part()

    def _end_part(self) -> None:
        """Tell a header, footer, footnote or comment that says something."""
        if self._captured is None:
            return
        (what, _, data), self._captured = self._captured, None
        text = data.decode("gb18030", "replace").strip()
        if what in ("header", "footer"):
            text = worded(text)
        if text and not any(part.what == what and part.text == text for part in self._body.source.parts):
            self._body.source.parts.append(Part(what, Location(self._path), text[:MOST_PART_TEXT]))

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in (b"\r", b"\n"):
            self._control("par", None)
        elif sign in b"\\{}~_":
            self._add_bytes({b"~": b" ", b"_": b"-"}.get(sign, sign))

    def _control(self, word: str, number: int | None) -> None:
        self._flush()
        group = self._groups[-1]
        if word in _CAPTURED and not group.left_out:
            self._captured = (_CAPTURED[word], len(self._groups), bytearray())
        if word == "object" and not group.left_out:
            self._body.source.parts.append(Part("attachment", Location(self._path)))
        if word in _LEFT_OUT or (self._starred and word not in _STARRED):
            self._groups[-1] = replace(group, left_out=True)
        elif word == "pict":
            self._body.flags.add("picture")
            if not group.left_out:
                self._picture = Part("picture", Location(self._path))
                self._body.source.parts.append(self._picture)
            self._groups[-1] = replace(group, left_out=True)
        elif word in ("picwgoal", "pichgoal") and self._picture is not None and number:
            width, height = self._picture.size or (0.0, 0.0)
            twips = min(abs(number), 100_000) * TWIP
            self._picture.size = (twips, height) if word == "picwgoal" else (width, twips)
        elif word == "nesttableprops":
            self._nested_row = True
        elif word in ("v", "deleted"):
            on = number != 0
            self._groups[-1] = replace(group, unshown=on)
            if on and not group.left_out:
                self._body.flags.add("hidden" if word == "v" else "revision")
        elif word == "plain":
            self._groups[-1] = replace(group, unshown=False)
        elif word == "uc":
            self._groups[-1] = replace(group, fallback=min(max(number or 0, 0), 8))
        elif self._captured is not None:
            if word == "u" and number is not None:
                self._add(chr(number & 0xFFFF))
                self._skip = group.fallback
        elif not group.left_out:
            self._shown_control(word, number)
        self._starred = False

    def _shown_control(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._add(chr(number & 0xFFFF))
            self._skip = self._groups[-1].fallback
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        elif word in ("par", "sect", "page"):
            self._body.paragraph(self._level(), self._take())
        elif word in ("cell", "nestcell"):
            self._body.end_cell(1 if word == "cell" else max(self._depth, 2), self._take())
        elif word in ("row", "nestrow"):
            nested = word == "nestrow"
            self._body.end_row(max(self._depth, 2) if nested else 1, self._entries[nested])
            self._nested_row = False
            self._take()
        elif word == "pard":
            self._in_table, self._depth = False, 0
        elif word == "intbl":
            self._in_table = True
        elif word == "itap":
            self._depth = min(max(number or 0, 0), _DEEPEST_TABLE)
        else:
            self._row_control(word, number)

    def _row_control(self, word: str, number: int | None) -> None:
        """The definition of a row, cell by cell."""
        if word == "trowd":
            self._entries[self._nested_row] = []
            self._next = CellEntry(0, 0)
        elif word == "trleft":
            self._next.left = number or 0
        elif word in ("clvmgf", "clvmrg"):
            self._next.vertical = 3 if word == "clvmgf" else 1
        elif word == "clmrg":
            self._next.merges_left = True
        elif word == "cellx":
            right = number or 0
            self._next.right = right
            self._entries[self._nested_row].append(self._next)
            self._next = CellEntry(right, right)

    def _level(self) -> int:
        return max(self._depth, 1) if self._in_table else 0

    def _add_bytes(self, data: bytes) -> None:
        if self._skip:
            left_out = min(self._skip, len(data))
            self._skip -= left_out
            data = data[left_out:]
        group = self._groups[-1]
        if self._captured is not None:
            self._captured[2].extend(data[:MOST_PART_TEXT])
        elif not group.left_out and not group.unshown:
            self._bytes += data

    def _add(self, text: str) -> None:
        group = self._groups[-1]
        if self._captured is not None:
            self._captured[2].extend(text.encode("gb18030", "replace"))
        elif not group.left_out and not group.unshown:
            self._text.append(text)

    def _flush(self) -> None:
        """Turn the bytes since the last control word into text; both halves of a Chinese character stand together."""
        if self._bytes:
            self._text.append(self._bytes.decode("gb18030", "replace"))
            self._bytes.clear()

    def _take(self) -> str:
        self._flush()
        text = "".join(self._text)
        self._text.clear()
        # Characters beyond the basic plane come as two halves.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
