"""What a budget is broken down into, below a small header of its own: the year's main tasks of a department, or what a project
pays for, with numbers and prices."""

import re
from decimal import Decimal
from functools import cache

from perfgoals_lint.model import SOURCES, GoalTable, Location, Problem, Task
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.account import count
from perfgoals_lint.tables.amounts import is_amount, is_nothing, is_unread, money_factor, not_read
from perfgoals_lint.tables.cells import Box
from perfgoals_lint.tables.entries import LabelledEntry
from perfgoals_lint.tables.fields import MONEY
from perfgoals_lint.tables.headings import box_field
from perfgoals_lint.tables.money_units import Group
from perfgoals_lint.tables.texts import cell_text
from perfgoals_lint.tables.words import is_filler, is_sum


class TaskRows:
    """Reads the rows beside 年度主要任务, and those below the names of columns of which one holds amounts and another a number or a
    price."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self.tasks: list[Task] = []
        self.problems: list[Problem] = []
        self.sums: dict[str, LabelledEntry] = {}
        self._totals: list[Task] = []
        self._columns: list[tuple[Box, str]] = []
        self._factor: int | None = None

    def settle(self, table: GoalTable, entries: dict[str, LabelledEntry]) -> None:
        """Give a table its tasks, and the form the amounts printed as their sums that it has no boxes for."""
        table.tasks = self.tasks or None
        table.sum_of_tasks = self._totals[0] if len(self._totals) == 1 else None
        for name, entry in self.sums.items():
            entries.setdefault(name, entry)

    def read(self, boxes: list[Box], factor: int | None) -> bool:
        """Take the boxes of one row: a header, a task, or the sum of all tasks. ``factor`` is the form's money unit.

        Returns whether the row is one of them, or blank.
        """
        names = [column_of(box) for box in boxes]
        if not any(is_amount(box.text) for box in boxes) and any(names):
            self._columns += [(box, name) for box, name in zip(boxes, names, strict=True) if name]
            count((box for box, _ in self._columns), "headers")
            units = (money_factor(box.text) for box in boxes)
            self._factor = next((unit for unit in units if unit), self._factor)
            return True
        cells: dict[str, Box] = {}
        contents: list[str] = []
        for box in boxes:
            over = [name for column, name in self._columns if column.left <= box.left < column.right]
            # The lower name counts: 财政拨款 below 预算金额.
            if over and not is_nothing(box.text):
                cells.setdefault(over[-1], box)
                contents += [cell_text(box.text) or ""] if over[-1] == "content" else []
        if boxes and is_sum(boxes[0].key):
            self.sums = {
                name: LabelledEntry(name, self._factor, [box]) for name, box in cells.items() if name in MONEY
            }
            if "budget" in self.sums:
                total = Task(boxes[0].key, cells["budget"].location())
                total.amount_yuan = self._group.read(
                    total, "amount_yuan", cells["budget"], (self._factor,), factor
                )
                self._totals.append(total)
        elif "name" in cells and not is_filler(cells["name"].key):
            self.tasks.append(self._task(cells, factor))
            self.tasks[-1].content = "\n".join(contents) or None
        return bool(cells or self._columns or not boxes)

    def _task(self, cells: dict[str, Box], factor: int | None) -> Task:
        task = Task(cell_text(cells["name"].text) or "", cells["name"].location())
        funding: dict[str, Decimal] = {}
        for name in [one for one in cells if one in MONEY]:
            source = SOURCES.get(name, "amount_yuan")
            amount = self._group.read(task, source, cells[name], (self._factor,), factor)
            if name == "budget":
                task.amount_yuan = amount
            elif amount is not None:
                funding[source] = amount
            if amount is None and is_unread(cells[name].text):
                label = next(column.key for column, role in self._columns if role == name)
                self.problems.append(not_read(label, cells[name].text, cells[name].location()))
        task.funding_yuan = {name: funding[name] for name in SOURCES.values() if name in funding} or None
        return task


@cache
def _columns() -> dict[str, re.Pattern[str]]:
    return {column: compiled(names) for column, names in framework_data("fields")["task_columns"].items()}


def column_of(box: Box) -> str | None:
    """What a column beside tasks, or of what money is made up of, holds."""
    named = next((column for column, names in _columns().items() if names.fullmatch(box.key)), None)
    name = named or box_field(box.key)
    return name if named or name in MONEY else None


def note_schedule(kept: dict[str, tuple[str, Location]], boxes: list[Box], label: Box | None = None) -> None:
    """Keep a row beside 项目实施进度计划 or 支出明细: pairs of a name and a text, else one name with all that stands beside it; a
    text alone is that of the ``label``."""
    if len(boxes) == 1 and label is not None and label.key:
        boxes = [label, *boxes]
    wide = len(boxes) % 2
    for name, *values in [boxes] if wide else zip(boxes[::2], boxes[1::2], strict=True):
        text = "、".join(cell_text(box.text) or "" for box in values)
        known = kept.get(name.key)
        kept[name.key] = (f"{known[0]}\n{text}", known[1]) if known else (text, name.location())
