"""One figure of a table as a fact, and the account of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as member
from decimal import Decimal
from typing import Any, Literal

from perfgoals_lint.model import Location
from perfgoals_lint.money import shown
from perfgoals_lint.rulebook.patterns import compiled

Status = Literal["agree", "contradict", "alone", "not_understood", "context"]
CLASSES: tuple[Status, ...] = ("agree", "contradict", "alone", "not_understood", "context")
DIGITS = compiled(r"[0-9０-９]+(?:[,，][0-9]{3})*(?:[.．][0-9]+)?")
"""What a plain scan takes for a figure."""
Said = Counter[tuple[Decimal, str]]
"""How often each figure, with its unit, stands in a table."""


@dataclass(slots=True)
class FigureFact:
    """One figure as ``perfgoals-lint facts`` prints it. ``value`` is in 元 for money; ``span`` are 0-based characters in
    the text of the box ``scope``, nothing for an amount of the form; ``time`` and ``place`` are what it is for, where that
    is said, and ``clause`` the words that it stands in; ``relations`` are (kind, the other figures as printed, whether it
    holds)."""

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
    place: str | None = None
    clause: str | None = None

    @classmethod
    def of_amount(
        cls, scope: str, counts: str, amount: Decimal, role: str, agrees: bool, location: Location
    ) -> FigureFact:
        """An amount of the form in 元, which ``agrees`` with others or stands alone."""
        status: Status = "agree" if agrees else "alone"
        return cls(shown(amount), amount, "元", counts, role, status, None, scope, (0, 0), location)

    @property
    def is_amount(self) -> bool:
        """Is it an amount of the form, and no figure of a text?"""
        return self.span == (0, 0)


def account(figures: Iterable[FigureFact]) -> dict[str, int]:
    """How many figures there are, and how many of each class: the classes add up to ``figures``."""
    classes = Counter(fact.status for fact in figures)
    return {"figures": classes.total()} | {name: classes[name] for name in CLASSES}
