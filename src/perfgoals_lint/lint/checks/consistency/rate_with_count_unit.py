"""PGK638: a rate is a share, not a number of things."""

from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.heads import unit_dimension
from perfgoals_lint.lint.facts.modifiers import is_of_one
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.period import is_count
from perfgoals_lint.rulebook.lexicons import ends_with_any, expression
from perfgoals_lint.values.units import table


def rate_with_count_unit(row: Row, rule: Rule) -> Violations:
    """PGK638: the value of a rate has no unit that counts people, things or money, and is no date."""
    said = analyse(row.name)
    if not ends_with_any(said.text, "ends.rates"):
        return
    for value in row.values:
        if value.kind == "deadline":
            yield Violation(row=row, field=value.field, span=value.span, case="date")
            return
        bound = value.quantity
        if bound is None or bound.unit_source != "value" or bound.per or bound.reference:
            continue
        if bound.subject and not said.text.endswith(bound.subject):
            continue  # the figure is one of something else (受训人数≥95人)
        if is_count(bound) and _counts(bound.unit, row.name) and not is_of_one(row.name):
            yield Violation(row=row, field=value.field, span=bound.span, args={"unit": bound.unit or ""})
            return
        if bound.unit == "元":
            yield Violation(row=row, field=value.field, span=bound.span, args={"unit": bound.unit})
            return


def _counts(unit: str | None, name: str) -> bool:
    """Does a unit count things: by its dimension, or as a measure word that is known (套, 台件)? Points do where the name
    asks for none."""
    dimension = unit_dimension(unit)
    if dimension is None:
        return unit in table().canonical
    if dimension == "score":
        return expression("scores_as_values.scored").search(name) is None
    return dimension not in ("share", "time")
