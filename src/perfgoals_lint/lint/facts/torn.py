"""Does a text end where no text ends: behind a word that wants something behind it, or inside a word?"""

from collections.abc import Iterable
from functools import cached_property

from perfgoals_lint.rulebook.dictionary import is_word
from perfgoals_lint.rulebook.lexicons import finds
from perfgoals_lint.text import is_chinese

_TAIL = 3
"""So many characters at the end of a text are looked for in the others."""


def ends_torn(text: str) -> bool:
    """Does a text end with a word that wants something behind it (及, 不低于)?"""
    return finds(text, "torn.torn_end") and not finds(text, "torn.whole_end")


class OtherTexts:
    """Texts of a table, to look up how they go on; they are gone through when that is first asked, which is seldom."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts

    @cached_property
    def _behind(self) -> dict[str, set[str]]:
        """What stands behind each piece of a few characters: the next two characters or the last one."""
        found: dict[str, set[str]] = {}
        for text in self._texts:
            for at in range(len(text) - _TAIL):
                found.setdefault(text[at : at + _TAIL], set()).add(text[at + _TAIL : at + _TAIL + 2])
        return found

    def go_on_with_word(self, text: str) -> bool:
        """Is the last character of a text the first of a word that is cut off: do the texts go on behind the same
        characters with the rest of a word of two, and never with a word of its own (隔离带 in front of 开设)?"""
        if not is_chinese(text[-1:]) or is_word(text[-2:]):
            return False
        following = self._behind.get(text[-_TAIL:], ())
        return bool(following) and all(
            is_word(text[-1] + after[0]) and not is_word(after) for after in following
        )
