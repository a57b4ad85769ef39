"""Which figure of a calculation that does not come out is the wrong one, where only one can be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.prose.figures import Figure
    from perfgoals_lint.prose.relations.relation import Relation

_SUMS = frozenset({"sum", "parts"})
_PRODUCTS = frozenset({"product"})
_MOST_DIGITS = 4
"""Behind the point, in the printed unit: a longer value is none that a person would have meant."""


@dataclass(slots=True, frozen=True)
class Culprit:
    """The figure to change. ``value`` is what it should be, in 元 for money; ``of_result`` says that the figure is the
    result of the calculation."""

    figure: Figure
    value: Decimal
    of_result: bool


def culprit(table: Table, field: str, relation: Relation) -> Culprit | None:
    """The one figure that nothing else bears out, when all others of a broken calculation are borne out: by a row, by
    the budget box, by another text, or by another calculation of the text that comes out. ``None`` when none, or more
    than one, is left, when the one that is left could not be put right alone, and where parts may be missing."""
    if relation.holds is not False or relation.certainty != "sure" or relation.kind == "shares":
        return None
    firm = _stated_elsewhere(table, field)
    settled = {
        figure
        for other in table.prose[field].relations
        if other.holds and other is not relation
        for figure in (*other.terms, other.result)
    }
    doubtful = [
        figure
        for figure in dict.fromkeys((*relation.terms, relation.result))
        if figure not in settled and (figure.value, figure.unit) not in firm
    ]
    if len(doubtful) != 1:
        return None
    (figure,) = doubtful
    if figure is relation.result:
        return Culprit(figure, relation.computed, True)
    value = _put_right(relation, figure)
    return None if value is None else Culprit(figure, value, False)


def _put_right(relation: Relation, figure: Figure) -> Decimal | None:
    """What a term must be for the calculation to come out; ``None`` where no such figure would be printed."""
    value: Decimal | None = None
    if relation.kind in _SUMS:
        value = figure.value + relation.result.value - relation.computed
    elif relation.kind in _PRODUCTS and relation.computed:
        value = figure.value * relation.result.value / relation.computed
    if value is None or value <= 0:
        return None
    least = figure.scale.scaleb(-_MOST_DIGITS) if figure.dimension == "money" else Decimal(1)
    return None if value % least else value


def _stated_elsewhere(table: Table, field: str) -> set[tuple[Decimal, str]]:
    """The figures, with their units, of the rows, the budget box and the texts other than that of a field."""
    found: set[tuple[Decimal, str]] = set()
    if table.goal.budget_yuan is not None:
        found.add((table.goal.budget_yuan, "元"))
    for row in table.rows:
        for value in row.values:
            if value.quantity is not None and value.quantity.value is not None:
                found.add((value.quantity.value, value.quantity.unit or ""))
    for name, text in table.prose.items():
        if name != field:
            found.update((figure.value, figure.unit) for figure in text.figures)
    return found
