"""From parts to constraints."""

import re
from decimal import Decimal
from functools import cache
from typing import Any

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values import types, wording
from perfgoals_lint.values.amounts import alone, quantity, subject_of
from perfgoals_lint.values.drafts import ItemDraft, Places
from perfgoals_lint.values.notation import Normal, Text, simplified
from perfgoals_lint.values.numerals import DIGITS, SCALES
from perfgoals_lint.values.operators import rules
from perfgoals_lint.values.reading import Bound, extent
from perfgoals_lint.values.roles import take_apart
from perfgoals_lint.values.timing import stretch, timed

_SIGNS: dict[str, types.Comparison] = {"正": ">", "负": "<", "零": "="}
_COMPARISONS: dict[str, types.Comparison] = {">=": ">=", ">": ">", "<=": "<=", "<": "<", "=": "="}
_LEVEL = compiled(r"(?P<subject>.*?)(?:(?:与|同|和|较)(?P<reference>[^、,;]+?))?(?:基本|保持)?持平")
_RANGE_ENDS = ("范围内", "范围之内", "以内", "之内", "内", "以下", "以上")


def build(children: list[Any], normal: Normal, given: str, year: int | None) -> types.Constraint:
    """The constraint of a parsed value; ``children`` are items and the separators between them."""
    text = Text(normal, given)
    if len(children) == 1 and len(children[0]) == 1 and type(children[0][0]) is Bound:
        simple = alone(children[0][0], text)
        if simple is not None:
            return simple
    items = [take_apart(parts, normal.text) for parts in children[::2]]
    if len(items) == 1:
        found = _item(items[0], children[0], text, year, [])
        if found is None:
            note, plain = _remark(items[0], normal.text)
            return wording.worded(plain, given, note)
        if len(found) == 1:
            return found[0]
        _share(found, {"、"}, given)
        return types.Compound(given, found, separated=False, alternative=_either(normal.text))
    return _list(items, children, text, year)


def _remark(item: ItemDraft, plain: str) -> tuple[str | None, str]:
    """A final bracket of words is a remark: (remark, text without it)."""
    if item.brackets and plain.endswith((")", "]")):
        last = item.brackets[-1]
        if last.end_pos == len(plain) and last.start_pos:
            return last[1:-1], plain[: last.start_pos]
    return None, plain


def _list(items: list[ItemDraft], children: list[Any], text: Text, year: int | None) -> types.Constraint:
    """Items between 、，； or line breaks: constraints, with the prose between them as a remark."""
    found, prose = _sorted(items, children, text, year)
    if not found or (prose and not all(_firm(one) for one in found)):
        return wording.worded(text.normal.text, text.given)
    if len(found) > 1:
        _share(found, {str(mark)[:1] for mark in children[1::2]}, text.given)
    if len(found) == 2:
        joined = _two_sided(found[0], found[1], text.given)
        if joined is not None:
            return joined
    note = "; ".join(prose) or None
    if len(found) == 1:
        found[0].text = text.given
        found[0].note = found[0].note or note
        return found[0]
    return types.Compound(text.given, found, note=note, alternative=_either(text.normal.text))


def _either(text: str) -> bool:
    """Is one of the amounts enough (≥10家或≥20人)? 或以上 and 大于或等于 are bounds."""
    return (
        re.search(r"(?<!大于)(?<!小于)(?<!高于)(?<!低于)(?<!达到)或者?(?!以|等于|高于|超过)", text)
        is not None
    )


def _share(found: list[types.Constraint], marks: set[str], given: str) -> None:
    """4%、3%、8%以下, 下降0.5、0.1和0.2个百分点: plain figures side by side share a unit with its scale and an operator.

    Only figures that a 、 joins and that have no words of their own share anything.
    """
    plain = [one for one in found if isinstance(one, types.Quantity)]
    if len(plain) != len(found) or marks != {"、"} or any(one.value is None for one in plain):
        return
    if any(one.subject not in {None, "和", "及", "与"} or one.object or one.per for one in plain[1:]):
        return
    units = {one.unit for one in plain}
    last = plain[-1]
    if len(units - {None}) > 1 or plain[0].object:
        return
    for one in plain[1:]:
        one.subject = None
    if last.unit is not None and units - {last.unit}:
        scale = _scale(last, given)
        for one in plain[:-1]:
            if one.unit is None and one.value is not None and _scale(one, given) == 1:
                one.value *= scale
            one.unit, one.unit_source, one.unit_standard = last.unit, last.unit_source, last.unit_standard
    stated = [one for one in plain if one.op_stated]
    # ≥4、5家 and 4、5家以上 hold for all, 4家、≥5家 for the last alone.
    outer = all(
        (one is plain[0] and not _opens(one, given)) or (one is last and _opens(one, given)) for one in stated
    )
    if outer and len({one.op for one in stated}) == 1:
        for one in plain:
            if one.op == "=":
                one.op, one.op_stated = stated[0].op, True


def _opens(one: types.Quantity, given: str) -> bool:
    """Does the figure itself open what is read as the amount, so that its operator stands behind?"""
    return one.span is not None and _FIGURE.match(given, one.span[0]) is not None


_FIGURE = compiled(rf"[\d０-９{''.join(DIGITS)}十百]")


def _scale(one: types.Quantity, given: str) -> Decimal:
    """What 万 or 亿 behind a printed figure multiplies it by."""
    found = _SCALED.search(simplified(given[slice(*one.span)]) if one.span else "")
    return Decimal(SCALES[found[1]]) if found else Decimal(1)


_SCALED = compiled("([万亿])")


def _sorted(
    items: list[ItemDraft], children: list[Any], text: Text, year: int | None
) -> tuple[list[types.Constraint], list[str]]:
    """The constraints and the prose of a list. Words in front of a 、 go with the next amount (语文、数学优秀率≥90%)."""
    found: list[types.Constraint] = []
    prose: list[str] = []
    carried: Places = []
    for index, item in enumerate(items):
        parts = children[2 * index]
        begin, end = extent(parts)
        made = _item(item, parts, text, year, carried)
        if made is None and not carried:
            zero = wording.worded(text.normal.text[begin:end], text.cut(begin, end))
            made = [zero] if isinstance(zero, types.Quantity) else None
        if made is not None:
            found += made
            carried = []
        elif 2 * index + 1 < len(children) and set(children[2 * index + 1]) == {"、"}:
            carried = [*carried, (begin, children[2 * index + 1].end_pos)]
        else:
            prose.append(text.cut(carried[0][0] if carried else begin, end))
            carried = []
    if carried:
        prose.append(text.cut(carried[0][0], len(text.normal.text)))
    return found, prose


def _firm(found: types.Constraint) -> bool:
    """Is this surely a target, even amid prose?"""
    if not isinstance(found, types.Quantity) or found.op_stated or found.unit == "%" or found.value == 0:
        return True
    return found.unit is not None and found.object is None and found.note is None


def _two_sided(first: types.Constraint, second: types.Constraint, given: str) -> types.Quantity | None:
    """十五年以上,30年以下 is one range."""
    if not (isinstance(first, types.Quantity) and isinstance(second, types.Quantity)):
        return None
    if (
        first.op not in {">", ">="}
        or second.op not in {"<", "<="}
        or second.subject
        or first.unit != second.unit
    ):
        return None
    if first.value is None or second.value is None or first.value > second.value:
        return None
    first.low, first.low_op = first.value, ">" if first.op == ">" else ">="
    first.high, first.high_op = second.value, "<" if second.op == "<" else "<="
    first.text, first.op = given, "between"
    first.value = None
    return first


def _item(
    item: ItemDraft, parts: list[Any], text: Text, year: int | None, carried: Places
) -> list[types.Constraint] | None:
    """The constraints of one item, or ``None`` when it is words."""
    begin, end = extent(parts)
    whole = text.given if begin == 0 and end == len(text.normal.text) else text.cut(begin, end)
    if item.drafts:
        item.drafts[0].lead = [*carried, *item.drafts[0].lead]
        return _amounts(item, text, year, whole)
    if item.place is not None and item.place.value is not None:
        place = item.place
        unit = "%" if place.unit == "%" else None
        span = text.place(place.start, place.end)
        scope = _scope(text.join(item.words))
        return [types.Rank(whole, "<=" if place.first else "=", item.place.value, scope, unit, span=span)]
    if item.when:
        return _when(item, text, year, whole)
    if item.sign is not None:
        subject = text.join(item.words) or None
        return [
            types.Relative(whole, _SIGNS[item.sign[0]], value=Decimal(0), subject=subject, note=_note(item))
        ]
    return _relative(item, text, whole)


def _scope(words: str) -> str | None:
    """The field of a rank without the verb in front (列全省, 保持全国)."""
    verb = next((verb for verb in rules().standing if words.startswith(verb)), "")
    return words.removeprefix(verb) or None


def _amounts(item: ItemDraft, text: Text, year: int | None, whole: str) -> list[types.Constraint] | None:
    made: list[types.Constraint] = []
    for draft in item.drafts:
        one: types.Constraint | None
        if draft.bound.until is not None:
            named = draft.when.date.year if draft.when is not None and draft.when.date is not None else None
            one = stretch(draft.bound, text, named or year, whole)
        else:
            one = quantity(draft, item.brackets, text, year, whole)
        if one is None:
            return None
        made.append(one)
    return made


def _note(item: ItemDraft) -> str | None:
    return "; ".join(str(bracket[1:-1]) for bracket in item.brackets) or None


def _relative(item: ItemDraft, text: Text, whole: str) -> list[types.Constraint] | None:
    """A bound that other words set: 不低于上年, ≤政府限价, 与上年持平."""
    if item.op is None:
        return _level_or_change(text.join(item.words), whole) if item.words else None
    sign = _COMPARISONS.get(rules().op[item.op][0])  # none for 约, which needs a figure
    reference = text.join(item.after_op)
    for ending in _RANGE_ENDS:
        if reference.endswith(ending):
            reference = reference.removesuffix(ending)
            if sign == "=" and ending in rules().post:  # 保持在2022年水平以上
                sign = _COMPARISONS.get(rules().post[ending][0])
    if (
        sign is None
        or len(reference) < 2
        or len(reference) > rules().longest_reference
        or wording.placeholder(reference)
    ):
        return None
    subject = subject_of(text.join(item.words))
    span = text.place(item.op.start_pos, item.op.end_pos)
    return [types.Relative(whole, sign, reference, subject=subject, span=span, note=_note(item))]


def _level_or_change(words: str, whole: str) -> list[types.Constraint] | None:
    """与上年持平, 较上年有所提高: what is compared with, without a figure."""
    level = _LEVEL.fullmatch(words) if words.endswith("持平") else None
    if level is not None:
        return [types.Relative(whole, "=", level["reference"], subject=level["subject"] or None)]
    change = _change().fullmatch(words)
    if change is None:
        return None
    up = change["rise"] is not None
    return [
        types.Relative(
            whole,
            ">" if up else "<",
            change["reference"],
            subject=change["subject"] or None,
            change="increase" if up else "decrease",
        )
    ]


@cache
def _change() -> re.Pattern[str]:
    data = lexicon("values")
    hedges, rises, falls = ("|".join(data[name]) for name in ("hedges", "rises", "falls"))
    # Alone, 与 is "and" (服务与水平提高); only with 相比 does it compare. What follows 同比 is no reference.
    return compiled(
        rf"(?P<subject>[^、,;]{{0,20}}?)(?:较|(?<![同环])比|与(?=[^、,;]{{2,10}}相比))(?P<reference>[^、,;]{{2,10}}?)(?:相比)?,?(?:{hedges})?"
        rf"(?:(?P<rise>{rises})|(?P<fall>{falls}))"
    )


def _when(item: ItemDraft, text: Text, year: int | None, whole: str) -> list[types.Constraint] | None:
    """A deadline or period; ``None`` when a bare year only stands in front of prose."""
    when = item.when[0]
    made = timed(when, item.every, year, whole, text) if len(item.when) == 1 else None
    if made is None:
        return None
    words = (subject_of(text.join(item.words)) or "").removeprefix("完成")
    dated = when.date is not None and when.date.month is not None and len(words) <= rules().longest_tail
    if words and not (when.edge or when.until or dated):
        return None
    made.subject = words or None
    made.note = _note(item)
    return [made]
