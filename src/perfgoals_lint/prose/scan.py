"""From a text to its ``Narrative``."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from perfgoals_lint.prose.annual import annual_totals
from perfgoals_lint.prose.calculations import Calculated, calculate
from perfgoals_lint.prose.compact import Compact, compact
from perfgoals_lint.prose.enumerations import enumerations
from perfgoals_lint.prose.facts import Sentence, read_sentence
from perfgoals_lint.prose.figures import read_figures
from perfgoals_lint.prose.narrative import Narrative
from perfgoals_lint.prose.relations.find import find
from perfgoals_lint.prose.structure import Structure, structure
from perfgoals_lint.prose.sums import cover
from perfgoals_lint.prose.tokens import Statement, tokenise
from perfgoals_lint.prose.types import Count, Span, Term
from perfgoals_lint.prose.vocabulary import vocabulary
from perfgoals_lint.prose.years import year_mentions, year_spans

if TYPE_CHECKING:
    from collections.abc import Iterable

_AS_DECIDED = re.compile("以[^，。；;]{1,20}为准")

_EARLIER = 20  # counts of the same entry that a later unit price may still refer to


@lru_cache(maxsize=512)
def scan(text: str) -> Narrative:
    """What the goal prose ``text`` states. Never raises; the time is linear in the length of the text."""
    read = compact(text)
    built = structure(read.text)
    sentences: list[Sentence] = []
    tokens: list[tuple[Span, list[Statement]]] = []
    for span in built.sentences:
        before = sentences[-1] if sentences else None
        statements = tokenise(read.text, built.labels.get(span[0], span[0]), span[1])
        tokens.append((span, statements))
        sentences.append(read_sentence(read.text, built, span, statements, before))
    narrative = _collect(text, read, built, sentences)
    _calculate(narrative, read.text, built, sentences)
    narrative.figures = read_figures(read.text, built, tokens)
    found = find(read.text, built, narrative.figures)
    narrative.relations, narrative.entries = found.relations, found.entries
    narrative.lengths = found.lengths
    _place(narrative, read)
    return narrative


def _collect(text: str, read: Compact, built: Structure, sentences: list[Sentence]) -> Narrative:
    marks = [mark for sentence in sentences for mark in sentence.marks]
    deferred = [match.span() for match in _AS_DECIDED.finditer(read.text)]
    deferred += [mark.span for mark in marks if "deferrals" in mark.lists]
    return Narrative(
        text,
        sentences=built.sentences,
        items=built.items,
        quotes=built.quotes,
        document_numbers=[mark.span for mark in marks if mark.kind == "DOCUMENT_NUMBER"],
        amounts=list(chain.from_iterable(sentence.amounts for sentence in sentences)),
        counts=list(chain.from_iterable(sentence.counts for sentence in sentences)),
        spans=list(chain.from_iterable(year_spans(read.text, sentence, built) for sentence in sentences)),
        years=list(chain.from_iterable(year_mentions(read.text, sentence, built) for sentence in sentences)),
        deferred=sorted(deferred),
        explained=any("explanations" in mark.lists for mark in marks),
    )


def _calculate(narrative: Narrative, text: str, built: Structure, sentences: list[Sentence]) -> None:
    calculated: list[Calculated] = []
    earlier: list[Count] = []
    for sentence in sentences:
        item = built.item_at(sentence.span[0])
        earlier = [count for count in earlier if count.item == item][-_EARLIER:]
        calculated.append(calculate(text, built, sentence, earlier))
        earlier += sentence.counts[-_EARLIER:]
    narrative.products = sorted((p for one in calculated for p in one.products), key=lambda found: found.span)
    sums = [*(s for one in calculated for s in one.sums), *cover(text, built, calculated)]
    narrative.sums = sorted(sums, key=lambda found: found.span)
    narrative.annual_totals = annual_totals(sentences)
    narrative.enumerations = enumerations(text, built, sentences)
    _mark_whole_project(narrative, text, built)


def _mark_whole_project(narrative: Narrative, text: str, built: Structure) -> None:
    """Mark the yearly amounts that speak of the project as a whole."""
    sizes = Counter(item.list_id for item in built.items)
    yearly = Counter(amount.sentence for amount in narrative.amounts if amount.role == "annual")
    terms = {term.span for found in narrative.sums for term in found.terms if found.kind != "list"}
    for amount in narrative.amounts:
        listed = amount.item is not None and sizes[built.items[amount.item].list_id] > 1
        if (
            amount.role != "annual"
            or yearly[amount.sentence] > 1
            or listed
            or amount.part
            or amount.quoted
            or amount.background
        ):
            continue
        label = text[max(built.clause_starts[amount.clause], amount.span[0] - 1) : amount.span[0]]
        named = (
            amount.introducer is not None or label in ("年", "约", "为") or label in vocabulary().money_tails
        )
        amount.whole_project = named and amount.span not in terms


# --- places in the text handed in ---------------------------------------------------------------------------------


def _place(narrative: Narrative, read: Compact) -> None:
    """Turn every span of the compact text into one of the text handed in."""
    for spans in (narrative.sentences, narrative.quotes, narrative.document_numbers, narrative.deferred):
        spans[:] = [read.span(span) for span in spans]
    for item in narrative.items:
        item.span = read.span(item.span)
        item.body = read.place(item.body)
    for listed in (
        narrative.amounts,
        narrative.counts,
        narrative.spans,
        narrative.years,
        narrative.enumerations,
        narrative.figures,
        narrative.lengths,
    ):
        _place_each(listed, read)
    for calculations in (narrative.products, narrative.sums):
        _place_each(calculations, read)
        for calculation in calculations:
            calculation.total_span = _optional(calculation.total_span, read)
            _place_terms(calculation.terms, read)
    for total in narrative.annual_totals:
        total.annual_span = read.span(total.annual_span)
        total.years_span = read.span(total.years_span)
        total.total_span = read.span(total.total_span)


class _Placed(Protocol):
    span: Span


def _place_each(found: Iterable[_Placed], read: Compact) -> None:
    for one in found:
        one.span = read.span(one.span)


def _optional(span: Span | None, read: Compact) -> Span | None:
    return None if span is None else read.span(span)


def _place_terms(terms: Iterable[Term], read: Compact) -> None:
    for term in terms:
        term.span = read.span(term.span)
        _place_terms(term.of, read)
