"""Sums of budget columns: funding sources against a total, sub-totals against their projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from string import ascii_uppercase
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.money import ZERO, shown, sum_expression

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import DocumentView, Table
    from perfgoals_lint.model import Location, Total
    from perfgoals_lint.rulebook.rules import Rule

_LOST = frozenset({"PGX103"})
_UNREAD = "PGX106"
_WHOLE = "total"

Amounts = dict[str, Decimal]


def funding_sum(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGK601: the budget of each project and total row is the sum of its funding sources, all of which could be read."""
    unread = {
        _holder(view, problem.location) for problem in view.document.problems if problem.code == _UNREAD
    }
    for table in view.tables:
        goal = table.goal
        hit = _unequal(goal.budget_yuan, goal.funding_yuan)
        if hit and not table.withheld and table.index not in unread:
            hit.table, hit.field = table, "budget_yuan"
            yield hit
    for total in view.document.totals:
        hit = _unequal(total.total, total.funding_yuan)
        if hit:
            hit.location, hit.unit = total.location, total.name
            yield hit


def _holder(view: DocumentView, place: Location) -> int | None:
    """The index of the table in which a place lies: the last one that begins before it on the same sheet or grid."""
    found = None
    for table in view.tables:
        start = table.goal.location
        if (start.sheet, start.table, start.page) == (place.sheet, place.table, place.page):
            found = table.index if found is None or _depth(start) <= _depth(place) else found
    return found


def _depth(place: Location) -> float:
    """How far down a place lies, in the carrier's own measure."""
    if place.bbox is not None:
        return place.bbox[1]
    row = int(place.cell.lstrip(ascii_uppercase)) if place.cell else place.row
    return row or place.line or 0


def _unequal(total: Decimal | None, sources: Amounts | None) -> Hit | None:
    amounts = list((sources or {}).values())
    if total is None or not amounts:
        return None
    gap = abs(sum(amounts, ZERO) - total)
    if not gap:
        return None
    expression = sum_expression(amounts)
    return Hit(
        args={"total": shown(total), "expression": expression, "gap": shown(gap)},
        evidence={"expression": expression, "terms": sources, "stated_yuan": total, "gap_yuan": gap},
    )


def subtotals(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGK602: each unit row is the sum of its project rows, and 合计 the sum of the unit rows, column by column."""
    totals = view.document.totals
    units = [total for total in totals if not total.grand]
    lost = any(problem.code in _LOST for problem in view.document.problems)
    for total in totals:
        if total.grand and units:
            parts = [(unit.name, _columns(unit.total, unit.funding_yuan)) for unit in units]
            covered: list[Table] = []
        else:
            covered = _covered(view, total)
            parts = [
                (table.title, _columns(table.goal.budget_yuan, table.goal.funding_yuan)) for table in covered
            ]
        hit = _gap(total, parts)
        if hit:
            hit.case = "lost" if lost else None
            hit.related = [
                ("restart", {"project": table.title}, place) for table, place in _restarts(covered)
            ]
            yield hit


def _covered(view: DocumentView, total: Total) -> list[Table]:
    if total.first is None:
        return []
    last = total.last if total.last is not None else len(view.tables) - 1
    return view.tables[total.first : last + 1]


def _columns(total: Decimal | None, sources: Amounts | None) -> Amounts:
    whole = {} if total is None else {_WHOLE: total}
    return whole | (sources or {})


def _gap(total: Total, parts: list[tuple[str, Amounts]]) -> Hit | None:
    """The first column whose parts do not add up, the total itself before the sources."""
    if not parts:
        return None
    for column, stated in _columns(total.total, total.funding_yuan).items():
        terms = [(name, amounts[column]) for name, amounts in parts if column in amounts]
        computed = sum((amount for _, amount in terms), ZERO)
        if computed == stated:
            continue
        label = {"zh": "总计", "en": "total"} if column == _WHOLE else column
        expression = sum_expression(amount for _, amount in terms)
        return Hit(
            unit=total.name,
            location=total.location,
            args={
                "unit": total.name,
                "column": label,
                "stated": shown(stated),
                "computed": shown(computed),
                "gap": shown(abs(stated - computed)),
                "count": str(len(terms)),
            },
            evidence={
                "expression": expression,
                "terms": [{"name": name, "yuan": amount} for name, amount in terms],
                "computed_yuan": computed,
                "stated_yuan": stated,
                "gap_yuan": abs(stated - computed),
            },
        )
    return None


def restart(numbers: Iterable[int | None]) -> int | None:
    """Where printed numbers are not 1…n: the 0-based position of the first that breaks the order, or ``None``."""
    for index, number in enumerate(numbers):
        if number is not None and number != index + 1:
            return index
    return None


def _restarts(tables: list[Table]) -> Iterator[tuple[Table, Location]]:
    """The tables whose printed numbering breaks, and where: places where a row may have been lost."""
    for table in tables:
        index = restart(row.indicator.number for row in table.rows)
        if index is not None:
            yield table, table.rows[index].place("level3")
