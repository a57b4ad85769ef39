"""Names that speak of a place: a whole region (全市…), a place name at the head, a house or a part of one."""

from functools import lru_cache
from typing import Literal

from perfgoals_lint.rulebook.lexicons import contains_any, expression, matcher

Place = Literal["whole", "part", "named"]


@lru_cache(4096)
def names_region(name: str) -> bool:
    """Does a name speak of a region, by its name or as the whole of one?"""
    return (
        contains_any(name, "region_words")
        or expression("regions.place").match(name) is not None
        or expression("regions.whole").match(name) is not None
    )


@lru_cache(4096)
def region_of(name: str) -> str | None:
    """The region that an indicator's name speaks of (全市, or the place name at its head), or ``None``."""
    found = (
        matcher("region_words").search(name)
        or expression("regions.place").match(name)
        or expression("regions.whole").match(name)
    )
    return found[0] if found else None


@lru_cache(4096)
def place_of(name: str, body: str = "") -> Place | None:
    """The place that a name speaks of, against the body that the document is of: its ``whole`` (全市, 全校, or the place that
    the body bears in its name), a ``part`` of a house (本部校区), or a place that is only ``named``."""
    if expression("part_exceeds_whole.whole").match(name):
        return "whole"
    region = region_of(name)
    if region:
        own = region in body or expression("part_exceeds_whole.own_region").match(region) is not None
        return "whole" if own else "named"
    return "part" if expression("part_exceeds_whole.part").match(name) else None
