"""Amounts whose thousands separators have split them over the fields of a record, because nobody quoted them."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from perfgoals_lint.rulebook.labels import column_of, field_of
from perfgoals_lint.rulebook.patterns import compiled

_FIRST = compiled(r"\s*[≥≤<>=¥￥-]{0,2}[1-9]\d{0,2}")
_PIECE = compiled(r"\d{3}")
_NOUGHTS = "000"
_NUMBER = compiled(r"\s*[≥≤<>=¥￥-]{0,2}\d[\d,.]*\D{0,4}")
_FEWEST = 3
"""Names of a header."""
_MONEY = frozenset(
    {"budget", "cycle_budget", "investment", "fiscal", "special_account", "other_funds", "public_source"}
)
_LAST = compiled(r"\d{3}(?:\.\d+)?\D{0,4}\s*")


class SplitAmount(NamedTuple):
    """The fields from ``start`` (0-based) up to ``end`` that are one amount, and that amount as it was meant."""

    start: int
    end: int
    text: str


class Splits:
    """Finds split amounts in the records of a file: sums of money of which one surely is split, and figures by whose pieces
    a record is too long where these stand in columns that hold no figures and all behind them did before they moved."""

    def __init__(self, records: Sequence[Sequence[str]]) -> None:
        self._records = records

    @cached_property
    def _header(self) -> int:
        """The number of the record that names the columns; -1 where none does."""
        named = (
            n
            for n, record in enumerate(self._records)
            if len(record) >= _FEWEST
            and all(column_of(name) or field_of(name) for name in islice(filter(None, record), _FEWEST))
            and sum(map(bool, record)) >= _FEWEST
        )
        return next(named, -1)

    @cached_property
    def _width(self) -> int:
        """How many fields a record has: as many as the header, or as most."""
        if self._header >= 0:
            return len(self._records[self._header])
        lengths = Counter(len(record) for record in self._records if record)
        return lengths.most_common(1)[0][0] if lengths else 0

    @cached_property
    def _even(self) -> bool:
        """Is no record too short?"""
        return all(len(record) >= self._width or len(record) <= 1 for record in self._records)

    @cached_property
    def _numeric(self) -> list[bool | None]:
        """Does each column hold figures in the records that are long enough and no longer, or none? ``None`` where it has both or nothing."""
        columns: list[set[bool]] = [set() for _ in range(self._width)]
        for record in self._records[self._header + 1 :]:
            for kinds, field in zip(columns, record if len(record) == self._width else (), strict=False):
                kinds |= {_NUMBER.fullmatch(field) is not None} if field.strip() else set()
        return [next(iter(kinds)) if len(kinds) == 1 else None for kinds in columns]

    def of(self, record: Sequence[str]) -> list[SplitAmount]:
        """The split amounts of a record, from left to right."""
        found = list(_runs(record))
        if not found:
            return []
        longer = self.is_longer(record, found) and (
            self._even or any(_has_noughts(record, one) for one in found)
        )
        fits = longer and self._fits(record, found)
        money: list[SplitAmount] = []
        certain = fits and not any(self._may_be_apart(one) for one in found)
        extra = 0
        for one in found:
            labelled = one.start > 0 and field_of(record[one.start - 1]) in _MONEY
            if labelled or field_of(self._name(one.start - extra)) in _MONEY:
                money.append(one)
                certain = certain or _has_noughts(record, one) or (longer if labelled else fits)
            extra += one.end - one.start - 1
        return (found if longer else money) if certain else []

    def is_longer(self, record: Sequence[str], found: Sequence[SplitAmount]) -> bool:
        """Is a record too long by the fields that its split amounts have too many, so that all behind them moved?"""
        return len(record) - self._width == sum(one.end - one.start - 1 for one in found) > 0

    def _name(self, column: int) -> str:
        header = self._records[self._header] if self._header >= 0 else ()
        return header[column] if column < len(header) else ""

    def _fits(self, record: Sequence[str], found: Sequence[SplitAmount]) -> bool:
        """Do the fields from the first amount on stand in columns of their kind once the amounts are one each?"""
        ends = {one.start: one for one in found}
        at = column = found[0].start
        while at < len(record):
            one = ends.get(at)
            is_number = one is not None or _NUMBER.fullmatch(record[at]) is not None
            if record[at].strip() and self._numeric[column] not in (None, is_number):
                return False
            at, column = one.end if one else at + 1, column + 1
        return True

    def _may_be_apart(self, one: SplitAmount) -> bool:
        """May the pieces of an amount be figures of columns of their own?"""
        return all(self._numeric[one.start : one.end]) and one.end <= self._width


def _has_noughts(record: Sequence[str], one: SplitAmount) -> bool:
    return any(piece[:3] == _NOUGHTS for piece in record[one.start + 1 : one.end])


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
