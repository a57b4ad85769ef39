"""What a figure of a list takes from the one in front of it."""

from decimal import Decimal
from itertools import pairwise

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure, is_start
from perfgoals_lint.prose.types import Per
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

_LISTED_NOUN = compiled("[；;、，,\n][一-龥]{2,12}")
_FEE = compiled("[一-龥]费$")
_ONCE = compiled("一次性?|每次|首次")
"""In front of what is paid once, whatever the price in front of it is for."""
_UP_TO = compiled("[到至—–~～-]{1,2}")
_NEAR = 6
"""How many figures in front of a price the numbers of its kinds stand."""
_TO_DATE = compiled(
    r"(?:截[至止]|(?:(?<!目)[近前][一二两三四五几]?年|以来|“?十[二三]五”?期间|上一轮)(?![^。；\n]*(?:[本该]项目|[今本当]年|[本此]次)))(?![^。；\n]*(?:拟|计划))[^。；\n]*$"
)
_SPENT = compiled("累计|已?共?投入")
_SENTENCE = 60
"""How far in front of what was spent in all the date up to which it is told may stand, in characters."""
_HALF = Decimal("0.5")
_KIND = 2
"""Characters of the name of a kind."""
_JOINED_NAME = compiled("[、和及与][一-龥]{1,6}")


def inherit(figures: list[Figure], text: str) -> None:
    """Give the figures of a text what those in front of them say of them."""
    _units(figures, text)
    _spans_of_money(figures, text)
    _spent_to_date(figures, text)
    _share_prices(figures, text)
    _price_by_halves(figures)


def _units(figures: list[Figure], text: str) -> None:
    """A bare number behind a noun takes the unit of the amount in front of it in a list (…35.8万；保洁18.51)."""
    for before, figure in pairwise(figures):
        listed = before.dimension == "money" and before.scale >= 10**4 and figure.dimension == "bare"
        gap = text[before.span[1] : figure.span[0]]
        closed = not figure.tail or figure.tail[0] in "，。；;、,\n"
        if (
            listed
            and closed
            and figure.scale == 1
            and before.price == figure.price
            and _LISTED_NOUN.fullmatch(gap)
        ):
            figure.dimension, figure.unit, figure.scale = "money", "元", before.scale
            figure.value *= before.scale
            figure.step *= before.scale


def _spans_of_money(figures: list[Figure], text: str) -> None:
    """Two amounts joined by 至 are the ends of what a thing may cost (每项20万元至40万元), and neither is added up."""
    for low, high in pairwise(figures):
        gap = text[low.span[1] : high.span[0]]
        joined = _UP_TO.fullmatch(gap) and not is_start(low.lead, gap)
        if joined and low.dimension == high.dimension == "money":
            low.low, high.low = low.value, low.value


def _spent_to_date(figures: list[Figure], text: str) -> None:
    """Money that was spent in all is past where its sentence begins with the time up to which it is told (截至2023年底，整治5条，
    累计投入80万元; 近三年共投入80万元)."""
    for figure in figures:
        if figure.dimension == "money" and (spent := _SPENT.search(figure.lead)):
            start = figure.span[0] - len(figure.lead) + spent.start()
            figure.past = figure.past or _TO_DATE.search(text[max(0, start - _SENTENCE) : start]) is not None


def _share_prices(figures: list[Figure], text: str) -> None:
    """An amount joined to a price is one for the same unit (分别为每亩10元和11.25元, 标准分别为50元、100元); one behind a share is
    no total."""
    for place, (before, figure) in enumerate(pairwise(figures)):
        gap = text[before.span[1] : figure.span[0]]
        if before.dimension == "share" and gap == "计":
            figure.total = False  # 占60%计42.6万元 is what the share makes
        # 单价按三级4万元、二级1.2万元: a price each, as one word says of all.
        paid = len(before.per) + ((before.parts or 1) > 1) != 1 and before.scale == figure.scale
        joined = gap in ("和", "及", "与", "、") or (paid and _JOINED_NAME.fullmatch(gap) is not None)
        priced = before.price and before.dimension == figure.dimension == "money"
        joined = joined or (
            priced
            and gap.startswith("、")
            and before.scale == figure.scale
            and all(_FEE.search(one.lead) for one in (before, figure))
        )
        joined = joined or (
            priced and _of_another_kind(figures[max(0, place - _NEAR) : place], before, figure)
        )
        if joined and priced and not figure.per:
            figure.per, figure.price, figure.joined = [*before.per], True, True
            if figure.parts is None and not _ONCE.search(gap):
                figure.parts = before.parts
                figure.lent = (before.parts or 1) > 1 and gap.endswith("费")


def _of_another_kind(counts: list[Figure], price: Figure, figure: Figure) -> bool:
    """Is an amount behind a price named as another kind of what was counted is (新建6座、改建4座，每座新建补助15万元、改建补助8万元)?"""
    if (
        cues().yearly.search(figure.lead)
        or len(price.per) != 1
        or figure.sentence != price.sentence
        or price.scale != figure.scale
    ):
        return False
    sorts = [one for one in counts if one.unit == price.per[0].unit]
    kinds = [one for one in sorts if common_stretch(one.lead[-_KIND:], figure.lead, _KIND)]
    if len(kinds) != 1 or figure.lead.strip("、，").replace(kinds[0].lead[-_KIND:], "") not in price.lead:
        return False  # 改建完工奖励8万元
    return (
        len(sorts) > 1
        and not figure.total
        and common_stretch(kinds[0].lead[-_KIND:], price.lead, _KIND) is None
    )


def _price_by_halves(figures: list[Figure]) -> None:
    """A price for half of something (每半天1200元) is one for each of the halves that are counted beside it (16个半天)."""
    for place, price in enumerate(figures):
        if price.dimension != "money" or not any(one.count == _HALF for one in price.per):
            continue
        around = figures[max(0, place - _NEAR) : place + _NEAR]
        counted = [one.tail for one in around if one.unit == "个" and one.sentence == price.sentence]
        halves = {one: f"半{one.unit}" for one in price.per if one.count == _HALF}
        price.per[:] = [
            Per(Decimal(1), halves[one])
            if one in halves and any(tail.startswith(halves[one]) for tail in counted)
            else one
            for one in price.per
        ]
