"""Is a row about nature? A medium or an organism together with what happens to it, or a unit of either."""

from functools import lru_cache

from perfgoals_lint.rulebook.lexicons import contains_any, expression, words


@lru_cache(8192)
def is_ecological(text: str, unit: str | None = None) -> bool:
    """Does a text speak of nature, by itself or with the unit of its figure?"""
    text = expression("ecology.human").sub("\0", text)
    if contains_any(text, "ecology.alone"):
        return True
    if not contains_any(text, "ecology.media"):
        return False
    return contains_any(text, "ecology.changes") or unit in words("ecology.units")
