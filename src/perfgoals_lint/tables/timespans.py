"""Periods as the boxes of a form and the columns of a list print them: years in digits and in characters, months, durations."""

from __future__ import annotations

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
OPEN_END = compiled(r"[年月日]\s*(?:起|开始|以来|至今)(?!.*[止至到])|长期")
_LASTING = compiled(
    r"(?:(?<!\d)(\d{1,2}|十[一二]?|[一二三四五六七八九])[月./-].{0,8})?(?:起|为期|期限|共)[^\d]{0,3}?(?:([一二两三四五六七八九十]|\d{1,2})\s?年|(\d{1,3})\s?个月)"
)
"""How many years or months a period lasts from its first date on (2026年3月1日起三年), with the month where it begins."""
_ORDER = ("period_start", "period", "period_end")
_MONTH = compiled(
    r"(?:19|20)\d\d\s*[年./-]\s*(1[0-2]|0?[1-9])(?![0-9])|(?<![0-9./])(?<![0-9]-)(1[0-2]|0?[1-9])\s*月"
)


def years_of(text: str) -> list[int]:
    """The years that a text names, in digits or in characters (二〇二四)."""
    text = _WRITTEN_YEAR.sub(lambda match: match[0].translate(_WRITTEN), text.translate(_WIDE))
    return [int(year) for year in _YEAR.findall(_SHORT_YEAR.sub("20", text))]


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
    lasting = _LASTING.search(text)
    if lasting is None:
        return None
    first = int(numerals.parse(lasting[1] or "1") or 1)
    months = int(lasting[3]) if lasting[3] else 12 * int(numerals.parse(lasting[2]) or 0)
    return years[0] + (first - 2 + months) // 12 if months else None


def months_of(texts: Mapping[str, str]) -> tuple[int, int] | None:
    """The first and the last month that the boxes of a period name; ``None`` where they do not name both."""
    text = " ".join(texts.get(name, "") for name in _ORDER)
    found = [int(match[1] or match[2]) for match in _MONTH.finditer(text)]
    return (found[0], found[-1]) if len(found) > 1 else None
