"""PGK614: the amounts of cycle goal and annual goal."""

from __future__ import annotations

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.money import agree, shown
from perfgoals_lint.prose import Amount, Narrative
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
        args={"annual": shown(lone_here[0].value_yuan), "cycle": shown(lone_there[0].value_yuan)},
        related=[("other", {}, table.place("cycle_goal"))],
        evidence={
            "expression": f"{shown(lone_here[0].value_yuan)} ≠ {shown(lone_there[0].value_yuan)}",
            "annual_yuan": lone_here[0].value_yuan,
            "cycle_yuan": lone_there[0].value_yuan,
        },
    )


def _yearly(text: Narrative) -> list[Amount]:
    """The amounts of one year: no unit prices, no totals of several years, no quoted policy."""
    return [
        amount
        for amount in text.amounts
        if amount.role in ("annual", "plain", "sum") and not (amount.quoted or amount.background)
    ]


def _unmatched(amounts: list[Amount], others: list[Amount]) -> list[Amount]:
    """The amounts that none of the others is, within the coarser printed precision."""

    def is_in_others(amount: Amount) -> bool:
        return any(
            other.currency == amount.currency
            and agree(amount.value_yuan, other.value_yuan, max(amount.precision, other.precision))
            for other in others
        )

    return [amount for amount in amounts if not is_in_others(amount)]
