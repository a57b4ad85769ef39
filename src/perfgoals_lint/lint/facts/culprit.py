"""Which figure of a calculation that does not come out is the wrong one, where only one can be."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perfgoals_lint.lint.context import Table
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation

_SUMS = frozenset({"sum", "parts"})
_PRODUCTS = frozenset({"product"})
_SCALED = _PRODUCTS | {"period", "years", "share"}
"""Relations whose result is so many times larger as a term is."""
_MOST_DIGITS = 4
"""Behind the point, in the printed unit: a longer value is none that a person would have meant."""


class Culprit(NamedTuple):
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


def could_be(relation: Relation) -> Iterator[tuple[Figure, Decimal, Decimal]]:
    """The figures of a broken relation, each with the least and the most that it alone would have to be."""
    result, computed = relation.result, relation.computed
    reach = max(result.half, computed / 10 if result.about else Decimal(0))
    yield result, computed - reach, computed + reach
    if relation.kind == "change" and len(relation.terms) == 2:
        yield from _changed(relation)
    simple = "+" not in relation.expression and "-" not in relation.expression
    for figure in dict.fromkeys(relation.terms):
        if relation.kind in _SUMS:
            meant = figure.value + result.value - computed
            yield figure, meant - reach, meant + reach
        elif relation.kind in _SCALED and computed and simple:
            part = figure.value / computed
            yield figure, part * (result.value - reach), part * (result.value + reach)


def _changed(relation: Relation) -> Iterator[tuple[Figure, Decimal, Decimal]]:
    """What a change comes from and what it leads to, each by the other and the rate at its printed length."""
    old, new = relation.terms
    rate = relation.result
    if rate.dimension != "share" or old.dimension == "share":
        return
    sign = 1 if new.value > old.value else -1
    rates = [1 + sign * (rate.value + step) / 100 for step in (-rate.half, rate.half)]
    if min(rates) > 0:
        low, high = sorted(old.value * one for one in rates)
        yield new, low - new.half, high + new.half
        low, high = sorted(new.value / one for one in rates)
        yield old, low - old.half, high + old.half


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
