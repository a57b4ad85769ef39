"""The budget against what the table says of money: amounts in the goals, cost ceilings, allocations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint import prose
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.money import WAN, ZERO, shown, sum_expression
from perfgoals_lint.rulebook.lexicons import contains_any, matcher
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.algebra import years_of

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Table
    from perfgoals_lint.rulebook.rules import Rule
    from perfgoals_lint.values.types import Quantity

_BOARDS = re.compile(r"\d\s*万?块(?!钱)")
_SCALED = re.compile(r"\d\s*[万亿]")


def cost_sum(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGA302: the ceilings of the cost rows add up to the budget."""
    budget = table.goal.budget_yuan
    rows = [row for row in table.rows if row.is_cost and row.name and not row.not_applicable]
    if budget is None or not rows:
        return
    ceilings = [(row, _ceiling(row)) for row in rows]
    if any(amount is None for _, amount in ceilings):
        return
    counted, partial = _added(ceilings, budget)
    total = sum((amount for _, amount in counted), ZERO)
    over = total > budget
    if over and _rounded_up(total, budget, [row for row, _ in counted]):
        return
    enough = budget * Decimal(str(rule.parameters["least_share"]))
    if not over and (partial or total >= enough):
        return
    expression = sum_expression(amount for _, amount in counted)
    yield Hit(
        table=table,
        case="over" if over else "under",
        location=counted[0][0].place("annual_value"),
        args={"expression": expression, "budget": shown(budget), "gap": shown(abs(total - budget))},
        related=[("other", {}, row.place("annual_value")) for row, _ in counted[1:]],
        evidence={
            "expression": expression,
            "terms": [{"name": row.name, "yuan": amount} for row, amount in counted],
            "computed_yuan": total,
            "budget_yuan": budget,
        },
    )


def _rounded_up(total: Decimal, budget: Decimal, rows: Iterable[Row]) -> bool:
    """Is a ceiling the budget, rounded up to the digits that the ceiling is printed with?"""
    steps = ZERO
    for row in rows:
        value = row.annual or row.cycle
        figures = prose.scan(value.text).figures if value else []
        steps += sum((figure.step for figure in figures[:1] if figure.scale >= WAN), ZERO)
    return bool(steps) and total - budget < steps and budget % steps != 0


def _added(
    ceilings: list[tuple[Row, Decimal | None]], budget: Decimal
) -> tuple[list[tuple[Row, Decimal]], bool]:
    """The ceilings to add up, without one of the whole, and whether they need not be all of it: a row that caps
    exactly the budget is the whole by its amount, and some of its parts may be listed beside it."""
    given = [(row, amount) for row, amount in ceilings if amount is not None]
    parts = [(row, amount) for row, amount in given if not _is_whole(row)]
    listed = [
        (row, amount)
        for row, amount in parts
        if amount != budget or not contains_any(row.name, "costs.wholes")
    ]
    return listed or parts or given, 0 < len(listed) < len(parts)


def _is_whole(row: Row) -> bool:
    return any(word in row.name for word in lexicon("costs")["totals"])


def _ceiling(row: Row) -> Decimal | None:
    """The most that a cost row lets the project spend, in 元; ``None`` when it caps a unit or no money."""
    value = row.annual or row.cycle
    if value is None or any(word in row.name for word in lexicon("costs")["unit_costs"]):
        return None
    bound = value.quantity
    if bound is None or bound.unit != "元" or bound.per or bound.op not in ("<=", "<", "="):
        return None
    return bound.value


def allocation(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGA303: amounts that a value allots to organisations add up to the budget."""
    budget = row.table.goal.budget_yuan
    value = row.annual
    constraint = value.constraint if value else None
    if budget is None or value is None or constraint is None or constraint.kind != "compound":
        return
    terms: list[tuple[str, Decimal]] = []
    ends = tuple(lexicon("costs")["organisation_ends"])
    for part in constraint.parts:
        if part.kind != "quantity" or part.value is None or part.per or part.unit not in ("元", None):
            return
        if not part.subject or not part.subject.endswith(ends):
            return
        terms.append((part.subject, part.value))
    if all(amount < 1000 for _, amount in terms):
        return
    total = sum((amount for _, amount in terms), ZERO)
    if total == budget:
        return
    expression = sum_expression(amount for _, amount in terms)
    yield Hit(
        row=row,
        field=value.field,
        args={"expression": expression, "budget": shown(budget), "gap": shown(abs(total - budget))},
        evidence={
            "expression": expression,
            "terms": [{"name": name, "yuan": amount} for name, amount in terms],
            "computed_yuan": total,
            "budget_yuan": budget,
        },
    )


def benefit_below_budget(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGA304: money that the project brings in or moves is not less than what it costs."""
    budget = row.table.goal.budget_yuan
    if not budget or row.class1 not in ("output", "benefit") or row.is_cost or not row.filled:
        return
    name = matcher("costs.outlays_not").sub("", row.name)
    if any(contains_any(name, f"costs.{words}") for words in ("outlays", "unit_costs", "single")):
        return
    value = row.annual or row.cycle
    bound = value.quantity if value else None
    earned = _earned(row.name, bound) if bound else None
    if value is None or bound is None or earned is None or not ZERO < earned < budget:
        return
    foreign = bound.unit not in ("元", None)
    yield Hit(
        row=row,
        field=value.field,
        span=bound.span,
        case="foreign" if foreign else None,
        args={"earned": shown(earned), "budget": shown(budget)},
        evidence={
            "expression": f"{shown(earned)} < {shown(budget)}",
            "most_yuan": earned,
            "budget_yuan": budget,
        },
    )


def _earned(name: str, bound: Quantity) -> Decimal | None:
    """The most that a money value may stand for in 元; ``None`` for a ceiling, a price, a bare number or no money."""
    if bound.value is None or bound.op in ("<=", "<") or any(years_of(one) is None for one in bound.per):
        return None
    if bound.unit is None:
        scaled = _SCALED.search(bound.text) is not None
        return bound.value if scaled and contains_any(name, "money_names") else None
    if bound.unit == "元":
        # In these tables 块 counts boards and plots.
        return None if _BOARDS.search(bound.text) else bound.value
    band = lexicon("costs")["currencies"].get(bound.unit)
    return bound.value * Decimal(band[1]) if band else None
