"""PGK602: unit rows against their projects, the grand total against the units."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import DocumentView, Rule, Table, Violation, Violations
from perfgoals_lint.lint.checks.consistency.funding_sum import Amounts, restart
from perfgoals_lint.model import Location, Total
from perfgoals_lint.money import ZERO, shown, sum_expression
from perfgoals_lint.rulebook.messages import entry

_LOST = frozenset({"PGX103"})


def subtotals(view: DocumentView, rule: Rule) -> Violations:
    """PGK602: each unit row is the sum of its project rows, and 合计 the sum of the unit rows, column by column."""
    totals = view.document.totals
    units = [
        _Addend(total.name, _columns(total.total, total.funding_yuan), None, number)
        for number, total in enumerate(totals)
        if not total.grand
    ]
    lost = any(problem.code in _LOST for problem in view.document.problems)
    for number, total in enumerate(totals):
        covered = [] if total.grand and units else _covered(view, total)
        of_tables = [
            _Addend(table.title, _columns(table.goal.budget_yuan, table.goal.funding_yuan), table.index)
            for table in covered
        ]
        hit = _gap(total, number, units if total.grand and units else of_tables)
        if hit:
            hit.case = "lost" if lost else None
            hit.related = [
                ("restart", {"project": table.title}, place) for table, place in _restarts(covered)
            ]
            yield hit


class _Addend(NamedTuple):
    """What a total row adds up: the amounts of a table, or of another total row, by their columns."""

    name: str
    amounts: Amounts
    table: int | None = None
    total: int | None = None


def _place(column: str, table: int | None, total: int | None) -> suspects.FigurePlace:
    return suspects.FigurePlace(None, suspects.column(column, total), table=table)


def _covered(view: DocumentView, total: Total) -> list[Table]:
    if total.first is None:
        return []
    last = total.last if total.last is not None else len(view.tables) - 1
    return view.tables[total.first : last + 1]


def _columns(total: Decimal | None, sources: Amounts | None) -> Amounts:
    whole = {} if total is None else {suspects.WHOLE: total}
    return whole | (sources or {})


def _gap(total: Total, number: int, parts: list[_Addend]) -> Violation | None:
    """The first column whose parts do not add up to the total row with a ``number``, the total itself before the sources."""
    if not parts:
        return None
    for column, stated in _columns(total.total, total.funding_yuan).items():
        given = [part for part in parts if column in part.amounts]
        terms = [(part.name, part.amounts[column]) for part in given]
        computed = sum((amount for _, amount in terms), ZERO)
        if computed == stated:
            continue
        label = entry("engine", "boxes.total") if column == suspects.WHOLE else column
        expression = sum_expression(amount for _, amount in terms)
        return Violation(
            unit=total.name,
            location=total.locations.get(column, total.location),
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
            suspects=[
                suspects.Suspect(_place(column, None, number), shown(stated), computed, computed),
                *suspects.added(
                    [
                        (_place(column, part.table, part.total), shown(amount), amount)
                        for part, (_, amount) in zip(given, terms, strict=True)
                    ],
                    computed - stated,
                ),
            ],
        )
    return None


def _restarts(tables: list[Table]) -> Iterator[tuple[Table, Location]]:
    """The tables whose printed numbering breaks, and where: places where a row may have been lost."""
    for table in tables:
        index = restart(row.indicator.number for row in table.rows)
        if index is not None:
            yield table, table.rows[index].place("level3")
