"""From a text to its ``Narrative``."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from perfgoals_lint.prose.compact import Compact, compact
from perfgoals_lint.prose.enumerations import enumerations
from perfgoals_lint.prose.facts import read_sentence
from perfgoals_lint.prose.figure_reading import read_figures
from perfgoals_lint.prose.narrative import Narrative
from perfgoals_lint.prose.relations.dates import lengths
from perfgoals_lint.prose.relations.find import find
from perfgoals_lint.prose.structure import Structure, structure
from perfgoals_lint.prose.tokens import Statement, tokenise
from perfgoals_lint.prose.types import Span
from perfgoals_lint.prose.years import year_mentions, year_spans
from perfgoals_lint.rulebook.lexicons import expression

if TYPE_CHECKING:
    from collections.abc import Iterable


@lru_cache(maxsize=512)
def scan(text: str) -> Narrative:
    """What the goal prose ``text`` states. Never raises; the time is linear in the length of the text."""
    return _read(text, whole=True)


@lru_cache(maxsize=512)
def figures_of(text: str) -> Narrative:
    """The figures of ``text`` and what they have to do with each other, without its counts, years and lists."""
    return _read(text, whole=False)


def _read(text: str, whole: bool) -> Narrative:
    read = compact(text)
    built = structure(read.text)
    tokens = [
        (span, tokenise(read.text, built.labels.get(span[0], span[0]), span[1])) for span in built.sentences
    ]
    narrative = Narrative(text, built.sentences, built.items)
    if whole:
        _collect(narrative, read, built, tokens)
    narrative.figures = read_figures(read.text, built, tokens)
    narrative.relations, narrative.entries = find(read.text, built, narrative.figures)
    narrative.lengths = list(lengths(read.text))
    if len(read.text) < len(text):
        _place(narrative, read)
    return narrative


def _collect(
    narrative: Narrative, read: Compact, built: Structure, tokens: list[tuple[Span, list[Statement]]]
) -> None:
    """Add the counts, years and lists of a text."""
    text = read.text
    sentences = [
        read_sentence(text, built, index, span, statements) for index, (span, statements) in enumerate(tokens)
    ]
    narrative.counts = list(chain.from_iterable(sentence.counts for sentence in sentences))
    narrative.spans = list(chain.from_iterable(year_spans(text, one, built) for one in sentences))
    narrative.years = list(chain.from_iterable(year_mentions(text, one, built) for one in sentences))
    marks = (mark for one in sentences for mark in one.marks if "explanations" in mark.lists)
    narrative.explained = not all(
        expression("budget.other_changed").match(text, mark.span[1]) for mark in marks
    )
    narrative.enumerations = enumerations(text, built, sentences)


# --- places in the text handed in ---------------------------------------------------------------------------------


def _place(narrative: Narrative, read: Compact) -> None:
    """Turn every span of the compact text into one of the text handed in."""
    narrative.sentences[:] = [read.span(span) for span in narrative.sentences]
    for item in narrative.items:
        item.span = read.span(item.span)
        item.body = read.place(item.body)
    for listed in (
        narrative.counts,
        narrative.spans,
        narrative.years,
        narrative.enumerations,
        narrative.figures,
        narrative.lengths,
    ):
        _place_each(listed, read)


class _Placed(Protocol):
    span: Span


def _place_each(found: Iterable[_Placed], read: Compact) -> None:
    for one in found:
        one.span = read.span(one.span)
