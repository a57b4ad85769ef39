"""PGN506: a value is a bound and a number; what is measured stands in the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import Edit
from perfgoals_lint.rulebook.lexicons import pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import plain

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Value
    from perfgoals_lint.rulebook.rule import Rule

_DIGIT = compiled(r"\d")


# How often, or over which part of the whole: a determiner with any unit or time (逐月, 单次, 每名患者, 全程).
_EACH = compiled(
    r"[\u4e00-\u9fff]{1,3}[期季]|(?:[\u4e00-\u9fff]{1,3}[期季天日月间]|平均|日|月)?(?:[每各]|逐|隔|单|首|平均每)[\u4e00-\u9fff]{1,4}|全[程期年]|[上下]半年|[日月年]?(?:最高|最低|均|平均)"
)


_MARKS = r"[\s\W_]"


_LONGEST_FRONT = 80


@cache
def _framing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of period and aggregate at either end of what stands in front of a number."""
    span = r"第?[\d零一二两三四五六七八九十]+个?(?:年度|季度|年|月份|月|周|天|日)(?:内|间)?"
    around = f"{pattern_of(words('naming.framing'))}|{span}|{_MARKS}"
    behind = pattern_of(words("naming.framing_behind"))
    return compiled(f"^(?:{around})"), compiled(f"(?:{around}|{behind})$")


def subject_in_value(row: Row, rule: Rule) -> Iterator[Violation]:
    """PGN506: a value is a bound and a number; what is measured stands in the name."""
    hit: Violation | None = None
    for value in row.values:
        leading = _leading(value)
        if not leading:
            continue
        start = value.text.index(leading)
        args = {"part": leading, "fixed": value.text}
        hit = hit or Violation(row=row, field=value.field, span=(start, start + len(leading)), args=args)
        fixed = _without(value, leading)
        if fixed:
            hit.edits.append(Edit(row.place(value.field), value.field, value.text, fixed))
            hit.args["fixed"] = fixed
            hit.case = "named"
    if hit:
        yield hit


def _leading(value: Value) -> str | None:
    """The words in front of a number that name what is measured, or ``None``."""
    quantity, span = value.quantity, value.span
    if quantity is None or span is None or quantity.subject is None:
        return None
    # 较上年增长5%, 验收后15日内: the words say from where on to count.
    if quantity.reference or quantity.change or quantity.subject.endswith(("后", "前", "起", "内")):
        return None
    front = value.text[: span[0]].strip()
    if len(front) > _LONGEST_FRONT:
        return front
    for pattern in _framing():
        while match := pattern.search(front):
            front = front[: match.start()] + front[match.end() :]
    # A figure in front belongs to a calculation (8人*3.6万元/人).
    return None if not front or _EACH.fullmatch(front) or _DIGIT.search(front) else front


def _without(value: Value, leading: str) -> str | None:
    """The value without the words in front, when the name says them already."""
    start, end = value.span or (0, 0)
    front, number, rest = value.text[:start], value.text[start:], plain(value.text[end:])
    name = plain(value.row.name)
    # 完成3个站点建设 loses its sense without its verb, unless the name says what is built, too.
    if rest not in name:
        return None
    if plain(front) in name:
        return number
    return (front.replace(leading, "", 1) + number).strip() if plain(leading) in name else None
