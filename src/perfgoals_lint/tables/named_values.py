"""Cells of a list that hold the indicators of one class as ``名称：值``, numbered, a line each or one behind the other."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from unicodedata import numeric

from perfgoals_lint.model import Indicator, Location
from perfgoals_lint.rulebook.labels import all_labels, classify, is_level1, is_level2, parent_of
from perfgoals_lint.rulebook.patterns import any_of, compiled
from perfgoals_lint.tables.amounts import is_nothing
from perfgoals_lint.tables.items import parse_items
from perfgoals_lint.tables.printed import Joined, join
from perfgoals_lint.values import is_whole, parse
from perfgoals_lint.values.types import Deadline, Quantity
from perfgoals_lint.values.units import is_unit, measure_of, table

_MARK = r"[.、．)）]\s*(?!\d(?!\d?月))"
COUNT = (
    rf"(?<![\d.])[（(]?(?P<digits>\d{{1,2}}){_MARK}|(?P<ring>[①-⑳])[.、．]?\s*"
    r"|(?:(?P<bracket>[（(])|(?<![一-鿿]))(?P<numeral>[一二三四五六七八九十])(?(bracket)[)）]|[、.．])\s*"
)
"""How an item of a list is counted: 1., (2), ③, 四、."""
_COUNTS, _NUMBERED = compiled(COUNT), compiled(rf"\s*(?:{COUNT})")
_VALUED = compiled(r"^(.{2,60}?)\s*(?:[：:]\s*|(?=[≥≤><＞＜≧≦]|[=＝]))(.+)$", re.DOTALL)
_BRACKETED = compiled(r"^(.{2,60}?)\s*[（(]\s*([^（）()]+)[)）]$", re.DOTALL)
_SIGNED = compiled(r"[≥≤><＞＜≧≦=＝]")
_YEAR = compiled(r"(?:19|20)\d\d年?度?$")
_DIGIT = compiled(r"\d")
_OF_NAME = compiled(rf"{_YEAR.pattern}|.*岁$|[一二三四五六七八九十]期$")
"""What a bracket says of the name in front of it, also where it is all that there is."""
_TARGET, _SAYS_MORE = compiled(r"[≥≤≧≦＝=＞＜<>\d]"), compiled(r"[：:]|级指标|指标值")
_TOLD = compiled(r"[：:]\s*[≥≤≧≦＝=＞＜<>]*|[≥≤≧≦＝=＞＜<>]+")
"""What stands between a name and its value."""
_VALUE = compiled(r"\s*(?:[≥≤≧≦＝=＞＜<>]|\d+(?:\.\d+)?[^；;，,。、.．:：\n]{0,8}(?:[；;，,。\n]|$))")
"""A value at once behind a label, which is a name then (服务对象满意度：≥90%)."""
_CLASSED = compiled(
    rf"\s*(?:{COUNT})?"
    r"(?:[【\[〔](?P<framed>[^】\]〕]{2,14})[】\]〕]\s*[：:]?|(?P<label>[^：:；;。，,\s\-－—–/／>＞→·|]{2,14})\s*[：:\-－—–/／>＞→·|])"
)
_BETWEEN = compiled(r"[；;。，,、：:]|(?=[【\[〔])")
_STOPS = " \t\n；;。"
_LONGEST, _JUDGED = 60, 7
"""Characters of a name with its value, and of a judgement less one."""


def named_values(lines: Iterable[tuple[str, Location]]) -> Iterator[tuple[str, str | None, Location]]:
    """The name, the value and the place of every indicator in a cell, given as its printed lines.

    A list that begins with 1 goes on at the next number, wherever that stands; else each line with a value is one, and a
    line without goes on with the one above. What holds no value is a name alone.
    """
    printed = [(text, place) for text, place in lines if text.strip()]
    for part in _parts(printed):
        text = _NUMBERED.sub("", part.text, count=1).strip(_STOPS + "，,、")
        if is_nothing(text):
            continue
        name, value = name_and_value(text)
        yield *((name, value) if value else _bracketed(text) or (text, None)), part.locate(0)


def name_and_value(text: str) -> tuple[str, str | None]:
    """A name and the value behind it, in a bracket, after a colon, from its sign on, or its figure, time or judgement at the end
    (完工时间2026年5月底前, 便利度明显提升); ``None`` where none follows, and no name where the whole is a figure, a time or a
    judgement (2026年8月31日前完成, 按期完成)."""
    bracket = _BRACKETED.match(text)
    if bracket and (_SIGNED.match(bracket[2]) or _tells_how_much(bracket[2])):
        return bracket[1], bracket[2].strip()
    if bracket and is_whole(bracket[2]) and not _DIGIT.search(bracket[1]):
        return text, None
    if match := _VALUED.match(text):
        return match[1], match[2]
    if len(text) > _LONGEST:
        return text, None
    if is_whole(text) or parse(text).kind == "judgement" or _is_time(text):
        return "", text
    ends = range(2, len(text) - 1)
    figure = next((at for at in ends if is_whole(text[at:]) and not _ends_noun(text[at:])), None)
    at = figure or next((at for at in ends[-_JUDGED:] if parse(text[at:]).kind == "judgement"), None)
    if at and is_whole(text[:at]):
        return "", text
    at = at or _named_again(text)
    return (text[:at], text[at:]) if at else (text, None)


def _bracketed(text: str) -> tuple[str, str] | None:
    """A name and the value in the bracket behind it, also one that may tell what kind it is (工期（90天）), for a text without another."""
    bracket = _BRACKETED.match(text)
    own = bracket and is_whole(bracket[2]) and not (_DIGIT.search(bracket[1]) or _OF_NAME.match(bracket[2]))
    return (bracket[1], bracket[2].strip()) if bracket and own else None


def _named_again(text: str) -> int | None:
    """Where the figure of a name stands that names its noun once more behind it (学员300名学员)."""
    figure = _DIGIT.search(text, 2)
    value = parse(text[figure.start() :]) if figure else None
    if figure is None or not isinstance(value, Quantity) or not (value.object and value.span):
        return None
    whole = value.span[0] == 0 and value.text[value.span[1] :] == value.object
    return figure.start() if whole and text[: figure.start()].endswith(value.object) else None


def _ends_noun(text: str) -> bool:
    """Does a measure word stand in front of the figure, as the end of a noun (案件 in 件240件)?"""
    return is_unit(_DIGIT.split(text, maxsplit=1)[0])


def _is_time(text: str) -> bool:
    """Is a text a time and what is done by then (8月31日前完工)?"""
    value = parse(text)
    if not isinstance(value, Deadline) or value.span is None:
        return False
    return value.span[0] == 0 and not _DIGIT.search(text, value.span[1])


def _has_value(text: str) -> bool:
    """Is a text a name with the value behind it, or a value alone?"""
    return _VALUED.match(text) is not None or name_and_value(text)[1] is not None


def _tells_how_much(text: str) -> bool:
    """Is a text without a sign, in brackets behind a name, a value of what is named: a date, or in digits a share or how much there
    is? A place in an order (一期, 3级), a length of time, an age or another rank, a price or a share of each (100元/人) tell what
    kind it is."""
    if not _DIGIT.search(text) or _YEAR.match(text) or not is_whole(text):
        return False
    value = parse(text)
    if not isinstance(value, Quantity) or value.unit is None:
        return value.kind == "deadline"
    known, dimension = table(), measure_of(value.unit)[0]
    each = {measure_of(one.unit)[0] for one in value.per}
    if dimension in known.times or value.unit in known.orders or (each and value.unit in known.money):
        return False
    return each <= known.times and (dimension not in known.levels or value.unit == "%")


def classed_values(cell: Joined) -> list[Indicator]:
    """The indicators of a cell that prints the classes in front of them, of several or of each (数量指标：…；…；质量指标：…;
    产出指标-数量指标-名称：值；…). None where it does not begin with a class, or where more than a third have no value."""
    labels = list(_class_labels(cell))
    if not labels or cell.text[: labels[0][1]].strip():
        return []
    rows: list[Indicator] = []
    first: str | None = None
    for (label, _, begin), after in zip(labels, [*labels[1:], None], strict=True):
        part = cell.part(begin, after[1] if after else len(cell.text))
        # 成本指标 may be of both levels: it is of the first in front of another class, or where none of the second was printed.
        upper = is_level1(label) and (not is_level2(label) or not part.text.strip() or not (first or rows))
        first = label if upper else first
        for name, value, place in named_values(
            [(part.text, part.locate(0))] if part.text.strip(_STOPS) else []
        ):
            row = Indicator(
                level1=first, level2=None if upper else label, level3=name or None, annual_value=value
            )
            row.locations = dict.fromkeys(("level3", "annual_value") if value else ("level3",), place)
            rows.append(row)
    return rows if 3 * sum(bool(row.annual_value) for row in rows) >= 2 * len(rows) else []


def behind_classes(text: str) -> tuple[list[str], str]:
    """The classes that a name is printed behind (产出指标-数量指标-加固长度), none or all in front of it, and the name."""
    labels: list[str] = []
    end = 0
    for label, start, after in (
        () if _CLASSED.match(text) is None else _class_labels(join([(text, Location(""))]))
    ):
        if start != end:
            break
        labels.append(label)
        end = after
    return labels, text[end:].strip()


def values_of_class(label: str, cell: Joined) -> list[Indicator]:
    """The indicators of a cell beside the name of their class (产出指标 | 1.数量指标：名称：值 …), none where one has no value."""
    rows = classed_values(cell) or unclassed_values(cell)
    level = "level1" if is_level1(label) else "level2"
    own = classify(label, 1)
    for row in rows:
        below = row.level2 is None or parent_of(classify(row.level2, 2) or "") == own
        if level == "level1" and row.level1 and is_level2(row.level1) and below:
            row.level2 = row.level2 or (row.level1 if row.level1 != label else None)
            row.level1 = label
        elif getattr(row, level) is None:
            setattr(row, level, label)
    return rows


def unclassed_values(cell: Joined) -> list[Indicator]:
    """The indicators of a cell that prints no class (1.名称：值 …), none where one has no value."""
    pieces = zip(
        (cell.text[a:b] for a, b in pairwise([*cell.starts, len(cell.text)])), cell.places, strict=True
    )
    rows = []
    for name, value, place in named_values(pieces):
        rows.append(Indicator(level3=name or None, annual_value=value))
        rows[-1].locations = dict.fromkeys(("level3", "annual_value"), place)
    return rows if all(row.annual_value for row in rows) else []


def _class_labels(cell: Joined) -> Iterator[tuple[str, int, int]]:
    """The class labels with a colon at the start of a line, a part or behind another one: label, where it starts and ends."""
    inside = (match.start() for match in _labels().finditer(cell.text))
    at = sorted({0, *cell.starts, *(match.end() for match in _BETWEEN.finditer(cell.text)), *inside})
    end = 0
    for start in at:
        while start >= end and (match := _CLASSED.match(cell.text, start)):
            label = match["framed"] or match["label"]
            named = not label.endswith("指标") and _VALUE.match(cell.text, match.end())
            if named or not (is_level1(label) or is_level2(label)):
                break
            yield label, start, match.end()
            start = end = match.end()


@cache
def _labels() -> re.Pattern[str]:
    """A class label with a colon, also where a carrier lost the line break in front of it."""
    return compiled(rf"(?:{COUNT})?(?:{any_of(x for x in all_labels(2) if x.endswith('指标'))})(?=[：:])")


def _parts(printed: list[tuple[str, Location]]) -> Iterator[Joined]:
    whole = join(printed)
    starts = list(_numbers(whole.text))
    if len(starts) > 1:
        for start, end in zip(starts, [*starts[1:], len(whole.text)], strict=True):
            yield whole.part(start, end)
        return
    # Between semicolons lines are broken anywhere.
    items = list(_sentences(whole, ("[；;]",)))
    if len(items) > 1 and all(len(_TOLD.findall(item.text)) == 1 for item in items):
        yield from items
        return
    groups: list[list[tuple[str, Location]]] = []
    for text, place in printed:
        if (
            groups
            and not _VALUED.match(text.strip())
            and not _NUMBERED.match(text)
            and _goes_on(groups[-1], text)
        ):
            groups[-1].append((text, place))
        else:
            groups.append([(text, place)])
    for group in groups:
        yield from _sentences(join(group))


def _goes_on(group: list[tuple[str, Location]], text: str) -> bool:
    """Does a line go on with those of an indicator: has it no value, or they none that is whole without it?"""
    above = join(group).text.strip(_STOPS)
    if not _has_value(text.strip(_STOPS)) or not _has_value(above) or above[-1:].isdecimal():
        return True
    name, value = name_and_value(above + text.strip(_STOPS))
    return value is not None and is_whole(value) and name == name_and_value(above)[0]


def counted(match: re.Match[str]) -> tuple[str, int]:
    """How an item of a list is counted (digits, a ring, a numeral), and as which."""
    style = next(name for name in ("digits", "ring", "numeral") if match[name])
    return style, int(match[style]) if style == "digits" else int(numeric(match[style]))


def _numbers(text: str) -> Iterator[int]:
    """Where the numbers of a list stand that counts up from 1, with which it begins, all in the same way."""
    first = _NUMBERED.match(text)
    after = counted(first) if first else ("", 0)
    for match in _COUNTS.finditer(text) if after[1] == 1 else ():
        if counted(match) == after:
            yield match.start()
            after = after[0], after[1] + 1


def _sentences(line: Joined, marks_of: Iterable[str] = ("[；;]", "[，,；;]", "[、；;]")) -> Iterator[Joined]:
    """The parts of a line between semicolons, of which two have a value and most others too, or between other marks, where each
    has one."""
    for marks in marks_of:
        cuts = [match.end() for match in re.finditer(marks, line.text)]
        bounds = [0, *cuts, len(line.text)]
        parts = [line.part(start, end) for start, end in pairwise(bounds) if start < end]
        texts = [text for part in parts if (text := part.text.strip(_STOPS + "，,、"))]
        told = _has_value if marks == "[；;]" or not _TOLD.search(line.text) else _VALUED.match
        valued = sum(bool(told(text) or _bracketed(text)) for text in texts)
        if valued > 1 and (valued == len(texts) or (marks == "[；;]" and 3 * valued >= 2 * len(texts))):
            yield from parts
            return
    yield line


def listed_indicators(listed: Joined) -> list[Indicator]:
    """The indicators that one text lists, with their classes or without."""
    return parse_items(listed) or classed_values(listed) or unclassed_values(listed)


def told_indicators(listed: Joined) -> list[Indicator]:
    """The indicators of a form's text, none where one of them lacks a name of its own, or a value with a sign or a figure
    and no sentence behind it."""
    found = listed_indicators(listed)
    return found if all(map(_is_told, found)) else []


def _is_told(one: Indicator) -> bool:
    value = one.annual_value or one.cycle_value or ""
    return bool(_TARGET.search(value)) and "。" not in value[:-1] and not _SAYS_MORE.search(one.level3 or "")
