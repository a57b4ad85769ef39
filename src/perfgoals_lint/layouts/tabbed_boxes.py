"""The labelled boxes of a tabbed form: which text stands for which field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from perfgoals_lint.labels import field_of, squeeze
from perfgoals_lint.layouts.tabbed_cells import Cell, groups
from perfgoals_lint.model import SOURCES, Location, Problem
from perfgoals_lint.tables.amounts import is_amount, is_unread_amount, not_read
from perfgoals_lint.tables.sources import NAMED_SOURCES, printed_name
from perfgoals_lint.tables.words import is_sum

GOALS = ("purpose", "cycle_goal", "annual_goal", "overall_goal")
_MONEY = ("budget", *SOURCES, *NAMED_SOURCES)
_LABEL_LENGTH = 40


@dataclass(slots=True)
class Boxes:
    """The labelled boxes of a form: the lines of every field with their places."""

    lines: dict[str, list[tuple[str, Location]]] = field(default_factory=dict)
    plan: list[str] = field(default_factory=list)
    unread: dict[str, Problem] = field(default_factory=dict)
    _label: str = ""
    _schedule: bool = False
    _field: str | None = None
    _around: str | None = None
    _goal: str | None = None

    def read(self, cells: list[Cell]) -> None:
        """Read the cells of a form's boxes."""
        rows = groups(cells)
        below: list[Cell] = []
        for row, after in pairwise([*rows, []]):
            if row is below:
                continue
            below = after if self._goals_below(row, after) else []
            for cell in [] if below else row:
                self.take(cell)

    def _goals_below(self, row: list[Cell], after: list[Cell]) -> bool:
        """Two goals side by side, their labels in one row and their texts in the next."""
        names = [field_of(cell.text) for cell in row if cell.text]
        texts = [cell for cell in after if cell.text]
        goals = names[-len(texts) :]
        if len(texts) < 2 or len(names) > len(texts) + 1 or not set(names) <= {*GOALS, "aside"}:
            return False
        if len(set(goals)) < len(texts) or any(field_of(cell.text) for cell in texts):
            return False
        for name, cell in zip(goals, texts, strict=True):
            if name in GOALS:
                self.lines.setdefault(name, list(cell.lines))
        return True

    def take(self, cell: Cell) -> None:
        """Read the next cell: a label, the value of the label before it, or blank.

        A label that is followed by another label names a whole group (预算规模及资金用途 in front of 预算数); text that
        has no label of its own belongs to the group. More text behind a goal continues it.
        """
        text = cell.text
        name = field_of(text) if len(text) <= _LABEL_LENGTH else None
        if name in NAMED_SOURCES:
            name = f"{name}:{printed_name(text)}"
        if name is not None:
            self._around = self._field or self._around
            self._field, self._label = name, text
            self._schedule = name == "schedule" or (self._schedule and name.startswith(_MONEY))
        elif self._schedule and is_sum(squeeze(text)):
            # What the items of a budget add up to is the budget.
            self._field, self._label = "budget", text
        elif self._field == "disbursement_plan":
            if text:
                self.plan.append(text)
        elif not text:
            self._field = None
        elif not self._inline(cell):
            self._put(cell)

    def _put(self, cell: Cell) -> None:
        target, self._field = self._field, None
        if target is not None and target.startswith(_MONEY) and not is_amount(cell.text):
            if is_unread_amount(cell.text):
                self.unread.setdefault(target, not_read(self._label, cell.text, cell.place))
            target = None
        if target is None and self._around and self._around not in self.lines:
            target, self._around = self._around, None
        if target is None and self._goal:
            self.lines[self._goal] += cell.lines
        elif target is not None and target not in self.lines:
            self.lines[target] = list(cell.lines)
            self._goal = target if target in GOALS else None

    def _inline(self, cell: Cell) -> bool:
        """A box printed as ``label：value`` in one cell."""
        if self._field is not None or (self._around is not None and self._around not in self.lines):
            return False
        first, place = cell.lines[0]
        match = re.match(r"\s*([^:：]{2,20})[:：]", first)
        name = field_of(match[1]) if match else None
        if match is None or name is None or name in self.lines:
            return False
        self.lines[name] = [(first[match.end() :], place), *cell.lines[1:]]
        return True
