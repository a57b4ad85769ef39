"""The number of things that a whole is for, against the names that it is divided among."""

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation
from perfgoals_lint.rulebook.lexicons import words
from perfgoals_lint.rulebook.patterns import compiled

_NOUN = compiled("([一-龥]{1,6})[，,]?[一-龥]{0,8}$")
"""Behind a number: what it counts, and the words in front of the whole."""
_NAME = compiled("[一-龥]{2,10}$")
_ADDED = frozenset({"parts", "sum"})
_LEAST = 3
_BEFORE = 2
"""How many figures in front of a whole the number of those that share it may stand."""


def number_entries(text: str, figures: list[Figure], found: list[Relation]) -> None:
    """Mark each division of a whole that comes out among other than the number of places that it is said to be for
    (5个乡镇169户：东岭乡58户、西坪乡31户、…)."""
    places: dict[Figure, int] = {figure: place for place, figure in enumerate(figures)}
    for one in found:
        place = places.get(one.result)
        if not one.holds or one.kind not in _ADDED or len(one.terms) < _LEAST or place is None:
            continue
        first = min(place, *(places.get(term, place) for term in one.terms))
        if "其中" in one.terms[0].lead:
            continue  # those may be named that have most
        for count in figures[max(0, first - _BEFORE) : first]:
            if count.sentence == one.result.sentence and _is_of(text, count, figures[first], one.terms):
                one.stated = count.raw if count.value != len(one.terms) else None


def _is_of(text: str, count: Figure, following: Figure, terms: list[Figure]) -> bool:
    """Do the names in front of all parts end like what is counted?"""
    plain = (
        count.dimension == "count"
        and count.bound == "="
        and not count.per
        and count.unit not in words("figures.ages")
        and count.value == int(count.value)
    )
    noun = _NOUN.fullmatch(text, count.span[1], following.span[0]) if plain else None
    names = [_NAME.search(one.lead) for one in terms]
    return noun is not None and all(name is not None and name[0][-1] in noun[1] for name in names)
