"""Is an indicator about how money and files are handled, and about nothing that the money bought?"""

from functools import lru_cache

from perfgoals_lint.lint.facts.heads import bare
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds, words


@lru_cache(8192)
def is_routine(name: str) -> bool:
    """Does a name say that something was handled by the book and in time?"""
    text = bare(name)
    found = expression("management.routine").search(text)
    if found is None:
        return False
    if contains_any(text, "management.always"):
        return True
    before = text[: found.start()]
    if (
        before
        and text.startswith(tuple(words("management.shared")), found.start())
        and not contains_any(found[0], "management.filing")
    ):
        return contains_any(before, "management.own") or contains_any(before, "management.money")
    return not contains_any(before, "management.public")


@lru_cache(8192)
def is_spending_rate(text: str) -> bool:
    """Does a text speak of a share of the money that is spent (资金使用率, 用款进度)?"""
    if contains_any(text, "relevance.no_spending_rates"):
        return False
    return contains_any(text, "relevance.spending_rates") or finds(text, "management.spending")
