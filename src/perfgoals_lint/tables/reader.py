"""Layout ``grid``: goal tables on grids, forms and lists, over sheets, pages and tables of one document."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from perfgoals_lint.model import Document, GoalTable, Grid, Location, Problem, Source
from perfgoals_lint.rulebook.labels import is_level1
from perfgoals_lint.tables.account import count, name_unknown, settle
from perfgoals_lint.tables.amounts import is_amount, is_nothing
from perfgoals_lint.tables.bands import band_lead, bands_below, begins_class, names_next
from perfgoals_lint.tables.books import join_books
from perfgoals_lint.tables.calculations import Calculations
from perfgoals_lint.tables.cells import Box, GridRow, rows_of
from perfgoals_lint.tables.fields import TEXTS
from perfgoals_lint.tables.form_labels import labels_of, names_project
from perfgoals_lint.tables.forms import Form
from perfgoals_lint.tables.header import Header, find_header
from perfgoals_lint.tables.header_columns import GOALS, Column
from perfgoals_lint.tables.header_targets import of_year
from perfgoals_lint.tables.headings import AMOUNTS, BESIDE, LEVELS, box_field, column_role, is_money, is_name
from perfgoals_lint.tables.left_out import NOT_READ, left_out
from perfgoals_lint.tables.lists import is_page_mark
from perfgoals_lint.tables.money_units import Group, settle_units
from perfgoals_lint.tables.other_years import own_amounts
from perfgoals_lint.tables.pages import join_pages
from perfgoals_lint.tables.project_columns import one_a_field
from perfgoals_lint.tables.records import ProjectList
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.sides import apart
from perfgoals_lint.tables.states import instructs, without_goals
from perfgoals_lint.tables.subgoals import narrative_subgoals
from perfgoals_lint.tables.titles import Lead, is_lead, is_title, labelled, with_boxes
from perfgoals_lint.tables.words import is_note
from perfgoals_lint.text import squeeze

_IDENTITY = frozenset({"project_name", "project_code", "project_type", "project_level", "department", "unit"})


def recognise(source: Source) -> Document | None:
    """The goal tables of a source's grids, or ``None`` when it has no grid with one."""
    if not any(isinstance(block, Grid) for block in source.blocks):
        return None
    reader = _FormReader(Document(source.path, source.format, "grid"))
    rows = join_pages(list(rows_of(apart(source.blocks))))
    index = 0
    while index < len(rows):
        index += reader.read(rows, index)
    reader.close()
    name_unknown(reader.headings, reader.document)
    parts = join_books(reader.document)
    owners = {grid: parts[id(table)] for grid, table in reader.owners.items() if id(table) in parts}
    settle(rows, reader.document, owners)
    reader.document.problems += [*reader.unread(rows), *without_goals(reader.document.tables)]
    settle_units(reader.document, reader.groups)
    reader.document.subgoals = narrative_subgoals(source.blocks)
    return reader.document if reader.document.tables else None


class _FormReader:
    """Goes through the rows and gives each to the table that it belongs to."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lead = Lead()
        self.form: Form | None = None
        self.list: ProjectList | None = None
        self.foreign: Grid | None = None
        self._judged: Grid | None = None
        self._ended: Grid | None = None
        self._calculations = Calculations()
        self._bands: dict[int, list[GridRow]] = {}
        self._above: Header | None = None
        self.titles: dict[int, Box] = {}
        self.groups: list[Group] = []
        self.headings: dict[str, Location] = {}
        self.read_grids: set[int] = set()
        self.owners: dict[int, GoalTable] = {}
        self._touched: set[int] = set()

    def read(self, rows: list[GridRow], index: int) -> int:
        """Read the row at ``index``; returns how many rows were used."""
        row = rows[index]
        if row.grid is not None and len(row.filled) == 1 and self._is_aside(row.filled[0].text):
            count(row.filled, "notes")
            return 1
        if self._is_calculation(row):
            if self.form is not None and self.form.rows and row.grid is self.form.rows.header.grid:
                count(row.filled, "notes")
            return 1
        if id(row) in self._bands and self.form is not None:
            return self._next_band(row)
        names_next = self._names_next(rows, index)
        headed = self._goes_on_below(row)
        if self.form is not None and not names_next and (headed or self._is_plain(row)):
            self.form.indicator(row)
            return 1
        if (below := self._band(rows, index)) and self.form is not None:
            self.form.indicator(row)
            return below
        beside = self.form is not None and row.grid is not None and self.form.has_beside(row)
        header = None if beside else find_header(rows, index)
        if header is not None:
            self._header(header, row)
            for taken in rows[index : index + header.rows]:
                count(taken.filled, "headers")
            of_projects = self.form is not None and self.form.lead.form != "department"
            if of_projects and self.form and not self.form.entries and not self._bands:
                self._bands = bands_below(rows, index + header.rows, header)
            return header.rows
        if row.grid is None or names_next or self._announces(row):
            self.lead.take(row)
            self._take_note()
            if is_title(row):
                count(row.filled, "labels")
            elif row.grid is not None:
                count(row.filled, "fields")
            elif is_lead(row) or (len(row.filled) == 1 and is_page_mark(row.filled[0].text)):
                count(row.filled, "notes")
            if row.grid is not None and is_title(row):
                self.titles.setdefault(id(row.grid), row.filled[0])
        elif self.list is not None and not self._begins_form(row):
            if self._goes_on(row, self.list.header, self._has_amounts_in_place):
                self.list.read(row)
        else:
            self._form_row(rows, index)
        return 1

    def _band(self, rows: list[GridRow], index: int) -> int:
        """Read the first header of a form that prints each class above a header of its own; the rows used with that of the class."""
        row, form = rows[index], self.form
        first = form is not None and form.rows is None and len(row.filled) == 1 and index + 1 < len(rows)
        if not (first and is_level1(row.filled[0].key) and rows[index + 1].grid is row.grid):
            return 0
        used = self.read(rows, index + 1) if find_header(rows, index + 1) else 0
        return used + 1 if used and self.form is form and form is not None and form.rows else 0

    def _next_band(self, row: GridRow) -> int:
        """Begin the project that a row inside of the table names; the rows used."""
        assert self.form is not None
        said, lead = self._bands.pop(id(row)), self.form.lead
        for taken in (row, *said):
            count(taken.filled, "fields")
        if self.form.rows and self.form.rows.indicators:
            self.close()
        self.form = Form(band_lead(row, said, lead))
        return 1 + len(said)

    def _goes_on_below(self, row: GridRow) -> bool:
        """Do the indicators of the open form begin, whose header stands above the boxes of the project before it?"""
        header, form = self._above, self.form
        if header is None or form is None or form.rows is not None or header.grid is not row.grid:
            return False
        if (form.name or "project_name" in form.lead.values) and begins_class(row, header):
            form.header(header, row)
        return form.rows is not None

    def _is_aside(self, text: str) -> bool:
        """Is a text that stands alone in its row a page number, the number of an annex, or a note below a list?"""
        return is_page_mark(text) or (self.list is not None and is_note(squeeze(text)))

    def _is_calculation(self, row: GridRow) -> bool:
        """Is it a row of a table of what the money of the open form is made up of?"""
        rows = self.form.rows if self.form is not None and self.list is None else None
        return rows is not None and self._calculations.hold(row, rows.header) and not self._begins_form(row)

    def _is_plain(self, row: GridRow) -> bool:
        """Is it a row of the open table as nearly all are, on the grid of its header and with no name in it?"""
        if self.form is None or self.form.rows is None or self.list is not None:
            return False
        if "project_name" in self.lead.values or self.lead.heading is not None:
            return False
        header = self.form.rows.header
        if row.grid is not header.grid or is_lead(row):
            return False
        return begins_class(row, header) or not any(is_name(box.key) for box in row.filled)

    def close(self) -> None:
        """End the current form or list."""
        before = len(self.document.tables)
        merged = False
        if self.form is not None:
            table = self.form.table()
            if table is not None and not table.indicators and instructs(table):
                self.read_grids |= self._touched
                table = None
            last = self.document.tables[-1] if self.document.tables else None
            if table is not None and last is not None and _is_same_form(last, table):
                last.indicators += table.indicators
                merged = True
            elif table is not None:
                self.document.tables.append(table)
                self.document.problems += self.form.problems
                self.groups.append(self.form.group)
                self.headings = self.form.headings | self.headings
        if self.list is not None:
            self.list.close(self.document)
            self.groups.append(self.list.group)
        if self.document.tables:
            first = self.document.tables[min(before, len(self.document.tables) - 1)]
            for grid in self._touched if merged or len(self.document.tables) > before else ():
                self.owners.setdefault(grid, first)
        self.read_grids |= self._touched if merged or len(self.document.tables) > before else set()
        self._touched = set()
        self.form = self.list = None

    def unread(self, rows: list[GridRow]) -> Iterator[Problem]:
        """A problem for each grid that gave no goal table and has the title of one, or its labels."""
        for grid, title in self.titles.items():
            if grid not in self.read_grids:
                yield Problem(NOT_READ, title.location(), {"where": title.text.strip()})
        yield from left_out(rows, self.read_grids | self.titles.keys())

    def _header(self, header: Header, row: GridRow) -> None:
        if header.is_list:
            year = self.lead.year_of("")
            columns = one_a_field(own_amounts(of_year(header.columns, year), year))
            header = replace(header, columns=columns)
            self._note_headings(header.columns)
            if self.list is not None and self._same_list(header, self.list):
                self.list.header = header
            else:
                lead = self._lead_of_list()
                self.close()
                self.list = ProjectList(header, lead)
            self._touched.add(id(row.grid))
            return
        if self.list is not None or self._other_project():
            self.close()
        self.form = self.form or Form(self._take_lead())
        self._touched.add(id(row.grid))
        self._above = header
        columns = of_year(header.columns, self.form.year)
        self._note_headings(columns)
        self.form.header(header if columns is header.columns else replace(header, columns=columns), row)

    def _note_headings(self, columns: Sequence[Column]) -> None:
        """Note the names of columns kept under them, but those of no use to a rule, or repeated for the one they are merged with."""
        read = {(c.box.key, c.right) for c in columns}
        own = {c.box.key for c in columns if c.role}
        for column in (c for c in columns if not c.role and (c.box.key, c.left) not in read):
            key = column.box.key
            kept = is_money(box_field(key) or "") or column_role(key) in VALUES or key in own
            if kept or not is_name(key):
                self.headings.setdefault(key, column.box.location())

    def _has_amounts_in_place(self, row: GridRow, header: Header) -> bool:
        """Is a row as wide as a list, under no title of its own, with amounts where they belong?"""
        placed = header.place(row)
        money = [i for i, column in enumerate(header.columns) if column.role in AMOUNTS]
        cells = [box.text for index in money for box in placed.get(index, ())]
        fits = all(is_amount(text) or is_nothing(text) for text in cells) and _is_as_wide(row, header)
        return fits and id(row.grid) not in self.titles

    def _goes_on(self, row: GridRow, header: Header, fits: Callable[[GridRow, Header], bool]) -> bool:
        """May a row go on with a table: of its own grid always, of another one where the first row there fits?"""
        if row.grid is not header.grid and row.grid is not self._judged:
            self._judged = row.grid
            self.foreign = None if fits(row, header) else row.grid
        goes_on = row.grid is header.grid or row.grid is not self.foreign
        self._touched |= {id(row.grid)} if goes_on else set()
        return goes_on

    def _same_list(self, header: Header, last: ProjectList) -> bool:
        """Is a list's header printed again for the same list, not for that of another department or unit?"""
        lead, before = self.lead, last.lead
        own, known = (
            [one.values.get(name, (None,))[0] for name in ("department", "unit")] for one in (lead, before)
        )
        same = own == known and lead.title in (None, before.title)
        return same and header.roles == last.header.roles and not last.ends_beside(header, lead)

    def _take_note(self) -> None:
        """A money unit below a form or list that has none, before another title, is its own."""
        open_ = self.form or self.list
        if open_ is not None and open_.lead.factor is None and self.lead.title is None:
            open_.lead.factor = self.lead.factor

    def _lead_of_list(self) -> Lead:
        """What is said above a list, also in a form of boxes that is none by itself."""
        form = self.form if self.form is not None and self.form.rows is None and not self.lead.title else None
        said = with_boxes(form.lead, form.entries) if form is not None else None
        self.form = None if said else self.form
        return said or self._take_lead()

    def _take_lead(self) -> Lead:
        lead, self.lead = self.lead, self.lead.next()
        return lead

    def _other_project(self) -> bool:
        """A second header: of another project when a title or a name was read since, else of the next page."""
        if self.form is None or self.form.rows is None:
            return False
        lead, last = self.lead, self.form.lead
        named = "project_name" in lead.values or (lead.heading is not None and lead.heading != last.heading)
        return named or (lead.title is not None and lead.title != last.title)

    def _announces(self, row: GridRow) -> bool:
        """A title or a line about the table to come, not a value of the form that is being read."""
        if self.form is not None and self.form.rows is None:
            goal = self.form.wants_goal and box_field(row.filled[0].key) in GOALS
            return is_title(row) and not goal and self.form.name is not None and row.filled[0].left == 0
        return is_lead(row)

    def _names_next(self, rows: list[GridRow], index: int) -> bool:
        """Does a row name the next project of a document whose forms have no box for it?"""
        named = self.form is not None and (self.form.rows is None or "project_name" in self.form.entries)
        return not (self.list or named) and names_next(rows, index)

    def _begins_form(self, row: GridRow) -> bool:
        labels = set(labels_of(row).values())
        return bool(labels & _IDENTITY) and row.filled[0] in labels_of(row)

    def _is_below(self, rows: list[GridRow], index: int) -> bool:
        """Are the boxes from a row on those of the open form, printed below its rows: on its grid, without a name of another
        project, a title or a header to come?"""
        grid, form = rows[index].grid, self.form
        if form is None or form.rows is None or grid is not form.rows.header.grid:
            return False
        if self._ended is not grid:
            for row in rows[index:]:
                if row.grid is not grid:
                    break
                names = {box_field(box.key) for box in row.filled} & {"project_name", "project_code"}
                roles = {column_role(box.key) for box in row.filled} & {*LEVELS}
                if names or len(roles) > 1 or is_title(row):
                    return False
            self._ended = grid
        return True

    def _form_row(self, rows: list[GridRow], index: int) -> None:
        row = rows[index]
        labels = labels_of(row)
        fields = set(labels.values())
        form = self.form
        header = form.rows.header if form and form.rows else None
        headed = self.lead.heading is not None and header is not None
        titled = (self.lead.title is not None or headed) and row.grid is not None
        begins = row.filled[0] in labels and (bool(fields & _IDENTITY) or titled)
        begins = begins and (titled or not self._is_below(rows, index))
        same = header is not None and row.grid is not None and (row.grid.sheet or row.grid is header.grid)
        # A line that names the next project was read since.
        if header is not None and ("project_name" in self.lead.values or (headed and same)):
            begins = begins or bool(labels) or any(labelled(row.filled[0].text))
        if begins and form is not None and (form.rows or ("project_name" in fields and form.name)):
            self.close()
            form = None
        if self.list is not None:
            self.close()
        if form is None:
            if not labels and self.lead.title is not None and names_project(row):
                self._touched.add(id(row.grid))
                self.form = Form(self._take_lead())
                self.form.named_by(row)
                return
            if not labels and not any(any(labelled(box.text)) for box in row.filled):
                if len(row.filled) == 1:
                    # A heading, the number of an annex, who made the form.
                    count(row.filled, "notes")
                return
            form = self.form = Form(self._take_lead())
        own_box = labels.get(row.filled[0]) not in (None, *BESIDE)
        header = form.rows.header if form.rows else None
        left = header and row.filled[0].left <= min(column.left for column in header.columns)
        if header is None or (own_box and left and not header.sums_points(row)):
            self._touched.add(id(row.grid))
            form.fields(row)
        elif self._goes_on(row, header, _has_class_or_room):
            form.indicator(row)


def _has_class_or_room(row: GridRow, header: Header) -> bool:
    """Has a row a class label, or is it as wide as the table and blank where the labels stand?"""
    placed = header.place(row)
    levels = [i for i, column in enumerate(header.columns) if column.role in ("level1", "level2")]
    blank = bool(levels) and not any(box.key for index in levels for box in placed.get(index, ()))
    return header.has_class(row) or (blank and _is_as_wide(row, header))


def _is_as_wide(row: GridRow, header: Header) -> bool:
    return row.grid is not None and (row.grid.columns == header.grid.columns or row.grid.page is not None)


def _is_same_form(last: GoalTable, table: GoalTable) -> bool:
    """Does a page repeat the head of the form on the page before and go on with its rows?"""
    pages = last.location.page, table.location.page
    if None in pages or pages[0] == pages[1] or not table.project_name:
        return False
    heads = (
        [getattr(one, name) for name in (*TEXTS, "annual_goal", "budget_yuan", "period")]
        for one in (last, table)
    )
    rows = ({(row.level2, row.level3, row.annual_value) for row in one.indicators} for one in (last, table))
    return next(heads) == next(heads) and next(rows).isdisjoint(next(rows))
