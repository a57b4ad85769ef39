"""From offsets in a text to the positions of the protocol, and back.

Lines end where the protocol says so, which is not everywhere that a reader of documents ends one; columns count in the
encoding that client and server agreed on.
"""

from lsprotocol import types

from perfgoals_lint.fixes.carriers import TextSpan
from perfgoals_lint.fixes.carriers.marks import LineIndex

_SIZES = {
    types.PositionEncodingKind.Utf8: ("utf-8", 1),
    types.PositionEncodingKind.Utf16: ("utf-16-le", 2),
    types.PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


class Positions(LineIndex):
    """The lines of one text. ``encoding`` is that of columns; offsets are 0-based characters."""

    def __init__(self, text: str, encoding: str = types.PositionEncodingKind.Utf16) -> None:
        super().__init__(text)
        self._codec, self._bytes = _SIZES[types.PositionEncodingKind(encoding)]

    def position(self, offset: int) -> types.Position:
        """The position of an offset."""
        line = self.line_of(offset)
        return types.Position(line - 1, self._units(self._text[self.start(line) : offset]))

    def range(self, span: TextSpan) -> types.Range:
        """The range of a part of the text."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The offset of a position; behind the end of its line it is that end, inside a character its begin."""
        line = self.text(position.line + 1)
        if line is None:
            return len(self._text)
        low, high = 0, len(line)
        while low < high:
            middle = (low + high + 1) // 2
            if self._units(line[:middle]) <= position.character:
                low = middle
            else:
                high = middle - 1
        return self.start(position.line + 1) + low

    def line(self, number: int) -> TextSpan:
        """A line (0-based; the last one for any beyond it) without its end and the blanks around it."""
        number = min(max(number, 0), len(self._starts) - 1) + 1
        text, first = self.text(number) or "", self.start(number)
        start = first + len(text) - len(text.lstrip())
        return TextSpan(start, max(start, first + len(text.rstrip())))

    def _units(self, text: str) -> int:
        return len(text.encode(self._codec, "surrogatepass")) // self._bytes
