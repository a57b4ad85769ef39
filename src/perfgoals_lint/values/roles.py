"""What the parts of an item are to each other: target, span, rate, subject, object, reference, remark."""

from decimal import Decimal

from perfgoals_lint.rulebook.lexing import Token
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values.drafts import Draft, ItemDraft
from perfgoals_lint.values.operators import bounded, op_of, rules
from perfgoals_lint.values.reading import Bound, Every, Part, When
from perfgoals_lint.values.types import Approx, Measure, Op
from perfgoals_lint.values.units import measure_of, table

_CHINESE = compiled(r"[零一二三四五六七八九两十百千万亿半]+")
_STEPS = compiled("[十百千万亿]")


def is_span(bound: Bound) -> bool:
    """Can this amount be a span in front of another (三年≥18家): a plain count of years, months …?"""
    unit = bound.low.unit
    return (
        (bound.op is None or bound.op == "近")
        and bound.high is None
        and bound.until is None
        and not bound.rate
        and unit is not None
        and table().canonical.get(unit, unit) in table().spans
        and (bound.post is None or (bound.post == "内" and unit in {"年", "个月", "年度"}))
    )


def take_apart(parts: list[Part], text: str) -> ItemDraft:
    """Sort the parts of an item; amounts become drafts with the words in front of them."""
    item = ItemDraft()
    for part in parts:
        if isinstance(part, Token):
            _token(item, part)
        elif isinstance(part, Bound):
            _bound(item, part, text)
        elif isinstance(part, Every):
            if part.unit is None:
                item.words.append((part.start, part.end))
            else:
                _every(item, part)
        elif isinstance(part, When):
            _when(item, part, text)
        else:
            item.place = part
    _settle(item, text)
    return item


def _when(item: ItemDraft, when: When, text: str) -> None:
    """较2022年增长, 不低于2022年水平: a date whose figures something is compared with is words."""
    op = item.loose if item.op is None else item.op
    if _sets_figure(op, when, text):
        if item.op is None:
            item.op = op
            item.words.pop()
        item.after_op.append((when.start, when.end))
    elif item.words and item.words[-1][1] == when.start and text[when.start - 1] in "较比与同":
        item.words.append((when.start, when.end))
    else:
        item.when.append(when)


def _sets_figure(op: Token | None, when: When, text: str) -> bool:
    """Does an operator in front compare with the figures of a year, and not name the year as a date?"""
    if op is None or op.end_pos != when.start or when.date is None or when.date.year is None:
        return False
    if when.until is not None or when.whole or when.edge not in {"", "底", "末"}:
        return False
    # What is not below a year is a figure; not after a year is a date.
    bare = when.end == len(text) and op in rules().floors
    return bare or text.startswith(rules().past, when.end)


def _every(item: ItemDraft, every: Every) -> None:
    """至少每季度一次: an operator in front of the denominator holds for the amount behind it."""
    if item.loose is not None and item.loose.end_pos == every.start and item.words:
        item.op = item.loose
        item.words.pop()
    item.every.append(every)


def _token(item: ItemDraft, token: Token) -> None:
    place = (token.start_pos, token.end_pos)
    kind = token.type
    if kind == "OP" and token not in rules().numeric:
        if item.op is not None:
            item.after_op.append(place)
        else:
            item.op = token
    elif kind == "BRACKET":
        item.brackets.append(token)
    elif kind == "AGGREGATE" and item.op is None:
        if item.aggregate is None:
            item.aggregate = rules().aggregates[token]
    elif kind == "SIGN":
        item.sign = token
    elif item.op is not None:
        item.after_op.append(place)
    else:
        item.words.append(place)
        item.loose = token if kind == "OP" else None


def _bound(item: ItemDraft, bound: Bound, text: str) -> None:
    if _is_words(bound, item, text):
        (item.after_op if item.op is not None else item.words).append((bound.start, bound.end))
        return
    if item.words and item.words[-1][1] == bound.start:
        _spread(item, text)
    _flip(item, bound)
    draft = Draft(bound, item.words, item.after_op, item.op, item.every, item.aggregate)
    if item.when:
        draft.when = item.when.pop()
    item.words, item.after_op, item.every = [], [], []
    item.op = item.aggregate = None
    item.drafts.append(draft)


def _flip(item: ItemDraft, bound: Bound) -> None:
    """80≤得分<90: the first figure bounds from below what stands between."""
    if item.op is None or bound.op is None or not item.drafts:
        return
    before = item.drafts[-1]
    if before.bound.end != item.op.start_pos or before.bound.op is not None or before.op is not None:
        return
    before.stated = _FLIPPED.get(rules().op.get(item.op, ("",))[0])
    if before.stated is not None:
        before.lead = [*before.lead, *item.after_op]
        item.op, item.after_op = None, []


def _spread(item: ItemDraft, text: str) -> None:
    """各1次, 均达95%, 年均3次: an aggregate that counts only right in front of the amount."""
    start, end = item.words[-1]
    word, known = text[start:end], rules()
    if word in known.rates:
        item.every.append(Every(Decimal(1), known.rates[word], start, end))
        item.aggregate = "average"
    elif word in known.aggregates:
        item.aggregate = item.aggregate or known.aggregates[word]
    else:
        return
    item.words.pop()


def _is_words(bound: Bound, item: ItemDraft, text: str) -> bool:
    """Is the figure part of a word: a Chinese numeral in front of a noun (统一平台), a figure stuck to letters?"""
    figure, unit = bound.low.figure, bound.low.unit
    previous = text[bound.start - 1] if bound.start else ""
    if (
        unit is None
        and bound.op is None
        and previous
        and (previous in _STUCK or (previous.isascii() and previous.isalpha()))
    ):
        return True
    if figure.text == "半" and unit is None and figure.per_cent is None:
        return True
    if bound.op is not None or bound.high is not None or bound.rate or bound.post is not None:
        return False
    following = text[bound.end : bound.end + 1]
    if (following and following in "×*") or (previous and previous in "×*"):
        return True
    if _CHINESE.fullmatch(figure.text):
        joined = bool(item.words) and item.words[-1][1] == bound.start
        if unit is None:
            return bool(following) and following not in "(["
        if unit in table().nouns:
            return True
        if not joined or not following or following in "(['≥≤><=/" or _counts(figure.text, unit):
            return False
        # 两件作品以上: what is bounded is no part of a word.
        return figure.text == "一" or bounded().match(text, bound.end) is None
    return unit is None and following.isascii() and following.isalpha()


def _counts(figure: str, unit: Token) -> bool:
    """Is a numeral between words an amount (培训一千二百名学生)?

    One with a step or scale and more than one character is, before a unit that names no place in an order (二十届) and
    no time (十五分钟生活圈); a single one is mostly part of a word (统一个).
    """
    if len(figure) < 2 or not _STEPS.search(figure):
        return False
    return unit not in table().orders and measure_of(unit)[0] not in table().times


def _close(item: ItemDraft, text: str) -> None:
    """Give what stands behind the last amount to it: words, a date, denominators."""
    drafts = item.drafts
    drafts[-1].tail = item.words
    item.words = []
    if item.when and drafts[-1].when is None:
        drafts[-1].when = item.when.pop()
    if item.every:
        drafts[-1].every = [*drafts[-1].every, *item.every]
        item.every = []
    if len(drafts) > 1 and _for_one(drafts[-2], drafts[-1], text):
        last = drafts.pop()
        unit = table().canonical.get(last.bound.low.unit or "", str(last.bound.low.unit))
        drafts[-1].every.append(Every(Decimal(1), unit, last.bound.start, last.bound.end))


def _settle(item: ItemDraft, text: str) -> None:
    """Give the words behind the last amount to it; join spans, two-sided bounds, and figures inside a subject."""
    drafts = item.drafts
    if not drafts:
        return
    _close(item, text)
    i = 0
    while i < len(drafts) - 1:
        here, after = drafts[i], drafts[i + 1]
        if (
            here.op is None
            and not after.every
            and "".join(text[a:b] for a, b in after.lead) in {"和", "及", "与"}
            and here.bound.end + 1 == after.bound.start
        ):
            after.lead = []
            i += 1
        elif _joins(here, after, text):
            here.partner = after.bound
            here.tail = after.tail
            del drafts[i + 1]
        elif (start := _starts_from(here, after, text)) is not None:
            after.base = here.bound
            if here.when is not None and here.when.date is not None and here.when.start >= start:
                after.base_year = here.when.date.year
            else:
                after.when = after.when or here.when
            after.lead = [*((a, min(b, start)) for a, b in here.lead if a < start), *after.lead]
            del drafts[i]
        elif is_span(here.bound) and here.op is None and not here.reference:
            after.over = _measure(here.bound)
            after.lead = here.lead + after.lead
            after.every = here.every + after.every
            after.aggregate = after.aggregate or here.aggregate
            after.when = after.when or here.when
            del drafts[i]
        elif _inside_subject(here, after):
            gone = (here.bound.start, here.bound.end)
            after.lead = [*here.lead, gone, *after.lead]
            after.every = here.every + after.every
            del drafts[i]
        else:
            if not here.lead and not here.bound.op and after.lead and not after.op:
                here.tail, after.lead = after.lead, []
            i += 1


def _for_one(here: Draft, after: Draft, text: str) -> bool:
    """35万一年, 200元一天: a single unit of time right behind an amount is its denominator."""
    figure, unit = after.bound.low.figure, after.bound.low.unit
    return (
        figure.text == "一"
        and is_span(after.bound)
        and after.bound.start == here.bound.end
        and not after.lead
        and not here.bound.rate
        and measure_of(unit)[0] in table().times
        and measure_of(here.bound.low.unit)[0] not in table().times
        and after.bound.end == len(text)
    )


_START = compiled(r"[由从](?:[^、,;\n\d]{1,8}|(?:19|20)\d\d年度?的?)?(?<=[由从的年度])$")


def _starts_from(here: Draft, after: Draft, text: str) -> int | None:
    """由80%提高到90%, 由上年的85起减少为45起: where the words begin that say that the second figure starts from the first."""
    op = after.bound.op
    if (
        op is None
        or op not in rules().changed
        or here.op is not None
        or here.bound.op is not None
        or after.every
    ):
        return None
    found = _START.search(text, max(0, here.bound.start - _LONGEST_START), here.bound.start)
    return found.start() if found else None


_LONGEST_START = 10


def _measure(bound: Bound) -> Measure | None:
    value, unit = bound.low.figure.value, bound.low.unit
    if value is None or unit is None:
        return None
    return Measure(value, table().canonical.get(unit, str(unit)))


def _joins(here: Draft, after: Draft, text: str) -> bool:
    """大于10小于20, 10家以上20家以下: a lower bound, then an upper one on the same thing."""
    between = "".join(text[start:end] for start, end in after.lead)
    if (
        (between and between not in rules().conjunctions)
        or after.every
        or here.bound.high
        or after.bound.high
        or here.bound.rate
        or after.bound.rate
    ):
        return False
    units = {here.bound.low.unit, after.bound.low.unit} - {None}
    return len(units) < 2 and {drafted(here)[0][0], drafted(after)[0][0]} == {"<", ">"}


def _inside_subject(here: Draft, after: Draft) -> bool:
    """Is the first figure part of the second one's subject (500强企业占比≥50%, 24小时内办结率100%)?"""
    if not after.lead and not after.every:
        return False
    unit = here.bound.low.unit
    timed = measure_of(unit)[0] in table().times
    stated = (
        here.stated is not None
        or here.op is not None
        or here.bound.op is not None
        or (here.bound.post is not None and not timed)
    )
    if stated:
        return False
    return (
        after.bound.op is not None
        or after.op is not None
        or after.bound.post is not None
        or unit is None
        or timed
    )


def drafted(draft: Draft) -> tuple[Op, bool, Approx | None]:
    """``op_of`` of a draft."""
    return (draft.stated, True, draft.approx) if draft.stated else op_of(draft.bound, draft.op)


# Characters that make a figure behind them part of a name or a formula.
_STUCK = frozenset("^φΦ≠#№")
_FLIPPED: dict[str, Op] = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}
