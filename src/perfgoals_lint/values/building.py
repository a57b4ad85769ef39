"""From parts to constraints."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from lark import Token

from perfgoals_lint.policy import lexicon
from perfgoals_lint.values import numerals, types, wording
from perfgoals_lint.values.dates import Date, deadline_day
from perfgoals_lint.values.notation import Normal
from perfgoals_lint.values.reading import Amount, Bound, Every, Figure, When
from perfgoals_lint.values.roles import Draft, Item, drafted, op_of, rules, take_apart
from perfgoals_lint.values.units import measure_of, table


@cache
def _baseline() -> re.Pattern[str]:
    """A prior figure in a bracket: 2022:90%, 上年完成100家."""
    return re.compile(
        r"(?:(?P<year>\d{4})年?|上年度?|去年|基期|基数|现状)(?:完成|实际|水平|为|值)*:?(?P<value>\d[\d.]*)(?P<unit>\D{0,4})"
    )


@cache
def _level() -> re.Pattern[str]:
    return re.compile(r"(?P<subject>.*?)(?:(?:与|同|和|较)(?P<reference>[^、,;]+?))?(?:基本|保持)?持平")


@cache
def _comparison() -> re.Pattern[str]:
    """较上年增长, 同比下降: what is compared with, and which way it goes."""
    data = lexicon("values")
    rises, falls = "|".join(data["rises"]), "|".join(data["falls"])
    return re.compile(
        rf"(?P<before>.*?)(?:(?:较|比|与)(?P<reference>.{{1,14}}?)(?:相比)?,?)?(?P<year>同比|环比)?(?:(?P<rise>{rises}|翻)|(?P<fall>{falls}))"
        r"(?:率|幅度|比例|额|量)?(?:了|到|至|为)?"
    )


# 2期/120人 is two amounts, 5元/100公里 and 1次/2年 are rates.
_ROUND = {Decimal(1), Decimal(10), Decimal(100), Decimal(1000), Decimal(10000), Decimal(100000)}
_TIMES = {"时间", "历月", "工作日", "学期", "学年"}


class Text:
    """Slices of the value as given, by places in the normalised text."""

    __slots__ = ("given", "normal", "plain")

    def __init__(self, normal: Normal, given: str) -> None:
        self.normal = normal
        self.given = given
        self.plain = normal.places is None

    def place(self, start: int, end: int) -> tuple[int, int]:
        places, shift = self.normal.places, self.normal.shift
        if places is None:
            return start + shift, end + shift
        return places[start], places[end - 1] + 1

    def cut(self, start: int, end: int) -> str:
        first, last = self.place(start, end)
        piece = self.given[first:last]
        return piece if self.plain else "".join(piece.split())

    def join(self, spans: list[tuple[int, int]]) -> str:
        pieces: list[tuple[int, int]] = []
        for start, end in spans:
            if pieces and pieces[-1][1] == start:
                pieces[-1] = (pieces[-1][0], end)
            else:
                pieces.append((start, end))
        return "".join(self.cut(start, end) for start, end in pieces)


def build(children: list[Any], normal: Normal, given: str, year: int | None) -> types.Constraint:
    """The constraint of a parsed value; ``children`` are items and the separators between them."""
    text = Text(normal, given)
    if len(children) == 1 and len(children[0]) == 1 and type(children[0][0]) is Bound:
        alone = _alone(children[0][0], text)
        if alone is not None:
            return alone
    items = [take_apart(parts, normal.text) for parts in children[::2]]
    if len(items) == 1:
        found, separated = _item(items[0], children[0], text, year), False
        if found is None:
            note, plain = _remark(items[0], normal.text)
            return wording.worded(plain, given, note)
        return found[0] if len(found) == 1 else types.Compound(given, found, separated=separated)
    return _list(items, children, text, year)


def _alone(bound: Bound, text: Text) -> types.Quantity | None:
    """A plain amount with nothing around it, as most values are; ``None`` when there is more to tell."""
    figure, unit, _, _, currency, front = bound.low
    if bound.high or bound.until or bound.rate or currency is not None or front is not None or figure.value is None:
        return None
    if figure.per_cent is not None or figure.ratio is not None or (unit is not None and unit not in table().plain):
        return None
    op, stated, approx = op_of(bound, None)
    made = types.Quantity(text.given, op, figure.value, None, stated, approx=approx)  # type: ignore[arg-type]
    if unit is not None:
        made.unit = text.cut(unit.start_pos or 0, unit.end_pos or 0).replace("％", "%")
        made.unit_source = "value"
    made.span = text.place(bound.start, bound.end)
    return made


def _remark(item: Item, plain: str) -> tuple[str | None, str]:
    """A final bracket of words is a remark: (remark, text without it)."""
    if item.brackets and plain.endswith((")", "]")):
        last = item.brackets[-1]
        if last.end_pos == len(plain) and last.start_pos:
            return last[1:-1], plain[: last.start_pos]
    return None, plain


def _list(items: list[Item], children: list[Any], text: Text, year: int | None) -> types.Constraint:
    given, plain = text.given, text.normal.text
    found: list[types.Constraint] = []
    notes: list[str] = []
    carried: list[tuple[int, int]] = []
    for index, item in enumerate(items):
        parts = children[2 * index]
        made = _item(item, parts, text, year, carried)
        begin, end = _extent(parts)
        if made is None and not carried:
            zero = wording.worded(plain[begin:end], text.cut(begin, end))
            made = [zero] if isinstance(zero, types.Quantity) else None
        if made is None:
            if 2 * index + 1 < len(children) and set(children[2 * index + 1]) == {"、"}:
                carried = [*carried, (begin, int(children[2 * index + 1].end_pos or end))]
            else:
                start = carried[0][0] if carried else begin
                notes.append(text.cut(start, end))
                carried = []
            continue
        carried = []
        found += made
    if carried:
        notes.append(text.cut(carried[0][0], len(plain)))
    if not found or (notes and not all(_firm(one) for one in found)):
        return wording.worded(plain, given)
    if len(found) == 2:
        joined = _two_sided(found[0], found[1], given)
        if joined is not None:
            return joined
    note = "; ".join(notes) or None
    if len(found) == 1:
        found[0].text = given
        found[0].note = found[0].note or note
        return found[0]
    return types.Compound(given, found, note=note)


def _firm(found: types.Constraint) -> bool:
    """Is this surely a target, even amid prose?"""
    if not isinstance(found, types.Quantity) or found.op_stated or found.unit == "%" or found.value == 0:
        return True
    return found.unit is not None and found.object is None and found.note is None


def _two_sided(first: types.Constraint, second: types.Constraint, given: str) -> types.Quantity | None:
    """十五年以上,30年以下 is one range."""
    if not (isinstance(first, types.Quantity) and isinstance(second, types.Quantity)):
        return None
    if first.op not in {">", ">="} or second.op not in {"<", "<="} or second.subject or first.unit != second.unit:
        return None
    if first.value is None or second.value is None or first.value > second.value:
        return None
    first.text, first.op = given, "between"
    first.low, first.low_op = first.value, ">=" if first.op == ">=" else ">"
    first.high, first.high_op = second.value, "<=" if second.op == "<=" else "<"
    first.value = None
    return first


def _extent(parts: list[Any]) -> tuple[int, int]:
    first, last = parts[0], parts[-1]
    return (
        int(first.start_pos if isinstance(first, Token) else first.start),
        int(last.end_pos if isinstance(last, Token) else last.end),
    )


def _item(
    item: Item, parts: list[Any], text: Text, year: int | None, carried: list[tuple[int, int]] | None = None
) -> list[types.Constraint] | None:
    """The constraints of one item, or ``None`` when it is words."""
    begin, end = _extent(parts)
    whole = text.given if len(parts) and begin == 0 and end == len(text.normal.text) else text.cut(begin, end)
    if carried and item.drafts:
        item.drafts[0].lead = [*carried, *item.drafts[0].lead]
    if item.drafts:
        made: list[types.Constraint] = []
        for draft in item.drafts:
            if draft.when is not None and draft.when.date is not None and draft.bound.until is not None:
                year = draft.when.date.year or year
            one = _quantity(draft, item, text, year, whole)
            if one is None:
                return None
            made.append(one)
        return made
    if item.place is not None and item.place.value is not None:
        place = item.place
        unit = "%" if place.unit == "%" else None
        scope = text.join(item.words) or None
        op: Any = "<=" if place.first else "="
        return [types.Rank(whole, op, place.value, scope, unit, span=text.place(place.start, place.end))]
    if item.when:
        return _when(item, text, year, whole)
    if item.sign is not None:
        sign = {"正": ">", "负": "<", "零": "="}[item.sign[0]]
        op = sign
        subject = text.join(item.words) or None
        return [types.Relative(whole, op, value=Decimal(0), subject=subject, note=_note(item))]
    return _relative(item, text, whole)


def _note(item: Item) -> str | None:
    return "; ".join(str(bracket[1:-1]) for bracket in item.brackets) or None


def _relative(item: Item, text: Text, whole: str) -> list[types.Constraint] | None:
    """A bound that other words set: 不低于上年, ≤政府限价, 与上年持平."""
    if item.op is None:
        level = _level().fullmatch(text.join(item.words)) if item.words else None
        if level is None:
            return None
        return [types.Relative(whole, "=", level["reference"], subject=level["subject"] or None)]
    sign = op_of_word(item.op)
    reference = text.join(item.after_op)
    for bound in ("范围内", "范围之内", "以内", "之内", "内", "以下", "以上"):
        reference = reference.removesuffix(bound)
    if sign is None or not reference or len(reference) > rules().longest_reference or wording.placeholder(reference):
        return None
    subject = _subject(text.join(item.words))
    start, end = item.op.start_pos or 0, item.op.end_pos or 0
    op: Any = sign
    return [types.Relative(whole, op, reference, subject=subject, span=text.place(start, end), note=_note(item))]


def op_of_word(token: Token) -> str | None:
    """The sign of an operator that stands before words, ``None`` when it needs a figure."""
    from perfgoals_lint.values.roles import _GLYPHS

    sign = _GLYPHS.get(token) or rules().op.get(token)
    return sign if sign in {">=", "<=", ">", "<", "="} else None


def _subject(words: str) -> str | None:
    """Words in front of a bound without the fillers next to it; ``None`` when nothing is left."""
    words = words.strip(":：、，,;；=±”“\"")
    fillers = rules().fillers
    while words in fillers or words[-1:] in {"为", "是", "：", ":", "均"}:
        words = "" if words in fillers else words[:-1]
    return words or None


def _when(item: Item, text: Text, year: int | None, whole: str) -> list[types.Constraint] | None:
    made = [_deadline(when, item.every, year, whole, text) for when in item.when[:1]]
    if len(item.when) > 1 or made[0] is None:
        return None
    one = made[0]
    words = (_subject(text.join(item.words)) or "").removeprefix("完成")
    if words and isinstance(one, types.Deadline | types.PeriodValue):
        if not item.when[0].edge and not item.when[0].until:
            return None
        one.subject = words
    one.note = _note(item)
    return [one]


def _deadline(
    when: When, every: list[Every], year: int | None, whole: str, text: Text, inside: bool = False
) -> types.Deadline | types.PeriodValue | None:
    span = text.place(when.start, when.end)
    if when.whole or when.until is not None:
        first = when.date or Date()
        last = when.until or first
        if when.until is not None and first.year is None:
            first = Date(last.year, first.month, first.day, first.first)
        start, end = first.first_day(year), last.last_day(last.year or first.year or year)
        return types.PeriodValue(
            whole, start.isoformat() if start else None, end.isoformat() if end else None, span=span
        )
    date = when.date
    if date is None:
        return None
    day = deadline_day(date, when.edge, year)
    if (date.month or date.day) and date.last_day(2024) is None:
        return None
    if when.every is not None:
        day = None
    precision: Any = "day" if date.day else "month" if date.month or when.every is not None else "year-end"
    op: Any = ">=" if when.edge in {"起", "以后", "之后", "后", "开始"} else "<="
    if when.edge in {"内", "以内", "之内"} or inside:
        op = "="
    if when.every is not None:
        every = [when.every]
    repeated = types.Measure(every[0].count, every[0].unit) if every and every[0].unit else None
    return types.Deadline(
        whole, op, date.year or year, date.month, date.day, precision, day.isoformat() if day else None, repeated, None, span
    )


def _quantity(
    draft: Draft, item: Item, text: Text, year: int | None, whole: str
) -> types.Quantity | types.PeriodValue | None:
    bound = draft.bound
    if bound.until is not None:
        return _stretch(bound, text, year, whole)
    figure = bound.low.figure
    if figure.value is None:
        return None
    tail = text.join(draft.tail)
    made = types.Quantity(whole, "=")
    unit, rest = _unit(bound, tail, draft, text)
    op, stated, approx = drafted(draft)
    made.op_stated = stated
    made.approx = approx  # type: ignore[assignment]
    made.op = op  # type: ignore[assignment]
    made.value, made.unit = figure.value, unit
    if unit is None and rest and not stated and bound.low.unit is None and not figure.per_cent:
        return None
    _special_units(made, figure, bound.low)
    if bound.high is not None:
        _between(made, bound)
    elif draft.partner is not None:
        _partner(made, draft, op)
    elif bound.start and text.normal.text[bound.start - 1] == "±":
        made.op, made.low, made.high, made.value = "between", -figure.value, figure.value, None
        made.low_op, made.high_op = ">=", "<="
    made.unit_source = "value" if made.unit is not None else None
    made.span = text.place(bound.start, bound.end)
    made.over = draft.over
    made.aggregate = draft.aggregate  # type: ignore[assignment]
    made.ratio = figure.ratio
    made.per = [types.Measure(one.count, table().canonical.get(one.unit, one.unit)) for one in draft.every if one.unit]
    if any(one.count not in _ROUND and measure_of(one.unit)[0] not in _TIMES for one in bound.rate):
        return None
    for denominator in bound.rate:
        for word in denominator.unit.split("·"):
            made.per.append(types.Measure(denominator.count, table().canonical.get(word, word)))
    _words_around(made, draft, item, text, rest)
    if draft.when is not None:
        deadline = _deadline(draft.when, [], year, text.cut(draft.when.start, draft.when.end), text, not draft.when.edge)
        made.deadline = deadline if isinstance(deadline, types.Deadline) else None
    if rest and not made.op_stated and len(rest) > rules().longest_tail:
        return None
    return made


def _stretch(bound: Bound, text: Text, year: int | None, whole: str) -> types.PeriodValue | None:
    """1-12月, 2022-2023年: a figure up to a date."""
    value, until = bound.low.figure.value, bound.until
    if until is None or until.date is None or value is None or bound.op is not None:
        return None
    number = int(value)
    last = until.date
    first = Date(last.year, number) if last.month else Date(number)
    if last.month and not 1 <= number <= 12:
        return None
    start, end = first.first_day(year), last.last_day(year)
    return types.PeriodValue(
        whole, start.isoformat() if start else None, end.isoformat() if end else None, span=text.place(bound.start, bound.end)
    )


def _unit(bound: Bound, tail: str, draft: Draft, text: Text) -> tuple[str | None, str]:
    """The unit as written and what is left of the words behind it."""
    amount = bound.high or bound.low
    token = amount.unit or bound.low.unit
    adjacent = bool(draft.tail) and draft.tail[0][0] == bound.end and bound.post is None and not bound.rate
    if token is not None:
        unit = text.cut(token.start_pos or 0, token.end_pos or 0).replace("％", "%")
        return unit, tail
    if amount.currency is not None:
        return table().signs[amount.currency], tail
    if amount.front is not None:
        return str(amount.front), tail
    if adjacent and 0 < len(tail) <= 4 and not wording.bare(tail, tail) and not tail.startswith(rules().remark):
        return tail, ""
    return None, tail


def _special_units(made: types.Quantity, figure: Figure, amount: Amount) -> None:
    """Units that change the figure: 三成 is 30%, 百分之五 is 5%, 一年半 is 1.5 年, 个月 is 月, 圆 is 元."""
    unit = made.unit
    if unit is None:
        if figure.per_cent is not None:
            made.value, made.unit = figure.per_cent, "%"
        return
    if unit == "成" and made.value is not None:
        made.value, made.unit = made.value * 10, "%"
    elif unit.startswith("个半") and made.value is not None:
        made.value, made.unit = made.value + Decimal("0.5"), unit[2:]
    elif unit.endswith("半") and unit[:-1] in table().sizes and made.value is not None:
        made.value, made.unit = made.value + Decimal("0.5"), unit[:-1]
    elif unit.startswith("个") and len(unit) > 1:
        made.unit = table().canonical.get(unit, unit)
    elif table().canonical.get(unit) in table().money:
        made.unit = table().canonical[unit]
        if amount.currency is not None and made.unit == "元":
            made.unit = table().signs[amount.currency]
    elif amount.front is not None and unit[0] in "万亿" and unit not in table().canonical:
        made.value = (made.value or Decimal(0)) * numerals.SCALES[unit[0]]
        made.unit = unit[1:]


def _between(made: types.Quantity, bound: Bound) -> None:
    low, high = bound.low.figure, bound.high.figure if bound.high else bound.low.figure
    scale = numerals.mantissa(high.text)
    own = numerals.mantissa(low.text)
    value = low.value
    if value is not None and scale[1] > own[1] == 1 and scale[0] is not None and value < scale[0]:
        value *= scale[1]
    made.value, made.low, made.high = None, value, high.value
    if low.per_cent is not None and high.per_cent is None and made.unit is None:
        made.low, made.unit = low.per_cent, "%"
    made.op, made.low_op, made.high_op = "between", ">=", "<="


def _partner(made: types.Quantity, draft: Draft, op: str) -> None:
    """Join 大于10 and 小于20, in either order, to one range."""
    if draft.partner is None:
        return
    other, sign = draft.partner.low, op_of(draft.partner, None)[0]
    low, high = (made.value, other.figure.value), (op, sign)
    if op in {"<", "<="}:
        low, high = low[::-1], high[::-1]
    made.low, made.high, made.value = *low, None
    made.low_op = ">" if high[0] == ">" else ">="
    made.high_op = "<" if high[1] == "<" else "<="
    made.op, made.approx = "between", None
    if made.unit is None and other.unit is not None:
        made.unit = str(other.unit)


def _words_around(made: types.Quantity, draft: Draft, item: Item, text: Text, rest: str) -> None:
    """Subject, reference, object and remarks of an amount."""
    subject = text.join(draft.lead)
    if draft.reference:
        between = text.join(draft.reference)
        if between.endswith("的") or rules().references.search(between):
            made.reference = between.removesuffix("的")
        else:
            subject += between
    made.subject = _subject(subject)
    if made.subject:
        _compare(made)
    if made.unit is None and made.subject in table().canonical:
        made.unit, made.subject = made.subject, None
    if rest:
        if rest.startswith(rules().remark) or wording.bare(rest, rest) or made.unit == "%":
            made.note = rest
        else:
            made.object = rest
    for bracket in item.brackets:
        _bracket(made, str(bracket[1:-1]))


def _compare(made: types.Quantity) -> None:
    """Say which way a change goes and what it is measured against; the words stay in the subject."""
    found = _comparison().fullmatch(made.subject or "")
    if not found:
        return
    made.change = "increase" if found["rise"] else "decrease"
    if made.reference is None:
        made.reference = found["reference"]
    if made.unit == "番" and made.value is not None and 0 < made.value < 32 and made.value == int(made.value):
        made.value, made.unit = Decimal(2) ** int(made.value), "倍"


def _bracket(made: types.Quantity, inner: str) -> None:
    """A bracket behind an amount: its unit, a prior figure, or a remark."""
    if made.unit is None:
        dimension, size = measure_of(inner)
        if inner in table().canonical or dimension != inner:
            scale = numerals.SCALES.get(inner[0]) if inner not in table().canonical else None
            if scale and made.value is not None:
                made.value, inner = made.value * scale, inner[1:]
            made.unit, made.unit_source = inner, "value"
            return
    baseline = _baseline().fullmatch(inner)
    value = numerals.parse(baseline["value"]) if baseline else None
    if baseline and value is not None:
        year = int(baseline["year"]) if baseline["year"] else None
        made.baseline = types.Baseline(inner, value, baseline["unit"] or None, year)
        return
    made.note = inner if made.note is None else f"{made.note}; {inner}"
