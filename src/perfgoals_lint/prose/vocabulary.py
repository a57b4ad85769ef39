"""The word lists of goal prose, in the forms the reading needs."""

from functools import cache
from typing import Any, NamedTuple

from perfgoals_lint.rulebook import policy

_WORD_LISTS = (
    "sums", "above", "commitments", "background", "about", "plans", "past", "policy_terms", "explanations", "idioms",
)  # fmt: skip


class Vocabulary(NamedTuple):
    """``words`` maps a word to the lists it stands in, ``bounds`` to its operator, ``units`` a unit to its group, ``counting``
    are all units behind a figure in digits."""

    words: dict[str, frozenset[str]]
    bounds: dict[str, str]
    units: dict[str, int]
    counting: frozenset[str]
    year_units: frozenset[str]
    entry_units: frozenset[str]
    several_units: frozenset[str]
    below: frozenset[str]
    lead_ins: tuple[str, ...]
    currencies: tuple[str, ...]
    plan_reach: int

    def same_unit(self, one: str, other: str) -> bool:
        """Whether two units may be written for each other."""
        return one == other or (one in self.units and self.units[one] == self.units.get(other))


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of ``rules/lexicons/narrative.yaml``."""
    data: dict[str, Any] = policy.lexicon("narrative")
    words: dict[str, set[str]] = {}
    for name in _WORD_LISTS:
        for word in data[name]:
            words.setdefault(word, set()).add(name)
    bounds: dict[str, str] = {}
    for name in ("bounds", "bounds_behind"):
        for operator, group in data[name].items():
            for word in group:
                bounds[word] = operator
                words.setdefault(word, set()).add(name)
    return Vocabulary(
        words={word: frozenset(lists) for word, lists in words.items()},
        bounds=bounds,
        units={unit: number for number, group in enumerate(data["units"]) for unit in group},
        counting=frozenset(data["figure_units"]).union(*data["units"]),
        year_units=frozenset(data["year_units"]),
        entry_units=frozenset(data["entry_units"]),
        several_units=frozenset(data["several_units"]),
        below=frozenset(data["below"]),
        lead_ins=tuple(data["lead_ins"]),
        currencies=tuple(data["currencies"]),
        plan_reach=data["plan_reach"],
    )
