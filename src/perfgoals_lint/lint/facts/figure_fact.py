"""One figure of a table as a fact, and the account of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as member
from decimal import Decimal
from typing import Any, Literal

from perfgoals_lint.lint.facts.tasks import clause_around
from perfgoals_lint.model import Location, to_json
from perfgoals_lint.money import shown
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.placed import places
from perfgoals_lint.prose.places import place_at
from perfgoals_lint.rulebook.patterns import compiled

Status = Literal["agree", "contradict", "alone", "not_understood", "context"]
CLASSES: tuple[Status, ...] = ("agree", "contradict", "alone", "not_understood", "context")
DIGITS = compiled(r"[0-9０-９]+(?:[,，][0-9]{3})*(?:[.．][0-9]+)?")
"""What a plain scan takes for a figure."""
Said = Counter[tuple[Decimal, str]]
"""How often each figure, with its unit, stands in a table."""
_REACH = 60
"""How far to either side of a figure its clause is looked for, in characters."""
_APART = {"printed": False}


@dataclass(slots=True)
class FigureFact:
    """One figure as ``perfgoals-lint facts`` prints it. ``value`` is in 元 for money; ``span`` are 0-based characters in
    the text of the box ``scope``, nothing for an amount of the form; ``time`` is what it is for, where that is said;
    ``relations`` are (kind, the other figures as printed, whether it holds). Its clause is that around ``figure`` in
    ``within``, or this text; it is for the place that is told there, or in the name ``named``."""

    text: str
    value: Decimal | None
    unit: str
    counts: str
    role: str
    status: Status
    time: str | None
    scope: str
    span: tuple[int, int]
    location: Location
    relations: list[dict[str, Any]] = member(default_factory=list)
    figure: Figure | None = member(default=None, repr=False, compare=False, metadata=_APART)
    within: Narrative | str | None = member(default=None, repr=False, compare=False, metadata=_APART)
    named: str | None = member(default=None, repr=False, compare=False, metadata=_APART)

    @classmethod
    def of_amount(
        cls, scope: str, counts: str, amount: Decimal, role: str, agrees: bool, location: Location
    ) -> FigureFact:
        """An amount of the form in 元, which ``agrees`` with others or stands alone."""
        status: Status = "agree" if agrees else "alone"
        return cls(shown(amount), amount, "元", counts, role, status, None, scope, (0, 0), location)

    def as_json(self) -> dict[str, Any]:
        """The fact as plain data, with its place and its clause."""
        place, clause = None, self.within
        if isinstance(clause, Narrative) and self.figure is not None:
            (begin, end), text = self.figure.span, clause.text
            place, start = places(clause).get(self.figure), max(0, begin - _REACH)
            clause = clause_around(text[start : end + _REACH], (begin - start, end - start))
        return {**to_json(self), "place": place or place_at(self.named or "") or None, "clause": clause}

    @property
    def is_amount(self) -> bool:
        """Is it an amount of the form, and no figure of a text?"""
        return self.span == (0, 0)


def account(figures: Iterable[FigureFact]) -> dict[str, int]:
    """How many figures there are, and how many of each class: the classes add up to ``figures``."""
    classes = Counter(fact.status for fact in figures)
    return {"figures": classes.total()} | {name: classes[name] for name in CLASSES}
