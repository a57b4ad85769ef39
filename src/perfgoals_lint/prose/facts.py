"""Counted things and durations of one sentence, each with the words that say what it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from perfgoals_lint.prose.figures import is_start
from perfgoals_lint.prose.tokens import ExpressionToken, QuantityToken, Statement, WordMark, per_of
from perfgoals_lint.prose.types import Count, Operator, Per, Span
from perfgoals_lint.prose.vocabulary import Vocabulary, vocabulary
from perfgoals_lint.rulebook.patterns import compiled

if TYPE_CHECKING:
    from perfgoals_lint.prose.structure import Structure

_NOUN_LENGTH = 20
_STOPS = "，,。；;：:、（）()“”《》\n！？!? "
_NOUN_STOPS = _STOPS + "共合×*=+"
_NOUN_END = compiled(rf"[{re.escape(_NOUN_STOPS)}\d²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒]")
_PARTICLES = "的等约为和及与、,，。；;：: （）()“”×*+＋=＝"
_NEIGHBOURS = 12
_BEHIND = ("bounds_behind", "about")
"""The lists of the words that belong to a count in front of them."""
_SINGLE_YEAR = 4  # digits of a calendar year: a number that long before 年 is no duration


@dataclass(slots=True)
class Sentence:
    """One sentence read: its facts in text order and the statements they came from."""

    index: int
    span: Span
    statements: list[Statement]
    counts: list[Count] = field(default_factory=list)
    durations: list[tuple[int, Span]] = field(default_factory=list)
    money: list[int] = field(default_factory=list)
    """Where the amounts of money begin."""
    marks: list[WordMark] = field(default_factory=list)

    def marks_around(self, position: int, built: Structure) -> list[WordMark]:
        """The marks of the clause of a position, the nearest dozen to either side."""
        middle = bisect_left(self.marks, position, key=lambda mark: mark.span[0])
        clause = built.clause_at(position)
        near = self.marks[max(middle - _NEIGHBOURS, 0) : middle + _NEIGHBOURS]
        return [mark for mark in near if built.clause_at(mark.span[0]) == clause]


@dataclass(slots=True)
class _Context:
    """What was said since the last clause began, or since the last number where a word binds to one number only."""

    clause: int = -1
    yearly: Per | None = None
    each: list[Per] = field(default_factory=list)
    bound: WordMark | None = None
    about: WordMark | None = None
    background: bool = False
    commitment: bool = False
    years: int | None = None
    end: int = 0


def read_sentence(
    text: str, built: Structure, index: int, span: Span, statements: list[Statement]
) -> Sentence:
    """The facts of one sentence of a compact text, the ``index``-th; ``statements`` are its tokens."""
    marks = [statement for statement in statements if isinstance(statement, WordMark)]
    sentence = Sentence(index, span, statements, marks=marks)
    return _FactReader(text, built, sentence).run() if statements else sentence


class _FactReader:
    def __init__(self, text: str, built: Structure, sentence: Sentence) -> None:
        self.text = text
        self.built = built
        self.sentence = sentence
        self.words: Vocabulary = vocabulary()
        self.context = _Context(end=sentence.span[0])
        self.item = built.item_at(sentence.span[0])
        self.clause_end = 0

    def run(self) -> Sentence:
        statements = self.sentence.statements
        for position, statement in enumerate(statements, 1):
            if isinstance(statement, WordMark):
                self._mark(statement)
            elif isinstance(statement, QuantityToken):
                self._quantity(statement, _marks_behind(statement, statements, position), False)
            else:
                calculated = _is_money_calculation(statement)
                *others, last = statement.quantities
                for quantity in others:
                    self._quantity(quantity, [], calculated)
                self._quantity(last, _marks_behind(last, statements, position), calculated)
        return self.sentence

    def _enter(self, position: int) -> None:
        if position < self.clause_end:
            return
        clause = self.built.clause_at(position)
        if clause != self.context.clause:
            self.context = _Context(clause, end=self.context.end)
        starts = self.built.clause_starts
        self.clause_end = starts[clause + 1] if clause + 1 < len(starts) else len(self.text)

    def _mark(self, mark: WordMark) -> None:
        self._enter(mark.span[0])
        context, lists = self.context, mark.lists
        if mark.kind == "EACH":
            per = per_of(mark.text)
            if per.unit in self.words.year_units:
                context.yearly, context.years = per, None
            else:
                context.each.append(per)
        elif mark.kind == "YEARS" and len(mark.text) > _SINGLE_YEAR + 2:
            context.years = _range_years(mark.text)
        if not lists:
            return
        if "bounds" in lists:
            context.bound = mark
        if "about" in lists:
            context.about = mark
        context.background = context.background or "background" in lists
        context.commitment = context.commitment or "commitments" in lists

    def _quantity(self, quantity: QuantityToken, behind: list[WordMark], calculated: bool) -> None:
        """Enter a quantity among the facts; ``behind`` are the marks directly behind it."""
        self._enter(quantity.span[0])
        context = self.context
        if quantity.parted:
            pass  # no number that is known
        elif quantity.kind == "count":
            if quantity.unit not in self.words.year_units:
                self.sentence.counts.append(self._count(quantity, behind))
            elif not quantity.per:
                if not calculated:
                    context.years, context.yearly = int(quantity.printed.value), None
                self.sentence.durations.append((int(quantity.printed.value), quantity.span))
        elif quantity.kind != "percent":
            self.sentence.money.append(quantity.span[0])
        context.each = []
        context.bound = context.about = None
        context.end = quantity.span[1]

    def _per(self, quantity: QuantityToken) -> list[Per]:
        """The denominators of a quantity: those printed around it, and the year of its clause."""
        per, yearly = self.context.each + quantity.per, self.context.yearly
        if yearly is not None and not any(one.unit in self.words.year_units for one in per):
            per.insert(0, yearly)
        return per

    def _nearly(self, quantity: QuantityToken, behind: list[WordMark]) -> bool:
        """Is a quantity a range, or said to be about what is printed?"""
        about = self.context.about
        if quantity.low or (about is not None and quantity.span[0] - about.span[1] <= 1):
            return True
        return bool(behind) and "about" in behind[0].lists

    def _operator(self, quantity: QuantityToken, behind: list[WordMark]) -> Operator:
        bound = self.context.bound
        if bound is not None and quantity.span[0] - bound.span[1] <= 1:
            return cast("Operator", self.words.bounds[bound.text])
        if behind and "bounds_behind" in behind[0].lists:
            return cast("Operator", self.words.bounds[behind[0].text])
        return "="

    def _count(self, quantity: QuantityToken, behind: list[WordMark]) -> Count:
        context = self.context
        operator = self._operator(quantity, behind)
        if operator == "=" and (quantity.printed.many or self._nearly(quantity, behind)):
            operator = "~"
        per = self._per(quantity)
        quoted = self.built.quoted(quantity.span[0])
        start, end = quantity.span
        began = is_start(self.text[max(0, start - _NOUN_LENGTH) : start], self.text[end : end + _NOUN_LENGTH])
        background = quantity.printed.many or began or (context.background and not context.commitment)
        count = Count(
            number=quantity.printed.value,
            unit=quantity.unit,
            span=quantity.span,
            per=per,
            years=context.years,
            operator=operator,
            background=background,
            quoted=quoted,
            sentence=self.sentence.index,
            clause=context.clause,
            item=self.item,
        )
        self._name(count, behind)
        return count

    def _name(self, count: Count, behind: list[WordMark]) -> None:
        """Set the words around a count: behind it up to the next number or mark, in front of it back to the last."""
        start, end = count.span
        starts = self.built.clause_starts
        clause_start = max(starts[count.clause], self.context.end)
        count.before = _words(self.text[max(clause_start, start - _NOUN_LENGTH) : start])
        for mark in behind:
            if mark.span[0] == end and not mark.lists.isdisjoint(_BEHIND):
                end = mark.span[1]
        count.after = _behind(self.text[end : end + _NOUN_LENGTH])
        if len(count.after) < 2 and len(count.before) < 2 and count.clause:
            count.topic = _words(
                self.text[max(starts[count.clause - 1], start - 2 * _NOUN_LENGTH) : starts[count.clause] - 1]
            )
        nouns = (count.after, count.before, count.topic)
        count.noun = next((words for words in nouns if len(words) >= 2), count.after)


def _marks_behind(quantity: QuantityToken, statements: list[Statement], position: int) -> list[WordMark]:
    """The marks, two at most, that stand directly behind a quantity; ``position`` is that of the statement behind it."""
    end = quantity.span[1]
    found: list[WordMark] = []
    for statement in statements[position : position + 2]:
        if not isinstance(statement, WordMark) or statement.span[0] != end:
            break
        found.append(statement)
        end = statement.span[1]
    return found


def _is_money_calculation(expression: ExpressionToken) -> bool:
    """Whether 万 without 元 is money in a printed calculation: in any that does not come out as counted things."""
    quantities = expression.quantities
    if len(quantities) < 2:
        return False
    counted = expression.total is not None and expression.total.kind == "count"
    return not counted or any(quantity.kind == "money" for quantity in quantities)


def _words(text: str) -> str:
    return text.strip(_PARTICLES)


def _behind(text: str) -> str:
    stop = _NOUN_END.search(text)
    return _words(text if stop is None else text[: stop.start()])


def _range_years(text: str) -> int:
    digits = "".join(character for character in text if character.isdigit())
    return max(int(digits[4:8]) - int(digits[:4]) + 1, 1)
