"""PGR212: satisfaction is asked of those who are served, not of the unit's own staff."""

from __future__ import annotations

from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds
from perfgoals_lint.rulebook.policy import lexicon


def self_satisfaction(row: Row, rule: Rule) -> Violations:
    """PGR212: the satisfaction of the unit's own people is none of those served."""
    people = expression("self_satisfaction.about").sub("", row.name)
    served = contains_any(people, "relevance.served_staff") or contains_any(people, "satisfaction.served")
    if served and not expression("self_satisfaction.own").match(people):
        return
    if contains_any(row.table.title, "relevance.serving_staff"):
        return
    if finds(people, "self_satisfaction.staff") or _own_trade(people, row.table):
        yield Violation(row=row, field="level3")


def _own_trade(people: str, table: Table) -> bool:
    """Is this the trade of the owner (a museum's 馆员), and does the goal not name them as those who are served?"""
    owner = table.goal.unit or table.goal.department or ""
    goals = f"{table.goal.cycle_goal or ''} {table.goal.annual_goal or ''}"
    for end, trades in lexicon("satisfaction")["trades"].items():
        if owner.endswith(end):
            return any(trade in people and trade not in goals for trade in trades)
    return False
