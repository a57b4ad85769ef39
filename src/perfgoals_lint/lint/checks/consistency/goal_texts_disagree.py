"""PGK614: the amounts of cycle goal and annual goal."""

from bisect import bisect_left, bisect_right
from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.money import agree, shown
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.rulebook.similarity import similarity


def goals_disagree(table: Table, rule: Rule) -> Violations:
    """PGK614: cycle goal and annual goal, the same but for the figures, name the same amounts a year."""
    cycle, annual = table.goals.get("cycle_goal"), table.goals.get("annual_goal")
    if cycle is None or annual is None or cycle.explained or annual.explained:
        return
    there, here = _yearly(cycle), _yearly(annual)
    if not there or not here:
        return
    lone_there, lone_here = _unmatched(there, here), _unmatched(here, there)
    if not lone_there or not lone_here:
        return
    if similarity(cycle.text, annual.text) < float(rule.parameters["similarity"]):
        return
    yield Violation(
        table=table,
        field="annual_goal",
        span=lone_here[0].span,
        args={"annual": shown(lone_here[0].value), "cycle": shown(lone_there[0].value)},
        related=[("other", {}, table.place("cycle_goal"))],
        evidence={
            "expression": f"{shown(lone_here[0].value)} ≠ {shown(lone_there[0].value)}",
            "annual_yuan": lone_here[0].value,
            "cycle_yuan": lone_there[0].value,
        },
        suspects=[
            suspects.printed(field, one.span, one.raw, None, None)
            for field, one in (("annual_goal", lone_here[0]), ("cycle_goal", lone_there[0]))
        ],
    )


def _yearly(text: Narrative) -> list[Figure]:
    """The amounts of one year: no unit prices, no totals of several years, no quoted policy."""
    ranges = [year.span[1] for year in text.years if year.last > year.year]
    return [
        amount
        for amount in text.money
        if amount.planned
        and not (amount.price or amount.per or amount.years or (amount.parts or 1) > 1)
        and not any(0 <= amount.span[0] - end <= len(amount.lead) for end in ranges)
    ]


def _unmatched(amounts: list[Figure], others: list[Figure]) -> list[Figure]:
    """The amounts that none of the others is, within the coarser printed precision."""
    ranks: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for other in sorted(others, key=lambda one: one.value):
        ranks.setdefault(other.unit, []).append((other.value, other.half))
    coarsest = {unit: max(half for _, half in rank) for unit, rank in ranks.items()}

    def is_in_others(amount: Figure) -> bool:
        rank = ranks.get(amount.unit, [])
        reach = max(amount.half, coarsest.get(amount.unit, amount.half))
        near = rank[
            bisect_left(rank, (amount.value - reach,)) : bisect_right(rank, (amount.value + reach, reach))
        ]
        return any(agree(amount.value, value, max(amount.half, half)) for value, half in near)

    return [amount for amount in amounts if not is_in_others(amount)]
