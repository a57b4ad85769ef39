"""One figure printed twice: an amount in two units or scripts (75000元，即7.5万元), a number again where all are meant."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, in_unit, misprinted
from perfgoals_lint.rulebook.patterns import compiled

_IS = compiled(
    "[整正]?(?:[，,]?(?:即|折合|约合|也就是)|合|(?P<bracket>[（(])(?:即|合|折合)?)(?:人民币|[大小]写|[：:¥￥]){0,4}"
)
"""Not 合计, which adds up what stands in front of it."""
_CLOSED = compiled("[整正]?[）)]")
_ALL_OF = compiled("(?!以|多|左右)([一-龥]{2,14}?)(?:全部|均|都)(?![一-龥]?[0-9])")
_ONCE_MORE = compiled("[，,；;、]?(?:确保|保证|实现|做到|上述|以上|这|该)*")
_BEFORE = 24  # figures in front of one that names all of something


def all_again(figures: list[Figure]) -> Iterator[Relation]:
    """新建驿站12个，…。年底前，15个新建驿站全部投入使用: all of what only one number in its unit has counted before."""
    for place, figure in enumerate(figures):
        thing = _ALL_OF.match(figure.tail) if figure.dimension == "count" else None
        if thing is None or _ONCE_MORE.fullmatch(figure.lead) is None or not figure.plain:
            continue
        before = [one for one in figures[max(0, place - _BEFORE) : place] if one.unit == figure.unit]
        if len(before) != 1 or place > _BEFORE or not before[0].plain:
            continue
        if thing[1] not in before[0].lead + before[0].behind:
            continue
        stated, known = figure.value, before[0].value
        wrong = stated > known or misprinted(figure, known)  # fewer may be some of them
        holds = stated == known or (False if wrong else None)
        yield Relation("sum", before, figure, known, holds, in_unit(known, figure), "likely")


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
