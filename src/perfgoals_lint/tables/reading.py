"""What ``tables.grids`` gives: one way to read the blocks of a source as grids."""

from __future__ import annotations

from dataclasses import field as member

from perfgoals_lint.model import Grid, Location, Problem, TextBlock
from perfgoals_lint.model.dataclass import dataclass

UNSURE = "PGX104"


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


def unsure(place: Location, text: str) -> Problem:
    """The problem of a text that does not tell how it is to be divided into cells."""
    return Problem(UNSURE, place, {"where": text, "row": text, "levels": ""})
