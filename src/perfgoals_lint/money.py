"""Amounts of money in 元: comparing at the printed precision, and printing them the way budgets do."""

from collections.abc import Iterable
from decimal import Decimal

UNITS = {
    "元": 1, "人民币元": 1, "百元": 100, "千元": 1_000, "万元": 10_000, "人民币万元": 10_000,
    "百万元": 1_000_000, "亿元": 100_000_000,
}  # fmt: skip
"""The units in which forms print amounts, and how many 元 each is."""
UNIT_WORDS = "|".join(sorted(UNITS, key=len, reverse=True))
"""A pattern for any of them."""
BEFORE_UNIT = r"(?<=[额数金款费入算资拨出])[/／、,，:：·—-]?(?:单位[:：]?)?"
"""A pattern for what stands in front of a unit that a label prints at its end without brackets (资金总额万元, 财政拨款/万元)."""
WAN = Decimal(10_000)
ZERO = Decimal(0)


def agree(a: Decimal, b: Decimal, precision: Decimal = ZERO) -> bool:
    """Do two amounts agree within half a unit of the coarser printed one?"""
    return abs(a - b) <= precision


def slipped(amount: Decimal, other: Decimal) -> bool:
    """Are two amounts exactly ten thousand times off each other, as 元 written for 万元 makes them?"""
    return amount in (other * WAN, other / WAN)


def in_wan(amount: Decimal) -> str:
    """The number of 万元, without trailing zeros: 310000 is ``31``."""
    return plain(amount / WAN)


def shown(amount: Decimal, beside: Decimal = ZERO) -> str:
    """An amount as a reader expects it: 万元 from 万元 on, and ``beside`` an amount that is shown so; else 元."""
    return f"{in_wan(amount)} 万元" if max(abs(amount), abs(beside)) >= WAN else f"{plain(amount)} 元"


def plain(number: Decimal) -> str:
    """A decimal without exponent and trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def sum_expression(terms: Iterable[Decimal], most: int = 12) -> str:
    """A sum with its result, all in one unit: ``9 + 9 + 13 = 31 万元``; of very many terms the first and the last."""
    amounts = list(terms)
    if len(amounts) == 1:
        return shown(amounts[0])
    wan = all(abs(amount) >= 1000 or amount == 0 for amount in amounts)
    scale, unit = (WAN, "万元") if wan else (Decimal(1), "元")
    printed = [plain(amount / scale) for amount in amounts]
    if len(printed) > most:
        printed = [*printed[: most - 2], "…", printed[-1]]
    return f"{' + '.join(printed)} = {plain(sum(amounts, ZERO) / scale)} {unit}"
