"""Prose as tokens: numbers with their units and operators, and the words of the vocabulary around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal

from perfgoals_lint.prose.numbers import Printed, read_number
from perfgoals_lint.prose.types import Per, Span
from perfgoals_lint.prose.vocabulary import Vocabulary, vocabulary
from perfgoals_lint.rulebook.patterns import compiled

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
_COUNTED = re.compile(rf"[0-9]+|[{_CHINESE}半]+")
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
    rf"第[0-9{_CHINESE}]{{1,6}}[条款项章节类批期届次个方季]?",
    rf"百分之[0-9{_CHINESE}.]{{1,8}}",
    r"[A-Za-z][A-Za-z0-9]{0,60}",
)


@dataclass(slots=True)
class Quantity:
    """A number with what is printed behind it. ``low`` marks the upper end of a range."""

    printed: Printed
    kind: Kind
    unit: str
    per: list[Per]
    span: Span
    low: bool = False


@dataclass(slots=True)
class Expression:
    """A sum of products as printed; one factor in one product is a quantity standing alone."""

    products: list[list[Quantity]]
    total: Quantity | None
    span: Span

    @property
    def quantities(self) -> Iterator[Quantity]:
        """All operands, the total last."""
        for product in self.products:
            yield from product
        if self.total is not None:
            yield self.total


@dataclass(slots=True)
class Mark:
    """A word, a year, a document number: ``kind`` is the terminal, ``lists`` the word lists it stands in."""

    kind: str
    text: str
    span: Span
    lists: frozenset[str] = field(default_factory=frozenset)


Statement = Expression | Mark


def tokenise(text: str, start: int, end: int) -> list[Statement]:
    """The statements of ``text[start:end]`` with positions in ``text``; never raises.

    A number begins an expression: a sum of products of quantities, as far as units, denominators and operators in
    front of a further number follow on one another. All else that is a word of the lists is a mark.
    """
    scanner = _scanner()
    words = vocabulary().words
    match = scanner["top"].match
    found: list[Statement] = []
    none: frozenset[str] = frozenset()
    position = start
    while position < end:
        token = match(text, position, end)
        if token is None:
            break
        kind = token.lastgroup
        position = token.end()
        if kind == "NUMBER" or kind == "LOW":
            expression, position = _Expressions(text, end, scanner).read(token)
            if expression is not None:
                found.append(expression)
        elif kind is not None and kind not in _PASSED:
            found.append(Mark(kind, token[0], token.span(), words.get(token[0], none)))
    return found


class _Expressions:
    """Reads one expression from its first token on: ``product (+ product)* (= quantity)?``."""

    def __init__(self, text: str, end: int, scanner: dict[str, re.Pattern[str]]) -> None:
        self.text, self.end = text, end
        self.number, self.upper = scanner["number"].match, scanner["upper"].match
        self.behind = scanner["behind"].match
        self.operator: str | None = None
        self.position = 0
        self.sound = True

    def read(self, token: re.Match[str]) -> tuple[Expression | None, int]:
        """The expression, ``None`` when an operand is no number after all, and where it ends."""
        begin = token.start()
        products: list[list[Quantity]] = [[]]
        total: Quantity | None = None
        last = self._quantity(token, products[0])
        while self.operator is not None:
            operator = self.operator
            following = self.number(self.text, self.position, self.end)
            if following is None:
                break
            if operator == "EQUALS":
                result: list[Quantity] = []
                last = self._quantity(following, result, closing=True)
                total = result[0] if result else None
                break
            if operator == "PLUS":
                products.append([])
            last = self._quantity(following, products[-1])
        if not self.sound:
            return None, last
        return Expression(products, total, (begin, last)), self.position

    def _quantity(self, token: re.Match[str], into: list[Quantity], closing: bool = False) -> int:
        """Read one quantity, with its unit, denominators and the operator behind it; its end."""
        begin, low = token.start(), token.lastgroup == "LOW"
        if low:
            number = self.upper(self.text, token.end(), self.end)
            if number is None:
                self.sound, self.position, self.operator = False, token.end(), None
                return self.position
            token = number
        printed = read_number(token[0])
        kind: Kind = "bare"
        unit, per, last = "", [], token.end()
        self.operator = None
        while True:
            found = self.behind(self.text, last, self.end)
            if found is None:
                break
            name = found.lastgroup or ""
            if name == "PER":
                per.append(per_of(found[0]))
            elif name in _KINDS and kind == "bare" and not per:
                kind = _KINDS[name]
                unit = "元" if kind == "money" else found[0]
            elif name in _OPERATORS and not (closing):
                self.operator, self.position = name, found.end()
                break
            else:
                break
            last = found.end()
        if self.operator is None:
            self.position = last
        if printed is None:
            self.sound = False
        else:
            into.append(Quantity(printed, kind, unit, per, (begin, last), low))
        return last


def per_of(text: str) -> Per:
    """The denominator that a PER or EACH token names: ``/场``, ``每两年``, ``人均``."""
    body = text.strip("/·每均单 ")
    found = _COUNTED.match(body)
    number = read_number(found[0]) if found and found[0] != body else None
    return Per(number.value if number else Decimal(1), body[found.end() :] if number and found else body)


# --- the tables ---------------------------------------------------------------------------------------------------


_PASSED = frozenset({"NOISE", "OTHER"})
_OPERATORS = frozenset({"TIMES", "PLUS", "EQUALS"})
_YUAN = "元|圆|块钱"
_PERCENT = "%|％|‰|个百分点"


@cache
def _scanner() -> dict[str, re.Pattern[str]]:
    """The patterns of the four places that a token can stand at: ``top``, ``number`` behind an operator, ``upper``
    behind the lower end of a range, ``behind`` a number. In each the first alternative that fits is meant."""
    return compiled("narrative", _patterns(vocabulary()))


def _patterns(words: Vocabulary) -> dict[str, str]:
    units = _alternatives(words.units)
    unit = f"(?:{units})"
    number = (
        rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,6}}(?![0-9])|[0-9]{{1,18}})(?:\.[0-9]{{1,9}})?{_MANY}"
        rf"(?:[十百千]?[万亿]|[百千])?{_MANY}"
        rf"|(?<![第之逐统唯同进归其单专])[{_FIRST_CHINESE}][{_CHINESE}]{{0,15}}{_MANY}"
        rf"(?=(?:[万亿]|元|圆|块钱|{unit}|{_alternatives(words.currencies)}))"
    )
    behind = f"(?={number})"
    each = f"每(?:[0-9]{{1,2}}|[一两二三四五六七八九十半])?{unit}|[人户场生亩件村校班床项台站栋次所园]均|单(?!位|元){unit}"
    lead = f"(?:{_alternatives(words.lead_ins)}){{0,2}}"
    sums = rf"共(?={lead}(?:[0-9]|{number}))|(?<![合共总小统预设估])计(?={lead}[0-9])"
    low = rf"[0-9]{{1,10}}(?:\.[0-9]{{1,6}})?[万亿]?{_DASH}(?=[0-9])"
    years = rf"{_YEAR}年?{_DASH}{_YEAR}年度?|{_YEAR}年度?"
    starts = {word[0] for word in words.words} | set(
        _FIRST_CHINESE + "0123456789〔【[［(（第百每人户场生亩件村校班床项台站栋次所园单共计vV"
    )
    others = "".join(re.escape(character) for character in sorted(starts))
    idioms = _alternatives(word for word, lists in words.words.items() if "idioms" in lists)
    marks = _alternatives(word for word, lists in words.words.items() if "idioms" not in lists)
    top = {
        "DOCUMENT_NUMBER": rf"[〔【\[［(（]{_YEAR}[〕】\]］)）](?:第?[0-9]{{1,6}}号?)?",
        "NOISE": "|".join(_NOISE),
        "YEARS": years,
        "IDIOM": idioms,
        "LOW": low,
        "EACH": each,
        "NUMBER": number,
        "WORD": marks,
        "SHORT_SUM": sums,
        "OTHER": rf"[^A-Za-z{others}]+|[\s\S]",
    }
    behind_number = {
        "TIMES": f"(?:[×*✕＊x]|X|乘以?){behind}",
        "PLUS": f"(?:[+＋]|加上?){behind}",
        "EQUALS": f"(?:[=＝]|等于){behind}",
        "CURRENCY": _alternatives(words.currencies),
        "PERCENT": _PERCENT,
        "YUAN": _YUAN,
        "PER": rf"[/·](?:[0-9]{{1,2}})?{unit}",
        "UNIT": f"{unit}(?![级代])",
    }
    return {
        "top": _named(top),
        "number": _named({"LOW": low, "NUMBER": number}),
        "upper": _named({"NUMBER": number}),
        "behind": _named(behind_number),
    }


def _named(alternatives: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in alternatives.items())


def _alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
