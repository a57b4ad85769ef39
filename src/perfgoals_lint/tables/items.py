"""Numbered indicator lists printed inside one cell, split by structure: number, class label, name, labelled values.

Both ``1、产出指标:名称,年度指标值:值。`` and ``1、1-产出指标；11-数量指标；名称；实施周期指标值:值；年度指标值:值。`` are such
lists, with full-width and ASCII marks mixed. Names and values may hold any of the marks themselves.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from perfgoals_lint.model import Grid, Indicator
from perfgoals_lint.rulebook.labels import all_labels, column_of, is_level1, is_level2, split_code
from perfgoals_lint.rulebook.patterns import any_of, compiled
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.printed import Joined

_MARKS = ":：;；,，、/\\-－—–"
_CODE = r"\d{1,2}\s?[-－—–]\s?"
_LABELLED = ("level1", "level2", "level3", "description", "cycle_value", "annual_value", "basis", "weight")
_VALUES = ("cycle_value", "annual_value")
_LONG_LABEL = 5
_TAIL_LENGTH = 50
_CUT_TAIL = compiled(r"[。；;]\s?(\d{1,3})\s?(?:[、.．]\s?([^。]{0,40}))?$")
_AFTER_STOP = compiled(r"(?:^|[。；;，,\s]|(?<!\d)\.)$")
_LAST_COLON = compiled(r"(?<=.)[:：]\s?([^:：]+)$")
_SECOND = compiled(rf"\s?({_CODE})?([^{_MARKS}（()）]{{1,20}})\s?([{_MARKS}（(])")
_NUMBER = compiled(r"\d\s?[、.．)）](?!\d(?!\d?\s?[-－—–]))", re.ASCII)
"""The end of an item's number, behind which digits are those of a code."""


class _Start(NamedTuple):
    """Where an item starts, where its text behind the class label starts, and what the start says."""

    begin: int
    end: int
    label_at: int
    number: int
    code: str | None
    level1: str
    mark: str
    known: bool


def first_item(text: str) -> int | None:
    """The offset at which a numbered indicator list starts, ``None`` when the text holds none."""
    return next((start.begin for start in _starts(text)), None)


def may_list(grid: Grid) -> bool:
    """Could the text that a grid was read from hold a numbered list? What a delimiter cut apart is looked at whole."""
    if _NUMBER.search("\n".join([cell.text for cell in grid.cells])) is None:
        return False  # as in nearly all tables
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return any(_start_pattern().search(",".join(texts)) for texts in rows.values())


def parse_items(cell: Joined) -> list[Indicator]:
    """The indicators of a list cell. An item cut off at the end of the cell is given with ``truncated`` set."""
    starts = list(_starts(cell.text))
    rows = []
    for index, start in enumerate(starts):
        last = index + 1 == len(starts)
        end = len(cell.text) if last else starts[index + 1].begin
        tail = _cut_tail(cell.text, start, end) if last else None
        rows.append(_item(cell, start, tail.start() if tail else end, last and tail is None))
        if tail:
            label = (tail[2] or "").strip() or None
            rows.append(Indicator(number=int(tail[1]), level1=label, truncated=True))
            rows[-1].locations["number"] = cell.locate(tail.start(1))
    valued = any(row.cycle_value or row.annual_value for row in rows)
    if len(starts) > 1 and not valued and all(_LAST_COLON.search(row.level3 or "") for row in rows):
        for row in rows:
            _split_value(row)
    return rows


def _split_value(row: Indicator) -> None:
    """Where no item of a list labels its value, it is what stands behind the last colon of the name."""
    name = row.level3 or ""
    colon = _LAST_COLON.search(name)
    if colon:
        row.level3, row.annual_value = name[: colon.start()].strip(), colon[1].strip()
        row.locations["annual_value"] = row.locations["level3"]
        row.truncated = False


def last_item(text: str) -> int:
    """The offset behind the class label of the last item, 0 when there is no item."""
    last = 0
    for start in _starts(text):
        last = start.end
    return last


def end_of_list(text: str) -> int:
    """The offset behind the final stop of the last item, the length of the text when it has none."""
    stop = text.find("。", last_item(text))
    return len(text) if stop < 0 else stop + 1


@cache
def _start_pattern() -> re.Pattern[str]:
    labels = all_labels(1)  # with 指标 and, as forms leave it out, without
    known = any_of({*labels, *(label.removesuffix("指标") for label in labels)})
    first = "|".join(map(re.escape, framework_data("fields")["columns"]["level1"]))
    return compiled(
        rf"[（(]?(?P<number>\d{{1,12}})\s?[、.．)）]\s?(?:(?:{first})\s?[:：]\s?)?(?P<code>{_CODE})?"
        rf"(?P<label>(?:{known})|[一-鿿（）()]{{1,14}}?指标)\s?(?P<mark>[{_MARKS}（(])",
        re.ASCII,
    )


@cache
def _label_pattern() -> re.Pattern[str]:
    columns = framework_data("fields")["columns"]
    names = {name for field in _LABELLED for name in columns[field] if len(name) > 2}
    words = any_of(names)
    return compiled(rf"(?P<mark>[;；,，。、\s]{{0,4}})(?P<label>{words})\s?[:：=＝]\s?")


def _starts(text: str) -> Iterator[_Start]:
    """The items of a list in order.

    A value without a final stop may run into the next number (``≥3`` and ``2、``): the digits that continue the
    numbering are the number then. A class label that no edition knows counts only when a labelled value follows.
    """
    expected = 1
    found = list(_start_pattern().finditer(text))
    for index, match in enumerate(found):
        label = match["label"]
        known = is_level1(label)
        limit = found[index + 1].start() if index + 1 < len(found) else len(text)
        if not known and not _has_value(text, match.end(), limit):
            continue
        at = match.start("number")
        digits = _own_digits(text, at, match["number"], expected)
        at += len(match["number"]) - len(digits)
        begin = match.start() if at == match.start("number") else at
        code = split_code(match["code"] + label)[0] if match["code"] else None
        yield _Start(begin, match.end(), match.start("label"), int(digits), code, label, match["mark"], known)
        expected = int(digits) + 1


def _own_digits(text: str, at: int, digits: str, expected: int) -> str:
    """The digits at ``at`` without those of a value in front that run into the number of an item."""
    if _AFTER_STOP.search(text, max(at - 2, 0), at):
        return digits[-3:]
    return next((own for own in (str(expected), "1") if digits.endswith(own)), digits[-3:])


def _has_value(text: str, start: int, end: int) -> bool:
    return any(column_of(match["label"]) in _VALUES for match in _label_pattern().finditer(text, start, end))


def _cut_tail(text: str, start: _Start, end: int) -> re.Match[str] | None:
    """The beginning of an item that the end of the cell cut off before its class label was complete."""
    match = _CUT_TAIL.search(text, max(start.end, end - _TAIL_LENGTH), end)
    if match is None or int(match[1]) != start.number + 1 or _has_value(text, match.start(), end):
        return None
    return match if _has_value(text, start.end, match.start()) else None


def _item(cell: Joined, start: _Start, end: int, last: bool) -> Indicator:
    text = cell.text
    row = Indicator(number=start.number, level1=start.level1, level1_code=start.code)
    row.locations["number"] = cell.locate(start.begin)
    row.locations["level1"] = cell.locate(start.label_at)
    stop, closed = _strip_stop(text, start.end, end)
    labels = _labels(text, start.end, stop)
    _head(cell, row, start, labels[0][1] if labels else stop)
    for index, (field, _, begin) in enumerate(labels):
        _put(cell, row, field, begin, labels[index + 1][1] if index + 1 < len(labels) else stop)
    if last and not closed and row.cycle_value is None and row.annual_value is None:
        row.truncated = True
    return row


def _strip_stop(text: str, start: int, end: int) -> tuple[int, bool]:
    """Where the item ends without its final stop, and whether it has one."""
    while end > start and text[end - 1].isspace():
        end -= 1
    closed = end > start and text[end - 1] in "。；;"
    return end - closed, closed


def _labels(text: str, start: int, stop: int) -> list[tuple[str, int, int]]:
    """(field, where its mark starts, where its value starts) of the labels in an item, each field once."""
    labels: list[tuple[str, int, int]] = []
    for match in _label_pattern().finditer(text, start, stop):
        field = column_of(match["label"])
        marked = match["mark"] or match.start() == start
        if field is None or field in {found for found, _, _ in labels}:
            continue
        if marked or (len(match["label"]) >= _LONG_LABEL and field in _VALUES):
            labels.append((field, match.start(), match.end()))
    return labels


def _head(cell: Joined, row: Indicator, start: _Start, stop: int) -> None:
    """Level 2, where it is printed, and the name: what stands between the level-1 label and the first labelled value."""
    begin = start.end
    second = _SECOND.match(cell.text, begin, stop)
    if second and _is_second(second, start, cell.text[second.end() : stop]):
        row.level2_code = split_code(second[1] + second[2])[0] if second[1] else None
        _put(cell, row, "level2", second.start(2), second.end(2))
        begin = second.end()
        if start.mark in "（(" and cell.text[begin : begin + 1] in _MARKS:
            begin += 1
    _put(cell, row, "level3", begin, stop)


def _is_second(second: re.Match[str], start: _Start, rest: str) -> bool:
    """Is the text behind the level-1 label a level-2 label, not the first part of a name that holds a mark?"""
    code, label, mark = second.groups()
    if not rest.strip():
        return False
    if code:
        return len(code) > 2 and code[:2].isdigit()
    if is_level2(label):
        return label.strip().endswith("指标") or mark == start.mark or start.mark in "-－—–/"
    return label.strip().endswith("指标") and mark == start.mark and start.mark in "；;"


def _put(cell: Joined, row: Indicator, field: str, start: int, end: int) -> None:
    """Set a field to the text between two offsets; blank text sets nothing."""
    value = cell.text[start:end].strip()
    if field == "level3":
        value = value.rstrip(";；,， ")
    if value:
        setattr(row, field, value)
        row.locations[field] = cell.locate(start)
