"""The text as it is read: half-width digits and signs, blanks of the layout taken out, every character with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfgoals_lint.rulebook.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals_lint.prose.types import Span

_HALF = str.maketrans("０１２３４５６７８９．％＋＝＊／", "0123456789.%+=*/")
_FULL = compiled("[０-９．％＋＝＊／]")
_WAN = compiled(r"(?<=[费款金额计价算共约为：:])([0-9]+(?:\.[0-9]+)?)[wWＷ](?![A-Za-z0-9])")
"""W for 万, behind a word for money: of the same length, so that places stay."""
_POINT = compiled(r"(?<=\d)·(?=\d)")
"""The point of an older print (85·5%)."""
_GROUPED = compiled(
    r"(?:(?<=[一-龥])|(?<=[一-龥] ))(?:(?!(?:19|20)[0-9]{2} )[0-9]{1,6}(?: [0-9]{3})+(?![0-9%])|[0-9](?: [0-9]){2,}(?= ?[一-龥])(?! ?[年月日号]))"
)
"""A number whose thousands stand apart (完成造林348 699亩), or all of whose digits do, three at least (1 8 0 公里)."""
_BLANK = compiled(r"\s+")
_ENDS = frozenset("。；;！!？?：:")
_AMOUNT_END = compiled("[0-9元万亿)）]")
_ENTRY = compiled(r"[一-龥A-Za-z（）()]{2,14}[：:]\s*约?[0-9]")
_LABEL = compiled(r"[（(]?[0-9一二三四五六七八九十—①-⑳]{1,3}[）)、.．]|[①-⑳]")


@dataclass(slots=True)
class Compact:
    """``text`` without layout blanks; ``places[i]`` is the index of its i-th character in the text given."""

    text: str
    places: Sequence[int]

    def span(self, span: Span) -> Span:
        """A span of ``text`` as a span of the text given."""
        start, end = span
        return (self.places[start], self.places[end - 1] + 1) if start < end else (0, 0)

    def place(self, position: int) -> int:
        """A position of ``text``, its end included, as a position of the text given."""
        return self.places[position] if position < len(self.places) else self.places[-1] + 1


def compact(text: str) -> Compact:
    """The readable form of a text. Blanks stay only where two Latin words or numbers would run together; a line end
    stays (as ``\\n``) where a sentence ends or a list entry begins."""
    half = _WAN.sub(r"\1万", text.translate(_HALF) if _FULL.search(text) else text)
    if "·" in half:
        half = _POINT.sub(".", half)
    if _BLANK.search(half) is None:
        return Compact(half, range(len(half)))
    grouped = {place for match in _GROUPED.finditer(half) for place in range(*match.span())}
    pieces: list[str] = []
    places: list[int] = []
    position = 0
    for blank in _BLANK.finditer(half):
        start, end = blank.span()
        pieces.append(half[position:start])
        places.extend(range(position, start))
        kept = "" if start in grouped else _kept(half, start, end)
        if kept:
            pieces.append(kept)
            places.append(start)
        position = end
    pieces.append(half[position:])
    places.extend(range(position, len(half)))
    return Compact("".join(pieces), places)


def _entry(text: str, start: int, end: int) -> bool:
    """Does a line that is a name and an amount follow on another amount (清运费：15万⏎处理费：18万)?"""
    return _AMOUNT_END.match(text[start - 1]) is not None and _ENTRY.match(text, end) is not None


def _kept(text: str, start: int, end: int) -> str:
    if start == 0 or end == len(text):
        return ""
    if "\n" in text[start:end] and (
        text[start - 1] in _ENDS or _LABEL.match(text, end) or _entry(text, start, end)
    ):
        return "\n"
    before, after = text[start - 1], text[end]
    return " " if before.isascii() and after.isascii() and before.isalnum() and after.isalnum() else ""
