"""Does a name speak of the price of something, or is an amount one?"""

from decimal import Decimal
from functools import lru_cache

from perfgoals_lint.lint.context import Row, Table
from perfgoals_lint.rulebook.lexicons import expression, finds
from perfgoals_lint.values.algebra import years_of


@lru_cache(4096)
def is_price(name: str) -> bool:
    """Does a name end in a price for a thing or a stretch of time (盏价, 日薪, 课时酬金, 采样一份)?"""
    return finds(name, "prices.priced")


def priced_unit(row: Row) -> str | None:
    """What a price is for one of, by its value (4万元/处) or else by its name (单处…, 每公里…)."""
    quantity = row.target
    if quantity is None or quantity.unit != "元" or quantity.value is None or quantity.op not in ("=", "<="):
        return None
    if quantity.per:
        per = [one for one in quantity.per if years_of(one) != 1]
        return per[0].unit if len(per) == 1 and per[0].count == 1 else None
    named = expression("prices.one_unit").match(row.name)
    return named["unit"] if named else None


def is_price_of_counted(amount: Decimal, budget: Decimal, table: Table) -> bool:
    """Is an amount the price of one of the things that an output row counts, so that together they are the budget?"""
    times = budget / amount if amount else Decimal(0)
    return any(
        value.quantity is not None
        and value.quantity.value == times
        and value.quantity.unit not in (None, "%", "元")
        for row in table.filled_rows
        if row.class1 == "output" and not row.is_cost
        for value in row.values
    )
