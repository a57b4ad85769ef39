"""The place that a figure is for: each of a kind, all of one, or one by its name."""

from functools import lru_cache

from perfgoals_lint.rulebook.lexicons import expression, words
from perfgoals_lint.rulebook.policy import lexicon

_ALL = frozenset("全本我")
_EACH = frozenset("每各")


@lru_cache(4096)
def place_at(lead: str, unit: str = "") -> str:
    """The place at the beginning of the words in front of a figure, or of a name; empty where none is named. With its
    ``unit``: a place that is itself counted in it (小学3所) is none."""
    start = expression("place_scope.leads").match(lead)
    found = expression("place_scope.place").match(lead, start.end() if start else 0)
    if found is None or (found.end() == len(lead) and _counts(unit, found[0])):
        return ""
    return found[0]


def _counts(unit: str, place: str) -> bool:
    ranked = _end(place) in lexicon("regions")["ranks"]
    return unit == "个" if ranked else unit in words("regions.counts_places")


def apart(one: str, other: str) -> bool:
    """Are two places named that are not the same? 全镇 may be the very 白塔镇, but no 每个社区; 园区 is short for 产业园区."""
    if (
        not one
        or not other
        or one.endswith(other)
        or other.endswith(one)
        or (one[0] in _EACH and other[0] in _EACH)
    ):
        return False
    return not ({one[0], other[0]} & _ALL and _end(one) == _end(other))


def above(whole: str, part: str) -> bool:
    """May what is of one place be made of what is of another?"""
    ranks: dict[str, int] = lexicon("regions")["ranks"]
    if whole[0] in _ALL or whole[0] in _EACH:
        return True
    ends = _end(whole), _end(part)
    known = ends[0] in ranks and ends[1] in ranks
    return ranks[ends[0]] > ranks[ends[1]] if known else ends[0] != ends[1]


@lru_cache(4096)
def _end(place: str) -> str:
    ends = [found for found in words("regions.scopes") if place.endswith(found)]
    return max(ends, key=len, default=place[-1:])
