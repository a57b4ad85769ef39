"""What the money of a form is made up of: items below the names of columns (支出内容, 数量, 单价, 金额), amounts beside one label."""

from decimal import Decimal
from itertools import accumulate, pairwise

from perfgoals_lint.model import GoalTable, Location, Task
from perfgoals_lint.money import ZERO
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.account import count
from perfgoals_lint.tables.amounts import is_amount, money_factor, own_unit, yuan
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.entries import OF_THE_WHOLE
from perfgoals_lint.tables.form_labels import printed_factor
from perfgoals_lint.tables.headings import box_field, column_role, is_money
from perfgoals_lint.tables.money_units import Group
from perfgoals_lint.tables.other_years import is_whole
from perfgoals_lint.tables.sources import is_part
from perfgoals_lint.tables.tasks import column_of
from perfgoals_lint.tables.texts import cell_text
from perfgoals_lint.tables.words import is_sum

_FEWEST_COLUMNS = 3
_PRICED = frozenset({"quantity", "price"})
_OWN = frozenset({"number", "name", "budget"})
_UNIT = compiled("[（(][^（()）]*[)）]$")
_FIGURE = compiled(r"\d")
_OTHERWISE = compiled(
    "[\\d一二三四五六七八九]折|优惠|减免|免费|半价|[%％税]|补助|另|[先首]付|其余|[一二三四五六七八九]成"
)
_OF_TIME = compiled("[/／每·](?:年|月|天|日|次|期)")
"""In a remark on an item: it costs less or more than its number times its price (优惠5%, 另加税, 先付八成)."""
_STAGE = compiled("已|累计|完成|拨付|需求|计划|以后")
"""Amounts of stages overlap (累计完成投资, 本年计划)."""
_NUMBER = compiled(r"(\d+(?:\.\d+)?)[^\d百千万亿]*")


class Breakdown:
    """Reads the items of one form, until a row comes that is none."""

    def __init__(self, group: Group, kept: dict[str, tuple[str, Location]]) -> None:
        self.items: list[Task] = []
        self.total: Task | None = None
        """What is printed below all of them as their sum."""
        self._sum = ""
        self._group, self._kept = group, kept
        self._columns: list[tuple[Box, str]] = []

    def settle(self, table: GoalTable) -> None:
        """Give a table its items, and what is printed as their sum."""
        if self.items:
            table.tasks = (table.tasks or []) + self.items
            table.sum_of_tasks = self.total or Task("", self.items[0].location)

    def take(self, row: GridRow, note: int | None) -> bool:
        """Take a row of names or of an item, or the sum of the items; ``note`` is the money unit of the form."""
        if row.grid is not None and self._begins(row):
            return True
        cells = self._cells(row)
        ended = self.total is not None and cells is not None and _is_source(cells["name"].key)
        if cells is None or ended:
            self._columns = []
            return False
        count([cells[role] for role in cells if role == "number"], "labels")
        count(row.filled, "fields")
        name, amount = cells["name"], cells["budget"]
        if is_sum(_UNIT.sub("", name.key)):
            again, self._sum = name.key == self._sum, name.key
            self.total = None if again else Task(name.key, amount.location())  # 小计 again is that of a group
            if self.total is not None:
                self._read(self.total, "amount_yuan", amount, note)
            for box, role in self._columns:
                if role not in ("number", "name") and role in cells:
                    cell = cells[role]
                    self._kept[f"{name.key}（{box.key}）"] = (cell_text(cell.text) or "", cell.location())
            return True
        item, self.total = Task(cell_text(name.text) or "", name.location()), None
        told = [(box, cells[role]) for box, role in self._columns if role in cells.keys() - _OWN]
        item.content = "；".join(f"{box.key}：{cell_text(cell.text)}" for box, cell in told) or None
        self._read(item, "amount_yuan", amount, note)
        # Another figure (12个月) may be a factor too.
        factors = {role for role, cell in cells.items() if cell.key[0].isdecimal()} - {"number", "budget"}
        number = _NUMBER.fullmatch(cells["quantity"].key) if factors == _PRICED else None
        remarks = (name.key, *(cell.key for _, cell in told))
        timed = any(_OF_TIME.search(box.text) for box, role in self._columns if role == "price")
        if timed or any(map(_OTHERWISE.search, remarks)):
            number = None
        if number and is_amount(cells["price"].text):
            item.quantity = Decimal(number[1])
            self._read(item, "price_yuan", cells["price"], note, "price")
        self.items.append(item)
        return True

    def _begins(self, row: GridRow) -> bool:
        """Is a row the names of the columns: one of amounts, one of numbers or prices, and in front what is paid for? A label that
        spans the rows below, or that no form asks of them, stands beside them all."""
        first = row.filled[0]
        if box_field((row.leading or first).key) == "tasks":
            return False
        beside = first.bottom > row.filled[-1].bottom or box_field(first.key) == "schedule"
        boxes = row.filled[beside:]
        if len(boxes) < _FEWEST_COLUMNS or any(_FIGURE.search(box.key) for box in boxes):
            return False
        roles = [_role(box, number) for number, box in enumerate(boxes)]
        at = next((number for number, role in enumerate(roles) if role != "number"), 0)
        if roles.count("budget") != 1 or _PRICED.isdisjoint(roles[at:]) or not roles[at].isdecimal():
            return False
        roles[at] = "name"
        self._columns = list(zip(boxes, roles, strict=True))
        count(row.filled[:beside], "labels")
        count(boxes, "headers")
        return True

    def _cells(self, row: GridRow) -> dict[str, Box] | None:
        """The boxes of an item by what they are, each below one name, with an amount where amounts belong."""
        cells: dict[str, Box] = {}
        for box in row.filled:
            over = [role for column, role in self._columns if column.left <= box.left < column.right]
            if not over or over[0] in cells:
                return None
            cells[over[0]] = box
        if "name" not in cells and "number" in cells and is_sum(cells["number"].key):
            cells["name"] = cells.pop("number")  # 合计 below 序号
        named = "name" in cells and "budget" in cells and is_amount(cells["budget"].text)
        return cells if named else None

    def _read(self, owner: Task, field: str, cell: Box, note: int | None, role: str = "budget") -> None:
        column = next(box for box, one in self._columns if one == role)
        factor = money_factor(column.text) or note
        read = yuan(cell.text, factor) if factor else self._group.read(owner, field, cell, (), None)
        setattr(owner, field, read)


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
        behind all that make it (2026年债券需求)."""
        found = [[one for one, _ in block] for block in self._found.values()]
        blocks = [_made_up(block) for block in found if not any(_STAGE.search(one.name) for one in block)]
        return [b for b in blocks if [is_whole(one.name) for one in b] == [True, *[False] * (len(b) - 1)]]


def _is_source(key: str) -> bool:
    """Is what stands behind a sum where the money comes from?"""
    return is_part(key) or is_money(box_field(key) or "")


def _made_up(block: list[Task]) -> list[Task]:
    """An amount with those behind it that make it up, or should."""
    whole, *parts = block
    sums = list(accumulate(one.amount_yuan or ZERO for one in parts))
    if whole.amount_yuan in sums:
        return [whole, *parts[: sums.index(whole.amount_yuan) + 1]]
    return [whole, *(one for one in parts if not is_part(one.name))]


def _role(box: Box, number: int) -> str:
    """What a column holds, by its name; its place for one of any other texts."""
    field = column_of(box)
    if field is None and is_sum(box.key):
        field = "budget"
    if field is None and column_role(box.key) == "number":
        field = "number"
    return field or str(number)
