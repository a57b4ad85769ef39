"""A stand-in for Chinese fonts that a PDF names but does not hold.

PDFium takes the box of a character from its font and leaves characters without a box out of the text of a page:
a cell with the single character 无 in a font that is neither embedded nor installed would be blank. It is therefore
given one small font in which every character is the same box. With it the text of a page no longer depends on the
fonts of the machine.
"""

import ctypes
import struct
from typing import Any

import pypdfium2.raw as pdfium

_FAR_EAST = frozenset({128, 129, 134, 136})
"""The character sets Shift-JIS, Hangul, GB 2312 and Big5, by the numbers Windows gives them."""
_WHOLE_FILE = 0
_EM = 1000
_BOX = (50, -120, 950, 880)
"""Left, bottom, right and top of the box, in thousandths of the size."""
_kept: list[Any] = []
"""What PDFium holds pointers to for the life of the process."""


def box_font() -> bytes:
    """A TrueType font that shows every character as the same box."""
    left, bottom, right, top = _BOX
    width, height = right - left, top - bottom
    glyph = struct.pack(">5h2H4B", 1, *_BOX, 3, 0, 1, 1, 1, 1)
    glyph += struct.pack(">8h", left, width, 0, -width, bottom, 0, height, 0)
    glyph += b"\0" * (-len(glyph) % 4)
    ranges = ((0x20, 0xFFFD, 1), (0x10000, 0x3FFFF, 1))
    mapping = struct.pack(">2H3I", 13, 0, 16 + 12 * len(ranges), 0, len(ranges))
    mapping += b"".join(struct.pack(">3I", *group) for group in ranges)
    tables = {
        b"cmap": struct.pack(">4HI", 0, 1, 3, 10, 12) + mapping,
        b"glyf": glyph,
        b"head": struct.pack(
            ">4I2H2Q4h2H3h", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *_BOX, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">I3hH11hH", 1 << 16, top, bottom, 0, _EM, 0, 0, right, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">Hhh", _EM, left, left),
        b"loca": struct.pack(">3I", 0, 0, len(glyph)),
        b"maxp": struct.pack(">I14H", 1 << 16, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    head = struct.pack(">I4H", 1 << 16, len(tables), 64, 2, 0)
    body = b""
    start = len(head) + 16 * len(tables)
    for name in sorted(tables):
        data = tables[name]
        head += struct.pack(">4s3I", name, 0, start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + body


def install() -> None:
    """Give PDFium the font, once a process. Other fonts that are missing are left to PDFium's own."""
    if _kept:
        return
    data = box_font()
    name = b"Box\0"

    def map_font(_self: Any, _weight: int, _italic: int, charset: int, *_rest: Any) -> int | None:
        return 1 if charset in _FAR_EAST else None

    def font_data(_self: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        if table != _WHOLE_FILE:
            return 0
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    def face_name(_self: Any, _font: Any, buffer: Any, size: int) -> int:
        if buffer and size >= len(name):
            ctypes.memmove(buffer, name, len(name))
        return len(name)

    kinds = {field[0]: field[1] for field in pdfium.FPDF_SYSFONTINFO._fields_}
    info = pdfium.FPDF_SYSFONTINFO(
        version=1,
        Release=kinds["Release"](lambda _self: None),
        EnumFonts=kinds["EnumFonts"](lambda _self, _mapper: None),
        MapFont=kinds["MapFont"](map_font),
        GetFont=kinds["GetFont"](lambda _self, _face: None),
        GetFontData=kinds["GetFontData"](font_data),
        GetFaceName=kinds["GetFaceName"](face_name),
        GetFontCharset=kinds["GetFontCharset"](lambda _self, _font: 134),
        DeleteFont=kinds["DeleteFont"](lambda _self, _font: None),
    )
    _kept.append(info)
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(info))
