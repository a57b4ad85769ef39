"""Tasks that the goals promise, against the output rows that should count them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.similarity import common_stretch

if TYPE_CHECKING:
    from perfgoals_lint.prose import Count


_MARK = re.compile(r"[，,；;。：:！!？?\n]")
_CONTEXT = 40
"""How far before a number its subject is looked for, in characters."""


@cache
def _unit_classes() -> dict[str, int]:
    classes = lexicon("counting")["unit_classes"]
    return {unit: number for number, units in enumerate(classes) for unit in units}


def unit_class(unit: str) -> int | None:
    """The class of counted units that a unit belongs to (``counting.yaml``), or ``None``."""
    return _unit_classes().get(unit)


def same_units(a: str | None, b: str | None) -> bool:
    """Do two counted units stand for each other (场 and 次, 人 and 名)?"""
    if not a or not b:
        return False
    classes = _unit_classes()
    return a == b or (a in classes and classes[a] == classes.get(b))


def shared_noun(text: str, other: str) -> str | None:
    """The longest noun of at least two characters that two texts share, the empty ones left out, or ``None``."""
    return common_stretch(_bare(text, "\n"), _bare(other, "\t"), 2)


@lru_cache(4096)
def _bare(text: str, gap: str) -> str:
    for word in lexicon("counting")["empty_nouns"]:
        text = text.replace(word, gap)
    return text.replace(" ", gap)


def subject_of(count: Count, text: str) -> str:
    """The words that say what is counted: those around the number, or what the sentence says before it."""
    around = f"{count.before} {count.noun} {count.after}"
    if any(len(piece) > 1 for piece in _bare(around, " ").split()):
        return around
    return text[max(0, count.span[0] - _CONTEXT) : count.span[0]].rpartition("。")[2]


def clause_around(text: str, span: tuple[int, int]) -> str:
    """The piece of a text between the marks on either side of a span."""
    start = max((match.end() for match in _MARK.finditer(text, 0, span[0])), default=0)
    after = _MARK.search(text, span[1])
    return text[start : after.start() if after else len(text)].strip()
