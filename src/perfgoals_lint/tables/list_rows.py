"""Rows of a list that are no project of their own: sums, what is said of the project below, a project told twice."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

from perfgoals_lint.model import GoalTable, Problem
from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.entries import RUNNING
from perfgoals_lint.tables.headings import LEVELS, box_field, is_class
from perfgoals_lint.tables.lists import TEXT_FIELDS, is_subtotal
from perfgoals_lint.tables.reading import unsure
from perfgoals_lint.tables.titles import labelled, named_amount
from perfgoals_lint.tables.words import is_sum
from perfgoals_lint.text import squeeze

_IDENTITY = (*TEXT_FIELDS, "project_name", "budget_yuan", "period", "fields")
"""What tells one project of a list from another."""
_GOAL = "目标"
"""How the label of a goal ends; 预期效果 may be a class."""


def is_sum_row(row: GridRow) -> bool:
    """Is a row named 合计 or 小计 alone, or a 小计 of something with amounts and nothing else behind it?"""
    first, *others = row.filled
    return is_sum(first.key) or (
        bool(others) and is_subtotal(first.key) and all(is_amount(box.text) for box in others)
    )


def said_in(box: Box) -> dict[str, list[Box]]:
    """What a row of one cell says of a project: fields with their labels, and its budget, as the text that says it."""
    said = {name: box.cut(value) for name, _, value in labelled(box.text) if name in TEXT_FIELDS}
    said |= {name: box for name, *_ in labelled(box.text) if name == "budget"}
    return {name: [one] for name, one in said.items()}


def of_each(said: Sequence[dict[str, list[Box]]]) -> Sequence[dict[str, list[Box]]]:
    """What is said of each project, by what stands in front of each and behind the last one: that of the project below where some
    stands above the first, of that above where some stands below the last. Of which project it is else, nobody can tell."""
    above, below = bool(said[0]), bool(said[-1])
    return [{}] * (len(said) - 1) if above is below else said[:-1] if above else said[1:]


def is_named(box: Box, name: str) -> bool:
    """Is a text the name of a project with its amount behind it?"""
    own, amount = named_amount(box.text)
    return amount is not None and squeeze(own) == squeeze(name)


def goal_between(row: GridRow, cells: Mapping[str, Sequence[Box]]) -> list[Box]:
    """The label of a goal that stands in a row where the classes do, and the one text behind it; else nothing."""
    at = [
        box
        for name in LEVELS[:2]
        for box in cells.get(name, ())
        if box_field(box.key) in RUNNING and box.key.endswith(_GOAL) and not is_class(box.key)
    ]
    behind = [box for box in row.filled if box.top == row.index and at and box.left > at[0].left]
    return [at[0], behind[0]] if len(behind) == 1 and at[0].top == row.index else []


def told_again(tables: Sequence[GoalTable]) -> Iterator[Problem]:
    """A problem where a list has the same project twice in a row, with nothing different but its indicators: its rows belong together, or
    to another list beside it."""
    own = [[getattr(table, name) for name in _IDENTITY] for table in tables]
    pairs = zip(tables[1:], itertools.pairwise(own), strict=True)
    again = next((table for table, (above, same) in pairs if above == same and table.project_name), None)
    if again is not None:
        yield unsure(again.location, again.project_name)
