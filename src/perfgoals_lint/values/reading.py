"""From the parse to parts: what the grammar's rules give, with their places in the normalised text.

``Reader`` is applied while the parser reads. Words, operators and marks stay tokens; amounts and dates become the small
classes below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from perfgoals_lint.rulebook.lexing import Token
from perfgoals_lint.values import numerals
from perfgoals_lint.values.dates import Date, read_date, read_numeric

Part: TypeAlias = "Token | Bound | Every | When | Place"


class WrittenNumber(NamedTuple):
    """A number as written: value, place, and whether it is fuzzy (余, 多), a fraction or a ratio."""

    value: Decimal | None
    text: str
    start: int
    end: int
    fuzzy: bool = False
    per_cent: Decimal | None = None
    ratio: str | None = None
    top: Decimal | None = None
    """The upper figure of a pair (两三个)."""


class UnitAmount(NamedTuple):
    """A figure with its unit as written and, for money, the unit of a sign in front."""

    figure: WrittenNumber
    unit: Token | None
    start: int
    end: int
    currency: Token | None = None
    front: Token | None = None


class Denominator(NamedTuple):
    """One denominator of a rate: ``/2年``."""

    number: Decimal
    unit: str
    end: int


class Bound:
    """An amount or a range with the operators in front and behind, and the denominators of a rate."""

    __slots__ = ("end", "high", "low", "op", "post", "rate", "start", "until")

    def __init__(self, low: UnitAmount, high: UnitAmount | None = None, until: When | None = None) -> None:
        self.low = low
        self.high = high
        self.until = until
        self.op: Token | None = None
        self.post: Token | None = None
        self.rate: list[Denominator] = []
        self.start = low.start
        self.end = high.end if high else until.end if until else low.end


class BracketRange(Bound):
    """A range in brackets; ``open`` says of each end whether it is left out."""

    __slots__ = ("open",)

    def __init__(self, low: UnitAmount, high: UnitAmount, open_: tuple[bool, bool]) -> None:
        super().__init__(low, high)
        self.open = open_


class Every(NamedTuple):
    """``每年``, ``每两年``, ``每百户``; unit ``None`` when none is known."""

    number: Decimal
    unit: str | None
    start: int
    end: int


class Dated(NamedTuple):
    """A date and its place."""

    date: Date
    start: int
    end: int


class When(NamedTuple):
    """A date or, with ``until``, a stretch of time; ``edge`` says which side of it is meant (底前, 起)."""

    date: Date | None
    start: int
    end: int
    edge: str = ""
    until: Date | None = None
    whole: bool = False
    every: Every | None = None


class Place(NamedTuple):
    """A place in an order: ``前三名``, ``第一``."""

    first: bool
    value: Decimal | None
    unit: Token | None
    start: int
    end: int


def _figure(number: Token | WrittenNumber) -> WrittenNumber:
    if isinstance(number, WrittenNumber):
        return number
    fuzzy = not (number.isascii() or numerals.FUZZ.isdisjoint(number))
    pair = None if number.isascii() else numerals.pair(number)
    if pair is not None:
        return WrittenNumber(pair[0], number, number.start_pos, number.end_pos, top=pair[1])
    return WrittenNumber(numerals.parse(number), number, number.start_pos, number.end_pos, fuzzy)


def _day_in(token: Token) -> int:
    return int("".join(c for c in token[-3:] if c.isdigit()))


def extent(parts: Sequence[Any]) -> tuple[int, int]:
    """Where a row of tokens and parts begins and ends."""
    first, last = parts[0], parts[-1]
    start: int = first.start_pos if isinstance(first, Token) else first.start
    end: int = last.end_pos if isinstance(last, Token) else last.end
    return start, end


class ValueBuilder:
    """Builds parts; every method gets the children of one rule of ``grammar.lark``."""

    def start(self, items: list[Any]) -> list[Any]:
        """All items of a value."""
        return items

    def item(self, parts: list[Part]) -> list[Part]:
        """The parts of one item."""
        return parts

    def bound(self, parts: list[Any]) -> Bound:
        """A quantity with the signs in front and behind and its rate."""
        op = parts[0] if isinstance(parts[0], Token) else None
        quantity = parts[1] if op is not None else parts[0]
        bound: Bound = quantity if isinstance(quantity, Bound) else Bound(quantity)
        if op is not None:
            bound.op = op
            bound.start = op.start_pos
        for part in parts[1 if op is None else 2 :]:
            if isinstance(part, Token):
                bound.post = part if bound.post is None else bound.post
                bound.end = part.end_pos
            else:
                bound.rate = part
                bound.end = part[-1].end
        return bound

    def plain(self, tokens: list[Token]) -> Bound:
        """A number, perhaps with a sign and a unit: the commonest value."""
        op = tokens[0] if tokens[0].type == "OP" else None
        number = tokens[0] if op is None else tokens[1]
        unit = tokens[-1] if tokens[-1].type == "UNIT" else None
        figure = _figure(number)
        end = figure.end if unit is None else unit.end_pos
        bound = Bound(UnitAmount(figure, unit, figure.start, end))
        if op is not None:
            bound.op = op
            bound.start = op.start_pos
        return bound

    def between(self, parts: list[Any]) -> Bound:
        """``10-20家``: a range."""
        low, mark, high = parts
        if mark == "--" and (low.figure.value or 0) < 0 < (
            high.figure.value or 0
        ):  # -5%--3%: the second dash is a sign
            high = high._replace(figure=high.figure._replace(value=-(high.figure.value or 0)))
        if mark == "与" and high.unit == "间":  # 10与20间: between, not rooms
            high = high._replace(unit=None)
        return Bound(low, high=high)

    def between_rates(self, parts: list[Any]) -> Bound:
        """``8次/年-10次/年``: a range whose ends both carry the rate; other rates are no range."""
        low, below, _, high, rate = parts
        bound = Bound(low, high=high)
        if [one[:2] for one in below] != [one[:2] for one in rate]:
            bound.low = low._replace(figure=low.figure._replace(value=None))
        bound.rate, bound.end = rate, rate[-1].end
        return bound

    def between_marked(self, parts: list[Any]) -> Bound:
        """``80%(含)-90%``: the bracket says whether the lower end is meant."""
        low, mark, _, high = parts
        return BracketRange(low, high, (str(mark).startswith("(不"), False))

    def around(self, parts: list[Any]) -> Bound:
        """``22±2℃``: from 20 to 24."""
        middle, reach = parts
        value, step = middle.figure.value, reach.figure.value
        same = middle.unit is None or reach.unit is None or middle.unit == reach.unit
        if value is None or step is None or not same:
            value = step = None
        unit = reach.unit if reach.unit is not None else middle.unit
        figures = (None, None) if value is None or step is None else (value - step, value + step)
        low, high = (
            one.figure._replace(value=figure, text="")
            for one, figure in zip((middle, reach), figures, strict=True)
        )
        return Bound(middle._replace(figure=low, unit=unit), high=reach._replace(figure=high, unit=unit))

    def stretch(self, parts: list[Any]) -> Bound:
        """An amount, and the date up to which it goes."""
        return Bound(parts[0], until=parts[2])

    def interval(self, parts: list[Any]) -> BracketRange:
        """``[80%,90%)``: a round bracket leaves its end out."""
        left, low, high, right = parts[:4]
        last: Token = parts[-1]
        if last is not right:
            if low.unit is not None or high.unit is not None:  # [80%,90%]家 is no interval of either
                low = low._replace(figure=low.figure._replace(value=None))
            high = high._replace(unit=last)
        bound = BracketRange(low, high, (left == "(", right == ")"))
        bound.start, bound.end = left.start_pos, last.end_pos
        return bound

    def amount(self, parts: list[Any]) -> UnitAmount:
        """A number, perhaps with its unit."""
        figure = _figure(parts[0])
        unit = parts[1] if len(parts) > 1 else None
        return UnitAmount(figure, unit, figure.start, unit.end_pos if unit is not None else figure.end)

    def priced(self, parts: list[Any]) -> UnitAmount:
        """An amount behind the sign of a currency (¥300)."""
        return self.amount(parts[1:])._replace(start=parts[0].start_pos, currency=parts[0])

    def unit_first(self, parts: list[Any]) -> UnitAmount:
        """An amount behind its unit (人均300)."""
        return self.amount(parts[1:])._replace(start=parts[0].start_pos, front=parts[0])

    def few(self, tokens: list[Token]) -> WrittenNumber:
        """``数百``, ``几十``, ``上千``: at least one of the step, how many is not said."""
        return _figure(tokens[0])._replace(value=numerals.parse(tokens[0][1:]), fuzzy=True)

    def tenths(self, tokens: list[Token]) -> WrittenNumber:
        """``九成五``, ``八成半``: tenths and a digit of the next place."""
        (token,) = tokens
        whole, _, part = token.partition("成")
        tenths, rest = numerals.parse(whole), Decimal(5) if part == "半" else numerals.parse(part)
        share = None if tenths is None or rest is None else tenths * 10 + rest
        value = None if share is None else share / 100
        return WrittenNumber(value, token, token.start_pos, token.end_pos, per_cent=share)

    def half(self, tokens: list[Token]) -> WrittenNumber:
        """``一半``, ``半数``: half of the whole, as a percentage."""
        (token,) = tokens
        return WrittenNumber(Decimal("0.5"), token, token.start_pos, token.end_pos, per_cent=Decimal(50))

    def fuzzy(self, parts: list[Token]) -> WrittenNumber:
        """``10余``: a number and somewhat more."""
        return _figure(parts[0])._replace(end=parts[1].end_pos, fuzzy=True)

    def parts_of(self, parts: list[Token]) -> WrittenNumber:
        """``百分之九十五``: of a plain power of ten a percentage, of any other number a fraction."""
        whole, share = numerals.parse(parts[0]), numerals.parse(parts[1])
        start, end = extent(parts)
        text = f"{parts[0]}分之{parts[1]}"
        if not whole or share is None:
            return WrittenNumber(None, text, start, end)
        pair = numerals.pair(parts[1])
        if pair is not None and parts[0] == "百":  # 百分之一二
            return WrittenNumber(pair[0] / whole, text, start, end, per_cent=pair[0], top=pair[1] / whole)
        power = parts[0] in {"百", "千", "万", "十万", "百万", "千万", "亿"}
        return WrittenNumber(share / whole, text, start, end, per_cent=share * 100 / whole if power else None)

    def fraction(self, parts: list[Token]) -> WrittenNumber:
        """``3/4``; an improper one (4.5/5) is no fraction but a score, and no figure."""
        share, whole = numerals.parse(parts[0]), numerals.parse(parts[1])
        start, end = extent(parts)
        proper = whole and share is not None and share < whole and share == int(share) and whole == int(whole)
        value = share / whole if proper and share is not None and whole is not None else None
        return WrittenNumber(value, f"{parts[0]}/{parts[1]}", start, end)

    def ratio(self, parts: list[Token]) -> WrittenNumber:
        """``1:3``: the quotient, and the ratio as written."""
        share, whole = numerals.parse(parts[0]), numerals.parse(parts[1])
        start, end = extent(parts)
        text = f"{parts[0]}:{parts[1]}"
        return WrittenNumber(
            share / whole if whole and share is not None else None, text, start, end, ratio=text
        )

    def rate(self, denominators: list[Denominator]) -> list[Denominator]:
        """The denominators of a rate."""
        return denominators

    def per(self, parts: list[Token]) -> Denominator:
        """``/年``, ``/3年``: what a rate is counted by."""
        count = numerals.parse(parts[0]) if len(parts) > 1 else None
        return Denominator(Decimal(1) if count is None else count, str(parts[-1]), parts[-1].end_pos)

    def per_each(self, parts: list[Token]) -> Denominator:
        """``每人``: a rate for each one."""
        return Denominator(Decimal(1), str(parts[1]), parts[1].end_pos)

    def per_bracket(self, parts: list[Token]) -> Denominator:
        """``(年)``: a denominator in brackets."""
        return Denominator(Decimal(1), parts[0][1:-1], parts[0].end_pos)

    def every(self, parts: list[Token]) -> Every:
        """``每年``, ``每3个月``: how often."""
        start, end = extent(parts)
        last = parts[-1]
        unit = str(last) if last.type == "UNIT" else None
        number = parts[1] if parts[1].type == "NUMBER" else None
        count = numerals.parse(number) if number is not None else Decimal(1)
        return Every(Decimal(1) if count is None else count, unit, start, end)

    def when(self, parts: list[Any]) -> When:
        """A date, with the word behind it (前, 底)."""
        start, end = extent(parts)
        return When(parts[0].date, start, end, str(parts[1]) if len(parts) > 1 else "")

    def day_of(self, parts: list[Any]) -> When:
        """``每月10日``: a day of a recurring period."""
        start, end = extent(parts)
        return When(Date(day=_day_in(parts[1])), start, end, str(parts[-1]), every=parts[0])

    def next_day(self, parts: list[Token]) -> When:
        """``次月10日前``: a day of a month that is not named."""
        start, end = extent(parts)
        return When(Date(day=_day_in(parts[0])), start, end, str(parts[1]) if len(parts) > 1 else "")

    def first_months(self, parts: list[Any]) -> When:
        """``2021年前2个月``: from the first month of a year on."""
        start, end = extent(parts)
        count = numerals.parse(re.sub("[前个月季度]", "", parts[1])) or Decimal(0)
        months = int(count) * (3 if "季" in parts[1] else 1)
        first = parts[0].date
        return When(first._replace(month=1), start, end, until=first._replace(month=months))

    def end_of(self, parts: list[Any]) -> When:
        """``每月底前``: the end of a recurring period."""
        start, end = extent(parts)
        return When(Date(), start, end, str(parts[1]), every=parts[0])

    def period(self, parts: list[Any]) -> When:
        """``2024年3月至10月``: from one date to another."""
        start, end = extent(parts)
        return When(parts[0].date, start, end, str(parts[3]) if len(parts) > 3 else "", until=parts[2].date)

    def whole(self, parts: list[Any]) -> When:
        """``全年``, ``2024年全年``: a period as a whole."""
        start, end = extent(parts)
        return When(None if isinstance(parts[0], Token) else parts[0].date, start, end, whole=True)

    def date(self, tokens: list[Token]) -> Dated:
        """A date, in digits or in words."""
        start, end = extent(tokens)
        numeric = tokens[0].type == "NUMERIC_DATE"
        return Dated(read_numeric(tokens[0]) if numeric else read_date(tokens), start, end)

    def rank(self, parts: list[Token]) -> Place:
        """``前三名``: a place in an order."""
        start, end = extent(parts)
        unit = parts[2] if len(parts) > 2 else None
        return Place(parts[0].type == "FRONT", numerals.parse(parts[1]), unit, start, end)
