"""Spans of dates against the number of months, years or days that is printed for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from perfgoals_lint.values import numerals

_SPAN = re.compile(
    r"(?:(?P<y1>(?:19|20)\d\d)(?:年|[./-]))?(?P<m1>1[0-2]|0?[1-9])(?:月(?:份)?|(?=[至到—~～-]\d{1,2}月)|(?=[./-]\d))(?:[./-]?(?P<d1>[12]\d|3[01]|0?[1-9])[日号]?|初|底)?"
    r"(?:开始|起)?[至到—–~～-]+(?:(?P<y2>(?:19|20)\d\d)(?:年|[./-]))?(?P<same>当年|同年|次年|翌年)?(?P<m2>1[0-2]|0?[1-9])(?:月(?:份)?|(?=[./-]\d))(?:[./-]?(?P<d2>[12]\d|3[01]|0?[1-9])[日号]?|底|末)?"
    r"(?:[）)，,：:止期间]|为止){0,3}(?P<between>[^。；\d]{0,8}?)(?:总计|合计|共计|共|为期|历时|期限为?|计|总工期|工期|服务期|周期)?(?:约|为|[:：])?"
    r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>个月|天|年)(?![度月])"
)
_LENGTH_FIRST = re.compile(
    r"(?:工期|期限|周期|服务期|建设期|实施期|合同期|租期|为期|历时)(?:限)?(?:约|为|[:：])?"
    r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>个月|天|年)[，,（(：:]{0,2}(?:即|自|从|由)?(?P<span>[^，。；]{8,40})"
)
_CUE = re.compile("总计|合计|共|为期|历时|期限|计|工期|服务期|周期|[（(]")
_YEARS = re.compile(
    r"(?P<y1>(?:19|20)\d\d)年?[至到—–~～-]+(?P<y2>(?:19|20)\d\d)年(?:[）)，,]|期间){0,2}(?:共|为期|历时|合计|共计)(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,2})(?P<unit>年)(?![度底初])"
)


@dataclass(slots=True)
class Length:
    """A printed span and the length printed for it; ``possible`` are the lengths that it may have."""

    span: tuple[int, int]
    printed: str
    stated: int
    unit: str
    possible: tuple[int, ...]


def lengths(text: str) -> Iterator[Length]:
    """The spans of a text that come with their length."""
    for match in _SPAN.finditer(text):
        found = _length(match)
        if found is not None:
            yield found
    for match in _LENGTH_FIRST.finditer(text):
        # 工期24个月，自2024年1月至2025年12月: the same claim the other way round.
        span = _SPAN.match(f"{match['span'].lstrip('自从由')}，共{match['number']}{match['unit']}")
        found = _length(span) if span is not None else None
        if found is not None:
            yield Length(match.span(), match[0], found.stated, found.unit, found.possible)
    for match in _YEARS.finditer(text):
        number = _number(match["number"])
        years = int(match["y2"]) - int(match["y1"])
        if number and years > 0:
            yield Length(match.span(), match[0], number, "年", (years + 1, years))


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    value = numerals.parse(word)
    return int(value) if value is not None else None


def _length(match: re.Match[str]) -> Length | None:
    number = _number(match["number"])
    head = match[0][: match.start("number") - match.start()]
    if number is None or not _CUE.search(head[-8:]):
        return None
    first, last = int(match["m1"]), int(match["m2"])
    start = int(match["y1"]) if match["y1"] else None
    end = int(match["y2"]) if match["y2"] else None
    if end is not None and start is None:
        return None
    base = start or 2000
    closing = end or base
    if match["same"] in ("次年", "翌年") or (end is None and last < first):
        closing = base + 1
    months = (closing - base) * 12 + last - first
    if months < 0:
        return None
    unit = match["unit"]
    possible: tuple[int, ...]
    if unit == "个月":
        if match["d1"] and match["d2"]:
            # From the 15th to the 15th is one month less than both ends counted.
            possible = (months + 1, months) if int(match["d2"]) <= int(match["d1"]) + 1 else (months + 1,)
            if int(match["d1"]) > 1 and int(match["d2"]) < 28:
                possible = (months, months + 1)
        else:
            possible = (months + 1,)
    elif unit == "年":
        possible = tuple(sorted({(months + 1) // 12, -(-months // 12), round(months / 12)}))
    else:
        if not (match["d1"] and match["d2"]):
            return None
        try:
            days = (date(closing, last, int(match["d2"])) - date(base, first, int(match["d1"]))).days
        except ValueError:
            return None
        possible = (days + 1, days)
    return Length(match.span(), match[0], number, unit, possible)
