"""Names that speak of a whole region: 全市…, or a place name at the head."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from perfgoals_lint.rulebook.lexicons import contains_any, matcher, pattern_of
from perfgoals_lint.rulebook.policy import lexicon


@cache
def _place() -> re.Pattern[str]:
    lists = lexicon("relevance")
    ends, barred = pattern_of(lists["region_ends"]), pattern_of(lists["no_regions"])
    return re.compile(
        rf"^(?:(?!{barred})[\u4e00-\u9fff]){{2,{lists['longest_region']}}}?(?!{barred})(?:{ends})"
    )


@lru_cache(4096)
def has_region(name: str) -> bool:
    """Does an indicator's name speak of a whole region?"""
    return contains_any(name, "region_words") or _place().match(name) is not None


@lru_cache(4096)
def region_of(name: str) -> str | None:
    """The region that an indicator's name speaks of (全市, or the place name at its head), or ``None``."""
    found = matcher("region_words").search(name) or _place().match(name)
    return found[0] if found else None
