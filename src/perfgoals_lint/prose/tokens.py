"""Prose as tokens: numbers with their units and operators, and the words of the vocabulary around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from perfgoals_lint.prose.numbers import Printed, read_number
from perfgoals_lint.prose.types import Per, Span
from perfgoals_lint.prose.vocabulary import vocabulary
from perfgoals_lint.rulebook.patterns import any_of, compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = Literal["money", "foreign", "count", "percent", "bare"]

_CHINESE = "〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_FIRST_CHINESE = "〇零一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾"
_YEAR = "(?:19|20)[0-9]{2}"
_DASH = "[-—–~～至到]"
_MANY = "[多余几]?"
_KINDS: dict[str, Kind] = {
    "YUAN": "money", "CURRENCY": "foreign", "PERCENT": "percent", "UNIT": "count",
}  # fmt: skip
_OPERATORS = frozenset({"TIMES", "PLUS", "EQUALS"})
_SHARED = "人户场生亩件村校班床项台站栋次所园"
"""What a price may be shared by in front of 均: 人均, 户均."""
_NONE: frozenset[str] = frozenset()
_COUNTED = compiled(rf"[0-9]+万?|[{_CHINESE}半]+")
# Dates, versions, telephone numbers, ordinals, shares in words, Latin words: numerals that count nothing.
_NOISE = (
    r"[0-9]{13,}",
    r"(?:19|20)[0-9]{2}[-./][0-9]{1,2}(?:[-./][0-9]{1,2})?(?![0-9.万元%])",
    r"[vV]?[0-9]{1,4}(?:\.[0-9]{1,4}){2,6}",
    r"[vV][0-9]{1,4}(?:\.[0-9]{1,4})?",
    r"(?:0[0-9]{2,3}|400|800)-[0-9]{3,8}(?:-[0-9]{3,5})?|1[3-9][0-9]{9}(?![0-9.])",
    r"[0-9]{1,2}[-—~至][0-9]{1,2}月",
    r"[0-9]{1,2}月(?:[0-9]{1,2}[日号]|[上中下]旬|[底初末])?",
    r"[0-9]{1,2}:[0-9]{2}",
    r"(?<=[0-9])/(?:10|1)?[万千](?!元)",
    rf"第[0-9{_CHINESE}]{{1,6}}[条款项章节类批期届次个方季]?",
    rf"[{_CHINESE}]{{1,3}}分之[0-9{_CHINESE}.]{{1,8}}",
    r"[A-Za-z][A-Za-z0-9]{0,60}",
)


_PARTED = compiled(
    r"(?<![0-9.,])(?:[0-9] (?=[0-9](?![0-9.]))|[0-9]{1,3} (?=[0-9]{3}(?![0-9.,]))|[0-9]{1,4} (?=0(?!\.)))"
)
"""A blank between digits that may be those of one number: single ones, thousands, or a nought behind it."""
_LONGEST_PART = 5
_TENTHS = "(?<=[一二三四五六七八九1-9])(?:折(?![扣叠旧算合线射半])|成(?![立为果本员效熟交长功套都品型绩就人年了份片组因章一二三四五六七八九十]|分(?![配担摊])))"
"""Tenths (三成, 八折), and no word that begins with the same character."""


_HALF = "一半"
_PERCENT = 100
_EXACT = Decimal("0.01")
"""A share in words is as exact as this, in hundredths of its whole."""


@dataclass(slots=True)
class QuantityToken:
    """A number with what is printed behind it. ``low`` marks the upper end of a range, ``parted`` a number that may be the
    end of one in front of the blank before it."""

    printed: Printed
    kind: Kind
    unit: str
    per: list[Per]
    span: Span
    low: bool = False
    parted: bool = False


@dataclass(slots=True)
class ExpressionToken:
    """Quantities linked by operators as printed: all operands of a sum of products, then the ``total`` if there is one."""

    quantities: list[QuantityToken]
    total: QuantityToken | None


@dataclass(slots=True)
class WordMark:
    """A word, a year, a document number: ``kind`` is the terminal, ``lists`` the word lists it stands in."""

    kind: str
    text: str
    span: Span
    lists: frozenset[str] = field(default_factory=frozenset)


Statement = QuantityToken | ExpressionToken | WordMark


def tokenise(text: str, start: int, end: int) -> list[Statement]:
    """The statements of ``text[start:end]`` with positions in ``text``; never raises.

    A number begins an expression, as far as units, denominators and operators in front of a further number follow on
    one another. All else that is a word of the lists is a mark. A text without a number and without a word that means
    something without one has no statements.
    """
    piece = text[start:end]
    patterns = _patterns()
    if patterns.worth.search(piece) is None and patterns.operand.search(piece) is None:
        return []
    following = patterns.token.search
    words = vocabulary().words
    found: list[Statement] = []
    expressions = _ExpressionReader(piece, start, patterns)
    token = following(piece)
    while token is not None:
        kind = token.lastgroup or ""
        position = token.end()
        if kind == "NUMBER" or kind == "LOW":
            position = expressions.read(token, found)
        elif kind == "PART":
            found.extend(_share_in_words(token, start))
        elif kind != "NOISE":
            word = token[0]
            found.append(
                WordMark(kind, word, (token.start() + start, position + start), words.get(word, _NONE))
            )
        token = following(piece, position)
    return found


def _share_in_words(token: re.Match[str], shift: int) -> Iterator[QuantityToken]:
    """The percentage that a share in words is (三分之一, 百分之三十, 一半即…); nothing where its characters form none."""
    whole, _, part = token[0].partition("分之")
    below, above = read_number(whole), read_number(part or "一")
    if token[0] == _HALF:
        below, above = read_number("二"), read_number("一")
    if below is None or above is None or not 0 < above.value < below.value:
        return
    if below.value != _PERCENT:
        value = above.value * _PERCENT / below.value
        above = above._replace(value=value, precision=_EXACT / 2, step=_EXACT)
    yield QuantityToken(above, "percent", "%", [], (token.start() + shift, token.end() + shift))


class _ExpressionReader:
    """Reads one expression: ``product (+ product)* (= quantity)?``. What a further operator behind the result leads to
    stands alone."""

    __slots__ = ("behind", "number", "operand", "operator", "position", "shift", "text")

    def __init__(self, text: str, shift: int, patterns: _ProsePatterns) -> None:
        self.text, self.shift = text, shift
        self.number, self.operand = patterns.number.match, patterns.operand.match
        self.behind = patterns.behind.match
        self.operator: str | None = None
        self.position = 0

    def read(self, token: re.Match[str], into: list[Statement]) -> int:
        """Append the expression that begins with ``token``, and those that stand behind its result; nothing when an
        operand is no number after all. Gives the place where it ends."""
        first = self._quantity(token)
        if self.operator is None:
            if first is not None:
                into.append(first)
            return self.position
        operands: list[QuantityToken] = []
        results: list[QuantityToken] = []
        sound, equal, quantity = True, False, first
        while True:
            if quantity is None:
                sound = False
            elif equal:
                results.append(quantity)
            else:
                operands.append(quantity)
            if self.operator is None:
                break
            equal = equal or self.operator == "EQUALS"
            following = self.operand(self.text, self.position)
            if following is None:
                break
            quantity = self._quantity(following)
        if sound:
            into.append(ExpressionToken([*operands, *results[:1]], results[0] if results else None))
            into.extend(results[1:])
        return self.position

    def _quantity(self, token: re.Match[str]) -> QuantityToken | None:
        """The quantity that begins with a number; sets where it ends, or the operator in front of a further number
        and the place of that number."""
        text, behind, low = self.text, self.behind, token.lastgroup == "LOW"
        number = self.number(text, token.end()) if low else token
        printed = read_number(number[0]) if number is not None else None
        kind: Kind = "bare"
        unit, end, measured = "", (number or token).end(), False
        per: list[Per] = []
        self.operator, self.position = None, end
        while (found := behind(text, end)) is not None:
            name = found.lastgroup or ""
            if name in _OPERATORS:
                if self.operand(text, found.end()) is not None:
                    self.operator, self.position = name, found.end()
                break
            if name == "PER":
                per.append(per_of(found[0]))
            elif measured:
                break
            else:
                kind = _KINDS[name]
                unit = "元" if kind == "money" else found[0]
            measured = True
            end = self.position = found.end()
        if printed is None:
            return None
        span = (token.start() + self.shift, end + self.shift)
        return QuantityToken(printed, kind, unit, per, span, low, _is_parted(text, token))


def _is_parted(text: str, token: re.Match[str]) -> bool:
    """May a number be the end of the one in front of it?"""
    start = token.start()
    blank = start > 1 and text[start - 1] == " "
    return blank and _PARTED.search(text, max(0, start - _LONGEST_PART), token.end()) is not None


@lru_cache(maxsize=512)
def per_of(text: str) -> Per:
    """The denominator that a PER or EACH token names: ``/场``, ``每两年``, ``人均``. That of none (每00户) is no unit of anything."""
    body = text.strip("/·每均单 ")
    found = _COUNTED.match(body) if body not in vocabulary().counting else None
    number = read_number(found[0]) if found and found[0] != body else None
    if number is None or found is None:
        return Per(Decimal(1), body)
    return Per(number.value, body[found.end() :]) if number.value else Per(Decimal(1), found[0])


# --- the patterns -------------------------------------------------------------------------------------------------


class _ProsePatterns(NamedTuple):
    """``worth``: what a text without a numeral must hold to be read; ``token``
    at any place, of which its first two characters settle most, ``number`` behind the lower end of a range, ``operand`` behind an operator, ``behind`` a number. In
    each the first alternative that fits is meant."""

    worth: re.Pattern[str]
    token: re.Pattern[str]
    number: re.Pattern[str]
    operand: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _patterns() -> _ProsePatterns:
    words = vocabulary()
    unit, counted = f"(?:{any_of(words.units)})", f"(?:{any_of(words.counting)})"
    arabic = (
        r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}(?![0-9])|[0-9]{1,18})(?:\.[0-9]{1,9})?"
        + _MANY
        + rf"(?:[十百千]?[万亿]|百|千(?![瓦克米伏帕卡赫安]))?{_MANY}"
    )
    chinese = (
        rf"(?<![第之其])(?<![逐统唯同进归单专](?=一))[{_FIRST_CHINESE}][{_CHINESE}]{{0,15}}{_MANY}[万亿]?"
        rf"(?:(?=元|圆|块钱|{unit}|{any_of(words.currencies)}|{_TENTHS})|(?<=[万亿])(?![{_CHINESE}多余几]))"
    )
    number = f"(?P<NUMBER>{arabic}|{chinese})"
    low = rf"(?P<LOW>[0-9]{{1,10}}(?:\.[0-9]{{1,6}})?[万亿]?{_DASH}(?=[0-9]))"
    lead = f"(?:{any_of(words.lead_ins)}){{0,2}}"
    listed = words.words
    token = {
        "DOCUMENT_NUMBER": rf"[〔【\[［(（]{_YEAR}[〕】\]］)）](?:第?[0-9]{{1,6}}号?)?",
        "PART": rf"(?<![0-9{_CHINESE}])[二三四五六七八九十百]十?分之(?:[0-9]{{1,3}}(?:\.[0-9]{{1,4}})?|[{_CHINESE}]{{1,4}})(?![至到强弱多—~0-9-])|{_HALF}(?=[，,（(]?[即计为合])",
        "NOISE": "|".join(_NOISE),
        "YEARS": rf"{_YEAR}年?{_DASH}{_YEAR}年度?|{_YEAR}年度?",
        "": low,
        "EACH": rf"每(?:[0-9]{{1,4}}万?|(?!千[瓦克米伏帕卡赫安])[一两二三四五六七八九十百千万]{{1,2}}|半)?{counted}(?:[（(]{counted}[)）])?|每(?:[0-9]{{1,4}}[百千万]?|[一百千万])元|[{_SHARED}]均|单(?!位|元){unit}",
        "IDIOM": any_of(word for word, lists in listed.items() if "idioms" in lists),
        " ": number,
        "WORD": any_of(word for word, lists in listed.items() if "idioms" not in lists),
        "SHORT_SUM": rf"共(?={lead}(?:[0-9]|{chinese}))|(?<![合共总小统预设估])计(?={lead}[0-9])",
    }
    behind = {
        "CURRENCY": any_of(words.currencies),
        "TIMES": "[×*✕＊xX]|乘以?",
        "PLUS": "[+＋]|加上?",
        "EQUALS": "[=＝]|等于",
        "PER": rf"[/·](?:[0-9]{{1,2}})?{counted}",
        "PERCENT": f"%|％|‰|个百分点|{_TENTHS}",
        "YUAN": "元|圆|块钱",
        "UNIT": f"(?!周岁){counted}(?![级代])",
    }
    alone = any_of(word for word, lists in listed.items() if "explanations" in lists)
    return _ProsePatterns(
        compiled(f"[0-9]|{alone}"),
        compiled(f"(?={_starts(listed)})(?:{_named(token)})"),
        compiled(arabic),
        compiled(f"{low}|{number}"),
        compiled(_named(behind)),
    )


def _starts(listed: Iterable[str]) -> str:
    """A pattern of the first two characters with which a token may begin."""
    alone = {word for word in listed if len(word) == 1} | set(
        f"{_FIRST_CHINESE}0123456789/〔【[［(（第每单共计"
    )
    pairs = {word[:2] for word in listed if len(word) > 1} | {f"{thing}均" for thing in _SHARED} | {"百分"}
    return f"[A-Za-z{_set(alone)}]|[{_set(pair[0] for pair in pairs)}][{_set(pair[1] for pair in pairs)}]"


def _set(characters: Iterable[str]) -> str:
    """What stands between the brackets of a set of characters."""
    return "".join(map(re.escape, sorted(set(characters))))


def _named(alternatives: dict[str, str]) -> str:
    """One pattern of alternatives, each a group of its name; those without a name are groups already."""
    return "|".join(f"(?P<{name}>{one})" if name.strip() else one for name, one in alternatives.items())
