"""Tasks that the goals promise, against the output rows that should count them."""

from functools import cache, lru_cache

from perfgoals_lint.prose import Count
from perfgoals_lint.rulebook.lexicons import expression, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.similarity import common_stretch

_MARK = compiled(r"[，,；;。：:！!？?\n]")
_CONTEXT = 40
"""How far before a number its subject is looked for, in characters."""


@cache
def _unit_classes() -> dict[str, int]:
    classes = lexicon("counting")["unit_classes"]
    return {unit: number for number, units in enumerate(classes) for unit in units}


@cache
def _counted_units() -> frozenset[str]:
    """Every unit in which work is counted: the measure words, lengths and areas; no time, money or share."""
    groups: dict[str, list[str]] = lexicon("counting")["dimensions"]
    return words("relevance.work_units").union(*groups.values())


def unit_class(unit: str) -> int | str | None:
    """The class of counted units that a unit belongs to (``counting.yaml``), the unit itself where it stands for no
    other, or ``None`` for one that counts nothing."""
    listed = _unit_classes().get(unit)
    if listed is None and unit in _counted_units():
        return unit
    return listed


def same_units(a: str | None, b: str | None) -> bool:
    """Do two counted units stand for each other (场 and 次, 人 and 名)?"""
    if not a or not b:
        return False
    classes = _unit_classes()
    return a == b or (a in classes and classes[a] == classes.get(b))


def shared_noun(text: str, other: str) -> str | None:
    """The longest noun of at least two characters that two texts share, the empty ones left out, or ``None``."""
    return common_stretch(bare_words(text, "\n"), bare_words(other, "\t"), 2)


@lru_cache(4096)
def bare_words(text: str, gap: str) -> str:
    """A text with ``gap`` in place of the words that any indicator may hold (``counting.yaml``)."""
    for word in lexicon("counting")["empty_nouns"]:
        text = text.replace(word, gap)
    return expression("tasks.digits").sub(gap, text.replace(" ", gap))


def subject_of(count: Count, text: str) -> str:
    """The words that say what is counted: those around the number, or what the sentence says before it."""
    before = count.before
    if expression("tasks.bounded").match(before):
        # 筛查35岁以上居民6000人: the words are cut at a bound on those who are counted.
        before = _MARK.split(text[max(0, count.span[0] - _CONTEXT) : count.span[0]])[-1]
    around = expression("tasks.each").sub(" ", f"{before} {count.noun} {count.after}")
    if any(len(piece) > 1 for piece in bare_words(around, " ").split()):
        return around
    return text[max(0, count.span[0] - _CONTEXT) : count.span[0]].rpartition("。")[2]


def clause_around(text: str, span: tuple[int, int]) -> str:
    """The piece of a text between the marks on either side of a span."""
    start = max((match.end() for match in _MARK.finditer(text, 0, span[0])), default=0)
    after = _MARK.search(text, span[1])
    return text[start : after.start() if after else len(text)].strip()
