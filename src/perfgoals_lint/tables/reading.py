"""What ``tables.grids`` gives: one way to read the blocks of a source as grids."""

from dataclasses import dataclass
from dataclasses import field as member

from perfgoals_lint.model import Document, Grid, Location, Problem, TextBlock

AS_IT_IS = "grid"
"""The shape of a source whose cells its file tells apart."""
UNSURE = "PGX104"
_DOUBTS = frozenset({"PGX103", UNSURE})
_LEFT = "PGX107"
GUESSED = frozenset({"blanks", "cell-a-line", "glued"})
"""Shapes in which nothing but the reading says where a cell ends: what is left shows that it was read wrongly."""


@dataclass(slots=True)
class Reading:
    """A source as it may be meant: grids, and between them the lines that belong to none, in document order.

    ``shape`` names how cells were told apart (``tabs``, ``bars``, ``cell-a-line``, ``blanks``, ``dump`` …). ``cost`` is 0 where only certain
    separators cut the text and grows with what was guessed. ``problems`` are places that the reading itself is not sure of.
    """

    shape: str
    blocks: list[TextBlock | Grid]
    cost: float = 0.0
    problems: list[Problem] = member(default_factory=list)


def is_doubtful(document: Document) -> bool:
    """May texts stand in cells of a document where they do not belong: is a part of its text not understood?"""
    drawn = document.format == "pdf"  # what its lines and blanks make of a table is guessed too
    if document.layout is None or (document.layout == AS_IT_IS and not drawn):
        return False
    codes = {*_DOUBTS, _LEFT} if drawn or document.layout in GUESSED else _DOUBTS
    return any(problem.code in codes for problem in document.problems)


def unsure(place: Location, text: str) -> Problem:
    """The problem of a text that does not tell how it is to be divided into cells."""
    return Problem(UNSURE, place, {"where": text, "row": text, "levels": ""})
