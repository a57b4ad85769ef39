"""PGC118: a goal has figures that can be checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation
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
