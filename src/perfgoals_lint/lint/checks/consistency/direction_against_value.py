"""PGK650: the direction that a form prints for a row is that of its value and of its name."""

from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.rulebook.messages import entry

_AGAINST = {"lower": (">=", ">"), "higher": ("<=", "<")}


def direction_against_value(row: Row, rule: Rule) -> Violations:
    """PGK650: one hit a row whose printed direction its value, or else its name, contradicts."""
    direction = row.indicator.direction
    if direction not in _AGAINST:
        return
    args = {"direction": entry("engine", f"directions.{direction}.printed")}
    for value in row.values:
        bound = value.quantity
        if bound is not None and bound.op in _AGAINST[direction] and not bound.change:
            yield Violation(row=row, field=value.field, span=value.span, args=args)
            return
    side = analyse(row.name).polarity
    if side is not None and side != direction and not (row.is_cost and direction == "lower"):
        yield Violation(
            row=row,
            field="level3",
            case="name",
            args={**args, "way": entry("engine", f"directions.{side}.way")},
        )
