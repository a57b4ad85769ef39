"""PGK602: unit rows against their projects, the grand total against the units."""

from collections.abc import Iterator
from itertools import groupby

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import DocumentView, Rule, Table, Violation, Violations
from perfgoals_lint.lint.checks.consistency.funding_sum import restart
from perfgoals_lint.lint.facts.roll_up import RolledUp, covered, rolled_up
from perfgoals_lint.model import Location
from perfgoals_lint.money import shown, sum_expression
from perfgoals_lint.rulebook.messages import entry

_LOST = frozenset({"PGX103"})


def subtotals(view: DocumentView, rule: Rule) -> Violations:
    """PGK602: each unit row is the sum of its project rows, and 合计 the sum of the unit rows; of a row whose columns do not
    add up the first is told, the total itself before the sources."""
    lost = any(problem.code in _LOST for problem in view.document.problems)
    for _, columns in groupby(rolled_up(view), key=lambda column: column.number):
        wrong = next((one for one in columns if one.holds is False), None)
        if wrong is not None:
            restarts = _restarts(covered(view, wrong.total))
            related = [("restart", {"project": table.title}, place) for table, place in restarts]
            yield _gap(wrong, "lost" if lost else None, related)


def _place(column: str, table: int | None, total: int | None) -> suspects.FigurePlace:
    return suspects.FigurePlace(None, suspects.column(column, total), table=table)


def _gap(wrong: RolledUp, case: str | None, related: list[tuple[str, dict[str, str], Location]]) -> Violation:
    """What a total row says, what its parts add up to, and which of these amounts alone may be wrong."""
    column, stated, computed = wrong.column, wrong.stated, wrong.computed
    parts = wrong.parts or []
    terms = [(part.name, part.amounts[column]) for part in parts]
    return Violation(
        unit=wrong.total.name,
        location=wrong.location,
        case=case,
        related=related,
        args={
            "unit": wrong.total.name,
            "column": entry("engine", "boxes.total") if column == suspects.WHOLE else column,
            "stated": shown(stated),
            "computed": shown(computed),
            "gap": shown(abs(stated - computed), stated),
            "count": str(len(terms)),
        },
        evidence={
            "expression": sum_expression(amount for _, amount in terms),
            "terms": [{"name": name, "yuan": amount} for name, amount in terms],
            "computed_yuan": computed,
            "stated_yuan": stated,
            "gap_yuan": abs(stated - computed),
        },
        suspects=[
            suspects.Suspect(_place(column, None, wrong.number), shown(stated), computed, computed),
            *suspects.added(
                [
                    (_place(column, part.table, part.total), shown(amount), amount)
                    for part, (_, amount) in zip(parts, terms, strict=True)
                ],
                computed - stated,
            ),
        ],
    )


def _restarts(tables: list[Table]) -> Iterator[tuple[Table, Location]]:
    """The tables whose printed numbering breaks, and where: places where a row may have been lost."""
    for table in tables:
        index = restart(row.indicator.number for row in table.rows)
        if index is not None:
            yield table, table.rows[index].place("level3")
