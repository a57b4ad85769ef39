"""PGK602: unit rows against their projects, the grand total against the units."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfgoals_lint.lint.checks import DocumentView, Rule, Table, Violation, Violations
from perfgoals_lint.lint.checks.consistency.funding_sum import Amounts, restart
from perfgoals_lint.model import Location, Total
from perfgoals_lint.money import ZERO, shown, sum_expression
from perfgoals_lint.rulebook.messages import entry

_LOST = frozenset({"PGX103"})
_WHOLE = "total"


def subtotals(view: DocumentView, rule: Rule) -> Violations:
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


def _gap(total: Total, parts: list[tuple[str, Amounts]]) -> Violation | None:
    """The first column whose parts do not add up, the total itself before the sources."""
    if not parts:
        return None
    for column, stated in _columns(total.total, total.funding_yuan).items():
        terms = [(name, amounts[column]) for name, amounts in parts if column in amounts]
        computed = sum((amount for _, amount in terms), ZERO)
        if computed == stated:
            continue
        label = entry("engine", "boxes.total") if column == _WHOLE else column
        expression = sum_expression(amount for _, amount in terms)
        return Violation(
            unit=total.name,
            location=total.location,
            args={
                "unit": total.name,
                "column": label,
                "stated": shown(stated),
                "computed": shown(computed),
                "gap": shown(abs(stated - computed), stated),
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


def _restarts(tables: list[Table]) -> Iterator[tuple[Table, Location]]:
    """The tables whose printed numbering breaks, and where: places where a row may have been lost."""
    for table in tables:
        index = restart(row.indicator.number for row in table.rows)
        if index is not None:
            yield table, table.rows[index].place("level3")
