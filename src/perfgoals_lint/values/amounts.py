"""Amounts: from a draft to a quantity, with its unit, its range and the words around it."""

import re
from decimal import Decimal
from functools import cache

from perfgoals_lint.rulebook.lexing import Token
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values import numerals, wording
from perfgoals_lint.values.drafts import Draft
from perfgoals_lint.values.naming import what_m_is
from perfgoals_lint.values.notation import Text, simplified
from perfgoals_lint.values.operators import behind, op_of, rules, trailing
from perfgoals_lint.values.reading import Bound, BracketRange, Denominator, UnitAmount, WrittenNumber
from perfgoals_lint.values.roles import drafted
from perfgoals_lint.values.timing import deadline
from perfgoals_lint.values.types import Measure, PriorValue, Quantity
from perfgoals_lint.values.units import measure_of, standard, table

# 2期/120人 is two amounts, 5元/100公里 and 1次/2年 are rates.
_ROUND = {Decimal(10**power) for power in range(6)}


def alone(bound: Bound, text: Text) -> Quantity | None:
    """A plain amount with nothing around it, as most values are; ``None`` when there is more to tell."""
    figure, unit, _, _, currency, front = bound.low
    if (
        bound.high
        or bound.until
        or bound.rate
        or currency is not None
        or front is not None
        or figure.value is None
        or figure.top is not None
    ):
        return None
    if (
        figure.per_cent is not None
        or figure.ratio is not None
        or (unit is not None and unit not in table().plain)
    ):
        return None
    op, stated, approx = op_of(bound, None)
    made = Quantity(text.given, op, figure.value, None, stated, approx=approx)
    if unit is not None:
        made.unit = _as_written(unit, text)
        made.unit_source = "value"
        made.unit_standard = standard(made.unit)
        made.suspect = made.unit == "M"
    made.span = text.place(bound.start, bound.end)
    return made


def quantity(
    draft: Draft, brackets: list[Token], text: Text, year: int | None, whole: str
) -> Quantity | None:
    """The quantity of a draft; ``None`` when the draft is prose with a figure in it."""
    bound = draft.bound
    figure = bound.low.figure
    tail = text.join(draft.tail)
    if bound.post is None:
        tail, brackets = _behind_noun(draft, tail, brackets)
    single = _SINGLE.fullmatch(tail)
    if single and bound.low.unit is None and not bound.rate:  # 35万一年
        bound.rate, tail = [Denominator(Decimal(1), single[1], bound.end)], ""
    written, rest = _unit(bound, tail, draft, text)
    op, stated, approx = drafted(draft)
    if figure.value is None or (written is None and rest and not stated and figure.per_cent is None):
        return None
    if rest and not stated and len(rest) > rules().longest_tail:
        return None
    made = Quantity(
        whole, op, figure.value, written, stated, approx=approx, over=draft.over, aggregate=draft.aggregate
    )
    _range(made, draft, text)
    if made.unit not in table().plain or bound.low.currency is not None or bound.low.front is not None:
        _scale_unit(made, figure, bound.low)
    made.unit_source = "value" if made.unit is not None else None
    made.span = text.place(bound.start, bound.end)
    made.ratio = figure.ratio
    if (draft.every or bound.rate) and not _rates(made, draft):
        return None
    if draft.lead or draft.reference or rest:
        _words_around(made, draft, text, rest)
    if draft.base is not None and draft.base.low.figure.value is not None:
        low = draft.base.low
        unit = None if low.unit is None else str(low.unit)
        made.baseline = PriorValue(
            text.cut(low.start, low.end), draft.base.low.figure.value, unit, draft.base_year
        )
    for bracket in brackets:
        _bracket(made, str(bracket[1:-1]))
    _doubts(made)
    if draft.when is not None:
        made.deadline = deadline(draft.when, [], year, text.cut(draft.when.start, draft.when.end), text)
        if made.deadline is not None and not draft.when.edge and draft.when.until is None:
            made.deadline.op = "="
    return made


def _range(made: Quantity, draft: Draft, text: Text) -> None:
    """The two ends of a range, a pair (两三个), a bound from both sides or a tolerance (±5%)."""
    bound, figure = draft.bound, draft.bound.low.figure
    value = figure.value
    if bound.high is not None:
        _between(made, bound.low.figure, bound.high.figure)
        if isinstance(bound, BracketRange):
            made.low_op = ">" if bound.open[0] else ">="
            made.high_op = "<" if bound.open[1] else "<="
    elif figure.top is not None:
        _pair(made, figure)
    elif draft.partner is not None:
        _partner(made, draft.partner)
    elif value is not None and bound.start and text.normal.text[bound.start - 1] == "±":
        made.op, made.low, made.high, made.value = "between", -value, value, None
        made.low_op, made.high_op = ">=", "<="


def _doubts(made: Quantity) -> None:
    """The standard spelling of the unit, and whether the reading is in doubt (90%-80%, 80M)."""
    if made.unit is not None:
        whole_unit = made.unit + (made.note or "")  # 场(次)
        made.unit_standard = standard(whole_unit if whole_unit in table().canonical else made.unit)
    made.suspect = made.low is not None and made.high is not None and made.low > made.high
    if made.unit == "M":
        made.suspect, made.unit_standard = what_m_is(made.subject or "")


def _behind_noun(draft: Draft, tail: str, brackets: list[Token]) -> tuple[str, list[Token]]:
    """5家企业以上, 60岁以上: a bound behind the noun belongs to the amount; gives the noun without it.

    A bracket in front of the bound says whether the figure is meant: 5家企业(不含)以上. It is no remark.
    """
    found = trailing().search(tail)
    if found is None:
        return tail, brackets
    said = behind(found[0])
    place = draft.tail[-1][1] - len(found[0])
    mark = next((one for one in brackets if one.end_pos == place), None)
    if mark is not None and mark.lstrip("(不").startswith("含"):
        said = behind(str(mark) + found[0])
        brackets = [one for one in brackets if one is not mark]
    token = draft.bound.op if draft.bound.op is not None else draft.op
    if said is not None and (token is None or token in rules().weak):
        draft.stated, draft.approx = said
    return tail[: found.start()], brackets


_SINGLE = compiled(r"一(年|个月|月|天|日|周|季度|学期|学年|人|户|次)")
# An unlisted unit with listed denominators: 线/年.
_RATED = compiled(r"([^/\d]{1,4})((?:/[^/\d]+)+)")
# A prior figure in a bracket: 2022:90%, 上年完成100家.
_BASELINE = compiled(
    r"(?:(?P<year>\d{4})年?|上年度?|去年|基期|基数|现状)(?:完成|实际|水平|为|值)*:?(?P<value>\d[\d.]*)(?P<unit>\D{0,4})"
)
_STEPPED = compiled(r"(\d[\d,.]*)([十百千万亿]+)")


def _pair(made: Quantity, figure: WrittenNumber) -> None:
    """两三个 is from 2 to 3; with a bound, its outer figure."""
    if made.op in {"=", "~"}:
        made.low, made.high, made.value = figure.value, figure.top, None
        made.op, made.low_op, made.high_op = "between", ">=", "<="
    elif made.op in {"<=", "<"}:
        made.value = figure.top


def _as_written(unit: Token, text: Text) -> str:
    return text.cut(unit.start_pos, unit.end_pos).replace("％", "%")


def _rates(made: Quantity, draft: Draft) -> bool:
    """Add the denominators; false when they are none (2期/120人)."""
    canonical = table().canonical
    made.per = [Measure(one.number, canonical.get(one.unit, one.unit)) for one in draft.every if one.unit]
    for one in draft.bound.rate:
        if one.number not in _ROUND and measure_of(one.unit)[0] not in table().times:
            return False
        made.per += (Measure(one.number, canonical.get(word, word)) for word in one.unit.split("·"))
    return True


def _unit(bound: Bound, tail: str, draft: Draft, text: Text) -> tuple[str | None, str]:
    """The unit as written and what is left of the words behind it."""
    amount = bound.high or bound.low
    token = amount.unit if amount.unit is not None else bound.low.unit
    if token is not None:
        return _as_written(token, text), tail
    if amount.currency is not None:
        return table().signs[amount.currency], tail
    if amount.front is not None:
        return str(amount.front), tail
    adjacent = bool(draft.tail) and draft.tail[0][0] == bound.end and bound.post is None and not bound.rate
    if (
        adjacent
        and (rated := _RATED.fullmatch(tail))
        and all(one in table().canonical for one in rated[2][1:].split("/"))
    ):
        bound.rate = [Denominator(Decimal(1), one, bound.end) for one in rated[2][1:].split("/")]
        return rated[1], ""
    if adjacent and len(tail) == 2 and tail[1] == "内" and not op_of(bound, draft.op)[1]:
        draft.stated, tail = "<=", tail[0]
    if (
        adjacent
        and 0 < len(tail) <= 4
        and not wording.bare(tail, tail)
        and not tail.startswith(rules().remark)
    ):
        return tail, ""
    return None, tail


def _scale_unit(made: Quantity, figure: WrittenNumber, amount: UnitAmount) -> None:
    """Units that change the figure: 三成 is 30%, 百分之五 and 5百分比 are 5%, 一年半 is 1.5 年, 个月 is 月, 圆 is 元."""
    unit, known = made.unit, table()
    factor, more = Decimal(1), Decimal(0)
    if unit is None:
        if figure.per_cent is None:
            return
        factor, unit = Decimal(100), "%"
    elif unit != "%" and standard(unit) == "%":
        unit = "%"
    elif unit == "成":
        factor, unit = Decimal(10), "%"
    elif unit.startswith("个半"):
        more, unit = Decimal("0.5"), unit[2:]
    elif unit.endswith("半") and unit[:-1] in known.canonical:
        more, unit = Decimal("0.5"), unit[:-1]
    elif (
        known.canonical.get(unit) in known.money
        and amount.currency is not None
        and known.canonical[unit] == "元"
    ):
        unit = known.signs[amount.currency]
    elif (unit[0] in "个個" and len(unit) > 1) or known.canonical.get(unit) in known.money:
        unit = known.canonical.get(simplified(unit), unit)
    elif amount.front is not None and unit[0] in numerals.SCALES and unit not in known.canonical:
        factor, unit = Decimal(numerals.SCALES[unit[0]]), unit[1:]
    made.unit = unit
    if factor != 1 or more:
        made.value, made.low, made.high = (
            None if one is None else one * factor + more for one in (made.value, made.low, made.high)
        )


def _between(made: Quantity, low: WrittenNumber, high: WrittenNumber) -> None:
    """A range; 5-10万 and 两到三万 scale both ends."""
    value = low.value
    figure, scale = numerals.mantissa(high.text)
    stepped = _STEPPED.fullmatch(high.text)
    if stepped:  # 3-5百, 10-20十万
        figure, scale = numerals.parse(stepped[1]), numerals.parse("1" + stepped[2]) or scale
    if (
        value is not None
        and scale > 1 == numerals.mantissa(low.text)[1]
        and figure is not None
        and value < figure
    ):
        value *= scale
    top = high.value
    if top is not None and low.per_cent is not None and high.per_cent is None:  # 百分之五至十
        top /= 100
    made.value, made.low, made.high = None, value, top
    made.op, made.low_op, made.high_op = "between", ">=", "<="


def _partner(made: Quantity, partner: Bound) -> None:
    """Join 大于10 and 小于20, in either order, to one range."""
    ends = {made.op: made.value, op_of(partner, None)[0]: partner.low.figure.value}
    made.low_op = ">" if ">" in ends else ">="
    made.high_op = "<" if "<" in ends else "<="
    made.low, made.high, made.value = ends.get(made.low_op), ends.get(made.high_op), None
    made.op, made.approx = "between", None
    if made.unit is None and partner.low.unit is not None:
        made.unit = str(partner.low.unit)


def _words_around(made: Quantity, draft: Draft, text: Text, rest: str) -> None:
    """Subject, reference, object and remarks of an amount."""
    subject = text.join(draft.lead)
    if draft.reference:
        between = text.join(draft.reference)
        if between.endswith("的") or rules().references.search(between):
            made.reference = between.removesuffix("的")
        else:
            subject += between
    made.subject = subject_of(subject)
    if made.subject:
        _refer(made, made.subject)
    if made.subject and rules().changes.search(made.subject):
        compare(made)
    if made.unit is None and made.subject in table().canonical:
        made.unit, made.subject = made.subject, None
    if rest:
        if rest.startswith(rules().remark) or wording.bare(rest, rest) or made.unit == "%":
            made.note = rest
        else:
            made.object = rest


def _refer(made: Quantity, subject: str) -> None:
    """达到计划的90%, 占总投资的30%: words in front that end in 的 are what the share is of.

    They are where a verb stands before them, or a word that is known to name such a base.
    """
    if not (subject.endswith("的") and made.unit == "%" and made.reference is None):
        return
    known = rules()
    base = subject.removesuffix("的")
    verb = next((word for word in known.opening if base.startswith(word)), "")
    if not (verb and base != verb) and not known.references.search(base):
        return
    made.reference, made.subject = base.removeprefix(verb), None
    if not made.op_stated and verb in known.op:
        made.op, made.op_stated = known.op[verb][0], True


def compare(made: Quantity) -> None:
    """Say which way a change goes and what it is measured against; the words stay in the subject."""
    found = _comparison().fullmatch(made.subject or "")
    if not found:
        return
    made.change = "increase" if found["rise"] else "decrease"
    if made.reference is None:
        made.reference = found["reference"]
    if made.unit == "番" and made.value is not None and 0 < made.value < 32 and made.value == int(made.value):
        made.value, made.unit = Decimal(2) ** int(made.value) - 1, "倍"  # doubled is once more


def _bracket(made: Quantity, inner: str) -> None:
    """A bracket behind an amount: its unit, a prior figure, or a remark."""
    if made.unit is None:
        dimension, _ = measure_of(inner)
        if inner in table().canonical or dimension != inner:
            scale = numerals.SCALES.get(inner[0]) if inner not in table().canonical else None
            if scale and made.value is not None:
                made.value, inner = made.value * scale, inner[1:]
            made.unit, made.unit_source = inner, "value"
            return
    if made.op == "between" and inner.startswith("不含"):
        made.high_op = "<"
        return
    if inner[:1] == "每" and inner[1:] in table().canonical and not made.per:
        made.per = [Measure(Decimal(1), table().canonical[inner[1:]])]
        return
    baseline = _BASELINE.fullmatch(inner)
    value = numerals.parse(baseline["value"]) if baseline else None
    if baseline and value is not None:
        year = int(baseline["year"]) if baseline["year"] else None
        made.baseline = PriorValue(inner, value, baseline["unit"] or None, year)
        return
    made.note = inner if made.note is None else f"{made.note}; {inner}"


def subject_of(words: str) -> str | None:
    """Words in front of a bound without the fillers next to it; ``None`` when nothing is left."""
    words = words.strip(':：、，,;；=±”“"')
    fillers = rules().fillers
    for word in rules().dropped:
        words = words.removeprefix(word)
    while words in fillers or words[-1:] in {"为", "是", "：", ":", "均", "-", "—", "–"}:
        words = "" if words in fillers else words[:-1]
    return words or None


@cache
def _comparison() -> re.Pattern[str]:
    """较上年增长, 同比下降: what is compared with, and which way it goes."""
    data = lexicon("values")
    rises, falls = "|".join(data["rises"]), "|".join(data["falls"])
    return compiled(
        rf"(?P<before>.*?)(?:(?:较|比|与)(?P<reference>.{{1,14}}?)(?:相比)?,?)?(?P<year>同比|环比)?(?:(?P<rise>{rises}|翻)|(?P<fall>{falls}))"
        r"(?:率|幅度|比例|额|量)?(?:了|到|至|为)?"
    )
