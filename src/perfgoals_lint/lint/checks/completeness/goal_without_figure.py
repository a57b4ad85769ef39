"""PGC118: a goal has figures that can be checked."""

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.rulebook.lexicons import expression, finds


def goal_without_figure(table: Table, rule: Rule) -> Violations:
    """PGC118: an annual goal of some length names a number, a share or a date, years aside."""
    goal = table.goals.get("annual_goal")
    if goal is None or goal.counts or goal.money:
        return
    text = expression("goal_without_figure.year").sub("", "".join(goal.text.split()))
    if len(text) >= int(rule.parameters["least"]) and not finds(text, "goal_without_figure.figure"):
        yield Violation(table=table, field="annual_goal", args={"length": str(len(text))})
