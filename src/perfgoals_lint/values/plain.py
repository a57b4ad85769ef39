"""The fast path: an operator, an Arabic figure, a unit and a bound, which is most of what tables hold.

It is made from the same word lists as the grammar and gives the same constraints (tests compare the two); what it does
not know for certain it leaves to the grammar.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.operators import rules
from perfgoals_lint.values.types import Approx, Measure, Op, Quantity
from perfgoals_lint.values.units import standard, table

_FIGURE = re.compile(r"([^\d.,\s]{0,20})(\d{1,12}(?:\.\d{1,6})?)([万亿]?)([^\d.,\s]{0,16})")
_SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_EVERY = re.compile("每(年|月|季度|周|天|人|户|次|场|亩|校|村)(?![度均])")
_YEARLY = frozenset("年月季")
# Behind a figure these may be parts of a date.
_DATED = frozenset({"年", "月", "日", "号", "季", "季度", "年度", "月度", "时", "点", "分"})
_ONE = Decimal(1)

Said = tuple[Op, "Approx | None"]


class _Tail(NamedTuple):
    """What stands behind a figure."""

    unit: str | None
    standard: str | None
    per: tuple[str, ...]
    behind: Said | None


class _Head(NamedTuple):
    """What stands before a figure; ``weak`` when a bound behind says more (达90%以上)."""

    subject: str | None
    every: str | None
    said: Said | None
    weak: bool


@cache
def _bounds() -> dict[str, Said]:
    return {word: said for word, said in rules().post.items() if word not in {"多", "余", "+"}}


@cache
def _coded() -> frozenset[str]:
    """Figures that are names before some words (863计划)."""
    return frozenset(lexicon("values")["idioms"]["coded"])


@cache
def _subjects() -> re.Pattern[str]:
    """Words that the grammar takes as one run: none of its signs, and no character that opens one of its words."""
    from perfgoals_lint.values.grammar import stops

    return re.compile(rf"(?:(?![{stops()}])[\u4e00-\u9fff]){{2,12}}")


_tails: dict[str, _Tail] = {}


def _tail(text: str) -> _Tail | None:
    """A unit, denominators and a bound behind a figure, each of which may be missing; kept, for there are few."""
    bounds = _bounds()
    for cut in range(len(text), -1, -1):
        bound = text[cut:]
        if bound and bound not in bounds:
            continue
        made = _united(text[:cut], bounds.get(bound))
        if made is not None:
            if len(_tails) < _MOST:
                _tails[text] = made
            return made
    return None


_MOST = 4096


def _united(text: str, behind: Said | None) -> _Tail | None:
    known = table()
    if not text:
        return _Tail(None, None, (), behind)
    if text in known.plain:
        return None if text in _DATED else _Tail(text, standard(text), (), behind)
    unit, *below = text.split("/")
    if below and f"{unit}/{below[0]}" in known.canonical:  # 台/套
        return None
    if unit in _DATED or not all(one in known.plain for one in below):
        return None
    if unit not in known.plain:
        if unit[:1] != "个" or unit[:2] == "个半" or known.canonical.get(unit) != unit[1:]:
            return None
        unit = unit[1:]  # 个工作日
    return _Tail(unit, standard(unit), tuple(known.canonical[one] for one in below), behind)


def _head(text: str) -> _Head | None:
    """An operator, with a denominator or words that are only a subject in front of it."""
    known = rules()
    said = known.op.get(text)
    if said is not None:
        return None if text == "过" else _Head(None, None, said, text in known.weak)
    every = _EVERY.match(text)
    words = None if every else _subjects().match(text)
    front = every or words
    if front is None:
        return None
    op = text[front.end() :]
    if op and (op == "过" or op not in known.op):
        return None
    subject = None
    if words is not None:
        from perfgoals_lint.values.amounts import subject_of  # brings the parser's library with it

        if words[0] in table().canonical or words[0][-1] in "的" or known.changes.search(words[0]):
            return None
        subject = subject_of(words[0])
        if subject != words[0]:
            return None
    return _Head(subject, every[1] if every else None, known.op[op] if op else None, op in known.weak)


def read(text: str) -> Quantity | None:
    """The quantity of a value in the common notation; ``None`` when the grammar has to read it."""
    found = _FIGURE.fullmatch(text)
    if found is None:
        return None
    front, digits, scale, rest = found.groups()
    tail = _tails.get(rest) or _tail(rest)
    # 2024年级 opens with a year.
    if tail is None or tail.unit == "M" or (rest[:1] in _YEARLY and not scale):
        return None
    said = tail.behind
    head = None
    if front:
        head = _head(front)
        if head is None:
            return None
        if head.said is not None and (said is None or not head.weak):
            if said is not None and said[1] == "over":
                return None
            said = head.said
    if not scale and ((tail.unit is None and "." in digits) or digits in _coded()):  # 2024.07 may be a date
        return None
    op, approx = said or ("=", None)
    made = Quantity(text, op, Decimal(digits), tail.unit, said is not None, approx=approx)
    if scale:
        made.value = Decimal(digits) * _SCALES[scale]
    if tail.unit is not None:
        made.unit_source, made.unit_standard = "value", tail.standard
    start = 0
    if head is not None:
        made.subject = head.subject
        start = len(head.every) + 1 if head.every else len(head.subject or "")
        if head.every:
            made.per = [Measure(_ONE, table().canonical.get(head.every, head.every))]
    made.per += (Measure(_ONE, one) for one in tail.per)
    made.span = (start, len(text))
    return made
