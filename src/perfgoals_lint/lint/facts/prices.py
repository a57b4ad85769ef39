"""Does a name speak of the price of something?"""

from __future__ import annotations

from functools import lru_cache

from perfgoals_lint.rulebook.lexicons import finds


@lru_cache(4096)
def is_price(name: str) -> bool:
    """Does a name end in a price for a thing or a stretch of time (盏价, 日薪, 课时酬金, 采样一份)?"""
    return finds(name, "prices.priced")
