"""What ``tables.grids`` gives: one way to read the lines of a text as grids."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as member

from perfgoals_lint.model import Grid, Problem, TextBlock


@dataclass(slots=True)
class Reading:
    """A text as it may be meant: grids, and between them the lines that belong to none, in the order of the text.

    ``shape`` names how cells were told apart (``tabs``, ``bars``, ``cell-a-line``, ``blanks``, ``dump``, ``inline`` …).
    ``problems`` are places that the reading itself is not sure of.
    """

    shape: str
    blocks: list[TextBlock | Grid]
    problems: list[Problem] = member(default_factory=list)
