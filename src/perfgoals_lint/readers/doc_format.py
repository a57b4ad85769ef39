"""The binary structures of a Word 97-2003 document: pieces of text, and the properties of paragraphs and characters.

Names follow the published format description ([MS-DOC]). All offsets come from the file and are checked before use.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from perfgoals_lint.model import PartKind
from perfgoals_lint.readers.limits import CORRUPT, ENCRYPTED, UNKNOWN_FORMAT, Limits, ReadError, over

_MAGIC = 0xA5EC
_WORD_97 = 193
_PAGE = 512
_AT_CCP_TEXT = 0x4C
_BESIDE: tuple[PartKind | None, ...] = (
    "footnote",
    "header",
    None,  # macros
    "comment",
    "footnote",
    "text_box",
    "text_box",
)
"""What the texts behind the main one are; the last two are text boxes of the body and of page headers."""
_AT_CHPX, _AT_PAPX, _AT_CLX = 0xFA, 0x102, 0x1A2
_OPERAND_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)

IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
HUGE_PAPX, DEFINE_TABLE, VERTICAL_MERGE, MERGE = 0x6646, 0xD608, 0xD62B, 0x5624
DELETED, HIDDEN, SYMBOL = 0x0800, 0x083C, 0x6A09
PICTURE, EMBEDDED = 0x6A03, 0x080A


@dataclass(slots=True)
class DocPiece:
    """A run of text: first and last-plus-one character position, file offset, bytes a character."""

    start: int
    end: int
    offset: int
    width: int


@dataclass(slots=True)
class Runs:
    """Property lists by file offset: run ``i`` covers ``starts[i]`` up to ``ends[i]``."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    properties: list[bytes] = field(default_factory=list)

    def at(self, offset: int) -> bytes:
        """The property list at a file offset, empty where there is none."""
        index = bisect_right(self.starts, offset) - 1
        return self.properties[index] if index >= 0 and offset < self.ends[index] else b""


@dataclass(slots=True)
class WordFile:
    """The text of the main document and the means to look up its properties."""

    text: str
    pieces: list[DocPiece]
    paragraphs: Runs
    characters: Runs
    data: bytes
    beside: list[tuple[PartKind, str]] = field(default_factory=list)
    """Footnotes, page headers, comments and text boxes: the text of each kind together."""

    def offset(self, position: int) -> int:
        """The file offset of a character position."""
        index = bisect_right(self.pieces, position, key=lambda piece: piece.start) - 1
        piece = self.pieces[index]
        return piece.offset + (position - piece.start) * piece.width

    def paragraph_properties(self, position: int) -> dict[int, bytes]:
        """The properties of the paragraph whose mark stands at a position; the style index is left out."""
        found = properties(self.paragraphs.at(self.offset(position))[2:])
        huge = found.get(HUGE_PAPX)
        if huge is not None and len(huge) == 4:
            at = int.from_bytes(huge, "little")
            size = int.from_bytes(self.data[at : at + 2], "little")
            found.update(properties(self.data[at + 2 : at + 2 + size]))
        return found


def properties(data: bytes) -> dict[int, bytes]:
    """Operands by code of a property list; a code that comes twice keeps its last operand, but for vertical merges,
    whose operands are joined. A list that breaks off keeps what came before."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 2 <= len(data):
        code = data[at] | data[at + 1] << 8
        at += 2
        size = _OPERAND_SIZES[code >> 13]
        if code == DEFINE_TABLE:
            size = int.from_bytes(data[at : at + 2], "little") - 1
            at += 2
        elif size == 0:
            size = data[at] if at < len(data) else 0
            at += 1
        operand = data[at : at + max(size, 0)]
        found[code] = found.get(code, b"") + operand if code == VERTICAL_MERGE else operand
        at += max(size, 0)
    return found


def parse_word(main: bytes, tables: dict[str, bytes], data: bytes, limits: Limits) -> WordFile:
    """The document in these streams; ``tables`` holds ``0Table`` and ``1Table``.

    Raises ``ReadError`` when it is encrypted, older than Word 97, or broken, ``struct.error`` when it is cut off.
    """
    magic, version = struct.unpack_from("<HH", main)
    flags = struct.unpack_from("<H", main, 0x0A)[0]
    if magic != _MAGIC or version < _WORD_97:
        raise ReadError(UNKNOWN_FORMAT, looks_like="Word 6/95")
    if flags & 0x0100:
        raise ReadError(ENCRYPTED)
    table = tables.get("1table" if flags & 0x0200 else "0table", b"")
    length = struct.unpack_from("<i", main, _AT_CCP_TEXT)[0]
    if not 0 <= length <= limits.characters:
        raise over("characters", length, limits.characters)
    pieces = list(_pieces(_stream_part(main, table, _AT_CLX), length))
    text = "".join(_piece_text(main, piece) for piece in pieces)
    return WordFile(
        text,
        pieces,
        _runs(main, _stream_part(main, table, _AT_PAPX), 13),
        _runs(main, _stream_part(main, table, _AT_CHPX), 1),
        data,
        list(_beside(main, _stream_part(main, table, _AT_CLX), length, limits)),
    )


def _beside(main: bytes, clx: bytes, length: int, limits: Limits) -> Iterator[tuple[PartKind, str]]:
    """The texts that follow the main one in a fixed order, each as long as the head of the file says."""
    counts = struct.unpack_from("<7i", main, _AT_CCP_TEXT + 4)
    total = length + sum(counts)
    if min(counts) < 0 or total > limits.characters or total == length:
        return
    text = "".join(_piece_text(main, piece) for piece in _pieces(clx, total))
    at = length
    for what, count in zip(_BESIDE, counts, strict=True):
        if what is not None and count:
            yield what, text[at : at + count]
        at += count


def _stream_part(main: bytes, table: bytes, at: int) -> bytes:
    offset, size = struct.unpack_from("<II", main, at)
    return table[offset : offset + size]


def _pieces(clx: bytes, length: int) -> Iterator[DocPiece]:
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise ReadError(CORRUPT, reason="no piece table")
    plc = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
    count = (len(plc) - 4) // 12
    positions = struct.unpack_from(f"<{count + 1}I", plc)
    before = 0
    for index in range(count):
        start, end = positions[index], min(positions[index + 1], length)
        if start >= length:
            return
        if start != before or end <= start:
            raise ReadError(CORRUPT, reason="piece table out of order")
        before = end
        offset = struct.unpack_from("<I", plc, (count + 1) * 4 + index * 8 + 2)[0]
        if offset & 0x40000000:
            yield DocPiece(start, end, (offset & 0x3FFFFFFF) // 2, 1)
        else:
            yield DocPiece(start, end, offset & 0x3FFFFFFF, 2)


def _piece_text(main: bytes, piece: DocPiece) -> str:
    """The text of a piece, exactly one character a position; what is cut off is filled with blanks."""
    size = piece.end - piece.start
    raw = main[piece.offset : piece.offset + size * piece.width]
    if piece.width == 1:
        text = "".join(_CP1252[byte] for byte in raw)
    else:
        units = struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])
        text = "".join(map(chr, units))
    if len(text) < size:
        raise ReadError(CORRUPT, reason="the text is cut off")
    return text


_CP1252 = [bytes([byte]).decode("cp1252", "replace") for byte in range(256)]


def _runs(main: bytes, plc: bytes, entry_size: int) -> Runs:
    """The runs of all property pages that a table of page numbers lists."""
    result = Runs()
    count = (len(plc) - 4) // 8
    for index in range(max(count, 0)):
        number = struct.unpack_from("<I", plc, (count + 1) * 4 + index * 4)[0] & 0x3FFFFF
        page = main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE:
            raise ReadError(CORRUPT, reason="a property page is cut off")
        runs = page[-1]
        if (runs + 1) * 4 + runs * entry_size > _PAGE:
            raise ReadError(CORRUPT, reason="a property page is broken")
        offsets = struct.unpack_from(f"<{runs + 1}I", page)
        for run in range(runs):
            if result.starts and offsets[run] < result.starts[-1]:
                continue
            at = page[(runs + 1) * 4 + run * entry_size] * 2
            result.starts.append(offsets[run])
            result.ends.append(offsets[run + 1])
            result.properties.append((_papx if entry_size == 13 else _chpx)(page, at) if at else b"")
    return result


def _papx(page: bytes, at: int) -> bytes:
    words = page[at]
    if words:
        return page[at + 1 : at + 2 * words]
    return page[at + 2 : at + 2 + 2 * page[at + 1]] if at + 1 < _PAGE else b""


def _chpx(page: bytes, at: int) -> bytes:
    return page[at + 1 : at + 1 + page[at]]
