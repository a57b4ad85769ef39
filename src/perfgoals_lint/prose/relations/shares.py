"""Shares of an amount or a number."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, in_unit, judged, misprinted, plain, share_made
from perfgoals_lint.prose.relations.results import alone
from perfgoals_lint.prose.relations.share_words import (
    GAP,
    NAMED_RATE,
    WORD,
    at_a_rate,
    by_this_rate,
    in_order,
    named,
    named_before,
    named_twice,
    of_another,
    of_both,
    of_its_name,
    same_noun,
    whole_behind,
)
from perfgoals_lint.prose.relations.stages import LEAST_STAGES, of_stages
from perfgoals_lint.rulebook.lexicons import expression, matcher
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

_IS = compiled(
    r"(?:支付|拨付|核定|核算|结算|补助)[，,（(]?(?:即|为|合计|共计|计)|(?:(?:计取|计提|计算|收取|提取|测算|缴纳)[^，。；\d]{0,6})?[，,（(]?(?:金额)?(?:即|计|合|约|为|共|需|共计|＝|=|就是|支付|拨付|安排|作为|补助|首付|预付|给予|结算|收取)[^，。；\d]{0,8}"
)
_PART_BEHIND = compiled(
    r"(?:[一-龥]{2,4}(?=即))?(?:用于[^，。；\d]{2,12}|的比例用于[^，。；\d]{2,12}[，,]金额)?[，,]?(?:即|为|计(?!收)|共|合计)|[（(]"
)
_SUM = compiled("合计|共计|总计|合共|总共")
_OF_WHOLE_NAMED = compiled("占|(?:完成|达到)[一-龥]{0,4}(?:目标|任务|计划)")
SPAN = compiled("[—–~～-]{1,2}|[至到]")
"""Between the ends of a range."""
_NEAR = 8
"""How far in front of a figure the word stands that says whether it was paid or is left, in characters."""
_ROUND = 10
"""A percentage below this, and any multiple of five, is taken as it is printed; another one may have been rounded."""
_ROUGHLY = 5
"""A share in words that is said of two numbers (占三分之一) is no more exact than this, in percent."""
_WINDOW = 24
"""How many figures to either side may stand between a share and what it is a share of."""
_MOST_NEAR = 3
_ALL = 100
_SO_MANY = compiled(r"[^，。；\d]{2,12}[，,](?:即|为|约)")


def shares(text: str, figures: list[Figure], parts: set[Figure]) -> Iterator[Relation]:
    """X的P%即Y; of two amounts the share of one in the other; P%即Y of a whole named before."""
    for index, rate in enumerate(figures):
        if rate.dimension != "share" or rate.quoted or "点" in rate.unit or rate.unit == "‰":
            continue
        before = _of_sentence(figures, index, rate, parts)
        pairs = in_order(figures, index)
        after = pairs[-1][1] if pairs else None
        if after is not None and (
            after.sentence != rate.sentence or after.dimension not in ("money", "count")
        ):
            after = None
        last = before[0] if before else None
        part = _part_in_front(text, before, rate)
        if part is not None and last is not None:
            yield _ratio(part, last, rate)
            continue
        divided = _divided(text, before, pairs) if len(pairs) > 1 else None
        if divided is not None:
            yield from (replace(_share(divided, *pair, True), certainty="likely") for pair in pairs)
            continue
        if last is not None and after is not None and text[last.span[1] : rate.span[0]] == "的":
            link = text[rate.span[1] : after.span[0]]
            if last.dimension == after.dimension and len(link) <= GAP and not after.per:
                yield _share(last, rate, after, bool(_IS.fullmatch(link)) or _told(link, last, after))
            continue
        if last is not None and after is not None and at_a_rate(text, last, rate, after):
            yield replace(_share(last, rate, after, True), certainty="likely")
            continue
        if last is not None and after is not None and _leaves(text, last, rate, after):
            yield _rest(last, rate, after)
            continue
        tied = named(rate, before) or of_its_name(figures[max(0, index - _WINDOW) : index], rate)
        if tied is not None:
            yield _ratio(*tied, rate, reached=True)
            continue
        behind = whole_behind(rate, figures[index + 1 : index + 3])
        if behind is not None:
            yield _share(behind[0], rate, behind[1], True)
            continue
        if after is not None and last is not None and _is_number_of(text, before, rate, after):
            yield replace(_share(last, rate, after, True), certainty="likely")
        elif after is not None and _is_part(text, rate, after):
            if after.dimension == "money" and not _sums_up(rate, after):
                around = figures[max(0, index - 8) : index], figures[index : index + 9]
                yield from _of_a_whole(text, around, before, rate, after)
        elif _is_of_two(rate, before, _between(figures, index, before)):
            yield from _of_two(text, figures[index + 1 : index + 3], before, rate)


def _told(link: str, whole: Figure, part: Figure) -> bool:
    """Is what a share makes said to be the part behind it (设计费按…的3%计取，设计费…)?"""
    called = part.lead.strip("，、")[-WORD:]
    return named_twice(link, called) or (len(called) == WORD and called in whole.lead)


def _divided(text: str, before: list[Figure], pairs: list[tuple[Figure, Figure]]) -> Figure | None:
    """The whole of which as many amounts as there are shares in front are said to be what these make (50%、30%、20%，即40万元、
    24万元、16万元): the only one, or that of which most are where they are all of it."""
    (first, amount), (rate, _) = pairs[0], pairs[-1]
    kinds = {(one.dimension, one.unit) for _, one in pairs}
    wholes = [one for one in before if kinds == {(one.dimension, one.unit)} and not one.per]
    told = _IS.fullmatch(text, rate.span[1], amount.span[0]) and not cues().changes.search(first.lead)
    if not told or not wholes:
        return None
    agreed, most = max(
        ((sum(_agrees(one, *pair) for pair in pairs), one) for one in wholes), key=itemgetter(0)
    )
    clear = agreed == len(pairs) or (agreed and sum(one.value for one, _ in pairs) == _ALL)
    return most if len(wholes) == 1 or clear else None


def _is_of_two(rate: Figure, before: list[Figure], between: list[Figure]) -> bool:
    """Is a share said of the two figures in front of it, of one in the other? Not where one has a share of its own."""
    if len(before) != 2 or "分别" in rate.lead or not cues().shares.search(rate.lead[-8:]):
        return False
    if any(one.dimension == "share" for one in between):
        return False
    if rate.value > _ALL and matcher("figures.due").search(min(before, key=lambda one: one.value).lead):
        return False  # 产值300万元（计划250万元，完成率120%）
    if _of_other_things(rate, before):
        return False
    return not of_both(rate, before) and not cues().changes.search(rate.lead)


def _of_other_things(rate: Figure, before: list[Figure]) -> bool:
    """Is a rate of use named after what neither of two numbers counts (住院3.2万人次，门诊48万人次，病床使用率), or both do and
    the less is only there (编制床位500张，开放床位560张，床位使用率)?"""
    word = cues().shares.search(rate.lead, max(0, len(rate.lead) - _NEAR))
    if word and word[0] == "完成进度" and not any("完成" in one.lead for one in before):
        return True  # 已支出54万元，工程完成进度80%
    word = word if word and word[0].endswith("用率") else None  # 完成比例 may be of any
    name = rate.lead[: word.start()].strip("，、的") if word else ""
    said = [one.lead + one.behind for one in before]
    named = sum(common_stretch(name, one, WORD) is not None for one in said)
    counted = before[0].dimension == "count" and len(name) >= WORD
    there = expression("figures.used").search(min(before, key=lambda one: one.value).lead) is None
    return counted and (not named or (named == len(said) and there))


def _is_number_of(text: str, before: list[Figure], rate: Figure, after: Figure) -> bool:
    """Is a number behind a share what that makes of the only number in front of it (240处渡口，三分之二（160处）)?"""
    whole = before[0]
    alike = whole.dimension == after.dimension == "count" and whole.unit == after.unit
    near = len(before) == 1 and rate.span[0] - whole.span[1] <= GAP and not (whole.per or after.per)
    gap = text[rate.span[1] : after.span[0]]
    changed = cues().changes.search(rate.lead) is not None or _is_changed(whole, rate, after)
    told = gap in ("（", "(") or _IS.fullmatch(gap) or _SO_MANY.fullmatch(gap)
    return alike and near and told is not None and not changed


def _is_part(text: str, rate: Figure, after: Figure) -> bool:
    """Is an amount said to be what the share in front of it makes?"""
    told = _PART_BEHIND.match(text, rate.span[1]) is not None
    if text[rate.span[1] : after.span[0]] == "，" and alone(after):
        told = told or matcher("figures.pays").search(rate.lead) is not None  # 2024年支付40%，44万元
    return told or same_noun(rate, after) or by_this_rate(text, rate, after)


def _leaves(text: str, whole: Figure, rate: Figure, after: Figure) -> bool:
    """合同价50万元，已支付80%，剩余10万元: is an amount what a share that was paid leaves of a whole?"""
    near = max(rate.span[0] - whole.span[1], after.span[0] - rate.span[1]) <= GAP
    alike = whole.dimension == after.dimension == "money" and not (whole.per or after.per)
    paid = matcher("figures.taken").search(rate.lead[-_NEAR:]) is not None
    left = matcher("figures.rest").search(after.lead[-_NEAR:]) is not None
    return near and alike and paid and left and "即" not in text[rate.span[1] : after.span[0]]


def _rest(whole: Figure, rate: Figure, left: Figure) -> Relation:
    """What a share leaves of a whole."""
    computed = whole.value * (100 - rate.value) / 100
    holds = judged(abs(computed - left.value) <= left.half, whole, rate, left)
    shown = f"{in_unit(whole.value, whole)} × （100% − {plain(rate.value)}%） = {in_unit(computed, left)}"
    return Relation("share", [whole, rate], left, computed, holds, shown)


def _is_one_of_several(figures: list[Figure], rate: Figure, part: Figure) -> bool:
    """Has the next amount a share too, of the same whole that is not named (设备15万元，占40%；软件18.75万元，占50%)?"""
    return any(
        one.dimension == part.dimension
        and share.dimension == "share"
        and one.value * rate.value == part.value * share.value
        for one, share in pairwise(figures)
        if one is not part
    )


def _of_two(text: str, figures: list[Figure], before: list[Figure], rate: Figure) -> Iterator[Relation]:
    """The share of the smaller of two amounts in the greater; ``figures`` stand behind it."""
    one, other = before
    same = one.dimension == other.dimension and one.dimension in ("money", "count")
    same = same and not any(figure.parts or figure.years for figure in before)
    same = same and not SPAN.fullmatch(text, other.span[1], one.span[0])
    if same and one.unit == other.unit and one.value and other.value and not (one.per or other.per):
        part, whole = sorted(before, key=lambda figure: figure.value)
        if not of_another(rate, whole) and not _is_one_of_several(figures, rate, part):
            yield _ratio(part, whole, rate)


def _of_a_whole(
    text: str, around: tuple[list[Figure], list[Figure]], before: list[Figure], rate: Figure, after: Figure
) -> Iterator[Relation]:
    """The amount behind a share as that share of a greater one, in the figures in front of the share and behind it."""
    wholes = [
        figure
        for figure in (*around[0], *around[1])
        if figure.dimension == "money"
        and figure is not after
        and (figure.value > after.value or misprinted(after, figure.value * rate.value / 100))
        and bool(figure.per) == bool(after.per)
    ]
    left = wholes[0].value * (100 - rate.value) / 100 if wholes else None  # 其余36万元
    wholes = [one for one in wholes if one.span < after.span or one.value != left]
    price = before[0] if before and before[0].price and after.scale == 1 and "即" in after.lead else None
    if price is not None and price.value > after.value and not after.per:
        yield _share(price, rate, after, True)  # 每头180元，县级承担30%，即54元
        return
    made = list(_results(text, [*around[0], *around[1]]))
    results = {id(one) for _, one in made}
    wholes = [one for one in wholes if id(one) not in results or _agrees(one, rate, after)]
    here = [one for one in wholes if one.sentence == rate.sentence]
    if not here and _of_one(rate, after, made):
        return
    stages = [(one, part) for one, part in made if one.sentence == rate.sentence]
    if len(stages) >= LEAST_STAGES and all(any(one is part for _, part in stages) for one in here):
        stage = of_stages(rate, after, stages)
        yield from [stage] if stage else []
        return
    doubtful = False
    near = before[0] if len(before) == 1 and before[0].dimension == "money" else None
    if not wholes and near is not None and not near.per and after.value > near.value:
        # A share that is more than the only amount named before it.
        wholes = [near]
        doubtful = True
    if wholes:
        rates = {
            one
            for one in (*around[0], *around[1])
            if (one.dimension, one.sentence) == ("share", rate.sentence)
        }
        changed = len(rates) == 1 and _is_changed(wholes[0], rate, after)
        meant, told = _meant(wholes, rate, after, [pair for pair in made if pair[1] is not after])
        found = _share(meant, rate, after, told and not changed)
        found.certainty = "likely" if doubtful else "sure"
        yield found


def _meant(
    wholes: list[Figure], rate: Figure, after: Figure, made: list[tuple[Figure, Figure]]
) -> tuple[Figure, bool]:
    """What an amount is a share of, among several, and whether the text tells it: the one that fits, or of which another
    share of the sentence makes what is printed behind that, or the first."""
    fitting = [one for one in wholes if _agrees(one, rate, after)]
    here = [one for one in wholes if one.sentence == rate.sentence]
    of_others = [
        one for one in here if any(_agrees(one, other, part) for other, part in made if part is not one)
    ]
    told = len(wholes) == 1 or (len(of_others) == 1 and not fitting)
    return [*fitting, *of_others, *wholes][0], told


def _is_changed(whole: Figure, rate: Figure, part: Figure) -> bool:
    """Is an amount what a cut by the only rate leaves of a whole, or what it grows to (上年20万元，压减10%，即18万元), or the cut
    itself where the whole is what it left?"""
    cut = rate.value < _ALL and cues().changes.search(rate.lead) is not None
    of_before = (rate.value * 100 / (100 + sign * rate.value) for sign in (-1, 1) if cut)
    changed = (100 + sign * rate.value for sign in (-1, 1))
    return any(_agrees(whole, replace(rate, value=value), part) for value in (*changed, *of_before))


def _sums_up(rate: Figure, after: Figure) -> bool:
    """Is an amount behind 占P% the total of what stands in front of it, and not the share?"""
    return "占" in rate.lead and after.total and _SUM.search(after.lead) is not None


def _of_one(rate: Figure, part: Figure, made: list[tuple[Figure, Figure]]) -> bool:
    """Are the shares of a sentence and what they make those of one whole that it does not name
    (首付40%（40万元），尾款60%（60万元）)?"""
    whole = replace(part, value=part.value * 100 / rate.value) if rate.value else part
    others = [(one, other) for one, other in made if one is not rate and one.sentence == rate.sentence]
    return bool(others) and all(_agrees(whole, one, other) for one, other in others)


def _results(text: str, figures: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The shares and the amounts that stand behind them as what they make (补助50%即16万元): parts like the next, and not
    its whole."""
    for rate, part in pairwise(figures):
        if rate.dimension == "share" and part.dimension == "money":
            gap = text[rate.span[1] : part.span[0]]
            if (
                gap in ("（", "(")
                or _IS.fullmatch(gap)
                or (gap[:2] == "用于" and _PART_BEHIND.fullmatch(gap))
            ):
                yield rate, part


def _between(figures: list[Figure], index: int, before: list[Figure]) -> list[Figure]:
    """The figures between the two amounts in front of a share: where one of them has a share of its own (市级63万元（占70%），
    区级27万元（占30%）), each is of a whole that is not named."""
    if len(before) < 2:
        return []
    start = before[1].span[0]
    return [
        one for one in figures[max(0, index - _WINDOW) : index] if start < one.span[0] < before[0].span[0]
    ]


def _part_in_front(text: str, before: list[Figure], rate: Figure) -> Figure | None:
    """The part of 完成A，占B的P%."""
    if len(before) < 2:
        return None
    whole, part = before[:2]
    shared = _OF_WHOLE_NAMED.search(whole.lead) and text[whole.span[1] : rate.span[0]] == "的"
    alike = whole.dimension == part.dimension and whole.unit == part.unit and not (whole.per or part.per)
    return part if shared and alike and whole.value else None


def _of_sentence(figures: list[Figure], index: int, rate: Figure, parts: set[Figure]) -> list[Figure]:
    """The money and counts of the same sentence in front of a share, the nearest first, three at most; a rate behind the
    parts of a whole is said of that (支付120万元，其中中央80万元、省级40万元，执行率60%)."""
    found: list[Figure] = []
    named, folded = NAMED_RATE.search(rate.lead), False
    for figure in reversed(figures[max(0, index - _WINDOW) : index]):
        if figure.sentence != rate.sentence or len(found) == _MOST_NEAR:
            break
        if figure.dimension in ("money", "count") and not (named and figure in parts):
            found.append(figure)
        elif figure in parts:
            folded = True
    if folded and len(found) > 1 and not cues().wholes.search(found[1].lead):
        return found[:1]
    if named and len(found) == 1:
        found += named_before(figures[max(0, index - _WINDOW) : index], found[0])
    return found


def _agrees(whole: Figure, rate: Figure, part: Figure) -> bool:
    rounded = rate.step < 1 or (rate.value > _ROUND and rate.value % 5)
    slack = part.half + (whole.value * rate.half / 100 if rounded else 0)
    return abs(whole.value * rate.value / 100 - part.value) <= slack


def _share(whole: Figure, rate: Figure, part: Figure, stated: bool) -> Relation:
    computed = whole.value * rate.value / 100
    holds: bool | None = _agrees(whole, rate, part)
    if not holds and (not stated or part.about or whole.about or not rate.exact):
        holds = None
    expression = f"{in_unit(whole.value, whole)} × {rate.raw} = {in_unit(computed, part)}"
    return Relation("share", [whole, rate], part, computed, holds, expression)


def _ratio(part: Figure, whole: Figure, rate: Figure, reached: bool = False) -> Relation:
    """The share of a part; with ``reached`` 达到P% is what it is, and no least."""
    computed, slack, shown = share_made(part, whole.value, rate, whole)
    slack += _ROUGHLY if "分之" in rate.raw and "百分之" not in rate.raw else 0
    holds: bool | None = abs(computed - rate.value) <= slack
    twice = part.raw == whole.raw  # one figure that is named again
    cut_off = rate.value < computed < rate.value + rate.step
    bounded = part.bound != "=" or whole.bound != "="
    at_least = rate.tail.startswith("以上") or not rate.lead.endswith("达到")
    exact = rate.bound == "=" or (reached and rate.bound == ">=" and not at_least)
    if not holds and (twice or cut_off or bounded or not exact or part.about or whole.about or rate.about):
        holds = None
    return Relation("share", [part, whole], rate, computed, holds, shown)
