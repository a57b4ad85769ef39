"""Lists: a project in one row with its indicators numbered inside a cell, or in several rows, one an indicator."""

from __future__ import annotations

import re
from decimal import Decimal

from perfgoals_lint.labels import split_code, squeeze
from perfgoals_lint.layouts.amounts import is_amount, is_nothing, money_factor
from perfgoals_lint.layouts.grid_columns import AMOUNTS, LEVELS, VALUES, Header
from perfgoals_lint.layouts.grid_fields import SOURCES, Entry, amount_of, fill
from perfgoals_lint.layouts.grid_indicators import IndicatorRows
from perfgoals_lint.layouts.grid_lead import Lead
from perfgoals_lint.layouts.grid_rows import Box, Row
from perfgoals_lint.layouts.grid_text import label_text
from perfgoals_lint.layouts.inline_items import parse_items
from perfgoals_lint.layouts.printed import join
from perfgoals_lint.model import Document, GoalTable, Indicator, Total

_SUM = re.compile(r"^(?:合计|总计|小计|本页合计|本页小计|累计|共计)[:：]?$")
_GRAND = re.compile(r"^(?:合计|总计|共计)")
_ORGANISATION = re.compile(
    r"(?:局|委|委员会|办公室|中心|站|所|院|馆|校|学校|大学|学院|厅|处|部|队|会|署|社|台|园|政府|街道|机关|本级|镇|乡)$"
)


class Record:
    """One project of a list, or one sum row: the boxes of its rows by role."""

    def __init__(self, header: Header) -> None:
        self.entries: dict[str, Entry] = {}
        self.rows: IndicatorRows | None = IndicatorRows(header) if header.roles & set(LEVELS) else None

    @property
    def name(self) -> str:
        """The name in the first column, its layout breaks joined."""
        entry = self.entries.get("project_name")
        return label_text("\n".join(box.text for box in entry.boxes)) or "" if entry else ""

    @property
    def bare(self) -> bool:
        """Has the record an amount, but neither goal nor indicator?"""
        goals = ("annual_goal", "cycle_goal", "indicators", "purpose")
        said = any(name in self.entries for name in goals) or (self.rows and self.rows.indicators)
        return not said and any(name in self.entries for name in AMOUNTS)


class ProjectList:
    """Collects the tables and totals of a list."""

    def __init__(self, header: Header, lead: Lead) -> None:
        self.header = header
        self.lead = lead
        self.records: list[Record] = []

    def read(self, row: Row) -> None:
        """Take a row into the list: a new project, another indicator, or the rest of a row that a page broke."""
        cells = self._cells(row)
        names = cells.get("project_name", [])
        current = self.records[-1] if self.records else None
        own = [box for box in names if box.top == row.index]
        if current is not None and (self._continues(row, cells, own) or self._repeats(current, own)):
            self._extend(current, cells, row)
        elif own:
            self.records.append(Record(self.header))
            self._extend(self.records[-1], cells, row)

    def _cells(self, row: Row) -> dict[str, list[Box]]:
        cells: dict[str, list[Box]] = {}
        for index, boxes in self.header.place(row).items():
            filled = [box for box in boxes if box.key]
            if filled:
                cells.setdefault(self.header.columns[index].role, []).extend(filled)
        return cells

    def _continues(self, row: Row, cells: dict[str, list[Box]], names: list[Box]) -> bool:
        """A row without a name of its own; at the top of a page also one without amounts, whose name goes on."""
        if not names:
            return bool(cells)
        amounts = any(is_amount(box.text) for name in AMOUNTS for box in cells.get(name, ()))
        return row.opens_page and not amounts and bool(AMOUNTS & self.header.roles) and not self._is_flat

    @property
    def _is_flat(self) -> bool:
        return bool(self.header.roles & set(LEVELS))

    def _repeats(self, current: Record, names: list[Box]) -> bool:
        """In a list of one row an indicator, the name may be printed on every row."""
        return self._is_flat and bool(names) and label_text(names[0].text) == current.name

    def _extend(self, record: Record, cells: dict[str, list[Box]], row: Row) -> None:
        known = {id(box) for entry in record.entries.values() for box in entry.boxes}
        repeated = self._is_flat and bool(record.entries)
        for column in self.header.columns:
            name = column.role
            if column.part or name in LEVELS or name in VALUES or name not in cells:
                continue
            entry = record.entries.get(name)
            boxes = [box for box in cells[name] if id(box) not in known]
            if name in AMOUNTS:
                boxes = [box for box in boxes if not is_nothing(box.text)]
            if entry is None and boxes:
                record.entries[name] = Entry(column.box.key, boxes=boxes)
            elif entry is not None and not repeated:
                entry.boxes += boxes
            known |= {id(box) for box in boxes}
        if record.rows is not None:
            record.rows.header = self.header
            record.rows.read(row)

    def close(self, document: Document) -> None:
        """Give the document its tables and totals; a sum row of a unit names the unit of the rows below it."""
        unit: Box | None = None
        open_total: Total | None = None
        for index, record in enumerate(self.records):
            if record.bare and self._is_sum(index):
                total = self._total(record)
                document.totals.append(total)
                if not total.grand and not _SUM.match(squeeze(total.name)):
                    unit = record.entries["project_name"].boxes[0]
                    open_total = total
                continue
            table = self._table(record, unit)
            document.tables.append(table)
            if open_total is not None:
                open_total.last = len(document.tables) - 1
                open_total.first = open_total.last if open_total.first is None else open_total.first

    def _is_sum(self, index: int) -> bool:
        """Is a bare row a sum: by its name, because an organisation is named, or because the rows below add up to it?"""
        record = self.records[index]
        name = squeeze(record.name)
        if _SUM.match(name) or _ORGANISATION.search(name):
            return True
        rest = Decimal(0)
        own = self._amounts(record).get("budget")
        for later in self.records[index + 1 :]:
            if later.bare:
                break
            rest += self._amounts(later).get("budget", Decimal(0))
        return own is not None and own == rest

    def _amounts(self, record: Record) -> dict[str, Decimal]:
        found = {}
        for name in AMOUNTS & set(record.entries):
            entry = record.entries[name]
            box = next((box for box in entry.boxes if is_amount(box.text)), None)
            amount = amount_of(box, (money_factor(entry.label), self.lead.factor)) if box else None
            if amount is not None:
                found[name] = amount
        return found

    def _total(self, record: Record) -> Total:
        amounts = self._amounts(record)
        funding = {SOURCES[name]: amounts[name] for name in SOURCES if name in amounts}
        location = record.entries["project_name"].boxes[0].location()
        grand = bool(_GRAND.match(squeeze(record.name)))
        return Total(record.name, location, amounts.get("budget"), funding, grand)

    def _table(self, record: Record, unit: Box | None) -> GoalTable:
        entries = record.entries
        table = GoalTable(entries["project_name"].boxes[0].location())
        table.title, table.fiscal_year, table.form = self.lead.title, self.lead.fiscal_year, self.lead.form
        fill(table, entries, self.lead.factor)
        table.project_name = record.name
        if unit is not None and table.unit is None:
            table.unit = label_text(unit.text)
            table.locations["unit"] = unit.location()
        for name, (value, location) in self.lead.values.items():
            if name != "project_name" and not getattr(table, name):
                setattr(table, name, value)
                table.locations[name] = location
        listed = entries.get("indicators")
        if listed is not None:
            table.indicators = _items(listed)
        elif record.rows is not None:
            table.indicators = record.rows.indicators
        table.truncated = bool(table.indicators) and table.indicators[-1].truncated
        return table


def _items(entry: Entry) -> list[Indicator]:
    pieces = [(line, box.location()) for box in entry.boxes for line in box.text.splitlines()]
    found = parse_items(join(pieces))
    for indicator in found:
        if indicator.level1:
            code, indicator.level1 = split_code(indicator.level1)
            indicator.level1_code = indicator.level1_code or code
    return found
