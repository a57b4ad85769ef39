"""The boxes above the rows of a form in a dump: their labels and where their values end."""

from dataclasses import dataclass, replace
from itertools import takewhile

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.tables.amounts import is_amount, is_nothing, is_unread_amount
from perfgoals_lint.tables.grids.head_rows import MONEY
from perfgoals_lint.tables.grids.marks import Label, field_at, is_short
from perfgoals_lint.tables.grids.pieces import Dump, Gap, Shape
from perfgoals_lint.tables.lists import is_body
from perfgoals_lint.values import numerals

PROSE = frozenset({"purpose", "cycle_goal", "annual_goal", "overall_goal"})
OF_MONEY = MONEY | {"cycle_budget", "investment"}
_TEXTS = frozenset({"project_name", "project_code", "project_type", "project_level", "department", "unit"})
_BODIES = frozenset({"department", "unit"})
_FREE = frozenset({*PROSE, "aside", "schedule", "tasks", "disbursement_plan", "indicators"})
"""Fields whose boxes may hold any number of texts."""
_AMOUNT = compiled(
    rf"^约?[¥￥]?[\d,，.]*\d\s?(?:$|[（(，,；;]|[百千]?[万亿]|元)|^[{''.join(numerals.DIGITS)}].*元"
)
_OF_PERIOD = compiled(r"\d|^[-—至到~～]+$")
_SENTENCE = compiled(r"[，。；、：:]|\d|^[-—至到~～]+$")
_WRAP_WIDTH = 10.0
_TABLED = frozenset({"tasks", "schedule"})
"""Fields whose boxes may hold a table: a header, and a line a row (年度主要任务, 成本构成)."""
_NAMES = 2
"""The fewest names of the header of such a table, behind its label."""
_NAME_LENGTH = 12
_LONGEST_SHORT = 3
"""Characters of a label that is hardly a word of a name, though it is short."""


@dataclass(slots=True)
class LabelledPieces:
    """A label, ``None`` where text has none, and the pieces of its value, ``start`` to ``end`` (exclusive)."""

    label: Label | None
    start: int
    end: int
    table: int = 0
    """Behind the table that is the value, 0 where the value is none."""
    amounts: int = 0
    """How many amounts stand behind it, its own and those of the labels in front of it."""

    @property
    def name(self) -> str:
        """The printed name of the label; empty without one."""
        return self.label.name if self.label else ""

    @property
    def first(self) -> int:
        """Where the box begins in its text, label included (0-based)."""
        return self.label.start if self.label else self.start


def boxes_in(dump: Dump, start: int, end: int) -> list[LabelledPieces]:
    """The boxes in the pieces ``start`` to ``end`` (exclusive), each cut where its own value ends."""
    return [part for box in _found_in(dump, start, end) for part in _parts(dump, box)]


def _found_in(dump: Dump, start: int, end: int) -> list[LabelledPieces]:
    """The boxes of a form's head, in the order of the text; what stands in front of the first has no label."""
    found: list[LabelledPieces] = []
    position = start
    while position < end:
        label = field_at(dump, position, end)
        if label and _is_label(dump, label, next((b for b in reversed(found) if b.label), None), end):
            if found and not found[-1].table:
                found[-1].end = position
            elif position > start:
                found.append(LabelledPieces(None, start, position))
            found.append(LabelledPieces(label, label.end, end))
            position = label.end
            if (stop := _table_end(dump, label, end)) is not None:
                position = found[-1].end = found[-1].table = stop
                found.append(LabelledPieces(None, stop, end))
        else:
            position += 1
    for number, box in enumerate(found):
        box.amounts = _amounts_below(dump, found[: number + 1])
    found = [box for box in found if box.label or box.start < box.end]
    return found or ([LabelledPieces(None, start, end)] if start < end else [])


def _is_label(dump: Dump, label: Label, box: LabelledPieces | None, end: int) -> bool:
    """Is a text that reads like a label one here, and not a piece of the value of the box before?"""
    if box is None or box.label is None:
        return not is_short(label) or dump.begins[label.start]
    follows = box.start == label.start
    if label.name in MONEY and (is_short(label) or box.name in PROSE):
        return (
            dump.shape is not Shape.BLANKS
            or _has_amount(dump, label, end)
            or _heads_schedule(dump, label, end)
        )
    if dump.shape is not Shape.BLANKS:
        return True
    if is_short(label):
        named = box.name in _BODIES or (box.name == "project_name" and len(label.text) == _LONGEST_SHORT)
        if label.name == "aside" and named and not follows:
            return True  # 联系人 behind a body; 电话 may be a word of a name
        if label.name.startswith("period") and label.end < end and not follows:
            return dump.pieces[label.end].text[0].isdigit()
        return not follows and dump.begins[label.start] and box.name not in PROSE
    if box.name in PROSE and label.name not in PROSE and label.start - box.start == 1:
        # One word, and another label behind it on the line: 资金用途 业务类 主管部门 某局.
        return dump.gaps[label.start - 1] == Gap.BLANK or dump.begins[label.start]
    if box.name in PROSE and not follows:
        alone = dump.gaps[label.end - 1] != Gap.SOFT
        return dump.begins[label.start] and (alone or label.name not in PROSE)
    return True


def _amounts_below(dump: Dump, boxes: list[LabelledPieces]) -> int:
    """How many amounts stand behind the last of several labels of money side by side or below each other: one for each, the
    first of them being that of the group where there is one fewer; 0 where it is not so."""
    last = boxes[-1]
    run = takewhile(lambda box: box.name in OF_MONEY and box.start >= box.end, reversed(boxes[:-1]))
    labels = 1 + sum(1 for _ in run)
    amounts = takewhile(lambda piece: is_amount(piece.text), dump.pieces[last.start : last.end])
    count = sum(1 for _ in amounts)
    grouped = labels > 2 and boxes[-labels].name == boxes[1 - labels].name
    return count if last.name in OF_MONEY and labels > 2 and count in (labels, labels - grouped) else 0


def _heads_schedule(dump: Dump, label: Label, end: int) -> bool:
    """Does the label begin a line and stand in front of the header of a table of its own (项目预算 成本构成 金额)?"""
    after = field_at(dump, label.end, end) if label.end < end else None
    return dump.begins[label.start] and after is not None and after.name == "schedule"


def _has_amount(dump: Dump, label: Label, end: int) -> bool:
    """Does a bare amount follow the label, and behind it a line end or another label?"""
    if label.end >= end or not is_amount(dump.pieces[label.end].text):
        return False
    return dump.ends_line(label.end) or field_at(dump, label.end + 1, end) is not None


def _whole_body(dump: Dump, box: LabelledPieces, stop: int) -> int:
    """Behind the next line too where a body's name ends there, and none ends where the value would."""
    if box.name in _BODIES and box.start < stop < box.end and dump.begins[stop]:
        end = dump.line_end(stop, box.end)
        if not is_body(dump.squeezed(box.start, stop)) and is_body(dump.squeezed(box.start, end)):
            return end
    return stop


def _parts(dump: Dump, box: LabelledPieces) -> list[LabelledPieces]:
    """A box cut where its own value ends: what follows is text without a label, or a label nobody knows and its value."""
    if box.table:
        return [box]
    stop = _whole_body(dump, box, _own_end(dump, box))
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
        behind = box.name in _BODIES and not dump.begins[position]
        if after < box.end and _may_name(dump, position, inside=behind):
            stop = after + 1
            while stop < box.end and not dump.one_a_line and not dump.begins[stop]:
                if _may_name(dump, stop, inside=True):
                    break
                stop += 1
            label = Label(position, after, "", dump.squeezed(position, after))
            parts.append(LabelledPieces(label, after, stop))
            position = stop
            continue
        stop = after
        while stop < box.end and not (dump.begins[stop] and _may_name(dump, stop)):
            stop += 1
        parts.append(LabelledPieces(None, position, stop))
        position = stop
    return parts


def _may_name(dump: Dump, index: int, inside: bool = False) -> bool:
    """May a piece be a label that nobody knows: a short text that begins a line with more on it?"""
    text = dump.pieces[index].text
    if len(text) > _NAME_LENGTH or _SENTENCE.search(text.rstrip(":：")):
        return False
    return dump.one_a_line or ((inside or dump.begins[index]) and not dump.ends_line(index))


def _own_end(dump: Dump, box: LabelledPieces) -> int:
    """Where the value of a box ends."""
    if box.label is None or box.start >= box.end:
        return box.end if box.label else box.start
    if box.amounts:
        return box.start + box.amounts
    if box.name in OF_MONEY:
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
    return dump.line_end(box.start, box.end) if dump.shape is Shape.BLANKS else stop


def _is_of_money(text: str) -> bool:
    """Is the text an amount, a dash for none, or one that nobody can be sure of (l8OOOO)?"""
    amount = _AMOUNT.match(text) is not None or is_unread_amount(text) or is_nothing(text)
    return amount and "。" not in text


def _prose_end(dump: Dump, box: LabelledPieces) -> int:
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


def _short_end(dump: Dump, box: LabelledPieces) -> int:
    """A value of one line, or of several where each is so long that it may have been broken; a body ends in front of a label
    that nobody knows and its value."""
    groups = dump.groups(box.start, dump.line_end(box.start, box.end))
    if box.name in _BODIES and len(groups) > _NAMES:
        body, label = (dump.squeezed(*group) for group in groups[:_NAMES])
        if (
            is_body(body)
            and not is_body(label)
            and len(label) > 1
            and _may_name(dump, groups[1][0], inside=True)
        ):
            return groups[0][1]
    stop = box.start
    while stop < box.end:
        first, stop = stop, dump.line_end(stop, box.end)
        width = sum(piece.width for piece in dump.pieces[first:stop])
        follows = stop + 1 >= box.end or dump.ends_line(stop)
        if width < _WRAP_WIDTH or not follows:
            break
    return stop


def _table_end(dump: Dump, label: Label, end: int) -> int | None:
    """Behind the table that stands beside a label: the rest of its line names columns, and lines with amounts or as many
    words follow. ``None`` where there is none."""
    if label.name not in _TABLED or dump.one_a_line:
        return None
    header = dump.line_end(label.end, end)
    if header - label.end < _NAMES or any(is_amount(dump.pieces[n].text) for n in range(label.end, header)):
        return None
    stop = header
    while stop < end and _goes_on(dump, stop, end):
        stop = dump.line_end(stop, end)
    return stop if stop > header else None


def _goes_on(dump: Dump, index: int, end: int) -> bool:
    """Is a line a row of the table, and not the next box of the form?"""
    label = field_at(dump, index, end)
    if label is None:
        return True
    stop = dump.line_end(index, end)
    amounts = any(is_amount(dump.pieces[n].text) for n in range(label.end, stop))
    return label.name in MONEY and (not amounts or label.text.endswith(tuple(lexicon("grids")["sums"])))
