"""PGK653: a target in the brackets behind a name can hold together with the value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint import values
from perfgoals_lint.lint.facts.rates import split_brackets
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.values import algebra

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row
    from perfgoals_lint.rulebook.rule import Rule

_FIGURE = re.compile(r"\d\s*[\u4e00-\u9fff%％]")
_OTHER = re.compile("上年|去年|往年|基数|基期|原|现有|20\\d\\d年|[以之]前|每")
"""Of another time, or of one of something: such a figure is no target of this row."""


def figure_in_name(row: Row, rule: Rule) -> Iterator[Violation]:
    """PGK653: one hit a row whose name and value cannot both hold."""
    if not row.filled or not row.name.rstrip().endswith((")", "）")):
        return
    for inside in split_brackets(row.name)[1]:
        if not _FIGURE.search(inside) or _OTHER.search(inside):
            continue
        named = values.parse(inside)
        if named.kind != "quantity" or named.unit is None or named.subject:
            continue
        for value in row.values:
            bound = value.quantity
            if bound is None or bound.unit != named.unit or bound.per or bound.subject:
                continue
            if algebra.contradicts(named, bound):
                yield Violation(row=row, field=value.field, span=value.span, args={"part": inside})
                return
