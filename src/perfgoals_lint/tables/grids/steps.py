"""The reading of a table's pieces as level names and rows: a shortest path over the cuts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from perfgoals_lint.rulebook import labels
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import is_amount, is_nothing
from perfgoals_lint.tables.grids.costs import OF_PROJECT
from perfgoals_lint.tables.grids.cutter import CutRow, Cutter
from perfgoals_lint.tables.grids.head_rows import LEVELS, MONEY
from perfgoals_lint.tables.grids.heads import PrintedHeader, header_at, repeats
from perfgoals_lint.tables.grids.marks import Label, field_at, is_plain, levels_at
from perfgoals_lint.tables.grids.pieces import Dump, Gap, Shape
from perfgoals_lint.tables.lists import is_body
from perfgoals_lint.tables.words import is_sum

PAGE = compiled(r"^\d{1,3}(?:/\d{1,3})?$")
_BEAM = 5.0  # what is dearer by so much than a reading that is further on is given up
_FAR = 1e9
_LEFT = 8.0  # text that fits nowhere
_UNCLASSED = 2.5  # that a table begins with a row without a class
_LABEL_ALONE = 3.0  # a level without a row, where levels are cells of rows
_ONE_CELL = 3.0  # a row that has one cell only
_SUM = 2.0
_NO_AMOUNT = 2.5
_NAMELESS = 3.0
_NAMING = frozenset({"project_name", "project_code"})
_SURE_SUM = -1.0
_SECOND_FIRST = 2.0  # that a class of the second level, under the first one in force, is a first one
_BEHIND_ITS_PLACE = 6.0  # a class of the second level that is printed below the header of the first
_ROW = 0.4  # fewer rows are better
# a level 1 that follows a level 1 or 2 at once leaves a level without rows
_REPEATED = {"": 0.0, "1": 1.5, "2": 2.0, "row": 0.0}
# rows without a level 2, or without any level, are rare
_BEFORE_ROW = {"": 6.0, "1": 2.5, "2": 0.0, "row": 0.0}


@dataclass(slots=True)
class Step:
    """One thing read: a level name (``level`` 1 or 2), a row, or something to pass over (``level`` 0): a label
    printed again, or text that fits nowhere (``left``). ``printed`` says that the cells of a row are certain."""

    start: int
    end: int
    level: int = 0
    label: Label | None = None
    row: CutRow | None = None
    left: bool = False
    printed: bool = False


@dataclass(slots=True)
class _StepState:
    cost: float
    step: Step | None
    before: _StepState | None


# a state is told by the last thing read ("", "1", "2", "row") and the class of the level 1 in force
_Key = tuple[str, str]


class StepReader:
    """Reads the pieces of one table. ``in_steps`` says that levels are read in front of the rows, else they are cells."""

    def __init__(self, dump: Dump, cutter: Cutter, header: PrintedHeader, in_steps: bool) -> None:
        self.dump = dump
        self.cutter = cutter
        self.header = header
        self.in_steps = in_steps
        self._first: frozenset[int] = frozenset()
        self._plain: frozenset[str | None] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns behind the levels, from left to right."""
        return self.cutter.columns.names

    def read(self, start: int, end: int) -> list[Step]:
        """The cheapest reading, in order; pieces that fit nowhere are passed over and come as steps of level 0."""
        self._first = frozenset(_below_first_level(self.dump, self.header, start, end))
        texts = {piece.text for piece in self.dump.pieces[start:end] if labels.is_level1(piece.text)}
        self._plain = frozenset(labels.classify(text, 1) for text in texts if not labels.is_level2(text))
        states: dict[int, dict[_Key, _StepState]] = {start: {("", ""): _StepState(0.0, None, None)}}
        for position in range(start, end):
            here = states.pop(position, None)
            if here:
                ahead = min(
                    (state.cost for later in states.values() for state in later.values()), default=_FAR
                )
                here = {key: state for key, state in here.items() if state.cost < ahead + _BEAM}
            if here:
                steps = self._steps(position, end)
                for key, state in here.items():
                    self._advance(states, key, state, steps)
        last: _StepState | None = min(states[end].values(), key=lambda state: state.cost)
        path: list[Step] = []
        while last and last.step:
            path.append(last.step)
            last = last.before
        return path[::-1]

    def doubt(self, rows: list[CutRow]) -> float:
        """By how much the next best placing of a row's cells costs more than the best one, at the least."""
        margin = _FAR
        for row in rows:
            if any(end != start + 1 for start, end in row.cells):
                found = self.cutter.rows(row.start, row.end, best=2).get(row.end, [])
                margin = min([margin, *(other.cost - found[0].cost for other in found[1:])])
        return margin

    def _steps(self, position: int, end: int) -> list[tuple[Step, float]]:
        """Everything that may be read from a piece on, with its own cost."""
        steps: list[tuple[Step, float]] = []
        for level in (1, 2):
            for label in levels_at(self.dump, position, end, level):
                blanks = sum(gap == Gap.BLANK for gap in self.dump.gaps[position : label.end - 1])
                bare = 0.0 if is_plain(label) or len(label.text) > 3 else 1.2
                bare += 0.0 if self.in_steps else _LABEL_ALONE
                steps.append((Step(position, label.end, level, label), blanks + bare))
        for rows in self.cutter.rows(position, end).values():
            rows = list(map(self._in_place, rows)) if position in self._first and not self.in_steps else rows
            steps.extend((Step(row.start, row.end, row=row), row.cost + _ROW) for row in rows)
        if self.dump.begins[position]:
            box = field_at(self.dump, position, end)
            if box and box.name == "indicators":
                steps.append((Step(position, box.end), 0.0))
            again = repeats(self.dump, self.header, position)
            if again and again <= end:
                steps.append((Step(position, again), 0.0))
            elif header := header_at(self.dump, position, end):
                steps.append((Step(position, header.end), 0.0))
            if self.header.is_list:
                steps += self._sums(position, end)
            if self.dump.ends_line(position) and PAGE.match(self.dump.pieces[position].text):
                steps.append((Step(position, position + 1), 1.5))
        steps.append((Step(position, self.dump.line_end(position, end), left=True), _LEFT))
        return steps

    def _in_place(self, row: CutRow) -> CutRow:
        """The row with the class that begins it under the first level, where it is printed."""
        first, second = self.names.index("level1"), self.names.index("level2")
        start, end = row.cells[first]
        if start < end or row.cells[second][0] != row.start:
            return row
        cells = list(row.cells)
        cells[first], cells[second] = cells[second], (cells[second][1],) * 2
        return row._replace(cells=tuple(cells))

    def _sums(self, position: int, end: int) -> list[tuple[Step, float]]:
        """A row with a name and amounts only: the sum of a unit's projects or of all."""
        money = [index for index, name in enumerate(self.names) if name in MONEY]
        name = self.names.index("project_name") if "project_name" in self.names else 0
        if not money or is_amount(self.dump.pieces[position].text):
            return []
        stop = position + 1
        while stop < end and stop - position <= len(money) and self._is_money(stop):
            stop += 1
        amounts = stop - position - 1
        whole = self.dump.begins[stop] and (self.dump.shape is Shape.LINES or amounts > 0)
        if not amounts or not whole:
            return []
        cells = [(stop, stop)] * len(self.names)
        cells[name] = (position, position + 1)
        for number, column in enumerate(money[:amounts]):
            cells[column] = (position + 1 + number, position + 2 + number)
        text, amount = self.dump.pieces[position].text, self.dump.pieces[position + 1].text
        repeated = any(piece.text == amount for piece in self.dump.pieces[stop : stop + len(self.names)])
        own = _SURE_SUM if is_sum(text) or repeated else 0.0 if is_body(text) else _SUM
        return [(Step(position, stop, row=CutRow(position, stop, tuple(cells), 0.0)), own)]

    def _is_money(self, index: int) -> bool:
        text = self.dump.pieces[index].text
        return is_amount(text) or is_nothing(text)

    def _advance(
        self,
        states: dict[int, dict[_Key, _StepState]],
        key: _Key,
        state: _StepState,
        steps: list[tuple[Step, float]],
    ) -> None:
        """Go on from a state with every step that may follow it."""
        last, first = key
        for step, own in steps:
            cost = state.cost + own
            following = key
            if step.label:
                inside = not self.dump.begins[step.start]
                if inside and last == "row":
                    continue
                if step.level == 1:
                    cost += _REPEATED[last] + (5.0 if inside else 0.0)
                    following = ("1", step.label.name)
                else:
                    cost += 2.0 if last == "2" else 0.0
                    cost += _BEHIND_ITS_PLACE if step.start in self._first else 0.0
                    cost += 0.0 if first and labels.parent_of(step.label.name) == first else 1.5
                    following = ("2", first)
            elif step.row and not self.in_steps:
                if not self.dump.begins[step.start]:
                    continue
                row = self._below(step.row, first)
                step = step if row is step.row else replace(step, row=row)
                cost += self._without_amount(row)
                alone = sum(end > start for start, end in row.cells) == 1
                cost += _ONE_CELL if alone and step.end - 1 not in self.dump.blank_behind else 0.0
                own_class, second = self._class_of(row, 1), self._class_of(row, 2)
                following = ("row", own_class if own_class is not None else first)
                unclassed = not following[1] and "level1" in self.names and not self.header.is_list
                cost += _UNCLASSED if unclassed and last != "row" else 0.0
                cost += _SECOND_FIRST if own_class is not None and self._is_second(row, first) else 0.0
                if second and following[1] and labels.parent_of(second) != following[1]:
                    cost += 1.5
            elif step.row:
                if last in ("row", "") and not self.dump.begins[step.start]:
                    continue
                cost += _BEFORE_ROW[last]
                following = ("row", first)
            into = states.setdefault(step.end, {})
            if following not in into or cost < into[following].cost:
                into[following] = _StepState(cost, step, state)

    def _without_amount(self, row: CutRow) -> float:
        """What it costs that a row of a list begins a project that has no amount, or says something of a project that it
        does not name."""
        if not self.header.is_list or "project_name" not in self.names:
            return 0.0
        filled = {name for name, (start, end) in zip(self.names, row.cells, strict=True) if end > start}
        if not filled & _NAMING and filled & OF_PROJECT:
            return _NAMELESS
        money = MONEY & set(self.names)
        return _NO_AMOUNT if money and "project_name" in filled and not money & filled else 0.0

    def _is_second(self, row: CutRow, first: str) -> bool:
        """Is the class of the first level in a row one of the second under the class in force, which is printed as a first
        level and nothing else (生态效益指标 below 效益指标)?"""
        start, end = row.cells[self.names.index("level1")]
        below = labels.classify(self.dump.squeezed(start, end), 2)
        return below is not None and first in self._plain and labels.parent_of(below) == first

    def _below(self, row: CutRow, first: str) -> CutRow:
        """The row with its class of the first level under the second one, where the class in force stands over others
        (效益指标 below 实施效果指标)."""
        below = labels.over(labels.canonical(first)) if first else []
        if below and self._class_of(row, 1) in below:
            cells = dict(zip(self.names, row.cells, strict=True))
            start, end = cells["level1"]
            if cells.get("level2", (0, 1)) == (end, end):
                moved = cells | {"level1": (start, start), "level2": (start, end)}
                return row._replace(cells=tuple(moved[name] for name in self.names))
        return row

    def _class_of(self, row: CutRow, level: int) -> str | None:
        """The class of a level in a row: ``None`` without a cell, blank for a class that nobody knows."""
        name = LEVELS[level - 1]
        if name not in self.names:
            return None
        start, end = row.cells[self.names.index(name)]
        return labels.classify(self.dump.squeezed(start, end), level) or "" if end > start else None


def _below_first_level(dump: Dump, header: PrintedHeader, start: int, end: int) -> Iterator[int]:
    """In the pieces ``start`` to ``end`` (exclusive) the classes of the first level that begin a line right below the header of that level, where bars or tabs keep the
    blank cells: where another line begins with a class of the second level below its own header."""
    mark = {Shape.BARS: "|", Shape.TABS: "\t"}.get(dump.shape)
    if mark is None or dump.one_a_line or not {"level1", "level2"} <= set(header.columns):
        return

    def column(index: int) -> int:
        piece = dump.pieces[index]
        return dump.lines[piece.line].text.count(mark, 0, piece.start)

    by_role = {
        name.role: column(name.start) for name in header.names if name.row + name.row_span == header.depth
    }
    starts = [index for index in range(start, end) if dump.begins[index]]
    own = [index for index in starts if labels.is_level2(dump.pieces[index].text)]
    first, second = by_role.get("level1"), by_role.get("level2")
    if first is None or not any(
        column(i) == second and not labels.is_level1(dump.pieces[i].text) for i in own
    ):
        return
    yield from (i for i in own if column(i) == first and labels.is_level1(dump.pieces[i].text))
