"""Dates as target values name them, and the days they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values import numerals

if TYPE_CHECKING:
    from datetime import date


class Date(NamedTuple):
    """The named parts of a date. A quarter or half-year is its last month with ``first`` as its first."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    first: int | None = None

    def last_day(self, year: int | None = None) -> date | None:
        """The last day that is meant; ``None`` when the year is unknown or there is no such day."""
        year = self.year or year
        if not year:
            return None
        month = self.month or 12
        days = (self.day,) if self.day else (31, 30, 29, 28)
        return next((found for day in days if (found := _day(year, month, day))), None)

    def first_day(self, year: int | None = None) -> date | None:
        """The first day that is meant; ``None`` as for ``last_day``."""
        year = self.year or year
        return _day(year, self.first or self.month or 1, self.day or 1) if year else None


def _day(year: int, month: int, day: int) -> date | None:
    from datetime import date

    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


class Marked(Protocol):
    """A token: a string with a type."""

    type: str

    def __str__(self) -> str: ...


_NUMBER = compiled(r"\d+")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_THIRDS = {"上旬": 10, "中旬": 20}


def read_date(tokens: Sequence[Marked]) -> Date:
    """The date of a row of YEAR, MONTH, DAY, QUARTER and SEASON tokens."""
    year = month = day = first = None
    for token in tokens:
        text = str(token)
        if token.type == "YEAR":
            year = _year(text)
        elif token.type == "MONTH":
            month = _count(text.rstrip("份").rstrip("月"))
        elif token.type == "DAY":
            day = _count(text[:-1])
        elif token.type == "HOUR":  # a day that ends at an hour is that day
            continue
        elif token.type == "QUARTER":
            quarter = next(_QUARTERS.get(c) or int(c) for c in text if c in _QUARTERS or c.isdigit())
            month, first = quarter * 3, quarter * 3 - 2
        else:
            month, first = (6, 1) if text[0] == "上" else (12, 7)
    return Date(year, month, day, first)


def read_numeric(text: str) -> Date:
    """The date of ``202001``, ``2023-09-30``, ``2023/9/30``, ``2023.07``."""
    if text.isdigit():  # 202001
        return Date(int(text[:4]), int(text[4:]))
    return Date(*(int(number) for number in _NUMBER.findall(text)))


def _count(text: str) -> int | None:
    value = numerals.parse(text) if text else None
    return None if value is None else int(value)


def _year(text: str) -> int | None:
    value = _count(text.rstrip("度").rstrip("年")) if text[0] not in "当本明今年" else None
    return value + 2000 if value is not None and value < 100 else value


def impossible(when: Date) -> bool:
    """Is there no such day or month (13月, 2月30日)? Without a year, 2月29日 may be one."""
    if when.month is not None and not 1 <= when.month <= 12:
        return True
    if when.day is None:
        return False
    return _day(when.year or 2024, when.month or 1, when.day) is None


def deadline_day(when: Date, edge: str, year: int | None = None) -> date | None:
    """The last day of a deadline.

    ``底前`` and the bare ``前`` behind a day include what is named; ``前`` behind a year or month, and ``之前``
    ``以前`` behind anything, end the day before it begins.
    """
    if edge.startswith(tuple(_THIRDS)) and when.month:
        when = Date(when.year, when.month, _THIRDS[edge[:2]])
    exclusive = edge in {"之前", "以前"} or (edge == "前" and not when.day)
    if not exclusive:
        return when.last_day(year)
    begin = when.first_day(year)
    return begin.fromordinal(begin.toordinal() - 1) if begin else None
