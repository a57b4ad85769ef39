"""PGC142: a goal says what its tasks are good for."""

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.rulebook.lexicons import contains_any


def goal_without_effect(table: Table, rule: Rule) -> Violations:
    """PGC142: an annual goal that counts several tasks also has a word of what comes of them."""
    goal = table.goals.get("annual_goal")
    if goal is None or table.cut or table.withheld:
        return
    parts = {term.span for one in goal.relations if one.kind == "parts" for term in one.terms}
    tasks = [one for one in goal.counts if not (one.background or one.quoted or one.span in parts)]
    effect = contains_any(goal.text, "goals.results") or any(one.dimension == "share" for one in goal.figures)
    if len(tasks) >= int(rule.parameters["least"]) and not effect:
        yield Violation(table=table, field="annual_goal", args={"count": str(len(tasks))})
