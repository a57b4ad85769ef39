"""Words of ``rules/lexicons/grids.yaml`` and other lists as patterns."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from perfgoals_lint.rulebook.patterns import any_of, compiled
from perfgoals_lint.rulebook.policy import framework_data, lexicon
from perfgoals_lint.text import squeeze

_FILLER = compiled(r"^(?:[.。…⋯·]*|(?:定量|定性)?(?:指标|目标)[\d一二三四五六七八九十]{0,2}[:：]?)$")

_KIND = compiled(r"\{(?:([a-z]+)\.)?([a-z_]+)\}")
_LONGEST_VERDICT = 40
_FILLER_STARTS = ".。…⋯·指目定"
_STEMS = "甲乙丙丁"
_COUNTED = 3
"""Columns from which on a row of numbers counts them."""


@cache
def words(kind: str) -> str:
    """The words of a kind as alternatives of a pattern, the longest first."""
    return any_of(lexicon("grids")[kind])


@cache
def pattern(form: str) -> re.Pattern[str]:
    """A pattern in which ``{kind}`` stands for any word of a kind, also of another list (``{printed.notes}``)."""
    return compiled(_KIND.sub(lambda kind: f"(?:{any_of(lexicon(kind[1] or 'grids')[kind[2]])})", form))


def is_sum(key: str) -> bool:
    """Is the text the name of a sum row, and nothing else?"""
    return pattern("{sums}[:：]?").fullmatch(key) is not None


def ends_as_sum(key: str) -> bool:
    """Does a name end in that of a sum (设备小计)?"""
    return pattern("{sums}[:：]?$").search(key) is not None


def without_stamp(text: str) -> str:
    """A name without the place for a stamp behind it, and the money unit on the same line."""
    return pattern(r"\s*[（(]{stamps}[)）](?:\s*(?:金额)?单位\s?[:：].*)?$").sub("", text).strip()


def is_verdict(key: str) -> bool:
    """Is the text the name of a box for a verdict, a measure or a remark, as stands below an indicator table?"""
    named = pattern(".{0,20}{verdicts}(?:[（(].{0,10}[)）])?[:：]?")
    return len(key) <= _LONGEST_VERDICT and named.fullmatch(key) is not None


@lru_cache(4096)
def says(kind: str, text: str) -> bool:
    """Does a text hold a word of a kind?"""
    return pattern(f"{{{kind}}}").search(text) is not None


def is_total(key: str) -> bool:
    """Does the name of a column of values say that it adds up those beside it (全年, 合计)?"""
    return says("value_sums", key)


@lru_cache(4096)
def is_planned(key: str) -> bool:
    """Does the name of a column of values say that it is a target, not a state?"""
    return says("planned", key) or is_settled(key)


@lru_cache(4096)
def is_settled(key: str) -> bool:
    """Does the name of a column of values or amounts say that they were decided (批复数), and not in another year?"""
    return _settled().match(key) is not None


@cache
def _settled() -> re.Pattern[str]:
    past = "|".join(framework_data("fields")["grammar"]["words"]["past"])
    return compiled(rf"(?!(?:{past})|.*(?:19|20)\d\d).*(?:{changed('后')}|{words('settled')})")


@cache
def changed(state: str) -> str:
    """The names of a change and, as a pattern, what is said of it: 后 for what counts (追加后, 修订后), 前 for what stood before."""
    return rf"(?:{words('changes')}){state}"


def is_unchanged(text: str) -> bool:
    """Does what something was changed to say nothing but that it stays as it was (保持不变)?"""
    return pattern("{unchanged}[:：]?").fullmatch(squeeze(text).rstrip("。")) is not None


def is_taken_back(text: str) -> bool:
    """Does what something was changed to say nothing but that it falls away (删除)?"""
    return pattern("{taken_back}[:：]?").fullmatch(squeeze(text).rstrip("。")) is not None


def counts_columns(keys: Sequence[str]) -> bool:
    """Do the cells below the names of columns count them (1, 2, 3 …; 甲, 乙, 1, 2 …)?"""
    keys = [key.strip("()（）") for key in keys]
    stems = len(keys) - len([key for key in keys if key not in _STEMS])
    numbers = [int(key) if key.isdecimal() and len(key) < 3 else 0 for key in keys[stems:]]
    counted = len(keys) >= _COUNTED and keys[:stems] == list(_STEMS[:stems])
    return counted and numbers == list(range(1, len(numbers) + 1))


def is_note(key: str) -> bool:
    """Does a remark or signature line below a table begin so?"""
    return pattern(r"{notes}(?:[:：]|\d|[（(]|$)").match(key) is not None


def says_no_goals(key: str) -> bool:
    """Is a text nothing but that there are no goals (无绩效目标, 不设绩效指标)?"""
    return pattern("[（(]?{none}(?:填报|编制|设置)?{none_of}[)）。]?").fullmatch(key) is not None


def is_filler(key: str) -> bool:
    """Is the text blank, or dots or a bare 指标1： or 目标2 that a template prints where something may be added?"""
    return not key or (key[0] in _FILLER_STARTS and len(key) < 12 and _FILLER.match(key) is not None)
