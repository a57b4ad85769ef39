"""From offsets in a text to the positions of the protocol, and back.

Lines end where the protocol says so, which is not everywhere that a reader of documents ends one; columns count in the
encoding that client and server agreed on.
"""

from __future__ import annotations

import bisect

from lsprotocol import types

from perfgoals_lint.fixes.carriers import TextSpan
from perfgoals_lint.rulebook.patterns import compiled

_LINE_END = compiled("\r\n|[\r\n]")
_SIZES = {
    types.PositionEncodingKind.Utf8: ("utf-8", 1),
    types.PositionEncodingKind.Utf16: ("utf-16-le", 2),
    types.PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


class Positions:
    """The lines of one text. ``encoding`` is that of columns; offsets are 0-based characters."""

    def __init__(self, text: str, encoding: str = types.PositionEncodingKind.Utf16) -> None:
        self._text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
        self._codec, self._bytes = _SIZES[types.PositionEncodingKind(encoding)]

    def position(self, offset: int) -> types.Position:
        """The position of an offset."""
        line = bisect.bisect_right(self._starts, offset) - 1
        return types.Position(line, self._units(self._text[self._starts[line] : offset]))

    def range(self, span: TextSpan) -> types.Range:
        """The range of a part of the text."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The offset of a position; behind the end of its line it is that end, inside a character its begin."""
        if position.line >= len(self._starts):
            return len(self._text)
        start = self._starts[position.line]
        line = _LINE_END.split(self._text[start : self._end(position.line)], maxsplit=1)[0]
        low, high = 0, len(line)
        while low < high:
            middle = (low + high + 1) // 2
            if self._units(line[:middle]) <= position.character:
                low = middle
            else:
                high = middle - 1
        return start + low

    def line(self, number: int) -> TextSpan:
        """A line (0-based; the last one for any beyond it) without its end and the blanks around it."""
        number = min(max(number, 0), len(self._starts) - 1)
        text = self._text[self._starts[number] : self._end(number)]
        start = self._starts[number] + len(text) - len(text.lstrip())
        return TextSpan(start, max(start, self._starts[number] + len(text.rstrip())))

    def _end(self, number: int) -> int:
        return self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)

    def _units(self, text: str) -> int:
        return len(text.encode(self._codec, "surrogatepass")) // self._bytes
