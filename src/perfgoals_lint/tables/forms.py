"""One project's form on a grid: label and value boxes in any order, then the indicator table."""

from perfgoals_lint.model import GoalTable, Grid, HeaderText, Indicator, Location, Problem
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.account import count
from perfgoals_lint.tables.amount_blocks import AmountBlocks
from perfgoals_lint.tables.amounts import is_amount, money_factor, remark_of
from perfgoals_lint.tables.breakdowns import Breakdown
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.class_columns import ClassesOver, joined_boxes
from perfgoals_lint.tables.entries import KEPT, LabelledEntry
from perfgoals_lint.tables.fields import OF_PERIOD, fill, labelled_year
from perfgoals_lint.tables.form_entries import FormEntries
from perfgoals_lint.tables.form_labels import (
    add_below_goals,
    goal_parts,
    goes_on,
    has_labels_alone,
    is_heading,
    is_indicator,
    is_named_amount,
    is_note_row,
    is_pair_below,
    is_section,
    is_verdict_row,
    labels_of,
    listed_in,
    may_stand_below,
    printed_factor,
    rows_beside,
    says_box,
    stands_below,
    unit_beside,
    unknown_pairs,
)
from perfgoals_lint.tables.header import Header, repeated
from perfgoals_lint.tables.header_columns import GOALS
from perfgoals_lint.tables.header_targets import as_changed, settle_blocks
from perfgoals_lint.tables.headings import BESIDE, LEVELS, box_field, column_role, is_money
from perfgoals_lint.tables.money_units import Group
from perfgoals_lint.tables.named_values import told_indicators
from perfgoals_lint.tables.other_years import OtherYears, is_whole
from perfgoals_lint.tables.rows import IndicatorRows
from perfgoals_lint.tables.sources import unknown_sources
from perfgoals_lint.tables.tasks import TaskRows, note_schedule
from perfgoals_lint.tables.texts import cell_text
from perfgoals_lint.tables.timespans import PERIOD, years_of
from perfgoals_lint.tables.titles import LINE_FIELDS, Lead, is_aside, labelled, says_sources
from perfgoals_lint.tables.words import is_sum

DOUBT = "PGX170"
_FEWEST_OF_YEAR = 3
"""Labels in a row from which on one of a year counts the rows below (年度, 小计, 财政拨款)."""


class Form:
    """Collects one goal table from the rows of its section."""

    def __init__(self, lead: Lead) -> None:
        self.lead = lead
        self.entries = FormEntries()
        self.rows: IndicatorRows | None = None
        self.tasks: TaskRows | None = None
        self.problems: list[Problem] = []
        self.doubts: list[Problem] = []
        self.group = Group([])
        self.headings: dict[str, Location] = {}
        self.first: Box | None = None
        self._waiting: list[tuple[Box, str, LabelledEntry]] = []
        self._left: tuple[str, LabelledEntry] | None = None
        self._left_edge = 0
        self._ended: Grid | None = None
        self._last: GridRow | None = None
        self._unknown: dict[str, tuple[str, Location]] = {}
        self._listed: list[Indicator] = []
        self._classes = ClassesOver()
        self._years = OtherYears(self._unknown)
        self._breakdown = Breakdown(self.group)
        self._blocks = AmountBlocks()

    @property
    def wants_goal(self) -> bool:
        """Does a goal still belong to the form, so that a label of one alone in its row is no title?"""
        return self.rows is None and self.name is not None and "annual_goal" not in self.entries

    @property
    def name(self) -> str | None:
        """The project's name as far as it was read."""
        entry = self.entries.get("project_name")
        return entry.text if entry else None

    @property
    def year(self) -> int | None:
        """The year of the budget as far as it is known."""
        return self.lead.year_of("") or labelled_year(self.entries)

    def header(self, header: Header, row: GridRow) -> None:
        """Begin the indicator table, or go on with it under its repeated header."""
        self.first = self.first or row.filled[0]
        self._waiting = []
        if self.rows is None:
            self.rows = IndicatorRows(header)
            if header.doubtful:
                args = {"project": self.name or "", "headings": "、".join(header.doubtful)}
                self.doubts.append(Problem(DOUBT, row.filled[0].location(), args))
        else:
            self.rows.go_on(header)

    def indicator(self, row: GridRow) -> None:
        """Read a row of the indicator table."""
        if self.rows is None:
            return
        apart = self._last is not None and self._last.grid is row.grid and row.index > self._last.index + 1
        ended = self._ended is row.grid or (apart and len(row.filled) == 1 and row.leading is None)
        below = stands_below(row) or (ended and not self.rows.header.has_class(row))
        if below:
            self._ended = row.grid  # What asks for a verdict ends the table, with all that stands below.
        if says_box(row) and self._pairs(row.filled[0], row):
            return
        if not below and is_pair_below(row, self.rows.header):
            self._keep_unknown(row)
            return
        if below:
            count(row.filled, "notes")
            return
        self._ended, self._last = None, row
        self.rows.read(row)

    def fields(self, row: GridRow) -> None:
        """Read a row of label and value boxes, or of what the money is made up of."""
        if self.rows is None and self._breakdown.take(row, self.lead.factor, self.year):
            self.first = self.first or row.filled[0]
            self._waiting, self._left = [], None
            return
        if self.rows is None:
            self._blocks.note(row, self.lead.factor)
        below = self._classes.below(row) if self.rows is None else []
        if below is None:
            return
        listed = listed_in(row) or below if self.rows is None else []
        if listed and GOALS.keys().isdisjoint(self._labels(row).values()):
            self.first = self.first or row.filled[0]
            self._listed += listed
            count(row.filled, "indicator_cells")
            return
        headless = row.grid is self._ended is not None and not labels_of(row)
        if self.rows is None and (headless or is_indicator(row)):
            self._ended = row.grid  # Rows below no header are no text of the box above, nor boxes.
            count((box for box in row.filled if box_field(box.key) in BESIDE), "labels")
            return
        if not (row := self._years.rest(row, self.year, self.rows is None and not self._dates(row))).filled:
            return
        self._read_fields(row)
        if self.first is not None:
            self._keep_unknown(row)

    def _dates(self, row: GridRow) -> bool:
        """Do years of a row stand below the labels of a period?"""
        labels = [(label, name) for label, name, _ in self._waiting if name in PERIOD]
        return any(may_stand_below(b, *one) and years_of(b.text) for one in labels for b in row.filled)

    def named_by(self, row: GridRow) -> None:
        """Begin with a row of two boxes, the second of which holds the name of the project."""
        label, value = row.filled
        self.first = label
        label.count("labels")
        self._open("project_name", label, row).add("project_name", value)

    def _keep_unknown(self, row: GridRow) -> None:
        """Keep a box whose label no form knows, under that label: two texts beside each other that are nothing else."""
        for label, value in unknown_pairs(row):
            key = label.key.rstrip(":：")
            if key in self._unknown:
                continue
            if factor := unit_beside(label, value):
                self.lead.factor = self.lead.factor or factor
                continue
            alone = framework_data("fields")["alone"].get(key)
            if alone and alone not in self.entries and len(row.filled) == 2:
                self._open(alone, label, row).add(alone, value)
            else:
                self.headings.setdefault(key, label.location())
            self._unknown[key] = (cell_text(value.text) or "", value.location())
            label.count("labels")
            value.count("fields")

    def _read_fields(self, row: GridRow) -> None:
        labels = self._labels(row)
        if self._is_remark(row, bool(labels)):
            return
        count((box for box in row.filled if box in labels or box.key.rstrip(":：") == "其中"), "labels")
        if self.rows is not None and row.filled and is_verdict_row(row):
            self._ended = row.grid
        beside = "tasks" if self._sums_tasks(row) else rows_beside(row, labels, self._left)
        if labels:
            self.first = self.first or row.filled[0]
            if row.filled[0] is row.boxes[0] and row.boxes[0] not in labels:
                self._left = None
                if row.boxes[0].bottom > row.index + 1 and row.filled[1] in labels:
                    row.boxes[0].count("labels")  # 基本信息 beside the boxes of a block
        waiting, self._waiting = self._waiting, [] if labels or beside is not None else self._waiting
        if labels and beside is None and add_below_goals(waiting, row, labels):
            return
        if beside == "tasks":
            self._task(row)
            return
        if beside == "schedule":
            inside = [box for box in row.filled if box not in labels]
            note_schedule(self._unknown, inside, row.leading or row.boxes[0])
            count(row.filled, "fields")
            self._left = ("schedule", LabelledEntry(row.boxes[0].key))
            return
        if not labels:
            self._values_only(row)
            return
        current: tuple[Box, str, LabelledEntry] | None = None
        for box in row.filled:
            if box in labels:
                self._wait(current, row, box)
                current = (box, labels[box], self._open(labels[box], box, row))
            elif is_aside(box.text):
                box.count("notes")
                self.lead.factor = self.lead.factor or money_factor(box.text)
            elif current is not None and self._is_no_value(current[1], box):
                current = None if is_heading(box) else current  # else the row is the head of amounts below
            elif current is not None:
                self._take(box, current, row)
            elif row.leading is not None and self._left and not is_named_amount(self._left[0], box, row):
                self._left[1].add(self._left[0], box)
        self._wait(current, row, None)

    def _take(self, box: Box, label: tuple[Box, str, LabelledEntry], row: GridRow) -> None:
        """Read a box behind a label: its value, or what says the labels of amounts itself."""
        says = not is_amount(box.text) if is_money(label[1]) else says_sources(label[0].key, box.text)
        if not says or not self._pairs(box, row, unit=True):
            label[2].add(label[1], box)
        if remark := remark_of(box.text):
            self._pairs(box.cut(remark), row)

    @staticmethod
    def _is_no_value(name: str, box: Box) -> bool:
        """Note a box behind a label that heads amounts below, or names the sum of a block in front of its amount (合计)."""
        heads = is_heading(box)
        if heads or (is_money(name) and is_whole(box.key)):
            box.count("headers" if heads else "labels")
            return True
        return False

    def _is_remark(self, row: GridRow, labelled: bool) -> bool:
        """Note a row that is the name of a part of the form, with the money unit there, or a remark."""
        section = not labelled and is_section(row)
        unit = len(row.filled) == 1 and is_aside(row.filled[0].text)
        remark = section or unit or (is_note_row(row) and (self.rows is not None or not labelled))
        if section or (unit and not any(map(is_money, self.entries))):
            self.lead.factor = self.lead.factor or money_factor(row.filled[0].text)
        count(row.filled if remark else (), "labels" if section else "notes")
        return remark

    def _labels(self, row: GridRow) -> dict[Box, str]:
        """The labels of a row, those of the parts of a goal among them; what a goal comes to is one text with them."""
        labels = labels_of(row)
        parts = goal_parts(row, labels, self._left)
        for name in parts.values():
            self.entries.setdefault(name, LabelledEntry(row.boxes[0].key)).parted = True
        return labels | parts

    def has_beside(self, row: GridRow) -> bool:
        """Does a box with rows of its own stand in front of the row, so that it is no header of indicators?"""
        if sum(column_role(box.key) in LEVELS for box in row.filled) > 1:
            return False
        return bool((row.leading or row.boxes[0]).key) and rows_beside(row, {}, self._left) is not None

    def _task(self, row: GridRow) -> None:
        boxes = row.filled
        if labels_of(row).get(boxes[0]) == "tasks" and boxes[0] is row.boxes[0]:
            self._left = ("tasks", LabelledEntry(boxes[0].key))
            boxes = boxes[1:]
        self.tasks = self.tasks or TaskRows(self.group)
        if not self.tasks.read(boxes, self.lead.factor):
            # A text, not tasks in rows and columns.
            note_schedule(self._unknown, row.filled)
            self.headings.setdefault(row.filled[0].key.rstrip(":："), row.filled[0].location())
        count(row.filled, "fields")

    def _sums_tasks(self, row: GridRow) -> bool:
        """Does a row right below the tasks add them up, under a label that stands beside none of them?"""
        below = self.tasks is not None and self.tasks.tasks and self._left and self._left[0] == "tasks"
        return bool(below) and is_sum(row.filled[0].key) and len(row.filled) > 1

    def _wait(self, label: tuple[Box, str, LabelledEntry] | None, row: GridRow, after: Box | None) -> None:
        """A label without a value may have it below, unless a blank box beside it is where the value belongs."""
        if label is None or label[2].boxes:
            return
        blank = any(label[0].left < box.left < (after.left if after else box.left + 1) for box in row.boxes)
        if not blank or len(row.filled) == 1 or has_labels_alone(row):
            self._waiting.append(label)

    def _open(self, name: str, box: Box, row: GridRow) -> LabelledEntry:
        """The entry of a label; a label that begins a row may go on in the next one."""
        entry = self.entries.open(name, box, row)
        if box is row.boxes[0]:
            self._left, self._left_edge = (name, entry), box.left
        return entry

    def _values_only(self, row: GridRow) -> None:
        """A row without labels: values below their labels, or more of a text that began above."""
        waiting, self._waiting = self._waiting, []
        of_year = next((part for part in waiting if part[1] == "fiscal_year"), None)
        amount_year = next(
            (box for box in row.filled if of_year and may_stand_below(box, *of_year[:2])), None
        )
        if of_year and amount_year and len(waiting) >= _FEWEST_OF_YEAR:
            self._waiting = waiting
            if self._years.keeps(row, amount_year, bool(of_year[2].boxes), self.year):
                return
        if row.leading is None and waiting and row.boxes[0].key and waiting[0][0].left > row.boxes[0].left:
            waiting = []  # the row has a label of its own, one that no form knows
        if add_below_goals(waiting, row, {}):
            return
        budget = self.entries.get("budget")
        if budget is not None and not budget.has("budget") and is_sum(row.filled[0].key):
            budget.boxes += row.filled[1:]  # 合计 below the sources is the budget that its box announces
            count(row.filled, "fields")
            return
        for box in row.filled:
            over = [part for part in waiting if may_stand_below(box, part[0], part[1])]
            if over and over[0][1] == "aside" and self._pairs(box, row):
                continue  # 按支出性质分 over 基本支出：900
            if over:
                over[0][2].add(over[0][1], box)
            elif box is row.boxes[0] and box.left <= self._left_edge and not row.opens_page:
                self._left = None
                self._pairs(box, row)
            elif self._left and goes_on(self._left, row, self._left_edge):
                self._left[1].add(self._left[0], box)
            else:
                self._pairs(box, row)

    def _pairs(self, box: Box, row: GridRow, unit: bool = False) -> bool:
        """Read a box that says its own labels (资金总额：58); are there any? Beside the label of amounts with their ``unit`` theirs needs
        no mark (总额58)."""
        found = False
        factor = printed_factor(row)
        for name, label, value in labelled(box.text, unit and factor is not None):
            found = True
            self.first = self.first or box
            box.count("fields")
            count(row.filled[:1] if len(row.filled) == 2 else (), "labels")
            self.entries.say(name, label or name, box.cut(value), factor)
        return found

    def table(self) -> GoalTable | None:
        """The goal table, or ``None`` when the rows were none: no name and no indicators."""
        indicators = self._listed + (self.rows.indicators if self.rows else [])
        if listed := self.entries.list_of_indicators() if not indicators else None:
            indicators = told_indicators(joined_boxes(listed.boxes))
        if self.first is None:
            return None
        table = GoalTable(self.lead.title_location or self.first.location(), indicators=indicators)
        table.title, table.form = self.lead.title, self.lead.form
        table.unknown += ["indicators"] if listed and not indicators else []
        table.fiscal_year = self.lead.year_of(self.name or "")
        if self.tasks is not None:
            self.tasks.settle(table, self.entries)
        for name, label, box in self.lead.boxes:
            # Lines far above may speak of another part of the document.
            own = name in self.entries and self.entries[name].has(name)
            if name in KEPT or own == (name in LINE_FIELDS):
                self.entries.say(name, label, box)
        table.blocks = self._blocks.added()
        self.entries.settle(self._blocks.of_whole())
        for label, entry in self.entries.others:
            if text := entry.text:
                self._unknown.setdefault(label, (text, entry.boxes[0].location()))
                if self.entries.must_be_said(label, text) and not (entry is listed and indicators):
                    self.headings.setdefault(label, entry.boxes[0].location())
        for label, box in self.rows.sums.items() if self.rows is not None else ():
            self._unknown.setdefault(label, (box.text.strip(), box.location()))
        table.fields = {label: text for label, (text, _) in self._unknown.items()}
        table.locations |= {label: place for label, (_, place) in self._unknown.items()}
        if self.rows is not None:
            columns = self.rows.header.columns
            table.header = [HeaderText(column.box.text.strip(), column.role) for column in columns]
            self.headings |= self.rows.remarked() | repeated(self.rows.header, indicators)
            table.indicators = as_changed(columns, indicators)
            if OF_PERIOD.isdisjoint(self.entries):
                settle_blocks(columns, indicators)
        self.group.tables.append(table)
        self.problems = fill(self.group, self.entries, self.lead.factor)
        for label in unknown_sources(table, self._unknown):
            self.headings.pop(label, None)
        self._breakdown.settle(table, self.entries.get("budget"), self.lead.factor)
        self.problems += self.doubts + (self.tasks.problems if self.tasks else [])
        self.lead.complete(table)
        if not table.project_name and (programme := self.entries.get("programme")):
            table.project_name = programme.text or ""
            table.locations["project_name"] = programme.boxes[0].location()
        said = table.annual_goal or table.cycle_goal or table.budget_yuan is not None or self.rows
        blank = self.rows is not None and {"project_name", "budget"} & self.entries.keys()
        return table if indicators or (table.project_name and said) or blank else None
