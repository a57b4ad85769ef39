"""Which source of funds an amount belongs to, when blank columns left no mark in the text.

The total comes first. What follows is put under the sources that the grand total knows, the budget's own money first,
and then put right with the sub-totals: they must add up source by source.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfgoals_lint.layouts.amounts import is_amount, yuan
from perfgoals_lint.layouts.project_rows import Column, Row, is_grand

_PREFERRED = ("fiscal", "other_funds", "special_account")
"""Sources by how often they are the only ones filled."""


def place_funding(rows: list[Row], printed: Sequence[list[str]], columns: list[Column], factor: int) -> None:
    """Set ``money`` of every row from its amounts as printed, in 元; rows that stay open are marked uncertain."""
    money = [index for index, column in enumerate(columns) if column.is_money]
    known: list[int] = []
    for row, texts in zip(rows, printed, strict=True):
        if is_grand(row.name) and not known:
            known = sorted(_place(row, texts, money, columns, money, factor))
        else:
            _place(row, texts, money, columns, known or money, factor)
            filled = sum(map(is_amount, texts))
            row.uncertain = len(texts) < len(money) and 1 < filled < len(known or money)


def _place(
    row: Row, texts: list[str], money: list[int], columns: list[Column], known: list[int], factor: int
) -> dict[int, Decimal]:
    if len(texts) == len(money):
        targets = money
    else:
        targets = _likely(len(texts), money if len(texts) > len(known) else known, columns)
    for index, text in zip(targets, texts, strict=False):
        amount = yuan(text, factor)
        if amount is not None:
            row.money[index] = amount
    return row.money


def _likely(count: int, money: list[int], columns: list[Column]) -> list[int]:
    """The ``count`` columns that most likely hold the amounts, in printed order."""

    def rank(index: int) -> int:
        name = columns[index].field
        return 0 if name == "budget" else 1 + _PREFERRED.index(name) if name in _PREFERRED else 9

    return sorted(sorted(money, key=rank)[:count])
