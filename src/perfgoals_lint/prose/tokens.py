"""Prose as tokens: the Lark grammar of ``grammar.lark`` with the word lists of the vocabulary put in."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from perfgoals_lint.prose.numbers import Printed, read_number
from perfgoals_lint.prose.types import Per, Span
from perfgoals_lint.prose.vocabulary import Vocabulary, vocabulary
from perfgoals_lint.rulebook.lexing import Tree, restore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfgoals_lint.rulebook.lexing import Parser, Token

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
class QuantityToken:
    """A number with what is printed behind it. ``low`` marks the upper end of a range."""

    printed: Printed
    kind: Kind
    unit: str
    per: list[Per]
    span: Span
    low: bool = False


@dataclass(slots=True)
class ExpressionToken:
    """A sum of products as printed; one factor in one product is a quantity standing alone."""

    products: list[list[QuantityToken]]
    total: QuantityToken | None
    span: Span

    @property
    def quantities(self) -> Iterator[QuantityToken]:
        """All operands, the total last."""
        for product in self.products:
            yield from product
        if self.total is not None:
            yield self.total


@dataclass(slots=True)
class WordMark:
    """A word, a year, a document number: ``kind`` is the terminal, ``lists`` the word lists it stands in."""

    kind: str
    text: str
    span: Span
    lists: frozenset[str] = field(default_factory=frozenset)


Statement = ExpressionToken | WordMark


def tokenise(text: str, start: int, end: int) -> list[Statement]:
    """The statements of ``text[start:end]`` with positions in ``text``; never raises."""
    tree: Tree = _parser().parse(text[start:end])
    words = vocabulary().words
    found: list[Statement] = []
    for child in tree.children:
        if not isinstance(child, Tree):
            span = _span(child, start)
            found.append(WordMark(child.type, str(child), span, words.get(str(child), frozenset())))
            continue
        found += _expressions(child, start)
    return found


def _span(token: Token, offset: int) -> Span:
    return token.start_pos + offset, token.end_pos + offset


def _expressions(tree: Any, offset: int) -> Iterator[ExpressionToken]:
    """The expression, and each figure that an operator behind its result leads to as one of its own; none when an
    operand is no number after all."""
    products: list[list[QuantityToken]] = []
    results: list[QuantityToken] = []
    for child in tree.children:
        product = child.data == "product"
        operands = [_quantity(part, offset) for part in (child.children if product else [child])]
        known = [operand for operand in operands if operand is not None]
        if len(known) < len(operands):
            return
        if product:
            products.append(known)
        else:
            results += known
    total = results[0] if results else None
    last = total or products[-1][-1]
    yield ExpressionToken(products, total, (products[0][0].span[0], last.span[1]))
    for further in results[1:]:
        yield ExpressionToken([[further]], None, further.span)


def _quantity(tree: Any, offset: int) -> QuantityToken | None:
    kind: Kind = "bare"
    unit, per, printed = "", [], None
    for token in tree.children:
        if token.type == "NUMBER":
            printed = read_number(str(token))
        elif token.type == "PER":
            per.append(per_of(str(token)))
        elif token.type in _KINDS:
            kind = _KINDS[token.type]
            unit = "元" if kind == "money" else str(token)
    if printed is None:
        return None
    span = (_span(tree.children[0], offset)[0], _span(tree.children[-1], offset)[1])
    return QuantityToken(printed, kind, unit, per, span, tree.children[0].type == "LOW")


def per_of(text: str) -> Per:
    """The denominator that a PER or EACH token names: ``/场``, ``每两年``, ``人均``."""
    body = text.strip("/·每均单 ")
    found = _COUNTED.match(body)
    number = read_number(found[0]) if found and found[0] != body else None
    return Per(number.value if number else Decimal(1), body[found.end() :] if number and found else body)


# --- the tables ---------------------------------------------------------------------------------------------------


@cache
def _parser() -> Parser:
    grammar = _grammar(vocabulary())
    return restore("narrative", hashlib.sha256(grammar.encode()).hexdigest()[:16], lambda: grammar)


def _grammar(words: Vocabulary) -> str:
    """The grammar file with the terminals that depend on the vocabulary."""
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
    terminals = {
        "_TIMES.9": f"(?:[×*✕＊x]|X|乘以?){behind}",
        "_PLUS.9": f"(?:[+＋]|加上?){behind}",
        "_EQUALS.9": f"(?:[=＝]|等于){behind}",
        "DOCUMENT_NUMBER.9": rf"[〔【\[［(（]{_YEAR}[〕】\]］)）](?:第?[0-9]{{1,6}}号?)?",
        "_NOISE.8": "|".join(_NOISE),
        "YEARS.7": rf"{_YEAR}年?{_DASH}{_YEAR}年度?|{_YEAR}年度?",
        "LOW.6": rf"[0-9]{{1,10}}(?:\.[0-9]{{1,6}})?[万亿]?{_DASH}(?=[0-9])",
        "EACH.6": each,
        "PER.8": rf"[/·](?:[0-9]{{1,2}})?{unit}",
        "NUMBER.5": number,
        "CURRENCY.9": _alternatives(words.currencies),
        "UNIT.7": f"{unit}(?![级代])",
        "IDIOM.6": _alternatives(word for word, lists in words.words.items() if "idioms" in lists),
        "WORD.4": _alternatives(word for word, lists in words.words.items() if "idioms" not in lists),
        "SHORT_SUM.3": sums,
    }
    starts = {word[0] for word in words.words} | set(
        _FIRST_CHINESE + "0123456789〔【[［(（第百每人户场生亩件村校班床项台站栋次所园单共计vV"
    )
    others = "".join(re.escape(character) for character in sorted(starts))
    terminals["_OTHER.-1"] = rf"[^A-Za-z{others}]+|[\s\S]"
    text = files("perfgoals_lint.prose").joinpath("grammar.lark").read_text(encoding="utf-8")
    lines = [f"{name}: /{pattern.replace('/', chr(92) + '/')}/" for name, pattern in terminals.items()]
    return text + "\n" + "\n".join(lines) + "\n"


def _alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
