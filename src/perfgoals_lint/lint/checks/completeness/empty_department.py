"""PGC143: the printed box for the department in charge is filled in."""

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations


def empty_department(table: Table, rule: Rule) -> Violations:
    """PGC143: a project has a department in charge where a box for it is printed."""
    goal = table.goal
    place = goal.labels.get("department")
    if place is not None and not goal.department and not table.withheld:
        yield Violation(table=table, field="department", location=place)
