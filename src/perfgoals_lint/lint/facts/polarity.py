"""Which way of an indicator's name is better: the classes of the words in front of its head, read backwards.

A name is cut into the words of ``rules/lexicons/names.yaml``, the longest that fits at each place, each class as one
letter. The first that is not neutral is judged, those further on may turn it round. What is not known stays open: a
name without a known side has no polarity, and no rule about direction speaks of it.
"""

from functools import cache
from itertools import product
from typing import Literal, cast

from perfgoals_lint.lint.facts.heads import Head, head_of
from perfgoals_lint.rulebook.lexicons import (
    WordFinder,
    ends_with_any,
    expression,
    finds,
    matcher,
    words,
)
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon

Polarity = Literal["lower", "higher"]

_CLASSES = (
    ("innocent", "x"),
    ("wrongly", "W"),
    ("bad", "B"),
    ("costs", "C"),
    ("mending", "M"),
    ("falling", "F"),
    ("good", "G"),
    ("norms", "G"),
    ("plenty", "G"),
    ("rising", "R"),
    ("neutral", "N"),
    ("acts", "A"),
    ("found", "A"),
    ("negations", "Z"),
)

_NEAR = 4
"""How many words in front of the head of a share at the most may be unknown, with the bad one."""


@cache
def _letters() -> dict[str, str]:
    """The class of every word, as a letter: B bad, C cost, M mending, F falling, R rising, G good or plenty, N neutral,
    A act, W done as it should not be, Z negation, D due work, x other; ``b`` is a bad morpheme, which is no word."""
    letters: dict[str, str] = {}
    for listed, letter in _CLASSES:
        for word in words(f"names.{listed}"):
            letters.setdefault(word, letter)
    lists, classes = lexicon("names"), dict(_CLASSES)
    for starts, ends, listed in lists["products"]:
        for start, end in product(lists[starts], lists[ends]):
            letters.setdefault(start + end, classes[listed])
    return letters


@cache
def _words() -> WordFinder:
    return WordFinder(_letters())


def classes_of(text: str) -> str:
    """The class of each word of a text as a letter (:func:`_letters`), an ``x`` for each character that is in none."""
    return _classes(text, len(text))


def _classes(text: str, head: int) -> str:
    """The class of each word of a text in order, up to the head (where it starts); a word of the head that has a side
    itself (降幅, 损失, 满意度), or that begins before it (案件数), counts."""
    letters: list[str] = []
    at = 0
    known = _letters()
    for start, word in _words().find(text):
        letters.append(_unknown(text, at, min(start, head), head))
        letter = known[word]
        if start < head or letter not in "xNA":
            letters.append(letter)
        at = start + len(word)
    letters.append(_unknown(text, at, head, head))
    return "".join(letters)


def _unknown(text: str, start: int, end: int, head: int) -> str:
    """The classes of characters that are in no word: a morpheme says that the word is bad only in the word directly in
    front of the head."""
    if start >= end:
        return ""
    if end <= head - 2:
        return "x" * (end - start)
    faults = str(lexicon("names")["bad_morphemes"])
    near = max(start, head - 2)
    return "x" * (near - start) + "".join("b" if one in faults else "x" for one in text[near:end])


def polarity_of(text: str, kind: Head, measured: str) -> tuple[Polarity | None, str]:
    """Which way is better, and the classes of the words that say so."""
    if finds(text, "names.standards"):
        return "higher", ""
    if kind == "time":
        return _of_time(text, measured)
    if ends_with_any(text, "names.transfers") or finds(text, "names.sideless"):
        return None, ""
    if changed := _of_changed_time(text):
        return changed, ""
    if ends_with_any(text, "names.share_heads"):
        if finds(measured, "names.of_anything"):
            return None, ""  # what else the rest is made of, nobody knows (药品收入占比, 再生水用水占比)
        part = expression("names.of_whole").sub("", measured)
        text = part + text[len(measured) :]
        measured = _without_measure(part)
    plain = text
    if not _beginnings("slips", "failing", "fault_starts", "late").isdisjoint(text):
        plain = expression("names.slips").sub(lambda found: "\0" * len(found[0]), text)
    plain = expression("names.mended_place").sub(lambda found: "\0" * len(found[0]), plain)
    head = len(text if kind == "state" else expression("names.befalling").sub("", measured))
    letters = _classes(plain, head)
    if kind == "rate" and letters[-1:] != "B" and letters[-2:-1] != "W" and _is_due(measured):
        letters += "D"
    if side := _of_form(text, kind, letters):
        return side, letters if side == "lower" else ""
    return _of_classes(letters, text, kind, measured), letters


@cache
def _beginnings(*lists: str) -> frozenset[str]:
    """The first characters of the words of some lists: a name without any holds none of the words, which one look tells."""
    return frozenset(word[0] for listed in lists for word in words(f"names.{listed}"))


def _without_measure(measured: str) -> str:
    """What a share is of, without the word that it is counted in (优良天数比例, 闲置面积占比)."""
    kind, head = head_of(measured)
    return measured.removesuffix(head) if kind in ("count", "measure", "time") else measured


def _of_classes(letters: str, text: str, kind: Head, measured: str) -> Polarity | None:
    near = set(letters.rstrip("N")[-_NEAR:])
    if ends_with_any(text, "names.share_heads") and set(letters) <= set("BWxN") and near & set("BW"):
        return "lower"  # the share of those that are bad, whatever they are called (沉迷网络比例)
    # A fault of two morphemes (损+毁, 漏+缴) is one: the letter behind a fault at the end is part of it.
    backwards = (letters[:-1] if letters.endswith("bx") else letters)[::-1].lstrip("N")
    if not backwards:
        return None
    if backwards[0] in "GA" and backwards[1:2] == "W":
        return _side("B", backwards[2:].replace("W", "B"), kind)
    if "W" in letters and set(letters) <= set("WxN") and ends_with_any(measured, "names.deeds"):
        return "lower"  # what is done against the law (非法采砂案件数)
    if "B" in letters and set(letters) <= set("BWxN") and finds(measured, "names.bad_cases"):
        return "lower"
    letters, backwards = letters.replace("W", "B"), backwards.replace("W", "B")
    if backwards[0] == "D":
        return "lower" if "Z" in letters[-4:] else "higher"
    if kind == "rate" and ends_with_any(text, "names.burdens"):
        return "lower"
    if backwards[0] == "x":
        mishaps = ends_with_any(text, "names.mishap_heads") and not set(letters) & set("AMFRG")
        return "lower" if mishaps or finds(measured, "names.undone") else None
    counted = kind not in ("rate", "change", "index") and ends_with_any(measured, "names.repeated_ends")
    if counted and _WITH_A_THING.search(backwards):
        return None
    return _side(backwards[0], backwards[1:], kind)


def _is_due(measured: str) -> bool:
    """Does what a share is of end in work of which as much as possible should be done?"""
    act = ends_with_any(measured, "names.acts") and not ends_with_any(measured, "names.seldom")
    return act or finds(measured, "names.due")


def _of_form(text: str, kind: Head, letters: str) -> Polarity | None:
    """The side that the form of a name tells where its words do not: the share of those of a high or a low grade, that
    something can be done, how much each of those served has."""
    if ends_with_any(text, "names.share_heads") and not set(letters) & set("BbZF"):
        low = "M" not in letters and finds(text, "names.low_grade")
        return "lower" if low else "higher" if finds(text, "names.high_grade") else None
    for beside, form, side in _forms(kind):
        if beside.issuperset(letters) and finds(text, form):
            return side
    return None


@cache
def _forms(kind: Head) -> list[tuple[frozenset[str], str, Polarity]]:
    """The forms of names with a head of a kind: the classes that their words may be of, the expression, the side."""
    return [
        (frozenset(beside), f"names.{form}", cast(Polarity, side))
        for kinds, beside, form, side in lexicon("names")["forms"]
        if kind in kinds.split()
    ]


def _of_time(text: str, measured: str) -> tuple[Polarity | None, str]:
    """Waiting and service steps should be short, so should a bad state; what is kept or open should be long, and what
    is saved of a time much. Of other times nothing is known."""
    letters = _classes(measured, len(measured)).replace("W", "B")
    if finds(measured, "names.shortened") or ends_with_any(text, "names.long_heads"):
        return "higher", letters
    bad = letters.replace("N", "").rstrip("x")
    if bad.endswith("B"):
        return "higher" if bad.endswith("ZB") else "lower", letters
    # 用时 in 使用时长 is no word.
    plain = matcher("names.lasting").sub(lambda found: "\0" * len(found[0]), text)
    quick, lasting = _last(plain, "quick"), _last(text, "lasting")
    if measured[-2:-1] in words("names.waiting"):
        quick = (len(measured) - 2, len(measured))
    if lasting[1] and "ZB" in letters:
        return "higher", letters
    # Of a word of each, the one that is nearer to the head says what the time is of (作业指令执行时间), unless the other
    # belongs to it (无障碍通行时间).
    if ends_with_any(text, "names.date_heads") or quick == lasting or quick[0] == lasting[1] > 0:
        short = ends_with_any(text, "names.short_heads") or (not lasting[1] and bad.endswith("b"))
        return "lower" if short else None, letters
    return "lower" if quick > lasting else "higher", letters


def _last(text: str, listed: str) -> tuple[int, int]:
    """Where the last word of a list begins and ends in a name; nowhere (0, 0) where it holds none."""
    return max((found.span() for found in matcher(f"names.{listed}").finditer(text)), default=(0, 0))


def _of_changed_time(text: str) -> Polarity | None:
    """Where a time that should be short goes down, or one that should be long goes up, much is good."""
    if _beginnings("falling", "rising").isdisjoint(text):
        return None
    found = expression("names.changed_time").match(text)
    if found is None:
        return None
    known = head_of(found["time"])
    side, _ = _of_time(found["time"], found["time"].removesuffix(known[1]))
    return side and ("higher" if (side == "lower") == (found["falling"] is not None) else "lower")


_WITH_ITS_THING = compiled("[MA][Bb]")
_WITH_A_THING = compiled("[MA]x(?:x|$)")
"""An act with what it is done to in front of it, a bad thing or anything, read from behind."""


def _side(judged: str, before: str, kind: Head) -> Polarity | None:
    """The side of the word in front of the head (``judged``, its class), with the classes before it, the nearest first."""
    nearest = before.replace("N", "").replace("x", "").lstrip("FR")[:1]
    if judged == "F":
        # A name that asks for a fall means it: of what is good elsewhere (县外就诊下降率), nothing is known.
        return None if before.replace("N", "").lstrip("FR")[:1] == "G" else "higher"
    if judged == "R":
        return "lower" if nearest and nearest in "BbC" else "higher"
    if judged == "G" and before.startswith("B"):
        # A good word beside a bad thing (攻击成功, 抗菌药使用) takes no side.
        return None
    if judged in "MG":
        turned = "F" in before or (kind not in ("rate", "change", "index") and bool({*"MA"} & {*before}))
        return "lower" if before.startswith("Z") and not turned else "higher"
    if judged == "C":
        if kind == "count":
            return None  # cases, not money (免除费用例数)
        if kind in ("rate", "change", "index") or "F" in before or "R" in before:
            return "higher" if "F" in before else None
        return "lower"
    if judged in "Bb":
        turned = before.startswith("Z") or "F" in before
        if kind not in ("rate", "change", "index"):
            if _WITH_ITS_THING.search(before.replace("N", "")):
                return None  # what is dealt with stands in front (违建拆除投诉件数), and the complaint is of that
            turned = turned or any(letter in before for letter in "MA")
        if judged == "b" and kind not in ("rate", "count", "measure"):
            return None
        return "higher" if turned else "lower"
    return None
