"""Is a row about nature? A medium or an organism together with what happens to it, or a unit of either."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from perfgoals_lint.rulebook.lexicons import contains_any, pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled


@cache
def _human() -> re.Pattern[str]:
    """Surroundings made by people (营商环境, 政治生态), and other words that only sound like nature."""
    made = f"(?:{pattern_of(words('ecology.human'))})[的化]?(?:生态|环境|绿色)"
    return compiled(f"{made}|{pattern_of(words('ecology.human_words'))}")


@lru_cache(8192)
def is_ecological(text: str, unit: str | None = None) -> bool:
    """Does a text speak of nature, by itself or with the unit of its figure?"""
    text = _human().sub("\0", text)
    if contains_any(text, "ecology.alone"):
        return True
    if not contains_any(text, "ecology.media"):
        return False
    return contains_any(text, "ecology.changes") or unit in words("ecology.units")
