"""PGA316: an effect is in proportion to the money."""

from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.regions import region_of
from perfgoals_lint.money import shown


def macro_effect_small_money(row: Row, rule: Rule) -> Violations:
    """PGA316: a project below the parameter ``below`` (万元) claims no figure of a whole place's economy."""
    budget = row.table.goal.budget_yuan
    if not budget or not row.values:
        return
    if budget < rule.number("below") * 10000 and region_of(row.name):
        yield Violation(row=row, field=row.values[0].field, args={"budget": shown(budget)})
