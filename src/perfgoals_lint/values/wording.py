"""Values without a figure: judgements, scales, declared blanks, zero forms, placeholders, scanning damage."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from perfgoals_lint.policy import lexicon
from perfgoals_lint.values import types
from perfgoals_lint.values.units import table

_SEPARATED = re.compile(r"[、,;/\n]|和|且|并")
_STEPS = re.compile(r"[、,;/|\-()\n]+")


class Words(NamedTuple):
    """The word lists of ``rules/lexicons/values.yaml``, ready for look-up."""

    judgements: frozenset[str]
    built: re.Pattern[str]
    scales: dict[str, list[str]]
    withheld: re.Pattern[str]
    blank: frozenset[str]
    zero: re.Pattern[str]
    odd: re.Pattern[str]
    """A character that a damaged figure has; most values have none."""
    suspect: re.Pattern[str]
    telling: re.Pattern[str]
    """A figure, an operator, a date word or a bracket: without any of them a value is words."""
    longest: int
    masked: re.Pattern[str]


@cache
def words() -> Words:
    """The compiled word lists."""
    data: dict[str, Any] = lexicon("values")
    judgement = data["judgement"]

    def any_of(items: list[str]) -> str:
        return "(?:" + "|".join(sorted(map(re.escape, items), key=len, reverse=True)) + ")"

    scales = {"".join(steps): steps for steps in data["scales"]}
    return Words(
        frozenset(judgement["words"]) - frozenset(data["not_applicable"]),
        re.compile(f"{any_of(judgement['adverbs'])}*{any_of(judgement['heads'])}{{1,2}}"),
        scales,
        re.compile(any_of(data["withheld"])),
        frozenset(data["not_applicable"]),
        re.compile(
            f"(?P<lead>[^、,;]*?)(?:{any_of(data['zero_openings'])})(?P<thing>[^、,;]{{0,16}}?{any_of(data['zero_things'])}"
            r"(?:事件|事故|案件|问题)*)(?:情况|发生|现象|行为)*"
        ),
        re.compile(
            f"[{re.escape(data['misread']['operators'] + data['misread']['letters'])}$ 一二三四五六七八九]"
        ),
        re.compile(_suspect(data["misread"])),
        re.compile(_telling(data)),
        data["longest_value"],
        re.compile(f"[{re.escape(data['masks'])}]+"),
    )


def _suspect(misread: dict[str, str]) -> str:
    operators, letters = re.escape(misread["operators"]), misread["letters"]
    figure = r"\d+(?:\.\d+)?"
    return (
        rf"(?:[{operators}]{{1,2}}=?{figure}[万亿]?[^\d、,;]{{0,4}}"
        rf"|.*\d\$"
        rf"|.*\d \d.*"
        rf"|[≥≤><=]?(?:\d+[{letters}]+\d*|[{letters}]+\d+)(?:\.\d+)?%.*"
        rf"|[≥≤><=]*{figure}[一二三四五六七八九]{figure}.*)"
    )


def _telling(data: dict[str, Any]) -> str:
    compared = [word for listed in data["operators"]["compared"].values() for word in listed]
    signs = r"[\d≥≤><=≈≮≯()\[\]:零一二三四五六七八九两十百千万亿半壹贰叁肆伍陆柒捌玖拾佰仟数几上前第全]"
    return "|".join((signs, "年底|年末|年内|月底|月末|下半年|增长|持平", *compared))


def placeholder(text: str) -> bool:
    """Is there nothing in a normalised value but masks, an operator and a unit (****, ≥**%, ≥%, 公里)?"""
    rest = words().masked.sub("", text.lstrip("≥≤><=")).strip()
    return rest in table().canonical or rest.lstrip("万亿") in table().canonical or not rest


def bare(text: str, original: str) -> types.Constraint | None:
    """The constraint of a value that is on a word list as a whole, or ``None``."""
    lists = words()
    if text in lists.judgements:
        return types.Judgement(original)
    if text in lists.blank:
        return types.NotApplicable(original)
    return None


def worded(text: str, original: str, note: str | None = None) -> types.Constraint:
    """The constraint of a value that holds no figure (``text`` is normalised, without a bracketed remark)."""
    lists = words()
    found = bare(text, original)
    if found is not None:
        found.note = note
        return found
    if lists.withheld.search(text) and len(text) <= 40:
        return types.Withheld(original, note)
    scale = lists.scales.get("".join(_STEPS.split(text)))
    if scale is not None:
        return types.Choice(original, list(scale), note=note)
    zero = lists.zero.fullmatch(text)
    if zero is not None:
        return types.Quantity(
            original, "=", Decimal(0), subject=zero["lead"] or None, object=zero["thing"], note=note
        )
    pieces = [piece for piece in _SEPARATED.split(text) if piece]
    if pieces and all(piece in lists.judgements or lists.built.fullmatch(piece) for piece in pieces):
        return types.Judgement(original, note)
    return types.Statement(original, placeholder=placeholder(text), note=note)
