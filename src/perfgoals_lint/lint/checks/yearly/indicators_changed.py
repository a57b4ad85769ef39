from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.last_year import rows_by_name
from perfgoals_lint.rulebook.messages import entry

_LISTED = 8
"""How many names the message lists."""


def indicators_changed(table: Table, rule: Rule) -> Violations:
    """PGY703: which indicators are new, and which are gone."""
    if table.previous is None:
        return
    now, then = rows_by_name(table), rows_by_name(table.previous)
    new = [row.name for key, row in now.items() if key not in then]
    gone = [row.name for key, row in then.items() if key not in now]
    if new or gone:
        nothing = [entry("engine", "none")]
        hit = Violation(table=table, args={"new": _some(new) or nothing, "gone": _some(gone) or nothing})
        hit.related = [("last", {}, table.previous.goal.location)]
        yield hit


def _some(names: list[str]) -> list[str]:
    return names if len(names) <= _LISTED else [*names[:_LISTED], "…"]
