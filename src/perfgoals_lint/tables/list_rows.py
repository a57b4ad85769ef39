"""Rows of a list that are no project of their own: sums, what is said of the project below, a project told twice."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from perfgoals_lint.model import GoalTable, Problem
from perfgoals_lint.tables.account import count
from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.entries import RUNNING
from perfgoals_lint.tables.headings import LEVELS, box_field
from perfgoals_lint.tables.lists import TEXT_FIELDS, is_subtotal
from perfgoals_lint.tables.reading import unsure
from perfgoals_lint.tables.titles import labelled, named_amount
from perfgoals_lint.tables.words import is_sum
from perfgoals_lint.text import squeeze

_IDENTITY = (*TEXT_FIELDS, "project_name", "budget_yuan", "period")
"""What tells one project of a list from another."""


def is_sum_row(row: GridRow) -> bool:
    """Is a row named 合计 or 小计 alone, or a 小计 of something with amounts and nothing else behind it?"""
    first, *others = row.filled
    return is_sum(first.key) or (
        bool(others) and is_subtotal(first.key) and all(is_amount(box.text) for box in others)
    )


def said_of_next(boxes: list[Box]) -> dict[str, list[Box]]:
    """What a row of one cell says of the project below it: fields with their labels, or its name with its amount."""
    box = boxes[0]
    fields = {name: [box.cut(value)] for name, _, value in labelled(box.text) if name in TEXT_FIELDS}
    if named_amount(box.text)[1]:
        fields["project_name"] = boxes
    count(boxes if fields else (), "fields")
    return fields


def goal_between(row: GridRow, cells: Mapping[str, Sequence[Box]]) -> list[Box]:
    """The label of a goal that stands in a row where the classes do, and the one text behind it; else nothing."""
    at = [box for name in LEVELS[:2] for box in cells.get(name, ()) if box_field(box.key) in RUNNING]
    behind = [box for box in row.filled if box.top == row.index and at and box.left > at[0].left]
    return [at[0], behind[0]] if len(behind) == 1 and at[0].top == row.index else []


def of_same_name(said: dict[str, list[Box]], name: str) -> dict[str, list[Box]]:
    """The name with its amount, of what was said of the next project, where that has this name."""
    boxes = said.get("project_name", [])
    own = bool(boxes) and squeeze(named_amount(boxes[0].text)[0]) == squeeze(name)
    return {"project_name": boxes} if own else {}


def told_again(tables: Sequence[GoalTable]) -> Iterator[Problem]:
    """A problem where a list has the same project twice in a row, with nothing different but its indicators: its rows belong together, or
    to another list beside it."""
    own = [[getattr(table, name) for name in _IDENTITY] for table in tables]
    pairs = zip(tables[1:], itertools.pairwise(own), strict=True)
    again = next((table for table, (above, same) in pairs if above == same and table.project_name), None)
    if again is not None:
        yield unsure(again.location, again.project_name)
