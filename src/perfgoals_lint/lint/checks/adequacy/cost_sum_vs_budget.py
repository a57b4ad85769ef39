"""PGA302: the ceilings of the cost rows against the budget."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from perfgoals_lint import prose
from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Row, Rule, Table, Value, Violations
from perfgoals_lint.lint.facts.modifiers import is_of_one
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.prices import is_price, is_price_of_counted
from perfgoals_lint.lint.facts.sums import not_the_budget
from perfgoals_lint.money import WAN, ZERO, slipped
from perfgoals_lint.rulebook.lexicons import contains_any, expression
from perfgoals_lint.rulebook.policy import lexicon


def cost_sum(table: Table, rule: Rule) -> Violations:
    """PGA302: the ceilings of the cost rows add up to the budget."""
    budget = table.goal.budget_yuan
    rows = [row for row in table.rows if row.is_cost and row.name and not row.not_applicable]
    if budget is None or budget < 0 or not rows:
        return
    ceilings = list(_not_in_another(rows))
    if any(_is_whole(row) and amount is not None for row, amount in ceilings):
        # Prices of one need no place in a sum that a row of the whole gives.
        ceilings = [
            (row, amount) for row, amount in ceilings if amount is not None or not is_of_one(row.name)
        ]
    unknown = any(amount is None for _, amount in ceilings)
    counted, partial = _added(ceilings, budget)
    total = sum((amount for _, amount in counted), ZERO)
    beyond = [(row, amount) for row, amount in ceilings if amount and amount > budget and _is_whole(row)]
    if beyond and total <= budget:
        # The parts keep within the budget; the row of the whole does not.
        counted, total = beyond[:1], beyond[0][1] or ZERO
    over = total > budget
    if unknown and (not over or (len(counted) == 1 and not _is_whole(counted[0][0]))):
        return  # what is beside prices of one may be too much, never too little
    if over and _rounded_up(total, budget, [row for row, _ in counted]):
        return
    enough, part, price = (budget * rule.number(name) for name in ("least_share", "part", "price_share"))
    priced = len(counted) == 1 and is_price_of_counted(total, budget, table)
    if not over and (partial or total >= enough or priced):
        return
    if slipped(total, budget):
        return  # 元 against 万元 is another fault (PGA317)
    if not over and any(amount <= price for _, amount in counted):
        return  # a ceiling so small that it rather caps one of something
    cells = [
        (suspects.FigurePlace(row.index, row.values[0].field), row.values[0].text, amount)
        for row, amount in counted
    ]
    most = None if over else total / rule.number("least_share")
    yield not_the_budget(
        [(row.name, amount) for row, amount in counted],
        budget,
        table=table,
        case="over" if over else "part" if total < part else "under",
        location=counted[0][0].place("annual_value"),
        related=[("other", {}, row.place("annual_value")) for row, _ in counted[1:]],
        suspects=[
            suspects.budget(table, total if over else None, most),
            *suspects.added(cells, total - budget, bounded=True),
        ],
    )


def _not_in_another(rows: list[Row]) -> Iterator[tuple[Row, Decimal | None]]:
    """Rows with their ceilings, without the parts (其中) of a row above that has an amount or is a price, as they are then."""
    told = False
    for row in rows:
        amount = _ceiling(row)
        if not expression("named_part.part").match(row.name):
            told = amount is not None or is_of_one(row.name) or is_price(row.name)
        elif told:
            continue
        yield row, amount


def _rounded_up(total: Decimal, budget: Decimal, rows: Iterable[Row]) -> bool:
    """Is a ceiling the budget, rounded up to the digits that the ceiling is printed with?"""
    steps = ZERO
    for row in rows:
        value = row.annual or row.cycle
        figures = prose.figures_of(value.text).figures if value else []
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
    told = listed or parts or given
    # Where a row caps the whole, its parts beside it need not be all.
    capped = len(listed) < len(parts) or any(amount == budget and _is_whole(row) for row, amount in given)
    return told, bool(listed) and capped


def _is_whole(row: Row) -> bool:
    return any(word in row.name for word in lexicon("costs")["totals"])


def _ceiling(row: Row) -> Decimal | None:
    """The most that a cost row lets the project spend, in 元; ``None`` when it caps a unit or no money."""
    value = row.annual or row.cycle
    if value is None or is_of_one(row.name) or is_price(row.name):
        return None
    bound = value.quantity
    if bound is None or bound.per or bound.op not in ("<=", "<", "="):
        return None
    if bound.unit is None and _scale(value) >= WAN and (_is_whole(row) or analyse(row.name).kind == "money"):
        return bound.value  # an amount in 万 or 亿 that lacks its 元
    return bound.value if bound.unit == "元" else None


def _scale(value: Value) -> Decimal:
    """By how much the figure of a value is multiplied: 10,000 for one that is printed in 万."""
    figures = prose.scan(value.text).figures
    return figures[0].scale if figures else ZERO
