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

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from perfgoals_lint.rulebook.lexicons import contains_any, matcher, pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.similarity import plain

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Value

Rung = Literal["polar", "graded", "milestone", "reference", "bare"]

_WORDED = frozenset({"judgement", "statement", "name", "choice", "relative", "not_applicable"})
# A year is no figure that a value could be measured against.
_BRACKETED_NUMBER = compiled(r"[（(][^（()）\d]*(?:\d{4}年[^（()）\d]*)?\d(?!\d*年)[^（()）]*[)）]")
_NUMBER = compiled(r"(?<!\d)\d(?!\d*年)")


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


@cache
def _bracketed_past() -> re.Pattern[str]:
    """In a name, brackets hold all sorts of figures (（2类）); one of the past says so."""
    past = pattern_of(words("qualitative.past_in_brackets"))
    return compiled(rf"[（(][^（()）\d]*(?:{past}|\d{{4}}年)[^（()）\d]*\d(?!\d*年)[^（()）]*[)）]")


# --- step 1 -------------------------------------------------------------------------------------------------------


@cache
def _conditions() -> re.Pattern[str]:
    return compiled(f"(?:{pattern_of(words('qualitative.conditions'))})$")


def is_polar(value: Value) -> bool:
    """Is the value the yes or no that its name asks for, or the very condition that it states?"""
    name, text = plain(value.row.name), plain(value.text)
    question = matcher("qualitative.questions").search(name)
    if name.endswith(tuple(words("qualitative.formalities"))) and text in words("qualitative.passed"):
        return True
    if not question and not _conditions().search(name):
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
    text = text.removeprefix("全部").removeprefix("均").removeprefix("已")
    return next((text[len(word) :] for word in negations if text.startswith(word)), text)


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
    if value.kind == "choice" or text in _declared(value.row.name):
        return True
    return value.row.name.endswith(tuple(words("qualitative.graded_names"))) and text in _steps()


# --- step 3 -------------------------------------------------------------------------------------------------------


@cache
def _states() -> re.Pattern[str]:
    return compiled(f"(?:{pattern_of(words('qualitative.states'))})$")


def is_milestone(value: Value) -> bool:
    """Does the value name a state that can be observed, and does it say more than the name does?"""
    text = plain(value.text)
    if len(text) > lexicon("qualitative")["longest_milestone"] or text == plain(value.row.name):
        return False
    if _states().search(text) is not None or is_event(text) or _grade().fullmatch(text) is not None:
        return True
    titled = _title().fullmatch(text) or (
        contains_any(value.row.name, "qualitative.titling") and _honour().fullmatch(text)
    )
    return bool(titled) and not contains_any(text, "qualitative.evaluative")


@cache
def _title() -> re.Pattern[str]:
    """A title that a level of government gives (省级示范园, 国家级自然保护区)."""
    return compiled(
        "(?:达到|评为|获评|创成)?(?:国家[一二三]级|(?:国家|省|市|县|区|部|厅)级)(?!领先|先进|水平|一流)[\u4e00-\u9fff]{2,8}"
    )


@cache
def _honour() -> re.Pattern[str]:
    """What is awarded by a level of government, behind a name that asks for an award (创建等级: 国家卫生县城)."""
    return compiled(
        "(?:达到|评为|获评|创成)?(?:国家|全国|省|市|县)(?!领先|先进|水平|一流)[\u4e00-\u9fff]{2,10}"
    )


@cache
def _grade() -> re.Pattern[str]:
    """A step of an official scale: 二级甲等, AAAA级, 五星级, Ⅲ类, with what it is a step of in front or 达到."""
    number = r"(?:\d?[A-Z]{1,5}\+?|[甲乙丙]|[一二三四五六七八九特\dⅠⅡⅢⅣⅤ]+)"
    return compiled(
        rf"(?:达到|评为|符合)?[\u4e00-\u9fff]{{0,8}}?{number}(?:级|等|星级?|类|[甲乙丙])(?:[甲乙丙]等|能效|标准|及?以上|水平|医院|景区)*|\d+[KkPpGg]|[A-Z]{{1,4}}-?\d{{1,4}}|(?:优良|优质|合格|样板|精品)工程|(?:达到|符合)?[\d一二三五百十]+年一遇(?:[\u4e00-\u9fff]{{0,4}}标准)?"
    )


_CODE = compiled(r"(?:达到|符合|满足|执行|按).{0,12}[A-Z]{2,}[A-Z/]*\s?[A-Z]?\s?\d{2,}")
"""A technical standard by its number (符合JTG F80规范)."""


@cache
def _event() -> re.Pattern[str]:
    done, got = pattern_of(words("qualitative.completions")), pattern_of(words("qualitative.acquiring"))
    things = pattern_of(words("qualitative.empty_things"))
    return compiled(
        rf"^(?:已|均已|已经|全部|均|如期|成功)?[\u4e00-\u9fff]{{0,10}}?(?:{done})(?:完毕|完成|成功|到位)?$"
        rf"|^(?:{got})[\u4e00-\u9fff]{{0,6}}[A-Z]{{2,}}[\u4e00-\u9fff]{{0,4}}(?:认可|认证|资质|证书)$"
        rf"|^(?:均?已|已经)[\u4e00-\u9fff]{{0,6}}?(?:{done})[\u4e00-\u9fff]{{0,8}}$"
        rf"|^(?:[\u4e00-\u9fff]{{0,8}}?)?(?:已|全部)?(?:{got})(?!(?:[\u4e00-\u9fff]{{0,4}})(?:{things}))[\u4e00-\u9fff]{{2,}}$"
    )


@lru_cache(4096)
def is_event(text: str) -> bool:
    """Does a text tell of something that anybody can see has happened (新桥合龙, 取得发明专利授权), without a judgement?"""
    return not contains_any(text, "qualitative.evaluative") and _event().search(text) is not None


# --- step 4 -------------------------------------------------------------------------------------------------------


def _referring(value: Value) -> bool:
    """Is a value measured against something that can be looked up? 控制在标准范围内 names no standard."""
    if (getattr(value.constraint, "reference", None) or "") in words("qualitative.empty_references"):
        return False
    if _CODE.search(value.text):
        return True
    return value.kind == "relative" or getattr(value.constraint, "reference", None) is not None


def reference_known(value: Value) -> bool:
    """Is the figure that the value refers to printed in the row, or one that is known without (budget, price cap)?"""
    reference = getattr(value.constraint, "reference", None) or value.text
    if contains_any(reference, "qualitative.known_references"):
        return True
    if getattr(value.constraint, "baseline", None) is not None or _BRACKETED_NUMBER.search(value.text):
        return True
    return _printed(value.row)


def _printed(row: Row) -> bool:
    indicator = row.indicator
    beside = (_bracketed_past().search(row.name), *map(_number, (indicator.description, indicator.basis)))
    return any(beside)


def _number(text: str | None) -> re.Match[str] | None:
    return _NUMBER.search(text or "")
