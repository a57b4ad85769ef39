"""One amount printed twice side by side, in two units (75000元，即7.5万元) or in digits and in words (壹拾万元整)."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, in_unit
from perfgoals_lint.rulebook.patterns import compiled

_IS = compiled(
    "[整正]?(?:[，,]?(?:即|折合|约合|也就是)|合|(?P<bracket>[（(])(?:即|合|折合)?)(?:人民币|[大小]写|[：:¥￥]){0,4}"
)
"""Not 合计, which adds up what stands in front of it."""
_CLOSED = compiled("[整正]?[）)]")


def restated(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """Pairs of amounts of which the second is said to be the first in another unit, or in another script."""
    for one, other in pairwise(figures):
        if not one.dimension == other.dimension == "money":
            continue
        scripts = one.raw[0].isascii() != other.raw[0].isascii()  # in digits and in characters
        if one.scale == other.scale and not scripts:
            continue
        if one.price or other.price or one.parts or other.parts or other.low is not None or one.quoted:
            continue
        said = _IS.fullmatch(text, one.span[1], other.span[0])
        if said is None or (said["bracket"] and not _CLOSED.match(other.tail)):
            continue  # behind a bracket that goes on stands a part (20万元（5000元用于宣传）)
        # What is written in words is written in full.
        slack = sum((each.half for each in (one, other) if each.raw[0].isascii() or not scripts), Decimal(0))
        agrees = abs(one.value - other.value) <= slack
        holds = agrees or (None if one.about or other.about else False)
        expression = f"{one.raw} = {in_unit(one.value, other)}"
        yield Relation("sum", [one], other, one.value, holds, expression, "likely")
