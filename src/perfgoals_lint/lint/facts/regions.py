"""Names that speak of a whole region: 全市…, or a place name at the head."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.rulebook.lexicons import contains_any, matcher, pattern_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon


@cache
def _place() -> re.Pattern[str]:
    lists = lexicon("relevance")
    ends, barred = pattern_of(lists["region_ends"]), pattern_of(lists["no_regions"])
    return compiled(
        rf"^(?:(?!{barred})[\u4e00-\u9fff]){{2,{lists['longest_region']}}}?(?!{barred})(?:{ends})"
    )


@cache
def _whole() -> re.Pattern[str]:
    """The whole of the issuing body's place: 全, 本, 我 or 辖 with any word for a place (全旗, 本市, 我县, 辖区, 县域)."""
    places = pattern_of(lexicon("regions")["places"])
    return compiled(
        rf"(?:全|本|我)(?:{places})|辖区|市区|(?:{places})域(?!网)|全域|全社会|[\u4e00-\u9fff]{{1,4}}流域"
    )


@cache
def _own() -> re.Pattern[str]:
    """What the project itself works with (项目村, 园区, 参训), however its own words sound."""
    return compiled(pattern_of(lexicon("regions")["own"]))


@lru_cache(4096)
def has_region(name: str) -> bool:
    """Does an indicator's name speak of a whole region?"""
    if _own().match(name):
        return False
    if contains_any(name, "region_words") or _place().match(name) is not None:
        return True
    return _whole().match(name) is not None or analyse(name).macro


@lru_cache(4096)
def region_of(name: str) -> str | None:
    """The region that an indicator's name speaks of (全市, or the place name at its head), or ``None``."""
    found = matcher("region_words").search(name) or _place().match(name) or _whole().match(name)
    return found[0] if found else None
