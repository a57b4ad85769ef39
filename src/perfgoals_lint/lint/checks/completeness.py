"""What a goal table leaves out beyond single cells: half a pair of values, goals, periods, rows the source cut off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint import prose
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.model import Edit
from perfgoals_lint.rulebook.similarity import plain

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import DocumentView, Row, Table, Value
    from perfgoals_lint.rulebook.rules import Rule


def one_sided_pair(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGC108: when one of cycle and annual value has a number, the other is neither empty nor a repeat of its words."""
    rich = next((value for value in row.values if value.has_number), None)
    if rich is None or not row.name or row.indicator.truncated:
        return
    field = "cycle_value" if rich.field == "annual_value" else "annual_value"
    poor = row.value(field)
    if _left_blank(row.table, field) if poor is None else poor.has_number or not _repeats(poor, rich):
        return
    edits = []
    if row.table.years == 1 and field in row.indicator.locations:
        edits = [Edit(row.place(field), field, poor.text if poor else "", rich.text)]
    yield Hit(
        row=row,
        field=field,
        case="annual" if field == "annual_value" else "cycle",
        args={"full": rich.text},
        related=[("full", {"full": rich.text}, row.place(rich.field))],
        edits=edits,
    )


def _left_blank(table: Table, field: str) -> bool:
    """Is a whole column blank, in a project that is not known to run for several years?"""
    return (table.years or 1) == 1 and all(row.value(field) is None for row in table.rows)


def _repeats(poor: Value, rich: Value) -> bool:
    """Does the poorer value say in words, in their order, nothing that the richer one does not?"""
    letters = iter(plain(rich.text))
    return poor.kind not in ("withheld", "not_applicable") and all(
        letter in letters for letter in plain(poor.text)
    )


def missing_period(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGC110: a project with cycle values says from which year to which."""
    without = [
        table for table in view.tables if not _has_period(table) and _has_cycle(table) and not table.withheld
    ]
    if not without:
        return
    if any(_has_period(table) for table in view.tables):
        for table in without:
            yield Hit(table=table, location=table.place("period"))
        return
    first, *others = without
    yield Hit(
        table=first,
        location=first.place("period"),
        case="document",
        args={"count": str(len(without))},
        related=[("same", {}, table.place("cycle_value")) for table in others],
    )


def _has_period(table: Table) -> bool:
    period = table.goal.period
    return period is not None and period.start is not None and period.end is not None


def _has_cycle(table: Table) -> bool:
    return any(row.cycle is not None for row in table.rows)


def truncated_source(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGC116: the source does not end inside the table."""
    if not table.cut:
        return
    row = next((row for row in table.rows if row.indicator.truncated), None)
    if row is None:
        yield Hit(table=table)
        return
    indicator = row.indicator
    printed = " ".join(filter(None, (indicator.level1, indicator.level2, indicator.level3)))
    yield Hit(row=row, case="row", args={"printed": printed})


def declared_withheld(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGC115: what is declared secret is recorded, and no ordinary target stands beside the declaration."""
    given = [value for row in table.rows for value in row.values]
    secret = [value for value in given if value.kind == "withheld"]
    declared = table.declared_withheld
    open_values = [value for value in given if value.has_number]
    if declared and open_values:
        first = open_values[0]
        yield Hit(
            table=table,
            field=declared,
            case="leak",
            args={"count": str(len(open_values)), "first": first.text},
            related=[("leak", {"first": value.text}, value.row.place(value.field)) for value in open_values],
        )
    elif table.withheld:
        yield Hit(table=table, field=declared)
    else:
        for value in secret:
            yield Hit(row=value.row, field=value.field, case="row")


def subgoal_without_measure(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGC114: the indicator line of a narrative sub-goal has a number, or some indicator row takes it up."""
    least = int(rule.parameters["stretch"])
    pieces = _pieces(view, least)
    for subgoal in view.document.subgoals:
        line = subgoal.indicators
        if not line or any(letter.isdigit() for letter in line) or prose.scan(line).counts:
            continue
        text = plain(line)
        if any(text[start : start + least] in pieces for start in range(len(text) - least + 1)):
            continue
        yield Hit(location=subgoal.location, args={"title": subgoal.title, "line": line})


def _pieces(view: DocumentView, length: int) -> set[str]:
    """Every stretch of so many characters of the names and descriptions of the document's rows."""
    found: set[str] = set()
    for table in view.tables:
        for row in table.rows:
            for text in filter(None, (row.name, row.indicator.description)):
                letters = plain(text)
                found.update(letters[start : start + length] for start in range(len(letters) - length + 1))
    return found
