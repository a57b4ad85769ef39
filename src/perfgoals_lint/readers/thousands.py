"""Amounts whose thousands separators have split them over the fields of a record, because nobody quoted them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from perfgoals_lint.rulebook.patterns import compiled

_FIRST = compiled(r"\s*[≥≤<>=¥￥-]{0,2}[1-9]\d{0,2}")
_PIECE = compiled(r"\d{3}")
_NOUGHTS = "000"
_LAST = compiled(r"\d{3}(?:\.\d+)?\D{0,4}\s*")


class SplitAmount(NamedTuple):
    """The fields from ``start`` (0-based) up to ``end`` that are one amount, and that amount as it was meant."""

    start: int
    end: int
    text: str


class Splits:
    """Finds split amounts in the records of a file. A field of three noughts behind a number is a piece of one; other digits
    are where the record is too long by as many fields as its amounts have too many, and no other is too short."""

    def __init__(self, records: Sequence[Sequence[str]]) -> None:
        lengths = Counter(len(record) for record in records if record)
        self._width = lengths.most_common(1)[0][0] if lengths else 0
        self._even = all(length >= self._width or length <= 1 for length in lengths)

    def of(self, record: Sequence[str]) -> list[SplitAmount]:
        """The split amounts of a record, from left to right."""
        found = list(_runs(record))
        certain = [
            one for one in found if any(piece[:3] == _NOUGHTS for piece in record[one.start + 1 : one.end])
        ]
        return found if self._even and self.is_longer(record, found) else certain

    def is_longer(self, record: Sequence[str], found: Sequence[SplitAmount]) -> bool:
        """Is a record too long by the fields that its split amounts have too many, so that all behind them moved?"""
        return len(record) - self._width == sum(one.end - one.start - 1 for one in found) > 0


def _runs(record: Sequence[str]) -> list[SplitAmount]:
    found: list[SplitAmount] = []
    at = 0
    while at + 1 < len(record):
        end = at + 1
        if _FIRST.fullmatch(record[at]):
            while end < len(record) and _PIECE.fullmatch(record[end]):
                end += 1
            end += end < len(record) and _LAST.fullmatch(record[end]) is not None
        if end - at > 1:
            found.append(SplitAmount(at, end, ",".join(record[at:end])))
        at = end
    return found
