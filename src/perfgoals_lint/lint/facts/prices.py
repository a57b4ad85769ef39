"""Does a name speak of what one of something costs or brings, and not of the whole?"""

from __future__ import annotations

from functools import lru_cache

from perfgoals_lint.rulebook.lexicons import contains_any, finds
from perfgoals_lint.rulebook.policy import lexicon


@lru_cache(4096)
def is_of_one(name: str) -> bool:
    """Does a name begin with one of something (单村…, 每公里…) or hold a word for its average or price (人均, 单价)?"""
    lists = lexicon("costs")
    leads = name.startswith(tuple(lists["of_one"])) and not name.startswith(tuple(lists["not_of_one"]))
    return leads or contains_any(name, "costs.unit_costs") or finds(name, "prices.single")


@lru_cache(4096)
def is_price(name: str) -> bool:
    """Does a name end in a price for a thing or a stretch of time (盏价, 日薪, 课时酬金, 采样一份)?"""
    return finds(name, "prices.priced")
