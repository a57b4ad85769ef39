"""PGA314: the amounts of a text that names no total add up to the budget."""

from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Rule, Table, Violations
from perfgoals_lint.lint.facts.budget_parts import BudgetParts, parts
from perfgoals_lint.lint.facts.sums import differing
from perfgoals_lint.lint.suspects import FigurePlace, Suspect
from perfgoals_lint.money import shown, sum_expression


def narrative_parts(table: Table, rule: Rule) -> Violations:
    """One hit a text whose amounts do not give the budget."""
    budget = table.goal.budget_yuan
    if not budget:
        return
    for found in parts(table, budget, rule.parameters):
        entries = found.entries
        if len(entries) == 1:
            expression = f"{' × '.join(figure.raw for figure in entries[0].figures)} = {shown(found.total)}"
        else:
            expression = sum_expression(entry.value for entry in entries if entry.value is not None)
        terms = [{"text": entry.head.raw, "yuan": entry.value} for entry in entries]
        span = entries[0].head.span
        hit = differing(expression, terms, found.total, budget, table=table, field=found.field, span=span)
        hit.suspects = _suspects(table, found, budget)
        yield hit


def _suspects(table: Table, found: BudgetParts, budget: Decimal) -> list[Suspect]:
    over, field = found.total - budget, found.field
    listed = [
        (FigurePlace(None, field, entry.head.span[0]), entry.head.raw, entry.value)
        for entry in found.entries
        if entry.kind == "amount" and entry.value is not None
    ]
    wrong = [suspects.budget(table, found.total, found.total), *suspects.added(listed, over)]
    for entry in found.entries:
        if entry.kind == "product" and entry.value and entry.value > over:
            share = (entry.value - over) / entry.value
            wrong += [
                suspects.printed(field, one.span, one.raw, one.value * share, one.value * share)
                for one in entry.figures
            ]
    return wrong
