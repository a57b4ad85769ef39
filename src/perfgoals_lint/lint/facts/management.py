"""Is an indicator about how money and files are handled, and about nothing that the money bought?"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from perfgoals_lint.lint.facts.names import bare
from perfgoals_lint.rulebook.lexicons import contains_any, pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled


@cache
def _routine() -> re.Pattern[str]:
    objects, qualities, ends, plans, always = (
        pattern_of(words(f"management.{listed}"))
        for listed in ("objects", "qualities", "ends", "plans", "always")
    )
    handled = rf"(?:{objects})[^，。]{{0,4}}?(?:{qualities})(?:{ends})"
    paid = rf"(?:{pattern_of(words('management.money'))})[^，。]{{0,2}}?(?:{qualities})(?:{pattern_of(words('management.uses'))})率"
    return compiled(
        rf"{always}|(?:{handled}|{paid})$|(?:^|年度|各项|项目|工作|全年)(?:{plans})$|^(?:项目)?合规率$"
    )


@lru_cache(8192)
def is_routine(name: str) -> bool:
    """Does a name say that something was handled by the book and in time?"""
    text = bare(name)
    found = _routine().search(text)
    if found is None:
        return False
    if contains_any(text, "management.always"):
        return True
    before = text[: found.start()]
    if (
        before
        and text.startswith(tuple(words("management.shared")), found.start())
        and "归档" not in found[0]
    ):
        return contains_any(before, "management.own") or contains_any(before, "management.money")
    return not contains_any(before, "management.public")


@cache
def _spending() -> re.Pattern[str]:
    money, uses, paces = (pattern_of(words(f"management.{listed}")) for listed in ("money", "uses", "paces"))
    use = rf"(?:{money})[^，。；占比]{{0,4}}?(?:{uses})(?:完成)?(?:{paces})|用款(?:{paces})"
    return compiled(use)


@lru_cache(8192)
def is_spending_rate(text: str) -> bool:
    """Does a text speak of a share of the money that is spent (资金使用率, 用款进度)?"""
    if contains_any(text, "relevance.no_spending_rates"):
        return False
    return contains_any(text, "relevance.spending_rates") or _spending().search(text) is not None
