"""PGR212: satisfaction is asked of those who are served, not of the unit's own staff."""

from __future__ import annotations

from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.people import asked, is_served_staff
from perfgoals_lint.rulebook.lexicons import contains_any, expression
from perfgoals_lint.rulebook.policy import lexicon


def self_satisfaction(row: Row, rule: Rule) -> Violations:
    """PGR212: the satisfaction of the unit's own people is none of those served."""
    people = asked(row.name)
    if is_served_staff(people) or contains_any(row.table.title, "relevance.serving_staff"):
        return
    if analyse(row.name).who == "own" or _own_trade(people, row.table):
        yield Violation(row=row, field="level3")


def _own_trade(people: str, table: Table) -> bool:
    """Is this the staff of the owner by its name, or the trade of the owner (a museum's 馆员), and does the goal not name them as those who are served?"""
    owner = table.goal.unit or table.goal.department or ""
    if staff := expression("self_satisfaction.body_staff").match(people):
        left = iter(owner)  # 县医院 is one way to call 青禾县人民医院
        return owner.endswith(staff["body"][-1]) and all(one in left for one in staff["body"])
    goals = f"{table.goal.cycle_goal or ''} {table.goal.annual_goal or ''}"
    trades = lexicon("satisfaction")["trades"].items()
    own = (trade for end, listed in trades if owner.endswith(end) for trade in listed)
    return any(trade in people and trade not in goals for trade in own)
