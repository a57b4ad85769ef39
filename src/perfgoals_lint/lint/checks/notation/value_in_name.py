"""PGN561: the target of a row stands in its value, and not in its name as well."""

from __future__ import annotations

from decimal import Decimal

from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.values.units import measure_of, standard, table


def value_in_name(row: Row, rule: Rule) -> Violations:
    """PGN561: a name that ends in a sign, a number and its unit, of which the value has the unit, or the number in none or
    in another unit of counting; another figure (候诊时间不超过30分钟, ≥95%) is how much of that there should be."""
    named = expression("value_in_name.target").search(row.name)
    if named is None:
        return
    number, unit = Decimal(named["number"].replace(",", "").rstrip(".")), standard(named["unit"])
    for bound in (value.quantity for value in row.values if value.quantity):
        counted = bound.unit is None or table().sizes.keys().isdisjoint({unit, bound.unit})
        if measure_of(unit)[0] == measure_of(bound.unit)[0] or (counted and bound.value == number):
            yield Violation(row=row, field="level3")
            return
