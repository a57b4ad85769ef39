"""What a project's money pays for: items below the names of columns (支出内容, 数量, 单价, 金额), told from their groups and sums."""

import re
from decimal import Decimal
from functools import cache

from perfgoals_lint.model import GoalTable, Location, Task
from perfgoals_lint.rulebook.labels import without_ordinal
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.account import count
from perfgoals_lint.tables.amounts import is_amount, is_nothing, money_factor, own_unit, yuan
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.entries import LabelledEntry
from perfgoals_lint.tables.headings import box_field, column_role, is_class, is_money, is_name
from perfgoals_lint.tables.item_sums import ItemRow, groups, sorted_out, sum_of
from perfgoals_lint.tables.money_units import Group
from perfgoals_lint.tables.sources import is_part
from perfgoals_lint.tables.tasks import column_of
from perfgoals_lint.tables.texts import cell_text
from perfgoals_lint.tables.timespans import years_of
from perfgoals_lint.tables.titles import is_aside
from perfgoals_lint.tables.words import ends_as_sum, is_note, is_sum, words
from perfgoals_lint.values.units import is_unit, measure_of

_FEWEST_COLUMNS, _FEWEST_SUMMED = 3, 2
_PRICED = frozenset({"quantity", "price"})
_NAMING = frozenset({"name", "content"})
_OWN = frozenset({"number", "name", "budget"})
_UNIT = compiled("[（(][^（()）]*[)）]$")
_FIGURE = compiled(r"\d")
_REMARK = compiled("[（(]([^（()）]*)[)）]|[%％]")
"""What a name says beside the item itself, where that is not its unit."""
_EACH = compiled("[/／每·]([一-鿿])")
_NUMBER = compiled(r"(\d+(?:\.\d+)?)[^\d百千万亿]*")
_TIMES = "天月次期"
_LONGEST = 30
"""Characters of the name of a group or table."""


class Breakdown:
    """Reads the items of one form, until a row comes that is none."""

    def __init__(self, group: Group) -> None:
        self._rows: list[ItemRow] = []
        self._group = group
        self._columns: list[tuple[Box, str]] = []
        self._of = ""
        """What the rows below the columns are where they are none of the year's items (上年支出情况)."""
        self._aside: list[tuple[str, tuple[str, Location]]] = []
        self._named: Box | None = None
        self._above: list[Box] = []
        """The texts in the rows right above that stand alone there: names of tables or groups, money units."""
        self._factor: int | None = None
        self._summed = False

    def settle(self, table: GoalTable, budget: LabelledEntry | None, note: int | None) -> None:
        """Give a table its items, and what is printed as their sum; nothing where that has the figure of the ``budget``, and another
        unit. ``note`` is the money unit of the form."""
        items, others, total = sorted_out(self._rows)
        if total is not None and budget is not None and self._is_in_doubt(total, budget, note):
            items, others = [], []
        for label, (text, place) in (*self._aside, *(told for row in others for told in row.cells.items())):
            above = table.fields.get(label)
            table.fields[label] = f"{above}；{text}" if above else text
            table.locations.setdefault(label, place)
        if items:
            table.blocks += groups(self._rows) if all(row.quantity or row.price_yuan for row in items) else []
            table.tasks = (table.tasks or []) + items
            table.sum_of_tasks = total.task if total else Task("", items[0].location)

    def _is_in_doubt(self, total: ItemRow, budget: LabelledEntry, note: int | None) -> bool:
        """Have a sum and the budget one figure without a unit of its own, in different units?"""
        unit = money_factor(budget.label) or budget.factor or note
        boxes = [total.amount, *budget.boxes] if total.amount else []
        bare = [yuan(box.text) for box in boxes if own_unit(box.text) is None]
        doubtful = None not in (unit, total.factor) and unit != total.factor
        return doubtful and bool(bare) and bare[0] in bare[1:]

    def take(self, row: GridRow, note: int | None, year: int | None) -> bool:
        """Take a row of names or of an item, or a sum of items; ``note`` is the money unit of the form, ``year`` its year."""
        if row.grid is not None and self._begins(row, note, year):
            return True
        cells = self._cells(row)
        if cells is None:
            return self._passes(row, year)
        if self._of:
            count(row.filled, "fields")
            told = self._item(row, cells).cells.items()
            self._aside += [(f"{self._of}：{label}", text) for label, text in told]
            return True
        count([cells[role] for role in cells if role == "number"], "labels")
        count(self._above, "labels")
        self._above, self._named = [], cells["name"]
        count(row.filled, "fields")
        self._rows.append(self._item(row, cells))
        self._summed = is_sum(_UNIT.sub("", cells["name"].key))
        return True

    def _begins(self, row: GridRow, note: int | None, year: int | None) -> bool:
        """Is a row the names of the columns: one of amounts, one of numbers or prices, and in front what is paid for? A label that
        spans the rows below, or that no form asks of them, stands beside them all. What is named as another time's, as assets or as
        a part is none of the year's items."""
        first = row.filled[0]
        if box_field((row.leading or first).key) == "tasks":
            return False
        beside = first.bottom > row.filled[-1].bottom or box_field(first.key) == "schedule"
        beside = beside or column_role(row.filled[1].key if row.filled[1:] else "") == "number"
        boxes = row.filled[beside:]
        if len(boxes) < _FEWEST_COLUMNS or any(_FIGURE.search(box.key) for box in boxes):
            return False
        roles = [_role(box, number) for number, box in enumerate(boxes)]
        at = next((number for number, role in enumerate(roles) if role != "number"), 0)
        named = roles[at].isdecimal() or roles[at] in _NAMING
        if roles.count("budget") != 1 or _PRICED.isdisjoint(roles[at:]) or not named:
            return False
        heads = [*self._above, *row.filled[:beside], *([row.leading] if row.leading else ())]
        roles[at] = "name"
        self._columns = list(zip(boxes, roles, strict=True))
        self._named = None
        self._of = next((box.key for box in heads if _is_of_others(box.key, year)), "")
        others = [box for box, role in self._columns if role not in ("budget", "price")]
        told = (money_factor(box.text) for box in (*others, *self._above[::-1]))
        self._factor = next(filter(None, told), note)
        self._summed = False
        count(self._above, "headers")
        count(row.filled[:beside], "labels")
        count(boxes, "headers")
        self._above = []
        return True

    def _cells(self, row: GridRow) -> dict[str, Box] | None:
        """The boxes of an item by what they are, each below one name, with an amount where amounts belong, or none and a number or a
        price; the name may go on from the row above."""
        cells: dict[str, Box] = {}
        for box in row.filled:
            over = [role for column, role in self._columns if column.left <= box.left < column.right]
            if not over or over[0] in cells:
                return None
            cells[over[0]] = box
        if "name" not in cells and "number" in cells and is_sum(cells["number"].key):
            cells["name"] = cells.pop("number")  # 合计 below 序号
        for box in row.boxes if "name" not in cells else ():
            if box.key and any(role == "name" and column.left == box.left for column, role in self._columns):
                cells["name"] = box
        if self._named and cells.keys() >= {*_PRICED, "budget"}:
            amount = yuan(cells["budget"].text, self._unit("budget") or 1)
            if len(self._rows) < _FEWEST_SUMMED or amount != sum_of(self._rows):
                cells.setdefault("name", self._named)  # blank below it, where nothing is merged
        price = cells["price"].text if "price" in cells else ""
        if "name" not in cells or not (is_nothing(price) or _FIGURE.search(price)):
            return None
        name = cells["name"].key
        if "budget" in cells and is_amount(cells["budget"].text):
            return None if self._summed and _is_source(name) and not ends_as_sum(name) else cells
        counts = _NUMBER.fullmatch(cells["quantity"].key) if "quantity" in cells else None
        figures = counts or ("price" in cells and is_amount(cells["price"].text))
        narrow = all(cells[role].right <= column.right for column, role in self._columns if role in cells)
        blank = "budget" not in cells or is_nothing(cells["budget"].text)
        return cells if figures and narrow and blank and not self._summed and not _is_label(name) else None

    def _passes(self, row: GridRow, year: int | None) -> bool:
        """Pass by a row that is no item. What stands alone in it may name a group of items; a known label ends them."""
        texts = [box for box in row.filled if not is_aside(box.text)]
        first = row.filled[0]
        named = len(texts) < 2 and len(first.key) <= _LONGEST and not is_note(first.key)
        self._above = [*self._above, *row.filled] if named else []
        if _is_label(first.key) or not named or any(_is_of_others(box.key, year) for box in texts):
            self._columns = []
        return bool(self._columns and texts) and named

    def _item(self, row: GridRow, cells: dict[str, Box]) -> ItemRow:
        """An item, or a row that adds items up, as it is printed."""
        name, amount = cells["name"], cells.get("budget")
        adds_up = ends_as_sum(_UNIT.sub("", name.key))
        place = amount.location() if adds_up and amount else name.location()
        task = Task(name.key if adds_up else cell_text(name.text) or "", place)
        roles = cells.keys() - {"number", "name"}
        told = {box.key: cells[role] for box, role in self._columns if role in roles}
        texts = {label: (cell_text(cell.text) or "", cell.location()) for label, cell in told.items()}
        own = {label: text for label, (text, _) in texts.items() if told[label] is not amount}
        task.content = "；".join(f"{label}：{text}" for label, text in own.items()) or None
        if amount is not None and is_amount(amount.text):
            self._read(task, "amount_yuan", amount)
        number = _NUMBER.fullmatch(cells["quantity"].key) if cells.keys() >= _PRICED else None
        if number and is_amount(cells["price"].text):
            price = yuan(cells["price"].text, self._unit("price") or 1)
            made = price is not None and Decimal(number[1]) * price == task.amount_yuan
            if made or self._is_product(row, cells):
                task.quantity = Decimal(number[1])
                self._read(task, "price_yuan", cells["price"], "price")
        kept = {f"{name.key}（{label}）": told for label, told in texts.items()}
        priced = not _PRICED.isdisjoint(cells)
        return ItemRow(task, name.key, amount, self._unit("budget"), adds_up, priced, kept)

    def _is_product(self, row: GridRow, cells: dict[str, Box]) -> bool:
        """May an amount be no more than number times price? Another figure (12个月) may be a factor too, a remark on the row or in the
        name may say why it is not, and a price for a time (元/月) is paid as often as that goes by."""
        for column, role in self._columns:
            box = next((box for box in row.boxes if column.left <= box.left < column.right), None)
            if box is None or role in _OWN | _PRICED:
                continue
            plain = _plain().fullmatch(_UNIT.sub("", column.key))
            if box.key[:1].isdecimal() or not (plain or is_nothing(box.text)):
                return False
        price = next(column for column, role in self._columns if role == "price")
        times = {measure_of(unit)[0] for unit in _TIMES}
        timed = any(measure_of(each)[0] in times for each in _EACH.findall(price.text))
        remarks = [found[1] or "" for found in _REMARK.finditer(cells["name"].key)]
        return not timed and all(map(is_unit, remarks))

    def _read(self, owner: Task, field: str, cell: Box, role: str = "budget") -> None:
        factor = self._unit(role)
        read = yuan(cell.text, factor) if factor else self._group.read(owner, field, cell, (), None)
        setattr(owner, field, read)

    def _unit(self, role: str) -> int | None:
        """The money unit of a column, in 元: its own, or that of all."""
        return next(money_factor(box.text) for box, one in self._columns if one == role) or self._factor


def _is_source(key: str) -> bool:
    """Is what stands behind a sum where the money comes from?"""
    return is_part(key) or is_money(box_field(key) or "")


def _is_label(key: str) -> bool:
    return is_name(key) or is_class(key)


@cache
def _plain() -> re.Pattern[str]:
    """The columns that say what an item is (规格型号, 单位), and nothing of its amount."""
    return compiled(framework_data("fields")["item_columns"])


def _is_of_others(key: str, year: int | None) -> bool:
    """Is a text the name of what is not the whole of the year's items: those of another time, assets, a part?"""
    years = {*years_of(key)}
    other_year = len(years) > 1 or (year is not None and bool(years - {year}))
    return other_year or _others().match(without_ordinal(key)) is not None


@cache
def _others() -> re.Pattern[str]:
    times = framework_data("fields")["grammar"]["words"]
    return compiled("|".join(("其中", *times["past"], words("not_of_year"))))


def _role(box: Box, number: int) -> str:
    """What a column holds, by its name; its place for one of any other texts."""
    field = column_of(box)
    if field is None and is_sum(box.key):
        field = "budget"
    if field is None and column_role(box.key) == "number":
        field = "number"
    return field or str(number)
