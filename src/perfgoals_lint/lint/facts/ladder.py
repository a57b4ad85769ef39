"""The ladder of acceptable qualitative values: on which rung does a value without a number stand?

The rungs are tried in order. The first four can be judged by somebody who was not there; the last one cannot:

=============  ====================================================================================
``polar``      the name asks a yes/no question or states a condition, and the value answers it
``graded``     the value is a step of a scale that the value or the name declares, or the scale
``milestone``  a named thing reaches a named, observable state
``reference``  the value is measured against a figure that is printed elsewhere or known
``bare``       anything else in words: a judgement, a slogan
=============  ====================================================================================

Word lists: ``rules/lexicons/qualitative.yaml``, scales: ``values.yaml``.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from perfgoals_lint.lint.context import Row, Value
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds, matcher, words
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.similarity import plain

Rung = Literal["polar", "graded", "milestone", "reference", "bare"]

_WORDED = frozenset({"judgement", "statement", "name", "choice", "relative", "not_applicable"})


def rung(value: Value) -> Rung | None:
    """The rung of a value; ``None`` for one that needs no ladder because it has a number, is empty or withheld."""
    if value.has_number:
        return "reference" if _referring(value) else None
    if value.kind not in _WORDED and not value.is_duration:
        return None
    if is_polar(value):
        return "polar"
    if value.kind == "not_applicable":
        return None
    if is_graded(value):
        return "graded"
    if is_milestone(value):
        return "milestone"
    return "reference" if _referring(value) else "bare"


# --- step 1 -------------------------------------------------------------------------------------------------------


def is_polar(value: Value) -> bool:
    """Is the value the yes or no that its name asks for, or the very condition that it states?"""
    name, text = plain(value.row.name), plain(value.text)
    question = matcher("qualitative.questions").search(name)
    if name.endswith(tuple(words("qualitative.formalities"))) and text in words("qualitative.passed"):
        return True
    if not question and not finds(name, "ladder.conditions"):
        return False
    if text in words("qualitative.answers"):
        return True
    if not question:
        return False
    before, condition = name[: question.start()], name[question.end() :]
    if not condition:
        return False
    return _affirmed(text) in (condition, before + condition) or text == before + condition


def _affirmed(text: str) -> str:
    negations: list[str] = lexicon("qualitative")["negations"]
    text = expression("ladder.affirming").sub("", text)
    return next((text[len(word) :] for word in negations if text.startswith(word)), text)


_STEP = 4
"""The length of a step of a scale, in characters, at the most."""


# --- step 2 -------------------------------------------------------------------------------------------------------


@lru_cache(4096)
def _declared(name: str) -> frozenset[str]:
    """The steps of the scales that a name spells out (…（优/良/中/差）)."""
    text = plain(name)
    scales = lexicon("values")["scales"]
    return frozenset(step for scale in scales if len(scale) > 2 and "".join(scale) in text for step in scale)


@cache
def _steps() -> frozenset[str]:
    """All steps of all scales."""
    return frozenset(step for scale in lexicon("values")["scales"] for step in scale)


def is_graded(value: Value) -> bool:
    """Is the value a declared scale or a step of one?"""
    text = plain(value.text)
    step = expression("ladder.at_least").sub("", text)
    if step != text and len(step) <= _STEP:
        return True  # "and above" tells of a scale
    if value.kind == "choice" or text in _declared(value.row.name):
        return True
    return value.row.name.endswith(tuple(words("qualitative.graded_names"))) and text in _steps()


# --- step 3 -------------------------------------------------------------------------------------------------------


def is_milestone(value: Value) -> bool:
    """Does the value name a state that can be observed, and does it say more than the name does?"""
    text = plain(value.text)
    if len(text) > lexicon("qualitative")["longest_milestone"] or text == plain(value.row.name):
        return False
    if (
        finds(text, "ladder.states")
        or is_event(text)
        or any(expression("ladder.grade").fullmatch(one) for one in _without_noun(text, value.row.name))
    ):
        return True
    titled = expression("ladder.title").fullmatch(text) or (
        contains_any(value.row.name, "qualitative.titling") and expression("ladder.honour").fullmatch(text)
    )
    return bool(titled) and not contains_any(text, "qualitative.evaluative")


def _without_noun(text: str, name: str) -> Iterator[str]:
    """A text, and what is left of it without a noun at its end that its name has too (渔港等级: 一级渔港)."""
    yield text
    yield from (text[:end] for end in range(1, len(text) - 1) if text[end:] in name)


@lru_cache(4096)
def is_event(text: str) -> bool:
    """Does a text tell of something that anybody can see has happened (新桥合龙, 取得发明专利授权), without a judgement?"""
    return not contains_any(text, "qualitative.evaluative") and finds(text, "ladder.event")


# --- step 4 -------------------------------------------------------------------------------------------------------


def _referring(value: Value) -> bool:
    """Is a value measured against something that can be looked up? 控制在标准范围内 names no standard."""
    if (getattr(value.constraint, "reference", None) or "") in words("qualitative.empty_references"):
        return False
    if finds(value.text, "ladder.code"):
        return True
    return value.kind == "relative" or getattr(value.constraint, "reference", None) is not None


def reference_known(value: Value) -> bool:
    """Is the figure that the value refers to printed in the row, or one that is known without (this year's budget, a price
    cap)?"""
    reference = getattr(value.constraint, "reference", None) or value.text
    past = contains_any(reference, "qualitative.history")
    if not past and contains_any(reference, "qualitative.known_references"):
        return True
    if getattr(value.constraint, "baseline", None) is not None:
        return True
    if finds(value.text, "ladder.bracketed_number"):
        return True
    return _printed(value.row)


def _printed(row: Row) -> bool:
    indicator = row.indicator
    beside = (
        expression("ladder.bracketed_past").search(row.name),
        *map(expression("ladder.number").search, (indicator.description or "", indicator.basis or "")),
    )
    return any(beside)
