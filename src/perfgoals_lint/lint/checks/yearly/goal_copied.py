from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.last_year import undated


def goal_copied(table: Table, rule: Rule) -> Violations:
    """PGY702: the annual goal is not last year's with another date."""
    if table.previous is None:
        return
    now, then = table.goal.annual_goal, table.previous.goal.annual_goal
    if now and then and undated(now) == undated(then):
        yield Violation(
            table=table, field="annual_goal", related=[("last", {}, table.previous.place("annual_goal"))]
        )
