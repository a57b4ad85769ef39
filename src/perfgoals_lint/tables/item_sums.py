"""Which rows of what money pays for are items, and which print the sum of others: groups (一、设备购置), 小计, 合计, and parts (其中)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgoals_lint.model import Location, Task
from perfgoals_lint.money import ZERO
from perfgoals_lint.rulebook.labels import without_ordinal
from perfgoals_lint.tables.cells import Box
from perfgoals_lint.tables.words import is_sum

_MOST = 60
"""Rows of a group."""


@dataclass(slots=True)
class ItemRow:
    """A row below the names of columns: what it is read as, and what is kept of it, by label, where it is no item."""

    task: Task
    name: str
    amount: Box | None
    factor: int | None
    """The money unit printed for its amount, in 元."""
    adds_up: bool
    priced: bool
    """Has it a number or a price?"""
    cells: dict[str, tuple[str, Location]]

    @property
    def yuan(self) -> Decimal | None:
        """The amount, as printed where no unit is known yet."""
        return self.task.amount_yuan

    @property
    def is_part(self) -> bool:
        """Is it a part of the item above?"""
        return self.name.startswith("其中")

    @property
    def is_numbered(self) -> bool:
        """Is a number printed in front of its name?"""
        return without_ordinal(self.name) != self.name


def sorted_out(rows: Sequence[ItemRow]) -> tuple[list[Task], list[ItemRow], ItemRow | None]:
    """The items, the rows that are none, and among these the one that adds all items up, where one does or is printed as if."""
    printed = {row.yuan for row in rows if row.adds_up}
    within = [row for row in rows if not row.adds_up]
    items = [row for row in within if not row.is_part]
    priced = [row for row in within if row.priced]
    if sum_of(items) not in printed:
        apart = _apart(within)
        items = [row for row in items if id(row) not in apart]
        if sum_of(items) not in printed and len(priced) > 1 and sum_of(priced) in printed:
            items = priced  # whatever the names of groups print
    own = {id(row) for row in items}
    others = [row for row in rows if id(row) not in own]
    return [row.task for row in items], others, _total(rows, sum_of(items))


def groups(rows: Sequence[ItemRow]) -> list[list[Task]]:
    """What is printed for each group of items, where all that have a number or a price are below one, with the items."""
    found: list[list[Task]] = []
    for row in rows:
        if not (row.priced or row.adds_up or row.is_part):
            found.append([row.task])
        elif row.priced and found:
            found[-1].append(row.task)
    return found


def sum_of(rows: Sequence[ItemRow]) -> Decimal:
    """What the amounts of rows come to."""
    return sum((row.yuan or ZERO for row in rows), ZERO)


def _total(rows: Sequence[ItemRow], whole: Decimal) -> ItemRow | None:
    """The sum of all items; where none is that, the only one of its name that stands below or above all of them."""
    names = [row.name for row in rows if row.adds_up]
    exact = [row for row in rows if row.adds_up and row.yuan == whole]
    edges = [row for row in (*rows[-1:], *rows[:1]) if is_sum(row.name) and names.count(row.name) == 1]
    return next(iter([*exact[::-1], *edges]), None)


def _apart(rows: Sequence[ItemRow]) -> set[int]:
    """The rows that are no items of their own: names of groups with the sum of the rows below, parts of the row above."""
    following: list[ItemRow] = []
    heads, apart = set[int](), set[int]()
    for row in reversed(rows):
        if size := _size(row, following, heads):
            members = following[-size:]
            del following[-size:]
            if members[-1].is_part:
                apart |= {id(one) for one in members}
            else:
                heads.add(id(row))
        following.append(row)
    return heads | apart


def _size(row: ItemRow, following: Sequence[ItemRow], heads: set[int]) -> int:
    """How many of the ``following`` rows, the last of which is the next, a row without number and price adds up; 0 for none."""
    if row.priced or not row.yuan or not following:
        return 0
    below = following[-1]
    unnumbered = row.is_numbered and not below.is_numbered
    deeper = below.priced or below.is_part or id(below) in heads or unnumbered
    rest = row.yuan
    for size, member in enumerate(reversed(following[-_MOST:]) if deeper else (), 1):
        rest -= member.yuan or ZERO
        if not rest and (size > 1 or row.is_numbered or below.is_part):
            return size
        if rest <= 0 or member.yuan is None:
            return 0
    return 0
