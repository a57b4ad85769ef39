"""Lists: a project in one row with its indicators numbered inside a cell, or in several rows, one an indicator."""

import itertools
from collections.abc import Iterable
from decimal import Decimal

from perfgoals_lint.model import SOURCES, Document, GoalTable, HeaderText, Problem, Total
from perfgoals_lint.rulebook.labels import is_level1, is_level2, split_code
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.account import count
from perfgoals_lint.tables.amounts import is_amount, is_nothing, is_unread, not_read, own_unit, yuan
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.class_columns import joined_boxes, of_classes
from perfgoals_lint.tables.column_cells import COUNT, under
from perfgoals_lint.tables.fields import year_named
from perfgoals_lint.tables.header import Header
from perfgoals_lint.tables.header_columns import GOALS, Column
from perfgoals_lint.tables.headings import AMOUNTS, CLASS, LEVELS, SOURCE, box_field, is_money
from perfgoals_lint.tables.list_rows import goal_between, is_named, is_sum_row, of_each, said_in, told_again
from perfgoals_lint.tables.lists import (
    TEXT_FIELDS,
    ListColumn,
    ListRow,
    continues,
    ends_cut,
    is_row,
    of_budget,
    problems_of,
    set_coverage,
    structure_of,
    summed,
    table_of,
    total_of,
)
from perfgoals_lint.tables.money_units import Group, unit_for
from perfgoals_lint.tables.printed import Joined
from perfgoals_lint.tables.reading import UNSURE
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.rows import IndicatorRows
from perfgoals_lint.tables.sources import OF_SPENDING
from perfgoals_lint.tables.timespans import PERIOD
from perfgoals_lint.tables.titles import LINE_FIELDS, Lead, labelled, named_amount
from perfgoals_lint.tables.words import is_sum
from perfgoals_lint.text import squeeze

_OWN_ROW = "indicators"
_OTHER = "other:"
"""In front of the number of a column that holds none of the fields."""
_OF_YEAR = AMOUNTS | GOALS.keys() | {"annual_value"}
"""The columns that name the budget's year."""
_READ = frozenset({"project_name", "overall_goal", "indicators", *PERIOD, *TEXT_FIELDS})
"""The columns that a goal table has a field for, beside those of money and of indicators."""
_NAMING = frozenset(
    {"project_name", "project_code", "project_type", "project_level", "department", "unit", "number"}
)
"""The columns that say what a row of a sum is about."""


class Record:
    """One project of a list, or one sum row: the boxes of its rows by role."""

    def __init__(self, header: Header) -> None:
        self.boxes: dict[str, list[Box]] = {}
        self.seen: set[Box] = set()
        self.rows: IndicatorRows | None = IndicatorRows(header) if header.roles & set(LEVELS) else None

    @property
    def name(self) -> str:
        """The name in the project column, its layout breaks joined."""
        return joined_boxes(self.boxes.get("project_name", [])).text

    @property
    def is_name(self) -> bool:
        """Does it hold a name and nothing else?"""
        return self.boxes.keys() == {"project_name"} and not (self.rows and self.rows.indicators)


class ProjectList:
    """Collects the tables and totals of a list."""

    def __init__(self, header: Header, lead: Lead) -> None:
        self.header = header
        self.lead = lead
        self.records: list[Record] = []
        self.problems: list[Problem] = []
        self.group = Group([])
        self._factors = [column.factor for column in header.columns]
        self._block = next((factor for factor in self._factors if factor), None)
        self._amounts: dict[int, dict[int, Box]] = {}
        self._unread: dict[Box, Problem] = {}
        """The boxes of amounts that nobody could read."""
        self._flat = bool(header.roles & set(LEVELS))
        self._name_left = min(column.left for column in header.columns if column.role == "project_name")

    def ends_beside(self, header: Header, lead: Lead) -> bool:
        """Is a header beside that of the list another list's: behind the sum of its projects, or of another year?"""
        beside = header.columns[0].left >= self.header.columns[-1].right
        summed = bool(self.records) and is_sum(squeeze(self.records[-1].name))
        return beside and (summed or lead.year_of("") != self.lead.year_of(""))

    def read(self, row: GridRow) -> None:
        """Take a row into the list: a new project, another indicator, or the rest of a row that a page broke."""
        cells: dict[str, list[Box]] = {}
        for index, boxes in self.header.place(row).items():
            column = self.header.columns[index]
            filled = [box for box in under(column, boxes) if box.key]
            if filled:
                role = column.role or f"{_OTHER}{index}"
                cells.setdefault(role, []).extend(filled)
        names = [box for box in cells.get("project_name", ()) if box.top == row.index]
        if not names and row.filled[0].left < self._name_left and is_sum_row(row):
            # A sum row may say so in a column in front of the names.
            names = row.filled[:1]
            cells = {name: [box for box in boxes if box is not names[0]] for name, boxes in cells.items()}
            cells["project_name"] = names
        current = self.records[-1] if self.records else None
        if current is not None and names and continues(names[0].key, squeeze(current.name)):
            count(names, "notes")
            names, cells = [], {name: boxes for name, boxes in cells.items() if name != "project_name"}
        if current is None and not names:
            self._note_ownerless(row)
            return
        nameless = not names and self._is_another(current, cells, row)
        rest = (cells and not names and not nameless) or (current and self._repeats(current, names, cells))
        if current is not None and rest:
            self._extend(current, cells, row)
        elif names or nameless:
            self.records.append(Record(self.header))
            self._extend(self.records[-1], cells, row)

    def _is_another(self, current: Record | None, cells: dict[str, list[Box]], row: GridRow) -> bool:
        """Is a row without a name a project of its own: with a goal beside an amount, number or code where the row above has
        theirs? Not below a name that is merged down to it."""
        if self._flat or current is None or "project_name" in cells:
            return False
        own = {name for name, (first, *_) in cells.items() if first.top == row.index} & current.boxes.keys()
        numbered = (cells[n][0] for n in own if cells[n][0].left < self._name_left)
        told = "project_code" in own or any(COUNT.fullmatch(box.key) for box in numbered)
        amounts = any(is_amount(box.text) for name in own & {*AMOUNTS} for box in cells[name])
        return bool(own & GOALS.keys()) and (told or amounts)

    def _note_ownerless(self, row: GridRow) -> None:
        """Say that a row stands in front of the first project: names that stand in the middle of their rows are read with
        those below them only."""
        text = "".join(box.text for box in row.filled)
        if any(is_level1(box.key) or is_level2(box.key) for box in row.filled) and not self.problems:
            args = {"where": text, "row": text, "levels": ""}
            self.problems.append(Problem(UNSURE, row.filled[0].location(), args))

    def _repeats(self, current: Record, names: list[Box], cells: dict[str, list[Box]]) -> bool:
        """In a list of one row an indicator, the name may be printed on every row; another code is another project."""
        codes = [joined_boxes(boxes.get("project_code", ())).text for boxes in (current.boxes, cells)]
        if not self._flat or not names or (all(codes) and codes[0] != codes[1]):
            return False
        return joined_boxes(names).text == current.name

    def _extend(self, record: Record, cells: dict[str, list[Box]], row: GridRow) -> None:
        first = not record.boxes
        if goal := goal_between(row, cells):
            cells = {name: boxes for name, boxes in cells.items() if not {*goal}.intersection(boxes)}
            record.boxes.setdefault(box_field(goal[0].key) or "", []).append(goal[1])
            count(goal[:1], "labels")
        elif record.rows is not None:
            record.rows.header = self.header
            record.rows.read(row)
        for name, boxes in cells.items():
            fresh = [box for box in boxes if box not in record.seen]
            record.seen.update(fresh)
            # A field that is printed on every row of the project is one field; what no form knows may be said of a part of it.
            above = record.boxes.get(name, ())
            part = above and name.startswith(_OTHER) and not {*VALUES}.isdisjoint(cells)
            again = self._flat and above and not (part and fresh and fresh[0].key != above[-1].key)
            if fresh and (first or not again):
                record.boxes.setdefault(name, []).extend(fresh)
            else:
                known = joined_boxes(above).text
                count((box for box in fresh if box.key == squeeze(known) or is_nothing(box.text)), "fields")

    def close(self, document: Document) -> None:
        """Give the document its tables, totals and problems."""
        columns = _columns(self.header.columns)
        self._take_headings()
        rows = [self._row(record, columns) for record in self.records]
        structure = structure_of(rows, columns)
        cut = ends_cut(rows)
        totals: list[Total] = []
        unit, place = self.lead.values.get("unit", (None, None))
        for index, (record, row, kind) in enumerate(zip(self.records, rows, structure.kinds, strict=True)):
            self._account(record, kind)
            if kind != "project":
                totals.append(total_of(row, columns, kind == "grand"))
                self._note_open(totals[-1], "total", row, columns)
                if structure.heads(index, row.name) and (body := summed(row.name)):
                    unit, place = body, row.location
                continue
            table = self._table(record, row, columns, cut and row is rows[-1])
            if "unit" not in row.texts and unit is not None:
                table.unit = unit
                table.locations |= {"unit": place} if place else {}
            self._note_open(table, "budget_yuan", row, columns)
            self.group.tables.append(table)
        self.problems += told_again(self.group.tables)
        set_coverage(structure, totals, len(document.tables))
        document.tables += self.group.tables
        document.totals += totals
        document.problems += [*self.problems, *self._unread.values()]

    def _take_headings(self) -> None:
        """In a list of one row an indicator, a name with nothing beside it heads the projects of a unit, but with its amount it is
        that of the next project; fields with their labels are those of the project below or above."""
        if not self._flat:
            return
        heading: list[Box] | None = None
        kept = [one for one in self.records if not one.is_name]
        projects = [one for one in kept if not is_sum(squeeze(one.name))]
        said: list[dict[str, list[Box]]] = [{} for _ in (*projects, None)]
        names: dict[int, list[Box]] = {}
        at = 0
        for record in self.records:
            if not record.is_name:
                if heading is not None and "unit" not in record.boxes:
                    record.boxes["unit"] = heading
                at += not is_sum(squeeze(record.name))
                continue
            boxes = record.boxes["project_name"]
            if any(is_named(boxes[0], one.name) for one in projects[max(at - 1, 0) : at]):
                continue
            if at < len(projects) and is_named(boxes[0], projects[at].name):
                names[at] = boxes
            elif fields := said_in(boxes[0]):
                said[at] |= fields
            elif not is_row(record.name) and not any(labelled(boxes[0].text)):
                heading = boxes
                count(heading, "fields")
        for record, fields in zip(projects, of_each(said), strict=True):
            record.boxes = fields | record.boxes
        for index, boxes in names.items():
            own = projects[index].boxes
            count((*own["project_name"], *boxes), "fields")
            own["project_name"] = own["project_name"] if "budget" in own else boxes
        self.records = kept

    def _note_open(
        self, owner: GoalTable | Total, budget: str, row: ListRow, columns: list[ListColumn]
    ) -> None:
        """Note the amounts of a row that no unit is known of, and the unit where one is; of a total, where they stand."""
        for index, box in self._amounts.get(id(row), {}).items():
            column = columns[index]
            name = budget if column.field == "budget" else column.source or SOURCES[column.field]
            if isinstance(owner, Total):
                owner.locations[name] = box.location()
            for one in {name, budget} if index in of_budget(columns) else {name}:
                self.group.read(owner, one, box, (self._factors[index], self._block), self.lead.factor)

    def _row(self, record: Record, columns: list[ListColumn]) -> ListRow:
        row = ListRow((record.boxes.get("project_name") or next(iter(record.boxes.values())))[0].location())
        for index, column in enumerate(columns):
            role = self.header.columns[index].role
            boxes = record.boxes.get(role, [])
            printed = next((box for box in boxes if is_amount(box.text)), None) if column.is_money else None
            if printed is not None:
                known, _ = unit_for(printed.text, (self._factors[index], self._block), self.lead.factor)
                row.money[index] = yuan(printed.text, known or 1) or Decimal(0)
                self._amounts.setdefault(id(row), {})[index] = printed
            elif column.is_money:
                label = self.header.columns[index].box.text
                if unread := next((box for box in boxes if is_unread(box.text)), None):
                    self._unread[unread] = not_read(label, unread.text, unread.location())
                    row.unknown.append("budget_yuan" if column.field == "budget" else "funding_yuan")
            elif role not in framework_data("fields")["columns"] and not all(
                is_nothing(box.text) for box in boxes
            ):
                row.texts[column.field] = joined_boxes(boxes)
        for name in (one for one in TEXT_FIELDS if one in record.boxes and one not in row.texts):
            if not all(is_nothing(box.text) for box in record.boxes[name]):
                row.texts[name] = joined_boxes(record.boxes[name])
        listed = any(name.startswith(f"{CLASS}:") for name in record.boxes)
        if not is_sum(squeeze(record.name)) and (listed or (record.rows and record.rows.indicators)):
            # A project with indicators is no sum row.
            row.texts.setdefault(_OWN_ROW, Joined("", (0,), (row.location,)))
        return row

    def _table(self, record: Record, row: ListRow, columns: list[ListColumn], cut: bool) -> GoalTable:
        """The goal table of a project, with what the row of a text does not know: the cell of every amount, indicators in rows of
        their own. ``cut`` says that the source ends in it."""
        table = table_of(row, columns)
        table.truncated = table.truncated or cut
        for indicator in table.indicators[-1:] if cut else ():
            indicator.truncated = True
        self.problems += problems_of(row, table)
        table.title, table.form, table.unknown = self.lead.title, self.lead.form, row.unknown
        table.fiscal_year = self.lead.year_of("") or year_named(
            key
            for c in self.header.columns
            if c.role in _OF_YEAR
            for key in ((c.over or c.box).key, c.box.key)
        )
        table.header = [HeaderText(column.box.text.strip(), column.role) for column in self.header.columns]
        above = {
            label: box.text for name, label, box in self.lead.boxes if name in LINE_FIELDS & row.texts.keys()
        }
        table.fields = above | self._others(record)
        table.locations.pop(_OWN_ROW, None)
        if "project_name" not in record.boxes:
            table.labels["project_name"] = row.location
        for name in [one for one in record.boxes if one in AMOUNTS]:
            key = "budget_yuan" if name == "budget" else f"funding_yuan.{SOURCES[name]}"
            table.locations[key] = record.boxes[name][0].location()
        places = self._amounts.get(id(row), {})
        for index in filter(places.__contains__, of_budget(columns)):
            table.locations.setdefault("budget_yuan", places[index].location())
        if table.budget_yuan is None:
            self._take_said_amounts(table, record, row)
        if "department" not in row.texts and "department" in self.lead.values:
            table.department, table.locations["department"] = self.lead.values["department"]
        if self.header.keyed == "project_code":
            table.project_name, table.project_code = "", table.project_name
        elif self.header.keyed:
            setattr(table, self.header.keyed, table.project_name)
            table.project_name = self.lead.values.get("project_name", (table.project_name,))[0]
        if record.rows is not None and record.rows.indicators:
            table.indicators = record.rows.indicators
        table.indicators += of_classes(record.boxes)
        for indicator in table.indicators:
            code, label = split_code(indicator.level1 or "")
            if code:
                indicator.level1, indicator.level1_code = label, code
        return table

    def _take_said_amounts(self, table: GoalTable, record: Record, row: ListRow) -> None:
        """Take the amounts of a project that has none in a column of its own: those of a text that says what each is, or else the
        one behind its name. What such a text says is read."""
        for box in (box for role in ("budget", "aside") for box in record.boxes.get(role, ())):
            said = [(name, text) for name, _, text in labelled(box.text) if is_money(name)]
            if not said or not all(own_unit(text) or self.lead.factor for _, text in said):
                continue
            for field, text in said:
                value = yuan(text, self.lead.factor or 1)
                if field == "budget":
                    table.budget_yuan, table.locations["budget_yuan"] = value, box.location()
                elif value is not None:
                    source = SOURCES.get(field) or field.partition(":")[2]
                    table.funding_yuan = (table.funding_yuan or {}) | {source: value}
            if _digits(box.text) == sum(_digits(text) for _, text in said):
                self._unread.pop(box, None)
        if table.budget_yuan is None and (named := named_amount(table.project_name))[1]:
            table.project_name, table.budget_yuan = named[0], yuan(named[1])
            table.locations["budget_yuan"] = row.location
        if table.budget_yuan is not None:
            table.unknown = [name for name in table.unknown if name != "budget_yuan"]

    def _others(self, record: Record) -> dict[str, str]:
        """What stands in a project's columns that are none of its fields, by their headers."""
        kept = {}
        for name in itertools.filterfalse(_has_field, record.boxes):
            index, column = next(
                (i, c) for i, c in enumerate(self.header.columns) if name in (c.role, f"{_OTHER}{i}")
            )
            if index in self.header.of_project:
                rows = itertools.groupby(record.boxes[name], lambda box: self._flat and box.top)
                kept[column.box.key] = "、".join(joined_boxes([*row]).text for _, row in rows)
        return kept

    def _account(self, record: Record, kind: str) -> None:
        """Note what the cells of a record were read as. Nothing is made of a second amount in a column of money, nor of the text
        that stands in the row of a sum."""
        for name, boxes in record.boxes.items():
            if kind == "project":
                count(boxes, "fields")
                continue
            if name in AMOUNTS or name.startswith((SOURCE, f"{OF_SPENDING}:")):
                amount = next((box.key for box in boxes if is_amount(box.text)), None)
                read = [box for box in boxes if box.key == amount]
            else:
                read = [box for box in boxes if name in _NAMING and not is_row(box.text)]
            count((*read, *(box for box in boxes if is_nothing(box.text))), "totals")


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _has_field(name: str) -> bool:
    """Is a column, by its role, one of a field of the project, or of its indicators?"""
    return name in _READ or name in AMOUNTS or name.startswith((SOURCE, f"{CLASS}:", f"{OF_SPENDING}:"))


def _columns(columns: Iterable[Column]) -> list[ListColumn]:
    return [
        ListColumn("unknown", column.role.removeprefix(SOURCE))
        if column.role.startswith(SOURCE)
        else ListColumn(*column.role.split(":"))
        if column.role.startswith(f"{OF_SPENDING}:")
        else ListColumn(column.role)
        for column in columns
    ]
