"""The words that tie a share to what it is a share of and to what it makes."""

import re
from functools import cache
from itertools import pairwise

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.rulebook.lexicons import matcher, pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.similarity import common_stretch

_RECKONED = compiled("按照?$|[，。；]以$")
_RECKONED_OF = compiled("(?:按照?|为|是)[^，。；]{0,8}?([一-龥]{2,6})的$")
_VERB = compiled("[一-龥]{2}")
_PAYS = compiled(
    r"(?:支付|拨付|安排|预付|缴纳|计取|收取|计提|提取)[^，。；\d]{0,6}(?:[，,](?:即|计|共|需|为)[^，。；\d]{0,4})?"
)
_DAILY = compiled("日均|每[日天]")
OF_WHOLE = compiled(r"占([^，。；、\d]{2,20}?)的?(?:比重|比例|比率)?[为约达近]{0,2}$")
"""What a share is said to be of, directly in front of it."""
_ANY_WHOLE = compiled(
    "总数|总量|总额|总数量|比重|比例|其中|全部|整个|全[省市县区镇校国]|[总全的数量额其该这些]"
)
NAMED_RATE = compiled(r"(?P<verb>[一-龥]?)[一-龥]?(?P<stem>[一-龥]{2})率[为达到约：:是]{0,2}$")
_OF_PLAN = compiled("^[，,（(]?完成[^，。；0-9]{0,6}(?:任务|目标|计划)的?$")
_ITS_KIND = compiled("的[一-龥]{0,4}份额")
_TIME = compiled("[一二两三四五六七八九十0-9]+年|[本当今全上下往去前半]年|季度|月")
"""A time that an amount is said to be of."""
_TO_NUMBER = compiled("[0-9]")
_SOME = compiled("半|首|预|先|本期|[月季]")
"""In front of an amount that is only a part of what a rate makes."""
_FEE = compiled("[，,、；]?[^，,、；。：（(]{1,10}[：:]?")
"""Between a rate and the fee directly behind it."""
GAP = 14
_MOST_SHARES = 10
_NAME = 4
"""Characters that the names of an amount and of what was paid of it have in common."""
WORD = 2
"""Characters of the shortest word."""


def named(rate: Figure, before: list[Figure]) -> tuple[Figure, Figure] | None:
    """The part and the whole of a rate that is named after the part (培训80人，合格72人，合格率90%)."""
    name = NAMED_RATE.search(_OF_PLAN.sub("完成率", rate.lead))
    if name is None or len(before) < 2:
        return None
    part, whole = sorted(before[:2], key=lambda figure: figure.value)
    stem, verbs = name["stem"], name["verb"] + name["stem"][0]
    if cues().changes.search(stem):
        # 下降率: the rate of a change between the two.
        return None
    due, done = (compiled(rf"(?:{words})[{verbs}]") for words in _due_and_done())
    if done.search(whole.lead) and due.search(part.lead):
        part, whole = whole, part
    alike = part.dimension == whole.dimension and part.unit == whole.unit and whole.value
    if not alike or part.per or whole.per or part.low is not None or whole.low is not None:
        return None
    if (part.parts or 1) != (whole.parts or 1) or bool(_DAILY.search(part.lead)) != bool(
        _DAILY.search(whole.lead)
    ):
        return None  # 日均处理320吨，全年11.68万吨: one is for a part of the time
    # 通自来水的小组148个, 通水率: the characters of the rate's name, whatever stands between them.
    said, of_whole = ({*one.lead, *_TO_NUMBER.split(one.behind)[0]} for one in (part, whole))
    if _OF_PLAN.match(rate.lead) and part is not before[0]:
        return None  # 上年计划600人，完成580人，本年计划700人，完成年度任务的100%
    if set(stem) <= said and not set(stem) <= of_whole:
        return part, whole
    meant = done.search(part.lead) or (set(stem) <= said and part is before[0] and not due.search(part.lead))
    pair = meant and due.search(whole.lead)
    return (part, whole) if pair else None


@cache
def _due_and_done() -> tuple[str, str]:
    return pattern_of(lexicon("figures")["due"]), pattern_of(lexicon("figures")["done"])


def whole_behind(rate: Figure, behind: list[Figure]) -> tuple[Figure, Figure] | None:
    """The whole that a rate is reckoned of, and the part, both behind it (按投资额的15%核定，投资额A，奖补B)."""
    name = _RECKONED_OF.search(rate.lead)
    if len(behind) < 2:
        return None
    whole, part = behind
    # 按30%分担，总费用A，个人分担B: the whole by its own word, the part by that of the rate.
    by_verb = rate.lead.endswith("按") and "总" in whole.lead and part.lead.endswith(rate.tail[:WORD])
    if name is None and not by_verb:
        return None
    plain = all(
        one.dimension == "money"
        and one.sentence == rate.sentence
        and one.bound == "="
        and not (one.per or one.past)
        for one in behind
    )
    named = whole.lead.strip("，、：:为约共计")
    # 按贷款利息的30%贴息，预计支付利息126万元: the last word of what it is reckoned of.
    noun = name[1][-WORD:] if name and not cues().general.search(name[1][-WORD:]) else name and name[1]
    meant = noun is None or (len(named) >= WORD and (noun.endswith(named) or named.endswith(noun)))
    capped = matcher("figures.ceilings").search(part.lead + part.tail[:10])  # 补助15万元（封顶）
    return (whole, part) if plain and meant and not capped and part.value < whole.value else None


def at_a_rate(text: str, base: Figure, rate: Figure, result: Figure) -> bool:
    """保险金额800元/亩，费率3%，保费24元/亩: is what stands directly behind a rate by which fees are reckoned the fee, for as
    much as what it is reckoned of? A bracket behind it, and words between, may say that it is less (按半年, 下浮20%)."""
    alike = base.dimension == result.dimension == "money" and base.per == result.per
    near = alike and rate.span[0] - base.span[1] <= GAP and result.value < base.value
    if (
        not near
        or _FEE.fullmatch(text, rate.span[1], result.span[0]) is None
        or result.tail[:1] in ("（", "(")
    ):
        return False
    called, at = result.lead.strip("，,、；为约是：:"), rate.lead.strip("，,、；为约是：:")
    if matcher("figures.fee_rates").match(at) is None:
        return at == called + "率" and called.endswith("费")  # 监理费率2%，监理费8万元
    return not _SOME.match(called) and (
        called.endswith(tuple(words("figures.fees"))) or common_stretch(rate.lead, called, WORD) is not None
    )


def by_this_rate(text: str, rate: Figure, part: Figure) -> bool:
    """按P%的比例补助，补助X: is an amount what comes of a share by which it is said to be reckoned?"""
    gap = text[rate.span[1] : part.span[0]]
    reckoned = _RECKONED.search(rate.lead) is not None and len(gap) <= 2 * GAP
    verb = part.lead.rstrip("：:为约共计").strip("，、")
    # 按25%给予补助，每人补助95元: of each what the rate gives of each.
    verb = verb[-WORD:] if part.per else verb
    given, _, _ = gap.rpartition("，")  # 按3%给予贴息，贴息资金
    named = named_twice(gap, verb) or common_stretch(given, verb, WORD) is not None
    return reckoned and (named or _PAYS.fullmatch(gap) is not None) and part.bound == "="


def same_noun(rate: Figure, part: Figure) -> bool:
    """首付款比例30%，首付款60万元; 市级补助25%，补助资金40万元: is the amount behind a share the thing that it is the share
    of, or named by its verb?"""
    name = _share_noun().search(rate.lead)
    if name is not None and part.lead.rstrip("：:为约共计").endswith(name[1]):
        return True
    verb = rate.lead[-WORD:]
    return _VERB.fullmatch(verb) is not None and part.lead.lstrip("，、").startswith(verb)


def named_twice(gap: str, verb: str) -> bool:
    """Is what an amount is called named between a share and it once more (按80%给予补贴，补贴…), and not for some of the time
    (按80%支付，首期支付…)?"""
    return len(verb) >= WORD and gap.count(verb) > 1 and not (_SOME.search(gap) or _TIME.search(gap))


@cache
def _share_noun() -> re.Pattern[str]:
    nouns = pattern_of(lexicon("figures")["share_nouns"])
    return compiled(rf"([一-龥]{{2,3}})(?:支付|所占)?(?:{nouns})[为达约是：:]{{0,2}}$")


def _whole_named(rate: Figure) -> str:
    """What a share is said to be of, without the words that any whole has."""
    found = OF_WHOLE.search(rate.lead)
    return _ANY_WHOLE.sub("", found[1]) if found else ""


def of_another(rate: Figure, whole: Figure) -> bool:
    """Is a share said to be of something that the larger figure in front of it does not count (400个县达标，人口占全国
    人口总数的15%)?"""
    if _ITS_KIND.match(rate.tail):
        return True
    name = _whole_named(rate)
    if len(name) < WORD or whole.unit[:1] in name:
        return False
    said = whole.lead + whole.behind
    return not any(first + second in said for first, second in pairwise(name))


def of_its_name(before: list[Figure], rate: Figure) -> tuple[Figure, Figure] | None:
    """A part and the whole that its share names (采购规模748万元，…货物类102万元，占采购总规模的14%), if but one figure ends in that name."""
    name = _whole_named(rate)
    joined = before and (
        matcher("figures.joints").match(before[-1].lead) or matcher("figures.joints").match(rate.tail)
    )
    if len(name) <= WORD or not before or joined or rate.span[0] - before[-1].span[1] > GAP + len(name):
        return None
    part = before[-1]
    wholes = [
        one
        for one in before[:-1]
        if one.thing.endswith(name) and (one.dimension, one.unit) == (part.dimension, part.unit)
    ]
    plain = len(wholes) == 1 and not any(one.per or one.price or one.past for one in (part, *wholes))
    return (part, wholes[0]) if plain and wholes[0].value > part.value else None


def in_order(figures: list[Figure], index: int) -> list[tuple[Figure, Figure]]:
    """A share with the figure behind it; the last of several shares with those in front of it and as many figures behind, each with
    the one in its order (分别承担50%、30%、20%，即40万元、24万元、16万元)."""
    joined = matcher("figures.joints").fullmatch
    first = index
    while (
        first > max(0, index - _MOST_SHARES)
        and figures[first - 1].dimension == "share"
        and joined(figures[first].lead)
    ):
        first -= 1
    rates = figures[first : index + 1]
    behind = figures[index + 1 : index + 1 + len(rates)]
    if len(behind) < len(rates) or not all(joined(one.lead) for one in behind[1:]):
        rates, behind = rates[-1:], behind[:1]
    return list(zip(rates, behind, strict=False))


def of_both(rate: Figure, before: list[Figure]) -> bool:
    """Is a rate named after what is said of both figures (2023年完成A，2024年完成B，完成率)? Then neither is the whole."""
    name = NAMED_RATE.search(rate.lead)
    return name is not None and all(name["stem"] in figure.lead for figure in before)


def named_before(figures: list[Figure], part: Figure) -> list[Figure]:
    """The amount of the sentence in front whose name is that of a part of it (…争取专项资金508万元。已拨付专项资金406万元，拨付率80%),
    and neither is said to be of a time of its own."""
    wholes = [
        one
        for one in figures
        if (one.dimension, one.unit, one.sentence) == ("money", part.unit, part.sentence - 1)
        and common_stretch(one.lead, part.lead, _NAME)
        and set(_TIME.findall(part.lead)) <= set(_TIME.findall(one.lead)) <= {"今年", "本年", "全年"}
    ]
    return wholes if len(wholes) == 1 and part.dimension == "money" else []
