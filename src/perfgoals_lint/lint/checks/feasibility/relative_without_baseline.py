"""PGF409: a figure of last year, of a plan or of the past that a value refers to is printed in the row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from perfgoals_lint.lint.facts.ladder import reference_known
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.rulebook.lexicons import contains_any, pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Value
    from perfgoals_lint.rulebook.rule import Rule
    from perfgoals_lint.values.types import Constraint

_YEAR = compiled(r"(?:19|20)\d\d年")
_OF_YEARS = "[近前]?[一二两三四五六七八九十几]年(?:来)?的?(?:平?均|最[高好低优]|同期)"
"""Several years of the past, whose number is none of the target (五年均值)."""


@cache
def _compared() -> re.Pattern[str]:
    bounds = pattern_of(words("qualitative.comparing"))
    history = pattern_of(words("qualitative.history"))
    # 较疫情前: what was before something is of the past, whatever that was.
    before = "[\u4e00-\u9fff]{2,6}前(?![列沿端瞻台])"
    return compiled(rf"(?:{bounds})\s*(?:(?:19|20)\d\d\s*年|(?P<years>{_OF_YEARS})|{history}|{before})")


# A number with its unit in the phrase itself (不低于上年实绩1240户) is the base; a share of it (的80%) is none.
_BASE = compiled(
    r"(?:(?:19|20)\d\d年度?|上年度?|上一年度?|去年|前[一二三两]年|改造前|往年|往届|上届|同期|均值|平均|实绩|实际|基数)(?:[^，,；;。的]{0,6}?|[^，,；;。的]{0,4}的)\d[\d.,]*(?!\s*[%％\d.,年月])"
)


def relative_without_baseline(row: Row, rule: Rule) -> Iterator[Violation]:
    """PGF409: a figure of last year, of a plan or of the past that a value refers to is printed in the row."""
    if not row.filled:
        return
    for value in row.values:
        reference = _reference(value)
        if reference and not _BASE.search(value.text) and not reference_known(value):
            yield Violation(row=row, field=value.field, span=value.span, args={"reference": reference})
            return


def _reference(value: Value) -> str | None:
    """What a value is measured against, when that is the past or a plan and the value is no growth rate."""
    constraint = value.constraint
    parts = constraint.parts if constraint.kind == "compound" else [constraint]
    named = next((name for name in map(_named, parts) if name), None)
    match = _compared().search(value.text)
    if named or match is None or (value.quantity is not None and match["years"] is None):
        return named
    return match[0]


def _named(part: Constraint) -> str | None:
    reference: str | None = getattr(part, "reference", None)
    if part.kind == "quantity" and part.change is not None:
        return None
    past = contains_any(reference, "qualitative.history") or _YEAR.match(reference or "")
    return reference if past else None
