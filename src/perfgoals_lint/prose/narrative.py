"""Everything that was found in one text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfgoals_lint.prose.figures import Figure
    from perfgoals_lint.prose.relations.dates import Length
    from perfgoals_lint.prose.relations.entries import Term
    from perfgoals_lint.prose.relations.relation import Relation
    from perfgoals_lint.prose.types import Count, Enumeration, ListItem, Span, YearMention, YearSpan


@dataclass(slots=True)
class Narrative:
    """Everything found in one text, each list in text order."""

    text: str
    sentences: list[Span] = field(default_factory=list)
    items: list[ListItem] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    spans: list[YearSpan] = field(default_factory=list)
    years: list[YearMention] = field(default_factory=list)
    enumerations: list[Enumeration] = field(default_factory=list)
    explained: bool = False
    figures: list[Figure] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    entries: list[Term] = field(default_factory=list)
    lengths: list[Length] = field(default_factory=list)

    @property
    def money(self) -> list[Figure]:
        """The amounts of money, foreign money included."""
        return [figure for figure in self.figures if figure.dimension in ("money", "foreign")]
