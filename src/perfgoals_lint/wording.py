"""Word lists of the rulebook as compiled patterns."""

from __future__ import annotations

import re
from functools import cache

from perfgoals_lint.policy import lexicon


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list of ``rules/lexicons/wording.yaml``. Raises ``KeyError`` for an unknown list."""
    return frozenset(lexicon("wording")[name])


@cache
def matcher(name: str) -> re.Pattern[str]:
    """A pattern that finds any word of a list, the longest first."""
    ordered = sorted(words(name), key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word) for word in ordered) or r"(?!)")


def contains_any(text: str | None, name: str) -> bool:
    """Does the text hold a word of the list?"""
    return bool(text) and matcher(name).search(text or "") is not None


def ends_with_any(text: str | None, name: str) -> bool:
    """Does the text end in a word of the list?"""
    return bool(text) and (text or "").endswith(tuple(words(name)))
