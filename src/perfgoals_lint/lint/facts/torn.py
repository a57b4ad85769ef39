"""Does a text end where no text ends: behind a word that wants something behind it, or inside a word?"""

from __future__ import annotations

from collections.abc import Iterable

from perfgoals_lint.rulebook.dictionary import is_word
from perfgoals_lint.rulebook.lexicons import expression, finds
from perfgoals_lint.text import is_chinese

_TAIL = 3
"""So many characters at the end of a text are looked for in the others."""


def ends_torn(text: str) -> bool:
    """Does a text end with a word that wants something behind it (及, 不低于)?"""
    return finds(text, "torn.torn_end") and expression("torn.whole_end").search(text) is None


def continuations(texts: Iterable[str]) -> dict[str, set[str]]:
    """What stands behind each piece of a few characters in these texts."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for at in range(len(text) - _TAIL):
            found.setdefault(text[at : at + _TAIL], set()).add(text[at + _TAIL])
    return found


def ends_in_word(text: str, known: dict[str, set[str]]) -> bool:
    """Is the last character of a text the first of a word that is cut off: do other texts (``known``, their
    continuations) go on behind the same characters with the rest of a word of two, and always do?"""
    following = known.get(text[-_TAIL:], ())
    if not following or not all(map(is_chinese, following)):
        return False
    return all(is_word(text[-1] + letter) for letter in following) and not is_word(text[-2:])
