"""The boxes above the rows of a form in a dump, laid out as a form lays them out: each value right of its label, two
goals below their labels, amounts beside the label of their group."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from perfgoals_lint.tables.amounts import is_amount, is_nothing, is_unread_amount
from perfgoals_lint.tables.grids.heads import MONEY
from perfgoals_lint.tables.grids.inner import lay_table, table_end
from perfgoals_lint.tables.grids.marks import Label, field_at, is_short
from perfgoals_lint.tables.grids.pieces import Dump, Gap, Shape
from perfgoals_lint.tables.grids.sheet import Sheet, Span
from perfgoals_lint.values import numerals

_PROSE = frozenset({"purpose", "cycle_goal", "annual_goal", "overall_goal"})
_OF_MONEY = MONEY | {"cycle_budget", "investment"}
_TEXTS = frozenset({"project_name", "project_code", "project_type", "project_level", "department", "unit"})
_FREE = frozenset({*_PROSE, "aside", "schedule", "tasks", "disbursement_plan", "indicators"})
"""Fields whose boxes may hold any number of texts."""
_GROUPS = frozenset(
    {"budget", "cycle_budget", "investment", "purpose", "overall_goal", "annual_goal", "period", "schedule"}
)
_AMOUNT = re.compile(
    rf"^约?[¥￥]?[\d,，.]*\d\s?(?:$|[（(，,；;]|[百千]?[万亿]|元)|^[{''.join(numerals.DIGITS)}].*元"
)
_OF_PERIOD = re.compile(r"\d|^[-—至到~～]+$")
_SENTENCE = re.compile(r"[，。；、：:]|\d|^[-—至到~～]+$")
_ENDS = "。；;！？"
_WRAP_WIDTH = 10.0
_NAME_LENGTH = 12
_GOAL_LENGTH = 8


@dataclass(slots=True)
class Box:
    """A label, ``None`` where text has none, and the pieces of its value, ``start`` to ``end`` (exclusive)."""

    label: Label | None
    start: int
    end: int
    table: int = 0
    """Behind the table that is the value, 0 where the value is none."""

    @property
    def name(self) -> str:
        return self.label.name if self.label else ""

    @property
    def first(self) -> int:
        return self.label.start if self.label else self.start


def lay_boxes(sheet: Sheet, start: int, end: int) -> list[int]:
    """Append the boxes in the pieces ``start`` to ``end`` (exclusive) to a sheet; returns the pieces with which texts begin
    that may be those of another box."""
    dump = sheet.dump
    boxes: list[Box] = []
    for box in _boxes_in(dump, start, end):
        boxes += _parts(dump, box)
    layout = _Layout(sheet)
    layout.lay(boxes)
    return layout.doubts


def _boxes_in(dump: Dump, start: int, end: int) -> list[Box]:
    """The boxes of a form's head, in the order of the text; what stands in front of the first has no label."""
    found: list[Box] = []
    position = start
    while position < end:
        label = field_at(dump, position, end)
        if label and _is_label(dump, label, next((b for b in reversed(found) if b.label), None), end):
            if found and not found[-1].table:
                found[-1].end = position
            elif position > start:
                found.append(Box(None, start, position))
            found.append(Box(label, label.end, end))
            position = label.end
            if (stop := table_end(dump, label, end)) is not None:
                position = found[-1].end = found[-1].table = stop
                found.append(Box(None, stop, end))
        else:
            position += 1
    found = [box for box in found if box.label or box.start < box.end]
    return found or ([Box(None, start, end)] if start < end else [])


def _is_label(dump: Dump, label: Label, box: Box | None, end: int) -> bool:
    """Is a text that reads like a label one here, and not a piece of the value of the box before?"""
    if box is None or box.label is None:
        return not is_short(label) or dump.starts_line(label.start)
    follows = box.start == label.start
    if label.name in MONEY and (is_short(label) or box.name in _PROSE):
        return (
            dump.shape is not Shape.BLANKS
            or _has_amount(dump, label, end)
            or _heads_schedule(dump, label, end)
        )
    if dump.shape is not Shape.BLANKS:
        return True
    if is_short(label):
        if label.name.startswith("period") and label.end < end and not follows:
            return dump.pieces[label.end].text[0].isdigit()
        return not follows and dump.starts_line(label.start) and box.name not in _PROSE
    if box.name in _PROSE and label.name not in _PROSE and label.start - box.start == 1:
        # One word, and another label behind it on the line: 资金用途 业务类 主管部门 某局.
        return dump.gaps[label.start - 1] == Gap.BLANK or dump.starts_line(label.start)
    if box.name in _PROSE and not follows:
        alone = dump.gaps[label.end - 1] != Gap.SOFT
        return dump.starts_line(label.start) and (alone or label.name not in _PROSE)
    return True


def _heads_schedule(dump: Dump, label: Label, end: int) -> bool:
    """Does the label begin a line and stand in front of the header of a table of its own (项目预算 成本构成 金额)?"""
    after = field_at(dump, label.end, end) if label.end < end else None
    return dump.starts_line(label.start) and after is not None and after.name == "schedule"


def _has_amount(dump: Dump, label: Label, end: int) -> bool:
    """Does a bare amount follow the label, and behind it a line end or another label?"""
    if label.end >= end or not is_amount(dump.pieces[label.end].text):
        return False
    return dump.ends_line(label.end) or field_at(dump, label.end + 1, end) is not None


def _parts(dump: Dump, box: Box) -> list[Box]:
    """A box cut where its own value ends: what follows is text without a label, or a label nobody knows and its value."""
    if box.table:
        return [box]
    stop = _own_end(dump, box)
    parts = [replace(box, end=stop)] if box.label or stop > box.start else []
    position = stop
    while position < box.end:
        after = position + 1
        while (
            after < box.end
            and not dump.begins[after]
            and dump.shape is Shape.BLANKS
            and dump.gaps[after - 1] == Gap.SOFT
        ):
            after += 1
        if after < box.end and _may_name(dump, position):
            stop = after + 1
            while stop < box.end and not dump.one_a_line and not dump.begins[stop]:
                if _may_name(dump, stop, inside=True):
                    break
                stop += 1
            label = Label(position, after, "", dump.squeezed(position, after))
            parts.append(Box(label, after, stop))
            position = stop
            continue
        stop = after
        while stop < box.end and not (dump.begins[stop] and _may_name(dump, stop)):
            stop += 1
        parts.append(Box(None, position, stop))
        position = stop
    return parts


def _may_name(dump: Dump, index: int, inside: bool = False) -> bool:
    """May a piece be a label that nobody knows: a short text that begins a line with more on it?"""
    text = dump.pieces[index].text
    if len(text) > _NAME_LENGTH or _SENTENCE.search(text.rstrip(":：")):
        return False
    return dump.one_a_line or ((inside or dump.begins[index]) and not dump.ends_line(index))


def _own_end(dump: Dump, box: Box) -> int:
    """Where the value of a box ends."""
    if box.label is None or box.start >= box.end:
        return box.end if box.label else box.start
    if box.name in _OF_MONEY:
        return box.start + _is_of_money(dump.pieces[box.start].text)
    if box.name in _TEXTS and dump.shape is Shape.BLANKS:
        return _short_end(dump, box)
    if box.name in _FREE:
        return _prose_end(dump, box)
    stop = box.start + 1
    if box.name.startswith("period"):
        while stop < box.end and _OF_PERIOD.search(dump.pieces[stop].text) and not _may_name(dump, stop):
            stop += 1
        return stop
    if dump.shape is Shape.BLANKS:
        while stop < box.end and not dump.begins[stop]:
            stop += 1
    return stop


def _is_of_money(text: str) -> bool:
    """Is the text an amount, a dash for none, or one that nobody can be sure of (l8OOOO)?"""
    amount = _AMOUNT.match(text) is not None or is_unread_amount(text) or is_nothing(text)
    return amount and "。" not in text


def _prose_end(dump: Dump, box: Box) -> int:
    """Prose goes on to the next label that is known, but not past a line that looks like a box of its own."""
    if box.name == "disbursement_plan":
        return box.end
    for index in range(box.start + 1, box.end - 1):
        before = dump.pieces[index - 1]
        ended = before.text.endswith("。") or (box.name == "aside" and before.width < _WRAP_WIDTH)
        ended = ended or (dump.shape in (Shape.TABS, Shape.BARS) and not dump.one_a_line)
        if dump.begins[index] and ended and _may_name(dump, index) and box.name != "indicators":
            return index
    return box.end


def _short_end(dump: Dump, box: Box) -> int:
    """A value of one line, or of several where each is so long that it may have been broken."""
    stop = box.start
    while stop < box.end:
        first = stop
        while stop < box.end and not dump.ends_line(stop):
            stop += 1
        stop = min(stop + 1, box.end)
        width = sum(piece.width for piece in dump.pieces[first:stop])
        follows = stop + 1 >= box.end or dump.ends_line(stop)
        if width < _WRAP_WIDTH or not follows:
            break
    return stop


class _Layout:
    """Puts boxes into the rows of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.dump = sheet.dump
        self.group: Box | None = None
        self.group_row = 0
        self.doubts: list[int] = []

    def lay(self, boxes: list[Box]) -> None:
        """Lay out all boxes."""
        index = 0
        while index < len(boxes):
            end = self._row_end(boxes, index)
            if any(box.table for box in boxes[index:end]):
                self._table(boxes[index:end])
                index = end
                continue
            spread = self._spread(boxes[index:end])
            if spread:
                self._close()
                self._stack(boxes[index:end], spread)
            elif boxes[index].name == "disbursement_plan" and end == index + 1:
                self._plan(boxes[index])
            else:
                self._doubt(boxes[index:end])
                self._row(boxes[index:end])
            index = end
        self._close()

    def _doubt(self, row: list[Box]) -> None:
        """Note goals side by side whose texts below nothing parts."""
        goals = [box for box in row if box.name in ("cycle_goal", "annual_goal")]
        blank = [box for box in goals if box.start >= box.end]
        last = row[-1]
        below = (
            last.start < last.end and self.dump.pieces[last.start].line > self.dump.pieces[last.first].line
        )
        if len(goals) > 1 and blank and below and last in goals:
            self.doubts.append(last.start)

    def _table(self, row: list[Box]) -> None:
        """The last box of a row is a table: its label begins the header where a label of its own stands in front."""
        self._close()
        side, box = row[-2:] if len(row) > 1 else (row[0], row[0])
        if len(row) > 2:
            self._row(row[:-2])
        start = box.start if side is box or box.label is None else box.label.start
        lay_table(self.sheet, side.label, start, box.end)

    def _row_end(self, boxes: list[Box], index: int) -> int:
        """Behind the last box of the row that begins with a box."""
        end = index + 1
        while end < len(boxes) and not boxes[end - 1].table:
            last, box = boxes[end - 1], boxes[end]
            here, there = self.dump.pieces[last.first].line, self.dump.pieces[box.first].line
            empty = last.start >= last.end and last.label is not None
            twin = last.label and box.label and last.label.text == box.label.text
            cycle = last.name == "cycle_budget" and box.name == "budget"
            if not (here == there or (empty and self._leads(last, box)) or twin or cycle):
                break
            end += 1
        return end

    def _leads(self, last: Box, box: Box) -> bool:
        """May an empty label be that of the group which the next box belongs to?"""
        return (
            (
                last.name in _GROUPS
                and box.label is not None
                and (last.name in _OF_MONEY) == (box.name in _OF_MONEY or box.name == "")
            )
            or (last.name in _PROSE and box.name in (*_PROSE, *_OF_MONEY))
            or last.name == "period"
        )

    def _spread(self, row: list[Box]) -> list[tuple[int, int, int]] | None:
        """The texts below labels that stand side by side and their columns: as many texts as there are labels, one
        fewer, or one alone, which belongs to the last goal."""
        last = row[-1]
        if len(row) < 2 or any(box.start < box.end or box.label is None for box in row[:-1]):
            return None
        texts = self.dump.groups(last.start, last.end)
        together = len({self.dump.pieces[box.first].line for box in row}) == 1
        if self.dump.shape is Shape.BLANKS and together and len(row) > 2:
            texts = self._paragraphs(texts, len(row) - 1)
        if last.name in _OF_MONEY or not 1 <= len(texts) <= len(row):
            return None
        lines = {self.dump.pieces[index].line for start, end in texts for index in (start, end - 1)}
        if len(texts) == 1:
            goals = [n for n, box in enumerate(row) if box.name in _PROSE]
            below = together and self.dump.pieces[last.first].line not in lines
            return (
                [(*texts[0], goals[-1])]
                if below and goals and last.name in (*_PROSE, "aside") and len(row) > len(goals)
                else None
            )
        own = row[-len(texts) :]
        if len({box.name for box in own}) < len(own) or not {box.name for box in own} <= {*_PROSE, "aside"}:
            return None  # 总体目标 in front of 年度目标 has no text of its own
        if self.dump.shape is Shape.BLANKS and (
            (len(lines) != 1 and not together) or self.dump.pieces[last.first].line in lines
        ):
            return None
        return [(*text, len(row) - len(texts) + n) for n, text in enumerate(texts)]

    def _paragraphs(self, texts: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
        """The texts with those joined that a line end parts inside of a sentence, where that leaves ``count`` of them."""
        joined: list[tuple[int, int]] = []
        for start, end in texts:
            if joined and self.dump.begins[start] and self.dump.pieces[start - 1].text[-1] not in _ENDS:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return joined if len(joined) == count else texts

    def _stack(self, row: list[Box], texts: list[tuple[int, int, int]]) -> None:
        top = self.sheet.rows
        lead = texts[0][2] if len(texts) > 1 else 0
        for column, box in enumerate(row):
            if box.label:
                self.sheet.put(
                    top, Span(box.label.start, box.label.end, column, 1, 2 if column < lead else 1)
                )
        for start, end, column in texts:
            self.sheet.put(top + 1, Span(start, end, column))
        self.sheet.rows += 2

    def _plan(self, box: Box) -> None:
        """The dates and shares of a plan in the rows in which they are printed."""
        self._close()
        top = self.sheet.rows
        by_line: dict[int, list[int]] = {}
        for index in range(box.start, box.end):
            by_line.setdefault(self.dump.pieces[index].line, []).append(index)
        if box.label:
            self.sheet.put(top, Span(box.label.start, box.label.end, 0, 1, max(len(by_line), 1)))
        if self.dump.one_a_line:
            both = list(range(box.start, box.end))
            half = (len(both) + 1) // 2
            by_line = (
                {0: both[:half], 1: both[half:]}
                if "月" in self.dump.squeezed(box.start, box.start + half)
                else {0: both}
            )
        for row, indexes in enumerate(by_line.values()):
            self.sheet.put(top + row, *(Span(index, index + 1, 1 + n) for n, index in enumerate(indexes)))
        self.sheet.rows += max(len(by_line), 1)

    def _row(self, row: list[Box]) -> None:
        first = row[0]
        leads = (
            len(row) > 1
            and first.label is not None
            and first.start >= first.end
            and self._leads(first, row[1])
        )
        inside = self.group is not None and not leads and self._covers(first)
        if not inside:
            self._close()
        spans: list[Span] = []
        column = 1 if inside else 0
        for number, box in enumerate(row):
            if box.label:
                if number == 0 and leads:
                    self.group, self.group_row = box, self.sheet.rows
                else:
                    spans.append(Span(box.label.start, box.label.end, column))
                column += 1
            if box.start < box.end:
                # Text without a label lies over the columns of labels and values, not below one of them.
                spans.append(Span(box.start, box.end, column, 1 if box.label else 2))
                column += 1
            elif box.label and not (number == 0 and leads):
                self.sheet.blank(column)
                column += 1
        self.sheet.add(*spans)

    def _covers(self, box: Box) -> bool:
        """Does the group in force go on with a box?"""
        group = self.group
        if group is None:
            return False
        if box.name in _OF_MONEY or (box.label is None and group.name == "purpose"):
            return group.name in (*_OF_MONEY, "purpose")
        return (
            box.name.startswith("period_")
            if group.name == "period"
            else box.name in _PROSE and group.name == "overall_goal"
        )

    def _close(self) -> None:
        """Write the label of the group over all of its rows."""
        if self.group and self.group.label:
            label = self.group.label
            self.sheet.put(
                self.group_row, Span(label.start, label.end, 0, 1, self.sheet.rows - self.group_row)
            )
        self.group = None
