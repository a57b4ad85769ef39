"""All relations between the figures of one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals_lint.prose.relations.changes import changes
from perfgoals_lint.prose.relations.columns import columns
from perfgoals_lint.prose.relations.counts import counted
from perfgoals_lint.prose.relations.expressions import equation, expressions
from perfgoals_lint.prose.relations.ledger import add_up
from perfgoals_lint.prose.relations.numbered import number_entries
from perfgoals_lint.prose.relations.part_shares import part_shares
from perfgoals_lint.prose.relations.ratios import rates_of_money, ratios
from perfgoals_lint.prose.relations.readings import settle
from perfgoals_lint.prose.relations.remainders import remainders
from perfgoals_lint.prose.relations.restated import restated
from perfgoals_lint.prose.relations.shares import shares
from perfgoals_lint.prose.relations.sizes import sizes
from perfgoals_lint.prose.relations.sources import sources
from perfgoals_lint.prose.relations.unit_prices import unit_prices
from perfgoals_lint.prose.relations.whole_shares import whole_shares

if TYPE_CHECKING:
    from perfgoals_lint.prose.figures import Figure
    from perfgoals_lint.prose.relations.entries import Term
    from perfgoals_lint.prose.relations.relation import Relation
    from perfgoals_lint.prose.structure import Structure


def find(text: str, built: Structure, figures: list[Figure]) -> tuple[list[Relation], list[Term]]:
    """The relations of a compact text, and the amounts that none of its totals covers; the time is linear in its length."""
    if len(figures) < 2 and not any(figure.dimension == "money" for figure in figures):
        return [], []  # a relation is one of two figures at least, an entry an amount
    printed = expressions(text, figures)
    summed, entries = add_up(text, built, figures, printed)
    claims = [claim for one in printed if (claim := equation(one)) is not None]
    found = [*claims, *summed, *counted(text, figures), *changes(text, figures), *sizes(figures)]
    parts = {part for one in found if one.kind == "parts" and one.holds for part in one.terms}
    made = list(shares(text, figures, parts))
    told = {term for one in made if one.holds for term in one.terms}
    found += [*made, *whole_shares(text, figures, told), *remainders(text, figures)]
    found += [*ratios(text, figures), *rates_of_money(figures), *restated(text, figures)]
    found += unit_prices(text, figures)
    found += columns(text, figures, found)
    settle(text, found, claims, printed, figures)
    number_entries(text, figures, found)
    found += [*part_shares(text, figures, found), *sources(text, figures, found)]
    return found, entries
