"""How wide text is on a terminal, and where a line of mixed Chinese and Latin text may be broken."""

import re
import unicodedata
from functools import lru_cache

from perfgoals_lint.rulebook.patterns import compiled

# A line must not begin with what closes, nor end with what opens (GB/T 15834, and the habits of typesetting).
_CLOSING = "。，、；：？！）》〉」』】〕｝”’…—·％‰℃,.;:?!)]}%"
_OPENING = "（《〈「『【〔｛“‘"
# A number keeps its unit: 12.5万元, 2024年, 101号; the number of a document stays whole: 〔2021〕101号.
_DOCUMENT = r"[〔［\[（(]\d{4}[〕］\]）)]第?\d{1,5}号"
_CHUNK = compiled(
    rf"\s+|(?:(?!{_DOCUMENT})[{_OPENING}])*"
    rf"(?:{_DOCUMENT}|[!-~]+(?:[万亿]+元?|元|(?<=\d)[年月日行列页号])?|\S)[{re.escape(_CLOSING)}]*"
)


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """The number of terminal columns that the text takes."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def pad(text: str, columns: int) -> str:
    """The text with blanks behind it up to so many columns."""
    return text + " " * (columns - width(text))


def shorten(text: str, columns: int) -> str:
    """The text, or as much of its beginning as fits into so many columns together with an ellipsis."""
    if width(text) <= columns:
        return text
    return text[: _fit(text, 0, len(text), columns - 1)].rstrip() + "…"


def wrap(text: str, columns: int) -> list[tuple[int, int]]:
    """The lines of a text as (start, end) slices, each at most ``columns`` wide, blanks at the ends left out.

    A run without any lawful place to break is cut where it is full. At least one slice, also for empty text.
    """
    columns = max(columns, 2)
    if width(text) <= columns:
        return [_stripped(text)]
    lines: list[tuple[int, int]] = []
    start = end = used = 0
    for match in _CHUNK.finditer(text):
        chunk, size = match[0], width(match[0])
        if chunk.isspace():
            used += size if used else 0
            if not used:
                start = end = match.end()
            continue
        if used and used + size > columns:
            lines.append((start, end))
            start, used = match.start(), 0
        end = match.end()
        if size > columns:
            while (cut := _fit(text, start, end, columns)) < end:
                lines.append((start, cut))
                start = cut
            size = width(text[start:end])
        used += size
    return [*lines, (start, end)] if used or not lines else lines


def _stripped(text: str) -> tuple[int, int]:
    start = len(text) - len(text.lstrip())
    return start, max(len(text.rstrip()), start)


def _fit(text: str, start: int, stop: int, columns: int) -> int:
    """The furthest end up to ``stop`` so that text from ``start`` is no wider; at least one character."""
    used = 0
    for position in range(start, stop):
        used += width(text[position])
        if used > columns:
            return max(position, start + 1)
    return stop
