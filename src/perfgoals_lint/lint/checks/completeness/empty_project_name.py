"""PGC141: the printed box for the name of a project is filled in."""

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations


def empty_project_name(table: Table, rule: Rule) -> Violations:
    """PGC141: a project has a name where a box for it is printed."""
    goal = table.goal
    place = goal.labels.get("project_name")
    if place is None or goal.project_name or goal.form == "department" or table.withheld:
        return
    yield Violation(table=table, field="project_name", location=place)
