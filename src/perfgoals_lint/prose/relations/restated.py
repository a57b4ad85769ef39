"""One amount printed twice side by side, in two units (75000元，即7.5万元)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, in_unit

_IS = re.compile("[，,]?(?:即|折合|约合|也就是)|合|(?P<bracket>[（(])(?:即|合|折合)?")
"""Not 合计, which adds up what stands in front of it."""


def restated(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """Pairs of amounts of which the second is said to be the first in another unit."""
    for one, other in pairwise(figures):
        if not one.dimension == other.dimension == "money" or one.scale == other.scale:
            continue
        if one.price or other.price or one.parts or other.parts or other.low is not None or one.quoted:
            continue
        said = _IS.fullmatch(text, one.span[1], other.span[0])
        if said is None or (said["bracket"] and not other.tail.startswith(("）", ")"))):
            continue  # behind a bracket that goes on stands a part (20万元（5000元用于宣传）)
        holds: bool | None = abs(one.value - other.value) <= other.half + one.half
        if not holds and (one.about or other.about):
            holds = None
        expression = f"{one.raw} = {in_unit(one.value, other)}"
        yield Relation("sum", [one], other, one.value, holds, expression, "likely")
