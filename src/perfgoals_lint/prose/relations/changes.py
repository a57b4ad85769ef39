"""Changes from one figure to another: with their rate, with the difference, from a base by a rate to a result."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure, is_start
from perfgoals_lint.prose.relations.growth import of_it
from perfgoals_lint.prose.relations.relation import Certainty, Relation, in_unit, plain
from perfgoals_lint.rulebook.lexicons import matcher, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

_EARLIER = compiled(r"(?:较|比(?![例重率值])|对比)[^，。；]{0,14}$")
_COMPARED = compiled("(?:[一-龥]{0,2}口径)?(?:较|比(?![例重率值])|同比|环比)")
"""At the beginning of the words in front of a difference (较上年增加3万元)."""
_APART = compiled("[高低多少快慢][出了]?$")
"""In front of a difference (较上一期低3点)."""
_YEAR = compiled(r"((?:19|20)\d\d)年")
_BEFORE = compiled("([一-龥]{2})前([^，。；]*)$")
"""What is done, in front of a figure of the time before that (改造前…，改造后…)."""
_ON_BASE = compiled("的?基础上")
_LEVEL = compiled("(?:到|至|达)[^，。；]{0,8}$")
"""In front of what a change leads to: no rate and no difference."""
_BY_RATE = compiled("(?:的?(?:要求|幅度|比例|标准|原则))?[，,]")
"""Behind a rate of change that is of the whole in front of it (按压减10%的要求，本年安排…)."""
_MOVED_TO = compiled("([一-龥]{1,2})[到至为][了约]?")
"""Between two figures: how the one becomes the other (90%提高到85%)."""
_AFTER = compiled("(?:[一-龥]{2,4}后)?")
"""In front of what a figure changes to, where the clause has no name: after what that is."""
_ASKED = compiled("(?:申请|预算|安排|所?需|经费|总|共)*")
_FOR = compiled("[一-龥]{2}")
"""Behind an amount: the words of what it is for."""
_NAMED = 4
"""Characters of a name that tells what a figure is of."""
_WORD = 2
"""Characters of the shortest name."""
_GAP = 14
_NEAR = 8
"""How far in front of a figure the word stands that says what of a change it is, in characters."""
_FILLER = compiled(
    "同比|环比|对比|净|较上年|比上年|较去年|比去年|幅度|分别|预计|实现|力争|比例|资金|金额|率$|[了约达比较共幅为将，,、：:（(的到即度]"
)


def changes(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """由A到B，增长P%; B，较上年A增长P%; 2023年A，2024年B，同比增长P%; 由A到B，增加d; 在A的基础上增长P%，达到B."""
    yield from _turned(text, figures)
    for index in range(len(figures) - 2):
        first, second, third = figures[index : index + 3]
        if not first.sentence == second.sentence == third.sentence or first.quoted:
            continue
        ends = _ends(text, first, second, third)
        if ends is not None:
            yield from _rates(figures, index, *ends)
            continue
        relation = (
            _from_base(text, first, second, third)
            or _by_number(text, first, second, third)
            or _by_difference(text, first, second, third)
            or _from_named(first, second, third)
        )
        if relation is not None:
            yield relation


def _turned(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """Percentages of which the second is less where it is said to be more, or more where it is said to be less
    (由90%提高到85%)."""
    for first, second in pairwise(figures):
        behind = text[first.span[1] : second.span[0]]
        exact = not (first.quoted or second.quoted or first.low is not None or second.low is not None)
        if not exact or not first.dimension == second.dimension == "share" or not _alike(first, second):
            continue
        word = _MOVED_TO.fullmatch(behind) if is_start(first.lead, behind) else None
        if word is None or not cues().changes.fullmatch(word[1]) or first.value == second.value:
            continue
        if (second.value < first.value) != bool(cues().falls.fullmatch(word[1])):
            yield Relation("change", [first], second, second.value, None, "", stated=word[1])


def _ends(text: str, first: Figure, second: Figure, rate: Figure) -> tuple[Figure, Figure] | None:
    """The figure that a change comes from and the one that it leads to, when two stand side by side."""
    gap = text[first.span[1] : second.span[0]]
    behind = text[second.span[1] : rate.span[0]]
    if not _alike(first, second) or len(behind) > _GAP:
        return None
    if not cues().changes.search(rate.lead) or first.low is not None or second.low is not None:
        return None
    if _LEVEL.search(rate.lead) or _APART.search(second.lead):
        return None
    if is_start(first.lead, gap) or _becomes(first, second):
        return first, second
    if cues().changes.search(first.lead[-_WORD:]):
        return None  # 较上年增加5万元，本年申请55万元，增长10%
    priced = bool(first.per) != bool(second.per)  # 年费用18.9万元，较市场价900元/台节约3.78万元
    if _EARLIER.search(second.lead) and len(gap) <= 2 * _GAP and not cues().changes.search(second.lead):
        # Behind 较上年增加 stands what was added, not what there was.
        return None if priced or _of_another(first, second) else (second, first)
    plain = not _FILLER.sub("", cues().changes.sub("", rate.lead))
    years = all(_YEAR.search(one.lead) for one in (first, second))
    years = years or _by_year(text, first, second) is not None  # 上年A，本年B
    of_years = rate.dimension == "share" and years and not cues().changes.search(second.lead)
    if len(gap) <= 2 * _GAP and plain and (of_years or (years and rate.dimension == second.dimension)):
        return _by_year(text, first, second)
    if _is_difference(first, second, rate) and len(gap) <= 2 * _GAP:
        return first, second
    if (
        rate.dimension == "share"
        and matcher("figures.year_on_year").search(rate.lead)
        and len(gap) <= 2 * _GAP
    ):
        return _by_year(text, first, second)
    return None


def _becomes(first: Figure, second: Figure) -> bool:
    """等候时间为60分钟，实施后缩短至45分钟: does a clause that names nothing of its own say what a figure changes to?"""
    verb = cues().changes.search(second.lead)
    if verb is None or _MOVED_TO.fullmatch(second.lead, verb.start()) is None:
        return False
    falls, named = cues().falls.fullmatch(verb[0]), _FILLER.sub("", second.lead[: verb.start()])
    return (falls is not None) == (second.value < first.value) and _AFTER.fullmatch(named) is not None


def _of_another(new: Figure, old: Figure) -> bool:
    """Has the figure that something is compared with (报告率99%，管理率较上年的88%…) a name of its own in front of that?"""
    compared = _COMPARED.search(old.lead)
    name = old.lead[: compared.start()].strip("，,、的") if compared else ""
    return len(name) >= _NAMED and common_stretch(name, new.lead, _NAMED - 1) is None


def _word_of_change(rate: Figure) -> str:
    """The word of change in front of a figure (增加3人)."""
    found = cues().changes.search(rate.lead)
    return found[0] if found else ""


def _alike(one: Figure, other: Figure) -> bool:
    return one.dimension == other.dimension and one.unit == other.unit


def _is_difference(first: Figure, second: Figure, step: Figure) -> bool:
    """Is a figure behind two others what the second is less or more than the first, and said to be (控制价65万元，中标价61万元，节约4万元)?"""
    made = second.value - first.value
    less = cues().falls.search(step.lead) is not None
    return _alike(second, step) and step.value == abs(made) > 0 and (made < 0) == less


def _by_year(text: str, first: Figure, second: Figure) -> tuple[Figure, Figure] | None:
    """Two figures of which the clauses name two years, the last year and this one, or the time before and after something."""
    near = [(one.lead, text[max(0, one.span[0] - _GAP) : one.span[0]]) for one in (first, second)]
    leads = [lead if _YEAR.search(lead) else before for lead, before in near]
    leads[1] = leads[1].rpartition(first.raw)[2]
    years = [_YEAR.search(lead) for lead in leads]
    if years[0] and years[1]:
        one, other = int(years[0][1]), int(years[1][1])
        return (first, second) if other == one + 1 else (second, first) if one == other + 1 else None
    done = _BEFORE.search(leads[0])
    if done and done[1] in words("figures.works"):
        _, after, named = leads[1].rpartition(f"{done[1]}后")
        if after and named in (done[2], ""):
            return first, second
    earlier, later = matcher("figures.earlier").search, matcher("figures.later").search
    if earlier(leads[0]) and later(leads[1]):
        return first, second
    return (second, first) if later(leads[0]) and earlier(leads[1]) else None


def _rates(figures: list[Figure], index: int, old: Figure, new: Figure) -> Iterator[Relation]:
    """What is said of a change behind it: its rate, its difference, or both (净增20家，增长25%)."""
    words, first, rate = cues(), figures[index], figures[index + 2]
    named = rate.dimension == "count" and rate.bound == "="
    if named and not any(rate.behind in one.lead + one.behind for one in (old, new)):
        return
    for stated in figures[index + 2 : index + 4]:
        near = stated.sentence == rate.sentence and stated.span[0] - rate.span[1] <= _GAP
        if not near or not words.changes.search(stated.lead):
            break
        rest = matcher("figures.year_on_year").sub("", stated.lead)
        rest = _FILLER.sub("", words.changes.sub("", rest))
        if rest and not set(rest) <= {*first.lead, "均"}:
            break  # 亩产由…提高到…，亩均增产…
        relation = _change(old, new, stated)
        if relation is not None:
            yield relation


def _from_base(text: str, base: Figure, step: Figure, result: Figure) -> Relation | None:
    """在A的基础上增长P%，达到B; 较上年的A减少d，为B."""
    words = cues()
    verb = words.changes.search(step.lead)
    based = _ON_BASE.match(text, base.span[1]) or matcher("figures.earlier").search(base.lead[-_NEAR:])
    by_rate = step.dimension == "share" and _BY_RATE.match(text, step.span[1]) is not None
    years = [_YEAR.search(base.lead), _YEAR.search(result.lead) or _YEAR.search(step.lead)]
    next_year = years[0] and years[1] and int(years[1][1]) == int(years[0][1]) + 1
    of_year = by_rate and (next_year or matcher("figures.later").search(result.lead[-_NEAR:]))
    by_amount = _alike(base, step) and _COMPARED.search(base.lead) is not None
    of_year = of_year or (by_amount and _is_of_year(base, result))
    reached = of_year or matcher("figures.reached").search(result.lead[-_NEAR:])
    if not (
        verb and (based or (by_rate and next_year)) and reached and _alike(base, result)
    ) or words.changes.search(matcher("figures.reached").sub("", result.lead)):
        return None
    if "其中" in result.lead or (not of_year and _named_apart(base, result)):
        return None  # 覆盖率较上年的84%提升5个百分点，满意度达到95%
    if (
        step.span[0] - base.span[1] > _GAP
        or result.span[0] - step.span[1] > _GAP
        or ("点" in step.unit and base.dimension != "share")
    ):
        return None
    sign = -1 if words.falls.search(step.lead) else 1
    slack = Decimal(0)
    if step.dimension == "share" and "点" not in step.unit:
        computed = base.value * (100 + sign * step.value) / 100
        slack = base.value * step.half / 100 if step.value % 5 else Decimal(0)
        printed = f"{in_unit(base.value, base)} × （1 {'−' if sign < 0 else '+'} {plain(step.value)}%）"
    elif "点" in step.unit or (_alike(base, step) and (base.dimension == "count" or of_it(step, base))):
        computed = base.value + sign * step.value
        printed = f"{in_unit(base.value, base)} {'−' if sign < 0 else '+'} {in_unit(step.value, step)}"
    else:
        return None
    holds: bool | None = abs(computed - result.value) <= slack + result.half
    floor = result.bound == ">=" and (result.tail.startswith("以上") or not result.lead.endswith("达到"))
    holds = holds or (floor and computed > result.value)
    exact = (result.bound == "=" or result.lead.endswith("达到")) and not floor
    exact = exact and all(one.exact for one in (base, step))
    expression = f"{printed} = {in_unit(computed, result)}"
    return Relation("change", [base, step], result, computed, holds or (False if exact else None), expression)


def _named_apart(base: Figure, result: Figure) -> bool:
    """Has what a change leads to a name of its own, of which nothing is said in front of what it comes from? Of money and
    numbers only a long one tells (投入达到)."""
    name = _FILLER.sub("", _YEAR.sub("", result.lead))
    for one in ("reached", "later"):
        name = matcher(f"figures.{one}").sub("", name)
    least = _WORD if base.dimension == "share" else _NAMED
    return len(name) >= least and common_stretch(name, base.lead, _WORD) is None


def _is_of_year(base: Figure, result: Figure) -> bool:
    """Is an amount that of this year, without a name (本年申请) or with that in front of the one of last year?"""
    name, later = matcher("figures.later").subn("", _FILLER.sub("", _YEAR.sub("", result.lead)))
    return later > 0 and (not _FOR.match(result.tail) if _ASKED.fullmatch(name) else name in base.lead)


def _by_number(text: str, step: Figure, old: Figure, new: Figure) -> Relation | None:
    """新增d，由A增至B; 较上年减少P%，由A降至B."""
    gap = text[old.span[1] : new.span[0]]
    if not (_alike(old, new) and is_start(old.lead, gap)):
        return None
    if (
        _LEVEL.search(step.lead)
        or old.span[0] - step.span[1] > _GAP
        or not all(one.exact and not one.per for one in (step, old, new))
    ):
        return None
    if step.dimension == "share":
        return _change(old, new, step) if cues().changes.search(step.lead) else None
    more = matcher("figures.added").search(step.lead)
    if not _alike(step, old) or not (more or matcher("figures.removed").search(step.lead)):
        return None
    computed = old.value + (step.value if more else -step.value)
    sign = "+" if more else "−"
    expression = f"{in_unit(old.value, old)} {sign} {in_unit(step.value, step)} = {in_unit(computed, new)}"
    certainty: Certainty = "likely"
    return Relation("change", [old, step], new, computed, computed == new.value, expression, certainty)


def _by_difference(text: str, new: Figure, step: Figure, rate: Figure) -> Relation | None:
    """B，比上年增加d，增长P%: the rate of a difference in what there was before."""
    words = cues()
    verb = words.changes.search(step.lead)
    compared = verb and _COMPARED.match(step.lead.lstrip("，,、（("))
    beside = new.sentence == step.sentence and step.span[0] - new.span[1] <= 2 * _GAP
    if not (compared and beside and rate.dimension == "share" and "点" not in rate.unit) or not _alike(
        new, step
    ):
        return None
    if rate.lead.strip("，,、（(") not in (_word_of_change(rate), "增幅为", "降幅为") or not _word_of_change(
        rate
    ):
        return None
    plain_figures = all(one.exact and not (one.per or one.price) for one in (new, step))
    old = new.value - (-step.value if words.falls.search(step.lead) else step.value)
    gap = text[step.span[1] : rate.span[0]]
    if not plain_figures or old <= 0 or len(gap) > _NEAR or new.depth != step.depth:
        return None
    before = replace(new, value=old)
    relation = _change(before, new, rate)
    if relation is None:
        return None
    slack = sum((one.half for one in (new, step) if one.decimals), Decimal(0)) * 100 / old
    holds = relation.holds or (
        True if abs(relation.computed - rate.value) <= rate.half + slack else relation.holds
    )
    sign = "+" if words.falls.search(step.lead) else "−"
    shown = f"{in_unit(step.value, new)} ÷ （{in_unit(new.value, new)} {sign} {in_unit(step.value, new)}） = {plain(relation.computed, 2)}%"
    return Relation("change", [new, step], rate, relation.computed, holds, shown, "likely")


def _from_named(new: Figure, step: Figure, old: Figure) -> Relation | None:
    """B，比上年减少d（上年为A）: a difference from what is named behind it."""
    verb = cues().changes.search(step.lead)
    compared = verb and _COMPARED.match(step.lead.lstrip("，,、（("))
    named = old.depth > step.depth and matcher("figures.earlier").match(old.lead)
    plain_figures = all(one.exact and not (one.per or one.price) for one in (new, step, old))
    if not (compared and named and plain_figures and _alike(new, step)):
        return None
    return _change(old, new, step) if _alike(old, new) else None


def _change(old: Figure, new: Figure, rate: Figure) -> Relation | None:
    difference = abs(new.value - old.value)
    doubtful = old.about or new.about or old.bound != "=" or new.bound == "~"
    if rate.dimension == "share":
        if not old.value or ("点" in rate.unit and old.dimension != "share"):
            return None  # points are a difference of shares
        points = old.dimension == "share"
        by_rate = difference * 100 / old.value
        choices = [difference] if "点" in rate.unit else [by_rate, difference] if points else [by_rate]
        computed = choices[0]
        holds = any(_near(one, rate) for one in choices)
        kind = "差" if "点" in rate.unit else "增减"
        high, low = max(old.value, new.value), min(old.value, new.value)
        scale = new.scale if new.dimension == "money" else Decimal(1)
        expression = f"（{plain(high / scale)} − {plain(low / scale)}） ÷ {plain(old.value / scale)} = {plain(computed, 2)}%"
        if kind == "差":
            expression = f"{plain(high)} − {plain(low)} = {plain(computed)} 个百分点"
    elif rate.dimension == new.dimension and rate.unit == new.unit:
        computed = difference
        holds = _near(computed, rate)
        high, low = max(old.value, new.value), min(old.value, new.value)
        expression = f"{in_unit(high, new)} − {in_unit(low, new)} = {in_unit(computed, rate)}"
    else:
        return None
    return Relation("change", [old, new], rate, computed, holds or (None if doubtful else False), expression)


def _near(computed: Decimal, stated: Figure) -> bool:
    if stated.bound == ">=" and computed >= stated.value - stated.half:
        return True
    if stated.bound == "<=" and computed <= stated.value + stated.half:
        return True
    slack = stated.half * (4 if stated.about else 1)
    return abs(computed - stated.value) <= slack
