"""A stated number of things against the things that are listed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from perfgoals_lint.prose.types import Count, Enumeration
from perfgoals_lint.prose.vocabulary import vocabulary

if TYPE_CHECKING:
    from perfgoals_lint.prose.facts import Sentence
    from perfgoals_lint.prose.structure import Structure

_SEPARATOR = re.compile("[、，,（）()：:；;。\n]|和|及|与")
_COMMA = re.compile("[、，,；;]")
_JOIN = re.compile("和|以及|及|与")
_INLINE = re.compile(
    r"[^，。；;：:（(、0-9]{0,12}(?:[：:]|[（(]|分别是|分别为|，即|，包括|，分别是|，分别为)"
)
_END = re.compile("[。；;\n]")
_CLOSE = re.compile("[）)。；;\n]")
_LONGEST = 200
_MOST = 200  # stated numbers of one text that are compared with its lists
_ENTRY_TEXT = 80
_HEAD = 2  # characters by which two things of one entry are seen to be of a kind (办公室租金、宿舍租金)


def enumerations(text: str, built: Structure, sentences: list[Sentence]) -> list[Enumeration]:
    """Stated numbers of entries with the counts a reader could arrive at; a numbered list that nobody counted is
    given too, with ``stated`` as ``None``."""
    return _Enumerator(text, built).run(sentences)


class _Enumerator:
    def __init__(self, text: str, built: Structure) -> None:
        self.text = text
        self.built = built
        self.starts = [item.span[0] for item in built.items]
        self.lists: dict[int, list[int]] = {}
        for index, item in enumerate(built.items):
            self.lists.setdefault(item.list_id, []).append(index)
        self.possible = {list_id: self._possible(entries) for list_id, entries in self.lists.items()}

    def run(self, sentences: list[Sentence]) -> list[Enumeration]:
        units = vocabulary().entry_units
        counts = [c for sentence in sentences for c in sentence.counts if c.unit in units and not c.per]
        found: list[Enumeration] = []
        for count in counts[:_MOST]:
            possible = self._listed(count) or _inline(self.text, count)
            if possible and not (count.quoted or count.background) and count.number == int(count.number):
                found.append(Enumeration(int(count.number), count.unit, count.noun, count.span, possible))
        for list_id, entries in self.lists.items():
            if len(entries) > 1:
                span = (self.starts[entries[0]], self.built.items[entries[-1]].span[1])
                found.append(Enumeration(None, "", "", span, self.possible[list_id]))
        return sorted(found, key=lambda enumeration: enumeration.span)

    def _listed(self, count: Count) -> tuple[int, ...]:
        """The possible counts of the lists that 以上三项 or 以下三项 may speak of."""
        before = self.text[max(0, count.span[0] - _HEAD) : count.span[0]]
        possible: set[int] = set()
        if before in vocabulary().below:
            following = bisect_left(self.starts, count.span[1])
            if following < len(self.starts):
                possible.update(self.possible[self.built.items[following].list_id])
        elif "above" in vocabulary().words.get(before, frozenset()):
            item = count.item
            while item is not None:
                list_id = self.built.items[item].list_id
                entries = self.lists[list_id]
                if entries[-1] == item and len(entries) > 1:
                    possible.update(self.possible[list_id])
                item = self.built.items[item].parent
        return tuple(sorted(possible))

    def _possible(self, entries: list[int]) -> tuple[int, ...]:
        bodies = (self.built.items[entry].body for entry in entries)
        most = sum(_things(self.text[body : body + _ENTRY_TEXT]) for body in bodies)
        return tuple(range(len(entries), max(most, len(entries)) + 1))


def _things(entry: str) -> int:
    """How many things of one kind a list entry may be said to hold."""
    sentence = _END.split(entry, maxsplit=1)[0]
    heads = Counter(part[-_HEAD:] for part in _SEPARATOR.split(sentence) if len(part) > _HEAD)
    return max(heads.values(), default=1)


def _inline(text: str, count: Count) -> tuple[int, ...]:
    """The possible counts of things listed directly behind their number (三个站点：甲站、乙站和丙站)."""
    opening = _INLINE.match(text, count.span[1], count.span[1] + _LONGEST)
    if opening is None:
        return ()
    bracket = opening[0][-1] in "（("
    rest = text[opening.end() : opening.end() + _LONGEST]
    end = (_CLOSE if bracket else _END).search(rest)
    listed = rest[: end.start()] if end else rest
    entries = _COMMA.split(listed)
    if len(entries) < 2 or "等" in listed or any(character.isdigit() for character in listed):
        return ()
    joined = sum(len(_JOIN.findall(entry)) for entry in entries)
    return tuple(range(len(entries), len(entries) + joined + 1))
