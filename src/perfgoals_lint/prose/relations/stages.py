"""Payments by shares of a whole that is not named (开工付30%即18万元，完工付40%即24万元，验收付30%即18万元)."""

from collections.abc import Sequence

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, in_unit, plain

LEAST_STAGES = 3
_ALL = 100


def of_stages(rate: Figure, after: Figure, stages: Sequence[tuple[Figure, Figure]]) -> Relation | None:
    """The share of the payment ``after`` a rate; ``None`` where those of the other rates are not of one whole."""
    others = [(one, part) for one, part in stages if one is not rate and one.value]
    if not others or sum(one.value for one, _ in stages) != _ALL:
        return None
    (first, amount), *rest = others
    whole = amount.value * 100 / first.value
    if any(part.value * 100 != whole * one.value for one, part in rest):
        return None
    computed = whole * rate.value / 100
    expression = f"{in_unit(amount.value, amount)} ÷ {plain(first.value)}% × {plain(rate.value)}% = {in_unit(computed, after)}"
    holds = abs(computed - after.value) <= after.half
    terms = [amount, rate, first, *(figure for pair in rest for figure in pair)]
    return Relation("share", terms, after, computed, holds, expression, "likely")
