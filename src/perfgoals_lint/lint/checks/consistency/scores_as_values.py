"""PGK639: values are targets, not scores."""

from perfgoals_lint.lint.checks import Row, Rule, Table, Value, Violation, Violations
from perfgoals_lint.rulebook.lexicons import expression


def _is_weight(row: Row, value: Value) -> bool:
    """Is a value without a unit the weight of its row?"""
    weight = (row.indicator.weight or "").removesuffix("分")
    return value.quantity is not None and value.quantity.unit is None and value.text.strip() == weight


def scores_as_values(table: Table, rule: Rule) -> Violations:
    """PGK639: only a few values of a table are points, where the names do not ask for a score."""
    found = [
        value
        for row in table.filled_rows
        if not expression("scores_as_values.scored").search(row.name)
        for value in row.values[:1]
        if value.quantity is not None
        and not value.quantity.op_stated
        and (value.quantity.unit == "分" or _is_weight(row, value))
    ]
    least = int(rule.parameters["least"])
    if len(found) >= least:
        args = {"count": str(len(found)), "values": [value.text for value in found[:least]]}
        yield Violation(table=table, args=args)
