"""What a figure is of by the words of its name: one of many, an average over time, an extreme, or the total."""

from functools import lru_cache
from typing import Literal

from perfgoals_lint.rulebook.lexicons import contains_any, finds
from perfgoals_lint.rulebook.policy import lexicon

Modifier = Literal["per", "average", "extreme", "total"]


@lru_cache(4096)
def modifier_of(name: str) -> Modifier | None:
    """``per`` for a name that begins with one of something (单村…, 每公里…) or holds a word for what one costs or has (人均,
    单价), ``average`` for one over time, ``extreme``, ``total``; ``None`` where nothing is said."""
    lists = lexicon("costs")
    leads = name.startswith(tuple(lists["of_one"])) and not name.startswith(tuple(lists["not_of_one"]))
    if leads or contains_any(name, "costs.unit_costs") or finds(name, "prices.single"):
        return "per"
    if contains_any(name, "names.averages"):
        return "average"
    if contains_any(name, "names.extremes"):
        return "extreme"
    return "total" if contains_any(name, "names.totals") else None


def is_of_one(name: str) -> bool:
    """Is a name's figure that of one of many, or an average, so that it is no part of a sum?"""
    return modifier_of(name) in ("per", "average")
