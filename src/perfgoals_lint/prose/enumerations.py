"""A stated number of things against the things that are listed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from perfgoals_lint.prose.numbers import read_number
from perfgoals_lint.prose.types import Count, Enumeration
from perfgoals_lint.prose.vocabulary import vocabulary
from perfgoals_lint.rulebook.lexicons import contains_any, matcher
from perfgoals_lint.rulebook.patterns import compiled

if TYPE_CHECKING:
    from perfgoals_lint.prose.facts import Sentence
    from perfgoals_lint.prose.structure import Structure

_SEPARATOR = compiled("[、，,（）()：:；;。\n]|和|及|与")
_COMMA = compiled("[、，,；;]")
_JOIN = compiled("和|以及|(?<![涉普])及|(?<![参给])与")
_INLINE = compiled(
    r"[^，。；;：:（(、0-9]{0,12}(?:[：:]|[（(]|，?分别(?:是|为|位于|设在|设于|布设在)|，即|，包括)"
)
_ANNOUNCED = compiled(
    r"(?<![第\d〇零一二两三四五六七八九十百千万])(?P<number>\d{1,2}|[两二三四五六七八九十])"
    r"(?P<unit>大类|大|门|类|个|种|项|条|处|座|家|所|方面)"
    r"(?=(?P<noun>[一-龥]{0,6}?)(?:[：:]|[（(]|，?分别[是为]|，?即[：:]?|，包括))"
)
_END = compiled("[。；;\n]")
_CLOSE = compiled("[）)。；;\n]")
_CLOSED = compiled("[^，。；;：:（(、0-9]{0,12}(?:，?分别(?:是|为|位于|设在|设于|布设在)|[：:][^。；\n]*$)")
_BEFORE_LIST = compiled(
    "[^，。；;：:（(、0-9]{0,12}(?:[：:]|，?(?:分别是|分别为|包括|即)[：:]?|。(?=\n?[一1][是、.]))\n?"
)
_COUNTED = compiled("([一-龥]{2,8})(?:[：:]|，?即[：:]?|，?分别[是为][：:]?|（)")
_NAMES = compiled(
    "[一-龥]{0,6}(?:[：:]|，?即[：:]?|（)(?:[^，。；;：:、（）]{2,10}、)+[^，。；;：:、（）]{2,16}(?=[。；;）\n]|$)"
)
"""Short names and nothing else behind a number (三项工作：普法宣传、法律援助)."""
_BRACKETS = compiled("[（(][^（）()]{0,40}[）)]")
_ENTRY_ITSELF = compiled(r"[^，。；、0-9]{0,6}?(?:、|[共等]\d)")
"""Behind a number that is part of one name of a list (滑冰、冬季两项共4项)."""
_CLAUSE = compiled("[，。；;：:\n]")
_OF_EACH = compiled("含|其中|用于|用来|[每各均都共由按]")
"""What begins so is some of the things, or what each of them has."""
_UNITS = "(?:[县市区旗乡镇村居]|街道|社区|园区|苏木|团场|[农林]场|办事处)"
_PLACES = compiled("(?:[县市区旗乡镇]{1,2}|街道)[（(：:]")
"""Units of administration, which have names, directly in front of them."""
_SORTED = compiled("(?:村|社区)[（(]$")  # the bracket may hold sorts (3个村（贫困村、边境村）)
_VARIANTS = compiled(f"{_UNITS}(?:、{_UNITS})*[）)]")
"""In a bracket: other words for a unit of administration (15个县（市、区）)."""
_SPLIT = compiled("[^，。]{0,8}(?:划分为|分为|分成)")
_NAME_END = compiled("[一-龥]")
_NOUN = compiled("[一-龥]{2}")
_TAKES = compiled("^.*[在对于由向为给从至]")
"""Words in front of the first of several names, up to the preposition that takes them."""
_LEAST_NAMES = 3
_OPEN_BUT = compiled("等[级候待同于额保离闲价差效份]")
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
        counts += _announced(self.text, sentences)
        found: list[Enumeration] = []
        for count in counts[:_MOST]:
            if count.quoted or count.background or count.number != int(count.number):
                continue
            stated = int(count.number)
            listed = self._listed(count)
            numbered = () if listed else self._numbered(count)
            inline = () if listed or numbered or stated == 1 else _inline(self.text, count)
            possible = listed or numbered or inline or _in_front(self.text, count)
            if possible and stated > possible[-1] and count.unit in vocabulary().several_units:
                continue  # three machines may be of two kinds: only more entries than machines contradict
            if possible:
                before = self.text[max(0, count.span[0] - _HEAD) : count.span[0]]
                fewer = stated < possible[0]
                if inline:
                    names = fewer and _NAMES.match(self.text, count.span[1]) is not None
                    alike = names or _listed_alike(self.text, count)
                else:
                    alike = not (listed or numbered) and _closed_in_front(self.text, count, fewer)
                below = bool(listed) and before in vocabulary().below
                closed = (
                    bool(numbered) or alike or below or _CLOSED.match(self.text, count.span[1]) is not None
                )
                noun = count.after or count.noun
                found.append(Enumeration(stated, count.unit, noun, count.span, possible, closed))
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

    def _numbered(self, count: Count) -> tuple[int, ...]:
        """The possible counts of the numbered list that begins directly behind a number's clause
        (三项任务：一是…二是…), or behind a full stop where it says that it is told in points (三项任务。一是…); one whose last
        entry is open may go on."""
        opening = _BEFORE_LIST.match(self.text, count.span[1])
        if opening is None or ("。" in opening[0] and not contains_any(opening[0], "narrative.points")):
            return ()
        following = bisect_left(self.starts, opening.end())
        if following == len(self.starts) or self.starts[following] != opening.end():
            return ()
        item = self.built.items[following]
        last = self.built.items[self.lists[item.list_id][-1]]
        rest = self.text[last.span[0] : last.span[1]]
        if item.number != 1:
            return ()
        possible = self.possible[item.list_id]
        opened = matcher("figures.open").search(_OPEN_BUT.sub("", rest)) is not None
        return (*possible, *range(possible[-1] + 1, int(count.number) + 1)) if opened else possible

    def _possible(self, entries: list[int]) -> tuple[int, ...]:
        bodies = (self.built.items[entry].body for entry in entries)
        most = sum(_things(self.text[body : body + _ENTRY_TEXT]) for body in bodies)
        return tuple(range(len(entries), max(most, len(entries)) + 1))


def _announced(text: str, sentences: list[Sentence]) -> list[Count]:
    """Numbers directly in front of a list that are read as no counts elsewhere: with 大 (两大市场：…), with a word that
    is a unit beside its list only (5门课程：…), in words (五类设备，分别为…)."""
    read = {count.span[0] for sentence in sentences for count in sentence.counts}
    found = []
    for match in _ANNOUNCED.finditer(text):
        number = read_number(match["number"])
        if number is not None and match.start() not in read:
            found.append(Count(number.value, match["unit"], match.span(), noun=match["noun"]))
    return found


def _things(entry: str) -> int:
    """How many things of one kind a list entry may be said to hold."""
    sentence = _END.split(entry, maxsplit=1)[0]
    heads = Counter(part[-_HEAD:] for part in _SEPARATOR.split(sentence) if len(part) > _HEAD)
    return max(heads.values(), default=1)


def _clause_before(text: str, count: Count) -> str:
    start = count.span[0]
    return _CLAUSE.split(text[max(0, start - _LONGEST) : start])[-1]


def _named_alike(text: str, count: Count, entries: list[str]) -> bool:
    found = (pattern.match(text, count.span[1]) for pattern in (_NAME_END, _NOUN))
    ends = [end[0] for end in found if end]
    alike = any(all(entry.endswith(end) for entry in entries) for end in ends)
    return len(entries) > 1 and (alike or _SPLIT.match(entries[0]) is not None)


def _closed_in_front(text: str, count: Count, fewer: bool) -> bool:
    """Are things named directly in front of a number plainly all of them: they end in the word for what is counted
    (甲村、乙村两个村), are names of one length (滨河、环山、沿路三条绿道), or are more, though the number says ``fewer``?"""
    rest = _clause_before(text, count)
    names = rest.split("、")
    one_length = len(names) >= _LEAST_NAMES and len({len(name) for name in names[1:]}) == 1
    if one_length and not _JOIN.search(names[-1]):
        return True
    names = rest.removesuffix("等").split("、")
    if _named_alike(text, count, _expanded(names)):
        return True
    # 大石河、小青河等三条河流: most of them end in a character of the noun.
    characters = set(text[count.span[1] : count.span[1] + _HEAD]) - set("的等，。、；")
    alike = sum(name[-1:] in characters for name in names) * 2 > len(names)
    return fewer and (alike or not rest.endswith("等"))


def _listed_alike(text: str, count: Count) -> bool:
    """Do all things named behind a number's colon end in the word for what is counted (4个中心：数据中心、培训中心)?"""
    opening = _COUNTED.match(text, count.span[1]) or _INLINE.match(text, count.span[1])
    if opening is None:
        return False
    rest = text[opening.end() : opening.end() + _LONGEST]
    bracket = opening[0][-1] in "（("
    end = (_CLOSE if bracket else _END).search(rest)
    entries = [entry for entry in _COMMA.split(_before_comma(rest[: end.start()] if end else rest)) if entry]
    ends = {_JOIN.split(entry)[-1][-1:] for entry in entries}
    # All but one are no examples (4个镇（东桥、石浦、双河）); two may be sorts (3个县（平原县、山区县）).
    one_short = _LEAST_NAMES <= len(entries) == count.number - 1
    alike = len(entries) > 1 and len(ends) == 1 and ends <= set(opening[0])
    if bracket:
        one_short = one_short and _SORTED.search(opening[0]) is None
        alike = alike and (one_short or len(entries) > count.number)
    else:
        alike = alike or (len(entries) >= _LEAST_NAMES and len({len(entry) for entry in entries}) == 1)
    return alike or (one_short and len(ends) > 1 and _PLACES.match(opening[0]) is not None)


def _in_front(text: str, count: Count) -> tuple[int, ...]:
    """The possible counts of things named directly in front of their number (甲村、乙村、丙村三个村); with 等 in
    between only more things than the number are counted."""
    rest = _clause_before(text, count)
    open_list = rest.endswith("等")
    entries = _expanded(rest.removesuffix("等").split("、"))
    if _ENTRY_ITSELF.match(text, count.span[1]):
        return ()
    if len(entries) < _LEAST_NAMES or any(character.isdigit() for character in rest) or "（" in rest:
        return ()
    alike = len({entry[-1:] for entry in entries}) == 1 or _named_alike(text, count, entries)
    first = _TAKES.sub("", entries[0])
    if not alike and (len({len(entry) for entry in entries[1:]}) > 1 or len(first) < len(entries[1])):
        return ()
    joined = sum(len(_JOIN.findall(entry)) for entry in entries)
    least, most = len(entries), len(entries) + joined
    if open_list:
        return () if count.number >= least else tuple(range(least, most + 1))
    return tuple(range(least, most + 1))


def _before_comma(listed: str) -> str:
    """A list whose entries stand between 、 ends at the first comma, unless it goes on behind it."""
    head, comma, tail = listed.partition("，")
    return head if comma and "、" in head and "、" not in tail and not _JOIN.match(tail) else listed


def _expanded(entries: list[str]) -> list[str]:
    """The things of a list whose last two are joined by 和 and end like the one in front of them
    (高龄老人、失能老人和残疾人)."""
    parts = _JOIN.split(entries[-1])
    alike = len(entries) > 1 and len(parts) == _HEAD and {part[-1:] for part in parts} == {entries[-2][-1:]}
    return [*entries[:-1], *parts] if alike else entries


_BACK = 16
_BESIDE = compiled("[0-9一二两三四五六七八九十](?:个|项|类|处|座|家|所|条|大)[一-龥]{1,8}[、和及与]$")
"""A number of other things directly in front of one, joined to it."""


def _inline(text: str, count: Count) -> tuple[int, ...]:
    """The possible counts of things listed directly behind their number (三个站点：甲站、乙站和丙站)."""
    opening = _INLINE.match(text, count.span[1], count.span[1] + _LONGEST)
    if opening is None:
        return ()
    bracket = opening[0][-1] in "（("
    rest = text[opening.end() : opening.end() + _LONGEST]
    end = (_CLOSE if bracket else _END).search(rest)
    if _OF_EACH.match(rest) or _VARIANTS.match(rest):
        return ()
    if not bracket:
        rest = _BRACKETS.sub("", rest)
        end = _END.search(rest)
    listed = _before_comma(rest[: end.start()] if end else rest)
    entries = _expanded(_COMMA.split(listed))
    if len(entries) < 2 or "等" in listed or any(character.isdigit() for character in listed):
        return ()
    if _BESIDE.search(text, max(0, count.span[0] - _BACK), count.span[0]):
        # The list may name what both numbers count (3个平台、5个系统：…).
        return ()
    joined = sum(len(_JOIN.findall(entry)) for entry in entries)
    return tuple(range(len(entries), len(entries) + joined + 1))
