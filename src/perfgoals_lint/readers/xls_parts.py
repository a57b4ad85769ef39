"""What lies on the sheets of an Excel 97-2003 workbook beside their cells, from the records of its drawings ([MS-XLS])."""

import io
from collections.abc import Iterator, Sequence

import olefile

from perfgoals_lint.model import Location, Part, cell_name
from perfgoals_lint.readers.report import MOST_PART_TEXT
from perfgoals_lint.readers.xlsx_parts import MOST_PARTS

_BOF, _EOF, _SHEET, _DRAWING, _OBJECT, _TEXT, _CONTINUE = 0x809, 0x0A, 0x85, 0xEC, 0x5D, 0x1B6, 0x3C
_CHART, _TEXT_BOX, _PICTURE = 5, 6, 8
_SHAPES = frozenset({2, 3, 4, 6, 9, 30})
"""Kinds of objects that may hold text: figures, text boxes, polygons, and what later versions draw."""
_ANCHOR = b"\x10\xf0\x12\x00\x00\x00"
"""The head of the record that says which cells an object covers."""
_COLUMN_MM, _ROW_MM = 17.0, 5.0
_MOST_RECORDS = 2_000_000


def drawn_parts(data: bytes, names: Sequence[str], path: str) -> dict[int, list[Part]]:
    """Pictures, charts and text boxes by the number of their sheet. What is broken is left out: nothing of it is read
    in any case."""
    found: dict[int, list[Part]] = {}
    try:
        stream = _workbook(data)
        starts = _starts(stream)
        for number, start in enumerate(starts[: len(names)]):
            parts = list(_on_sheet(stream, start, Location(path, sheet=names[number])))
            if parts:
                found[number] = parts[:MOST_PARTS]
    except (OSError, ValueError, IndexError):
        return found
    return found


def _workbook(data: bytes) -> bytes:
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return data
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        for name in ("Workbook", "Book"):
            if container.exists(name):
                return bytes(container.openstream(name).read())
    return b""


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(stream):
            return
        size = int.from_bytes(stream[at + 2 : at + 4], "little")
        yield int.from_bytes(stream[at : at + 2], "little"), stream[at + 4 : at + 4 + size]
        at += 4 + size


def _starts(stream: bytes) -> list[int]:
    """Where the records of each sheet begin, in workbook order."""
    starts = []
    for kind, body in _records(stream, 0):
        if kind == _SHEET and len(body) >= 4:
            starts.append(int.from_bytes(body[:4], "little"))
        elif kind == _EOF:
            break
    return starts


def _on_sheet(stream: bytes, start: int, sheet: Location) -> Iterator[Part]:
    """The objects of one sheet; charts in it are streams of records of their own."""
    depth = 0
    place, size, kind = sheet, None, 0
    text_follows = False
    for record, body in _records(stream, start):
        if record == _BOF:
            depth += 1
        elif record == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth > 1:
            continue
        elif record == _DRAWING:
            place, size = _anchored(body, sheet)
        elif record == _OBJECT and len(body) >= 6:
            kind = int.from_bytes(body[4:6], "little")
            if kind == _PICTURE:
                yield Part("picture", place, size=size)
            elif kind == _CHART:
                yield Part("chart", place)
        elif record == _TEXT:
            text_follows = kind in _SHAPES
        elif record == _CONTINUE and text_follows:
            text_follows = False
            text = _characters(body)
            if text:
                yield Part("text_box", place, text[:MOST_PART_TEXT])


def _anchored(body: bytes, sheet: Location) -> tuple[Location, tuple[float, float] | None]:
    """The cell at the top left of the object that a drawing record describes, and roughly its size."""
    at = body.rfind(_ANCHOR)
    fields = body[at + 6 : at + 24] if at >= 0 else b""
    if len(fields) < 18:
        return sheet, None
    left, top, right, bottom = (int.from_bytes(fields[i : i + 2], "little") for i in (2, 6, 10, 14))
    cell = cell_name(top, left & 0x3FFF)
    size = (max(right - left + 1, 1) * _COLUMN_MM, max(bottom - top + 1, 1) * _ROW_MM)
    return Location(sheet.path, sheet=sheet.sheet, cell=cell), size


def _characters(body: bytes) -> str:
    """The text behind a text record: a flag, then one or two bytes a character."""
    if not body:
        return ""
    text = body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", "replace")
    return text.replace("\r", "\n").strip("\0 \n")
