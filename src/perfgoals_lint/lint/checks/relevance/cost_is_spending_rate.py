from perfgoals_lint.lint.checks import Row, Rule, Value, Violation, Violations
from perfgoals_lint.lint.facts.management import is_spending_rate
from perfgoals_lint.model import Edit
from perfgoals_lint.money import in_wan
from perfgoals_lint.rulebook.labels import classify
from perfgoals_lint.rulebook.policy import lexicon

_CAPS = ("<=", "<")


def spending_rate(row: Row) -> Value | None:
    """The value by which a cost row asks for spending instead of a price; ``None`` for a proper cost row.

    Where the document prints no level 2, any output row may stand for cost.
    """
    if not row.filled or not (row.is_cost or row.class1 == "output"):
        return None
    only_label = row.is_cost and (classify(row.name, 1) or classify(row.name, 2)) is not None
    for value in row.values:
        if (
            is_spending_rate(row.name)
            or is_spending_rate(value.text)
            or (only_label and _is_open_rate(value))
        ):
            return value if row.is_cost or "level2" not in row.table.document.features else None
    return None


def _is_open_rate(value: Value) -> bool:
    constraint = value.constraint
    return constraint.kind == "quantity" and constraint.unit == "%" and constraint.op not in _CAPS


def cost_is_spending_rate(row: Row, rule: Rule) -> Violations:
    """PGR207: a cost row caps a cost."""
    value = spending_rate(row)
    if value is None:
        return
    budget = row.table.goal.budget_yuan
    hit = Violation(row=row, field=value.field, case="budget" if budget else None)
    if budget:
        ceiling = f"≤{in_wan(budget)}万元"
        hit.args["ceiling"] = ceiling
        if len(row.values) == 1 and value.field in row.indicator.locations:
            hit.edits = [
                Edit(row.place("level3"), "level3", row.name, lexicon("costs")["total_name"]),
                Edit(row.place(value.field), value.field, value.text, ceiling),
            ]
    yield hit
