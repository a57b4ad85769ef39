"""PGA355: a row in 其中 is not more than the row of its whole."""

from __future__ import annotations

from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Row, Rule, Table, Value, Violation, Violations
from perfgoals_lint.lint.facts.period import least_of
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.values.units import measure_of


def named_part_exceeds_whole(table: Table, rule: Rule) -> Violations:
    """PGA355: a row whose name begins with 其中 is held against the nearest row above it that does not."""
    whole: Row | None = None
    for row in table.rows:
        if not expression("named_part.part").match(row.name):
            whole = row
        elif whole is not None and row.filled and whole.filled and row.class2 == whole.class2:
            yield from _larger(row, whole)


def _larger(row: Row, whole: Row) -> Violations:
    for value in row.values:
        total = whole.value(value.field)
        if total is None:
            continue
        part, all_of_it = _least(value), _least(total)
        if part is not None and all_of_it is not None and part[1] == all_of_it[1] and part[0] > all_of_it[0]:
            yield Violation(
                row=row,
                field=value.field,
                span=value.span,
                args={"part": value.text, "whole_name": whole.name, "whole": total.text},
                related=[("whole", {}, whole.place(value.field))],
                evidence={"expression": f"{value.text} > {total.text}"},
                suspects=[
                    suspects.cell(row, value.field, None, all_of_it[0]),
                    suspects.cell(whole, value.field, part[0], None),
                ],
            )
            return


def _least(value: Value) -> tuple[Decimal, str | None] | None:
    """The lower bound of a count and its measure; ``None`` for rates, changes, ceilings and what is no figure."""
    low = least_of(value.quantity)
    return None if low is None or value.quantity is None else (low, measure_of(value.quantity.unit)[0])
