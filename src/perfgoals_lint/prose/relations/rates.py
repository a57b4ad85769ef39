"""Changes from one figure to another with their rate, and shares of an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, in_unit, plain

_FROM = re.compile(r"(?:由|从|自)[^，。；由从]{0,18}$")
_TO = re.compile(r"[^，。；、\d]{0,8}(?:到|至|为|成|达)[^，。；、\d]{0,4}")
_EARLIER = re.compile(r"(?:较|比|同比|对比|相比)[^，。；]{0,14}$")
_IS = re.compile(
    r"[，,（(]?(?:即|计|合|约|为|共|共计|＝|=|就是|支付|拨付|安排|作为|补助|首付|预付|给予|结算|收取)[^，。；\d]{0,8}"
)
_PART_BEHIND = re.compile("[，,]?(?:即|为|计)|[（(]")
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_STAGES = (
    _QUARTERS,
    ("上半年", "下半年"),
    ("首付", "尾款"),
    ("预付", "尾款"),
    ("首期", "尾款"),
    ("首付", "余款"),
    ("首付", "质保"),
    ("预付", "质保"),
)
_EACH_QUARTER = re.compile("[各四]个?季度[^。；]{0,12}分别")
_PARTIES = re.compile("占|承担|负担|分担|出资|配套")
_GAP = 14
_ROUND = 10
"""A percentage below this, and any multiple of five, is taken as it is printed; another one may have been rounded."""
_FILLER = re.compile(
    "同比|环比|净|较上年|比上年|较去年|比去年|幅度|分别|预计|实现|力争|比例|率$|[了约达比较共幅为将，,、：:（(的到即度]"
)


def changes(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """由A到B，增长P%; B，较上年A增长P%; and 由A到B，增加d."""
    words = cues()
    for index in range(len(figures) - 2):
        first, second, rate = figures[index : index + 3]
        if not first.sentence == second.sentence == rate.sentence or first.quoted:
            continue
        gap = text[first.span[1] : second.span[0]]
        behind = text[second.span[1] : rate.span[0]]
        if first.dimension != second.dimension or first.unit != second.unit or len(behind) > _GAP:
            continue
        if _FROM.search(first.lead) and _TO.fullmatch(gap):
            old, new = first, second
        elif _EARLIER.search(second.lead) and len(gap) <= 2 * _GAP:
            old, new = second, first
        else:
            continue
        if not words.changes.search(rate.lead) or old.low is not None or new.low is not None:
            continue
        for stated in figures[index + 2 : index + 4]:
            # A difference may stand in front of the rate: 净增20家，增长25%.
            near = stated.sentence == rate.sentence and stated.span[0] - rate.span[1] <= _GAP
            if not near or not words.changes.search(stated.lead):
                break
            rest = _FILLER.sub("", words.changes.sub("", stated.lead))
            if rest and rest not in first.lead:
                break
            relation = _change(old, new, stated)
            if relation is not None:
                yield relation


def _change(old: Figure, new: Figure, rate: Figure) -> Relation | None:
    difference = abs(new.value - old.value)
    doubtful = old.about or new.about or old.bound != "=" or new.bound == "~"
    if rate.dimension == "share":
        if not old.value:
            return None
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


def shares(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """X的P%即Y; of two amounts the share of one in the other; P%即Y of a whole named before."""
    words = cues()
    for index, rate in enumerate(figures):
        if rate.dimension != "share" or rate.quoted or "点" in rate.unit or rate.unit == "‰":
            continue
        before = _of_sentence(figures, index, -1, rate)
        after = figures[index + 1] if index + 1 < len(figures) else None
        if after is not None and (
            after.sentence != rate.sentence or after.dimension not in ("money", "count")
        ):
            after = None
        last = before[0] if before else None
        if last is not None and after is not None and text[last.span[1] : rate.span[0]] == "的":
            link = text[rate.span[1] : after.span[0]]
            if last.dimension == after.dimension and len(link) <= _GAP and not after.per:
                yield _share(last, rate, after, _IS.fullmatch(link) is not None)
            continue
        part_behind = after is not None and _PART_BEHIND.match(text, rate.span[1]) is not None
        if (
            not part_behind
            and words.shares.search(rate.lead[-8:])
            and len(before) == 2
            and not words.changes.search(rate.lead)
        ):
            one, other = before
            same = one.dimension == other.dimension and one.dimension in ("money", "count")
            if same and one.unit == other.unit and one.value and other.value and not (one.per or other.per):
                part, whole = sorted(before, key=lambda figure: figure.value)
                yield _ratio(part, whole, rate)
        elif part_behind and after is not None and after.dimension == "money":
            wholes = [
                figure
                for figure in figures[max(0, index - 8) : index + 9]
                if figure.dimension == "money" and figure is not after and figure.value > after.value
            ]
            if wholes:
                fitting = [one for one in wholes if _agrees(one, rate, after)]
                yield _share(fitting[0] if fitting else wholes[0], rate, after, len(wholes) == 1)


def _of_sentence(figures: list[Figure], index: int, step: int, like: Figure) -> list[Figure]:
    """The money and counts of the same sentence in front of a figure, the nearest first, three at most."""
    found: list[Figure] = []
    position = index + step
    while 0 <= position < len(figures) and figures[position].sentence == like.sentence and len(found) < 3:
        if figures[position].dimension in ("money", "count"):
            found.append(figures[position])
        position += step
    return found


def _agrees(whole: Figure, rate: Figure, part: Figure) -> bool:
    rounded = rate.step < 1 or (rate.value > _ROUND and rate.value % 5)
    slack = part.half + (whole.value * rate.half / 100 if rounded else 0)
    return abs(whole.value * rate.value / 100 - part.value) <= slack


def _share(whole: Figure, rate: Figure, part: Figure, stated: bool) -> Relation:
    computed = whole.value * rate.value / 100
    holds: bool | None = _agrees(whole, rate, part)
    if not holds and (not stated or part.about or whole.about or rate.bound != "="):
        holds = None
    expression = f"{in_unit(whole.value, whole)} × {plain(rate.value)}% = {in_unit(computed, part)}"
    return Relation("share", [whole, rate], part, computed, holds, expression)


def _ratio(part: Figure, whole: Figure, rate: Figure) -> Relation:
    computed = part.value * 100 / whole.value
    slack = rate.half + (part.half / whole.value * 100 if part.decimals else 0)
    holds: bool | None = abs(computed - rate.value) <= slack
    if not holds and (rate.bound != "=" or part.about or whole.about or rate.about):
        holds = None
    expression = f"{in_unit(part.value, whole)} ÷ {in_unit(whole.value, whole)} = {plain(computed, 2)}%"
    return Relation("share", [part, whole], rate, computed, holds, expression)


def whole_shares(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """Shares that are all there are of one whole (four quarters, two halves, first and last payment, parties) add up
    to 100%."""
    index = 0
    while index < len(figures):
        end = index
        while end < len(figures) and figures[end].sentence == figures[index].sentence:
            end += 1
        yield from _exhaustive(text, figures[index:end])
        index = end


def _exhaustive(text: str, sentence: list[Figure]) -> Iterator[Relation]:
    rates = [one for one in sentence if one.dimension == "share" and not one.quoted and one.bound == "="]
    if not 2 <= len(rates) <= 6 or len(rates) != sum(one.dimension == "share" for one in sentence):
        return
    stretch = text[max(0, rates[0].span[0] - 20) : rates[-1].span[1] + 4]
    if re.search("累计|达到|增长|提高|下降|不低于|等", stretch):
        return
    leads = [text[max(0, one.span[0] - 12) : one.span[0]] for one in rates]
    staged = any(
        len(rates) >= len(stages)
        and all(any(stage in lead for lead in leads) for stage in stages)
        and (len(stages) < 4 or len(rates) == 4)
        for stages in _STAGES
    )
    parties = all(_PARTIES.search(lead) for lead in leads) and re.search(
        "财政|自筹|甲方|乙方|双方|社会|个人|企业", stretch
    )
    staged = staged or (len(rates) == len(_QUARTERS) and _EACH_QUARTER.search(stretch) is not None)
    if not staged and not parties:
        return
    if rates[-1].value == 100 and all(one.value < other.value for one, other in pairwise(rates)):
        # What is reached by then, not what is added.
        return
    computed = sum((one.value for one in rates), Decimal(0))
    slack = sum((one.half for one in rates if one.step < 1), Decimal(0))
    expression = f"{' + '.join(f'{plain(one.value)}%' for one in rates)} = {plain(computed)}%"
    holds = abs(computed - 100) <= slack
    yield Relation(
        "shares", rates[:-1], rates[-1], computed, holds, expression, "sure" if staged else "likely"
    )


_WHOLE = re.compile("合同|总投资|总价|总额|总金额|总经费|总费用|中标价|总预算|总造价|总支出")
_PAID = re.compile("已|首付|首期|预付|上年|前期|去年")
_REST = re.compile("尾款|余款|剩余|还需|差额|未付|欠付|尚需|尚有|余额|结余|本年需|今年需")


def remainders(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """合同A，已付B，尾款C: the whole, what was paid, and what is left of it, side by side."""
    money = [one for one in figures if one.dimension == "money" and not one.price]
    for index, whole in enumerate(money):
        if not _WHOLE.search(whole.lead[-10:]) or whole.quoted:
            continue
        paid: list[Figure] = []
        for figure in money[index + 1 : index + 6]:
            if figure.sentence != whole.sentence or figure.depth != whole.depth:
                break
            if _REST.search(figure.lead[-8:]) and paid:
                computed = whole.value - sum((one.value for one in paid), Decimal(0))
                terms = " − ".join(in_unit(one.value, whole) for one in (whole, *paid))
                expression = f"{terms} = {in_unit(computed, figure)}"
                about = any(one.about for one in (whole, *paid, figure))
                holds: bool | None = abs(computed - figure.value) <= figure.half or (None if about else False)
                yield Relation("remainder", [whole, *paid], figure, computed, holds, expression)
                break
            if not _PAID.search(figure.lead[-8:]):
                break
            paid.append(figure)
