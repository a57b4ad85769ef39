"""The division of a table's pieces into cells: the cheapest reading under soft cues.

What a cut or a joined line costs is made of: how full the line is in its column (widths are learnt per document), how
print lines follow each other in a row (one-line cells side by side stand on one line), open brackets, what a column
holds (values look like values) and how the cells of a row go together (an annual value is often the value of the
whole period). Costs are in arbitrary units; a difference under ``UNCERTAIN`` means that the text does not tell.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from perfgoals_lint.layouts.dump_text import CLOSING, Dump, Gap, head_width, width_of

UNCERTAIN = 0.35
_CAP = 6.0
_SLACK = 0.35
_VALUE = re.compile(
    r"[≥≤><=≧≦＞＜＝±]|^[\d.,]+\S{0,4}$|\d+(\.\d+)?[%％]?(以上|以下|以内|以前)?\S{0,2}$|月底前|年底"
)
_COMPARISON = re.compile(r"^(?:[≥≤><=≧≦＞＜＝±]{1,2}|大于|小于|等于|大于等于|小于等于|定性|定量)$")
_NUMBER = re.compile(r"^\d{1,4}(?:\.\d+)?[%％]?$")
_SHAPE = re.compile(r"[\d.,一二三四五六七八九十每各全共合计年度当]+")
_PAIRS = ("（）", "()", "“”", "《》", "【】", "「」", "〔〕")
_EMPTY = {"level3": 4.0, "description": 2.5, "annual_value": 2.2, "cycle_value": 3.0, "basis": 1.5}
_VALUES = frozenset({"cycle_value", "annual_value", "last_year_value"})


@dataclass(slots=True, frozen=True)
class Row:
    """Cells as (start, end) pieces in the order of the columns, an empty cell with start = end; ``cost`` of the cut."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]
    cost: float


@dataclass(slots=True)
class Columns:
    """What is known of the columns behind the levels: their names and learnt widths (em; 0: nothing known)."""

    names: tuple[str, ...]
    widths: list[float]
    common: Counter[str] = field(default_factory=Counter)


class Cutter:
    """Finds the rows that begin with a piece. One for a document and a set of columns."""

    def __init__(self, dump: Dump, columns: Columns, level_labels: frozenset[int]) -> None:
        self.dump = dump
        self.columns = columns
        self._labels = level_labels
        self._texts: dict[tuple[int, int], str] = {}
        self._contents: dict[tuple[int, int, int], float] = {}
        self._ends: dict[tuple[int, int, int], list[tuple[int, float]]] = {}

    def rows(self, start: int, end: int, best: int = 1) -> dict[int, list[Row]]:
        """The cheapest rows from ``start``, by the piece behind them; up to ``best`` for every end."""
        # a state is (start of the last cell, its end, its column or -1): all that the next cell's cost depends on
        layer: dict[tuple[int, int], list[tuple[float, tuple[tuple[int, int], ...]]]] = {
            (start, start): [(0.0, ())]
        }
        for column in range(len(self.columns.names)):
            following: dict[tuple[int, int], list[tuple[float, tuple[tuple[int, int], ...]]]] = {}
            for (last, position), readings in layer.items():
                for stop, cost in self._choices(column, position, end):
                    step = cost + self._step(column, last, position, stop)
                    key = (position if stop > position else last, stop)
                    into = following.setdefault(key, [])
                    into.extend((total + step, (*cells, (position, stop))) for total, cells in readings)
            for readings in following.values():
                readings.sort(key=lambda reading: reading[0])
                del readings[best:]
            layer = following
        found: dict[int, list[Row]] = {}
        for (_, stop), readings in layer.items():
            if stop > start:
                found.setdefault(stop, []).extend(
                    Row(start, stop, cells, total + self._over(stop)) for total, cells in readings
                )
        for rows in found.values():
            rows.sort(key=lambda row: row.cost)
            del rows[best:]
        return found

    def _over(self, stop: int) -> float:
        """What it costs that a row ends before this piece: a row ends with a line."""
        return 0.0 if self.dump.starts_line(stop) else 5.0

    def _choices(self, column: int, position: int, end: int) -> list[tuple[int, float]]:
        """Where a cell of a column that begins at a piece may end, with the cell's own cost."""
        key = (column, position, end)
        if key not in self._ends:
            choices = [(position, _EMPTY.get(self.columns.names[column], 2.0))]
            inside = 0.0
            for stop in range(position + 1, end + 1):
                choices.append((stop, inside + self._content(column, position, stop)))
                if stop < end:
                    inside += self._run_on(column, position, stop)
                if inside > _CAP:
                    break
            self._ends[key] = choices
        return self._ends[key]

    def _run_on(self, column: int, start: int, stop: int) -> float:
        """What it costs that a cell goes on with the piece ``stop``."""
        gap = self.dump.gaps[stop - 1]
        right = self.dump.pieces[stop]
        if gap == Gap.BLANK:
            return 5.0
        if gap == Gap.SOFT:
            return 0.1
        if stop in self._labels:
            return 4.0
        width = self._line_width(start, stop)
        room = self.columns.widths[column]
        if not room:
            return 0.8 if width > 4 else 2.0
        slack = room - width - head_width(right.text) + _SLACK
        if slack <= 0:
            return 0.0
        if right.text[0] in CLOSING:
            return 0.0
        return min(_CAP, 0.3 + 1.3 * slack)

    def _line_width(self, start: int, stop: int) -> float:
        """The width of the cell's last line, which ends before ``stop``."""
        last = self.dump.pieces[stop - 1]
        first = stop - 1
        while first > start and self.dump.pieces[first - 1].line == last.line:
            first -= 1
        return width_of(self.dump.lines[last.line].text[self.dump.pieces[first].start : last.end])

    def _step(self, column: int, last: int, position: int, stop: int) -> float:
        """What it costs that the cell position..stop follows the cell last..position in a row."""
        if stop == position:
            return 0.0
        cost = 0.0
        if position > last:
            lines = self.dump.pieces[position - 1].line - self.dump.pieces[last].line
            single = self.dump.pieces[last].line == self.dump.pieces[position - 1].line
            gap = self.dump.gaps[position - 1]
            if gap == Gap.LINE:
                if single and self.dump.pieces[position].line == self.dump.pieces[stop - 1].line:
                    cost += 1.2
            elif gap == Gap.SOFT:
                cost += 0.6
            elif lines:
                cost += 0.4
            cost += self._pair(column, last, position, stop)
        return cost

    def _pair(self, column: int, last: int, position: int, stop: int) -> float:
        """How two neighbouring cells go together."""
        name, before = self.columns.names[column], self.columns.names[column - 1]
        left, right = self._text(last, position), self._text(position, stop)
        if name == "annual_value" and before == "cycle_value":
            if left == right:
                return -2.0
            shape = _SHAPE.sub("", left)
            if shape and shape == _SHAPE.sub("", right):
                return -1.2
            if _VALUE.search(left) and _VALUE.search(right):
                return -0.4
            return -0.4 if right in left or left in right else 0.6
        if name == "description" and before == "level3":
            if left == right:
                return -1.5
            return -0.8 if left in right else 0.0
        return 0.0

    def _text(self, start: int, stop: int) -> str:
        key = (start, stop)
        if key not in self._texts:
            self._texts[key] = self.dump.squeezed(start, stop)
        return self._texts[key]

    def _content(self, column: int, start: int, stop: int) -> float:
        key = (column, start, stop)
        if key not in self._contents:
            label = 2.0 if start in self._labels else 0.0
            name = self.columns.names[column]
            self._contents[key] = label + self._content_cost(name, self._text(start, stop))
        return self._contents[key]

    def _content_cost(self, name: str, text: str) -> float:
        """How little a text suits a column."""
        cost = 0.0
        for opening, closing in _PAIRS:
            cost += 1.5 * (text.count(opening) != text.count(closing))
        if text[0] in CLOSING:
            cost += 2.0
        value = bool(_VALUE.search(text))
        if name in _VALUES:
            cost += -0.3 if value else 0.2 * (len(text) > 6) + 0.04 * len(text)
        elif name in ("level3", "description"):
            cost += 1.5 * bool(value and not re.match(r"[\u3400-\u9fff]{4}", text))
            cost += 0.5 if self.columns.common[text] > 2 else 0.0
        elif name == "basis":
            cost += 1.5 * value - 1.0 * (self.columns.common[text] > 1)
        elif name == "operator":
            cost += 0.0 if _COMPARISON.match(text) else 3.0
        elif name in ("weight", "number", "score"):
            cost += 0.0 if _NUMBER.match(text) else 4.0
        return cost
