"""Word lists of the rulebook as compiled patterns."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Generic, TypeVar

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon

Label = TypeVar("Label", bound=str)
_LISTS = compiled(r"\{([a-z][a-z0-9_.|]*)\}")


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list: ``vague`` of ``rules/lexicons/wording.yaml``, or ``file.list`` of another lexicon. A text is a
    list of its words between blanks, or of its characters.

    Raises ``KeyError`` for an unknown list.
    """
    file, _, listed = name.rpartition(".")
    held = lexicon(file or "wording")[listed]
    return frozenset(held.split() if isinstance(held, str) and " " in held else held)


def pattern_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first; ``*`` in a word stands for any text within a clause, of so
    many characters that the search stays linear."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\*", r"[^，。；,;\n]{0,40}?") for word in ordered) or "(?!)"


@cache
def matcher(name: str) -> re.Pattern[str]:
    """A pattern that finds any word of a list, the longest first."""
    return compiled(pattern_of(words(name)))


@cache
def expression(name: str) -> re.Pattern[str]:
    """A pattern of ``rules/lexicons/expressions.yaml`` by its group and name; ``{file.list}`` in it stands for any word of
    that list, ``{one|other}`` for any of both. Raises ``KeyError`` for an unknown one."""
    group, _, key = name.partition(".")
    return compiled(_LISTS.sub(_any_word, lexicon("expressions")[group][key]))


def finds(text: str, name: str) -> bool:
    """Does the text hold what an expression describes?"""
    return expression(name).search(text) is not None


def _any_word(lists: re.Match[str]) -> str:
    return pattern_of(frozenset().union(*map(words, lists[1].split("|"))))


def contains_any(text: str | None, name: str) -> bool:
    """Does the text hold a word of the list?"""
    return bool(text) and matcher(name).search(text or "") is not None


def ends_with_any(text: str | None, name: str) -> bool:
    """Does the text end in a word of the list?"""
    if not text:
        return False
    ends = _endings(name).get(text[-1])
    return ends is not None and text.endswith(ends)


@cache
def _endings(name: str) -> dict[str, tuple[str, ...]]:
    """The words of a list by their last character."""
    ends: dict[str, tuple[str, ...]] = {}
    for word in filter(None, words(name)):
        ends[word[-1]] = (*ends.get(word[-1], ()), word)
    return ends


class Endings(Generic[Label]):
    """Word lists by the ends of texts: which list, the first in their order, holds a word that a text ends in, and the
    longest such word. A look at the lengths of those with its last character is a good deal cheaper than a pattern of all."""

    def __init__(self, lists: Iterable[tuple[Label, Iterable[str]]]) -> None:
        self._labels: list[Label] = []
        self._places: dict[str, list[int]] = {}
        for place, (label, listed) in enumerate(lists):
            self._labels.append(label)
            for word in set(listed):
                self._places.setdefault(word, []).append(place)
        lengths: dict[str, set[int]] = {}
        for word in filter(None, self._places):
            lengths.setdefault(word[-1], set()).add(len(word))
        self._lengths = {last: sorted(known, reverse=True) for last, known in lengths.items()}

    def of(self, text: str) -> tuple[Label, str] | None:
        """The list and the word; ``None`` where no word fits."""
        best = len(self._labels)
        word = ""
        for length in self._lengths.get(text[-1:], ()):
            end = text[-length:]
            for place in self._places.get(end, ()):
                if place < best:
                    best, word = place, end
        return (self._labels[best], word) if word else None


class WordFinder:
    """Words as they stand in a text one behind the other, at each place the longest. Looking up those that begin with a
    character costs a good deal less than trying thousands of them in a pattern."""

    def __init__(self, listed: Iterable[str]) -> None:
        self._words = frozenset(listed)
        lengths: dict[str, set[int]] = {}
        for word in filter(None, self._words):
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: sorted(known, reverse=True) for first, known in lengths.items()}

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Each word with its place."""
        at, size = 0, len(text)
        lengths, words = self._lengths, self._words
        while at < size:
            for length in lengths.get(text[at], ()):
                word = text[at : at + length]
                if word in words:
                    yield at, word
                    at += len(word)
                    break
            else:
                at += 1
