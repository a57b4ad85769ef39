"""Items and amounts on the way from parts to constraints: what was found, before it is told what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from perfgoals_lint.rulebook.lexing import Token
    from perfgoals_lint.values.reading import Bound, Every, Place, When
    from perfgoals_lint.values.types import Aggregate, Approx, Measure, Op

Places: TypeAlias = "list[tuple[int, int]]"
"""Stretches of the normalised text, as (start, end)."""


class Draft:
    """A bound with what belongs to it: words in front, words that set a reference, words behind, rates, a span."""

    __slots__ = (
        "aggregate",
        "approx",
        "base",
        "base_year",
        "bound",
        "every",
        "lead",
        "op",
        "over",
        "partner",
        "reference",
        "stated",
        "tail",
        "when",
    )

    def __init__(
        self,
        bound: Bound,
        lead: Places,
        reference: Places,
        op: Token | None,
        every: list[Every],
        aggregate: Aggregate | None,
    ) -> None:
        self.bound = bound
        self.lead = lead
        self.reference = reference
        self.tail: Places = []
        self.op = op
        self.every = every
        self.aggregate = aggregate
        self.over: Measure | None = None
        self.when: When | None = None
        self.partner: Bound | None = None
        self.base: Bound | None = None
        self.base_year: int | None = None
        self.stated: Op | None = None
        self.approx: Approx | None = None


class ItemDraft:
    """One item, taken apart: drafts of amounts, or whatever else it holds."""

    __slots__ = (
        "after_op",
        "aggregate",
        "brackets",
        "drafts",
        "every",
        "loose",
        "op",
        "place",
        "sign",
        "when",
        "words",
    )

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.words: Places = []
        self.brackets: list[Token] = []
        self.op: Token | None = None
        self.loose: Token | None = None
        self.after_op: Places = []
        self.every: list[Every] = []
        self.aggregate: Aggregate | None = None
        self.when: list[When] = []
        self.place: Place | None = None
        self.sign: Token | None = None
