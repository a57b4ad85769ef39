"""Items and amounts on the way from parts to constraints: what was found, before it is told what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from perfgoals_lint.rulebook.lexing import Token
    from perfgoals_lint.values.reading import Bound, Every, Place, When
    from perfgoals_lint.values.types import Aggregate, Approx, Measure, Op

Places: TypeAlias = "list[tuple[int, int]]"
"""Stretches of the normalised text, as (start, end)."""


@dataclass(slots=True)
class Draft:
    """A bound with what belongs to it: words in front, words that set a reference, words behind, rates, a span."""

    bound: Bound
    lead: Places
    reference: Places
    op: Token | None
    every: list[Every]
    aggregate: Aggregate | None
    tail: Places = field(default_factory=list)
    over: Measure | None = None
    when: When | None = None
    partner: Bound | None = None
    base: Bound | None = None
    base_year: int | None = None
    stated: Op | None = None
    approx: Approx | None = None


@dataclass(slots=True)
class ItemDraft:
    """One item, taken apart: drafts of amounts, or whatever else it holds."""

    drafts: list[Draft] = field(default_factory=list)
    words: Places = field(default_factory=list)
    brackets: list[Token] = field(default_factory=list)
    op: Token | None = None
    loose: Token | None = None
    after_op: Places = field(default_factory=list)
    every: list[Every] = field(default_factory=list)
    aggregate: Aggregate | None = None
    when: list[When] = field(default_factory=list)
    place: Place | None = None
    sign: Token | None = None
