"""PGA301: what the prose says that the project costs is the budget."""

from itertools import chain

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.budget import wholes, yearly
from perfgoals_lint.money import shown


def narrative_amount(table: Table, rule: Rule) -> Violations:
    """One hit a text whose whole amount is not the budget."""
    budget = table.goal.budget_yuan
    if budget is None:
        return
    seen: set[str] = set()
    for whole in chain(wholes(table, budget, rule.parameters), yearly(table, budget)):
        if whole.field in seen:
            continue
        seen.add(whole.field)
        amount = whole.figure.value
        yield Violation(
            table=table,
            field=whole.field,
            span=whole.figure.span,
            case=whole.case,
            args={
                "amount": shown(amount),
                "budget": shown(budget),
                "gap": shown(abs(amount - budget), budget),
            },
            evidence={
                "expression": f"{shown(amount)} ≠ {shown(budget)}",
                "stated_yuan": amount,
                "budget_yuan": budget,
            },
            suspects=[
                suspects.printed(whole.field, whole.figure.span, whole.figure.raw, budget, budget),
                suspects.budget(table, amount, amount),
            ],
        )
