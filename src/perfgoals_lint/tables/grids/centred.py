"""Class labels printed in the middle of their rows, as merged cells stand in text taken from a page.

The label of an odd number of rows stands on the line of the middle one, that of an even number between two lines. So the
first label tells how many rows it has, and then each after it; where that comes out, every label is put in front of its
first row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, product

from perfgoals_lint.model import Line, TextBlock
from perfgoals_lint.rulebook.labels import (
    classify,
    column_of,
    field_of,
    is_level1,
    is_level2,
    parent_of,
    time_of,
)
from perfgoals_lint.tables.grids.heads import SIDE
from perfgoals_lint.tables.grids.marks import may_begin_level
from perfgoals_lint.tables.roles import VALUES

_WORD = re.compile(r"\S+")
_CELLS = 2
"""The fewest words of a row behind its classes."""
_SHORT = 5
"""Characters of a class of the first level."""
_EITHER = 4
"""The most labels of a table that may be of both levels."""


@dataclass(slots=True)
class _Label:
    """A class label: its parts, at which rows they stand, 0.5 being between the first two, and the line of the last."""

    parts: list[Line] = field(default_factory=list)
    places: list[float] = field(default_factory=list)
    last: int = 0

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def middle(self) -> float:
        return sum(self.places) / len(self.places)

    def goes_on_with(self, text: str) -> bool:
        """May a text be the next part of the label?"""
        return not self.text.endswith("指标") and may_begin_level(self.text + text)

    @property
    def levels(self) -> list[int]:
        """The levels that it may be of, the likelier first: 满意度指标 stands over 服务对象满意度指标."""
        found = [level for level, known in ((1, is_level1), (2, is_level2)) if known(self.text)]
        return found[::-1] if len(self.text) > _SHORT else found


@dataclass(slots=True)
class _Table:
    """The rows below a header without their classes, the number of the line of each, the labels, and that of the table."""

    side: list[Line] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    labels: list[_Label] = field(default_factory=list)


def put_in_front(block: TextBlock) -> TextBlock:
    """The block with class labels that stand in the middle of their rows in front of the first of them."""
    lines: list[Line] = []
    at = 0
    while at < len(block.lines):
        lines.append(block.lines[at])
        at += 1
        if not _is_header(lines[-1].text):
            continue
        top = len(lines) - 1
        while at < len(block.lines) and _is_lower(block.lines[at].text):
            lines.append(block.lines[at])
            at += 1
        table = _table(block.lines[at:])
        found = next((own for way in _ways(table.labels) if (own := _sorted(table, *way))), None)
        if found:
            lines[top:top] = table.side
            lines += found[0]
            at += max(table.numbers[found[1] - 1], *(label.last for label in table.labels)) + 1
    return TextBlock(lines)


def _is_header(text: str) -> bool:
    """Does a line without marks between its cells name the columns of both levels and two more?"""
    words = text.split()
    return (
        len(words) > _CELLS
        and "|" not in text
        and "\t" not in text
        and {"level1", "level2"} <= {column_of(word) for word in words}
    )


def _is_lower(text: str) -> bool:
    """Is a line the lower row of a header, names of values and of times only, or blank?"""
    return all(column_of(word) in VALUES or time_of(word) for word in text.split())


def _table(lines: Sequence[Line]) -> _Table:
    table = _Table()
    for number, line in enumerate(lines):
        words = [_part(line, match) for match in _WORD.finditer(line.text)]
        if words and (box := field_of(words[0].text)) and box in SIDE:
            table.side.append(words.pop(0))
        taken = _taken(table, words, number)
        if taken == len(words):
            continue
        if len(words) - taken < _CELLS:
            break
        start = (words[taken].location.column or 1) - (line.location.column or 1)
        table.rows.append(Line(line.text[start:], words[taken].location))
        table.numbers.append(number)
    return table


def _part(line: Line, match: re.Match[str]) -> Line:
    return Line(match[0], replace(line.location, column=(line.location.column or 1) + match.start()))


def _taken(table: _Table, words: list[Line], number: int) -> int:
    """How many words in front of a line are class labels, or parts of some; they are noted."""
    own: list[tuple[_Label, Line]] = []
    for word in words:
        whole = word.text.endswith("指标") and _is_label(word.text)
        beside = (
            whole and word is not words[-1]
        )  # beside a row it is its own, below it the end of another one
        begun = [label for label in table.labels if not beside and label.goes_on_with(word.text)]
        if not begun and not _is_label(word.text):
            break
        own.append((begun[0] if begun else _Label(), word))
    if len(words) - len(own) == 1 and own:  # the name of a row may read like a class
        own.pop()
    row = len(table.rows) - (0.5 if len(own) == len(words) else 0.0)
    for label, word in own:
        if not label.parts:
            table.labels.append(label)
        label.parts.append(word)
        label.places.append(row)
        label.last = number
    return len(own)


def _is_label(text: str) -> bool:
    return (text.endswith("指标") and (is_level1(text) or is_level2(text))) or may_begin_level(text)


def _ways(labels: list[_Label]) -> Iterator[tuple[list[_Label], list[_Label]]]:
    """The labels of the first and of the second level, in every way in which those of both may be told apart."""
    choices = [label.levels for label in labels]
    if not all(choices) or sum(len(levels) > 1 for levels in choices) > _EITHER:
        return
    for levels in product(*choices):
        own = list(zip(labels, levels, strict=True))
        yield [label for label, level in own if level == 1], [label for label, level in own if level != 1]


def _sorted(table: _Table, firsts: list[_Label], seconds: list[_Label]) -> tuple[list[Line], int] | None:
    """The lines with labels in front of their rows, and how many rows they have; ``None`` where the places of the labels
    do not come out, or where the first row has a label of each level and none stands between rows."""
    shown = any(labels and (labels[0].middle > 0) for labels in (firsts, seconds))
    shown = shown or any(place % 1 for label in (*firsts, *seconds) for place in label.places)
    second = _ends(seconds, len(table.rows)) if shown else None
    if not second:
        return None
    first = _ends(firsts, second[-1])
    if not first or first[-1] != second[-1]:
        first = _by_class(firsts, seconds, second)
    if not first:
        return None
    lines: list[Line] = []
    for number, row in enumerate(table.rows[: second[-1]]):
        for labels, ends in ((firsts, first), (seconds, second)):
            begins = [0, *ends[:-1]]
            lines += labels[begins.index(number)].parts if number in begins else []
        lines.append(row)
    return lines, second[-1]


def _ends(labels: list[_Label], count: int) -> list[int] | None:
    """Behind the last row of each label, where each stands in the middle of its own."""
    ends: list[int] = []
    start = 0
    for label in labels:
        end = 2 * label.middle - start + 1
        if end % 1 or not start < end <= count:
            return None
        start = int(end)
        ends.append(start)
    return ends


def _by_class(firsts: list[_Label], seconds: list[_Label], ends: list[int]) -> list[int] | None:
    """Behind the last row of each label of the first level, where those of the second, in runs of one class, have as
    many, and each stands among the rows of its run."""
    parents = [
        (parent_of(classify(label.text, 2) or ""), end) for label, end in zip(seconds, ends, strict=True)
    ]
    runs = [(parent, [end for _, end in run][-1]) for parent, run in groupby(parents, lambda own: own[0])]
    if len(runs) != len(firsts):
        return None
    start = 0
    for label, (parent, end) in zip(firsts, runs, strict=True):
        if classify(label.text, 1) != parent or not start <= label.middle < end:
            return None
        start = end
    return [end for _, end in runs]
