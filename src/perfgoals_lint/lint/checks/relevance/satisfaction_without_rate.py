from perfgoals_lint.lint.checks import Row, Rule, Value, Violation, Violations
from perfgoals_lint.rulebook.lexicons import contains_any
from perfgoals_lint.values.types import Constraint

_HUNDRED = 100


def without_rate(row: Row, rule: Rule) -> Violations:
    """PGR210: a satisfaction row asks for a percentage."""
    complaint = contains_any(row.name, "relevance.complaints")
    for value in row.values:
        if value.kind in ("empty", "withheld", "not_applicable") or _is_rate(value.constraint):
            continue
        damaged = value.kind == "statement" and getattr(value.constraint, "suspect", False)
        if damaged or ((complaint or _is_capped(value)) and value.has_number):
            continue
        yield Violation(row=row, field=value.field)
        return


def _is_capped(value: Value) -> bool:
    """A count of something bad that is kept low (≤3件, =0起): complaints are satisfaction from the other end."""
    bound = value.quantity
    return bound is not None and bound.unit is not None and (bound.op in ("<=", "<") or bound.value == 0)


def _is_rate(constraint: Constraint) -> bool:
    """A percentage, several of them, a score in points, or a bare number from 0 to 100 (its sign is missing)."""
    if constraint.kind == "compound":
        return all(_is_rate(part) for part in constraint.parts)
    if constraint.kind not in ("quantity", "relative"):
        return False
    if constraint.unit in ("%", "‰", "分"):
        return True
    number = constraint.value if constraint.value is not None else getattr(constraint, "low", None)
    bare = constraint.unit is None and any(letter.isdigit() for letter in constraint.text)
    return bare and number is not None and 0 <= number <= _HUNDRED
