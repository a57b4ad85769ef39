"""Amounts that stand beside one label over several rows (投资构成), each with its own label."""

from itertools import accumulate, pairwise

from perfgoals_lint.model import Task
from perfgoals_lint.money import ZERO
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import is_amount, money_factor, own_unit, yuan
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.entries import OF_THE_WHOLE
from perfgoals_lint.tables.form_labels import printed_factor
from perfgoals_lint.tables.headings import box_field
from perfgoals_lint.tables.other_years import is_whole
from perfgoals_lint.tables.sources import is_part
from perfgoals_lint.tables.words import says

_UNIT = compiled("[（(][^（()）]*[)）]$")


class AmountBlocks:
    """Notes the amounts that stand beside one label over several rows (投资构成), each with its own label, as one block."""

    def __init__(self) -> None:
        self._found: dict[int, list[tuple[Task, Box]]] = {}

    def note(self, row: GridRow, note: int | None) -> None:
        """Note the amounts of a row in the unit that is printed, ``note`` that of the form."""
        over = row.boxes[0]
        if over.bottom == over.top + 1 or not over.key:
            return
        for label, value in pairwise(box for box in row.filled if box is not over):
            if _UNIT.search(label.key) and money_factor(label.text) is None:
                continue  # 设备（台）
            factor = money_factor(label.text) or printed_factor(row) or note
            amount = yuan(value.text, factor or 1)
            if amount is not None and not is_amount(label.text) and (factor or own_unit(value.text)):
                one = Task(label.key.rstrip(":："), value.location(), amount_yuan=amount)
                self._found.setdefault(id(over), []).append((one, value))

    def of_whole(self) -> set[Box]:
        """The amounts that make up what the whole project costs, with which they stand: none of the year's sources."""
        found: set[Box] = set()
        for block in self._found.values():
            amounts = [one.amount_yuan or ZERO for one, _ in block]
            head = box_field(block[0][0].name)
            parts = [one.amount_yuan or ZERO for one, _ in block[1:] if not is_part(one.name)]
            if head in OF_THE_WHOLE and amounts[0] in (sum(amounts[1:], ZERO), sum(parts, ZERO)):
                found |= {box for _, box in block[1:]}
        return found

    def added(self) -> list[list[Task]]:
        """The blocks that begin with what the other amounts are to make up; parts of these (其中：…) are left out, and what stands
        behind all that make it (2026年债券需求); amounts of stages overlap."""
        found = [[one for one, _ in block] for block in self._found.values()]
        blocks = [_made_up(block) for block in found if not any(says("stages", one.name) for one in block)]
        return [b for b in blocks if [is_whole(one.name) for one in b] == [True, *[False] * (len(b) - 1)]]


def _made_up(block: list[Task]) -> list[Task]:
    """An amount with those behind it that make it up, or should."""
    whole, *parts = block
    sums = list(accumulate(one.amount_yuan or ZERO for one in parts))
    if whole.amount_yuan in sums:
        return [whole, *parts[: sums.index(whole.amount_yuan) + 1]]
    return [whole, *(one for one in parts if not is_part(one.name))]
