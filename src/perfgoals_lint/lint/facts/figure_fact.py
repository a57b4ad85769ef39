"""One figure of a table as a fact, and the account of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import field as member
from decimal import Decimal
from typing import Any, Literal

from perfgoals_lint.model import Location, to_json
from perfgoals_lint.money import shown
from perfgoals_lint.rulebook.patterns import compiled

Status = Literal["agree", "contradict", "alone", "not_understood", "context"]
CLASSES: tuple[Status, ...] = ("agree", "contradict", "alone", "not_understood", "context")
DIGITS = compiled(r"[0-9０-９]+(?:[,，][0-9]{3})*(?:[.．][0-9]+)?")
"""What a plain scan takes for a figure."""
Said = Counter[tuple[Decimal, str]]
"""How often each figure, with its unit, stands in a table."""


def _no_words() -> tuple[None, None]:
    return None, None


@dataclass(slots=True)
class FigureFact:
    """One figure as ``perfgoals-lint facts`` prints it. ``value`` is in 元 for money; ``span`` are 0-based characters in
    the text of the box ``scope``, nothing for an amount of the form; ``time`` is what it is for, where that is said;
    ``relations`` are (kind, the other figures as printed, whether it holds); ``words`` gives the place that it is for and
    the clause that it stands in, where there is one."""

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
    words: Callable[[], tuple[str | None, str | None]] = member(
        default=_no_words, compare=False, repr=False, metadata={"printed": False}
    )

    @classmethod
    def of_amount(
        cls, scope: str, counts: str, amount: Decimal, role: str, agrees: bool, location: Location
    ) -> FigureFact:
        """An amount of the form in 元, which ``agrees`` with others or stands alone."""
        status: Status = "agree" if agrees else "alone"
        return cls(shown(amount), amount, "元", counts, role, status, None, scope, (0, 0), location)

    def as_json(self) -> dict[str, Any]:
        """The fact as plain data, with its place and its clause."""
        place, clause = self.words()
        return {**to_json(self), "place": place, "clause": clause}

    @property
    def is_amount(self) -> bool:
        """Is it an amount of the form, and no figure of a text?"""
        return self.span == (0, 0)


def account(figures: Iterable[FigureFact]) -> dict[str, int]:
    """How many figures there are, and how many of each class: the classes add up to ``figures``."""
    classes = Counter(fact.status for fact in figures)
    return {"figures": classes.total()} | {name: classes[name] for name in CLASSES}
