"""What an exception quotes: the text that a finding is about, or, where there is none, the terms of its calculation."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from perfgoals_lint.model import Finding
from perfgoals_lint.money import shown
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.text import squeeze

_NUMBER = compiled(r"\d[\d,，]*(?:\.\d+)?")
_DERIVED = ("computed", "gap", "expression")
"""How the members of an evidence begin that are worked out from the others."""
_SCALES = (Decimal(1), Decimal(10_000), Decimal(100_000_000))
"""What a quoted figure may be counted in: 元, 万元, 亿元."""


def quoted(quote: str, finding: Finding) -> bool:
    """Does a quote say what the finding is about? A text is quoted whole; of a calculation every term is named, in any
    unit of money and any order, and nothing else. What is neither is quoted by nothing."""
    if finding.quote:
        return squeeze(quote) == squeeze(finding.quote)
    terms = [term for _, term in _terms(finding)]
    if not terms:
        return not quote.strip()
    named = _numbers(quote)
    fits = [[any(one * scale == term for scale in _SCALES) for term in terms] for one in named]
    return bool(named) and all(map(any, fits)) and all(map(any, zip(*fits, strict=True)))


def terms_of(finding: Finding) -> str:
    """The terms of a finding's calculation, as an exception is to quote them; empty when it has none."""
    said = (shown(term) if name.endswith("yuan") else format(term, "f") for name, term in _terms(finding))
    return ", ".join(dict.fromkeys(said))


def _terms(finding: Finding) -> list[tuple[str, Decimal]]:
    evidence = finding.evidence or {}
    told = {name: value for name, value in evidence.items() if not name.startswith(_DERIVED)}
    found = list(_figures(told, "terms_yuan" if any(name.endswith("yuan") for name in evidence) else ""))
    return found or [("", one) for one in _numbers(str(evidence.get("expression") or ""))]


def _figures(value: Any, name: str) -> Iterator[tuple[str, Decimal]]:
    """The numbers in nested data, each with the name that it stands under."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _figures(inner, key if key.endswith("yuan") or not name else name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _figures(inner, name)
    elif value is not None and not isinstance(value, bool):
        try:
            yield name, Decimal(str(value))
        except InvalidOperation:
            return


def _numbers(text: str) -> list[Decimal]:
    return [Decimal(re.sub("[,，]", "", found)) for found in _NUMBER.findall(text)]
