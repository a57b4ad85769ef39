"""The stack of entries that the rules of adding up work on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import OpenWhole, Term, counted_lead, entry_number
from perfgoals_lint.prose.relations.expressions import Expression
from perfgoals_lint.prose.relations.relation import Certainty, Kind, Relation, in_unit
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.patterns import compiled

if TYPE_CHECKING:
    from perfgoals_lint.prose.structure import Structure

HARD = compiled(r"[。；;\n！？]")
"""What ends a stretch of entries that belong together."""


class Stack:
    """A text with its figures, the entries read so far, and the relations found."""

    def __init__(self, text: str, built: Structure, figures: list[Figure], printed: list[Expression]) -> None:
        self.text, self.built, self.figures = text, built, figures
        self.within = {figure: one for one in printed for figure in one.figures}
        self.places = {figure: number for number, figure in enumerate(figures)}
        self.stack: list[Term] = []
        self.frames: list[OpenWhole] = []
        self.pending: list[Figure] = []
        self.relations: list[Relation] = []
        self.words = cues()
        self.end = 0
        self.divided: int | None = None
        """The sentence in which the parts of a price are named."""
        self.aside: Figure | None = None  # the last price of no money of the budget (每具减免700元)
        self.spread: tuple[Figure, Decimal] | None = None
        self.proven = True
        """Whether the amount behind the first of the numbers that the price is for is what it makes."""

    def _same_stretch(self, entry: Term, figure: Figure) -> bool:
        figures = entry.figures
        last = figures[0] if len(figures) == 1 else max(figures, key=lambda one: one.span)
        return HARD.search(self.text, last.span[1], figure.span[0]) is None and last.item == figure.item

    def _relate(
        self,
        kind: Kind,
        terms: list[Figure],
        result: Figure,
        computed: Decimal,
        holds: bool | None,
        expression: str,
        certainty: Certainty = "sure",
        factor: Decimal | None = None,
        stated: str | None = None,
    ) -> None:
        shown = in_unit(computed, result)
        if " " in expression:  # one term alone is no calculation
            shown = f"{expression} = {shown}"
        self.relations.append(
            Relation(kind, terms, result, computed, holds, shown, certainty, factor, stated)
        )

    def _open(self, entry: Term, figure: Figure) -> None:
        onward = figure.onward
        bracket, lists = onward[:1] in ("（", "("), self.words.lists.match(onward)
        among = lists is not None and "其中" in lists[0]
        base, start = len(self.stack), figure.span[1]
        self.frames.append(OpenWhole(entry, base, figure.depth, bracket, among, figure.item, start))

    def _one_of_several(self, figure: Figure) -> bool:
        """Is an amount the first of several that nothing but a joint parts, each of another thing (小计15万元、18万元)?"""
        behind = self.figures[self.places[figure] + 1 : self.places[figure] + 2]
        return bool(behind) and matcher("figures.joints").fullmatch(behind[0].lead) is not None

    def _sum(self, entries: list[Term]) -> Decimal | None:
        values = [one.value for one in entries if one.value is not None]
        return sum(values, Decimal(0)) if len(values) == len(entries) else None

    def _slack(self, entries: list[Term]) -> Decimal:
        return sum(((one.value or Decimal(0)) / 10 for one in entries if one.about), Decimal(0))

    def _inside(self, outer: int, inner: int | None) -> bool:
        while inner is not None and inner != outer:
            inner = self.built.items[inner].parent
        return inner == outer

    def _replace(self, last: Term, entry: Term) -> None:
        if self.stack and self.stack[-1] is last:
            self.stack[-1] = entry
        self.pending = []

    def _entries(self, figure: Figure) -> int | None:
        """N of 以上N项合计 in front of a total."""
        start = figure.span[0]
        return entry_number(counted_lead(self.text[max(0, start - 16) : start]))
