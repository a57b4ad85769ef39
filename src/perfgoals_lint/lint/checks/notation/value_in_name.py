"""PGN561: the target of a row stands in its value, and not in its name as well."""

from decimal import Decimal

from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.heads import unit_dimension
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.units import convert, standard, table


def value_in_name(row: Row, rule: Rule) -> Violations:
    """PGN561: a name that ends in a sign, a number and its unit, of which the value has the unit, the amount in another one,
    or the number in none or in another word for what is counted; another figure (候诊时间不超过30分钟, ≥95%) is how much of
    that there should be. Without a sign a number in no measure word names the thing (国道318线), and only the value is repeated.
    """
    named = expression("value_in_name.target").search(row.name)
    if named is None:
        return
    signed = bool(named["sign"])
    if not signed and unit_dimension(named["unit"]) not in lexicon("counting")["dimensions"]:
        return
    number, unit = Decimal(named["number"].replace(",", "").rstrip(".")), standard(named["unit"])
    for bound in (value.quantity for value in row.values if value.quantity):
        same = signed and bound.unit is not None and unit == standard(bound.unit)
        if same or bound.value in (
            convert(number, unit, bound.unit),
            number if _may_be_one(unit, bound.unit) else None,
        ):
            yield Violation(row=row, field="level3")
            return


def _may_be_one(unit: str, other: str | None) -> bool:
    """May two units stand for one (艘, 条), or is the other left out? Neither has a size, nor do they count different things (次, 户)."""
    dimensions = {unit_dimension(unit), unit_dimension(other)} - {None}
    return other is None or (table().sizes.keys().isdisjoint({unit, other}) and len(dimensions) < 2)
