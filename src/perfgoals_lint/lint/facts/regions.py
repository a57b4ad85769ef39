"""Names that speak of a whole region: 全市…, or a place name at the head."""

from __future__ import annotations

from functools import lru_cache

from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.rulebook.lexicons import contains_any, expression, matcher


@lru_cache(4096)
def has_region(name: str) -> bool:
    """Does an indicator's name speak of a whole region?"""
    if matcher("regions.own").match(name):
        return False
    if contains_any(name, "region_words") or expression("regions.place").match(name) is not None:
        return True
    return expression("regions.whole").match(name) is not None or analyse(name).macro


@lru_cache(4096)
def region_of(name: str) -> str | None:
    """The region that an indicator's name speaks of (全市, or the place name at its head), or ``None``."""
    found = (
        matcher("region_words").search(name)
        or expression("regions.place").match(name)
        or expression("regions.whole").match(name)
    )
    return found[0] if found else None
