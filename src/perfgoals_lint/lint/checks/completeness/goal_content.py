"""PGC118, PGC142: a goal has figures that can be checked, and says what its tasks are good for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.rulebook.lexicons import contains_any
from perfgoals_lint.rulebook.patterns import compiled

_YEAR = compiled(r"(?:19|20)\d\d年?度?|[〔【\[]\d+[〕】\]]\d*号?")
_FIGURE = compiled(
    r"\d|百分之|千分之|[一二三四五六七八九十百千万]+(?:个|家|次|场|人|项|件|成|处|户|名|期|套|台|批|份|月|日)"
)

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.rulebook.rule import Rule


def goal_without_figure(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGC118: an annual goal of some length names a number, a share or a date, years aside."""
    goal = table.goals.get("annual_goal")
    if goal is None or goal.counts or goal.amounts:
        return
    text = _YEAR.sub("", "".join(goal.text.split()))
    if len(text) >= int(rule.parameters["least"]) and not _FIGURE.search(text):
        yield Violation(table=table, field="annual_goal", args={"length": str(len(text))})


def goal_without_effect(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGC142: an annual goal that counts several tasks also has a word of what comes of them."""
    goal = table.goals.get("annual_goal")
    if goal is None or table.cut or table.withheld:
        return
    tasks = [count for count in goal.counts if not (count.background or count.quoted)]
    if len(tasks) >= int(rule.parameters["least"]) and not contains_any(goal.text, "goals.results"):
        yield Violation(table=table, field="annual_goal", args={"count": str(len(tasks))})
