"""PGA315: the more money, the more of its directions have indicators."""

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.money import shown


def few_indicators_for_money(table: Table, rule: Rule) -> Violations:
    """PGA315: from so much money on (``from``, 万元) a table that has ``least`` rows has so many (``rows``)."""
    budget, count = table.goal.budget_yuan, len(table.filled_rows)
    if not budget or budget < rule.number("from") * 10000:
        return
    if int(rule.parameters["least"]) <= count < int(rule.parameters["rows"]):
        yield Violation(table=table, args={"budget": shown(budget), "count": str(count)})
