"""What an indicator's name says, read from its end: the head (what kind of figure), the thing in front of it and
whether that is good or bad, whether work is counted or what comes of it, whose figure it is.

A name is cut into the words of ``rules/lexicons/names.yaml``, the longest that fits at each place; the classes of the
words in front of the head are read backwards by the grammar ``names.lark``. What is not known stays open: a name
without a known side has no polarity, and no rule about direction speaks of it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING, Literal

from perfgoals_lint.rulebook.lexicons import matcher, pattern_of, words
from perfgoals_lint.rulebook.policy import lexicon

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

Head = Literal["rate", "change", "index", "time", "money", "measure", "count", "state"]
Polarity = Literal["lower", "higher"]

_BRACKET = re.compile(r"\s*[（(][^（）()]*[)）]\s*$")
_QUOTES = re.compile(r"[“”\"'‘’《》\s]")
_GRAMMAR = os.path.join(os.path.dirname(__file__), "names.lark")
_CLASSES = (
    ("innocent", "x"),
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


@dataclass(slots=True, frozen=True)
class Name:
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


@lru_cache(8192)
def analyse(name: str) -> Name:
    """The analysis of an indicator's name; brackets behind it are passed over."""
    text = bare(name)
    kind, head = _head(text)
    measured = text[: len(text) - len(head)]
    return Name(
        text,
        kind,
        head,
        measured,
        _polarity(text, kind, measured),
        dimension_of(text, kind, head),
        matcher("names.acts").search(text) is not None,
        matcher("names.effects").search(text) is not None,
        _is_macro(text),
        matcher("names.capped").search(text) is not None,
    )


def bare(name: str) -> str:
    """A name without quotes, blanks and the brackets behind it."""
    text = _QUOTES.sub("", name)
    while (shorter := _BRACKET.sub("", text)) != text and shorter:
        text = shorter
    return text.removesuffix("指标") or text


# --- the head -----------------------------------------------------------------------------------------------------


@cache
def _heads() -> tuple[tuple[Head, re.Pattern[str]], ...]:
    """The kinds of head with the pattern of their words at the end of a name, in the order in which they are tried."""

    def ending(*lists: str) -> re.Pattern[str]:
        return re.compile(f"(?:{pattern_of([word for one in lists for word in words(f'names.{one}')])})$")

    measures = ("length_heads", "area_heads", "weight_heads", "volume_heads", "energy_heads")
    return (
        ("index", ending("index_heads")),
        ("state", ending("false_rates")),
        ("rate", ending("rate_heads")),
        ("change", ending("change_heads")),
        ("measure", ending(*measures)),
        ("count", ending("people_heads", "visit_heads", "event_heads", "organisation_heads")),
        ("time", ending("time_heads")),
        ("money", ending("money_heads")),
    )


@cache
def _counted() -> re.Pattern[str]:
    units = lexicon("units")
    listed = [unit for unit in units["measures"].split() if not unit.isascii()]
    # A unit of more than one character ends a name as well as its 数 does (剂次, 床位, 学时).
    ends = [unit for unit in listed if len(unit) > 1 and unit[-1] in "次位时日份"]
    return re.compile(
        f"(?:{pattern_of(listed)})数$|(?:{pattern_of(words('names.count_heads'))})$|(?:{pattern_of(ends)})$"
    )


def _head(text: str) -> tuple[Head, str]:
    for kind, pattern in _heads():
        found = pattern.search(text)
        if found:
            return kind, found[0]
    if text.endswith("率"):
        return "rate", "率"
    if text.endswith(tuple(words("names.money_tails"))) and not text.endswith(
        tuple(words("names.money_not"))
    ):
        return "money", text[-1:]
    if text.endswith(tuple(words("names.count_not"))):
        return "state", ""
    found = _counted().search(text)
    return ("count", found[0]) if found else ("state", "")


# --- which way is better ------------------------------------------------------------------------------------------


@cache
def _words() -> re.Pattern[str]:
    """All words of the classes as one pattern, the longest first."""
    return re.compile(pattern_of(_letters()))


@cache
def _letters() -> dict[str, str]:
    letters: dict[str, str] = {}
    for listed, letter in _CLASSES:
        for word in words(f"names.{listed}"):
            letters.setdefault(word, letter)
    lists = lexicon("names")
    for start, end in product(str(lists["fault_starts"]), str(lists["fault_ends"])):
        letters.setdefault(start + end, "B")
    return letters


def _classes(text: str, head: int) -> Iterator[str]:
    """The class of each word of a text in order, up to the head (where it starts); a word of the head that has a side
    itself (降幅, 损失, 满意度), or that begins before it (案件数), counts."""
    faults = str(lexicon("names")["bad_morphemes"])
    at = 0
    while at < len(text):
        found = _words().match(text, at)
        letter = _letters()[found[0]] if found else "x"
        # A morpheme says that the word is bad only in the word directly in front of the head.
        if not found and text[at] in faults and head - 2 <= at < head:
            letter = "b"
        if at < head or letter not in "xNA":
            yield letter
        at = found.end() if found else at + 1


@cache
def _parser() -> Lark:
    from perfgoals_lint.rulebook.lexing import restore

    with open(_GRAMMAR, encoding="utf-8") as file:
        grammar = file.read()
    return restore("names", hashlib.sha256(grammar.encode()).hexdigest()[:16], lambda: grammar)


def _polarity(text: str, kind: Head, measured: str) -> Polarity | None:
    if matcher("names.standards").search(text):
        return "higher"
    if kind == "time":
        return _of_time(text, measured)
    if text.endswith(tuple(words("names.transfers"))) or matcher("names.sideless").search(text):
        return None
    letters = "".join(_classes(text, len(measured) if kind != "state" else len(text)))
    tree = _parser().parse(_joined(letters)[::-1])
    judged = next((child for child in tree.children if not isinstance(child, str)), None)
    if judged is None:
        return None
    if (
        text.endswith(tuple(words("names.mishap_heads")))
        and judged.data == "other"
        and not set(letters) & set("AMFRG")
    ):
        return "lower"
    before = "".join(str(token) for token in judged.scan_values(lambda _: True))[1:]
    return _side(judged, before, kind)


def _joined(letters: str) -> str:
    """A fault of two morphemes (损+毁, 漏+缴) is one: the letter behind a fault at the end is part of it."""
    return letters[:-1] if letters.endswith("bx") else letters


def _of_time(text: str, measured: str) -> Polarity | None:
    """Waiting and service steps should be short, so should a bad state; what is kept or open should be long, and what
    is saved of a time much. Of other times nothing is known."""
    letters = "".join(_classes(measured, len(measured)))
    if "F" in letters:
        return "higher"
    if letters.rstrip("Nx").endswith("B") and not letters.startswith("Z"):
        return "lower"
    quick = matcher("names.quick").search(text) is not None
    lasting = matcher("names.lasting").search(text) is not None
    if text.endswith(("进度", "时点", "日期", "节点", "间隔", "时段")) or quick == lasting:
        return "lower" if text.endswith(("用时", "耗时", "住院日", "等候")) else None
    return "lower" if quick else "higher"


def _side(judged: Tree[Token], before: str, kind: Head) -> Polarity | None:
    """The side of the word in front of the head (``judged``), with the classes before it, the nearest first."""
    found = str(judged.data)
    worse = "BbC"
    nearest = before.replace("N", "").replace("x", "").lstrip("FR")[:1]
    if found == "fallen":
        return "lower" if nearest == "G" else "higher"
    if found == "risen":
        return "lower" if nearest and nearest in worse else "higher"
    if found == "good" and before.startswith("B"):
        # A good word beside a bad thing (攻击成功, 抗菌药使用) takes no side.
        return None
    if found in ("mended", "good"):
        return "lower" if before.startswith("Z") else "higher"
    if found == "cost":
        if kind in ("rate", "change", "index") or "F" in before or "R" in before:
            return "higher" if "F" in before else None
        return "lower"
    if found in ("bad", "faulty"):
        turned = before.startswith("Z") or "F" in before
        if kind not in ("rate", "change", "index"):
            turned = turned or any(letter in before for letter in "MA")
        if found == "faulty" and kind != "rate":
            return None
        return "higher" if turned else "lower"
    return None


# --- dimensions ---------------------------------------------------------------------------------------------------


@cache
def _dimensions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = {
        "length": "length_heads",
        "area": "area_heads",
        "weight": "weight_heads",
        "volume": "volume_heads",
        "visit": "visit_heads",
        "person": "people_heads",
        "event": "event_heads",
        "organisation": "organisation_heads",
    }
    return tuple(
        (dimension, re.compile(f"(?:{pattern_of(words(f'names.{listed}'))})$"))
        for dimension, listed in lists.items()
    )


def dimension_of(text: str, kind: Head, head: str) -> str | None:
    """The dimension that a name's end asks its unit to have, or ``None``."""
    if kind in ("rate", "index", "change", "money"):
        return {"rate": "share", "money": "money"}.get(kind)
    if kind == "time":
        return (
            "time"
            if text.endswith(("天数", "时长", "小时数", "用时", "耗时", "月数", "年数", "年限", "日数"))
            else None
        )
    for dimension, pattern in _dimensions():
        if pattern.search(text):
            return dimension
    if text.endswith(tuple(words("names.happened"))):
        return None
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


def _is_macro(text: str) -> bool:
    """A figure of a whole economy or society by its own word, or one of its aggregates with a word of change."""
    if matcher("names.macro_alone").search(text):
        return True
    return bool(
        matcher("names.macro").search(text)
        and re.search(
            f"(?:{pattern_of(words('names.macro_changes') - {'率', '水平', '指数', '系数', '总量', '总额'})})$",
            text,
        )
    )
