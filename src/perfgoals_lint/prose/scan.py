"""From a text to its ``Narrative``."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from perfgoals_lint.prose.compact import Compact, compact
from perfgoals_lint.prose.enumerations import enumerations
from perfgoals_lint.prose.facts import Sentence, read_sentence
from perfgoals_lint.prose.figure_reading import read_figures
from perfgoals_lint.prose.narrative import Narrative
from perfgoals_lint.prose.relations.dates import lengths
from perfgoals_lint.prose.relations.find import find
from perfgoals_lint.prose.structure import Structure, structure
from perfgoals_lint.prose.tokens import Statement, tokenise
from perfgoals_lint.prose.types import Span
from perfgoals_lint.prose.years import year_mentions, year_spans

if TYPE_CHECKING:
    from collections.abc import Iterable


@lru_cache(maxsize=512)
def scan(text: str) -> Narrative:
    """What the goal prose ``text`` states. Never raises; the time is linear in the length of the text."""
    read = compact(text)
    built = structure(read.text)
    sentences: list[Sentence] = []
    tokens: list[tuple[Span, list[Statement]]] = []
    for index, span in enumerate(built.sentences):
        statements = tokenise(read.text, built.labels.get(span[0], span[0]), span[1])
        tokens.append((span, statements))
        sentences.append(read_sentence(read.text, built, index, span, statements))
    narrative = _collect(text, read, built, sentences)
    narrative.enumerations = enumerations(read.text, built, sentences)
    narrative.figures = read_figures(read.text, built, tokens)
    narrative.relations, narrative.entries = find(read.text, built, narrative.figures)
    narrative.lengths = list(lengths(read.text))
    if len(read.text) < len(text):
        _place(narrative, read)
    return narrative


def _collect(text: str, read: Compact, built: Structure, sentences: list[Sentence]) -> Narrative:
    marks = [mark for sentence in sentences for mark in sentence.marks]
    return Narrative(
        text,
        sentences=built.sentences,
        items=built.items,
        counts=list(chain.from_iterable(sentence.counts for sentence in sentences)),
        spans=list(chain.from_iterable(year_spans(read.text, sentence, built) for sentence in sentences)),
        years=list(chain.from_iterable(year_mentions(read.text, sentence, built) for sentence in sentences)),
        explained=any("explanations" in mark.lists for mark in marks),
    )


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
