"""PGR212: satisfaction is asked of those who are served, not of the unit's own staff."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.rulebook.lexicons import contains_any, pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Table
    from perfgoals_lint.rulebook.rule import Rule

_OWN = compiled("(?:本|我)[局院馆站所队台社校园处科室部]|[局院馆站所队台社校园]内")
_ABOUT = compiled(r"对(?!象).*")


@cache
def _staff() -> re.Pattern[str]:
    """A word for the own body with one for a person, or a word for staff by itself."""
    bodies, persons = pattern_of(words("names.own_bodies")), pattern_of(words("names.own_persons"))
    return compiled(
        f"(?:{bodies}|[本全我][局院馆站所队台厂社校处科室会行部团署])[^，。]{{0,4}}?(?:{persons})"
        # Who takes part, pays in or is given something is served, though he is somebody's employee.
        "|(?<![参受缴享投被失退下入领][\u4e00-\u9fff])(?:员工|职工|职员)|本单位人员|[局院馆站所队台社处科室署心]工作人员|(?:值班|科室|后勤|机关|在编)人员|^单位(?:干部|职工|员工|人员)|(?:内部|(?:本|我)[局院馆站所队台社校处署])(?:科室|处室|部门)"
    )


def self_satisfaction(row: Row, rule: Rule) -> Iterator[Violation]:
    """PGR212: the satisfaction of the unit's own people is none of those served."""
    people = _ABOUT.sub("", row.name)
    served = contains_any(people, "relevance.served_staff") or contains_any(people, "satisfaction.served")
    if served and not _OWN.match(people):
        return
    if contains_any(row.table.title, "relevance.serving_staff"):
        return
    if _staff().search(people) or _own_trade(people, row.table):
        yield Violation(row=row, field="level3")


def _own_trade(people: str, table: Table) -> bool:
    """Is this the trade of the owner (a museum's 馆员), and does the goal not name them as those who are served?"""
    owner = table.goal.unit or table.goal.department or ""
    goals = f"{table.goal.cycle_goal or ''} {table.goal.annual_goal or ''}"
    for end, trades in lexicon("satisfaction")["trades"].items():
        if owner.endswith(end):
            return any(trade in people and trade not in goals for trade in trades)
    return False
