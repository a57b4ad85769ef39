"""The division of a table's pieces into cells: the cheapest reading under soft cues.

What a cut or a joined line costs is made of: how full the line is in its column (widths are learnt per document), how
print lines follow each other in a row (one-line cells side by side stand on one line), open brackets, what a column
holds (values look like values) and how the cells of a row go together (an annual value is often the value of the
whole period). Costs are in arbitrary units; a difference under ``UNCERTAIN`` means that the text does not tell.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.grids.costs import (
    SIDE_COLUMN,
    content_cost,
    empty_cost,
    is_class,
    is_value,
    value_pair_cost,
)
from perfgoals_lint.tables.grids.head_rows import LEVELS, UNKNOWN
from perfgoals_lint.tables.grids.marks import may_begin_level
from perfgoals_lint.tables.grids.pieces import CLOSING, Dump, Gap, head_width
from perfgoals_lint.tables.roles import VALUED

UNCERTAIN = 0.5
_CAP = 3.9  # a cell that costs more inside is no reading
_ROW_CAP = 7.0
_CELL_PIECES = 24
# divisions tried: allowed for a document, for each of its pieces (some 20 as a rule), and at most
_WORK, _WORK_EACH, _WORK_MOST = 20_000, 150, 600_000
_NEVER = 99.0
_NEXT_ROW = 3.0  # that a row goes on behind a line of several cells between bars
_BEHIND_VALUE = 6.0  # that a row goes on with a line of several cells behind one that ends with a value
_SLACK = 0.35
_LATER = 0.04  # of columns that nobody knows, the last is blank rather than the first
# where the names are printed twice, for the period and for the year, and one half of a row is blank
_TWICE = frozenset({"level3", "cycle_value", "annual_value"})
_FIRST_BLANK, _TWIN_LABEL = 1.0, 2.0
_HALF = 0.5
_WRAPPED = 3.0  # that a cell is broken where each has a line of its own
_IN_LABEL = 0.2  # that the label of a level is broken over lines
_HEADER_INSIDE = 5.0  # a cell of a row that says what a column is called
# what it costs that a cell begins like the name of a level
_LABEL_INSIDE = {"level1": 0.0, "level2": 0.0, "level3": 3.0, "description": 3.0}
_ODD = 0.8  # a text of its own where the texts of a column recur
_PROSE = frozenset({"annual_goal", "cycle_goal", "overall_goal", "purpose"})
_PROSE_BREAK, _STOP_BREAK = 0.1, 0.6  # that a line of a goal goes on, and that a sentence follows a sentence
_PAGE = compiled(r"^\d{1,3}$")
_NUMBER_ALONE = 2.5  # that a cell goes on with a number alone on its line, as pages are numbered
_BARE_VALUE = compiled(r"^(?:[≥≤><=≧≦＞＜＝]+\S+|\d+(?:\.\d+)?[%％]?(?:以上|以下|以内)?)$")


class CutRow(NamedTuple):
    """Cells as (start, end) pieces in the order of the columns, an empty cell with start = end; ``cost`` of the cut."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]
    cost: float


@dataclass(slots=True)
class Columns:
    """What is known of the columns behind the levels: their names; their widths in em (0: nothing known) and whether
    a width is known from broken lines or only as the widest line seen; in what share of the rows a column has a cell;
    what share of its cells are values; what the columns are called; how often a piece occurs in the tables; the texts of
    columns in which few texts recur."""

    names: tuple[str, ...]
    widths: list[float]
    firm: list[bool]
    filled: list[float] = field(default_factory=list)
    valued: list[float] = field(default_factory=list)
    header: frozenset[str] = frozenset()
    common: Counter[str] = field(default_factory=Counter)
    recurring: list[frozenset[str]] = field(default_factory=list)


# cells read so far as a linked list: (start, end, cells before)
_Chain = tuple[int, int, "_Chain | None"]
_Reading = tuple[float, _Chain | None]
_cost = itemgetter(0)


class Cutter:
    """Finds the rows that begin with a piece. One for a document and a set of columns.

    ``level_labels`` are the pieces with which a level name surely begins.
    """

    def __init__(self, dump: Dump, columns: Columns, level_labels: frozenset[int]) -> None:
        self.dump = dump
        self.columns = columns
        self._labels = level_labels
        self._twin = columns.names.count("level3") > 1
        self._in_row = bool({"level1", "level2"} & set(columns.names))
        self._left = min(_WORK + _WORK_EACH * len(dump.pieces), _WORK_MOST)
        self._texts: dict[tuple[int, int], str] = {}
        self._choices: dict[tuple[int, int, int], list[tuple[int, float]]] = {}
        self._blank = [(self._empty(n, False), self._empty(n, True)) for n in range(len(columns.names))]
        """What it costs that a column is empty, behind a cell and in front of all cells."""

    def rows(self, start: int, end: int, best: int = 1) -> dict[int, list[CutRow]]:
        """The cheapest rows from ``start``, by the piece behind them; up to ``best`` for every end.

        None at all once the work allowed for the document is done: a text made to be slow is given up.
        """
        if self._left < 0:
            return {}
        # a state is (begin of the last filled cell, end of it, whether the row is one of a class alone): all that the next
        # cell's cost depends on
        layer: dict[tuple[int, int, bool], list[_Reading]] = {(start, start, False): [(0.0, None)]}
        final = len(self.columns.names) - 1
        whole_rows = self.dump.whole_rows or (self.dump.closed and not self.dump.single)
        blank = self.dump.blank_behind
        for column in range(final + 1):
            following: dict[tuple[int, int, bool], list[_Reading]] = {}
            nameless = whole_rows and self.columns.names[column] == "level3"
            for (last, position, alone), readings in layer.items():
                choices = self._cells(column, position, end)
                self._left -= len(choices) * len(readings)
                for stop, own in choices:
                    if column == final and not self.dump.begins[stop]:
                        continue  # a row ends with a line
                    cost = own
                    if stop == position:
                        free = alone or _blanks(readings[0][1]) < blank[position - 1]
                        cost += 0.0 if free else self._blank[column][last == position]
                    elif position > last:
                        cost += self._step(column, last, position, stop)
                    if readings[0][0] + cost < _ROW_CAP:
                        named = stop > position
                        key = (position if named else last, stop, alone or (nameless and not named))
                        into = following.setdefault(key, [])
                        for total, chain in readings:
                            into.append((total + cost, (position, stop, chain)))
            for key, readings in following.items():
                if len(readings) > 1:
                    following[key] = sorted(readings, key=_cost)[:best]
            layer = following
        ends: dict[int, list[_Reading]] = {}
        for (_, stop, _), readings in layer.items():
            if stop > start:
                ends.setdefault(stop, []).extend(readings)
        return {
            stop: [
                CutRow(start, stop, _unchain(chain), cost) for cost, chain in sorted(found, key=_cost)[:best]
            ]
            for stop, found in ends.items()
        }

    def _cells(self, column: int, position: int, end: int) -> list[tuple[int, float]]:
        """Where a cell of a column that begins at a piece may end, with the cell's own cost."""
        key = (column, position, end)
        if key not in self._choices:
            self._choices[key] = list(self._find_cells(column, position, end))
        return self._choices[key]

    def _find_cells(self, column: int, position: int, end: int) -> Iterable[tuple[int, float]]:
        yield position, 0.0
        if position in self.dump.free:
            return
        name, pieces, gaps = self.columns.names[column], self.dump.pieces, self.dump.gaps
        inside = 0.0
        if position in self._labels or (
            self._in_row and position < end and is_class(pieces[position].text)
        ):  # an indicator may be called like a level, a value is not
            inside = _LABEL_INSIDE.get(name, 4.0) + (_TWIN_LABEL if self._twin and name == "level3" else 0.0)
        width = 0.0
        end = min(end, position + _CELL_PIECES)
        for stop in range(position + 1, end + 1):
            width += pieces[stop - 1].width
            over = self._too_wide(column, width)
            text = self._text(position, stop)
            again = 0.0 if text not in self.columns.header or name == SIDE_COLUMN else _HEADER_INSIDE
            own = content_cost(name, text, self.columns.common) + self._unlike(column, text)
            yield stop, inside + over + again + own
            if stop == end or gaps[stop - 1] == Gap.CELL:
                return
            if gaps[stop - 1] == Gap.LINE:
                label = name in LEVELS and may_begin_level(self._text(position, stop + 1))
                ended = self._ends_row(column, position, stop)
                inside += (
                    _IN_LABEL
                    if label
                    else _BEHIND_VALUE
                    if ended
                    else over + self._break(column, stop, width)
                )
                width = 0.0
            else:
                inside += 3.5 if gaps[stop - 1] == Gap.BLANK or is_class(pieces[stop].text) else 0.1
                width += 0.5
            if inside > _CAP:
                return

    def _ends_row(self, column: int, start: int, stop: int) -> bool:
        """Is a cell a value in a column of values that ends a line of several cells, and does another such line begin behind it
        with a piece that may be a name?"""
        dump = self.dump
        apart = dump.begins[stop] and not dump.begins[stop - 1] and not dump.ends_line(stop)
        apart = apart and not dump.one_a_line
        named = apart and self.columns.names[column] in VALUED and not is_value(dump.pieces[stop].text)
        return named and is_value(self._text(start, stop))

    def _unlike(self, column: int, text: str) -> float:
        """What it costs that a text is a value where the column holds none as a rule, or the other way round."""
        share = self.columns.valued[column] if self.columns.valued else _HALF
        odd = 0.0
        if self.columns.recurring and text not in (known := self.columns.recurring[column]):
            odd = _ODD * (bool(known) + any(text in other for other in self.columns.recurring))
        return odd + 3.0 * max(abs(share - is_value(text)) - _HALF, 0.0)

    def _too_wide(self, column: int, width: float) -> float:
        """What it costs that a line is wider than its column."""
        room = self.columns.widths[column]
        if not room or width <= room + _SLACK:
            return 0.0
        return min(3.0, (width - room) * (0.8 if self.columns.firm[column] else 0.08))

    def _break(self, column: int, stop: int, width: float) -> float:
        """What it costs that a cell goes on with the piece ``stop`` of the next line behind a line so wide."""
        if stop in self._labels:
            return 4.0
        if self.dump.whole_rows:
            return _NEVER
        if self.dump.single or self.dump.closed:
            return 0.2 if self.dump.runs_on(stop) else _NEVER
        if self.dump.one_a_line:
            return _WRAPPED + (1.0 if _BARE_VALUE.match(self.dump.pieces[stop].text) else 0.0)
        text, name = self.dump.pieces[stop].text, self.columns.names[column]
        if name in _PROSE:
            return _PROSE_BREAK if self.dump.pieces[stop - 1].text[-1] != "。" else _STOP_BREAK
        if name == "project_code" and text.isascii():
            return _PROSE_BREAK
        alone = self.dump.begins[stop] and self.dump.ends_line(stop) and _PAGE.match(text)
        own = _NUMBER_ALONE if alone else 1.0 if _BARE_VALUE.match(text) else 0.0
        room = self.columns.widths[column]
        if not room:
            return own + (0.8 if width > 4 else 2.0)
        slack = room - width - head_width(text) + _SLACK
        if slack <= 0:
            return own + (0.0 if self.columns.firm[column] else 0.2)
        if text[0] in CLOSING:
            return 0.0
        return own + 0.3 + (1.3 if self.columns.firm[column] else 0.9) * slack

    def _empty(self, column: int, nothing_before: bool) -> float:
        name = self.columns.names[column]
        if name == "level2" and self.columns.names[:column] not in (("level1",), (SIDE_COLUMN, "level1")):
            return 0.0 if nothing_before else 0.3
        if self._twin and (name == "level2" or name in _TWICE):
            return (
                _FIRST_BLANK if name in self.columns.names[column + 1 :] or name == "cycle_value" else _LATER
            )
        own = empty_cost(name, nothing_before) - (_LATER * column if name == UNKNOWN else 0.0)
        filled = self.columns.filled[column] if self.columns.filled else 1.0
        return min(own, 0.1 + own * filled)

    def _step(self, column: int, last: int, position: int, stop: int) -> float:
        """What it costs that the cell position..stop follows the cell last..position in a row."""
        pieces = self.dump.pieces
        cost = 0.0
        gap = self.dump.gaps[position - 1]
        single = pieces[last].line == pieces[position - 1].line
        single_cell = self.dump.begins[position - 1]
        if gap == Gap.LINE and self.dump.whole_rows:
            cost = _NEVER
        elif gap == Gap.LINE and self.dump.closed and not single_cell:
            cost = _NEXT_ROW
        elif gap == Gap.LINE and self._ends_row(column - 1, last, position):
            cost = _BEHIND_VALUE
        elif gap == Gap.LINE:
            if single and pieces[position].line == pieces[stop - 1].line and not self.dump.one_a_line:
                cost = 0.3 if self.columns.names[column - 1] in ("level1", "level2") else 1.2
        elif gap == Gap.CELL:
            cost = 0.0
        elif gap == Gap.SOFT:
            cost = 0.0 if self.columns.names[column] == "value_unit" else 0.6
        elif not single:
            cost = 0.4
        names = self.columns.names
        if names[column] == "annual_value" and names[column - 1] == "cycle_value":
            return cost + value_pair_cost(self._text(last, position), self._text(position, stop))
        if names[column] == "description" and names[column - 1] == "level3":
            name, description = self._text(last, position), self._text(position, stop)
            return cost - (1.5 if name == description else 0.8 if name in description else 0.0)
        return cost

    def _text(self, start: int, stop: int) -> str:
        key = (start, stop)
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = self.dump.squeezed(start, stop)
        return text


def _blanks(chain: _Chain | None) -> int:
    """How many blank cells end a chain."""
    count = 0
    while chain and chain[0] == chain[1]:
        count += 1
        chain = chain[2]
    return count


def _unchain(chain: _Chain | None) -> tuple[tuple[int, int], ...]:
    cells = []
    while chain:
        cells.append((chain[0], chain[1]))
        chain = chain[2]
    return tuple(reversed(cells))
