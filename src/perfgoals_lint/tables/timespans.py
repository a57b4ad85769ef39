"""Periods as the boxes of a form and the columns of a list print them: years in digits and in characters, months, durations."""

from collections.abc import Mapping

from perfgoals_lint.model import Period
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values import numerals

PERIOD = ("period_start", "period_end", "period")
_YEAR = compiled(r"(?<!\d)((?:19|20)\d\d)(?:(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?)?(?!\d)")
_WRITTEN_YEAR = compiled(
    r"(?<![〇零○一二三四五六七八九十])(?:二[〇零○]|一九)[〇零○一二三四五六七八九]{2}(?![〇零○一二三四五六七八九十])"
)
_SHORT_YEAR = compiled(r"(?<!\d)(?=[2-4]\d年\s*\d{1,2}\s*月)")
"""Where a year of two digits begins, with its month behind it."""
_WRITTEN = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
GARBLED_YEAR = compiled(
    r"(?<![0-9A-Za-z])(?=[0-9OoIl]{4}(?![0-9A-Za-z]))2[0-9Il]*[OoIl][0-9OoIl]*|(?<![0-9A-Za-z])2[Oo][0-9OoIl]{2}(?![0-9A-Za-z])"
)
"""Letters typed for the digits of a year."""
OPEN_END = compiled(r"[年月日\d]\s*(?:起|开始|以来|至今)(?!.*[止至到])|长期")
_NUMERAL = compiled(r"[零〇○一二两三四五六七八九十百]{1,5}(?=\s?(?:年|个?月|日))")
_LASTING = compiled(
    r"(?:起|开始|为期|期限|[工周]期|共)[^\d半至到止保]{0,5}"
    r"(?:(\d{1,2})\s?年[零又]?(?:(半)|(\d{1,2})\s?个?月)?|(半)年|(\d{1,3})\s?个月)"
)
"""How many years and months a period lasts from its first date on (2026年3月1日起3年, 3年6个月, 1年半)."""
_ORDER = ("period_start", "period", "period_end")
_MONTH = compiled(
    r"(?:19|20)\d\d\s*[年./-]\s*(1[0-2]|0?[1-9])(?![0-9])|(?<![0-9./])(?<![0-9]-)(1[0-2]|0?[1-9])\s*月"
)
_DAY = compiled(r"[月./\s-]*(\d{1,2})")
"""The day behind a month."""


def years_of(text: str) -> list[int]:
    """The years that a text names, in digits or in characters (二〇二四)."""
    return [int(year) for year in _YEAR.findall(_SHORT_YEAR.sub("20", _in_digits(text)))]


def _in_digits(text: str) -> str:
    """A text with the numbers of its years, months and days in digits (二〇二六年三月: 2026年3月)."""
    text = _WRITTEN_YEAR.sub(lambda match: match[0].translate(_WRITTEN), text.translate(_WIDE))
    return _NUMERAL.sub(lambda match: f"{numerals.parse(match[0]) or match[0]}", text)


def period_of(texts: Mapping[str, str]) -> Period | None:
    """The implementation period that a form's boxes or a list's columns print (``period``, ``period_start``, ``period_end``)."""
    first, last, whole = (years_of(texts.get(name, "")) for name in PERIOD)
    lasting = _last_year(whole, texts["period"]) if len(whole) == 1 else None
    is_open = len(whole) == 1 and not lasting and OPEN_END.search(texts["period"])
    start, end = (
        [*first, *whole][:1],
        [*last[:1], *([] if is_open else [lasting or whole[-1]] if whole else [])][:1],
    )
    return Period(start[0] if start else None, end[0] if end else None) if start or end else None


def _last_year(years: list[int], text: str) -> int | None:
    """The year in which a period ends that says how many years or months it lasts from its first date on."""
    text = _in_digits(text)
    lasting = _LASTING.search(text)
    if lasting is None:
        return None
    month = _MONTH.search(text, 0, lasting.start())
    day = _DAY.match(text, month.end(), lasting.start()) if month else None
    first = int(month[1] or month[2]) if month else 1
    years_long, *half, more, alone = lasting.group(1, 2, 4, 3, 5)
    months = 12 * int(years_long or 0) + 6 * any(half) + int(more or alone or 0)
    # What begins behind the first of a month ends in the month behind.
    return years[0] + (first - 2 + months + (day is not None and int(day[1]) > 1)) // 12 if months else None


def months_of(texts: Mapping[str, str]) -> tuple[int, int] | None:
    """The first and the last month that the boxes of a period name; ``None`` where they do not name both."""
    text = _in_digits(" ".join(texts.get(name, "") for name in _ORDER))
    found = [int(match[1] or match[2]) for match in _MONTH.finditer(text)]
    return (found[0], found[-1]) if len(found) > 1 else None
