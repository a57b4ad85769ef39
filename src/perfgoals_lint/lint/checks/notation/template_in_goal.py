"""PGN530: titles and goals have no placeholders left."""

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.rulebook.messages import entry

_FIELDS = ("project_name", "cycle_goal", "annual_goal")
_NAMES = ("project_name", "department", "unit")


def template_in_goal(table: Table, rule: Rule) -> Violations:
    """PGN530: one hit for each text that still has a placeholder, or name that is nothing else."""
    for field in dict.fromkeys((*_NAMES, *_FIELDS)):
        text = (getattr(table.goal, field) or "").strip()
        found = expression("template_in_goal.nameless").fullmatch(text) if field in _NAMES else None
        if found is None and field in _FIELDS:
            found = expression("template_in_goal.placeholder").search(text)
        if found:
            args = {"where": entry("engine", f"boxes.{field}"), "part": found[0]}
            yield Violation(table=table, field=field, span=found.span(), args=args)
