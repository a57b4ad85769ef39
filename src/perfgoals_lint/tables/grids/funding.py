"""Which source of funds an amount belongs to, when blank columns left no mark in the text.

The total comes first. What follows is put under the sources that the grand total knows, the budget's own money first,
and then put right with the totals, which must add up source by source. A row that stays open is marked uncertain.
"""

from collections.abc import Sequence
from decimal import Decimal

from perfgoals_lint.tables.amounts import is_amount, yuan
from perfgoals_lint.tables.lists import ListColumn, ListRow, is_grand, structure_of

_PREFERRED = ("fiscal", "other_funds", "special_account")
"""Sources by how often they are the only ones filled."""

_SUMS = 4_000
"""How many different sums are tried to find the rows that belong to another source."""


def place_funding(
    rows: list[ListRow], printed: Sequence[list[str]], columns: list[ListColumn], factor: int
) -> None:
    """Set ``money`` of every row from its amounts as printed, in 元; rows that stay open are marked uncertain."""
    money = [index for index, column in enumerate(columns) if column.is_money]
    known = money
    for row, texts in zip(rows, printed, strict=True):
        targets = (
            money
            if len(texts) == len(money)
            else _likely(len(texts), known if len(texts) <= len(known) else money, columns)
        )
        for index, text in zip(targets, texts, strict=False):
            amount = yuan(text, factor)
            if amount is not None:
                row.money[index] = amount
        filled = sum(map(is_amount, texts))
        if is_grand(row.name) and known is money:
            known = sorted(row.money)
            row.uncertain = len(texts) < len(money) and 2 < filled < len(money)
        else:
            row.uncertain = len(texts) < len(money) and filled < len(known)
    _settle_all(rows, columns)


def _likely(count: int, money: list[int], columns: list[ListColumn]) -> list[int]:
    """The ``count`` columns that most likely hold the amounts, in printed order."""

    def rank(index: int) -> int:
        name = columns[index].field
        return 0 if name == "budget" else 1 + _PREFERRED.index(name) if name in _PREFERRED else 9

    return sorted(sorted(money, key=rank)[:count])


def _settle_all(rows: list[ListRow], columns: list[ListColumn]) -> None:
    """Put rows right against the total above them: sub-totals against the grand total, projects against both."""
    if not any(row.uncertain for row in rows):
        return
    structure = structure_of(rows, columns)
    kinds = structure.kinds
    sources = [index for index, column in enumerate(columns) if column.is_money and column.field != "budget"]
    inside = "subtotal" if "subtotal" in kinds else "project"
    order = sorted(
        (i for i, kind in enumerate(kinds) if kind != "project"), key=lambda i: kinds[i] != "grand"
    )
    for index in order:
        if rows[index].uncertain and kinds[index] != "grand":
            continue
        wanted = inside if kinds[index] == "grand" else "project"
        members = [rows[i] for i in structure.covered(index) if kinds[i] == wanted]
        _settle(rows[index], members, sources)


def _settle(total: ListRow, members: list[ListRow], sources: list[int]) -> None:
    """Move single amounts of uncertain rows to other sources so that every source adds up to the total's."""
    filled = [index for index in sources if index in total.money]
    for target in filled:
        missing = total.money[target] - _sum(members, target)
        for origin in sources:
            movable = [
                row for row in members if row.uncertain and [i for i in sources if i in row.money] == [origin]
            ]
            if missing <= 0 or origin == target or _sum(members, origin) < missing:
                continue
            surplus = _sum(members, origin) - total.money.get(origin, Decimal(0))
            chosen = (
                _adding_up([row.money[origin] for row in movable], missing) if surplus >= missing else None
            )
            for position in chosen or ():
                row = movable[position]
                row.money[target] = row.money.pop(origin)
            missing = total.money[target] - _sum(members, target)
    if all(_sum(members, index) == total.money.get(index, Decimal(0)) for index in sources):
        for row in members:
            row.uncertain = False


def _sum(rows: list[ListRow], index: int) -> Decimal:
    return sum((row.money[index] for row in rows if index in row.money), Decimal(0))


def _adding_up(amounts: list[Decimal], wanted: Decimal) -> tuple[int, ...] | None:
    """The positions of the only amounts that add up to ``wanted``; ``None`` when there are none or several."""
    sums: dict[Decimal, tuple[int, ...] | None] = {Decimal(0): ()}
    for position, amount in enumerate(amounts):
        for reached, positions in list(sums.items()):
            more = reached + amount
            if more > wanted:
                continue
            several = more in sums or positions is None
            sums[more] = None if several else (*(positions or ()), position)
        if len(sums) > _SUMS:
            return None
    return sums.get(wanted)
