"""PGC140: printed boxes of money are filled in."""

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.rulebook.messages import entry

_BOXES = ("budget_yuan", "funding_yuan")


def empty_budget(table: Table, rule: Rule) -> Violations:
    """PGC140: a budget is filled in where boxes of money are printed, and so are its sources where it is not."""
    goal = table.goal
    # What was printed and could not be read is no empty box.
    unread = goal.unread or not set(goal.unknown).isdisjoint(_BOXES)
    if table.withheld or unread or goal.budget_yuan is not None:
        return
    sources = bool(goal.funding_yuan or goal.funding_tree)
    printed = [
        field for field in _BOXES if field in goal.labels and not (sources and field == "funding_yuan")
    ]
    if printed:
        args = {"labels": [entry("engine", f"money_boxes.{field}") for field in printed]}
        case = "total" if sources else None
        yield Violation(table=table, field=printed[0], location=goal.labels[printed[0]], case=case, args=args)
