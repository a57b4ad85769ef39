"""PGK637: a project is submitted once."""

from perfgoals_lint.lint.checks import DocumentView, Rule, Table, Violation, Violations
from perfgoals_lint.rulebook.similarity import plain


def duplicate_project(view: DocumentView, rule: Rule) -> Violations:
    """PGK637: no two tables of one unit have the same name, goal and rows."""
    groups: dict[tuple[object, ...], list[Table]] = {}
    for table in view.tables:
        goal = table.goal
        if table.withheld or not goal.annual_goal or not table.filled_rows:
            continue
        rows = tuple((row.name, *(value.text for value in row.values)) for row in table.filled_rows)
        key = (goal.department, goal.unit, plain(goal.project_name), plain(goal.annual_goal), rows)
        groups.setdefault(key, []).append(table)
    for first, *others in groups.values():
        if others and first.goal.project_code == others[0].goal.project_code:
            yield Violation(
                table=first,
                field="project_name",
                related=[("same", {}, table.place("project_name")) for table in others],
            )
