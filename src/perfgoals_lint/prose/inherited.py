"""What a figure of a list takes from the one in front of it."""

from __future__ import annotations

from itertools import pairwise

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.rulebook.patterns import compiled

_LISTED_NOUN = compiled("[；;、，,\n][一-龥]{2,12}")
_JOINED_NAME = compiled("[、和及与][一-龥]{1,4}")


def inherit(figures: list[Figure], text: str) -> None:
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


def share_prices(figures: list[Figure], text: str) -> None:
    """An amount joined to a price is one for the same unit (分别为每亩10元和11.25元, 标准分别为50元、100元); one behind a share is
    no total."""
    for before, figure in pairwise(figures):
        gap = text[before.span[1] : figure.span[0]]
        if before.dimension == "share" and gap == "计":
            figure.total = False  # 占60%计42.6万元 is what the share makes
        # 单价按三级4万元、二级1.2万元: a price each, as one word says of all.
        paid = len(before.per) + ((before.parts or 1) > 1) != 1 and before.scale == figure.scale
        joined = gap in ("和", "及", "与", "、") or (paid and _JOINED_NAME.fullmatch(gap) is not None)
        priced = before.price and before.dimension == figure.dimension == "money"
        if joined and priced and not figure.per:
            figure.per, figure.parts, figure.price, figure.joined = [*before.per], before.parts, True, True
