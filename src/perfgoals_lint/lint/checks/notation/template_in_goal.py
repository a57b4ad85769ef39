"""PGN530: titles and goals have no placeholders left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.rulebook.lexicons import pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.rulebook.rule import Rule

_FIELDS = {
    "project_name": {"zh": "项目名称", "en": "the title"},
    "cycle_goal": {"zh": "周期目标", "en": "the goal of the cycle"},
    "annual_goal": {"zh": "年度目标", "en": "the annual goal"},
}


def template_in_goal(table: Table, rule: Rule) -> Iterator[Violation]:
    """PGN530: one hit for each text that still has a placeholder."""
    for field, shown in _FIELDS.items():
        found = _placeholder().search(getattr(table.goal, field) or "")
        if found:
            yield Violation(
                table=table, field=field, span=found.span(), args={"where": shown, "part": found[0]}
            )


@cache
def _placeholder() -> re.Pattern[str]:
    """Marks where a figure belongs (××个, XX%, ____人), and instructions in brackets."""
    measures = {*words("relevance.measured_units"), *lexicon("units")["measures"].split(), "万"}
    # ××村 and ××站 are bodies whose names are left out.
    units = pattern_of(measures - words("costs.organisation_ends"))
    marks = r"(?:[×xX*＊]{2,}|[_＿]{2,}|[○〇]{2,})"
    return compiled(
        rf"{marks}\s*(?:{units})(?!目)|[_＿]{{3,}}|[（(](?:请|此处|填写)[^（()）]*[)）]|【[^】]*(?:填写|选填|必填)[^】]*】"
    )
