"""PGC131, PGC140, PGC141, PGC143: the boxes that a form prints, and the names of its rows, are filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Table
    from perfgoals_lint.rulebook.rule import Rule

_NAMES = {"budget_yuan": ("预算数", "budget"), "funding_yuan": ("资金来源", "sources")}


def empty_budget(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGC140: a budget is filled in where boxes of money are printed, and so are its sources where it is not."""
    goal = table.goal
    # What was printed and could not be read is no empty box.
    if table.withheld or goal.unread or not set(goal.unknown).isdisjoint(_NAMES):
        return
    if goal.budget_yuan is not None:
        return
    sources = bool(goal.funding_yuan or goal.funding_tree)
    printed = [
        field for field in _NAMES if field in goal.labels and not (sources and field == "funding_yuan")
    ]
    if printed:
        labels = {
            "zh": "、".join(_NAMES[field][0] for field in printed),
            "en": ", ".join(_NAMES[field][1] for field in printed),
        }
        yield Violation(
            table=table,
            field=printed[0],
            location=goal.labels[printed[0]],
            case="total" if sources else None,
            args={"labels": labels},
        )


def empty_department(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGC143: a project has a department in charge where a box for it is printed."""
    goal = table.goal
    place = goal.labels.get("department")
    if place is not None and not goal.department and not table.withheld:
        yield Violation(table=table, field="department", location=place)


def empty_project_name(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGC141: a project has a name where a box for it is printed."""
    goal = table.goal
    place = goal.labels.get("project_name")
    if place is None or goal.project_name or goal.form == "department" or table.withheld:
        return
    yield Violation(table=table, field="project_name", location=place)


def empty_name(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGC131: rows with a target but no name, where most rows of the table are named."""
    nameless = [row for row in table.rows if _nameless(row)]
    named = sum(1 for row in table.rows if row.name.strip())
    if len(nameless) * 2 > named:
        return
    for row in nameless:
        field = next(value.field for value in row.values if value.is_target)
        yield Violation(row=row, field=field)


def _nameless(row: Row) -> bool:
    own = row.indicator
    if row.name.strip() or own.truncated or "level3" in own.unknown or (own.description or "").strip():
        return False
    return any(value.is_target and value.has_number for value in row.values)
