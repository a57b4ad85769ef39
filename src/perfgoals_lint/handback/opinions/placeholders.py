"""Which placeholders of a form nothing is put in for: it is filled with a specimen, and what is left is told."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from perfgoals_lint.fixes.office.parts import PackageParts
from perfgoals_lint.handback.entries import FindingEntry
from perfgoals_lint.handback.opinions.context import context_of
from perfgoals_lint.handback.opinions.fill import (
    cell_text,
    fill_document,
    fill_workbook,
    shared_texts,
    text_of,
)
from perfgoals_lint.handback.opinions.subjects import Subject
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.text import nearest

_ANY = compiled(r"\{\{\s*[#/]?\s*([^{}]+?)\s*\}\}")
_ENTRY = FindingEntry(
    1, "error", "PGC", "-", "-", None, "-", "-", "-", "-", "-", "-", "-", fingerprint="-", dimension="-"
)


def unknown_placeholders(form: bytes, ending: str, words: HandbackWords) -> dict[str, list[str]]:
    """The placeholders of a form that stay as they stand, without braces, each with the known names most like it.

    ``ending`` is ``.docx`` or ``.xlsx``. Raises ``ReadError`` for a broken form.
    """
    specimen = context_of([Subject("-", "-", "-", "-", Decimal(0), [_ENTRY])], words, "-")
    fill = fill_document if ending == ".docx" else fill_workbook
    left = dict.fromkeys(name for text in _texts(fill(form, specimen)) for name in _ANY.findall(text))
    known = sorted(set(_names(specimen)))
    return {name: nearest(name, known, most=1) for name in left}


def _names(context: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """All names that a form can use, those of a row of a list as ``list.name`` and by themselves."""
    for name, value in context.items():
        yield name
        if above:
            yield f"{above}.{name}"
        for item in value if isinstance(value, list) else ():
            yield from _names(item, name)


def _texts(made: bytes) -> Iterator[str]:
    """The texts of the paragraphs or cells of a filled form."""
    parts = PackageParts(made)
    strings = shared_texts(parts)
    for kind, target in [("main", parts.main), *parts.relations(parts.main).values()]:
        if kind in ("main", "header", "footer") and target in parts:
            yield from map(text_of, parts.root(target).iter("{*}p"))
        elif kind == "worksheet" and target in parts:
            yield from (cell_text(cell, strings) for cell in parts.root(target).iter("{*}c"))
