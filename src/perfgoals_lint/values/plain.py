"""The fast path: words or a denominator, an operator, a figure, a unit and a bound, which is most of what tables hold.

It is made from the same word lists as the grammar and gives the same constraints (tests compare the two); what it does
not know for certain it leaves to the grammar.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.text import is_chinese
from perfgoals_lint.values import numerals
from perfgoals_lint.values.operators import rules
from perfgoals_lint.values.types import Approx, Measure, Op, Quantity
from perfgoals_lint.values.units import standard, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfgoals_lint.values.grammar import WordRuns

_NUMERALS = "零一二三四五六七八九两十百千万亿兆半"
_FIGURE = compiled(r"([^\d.,\s]{0,20})(\d{1,12}(?:\.\d{1,6})?)([万亿]?)([^\d.,\s]{0,16})")
_NUMERAL = compiled(
    rf"([^\d.,\s{_NUMERALS}]{{0,20}})(百分之)?([一二三四五六七八九两十百]{{1,7}})([^\d.,\s{_NUMERALS}]{{0,16}})"
)
_SPAN = compiled("([一两三四五六七八九十])(年|个月|周|天)")
_SPANNED = {"一": 1, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_YEAR = compiled(r"(?:19|20)\d\d\.")
_SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_EVERY = compiled("每(年|月|季度|周|天|人|户|次|场|亩|校|村)(?![度均])")
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
    start: int
    """Where the operator begins."""
    over: tuple[int, str] | None = None
    changes: bool = False
    """Does the subject speak of a change (新增)?"""


@cache
def _bounds() -> dict[str, Said]:
    return {word: said for word, said in rules().post.items() if word not in {"多", "余", "+"}}


@cache
def _coded() -> frozenset[str]:
    """Figures that are names before some words (863计划)."""
    return frozenset(lexicon("values")["idioms"]["coded"])


def _run(text: str) -> int:
    """How long the words are that are only words to the grammar: Chinese, and none of what ends a run but idioms."""
    ends, opened, idioms = _runs()
    i = 0
    while i < len(text):
        c = text[i]
        word = next((one for one in idioms.get(c, ()) if text.startswith(one, i)), None)
        if word is not None:
            i += len(word)
            continue
        after = text[i + 1 : i + 2]
        if c in ends and (not after or not ends[c] or after in ends[c]):
            return i
        if not is_chinese(c) or (c in opened and text.startswith(opened[c], i)):
            return i
        i += 1
    return i


@cache
def _runs() -> WordRuns:
    from perfgoals_lint.values.grammar import runs  # only where there are words

    return runs()


@cache
def _words() -> tuple[Callable[[str], str | None], Callable[[Quantity], None]]:
    from perfgoals_lint.values.amounts import compare, subject_of  # brings the parser's classes with it

    return subject_of, compare


@cache
def _worded() -> tuple[str, ...]:
    """What stands behind a numeral of a word or of a class (一批, 三类), with the numeral in words of several."""
    idioms = lexicon("values")["idioms"]
    return tuple(word for word in idioms["words"] if word[0] in _NUMERALS)


@cache
def _classes() -> tuple[str, ...]:
    return tuple(lexicon("values")["idioms"]["classes"])


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


_heads: dict[str, _Head] = {}


def _head(text: str) -> _Head | None:
    """An operator, with a denominator, a span or words that are only a subject in front of it."""
    known = rules()
    said = known.op.get(text)
    if said is not None:
        return None if text == "过" else _Head(None, None, said, text in known.weak, 0)
    every = _EVERY.match(text)
    span = None if every else _SPAN.match(text)
    front = every or span
    start = front.end() if front else _run(text)
    if not start:
        return None
    op = text[start:]
    if op and (op == "过" or op not in known.op):
        return None
    subject, changes = None, False
    if front is None:
        words = text[:start]
        if not 1 < start <= _LONGEST_SUBJECT or words in table().canonical or words[-1] == "的":
            return None
        subject, changes = _words()[0](words), known.changes.search(words) is not None
    return _Head(
        subject,
        every[1] if every else None,
        known.op[op] if op else None,
        op in known.weak,
        start,
        (_SPANNED[span[1]], table().canonical[span[2]]) if span else None,
        changes,
    )


_LONGEST_SUBJECT = 12


def read(text: str) -> Quantity | None:
    """The quantity of a value in the common notation; ``None`` when the grammar has to read it."""
    found = _FIGURE.fullmatch(text)
    if found is None:
        return _chinese(text)
    front, digits, scale, rest = found.groups()
    tail = _tails.get(rest) or _tail(rest)
    if front.endswith("人民币") and tail is not None and tail.unit == "元":
        front = front[:-3]
    # 2024年级 opens with a year.
    if tail is None or tail.unit == "M" or (rest[:1] in _YEARLY and not scale):
        return None
    if not scale and (
        (tail.unit is None and _YEAR.match(digits)) or digits in _coded()
    ):  # 2024.07 may be a date
        return None
    value = Decimal(digits)
    return _made(text, front, value * _SCALES[scale] if scale else value, tail)


def _chinese(text: str) -> Quantity | None:
    """``三家``, ``百分之五``: a small numeral that is no part of a word; no words stand in front of a plain one."""
    found = _NUMERAL.fullmatch(text)
    if found is None:
        return None
    front, share, digits, rest = found.groups()
    value = numerals.parse(digits)
    tail = _tails.get(rest) or _tail(rest)
    if value is None or tail is None or digits[-1] == "百" or numerals.pair(digits) is not None:
        return None
    if share:
        if tail.unit is not None or tail.per:
            return None
        return _made(text, front, value, _PER_CENT._replace(behind=tail.behind))
    known = table()
    if (
        tail.unit is None
        or tail.unit in known.nouns
        or tail.unit == "M"
        or (front and front not in rules().op)
    ):
        return None
    if front == "近" or (digits + rest).startswith(_worded()) or rest.startswith(_classes()):
        return None
    return _made(text, front, value, tail)


_PER_CENT = _Tail("%", "%", (), None)


def _made(text: str, front: str, value: Decimal, tail: _Tail) -> Quantity | None:
    """The quantity of a figure, with what stands in front of it and behind it."""
    said = tail.behind
    head = None
    if front:
        head = _heads.get(front) or _head(front)
        if head is None:
            return None
        if len(_heads) < _MOST:
            _heads[front] = head
        if head.said is not None and (said is None or not head.weak):
            if said is not None and said[1] == "over":
                return None
            said = head.said
        if head.subject is not None and tail.unit is None:
            return None
    op, approx = said or ("=", None)
    made = Quantity(text, op, value, tail.unit, said is not None, approx=approx)
    if tail.unit is not None:
        made.unit_source, made.unit_standard = "value", tail.standard
    start = 0
    if head is not None:
        start = head.start
        made.subject = head.subject
        if head.every:
            made.per = [Measure(_ONE, table().canonical.get(head.every, head.every))]
        if head.over:
            made.over = Measure(Decimal(head.over[0]), head.over[1])
        if head.changes:
            _words()[1](made)
    made.per += (Measure(_ONE, one) for one in tail.per)
    made.span = (start, len(text))
    return made
