"""A stated number of things against the things that are listed."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from perfgoals_lint.narrative.types import Count, Enumeration
from perfgoals_lint.narrative.vocabulary import vocabulary

if TYPE_CHECKING:
    from perfgoals_lint.narrative.facts import Sentence
    from perfgoals_lint.narrative.structure import Structure

_SEPARATOR = re.compile("[、，,（）()：:；;。\n]|和|及|与")
_COMMA = re.compile("[、，,；;]")
_JOIN = re.compile("和|以及|及|与")
_INLINE = re.compile(
    r"[^，。；;：:（(、0-9]{0,12}(?:[：:]|[（(]|分别是|分别为|，即|，包括|，分别是|，分别为)"
)
_END = re.compile("[。；;\n]")
_CLOSE = re.compile("[）)。；;\n]")
_LONGEST = 200
_ENTRY_TEXT = 80
_HEAD = 2  # characters by which two things of one entry are seen to be of a kind (办公室租金、宿舍租金)
_BELOW = ("以下", "下列", "如下", "下述")


def enumerations(text: str, built: Structure, sentences: list[Sentence]) -> list[Enumeration]:
    """Stated numbers of entries with the counts a reader could arrive at; a numbered list that nobody counted is
    given too, with ``stated`` as ``None``."""
    lists: dict[int, list[int]] = {}
    for index, item in enumerate(built.items):
        lists.setdefault(item.list_id, []).append(index)
    found: list[Enumeration] = []
    for sentence in sentences:
        for count in sentence.counts:
            if count.quoted or count.background or count.per or count.unit not in vocabulary().entry_units:
                continue
            possible = _listed(text, built, lists, count) or _inline(text, count)
            if possible and count.number == int(count.number):
                found.append(Enumeration(int(count.number), count.unit, count.noun, count.span, possible))
    for entries in lists.values():
        if len(entries) > 1:
            span = (built.items[entries[0]].span[0], built.items[entries[-1]].span[1])
            found.append(Enumeration(None, "", "", span, _possible(text, built, entries)))
    return sorted(found, key=lambda enumeration: enumeration.span)


def _listed(text: str, built: Structure, lists: dict[int, list[int]], count: Count) -> tuple[int, ...]:
    """The possible counts of the lists that 以上三项 or 以下三项 may speak of."""
    before = text[max(0, count.span[0] - _HEAD) : count.span[0]]
    possible: set[int] = set()
    if before in _BELOW:
        following = next((item for item in built.items if item.span[0] >= count.span[1]), None)
        if following is not None:
            possible.update(_possible(text, built, lists[following.list_id]))
    elif "above" in vocabulary().words.get(before, frozenset()):
        item = count.item
        while item is not None:
            entries = lists[built.items[item].list_id]
            if entries[-1] == item and len(entries) > 1:
                possible.update(_possible(text, built, entries))
            item = built.items[item].parent
    return tuple(sorted(possible))


def _possible(text: str, built: Structure, entries: list[int]) -> tuple[int, ...]:
    most = sum(_things(text[built.items[entry].body :][:_ENTRY_TEXT]) for entry in entries)
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
