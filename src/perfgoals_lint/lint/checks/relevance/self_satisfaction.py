"""PGR212: satisfaction is asked of those who are served, not of the unit's own staff."""

from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.people import asked, is_served_staff
from perfgoals_lint.rulebook.lexicons import contains_any, expression, matcher
from perfgoals_lint.rulebook.policy import lexicon


def self_satisfaction(row: Row, rule: Rule) -> Violations:
    """PGR212: the satisfaction of the unit's own people is none of those served."""
    people = asked(row.name)
    if is_served_staff(people) or contains_any(row.table.title, "relevance.serving_staff"):
        return
    if analyse(row.name).who == "own" or _own_trade(people, row.table):
        yield Violation(row=row, field="level3")


def _is_called(owner: str, body: str) -> bool:
    """Is a body the owner, by some of the characters of its name (县医院 for 青禾县人民医院)? What is left out names no place:
    市教育局 is not 青禾市青山区教育局."""
    end = len(owner)
    for one in reversed(body):
        start = owner.rfind(one, 0, end)
        if start < 0 or (start < end - 1 and matcher("regions.ranks").search(owner, start + 1, end)):
            return False
        end = start
    return owner.endswith(body[-1])


def _own_trade(people: str, table: Table) -> bool:
    """Is this the staff of the owner by its name, or the trade of the owner (a museum's 馆员), and does the goal not name them as those who are served?"""
    owner = table.goal.unit or table.goal.department or ""
    if staff := expression("self_satisfaction.body_staff").match(people):
        return _is_called(owner, staff["body"])
    goals = f"{table.goal.cycle_goal or ''} {table.goal.annual_goal or ''}"
    trades = lexicon("satisfaction")["trades"].items()
    own = (trade for end, listed in trades if owner.endswith(end) for trade in listed)
    return any(trade in people and trade not in goals for trade in own)
