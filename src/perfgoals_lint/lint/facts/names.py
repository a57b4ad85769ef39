"""What an indicator's name says, read from its end: the head (what kind of figure), the thing in front of it and
whether that is good or bad, whether work is counted or what comes of it, whose figure it is.

A name is cut into the words of ``rules/lexicons/names.yaml``, the longest that fits at each place; the classes of the
words in front of the head are read backwards, each as one letter. The first that is not neutral is judged, those
further on may turn it round. What is not known stays open: a name without a known side has no polarity, and no rule
about direction speaks of it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain, product
from typing import Literal, NamedTuple

from perfgoals_lint.rulebook.lexicons import (
    Endings,
    WordFinder,
    ends_with_any,
    expression,
    finds,
    matcher,
    words,
)
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon

Head = Literal["rate", "change", "index", "time", "money", "measure", "count", "state"]
Polarity = Literal["lower", "higher"]

_BRACKET = compiled(r"\s*[（(][^（）()]*[)）]\s*$")
_QUOTES = compiled(r"[“”\"'‘’《》\s]")
_CLASSES = (
    ("innocent", "x"),
    ("wrongly", "W"),
    ("bad", "B"),
    ("costs", "C"),
    ("mending", "M"),
    ("falling", "F"),
    ("good", "G"),
    ("plenty", "G"),
    ("rising", "R"),
    ("neutral", "N"),
    ("acts", "A"),
    ("negations", "Z"),
)


class NameAnalysis(NamedTuple):
    """The analysis of a name. ``head`` is the word that says what kind of figure it is (``kind``), ``measured`` what
    stands in front of it. ``dimension`` is that of the figure where the name gives one (``person``, ``event``,
    ``length`` …). ``act``: work done is counted; ``effect``: what comes of it; ``macro``: a figure of a whole economy.
    """

    text: str
    kind: Head
    head: str
    measured: str
    polarity: Polarity | None
    dimension: str | None
    act: bool
    effect: bool
    macro: bool
    capped: bool
    guessed: bool = False
    """The side is told by a morpheme or the form alone, not by a word that is known."""


@lru_cache(8192)
def analyse(name: str) -> NameAnalysis:
    """The analysis of an indicator's name; brackets behind it are passed over."""
    text = bare(name)
    kind, head = _head(text)
    measured = text[: len(text) - len(head)]
    side, letters = _polarity(text, kind, measured)
    return NameAnalysis(
        text,
        kind,
        head,
        measured,
        side,
        dimension_of(text, kind, head),
        matcher("names.acts").search(text) is not None,
        matcher("names.effects").search(text) is not None,
        _is_macro(text),
        _is_capped(text),
        "B" not in letters and ("b" in letters or letters.rstrip("N").endswith("x")),
    )


@lru_cache(8192)
def bare(name: str) -> str:
    """A name without quotes, blanks and the brackets behind it."""
    text = _QUOTES.sub("", name)
    while (shorter := _BRACKET.sub("", text)) != text and shorter:
        text = shorter
    return text.removesuffix("指标") or text


# --- the head -----------------------------------------------------------------------------------------------------


@cache
def _heads() -> Endings[Head]:
    """The words at the end of a name that tell the kind of head, by kind in the order in which they are tried."""
    measures = ("length_heads", "area_heads", "weight_heads", "volume_heads", "energy_heads")
    kinds: tuple[tuple[Head, tuple[str, ...]], ...] = (
        ("index", ("index_heads",)),
        ("rate", ("true_rates",)),
        ("state", ("false_rates",)),
        ("rate", ("rate_heads",)),
        ("change", ("change_heads",)),
        ("measure", measures),
        ("count", ("person_heads", "visit_heads", "event_heads", "organisation_heads")),
        ("time", ("time_heads",)),
        ("money", ("money_heads",)),
    )
    return Endings(
        (kind, chain.from_iterable(words(f"names.{one}") for one in lists)) for kind, lists in kinds
    )


@cache
def _counted() -> Endings[Head]:
    """The ends of names of counts: a unit with 数, a word of counting, a unit that ends a name by itself."""
    units = lexicon("units")
    listed = [unit for unit in units["measures"].split() if not unit.isascii()]
    # A unit of more than one character ends a name as well as its 数 does (剂次, 床位, 学时).
    ends = [unit for unit in listed if len(unit) > 1 and unit[-1] in words("ends.counts")]
    return Endings([("count", (*(unit + "数" for unit in listed), *words("names.count_heads"), *ends))])


def is_of_many(name: str) -> bool:
    """Is it a rate of so many things (万台事故率, 每百万公里伤亡率), which is a number and no percentage?"""
    return finds(name, "names.of_many")


def _head(text: str) -> tuple[Head, str]:
    if text.endswith("率") and is_of_many(text):
        return "index", "率"
    known = _heads().of(text)
    if known:
        return known
    if text.endswith("率"):
        return "rate", "率"
    if text.endswith("比") and not ends_with_any(text, "names.ratio_not"):
        return "index", "比"
    if ends_with_any(text, "names.money_tails") and not ends_with_any(text, "names.money_not"):
        return "money", text[-1:]
    if ends_with_any(text, "names.count_not"):
        return "state", ""
    return _counted().of(text) or ("state", "")


# --- which way is better ------------------------------------------------------------------------------------------


@cache
def _letters() -> dict[str, str]:
    """The class of every word, as a letter: B bad, C cost, M mending, F falling, R rising, G good or plenty, N neutral,
    A act, W done as it should not be, Z negation, x other; ``b`` is a bad morpheme, which is no word."""
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
    if end == head == len(text) - 1 and text[head - 1] == "化" and text.endswith("率"):
        return (
            "x" * (end - start - 1) + "G"
        )  # what becomes so (产业化率) is wanted, where it is not bad by a word
    near = max(start, head - 2)
    return "x" * (near - start) + "".join("b" if one in faults else "x" for one in text[near:end])


def _polarity(text: str, kind: Head, measured: str) -> tuple[Polarity | None, str]:
    """Which way is better, and the classes of the words that say so."""
    if matcher("names.standards").search(text):
        return "higher", ""
    if kind == "time":
        return _of_time(text, measured)
    if ends_with_any(text, "names.transfers") or matcher("names.sideless").search(text):
        return None, ""
    if changed := _of_changed_time(text):
        return changed, ""
    if ends_with_any(text, "names.share_heads"):
        if ends_with_any(measured, "names.plenty"):
            return None, ""  # what else the rest is made of, nobody knows (药品收入占比)
        measured = _without_measure(measured)
    plain = text
    if not _beginnings("slips", "failing", "fault_starts").isdisjoint(text):
        plain = expression("names.slips").sub(lambda found: "\0" * len(found[0]), text)
    letters = _classes(plain, len(measured) if kind != "state" else len(text))
    return _of_classes(letters, text, kind, measured), letters


@cache
def _beginnings(*lists: str) -> frozenset[str]:
    """The first characters of the words of some lists: a name without any holds none of the words, which one look tells."""
    return frozenset(word[0] for listed in lists for word in words(f"names.{listed}"))


def _without_measure(measured: str) -> str:
    """What a share is of, without the word that it is counted in (优良天数比例, 闲置面积占比)."""
    kind, head = _head(measured)
    return measured.removesuffix(head) if kind in ("count", "measure", "time") else measured


def _of_classes(letters: str, text: str, kind: Head, measured: str) -> Polarity | None:
    if ends_with_any(text, "names.share_heads") and set(letters) <= set("BWxN") and set(letters) & set("BW"):
        return "lower"  # the share of those that are bad, whatever they are called (沉迷网络比例)
    # A fault of two morphemes (损+毁, 漏+缴) is one: the letter behind a fault at the end is part of it.
    backwards = (letters[:-1] if letters.endswith("bx") else letters)[::-1].lstrip("N")
    if not backwards:
        return None
    if backwards[0] in "GA" and backwards[1:2] == "W":
        return _side("B", backwards[2:].replace("W", "B"), kind)
    letters, backwards = letters.replace("W", "B"), backwards.replace("W", "B")
    if kind == "rate" and ends_with_any(measured, "names.due_acts"):
        return "lower" if "Z" in letters[-3:] else "higher"
    if backwards[0] == "x":
        mishaps = ends_with_any(text, "names.mishap_heads") and not set(letters) & set("AMFRG")
        return "lower" if mishaps or finds(measured, "names.undone") else None
    if kind == "rate" and ends_with_any(text, "names.burdens"):
        return "lower"
    return _side(backwards[0], backwards[1:], kind)


def _of_time(text: str, measured: str) -> tuple[Polarity | None, str]:
    """Waiting and service steps should be short, so should a bad state; what is kept or open should be long, and what
    is saved of a time much. Of other times nothing is known."""
    letters = "".join(_classes(measured, len(measured)))
    if "F" in letters:
        return "higher", letters
    bad = letters.replace("N", "").rstrip("x")
    if bad.endswith("B"):
        return "higher" if bad.endswith("ZB") else "lower", letters
    quick = matcher("names.quick").search(text) is not None or measured[-2:-1] in words("names.waiting")
    lasting = matcher("names.lasting").search(text) is not None
    if ends_with_any(text, "names.date_heads") or quick == lasting:
        short = ends_with_any(text, "names.short_heads") or (not lasting and bad.endswith("b"))
        return "lower" if short else None, letters
    return "lower" if quick else "higher", letters


def _of_changed_time(text: str) -> Polarity | None:
    """Where a time that should be short goes down, or one that should be long goes up, much is good."""
    if _beginnings("falling", "rising").isdisjoint(text):
        return None
    found = expression("names.changed_time").match(text)
    if found is None:
        return None
    known = _head(found["time"])
    side, _ = _of_time(found["time"], found["time"].removesuffix(known[1]))
    if side is None:
        return None
    return "higher" if (side == "lower") == (found["falling"] is not None) else "lower"


def _side(judged: str, before: str, kind: Head) -> Polarity | None:
    """The side of the word in front of the head (``judged``, its class), with the classes before it, the nearest first."""
    worse = "BbC"
    nearest = before.replace("N", "").replace("x", "").lstrip("FR")[:1]
    if judged == "F":
        # A name that asks for a fall means it: of what is good elsewhere (县外就诊下降率), nothing is known.
        return None if before.replace("N", "").lstrip("FR")[:1] == "G" else "higher"
    if judged == "R":
        return "lower" if nearest and nearest in worse else "higher"
    if judged == "G" and before.startswith("B"):
        # A good word beside a bad thing (攻击成功, 抗菌药使用) takes no side.
        return None
    if judged in "MG":
        return "lower" if before.startswith("Z") else "higher"
    if judged == "C":
        if kind in ("rate", "change", "index") or "F" in before or "R" in before:
            return "higher" if "F" in before else None
        return "lower"
    if judged in "Bb":
        turned = before.startswith("Z") or "F" in before
        if kind not in ("rate", "change", "index"):
            turned = turned or any(letter in before for letter in "MA")
        if judged == "b" and kind not in ("rate", "count", "measure"):
            return None
        return "higher" if turned else "lower"
    return None


# --- dimensions ---------------------------------------------------------------------------------------------------


@cache
def _dimensions() -> Endings[str]:
    known = ("length", "area", "weight", "volume", "visit", "person", "event", "organisation")
    return Endings((dimension, words(f"names.{dimension}_heads")) for dimension in known)


def dimension_of(text: str, kind: Head, head: str) -> str | None:
    """The dimension that a name's end asks its unit to have, or ``None``."""
    if kind in ("rate", "index", "change", "money"):
        return {"rate": "share", "money": "money"}.get(kind)
    if kind == "time":
        return "time" if ends_with_any(text, "names.span_heads") else None
    if ends_with_any(text, "names.happened") or head in words("names.no_people"):
        return None
    known = _dimensions().of(text)
    if known:
        return known[0]
    if kind == "count" and head.endswith("数") and len(head) > 1:
        return unit_dimension(head[:-1])
    return None


@cache
def _unit_groups() -> dict[str, str]:
    groups: dict[str, list[str]] = lexicon("counting")["dimensions"]
    return {unit: dimension for dimension, units in groups.items() for unit in units}


@lru_cache(4096)
def unit_dimension(unit: str | None) -> str | None:
    """The dimension of a unit as names speak of it: ``person``, ``event``, ``text`` …; ``None`` for a general word
    (个, 项) and for one that is not known."""
    from perfgoals_lint.values.units import measure_of

    if unit is None:
        return None
    stripped = unit.lstrip("万亿百千")
    known = _unit_groups().get(unit) or _unit_groups().get(stripped)
    if known:
        return known
    physical: dict[str, str] = lexicon("counting")["physical"]
    return physical.get(measure_of(stripped)[0] or "")


# --- what it is about ---------------------------------------------------------------------------------------------


def _is_capped(text: str) -> bool:
    """Does a word say that the figure has an upper limit? One that only looks like it is blotted out."""
    capped = matcher("names.capped")
    found = capped.search(text)
    return found is not None and capped.search(matcher("names.capped_not").sub("\0", text)) is not None


def _is_macro(text: str) -> bool:
    """A figure of a whole economy or society by its own word, or one of its aggregates with a word of change."""
    if matcher("names.macro_alone").search(text):
        return True
    return ends_with_any(text, "names.macro_changes") and matcher("names.macro").search(text) is not None
