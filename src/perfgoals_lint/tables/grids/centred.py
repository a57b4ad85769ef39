"""Class labels printed in the middle of their rows, as merged cells stand in text taken from a page.

The label of an odd number of rows stands on the line of the middle one, that of an even number between two lines. So the
first label tells how many rows it has, and then each after it; where that comes out, every label is put in front of its
first row. Some print that of an even number on the upper of the two lines.
"""

from bisect import bisect, bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, product
from math import ceil, floor

from perfgoals_lint.model import Line, Problem, TextBlock
from perfgoals_lint.rulebook.labels import column_of, field_of, is_level1, is_level2, without_points
from perfgoals_lint.rulebook.lexicons import finds
from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.grids.bands import GatheredRow, cells_of, gathered
from perfgoals_lint.tables.grids.boxes import PROSE
from perfgoals_lint.tables.grids.boxes_around import boxes_in_order, is_prose
from perfgoals_lint.tables.grids.groups_in_front import groups_in_front
from perfgoals_lint.tables.grids.head_rows import is_time
from perfgoals_lint.tables.grids.heads import SIDE, adds_up
from perfgoals_lint.tables.grids.lines import from_word, offset, part, words_of
from perfgoals_lint.tables.grids.marks import may_begin_level
from perfgoals_lint.tables.grids.names_around import around, is_lower
from perfgoals_lint.tables.grids.pieces import PAGE
from perfgoals_lint.tables.reading import unsure
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.words import is_note, is_sum, is_verdict

_PADDING = 0.5
"""What a row is higher than its lines."""
_NEAR = 0.3
"""How far from the middle of its rows a label may stand beside one."""
_CELLS = 2
"""The fewest words of a row behind its classes."""
_SHORT = 5
"""Characters of a class of the first level."""
_EITHER = 4
"""The most labels of a table that may be of both levels."""
_MOST_WAYS = 64
_FIRST = frozenset({"number", "level1"})
"""Columns with which a table begins that is no list of projects."""
_LEVELS = frozenset({"level1", "level2"})
IDENTITY = frozenset({"project_name", "project_code", "programme", "department", "unit", "budget"})
_BOXES = PROSE | IDENTITY
_TIMED = frozenset({*VALUES, "last_year_value"})


_Chain = tuple[int, "_Chain | None"]
"""Behind the last row of a label, and the same of the one in front of it."""


@dataclass(slots=True)
class CentredLabel:
    """A class label in the middle of its rows: its parts, at which rows they stand, 0.5 being between the first two, and the line of the last."""

    parts: list[Line] = field(default_factory=list)
    places: list[float] = field(default_factory=list)
    last: int = 0

    @property
    def fewest(self) -> int:
        """The fewest rows that it may have: a unit above its projects has none."""
        return 0 if is_amount(self.text.split()[-1]) else 1

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
        name = without_points(self.text).lstrip("0123456789-")  # 3-满意度指标
        return found[::-1] if len(name) > _SHORT else found


@dataclass(slots=True)
class _Table:
    """The rows below a header without their classes, the number of the line of each, the labels, and that of the table. In
    a list whose rows have their classes beside them the labels are the cells of its projects."""

    side: list[Line] = field(default_factory=list)
    rows: list[list[Line]] = field(default_factory=list)
    leads: list[list[Line]] = field(default_factory=list)
    """The number in front of the classes of each row, if there is one."""
    heights: list[int] = field(default_factory=list)
    """How many lines each row has; none where all have one."""
    numbers: list[int] = field(default_factory=list)
    labels: list[CentredLabel] = field(default_factory=list)

    @property
    def edges(self) -> list[float]:
        """Where each row begins, from the first one on, and where the last one ends; in lines."""
        return row_edges(self.heights or [1] * len(self.rows))


def row_edges(heights: Sequence[int]) -> list[float]:
    """Where each row begins, from the first one on, and where the last one ends; in lines."""
    return [0.0, *accumulate(height + _PADDING for height in heights)]


def put_in_front(block: TextBlock, doubts: list[Problem] | None = None, gather: bool = False) -> TextBlock:
    """The block with class labels, and projects of a list, that stand in the middle of their rows in front of the first
    of them, with ``gather`` the parts of wrapped cells and of names beside each other too. Headers below which several
    divisions of the rows are possible go to ``doubts``."""
    block = TextBlock(groups_in_front(block.lines))
    lines: list[Line] = []
    at = ended = 0
    while at < len(block.lines):
        lines.append(block.lines[at])
        at += 1
        names = _header(lines[-1].text)
        if not names:
            continue
        below = block.lines[at : _end(block.lines, at)]
        head, above, under = (
            around(lines[:-1], lines[-1], below, cells_of(below)) if gather else ([lines[-1]], 0, 0)
        )
        lines[-1 - above :] = head
        if gather:
            lines[ended : -len(head)] = boxes_in_order(lines[ended : -len(head)])
        at += under
        names = tuple(column_of(word.text) for line in head for word in words_of(line))
        top = len(lines) - len(head)
        while at < len(block.lines) and _is_lower(block.lines[at].text):
            lines.append(block.lines[at])
            at += 1
        in_list = names[0] not in _FIRST and field_of(lines[top].text.split()[0]) not in SIDE
        below = block.lines[at : _end(block.lines, at)]
        lower = [line.text for line in lines[top + len(head) :]]
        rows = gathered(below, _roles(names, lower)) if gather else None
        table = _listed(below) if in_list else _table(rows or [GatheredRow([line]) for line in below])
        one_level = in_list or "level2" not in names
        found = None if in_list and rows else _divided(table, one_level)
        done = max(table.numbers[found[1] - 1], *(label.last for label in table.labels)) + 1 if found else 0
        if found:
            lines[top:top] = table.side
            lines += found[0]
            left = zip(table.rows[found[1] :], table.numbers[found[1] :], strict=True)
            lines += [own for row, number in left if number < done for own in row]  # beside the last label
            at += done
        if rows:
            lines += [part for row in rows[done:] for part in row.parts]
            at = block.lines.index(below[-1], at) + 1
        ended = len(lines)
        if doubts is not None and not (found[2] if found else _in_order(table, in_list)):
            doubts.append(unsure(lines[top].location, lines[top].text))
    if gather and ended:
        lines[ended:] = boxes_in_order(lines[ended:])
    return TextBlock(lines)


def has_levels_header(block: TextBlock) -> bool:
    """Is there a header below which labels, or lines of wrapped cells, may stand in the middle of rows?"""
    return any(_header(line.text) for line in block.lines)


@lru_cache(4096)
def _header(text: str) -> tuple[str | None, ...]:
    """The columns of a line without marks between its cells that names that of a level, that of the other or of the
    names, and more; none for any other line."""
    if "|" in text or "\t" in text or len(words := text.split()) <= _CELLS:
        return ()
    names = tuple(map(column_of, words))
    return names if "level1" in names and {"level2", "level3"} & {*names} else ()


def _roles(names: Sequence[str | None], lower: Sequence[str]) -> list[str]:
    """The columns behind the levels, those named by a lower row in the place of the value."""
    roles = [name or "unknown" for name in names if name not in _LEVELS]
    below = [column_of(word) or "unknown" for text in lower for word in text.split()]
    at = next((n for n, role in enumerate(roles) if role in VALUES), len(roles))
    return [*roles[:at], *below, *roles[at + 1 :]] if below else roles


def _end(lines: Sequence[Line], at: int) -> int:
    """Behind the last line that may be one of the table whose rows begin with a line: in front of the next header, of
    boxes, of a sum or a note."""
    for number in range(at, len(lines)):
        words = lines[number].text.split()
        boxed = len(words) > 1 and field_of(words[0]) in _BOXES
        boxed = boxed or (len(words) == 1 and finds(words[0], "text_tables.table"))
        judged = bool(words) and field_of(words[0]) == "aside" and is_verdict(words[0])
        while judged and number > at and is_prose(words_of(lines[number - 1])):
            number -= 1  # the verdict stands around its label
        if judged or (
            words and (boxed or is_sum(words[0]) or is_note(words[0]) or _header(lines[number].text))
        ):
            return number
    return len(lines)


def _is_lower(text: str) -> bool:
    """Is a line the lower row of a header, names of values and of times, or of parts and their sum, or blank?"""
    names = text.split()
    timed = (
        column_of(name) in _TIMED or is_time(name) or finds(name, "text_tables.of_time") for name in names
    )
    return all(timed) or adds_up(names) or is_lower(names)


def _listed(lines: Sequence[Line]) -> _Table:
    """The rows of a list, each with its classes, and the cells of projects in front of them or on lines of their own."""
    table = _Table()
    for number, line in enumerate(lines):
        words = words_of(line)
        first = next((n for n, word in enumerate(words) if _is_label(word.text)), len(words))
        if first:
            place = len(table.rows) - (0.5 if first == len(words) else 0.0)
            last = words[first - 1]
            lead = part(line, offset(line, words[0]), offset(line, last) + len(last.text))
            table.labels.append(CentredLabel([lead], [place], number))
        if first < len(words):
            table.rows.append(from_word([line], words[first]))
            table.numbers.append(number)
    return table


def _table(rows: Sequence[GatheredRow]) -> _Table:
    table = _Table()
    for number, (row, height) in enumerate(rows):
        if len(row) == 1 and PAGE.match(row[0].text):
            continue
        words = [word for line in row for word in words_of(line)]
        if words and (box := field_of(words[0].text)) and box in SIDE:
            table.side.append(words.pop(0))
        numbered = len(words) > _CELLS and words[0].text.isdigit()
        lead = [words.pop(0)] if numbered else []
        taken = _taken(table, words, number)
        if taken == len(words):
            continue
        if len(words) - taken < _CELLS or field_of(words[0].text) == "aside":
            break
        table.rows.append(from_word(row, words[taken]))
        table.leads.append(lead)
        table.heights.append(height)
        table.numbers.append(number)
    return table


def _taken(table: _Table, words: list[Line], number: int) -> int:
    """How many words in front of a line are class labels, or parts of some; they are noted."""
    own: list[tuple[CentredLabel, Line]] = []
    for word in words:
        whole = without_points(word.text).endswith("指标") and _is_label(word.text)
        # Beside a row it is its own, below it the end of another one.
        beside = whole and word is not words[-1]
        begun = [label for label in table.labels if not beside and label.goes_on_with(word.text)]
        if not begun and not _is_label(word.text):
            break
        own.append((begun[0] if begun else CentredLabel(), word))
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
    whole = without_points(text).endswith("指标") and (is_level1(text) or is_level2(text))
    return whole or may_begin_level(text)


def _ways(labels: list[CentredLabel]) -> Iterator[tuple[list[CentredLabel], list[CentredLabel]]]:
    """The labels of the first and of the second level, in every way in which those of both may be told apart."""
    choices = [label.levels for label in labels]
    if not all(choices) or not any(1 in levels for levels in choices):
        return
    if sum(len(levels) > 1 for levels in choices) > _EITHER:
        return
    for levels in product(*choices):
        own = list(zip(labels, levels, strict=True))
        yield [label for label, level in own if level == 1], [label for label, level in own if level != 1]


def _divided(table: _Table, one_level: bool) -> tuple[list[Line], int, bool] | None:
    """What ``_sorted`` gives for the first way that its labels may be of the two levels, or of one."""
    ways = iter([([], table.labels)]) if one_level else _ways(table.labels)
    return next((own for way in ways if (own := _sorted(table, *way))), None)


def _in_order(table: _Table, in_list: bool) -> bool:
    """Do labels stand in front of their rows, or on the line above: each of the first level by one of the second?"""
    places = [{ceil(label.middle) for label in table.labels if level in label.levels} for level in (1, 2)]
    return in_list or not places[1] or places[0] <= places[1]


def _sorted(
    table: _Table, firsts: list[CentredLabel], seconds: list[CentredLabel]
) -> tuple[list[Line], int, bool] | None:
    """The lines with labels in front of their rows, how many rows they have, and whether they could not be divided in
    another way; ``None`` where the places of the labels do not come out in one way, or where the first row has a label of
    each level and none stands between rows."""
    uneven = [label for label in (*firsts, *seconds) if any(place % 1 for place in label.places)]
    between = any(label.fewest for label in uneven)
    above = not (firsts and seconds) or seconds[0].middle < firsts[0].middle
    if not uneven and not any(labels and labels[0].middle > 0 for labels in (firsts, seconds)):
        return None
    ways = divisions(firsts, seconds, table.edges, (False, True)[: 1 + (not between and above)])
    if not ways:
        return None
    first, second = ways[0]
    begins = zip((*firsts, *seconds), (*(0, *first)[: len(firsts)], *(0, *second)[:-1]), strict=True)
    return list(_in_front(table, second[-1], list(begins))), second[-1], len({*ways}) == 1


def divisions(
    firsts: list[CentredLabel], seconds: list[CentredLabel], edges: Sequence[float], uppers: Iterable[bool]
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Behind the last row of each label of both levels, in every way in which they stand in the middle of their rows."""
    return [
        (first, second)
        for upper in uppers
        for second in _ends(seconds, edges, upper)
        if any(second) and (firsts or second[-1] == len(edges) - 1)
        for first in _first_ends(firsts, edges, second, upper)
    ]


def _in_front(table: _Table, count: int, begins: Sequence[tuple[CentredLabel, int]]) -> Iterator[Line]:
    for number, row in enumerate(table.rows[:count]):
        yield from table.leads[number] if table.leads else ()
        for label, begin in begins:
            yield from label.parts if begin == number else ()
        yield from row


def _ends(
    labels: list[CentredLabel], edges: Sequence[float], upper: bool, only: Container[int] | None = None
) -> list[tuple[int, ...]]:
    """Behind the last row of each label, in every way in which each stands in the middle of its own; ``upper`` says that
    one of an even number stands on the upper of the two, and that every row has a label, ``only`` where one may end."""
    count = len(edges) - 1
    chains: list[_Chain] = [(0, None)]
    for label in labels:
        low, high = _middles(label, edges, upper)
        longer: list[_Chain] = []
        for chain in chains:
            start, _ = chain
            first = max(bisect(edges, 2 * low - edges[start]), start + label.fewest)
            last = bisect_left(edges, 2 * high - edges[start])
            longer += [(end, chain) for end in range(first, last) if only is None or end in only]
        chains = longer[:_MOST_WAYS]
    ways = [_unchained(chain) for chain in chains]
    return [way for way in ways if not upper or way[-1:] == (count,)]


def _unchained(chain: _Chain) -> tuple[int, ...]:
    """The ends of a chain, the first one in front."""
    found: list[int] = []
    while chain[1] is not None:
        found.append(chain[0])
        chain = chain[1]
    return tuple(reversed(found))


def _middles(label: CentredLabel, edges: Sequence[float], upper: bool) -> tuple[float, float]:
    """Between what the middle of a label's rows lies: a label beside a row stands at its middle, any other one between those
    of two rows."""
    above = floor(label.middle)
    low, high = (_middle(edges, number) for number in (above, above + 1))
    if label.middle == above:
        return low - _NEAR, (edges[above + 1] if upper else low) + _NEAR
    return low, high


def _middle(edges: Sequence[float], number: int) -> float:
    """The middle of a row; far above the first one, and below the last."""
    inside = 0 <= number < len(edges) - 1
    return (edges[number] + edges[number + 1]) / 2 if inside else (number - 0.5) * edges[-1]


def _first_ends(
    firsts: list[CentredLabel], edges: Sequence[float], ends: tuple[int, ...], upper: bool
) -> list[tuple[int, ...]]:
    """Behind the last row of each label of the first level, in every way in which each stands in the middle of its rows and
    these are those of some labels of the second; none in a list of projects."""
    if not firsts:
        return [()]
    own = edges[: ends[-1] + 1]
    return [way for way in _ends(firsts, own, upper, {*ends}) if way[-1] == ends[-1]]
