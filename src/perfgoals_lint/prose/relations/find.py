"""All relations between the figures of one text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from perfgoals_lint.prose.relations.changes import changes
from perfgoals_lint.prose.relations.counts import counted
from perfgoals_lint.prose.relations.dates import Length, lengths
from perfgoals_lint.prose.relations.entries import Term
from perfgoals_lint.prose.relations.expressions import equation, expressions
from perfgoals_lint.prose.relations.ledger import add_up
from perfgoals_lint.prose.relations.ratios import ratios
from perfgoals_lint.prose.relations.readings import settle
from perfgoals_lint.prose.relations.remainders import remainders
from perfgoals_lint.prose.relations.restated import restated
from perfgoals_lint.prose.relations.shares import shares
from perfgoals_lint.prose.relations.sizes import sizes
from perfgoals_lint.prose.relations.whole_shares import whole_shares

if TYPE_CHECKING:
    from perfgoals_lint.prose.figures import Figure
    from perfgoals_lint.prose.relations.relation import Relation
    from perfgoals_lint.prose.structure import Structure


@dataclass(slots=True)
class FoundRelations:
    """The relations of a text, and the amounts that none of its totals covers."""

    relations: list[Relation] = field(default_factory=list)
    entries: list[Term] = field(default_factory=list)
    lengths: list[Length] = field(default_factory=list)


def find(text: str, built: Structure, figures: list[Figure]) -> FoundRelations:
    """The relations of a compact text; the time is linear in its length."""
    printed = expressions(text, figures)
    account = add_up(text, built, figures, printed)
    claims = [claim for one in printed if (claim := equation(one)) is not None]
    found = [*claims, *account.relations, *counted(text, figures), *changes(text, figures), *sizes(figures)]
    found += [*shares(text, figures), *whole_shares(text, figures), *remainders(text, figures)]
    found += [*ratios(text, figures), *restated(text, figures)]
    settle(found, claims, printed, figures)
    return FoundRelations(found, account.entries, list(lengths(text)))
