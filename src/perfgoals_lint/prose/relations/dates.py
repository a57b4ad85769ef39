"""Spans of dates against the number of months, years or days that is printed for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values import numerals

_BEGUN = "(?:(?:开工|动工|启动|开始|入场|进场)(?:建设|实施)?|(?P<since>起)(?:建设|实施|执行|施工|服务|运行)?)"
_PLAN = "(?:计划|预计|拟|将|力争)?"
_DONE = "(?:前|底前)?(?:全面|全部)?(?:竣工|完工|建成|完成|结束|验收|交付)(?:验收|使用|并投入使用)?"
_TERM = "(?:工期|期限|周期|(?:[一-龥](?![首一二三四上下本前后时分])[一-龥]|租)期|为期|历时)(?:限)?(?:约|为|[:：])?"
_DATES = (
    r"(?:(?P<y1>(?:19|20)\d\d)(?:年|[./-]))?(?P<m1>1[0-2]|0?[1-9])(?:月(?:份)?|(?=[至到—~～-]\d{1,2}月)|(?=[./-]\d))(?:[./-]?(?P<d1>[12]\d|3[01]|0?[1-9])[日号]?|初|底)?"
    rf"(?:(?:开始|起)?[至到—–~～-]+|(?P<begun>{_BEGUN})[，,、；]?{_PLAN}[于在至到]?)"
    r"(?:(?P<y2>(?:19|20)\d\d)(?:年|[./-]))?(?P<same>当年|同年|次年|翌年)?(?P<m2>1[0-2]|0?[1-9])(?:月(?:份)?|(?=[./-]\d))(?:[./-]?(?P<d2>[12]\d|3[01]|0?[1-9])[日号]?|底|末)?"
)
_NUMBER = r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_SPAN = compiled(
    rf"{_DATES}(?:{_DONE})?"
    r"(?:[）)，,：:止期间]|为止){0,3}(?P<between>[^。；\d]{0,8}?)(?:总计|合计|共计|共|为期|历时|期限为?|计|总工期|工期|服务期|周期)?(?:约|为|[:：])?"
    rf"{_NUMBER}(?P<unit>个月|天|年)(?![度月])"
)
_LENGTH_FIRST = compiled(
    rf"{_TERM}{_NUMBER}(?P<unit>个月|天|年)[，,（(：:]{{0,2}}(?:即|自|从|由)?(?:{_DATES})"
)
_OF_TERM = compiled(rf"{_NUMBER}(?P<unit>年|个月)[期制][一-龥]{{0,8}}[（(，,](?:即|自|从|由)?(?:{_DATES})")
"""三年期项目（2024年1月至2026年12月）."""
_YEARS_BEHIND = compiled(
    rf"(?:{_TERM}|项目){_NUMBER}(?P<unit>年)[，,（(：:]{{0,2}}(?:即|自|从|由)?(?P<y1>(?:19|20)\d\d)年?[至到—–~～-]+(?P<y2>(?:19|20)\d\d)年(?![\d底初])"
)
_CUE = compiled("(?<![首本每二两下上])[一-龥]期|总计|合计|共|为期|历时|期限|计|工期|服务期|周期|[（(]")
_YEARS = compiled(
    r"(?P<y1>(?:19|20)\d\d)年?[至到—–~～-]+(?P<y2>(?:19|20)\d\d)年(?:[）)，,]|期间){0,2}(?:共|为期|历时|合计|共计)(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,2})(?P<unit>年)(?![度底初])"
)
_OF_WORK = compiled("[^每单各]*(?:工期|建设期|为期|历时)(?:约|为|[:：])?")
"""In front of the length of work that is said to run since a month, and not of a contract, a trial or a course."""
_MONTH = compiled(r"\d(?:月|[./-]\d)")
"""What a text without a span of months has none of."""
_NEAR = 8
"""How far in front of a length the word stands that says that it is one, in characters."""
_PLAN_OF_YEARS = compiled(
    r"(?:(?P<number>[两三四五])年(?:行动|攻坚|提升|发展|建设|实施|滚动|专项|工作)*(?:计划|方案|规划|行动|工程)|“?十(?P<plan>[三四五六])五”?(?:规划|时期|期间)?)"
    r"[（(](?P<y1>20\d\d)年?[至到—–~～-]+(?P<y2>20\d\d)年?[）)]"
)
"""A plan for a number of years, or one of the country's, and its years in brackets."""
_TITLE = 60
"""How far in front of a plan the title that it is part of may begin, in characters."""
_FIVE_YEARS, _FIRST_PLAN, _PLANS = 5, 2016, "三四五六"


@dataclass(slots=True)
class Length:
    """A printed span and the length printed for it; ``possible`` are the lengths that it may have. ``plan`` are the
    years that a named plan is for."""

    span: tuple[int, int]
    printed: str
    stated: int
    unit: str
    possible: tuple[int, ...]
    plan: str | None = None


def lengths(text: str) -> Iterator[Length]:
    """The spans of a text that come with their length."""
    if _MONTH.search(text):
        yield from _of_months(text)
    if "19" not in text and "20" not in text:
        return  # no year is printed
    for match in chain(_YEARS.finditer(text), _YEARS_BEHIND.finditer(text)):
        number = _number(match["number"])
        years = int(match["y2"]) - int(match["y1"])
        if number and years > 0:
            yield Length(match.span(), match[0], number, "年", (years + 1, years))
    yield from _plans(text)


def _of_months(text: str) -> Iterator[Length]:
    """Spans from month to month, in front of their length or behind it (工期24个月，自2024年1月至2025年12月)."""
    for match in _SPAN.finditer(text):
        said = _CUE.search(match[0][: match.start("number") - match.start()][-_NEAR:])
        found = _length(match) if said else None
        if found is not None:
            yield found
    for match in chain(_LENGTH_FIRST.finditer(text), _OF_TERM.finditer(text)):
        found = _length(match)
        if found is not None:
            yield found


def _plans(text: str) -> Iterator[Length]:
    """Plans by their number of years (三年行动计划（2024—2026年）) and by the country's count (“十四五”（2021—2025年）)."""
    for match in _PLAN_OF_YEARS.finditer(text):
        least, start = max(0, match.start() - _TITLE), match.start()
        if text.rfind("《", least, start) > text.rfind("》", least, start):
            continue  # the title of a document
        first, last = int(match["y1"]), int(match["y2"])
        years = _FIVE_YEARS
        if match["plan"]:
            begins = _FIRST_PLAN + _FIVE_YEARS * _PLANS.index(match["plan"])
        else:
            years, begins = _number(match["number"]) or 0, first
        right = (begins, begins + years - 1)
        possible = (years,) if (first, last) == right else ()
        yield Length(match.span(), match[0], years, "年", possible, "{}—{}年".format(*right))


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    value = numerals.parse(word)
    return int(value) if value is not None else None


def _length(match: re.Match[str]) -> Length | None:
    number = _number(match["number"])
    if number is None:
        return None
    if match["since"] and not _OF_WORK.fullmatch(match.string, match.start(), match.start("number")):
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
            if int(match["d2"]) in (int(match["d1"]), int(match["d1"]) - 1):
                possible = (months,)
            elif int(match["d1"]) > 1 and int(match["d2"]) < 28:
                possible = (months, months + 1)
        elif match["begun"]:
            possible = (months + 1, months)  # begun and finished some day of a month
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
