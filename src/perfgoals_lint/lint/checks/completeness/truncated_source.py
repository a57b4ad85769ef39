from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.rulebook.lexicons import expression


def truncated_source(table: Table, rule: Rule) -> Violations:
    """PGC116: the source does not end inside the table."""
    goal = table.goal.annual_goal or ""
    torn = expression("truncated_source.goal").search(goal.rstrip())
    if torn is not None and not table.cut:
        yield Violation(table=table, field="annual_goal", case="goal", args={"printed": torn[0]})
    if not table.cut:
        return
    row = next((row for row in table.rows if row.indicator.truncated), None)
    if row is None:
        yield Violation(table=table)
        return
    indicator = row.indicator
    printed = " ".join(filter(None, (indicator.level1, indicator.level2, indicator.level3)))
    yield Violation(row=row, case="row", args={"printed": printed})
