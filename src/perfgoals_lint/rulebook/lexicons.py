"""Word lists of the rulebook as compiled patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from perfgoals_lint.rulebook.policy import lexicon


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list: ``vague`` of ``rules/lexicons/wording.yaml``, or ``file.list`` of another lexicon.

    Raises ``KeyError`` for an unknown list.
    """
    file, _, listed = name.rpartition(".")
    return frozenset(lexicon(file or "wording")[listed])


def pattern_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first; ``*`` in a word stands for any text."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\*", ".*?") for word in ordered) or "(?!)"


@cache
def matcher(name: str) -> re.Pattern[str]:
    """A pattern that finds any word of a list, the longest first."""
    return re.compile(pattern_of(words(name)))


def contains_any(text: str | None, name: str) -> bool:
    """Does the text hold a word of the list?"""
    return bool(text) and matcher(name).search(text or "") is not None


def ends_with_any(text: str | None, name: str) -> bool:
    """Does the text end in a word of the list?"""
    return bool(text) and (text or "").endswith(tuple(words(name)))
