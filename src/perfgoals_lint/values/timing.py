"""Times: deadlines and periods."""

from perfgoals_lint.values.dates import Date, deadline_day, impossible
from perfgoals_lint.values.notation import Text
from perfgoals_lint.values.reading import Bound, Every, When
from perfgoals_lint.values.types import Deadline, ImpossibleDate, Measure, PeriodValue, Precision

_FROM = frozenset({"起", "以后", "之后", "后", "开始"})
_WITHIN = frozenset({"内", "以内", "之内"})


def timed(
    when: When, every: list[Every], year: int | None, whole: str, text: Text
) -> Deadline | PeriodValue | ImpossibleDate | None:
    """The deadline or period that a date states, or that there is no such date; ``None`` when nothing is named."""
    if any(one is not None and impossible(one) for one in (when.date, when.until)):
        return ImpossibleDate(whole)
    if when.whole or when.until is not None:
        first = when.date or Date()
        last = when.until or first
        if when.until is not None and first.year is None:
            first = first._replace(year=last.year)
        if last.year is None:
            last = last._replace(year=first.year)
        return _period(first, last, year, whole, text.place(when.start, when.end))
    return deadline(when, every, year, whole, text)


def deadline(when: When, every: list[Every], year: int | None, whole: str, text: Text) -> Deadline | None:
    """The deadline that a date states, the end of a stretch of time; ``None`` when there is no such date."""
    date = when.date
    if date is not None and when.until is not None:
        date = when.until if when.until.year is not None else when.until._replace(year=date.year)
    if date is None or ((date.month or date.day) and date.last_day(2024) is None):
        return None
    repeated = when.every or (every[0] if every else None)
    day = deadline_day(date, when.edge, year) if when.every is None else None
    named: Precision = "day" if date.day else "month" if date.month or when.every is not None else "year-end"
    return Deadline(
        whole,
        ">=" if when.edge in _FROM else "=" if when.edge in _WITHIN else "<=",
        date.year or year,
        date.month,
        date.day,
        named,
        day.isoformat() if day else None,
        Measure(repeated.number, repeated.unit) if repeated and repeated.unit else None,
        span=text.place(when.start, when.end),
    )


def stretch(bound: Bound, text: Text, year: int | None, whole: str) -> PeriodValue | None:
    """A figure up to a date: 1-12月, 2022-2023年. ``None`` when the figure is no month or year."""
    value, until = bound.low.figure.value, bound.until
    if until is None or until.date is None or value is None or bound.op is not None or value != int(value):
        return None
    last, number = until.date, int(value)
    if last.month and not 1 <= number <= 12:
        return None
    first = Date(last.year, number) if last.month else Date(number)
    return _period(first, last, year, whole, text.place(bound.start, bound.end))


def _period(first: Date, last: Date, year: int | None, whole: str, span: tuple[int, int]) -> PeriodValue:
    start, end = first.first_day(year), last.last_day(year)
    return PeriodValue(
        whole, start.isoformat() if start else None, end.isoformat() if end else None, span=span
    )
