from perfgoals_lint.lint.checks import Row, Rule, Value, Violation, Violations
from perfgoals_lint.lint.facts.ladder import reference_known
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds
from perfgoals_lint.values.algebra import parts_of
from perfgoals_lint.values.types import Constraint


def relative_without_baseline(row: Row, rule: Rule) -> Violations:
    """PGF409: a figure of last year, of a plan or of the past that a value refers to is printed in the row."""
    for value in row.values:
        if value.kind == "deadline":
            continue  # a day with a sign in front of it (≥2026年11月) is compared with nothing
        reference = _reference(value)
        if (
            reference
            and not finds(value.text, "relative_without_baseline.base")
            and not reference_known(value)
        ):
            yield Violation(row=row, field=value.field, span=value.span, args={"reference": reference})
            return


def _reference(value: Value) -> str | None:
    """What a value is measured against, when that is the past or a plan and the value is no growth rate."""
    named = next((name for name in map(_named, parts_of(value.constraint)) if name), None)
    match = expression("relative_without_baseline.compared").search(value.text)
    if named or match is None or (value.quantity is not None and match["years"] is None):
        return named
    return match[0]


def _named(part: Constraint) -> str | None:
    reference: str | None = getattr(part, "reference", None)
    if part.kind == "quantity" and part.change is not None:
        return None
    year = expression("relative_without_baseline.year").match(reference or "")
    return reference if year or contains_any(reference, "qualitative.history") else None
