"""Does a text end where no text ends: behind a word that wants something behind it, or inside a word?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from perfgoals_lint.rulebook.dictionary import is_word
from perfgoals_lint.rulebook.lexicons import pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled

_TAIL = 3
"""So many characters at the end of a text are looked for in the others."""


@cache
def _torn_end() -> re.Pattern[str]:
    return compiled(rf"(?:{pattern_of(words('goals.torn_ends'))})\s*$")


@cache
def _whole_end() -> re.Pattern[str]:
    return compiled(rf"(?:{pattern_of(words('goals.whole_ends'))})\s*$")


def ends_torn(text: str) -> bool:
    """Does a text end with a word that wants something behind it (及, 不低于)?"""
    return _torn_end().search(text) is not None and _whole_end().search(text) is None


def continuations(texts: Iterable[str]) -> dict[str, set[str]]:
    """What stands behind each piece of a few characters in these texts: the next two characters or the last one."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for at in range(len(text) - _TAIL):
            found.setdefault(text[at : at + _TAIL], set()).add(text[at + _TAIL : at + _TAIL + 2])
    return found


def ends_in_word(text: str, known: dict[str, set[str]]) -> bool:
    """Is the last character of a text the first of a word that is cut off: do other texts (``known``, their
    continuations) go on behind the same characters with the rest of a word of two, and never with a word of its own
    (隔离带 in front of 开设)?"""
    following = known.get(text[-_TAIL:], ())
    if not following or is_word(text[-2:]):
        return False
    return all(is_word(text[-1] + after[0]) and not is_word(after) for after in following)
