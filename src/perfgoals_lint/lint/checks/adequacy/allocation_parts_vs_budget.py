"""PGA303: amounts allotted to organisations against the budget."""

from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Row, Rule, Violations
from perfgoals_lint.lint.facts.sums import not_the_budget, total_of
from perfgoals_lint.rulebook.policy import lexicon


def allocation(row: Row, rule: Rule) -> Violations:
    """PGA303: amounts that a value allots to organisations add up to the budget."""
    budget = row.table.goal.budget_yuan
    value = row.annual
    constraint = value.constraint if value else None
    if budget is None or value is None or constraint is None or constraint.kind != "compound":
        return
    terms: list[tuple[str, Decimal]] = []
    ends = tuple(lexicon("costs")["organisation_ends"])
    for part in constraint.parts:
        if part.kind != "quantity" or part.value is None or part.per or part.unit not in ("元", None):
            return
        if not part.subject or not part.subject.endswith(ends):
            return
        terms.append((part.subject, part.value))
    if all(amount < rule.number("least") for _, amount in terms):
        return
    if total_of(terms) != budget:
        total = total_of(terms)
        wrong = [suspects.budget(row.table, total, total)]
        yield not_the_budget(terms, budget, row=row, field=value.field, suspects=wrong)
