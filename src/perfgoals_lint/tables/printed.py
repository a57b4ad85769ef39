"""Printed text put together again: lines joined into running text that still knows where each character stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from perfgoals_lint.model import Location
from perfgoals_lint.rulebook.patterns import compiled

_BLANKS = compiled(r"\s+")
_WIDE = compiled("[\u2014-\u201f\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f]")
_CLOSING = frozenset(",;:.!?()[]<>\"'%")


class Joined(NamedTuple):
    """Running text and, for each piece of it, the offset where it starts and the place that it comes from."""

    text: str
    starts: tuple[int, ...]
    places: tuple[Location, ...]

    def locate(self, offset: int) -> Location:
        """The place of the character at ``offset``."""
        return self.places[max(bisect_right(self.starts, offset) - 1, 0)]

    def part(self, start: int, end: int | None = None) -> Joined:
        """The text between two offsets, with its places."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        starts = tuple(max(offset - start, 0) for offset in self.starts[first:])
        return Joined(self.text[start:end], starts, self.places[first:])


def join(pieces: Iterable[tuple[str, Location]], typed: bool = False) -> Joined:
    """Lines of one cell as running text: a line break leaves a blank only between two Latin letters, and one that was ``typed``
    stays between two digits, which are no one number."""
    text = ""
    parts: list[str] = []
    starts: list[int] = []
    places: list[Location] = []
    length = 0
    for piece, place in pieces:
        piece = piece.strip()
        if text and piece and _is_letter(text[-1]) and _is_letter(piece[0]):
            parts.append(" ")
            length += 1
        elif typed and text and piece and text[-1].isdigit() and piece[0].isdigit():
            parts.append("\n")
            length += 1
        starts.append(length)
        places.append(place)
        parts.append(piece)
        length += len(piece)
        text = piece
    return Joined("".join(parts), tuple(starts), tuple(places))


def unwrap(text: str, narrow: bool = False) -> str:
    """Text, with none at its ends, without the blanks that line breaks inside a cell left behind.

    Chinese is printed without blanks, so one between Chinese characters or punctuation stems from a line break. One
    next to a letter or digit may be printed and stays, unless the column is ``narrow`` (a name broken every few
    characters): there only a blank between two letters stays.
    """

    def decide(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1], text[match.end()]
        wide = bool(_WIDE.match(before)) + bool(_WIDE.match(after))
        if wide == 2 or (wide == 1 and (before in _CLOSING or after in _CLOSING)):
            return ""
        if narrow and not (_is_letter(before) and _is_letter(after)):
            return ""
        return match[0]

    return _BLANKS.sub(decide, text)


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()
