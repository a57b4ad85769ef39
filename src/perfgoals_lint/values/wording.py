"""Values without a figure: judgements, scales, declared blanks, zero forms, placeholders, scanning damage."""

import re
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from perfgoals_lint.rulebook.patterns import any_of, compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values import types
from perfgoals_lint.values.units import table

_SEPARATED = compiled(r"[、,;/\n]|和|且|并")
# What the grammar stops at: figures, signs and the words that open a date, a rank or a rate.
_MARK = compiled(
    r"\d+|[A-Z_\n]|[^\w\s]|[零一二三四五六七八九十百千万亿兆两半几数廿卅壹贰叁肆伍陆柒捌玖拾佰仟]|[第前上每正负控达至]"
)
_SHORT = 100
_LONGEST_NOTICE = 40
_LONGEST_JUDGEMENT = 16
_NO_MONTH = r"(?:(?<!\d)0?0|1[3-9]|[2-9]\d)月"
_DATED = compiled(rf"(?:.*(?:19|20)\d\d年|[^\d]*){_NO_MONTH}(?:[底末前份]|\d\d?[日号]|$).*")
_STEPS = compiled(r"[、,;/|\-()\n]+")


class ValueWords(NamedTuple):
    """What every value is looked up in."""

    judgements: frozenset[str]
    blank: frozenset[str]
    odd: re.Pattern[str]
    """A character that a damaged figure has; most values have none."""
    telling: re.Pattern[str]
    """A figure, an operator, a date word or a bracket: without any of them a value is words."""
    longest: int
    most_marks: int


class Forms(NamedTuple):
    """The forms that words can take, for values that are words."""

    built: re.Pattern[str]
    withheld: re.Pattern[str]
    zero: re.Pattern[str]
    masked: re.Pattern[str]
    scales: dict[str, list[str]]


@cache
def words() -> ValueWords:
    """The look-up lists of ``rules/lexicons/values.yaml``."""
    data: dict[str, Any] = lexicon("values")
    misread = re.escape(data["misread"]["operators"] + data["misread"]["letters"])
    return ValueWords(
        frozenset(data["judgement"]["words"]) - frozenset(data["not_applicable"]),
        frozenset(data["not_applicable"]),
        compiled(f"[{misread}$ 一二三四五六七八九]|{_NO_MONTH}"),
        compiled(_telling(data)),
        data["longest_value"],
        data["most_marks"],
    )


def judgement_adverbs() -> list[str]:
    """The words in front of the head of a judgement that is put together (稳步提升): degrees and others."""
    return [*lexicon("values")["judgement"]["adverbs"], *lexicon("wording")["degrees"]]


@cache
def _forms() -> Forms:
    data: dict[str, Any] = lexicon("values")

    def group(items: list[str]) -> str:
        return f"(?:{any_of(items)})"

    adverbs, heads = group(judgement_adverbs()), group(data["judgement"]["heads"])
    opening, thing = group(data["zero_openings"]), group(data["zero_things"])
    return Forms(
        compiled(f"{adverbs}*{heads}{{1,2}}"),
        compiled(group(data["withheld"])),
        compiled(
            rf"(?P<lead>[^、,;]{{0,40}}?){opening}(?P<thing>[^、,;]{{0,16}}?{thing}(?:事件|事故|案件|问题)*)"
            r"(?:情况|发生|现象|行为)*"
        ),
        compiled(f"[{re.escape(data['masks'])}]+"),
        {"".join(steps): steps for steps in data["scales"]},
    )


@cache
def _suspects() -> re.Pattern[str]:
    return compiled(_suspect(lexicon("values")["misread"]))


def crowded(text: str) -> bool:
    """Is a long text so full of figures and marks that it is no target? Reading it would only cost time."""
    if len(text) <= _SHORT:
        return False
    limit = words().most_marks
    return sum(1 for _ in zip(_MARK.finditer(text), range(limit + 1), strict=False)) > limit


def damaged(text: str) -> bool:
    """Does a normalised value look like a figure that scanning damaged (290$, 工5%, 二100, 9O%, 3OO棵, 2024年13月)?"""
    return words().odd.search(text) is not None and _suspects().fullmatch(text) is not None


def no_month(text: str) -> bool:
    """Does a date name a month that is none (2024年13月底前)?"""
    return _DATED.fullmatch(text) is not None


def _suspect(misread: dict[str, str]) -> str:
    operators, letters = re.escape(misread["operators"]), misread["letters"]
    digits, zeros = misread["digits"], misread["zeros"]
    figure = r"\d+(?:\.\d+)?"
    behind = r"(?:[^\x00-\xff].*)?"
    return (
        rf"(?:[{operators}]{{1,2}}=?{figure}[万亿]?[^\d、,;]{{0,4}}"
        rf"|.*\d\$"
        rf"|.*\d \d.*"
        rf"|[≥≤><=]?(?:\d+[{letters}]+\d*|[{letters}]+\d+)(?:\.\d+)?%.*"
        rf"|[^\x00-\xff]{{0,4}}[≥≤><=]*\d[\d,]*(?:[{digits}]+\d[\d{digits}]*|[{zeros}]+)(?:\.\d+)?{behind}"
        rf"|[≥≤><=]*[{zeros}]\.\d+{behind}"
        rf"|[≥≤><=]+[{digits}]+\d[\d{digits}]*{behind}"
        # No name begins with a small l, and none goes on from letter to digit twice (O3, O2O, but I8O00).
        rf"|(?:l+\d|[{digits}]+\d+[{digits}]+\d)[\d{digits}]*{behind}"
        rf"|(?:.*(?:19|20)\d\d年){_NO_MONTH}(?:[底末前份]|\d\d?[日号]|$).*"
        rf"|[≥≤><=]*{figure}[一二三四五六七八九]{figure}.*)"
    )


def _telling(data: dict[str, Any]) -> str:
    compared = [word for listed in data["operators"]["compared"].values() for word in listed]
    negated = data["operators"]["negated"]
    compared += [word for sign in (">", "<") for word in negated[sign] if len(word) > 1]
    # 十分 in front of a word is no figure (十分突出).
    signs = r"(?![十万]分(?![钟之])[\u4e00-\u9fff])[\d≥≤><=≈≮≯()\[\]:零一二三四五六七八九两十百千万亿半廿卅壹贰叁肆伍陆柒捌玖拾佰仟数几上前第全]"
    return "|".join(
        (
            signs,
            "[不没未]超|[不没未]逾|年底|年末|年内|年度底|年度末|年度内|月底|月末|下半年|增长|持平|较|比",
            "无[^、,;]{0,40}[、,;]",
            *compared,
        )
    )


def _scale(text: str) -> list[str] | None:
    """The steps of a scale: a listed one, printed with or without marks, or three steps of one in their order."""
    steps = [step for step in _STEPS.split(text) if step]
    listed = _forms().scales
    whole = listed.get("".join(steps))
    if whole is not None:
        return list(whole)
    return steps if len(steps) > 2 and any(_in_order(steps, one) for one in listed.values()) else None


def _in_order(steps: list[str], scale: list[str]) -> bool:
    rest = iter(scale)
    return all(step in rest for step in steps)


def placeholder(text: str) -> bool:
    """Is there nothing in a normalised value but masks, an operator and a unit (****, ≥**%, ≥%, 公里)?"""
    rest = _forms().masked.sub("", text.lstrip("≥≤><=")).strip()
    unit = rest if rest in table().canonical else rest.lstrip("万亿")
    return not rest or (unit in table().canonical and unit not in table().nouns)


def bare(text: str, original: str) -> types.Constraint | None:
    """The constraint of a value that is on a word list as a whole, or ``None``."""
    lists = words()
    if text in lists.judgements:
        return types.Judgement(original)
    if text in lists.blank:
        return types.NotApplicable(original)
    return None


def _is_judgement(piece: str) -> bool:
    if piece in words().judgements:
        return True
    return len(piece) <= _LONGEST_JUDGEMENT and _forms().built.fullmatch(piece) is not None


def worded(text: str, original: str, note: str | None = None) -> types.Constraint:
    """The constraint of a value that holds no figure (``text`` is normalised, without a bracketed remark)."""
    found = bare(text, original)
    if found is not None:
        found.note = note
        return found
    forms = _forms()
    if len(text) <= _LONGEST_NOTICE and forms.withheld.search(text):
        return types.Withheld(original, note)
    scale = _scale(text)
    if scale is not None:
        return types.Choice(original, scale, note=note)
    zero = forms.zero.fullmatch(text)
    if zero is not None:
        return types.Quantity(
            original, "=", Decimal(0), subject=zero["lead"] or None, object=zero["thing"], note=note
        )
    pieces = [piece for piece in _SEPARATED.split(text) if piece]
    if pieces and all(map(_is_judgement, pieces)):
        return types.Judgement(original, note)
    return types.Statement(original, placeholder=placeholder(text), note=note)
