"""PGC120: a form is filled in."""

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations


def form_not_filled(table: Table, rule: Rule) -> Violations:
    """PGC120: one hit for a table that reading took for a blank form or an example; none where reading leaves open what
    its cells hold."""
    goal = table.goal
    if goal.state == "blank_form" and (goal.unknown or any(row.unknown for row in goal.indicators)):
        return
    if goal.state != "filled":
        yield Violation(
            table=table,
            field="state",
            case="example" if goal.state == "example" else None,
            location=goal.location,
        )
