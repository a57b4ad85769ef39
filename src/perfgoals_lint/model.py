"""The nouns: what a document holds, what a goal table says, what a rule finds.

All are plain slots dataclasses: they are created by the hundred thousand and must not cost an import of pydantic.
``to_json`` gives the JSON of the data contract; ``schemas.py`` lets pydantic derive the JSON Schemas from these
same classes. Amounts are ``Decimal`` in 元. Positions inside a ``Grid`` are 0-based, positions inside a ``Location``
are 1-based.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from dataclasses import field as member
from decimal import Decimal
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]
Status = Literal["passed", "found", "not_applicable", "not_checked", "crashed"]

SOURCES = {"fiscal": "财政拨款", "special_account": "财政专户拨款", "other_funds": "其他资金"}
"""The sources of funds that the forms print, by the name of their box."""


@dataclass(slots=True, frozen=True)
class Location:
    """A place in a file; only the members that fit the carrier are set.

    ``sheet`` and ``cell`` (``B12``) for spreadsheets; ``table``, ``row``, ``column`` for word-processor files, HTML and
    CSV; ``page`` and ``bbox`` (x0, y0, x1, y1 in points) for PDF and OFD; ``line`` and ``column`` (in characters) for
    text. Numbers are 1-based.
    """

    path: str
    sheet: str | None = None
    cell: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    line: int | None = None


@dataclass(slots=True)
class Problem:
    """Something that could not be read, recognised or trusted: a ``PGX`` code and the arguments of its message."""

    code: str
    location: Location
    args: dict[str, str] = member(default_factory=dict)


# --- what a reader gives ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Line:
    """One printed line. ``text`` has no line end; tabs and blanks inside it are kept."""

    text: str
    location: Location


@dataclass(slots=True)
class TextBlock:
    """Lines that belong to no grid: a text file, or the prose between two tables."""

    lines: list[Line]


@dataclass(slots=True)
class Cell:
    """One cell of a grid; a merged rectangle is one cell with spans. ``text`` is the shown text, line breaks kept.

    ``places`` says of a cell that was cut out of running text where each line of its text stands.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    hidden: bool = False
    nested: list[Grid] = member(default_factory=list)
    unknown: bool = False
    """A formula whose value the file does not hold: what the cell shows is not known, and it is not empty."""
    places: list[Location] | None = None


@dataclass(slots=True)
class SourceComment:
    """A comment of a page's source: its text, its line, and the table and row (1-based) that it stands in, or 0 and the
    row that follows it."""

    text: str
    line: int
    table: int
    row: int


@dataclass(slots=True)
class Grid:
    """A table as laid out: a sparse list of cells in reading order (row, then column), rows and columns 0-based.

    ``sheet`` names a worksheet, ``table`` counts tables (1-based) where there are no sheets. A grid that continues
    over pages is one grid per page; ``page`` is then set. ``truncated`` says that the source ends inside the last row.
    """

    path: str
    cells: list[Cell]
    rows: int
    columns: int
    sheet: str | None = None
    table: int | None = None
    page: int | None = None
    hidden: bool = False
    truncated: bool = False

    def locate(self, cell: Cell) -> Location:
        """The 1-based place of a cell (the top left of a merged one)."""
        if cell.places:
            return cell.places[0]
        if self.sheet is not None:
            return Location(self.path, sheet=self.sheet, cell=column_letters(cell.column) + str(cell.row + 1))
        if cell.bbox is not None:
            return Location(self.path, page=cell.page or self.page, bbox=cell.bbox)
        return Location(self.path, table=self.table, row=cell.row + 1, column=cell.column + 1)


PartKind = Literal[
    "picture",
    "chart",
    "text_box",
    "comment",
    "footnote",
    "hidden_sheet",
    "hidden_text",
    "deleted_text",
    "attachment",
    "header",
    "footer",
]


@dataclass(slots=True)
class Part:
    """A part of a file that is no part of its tables and lines: where it is, and its text where it has one.

    ``size`` is the width and height of a picture in millimetres, where the file says it.
    """

    what: PartKind
    location: Location
    text: str | None = None
    size: tuple[float, float] | None = member(default=None, metadata={"printed": False})


@dataclass(slots=True)
class Source:
    """A file as read: blocks in document order, the parts that are in no block, what went wrong while reading, and
    where its inline comments stand (line, table, row; 1-based), if its reader takes them out."""

    path: str
    format: str
    blocks: list[TextBlock | Grid] = member(default_factory=list)
    problems: list[Problem] = member(default_factory=list)
    parts: list[Part] = member(default_factory=list)
    comments: list[SourceComment] = member(default_factory=list)


@dataclass(slots=True)
class Directive:
    """An inline comment that asks for silence: the ``selectors`` it names, its reason, and where it holds.

    ``line`` is the comment's line in the file; ``table`` is set where findings are told by table and row instead, and
    ``rows`` then holds rows, else lines. All are 1-based. ``kind`` is ``ignore`` (these rows), ``range`` (from the first of
    the rows to the last), ``table`` (``tables``, 0-based, as documents count them) or ``fault``: a comment, ``text``, that
    is only nearly right, for the reason ``fault``. ``places`` are the (table, row) of a range in a grid.
    """

    selectors: list[str]
    reason: str
    line: int
    rows: list[int]
    table: int | None = None
    kind: str = "ignore"
    fault: str | None = None
    text: str = ""
    tables: list[int] = member(default_factory=list)
    places: list[list[int]] = member(default_factory=list)


def column_letters(index: int) -> str:
    """The spreadsheet letters of a 0-based column: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# --- what a layout gives ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Indicator:
    """One row of a goal table, text as printed with layout breaks joined; absent is ``None``, never ``""``."""

    number: int | None = None
    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    description: str | None = None
    cycle_value: str | None = None
    annual_value: str | None = None
    basis: str | None = None
    weight: str | None = None
    level1_code: str | None = None
    level2_code: str | None = None
    level1_class: str | None = None
    level2_class: str | None = None
    truncated: bool = False
    locations: dict[str, Location] = member(default_factory=dict)
    columns: dict[str, str] = member(default_factory=dict)
    """What stands in columns that are none of the fields, by their header as printed."""
    sign: str | None = None
    """The sign of a column of its own, as printed."""
    direction: Literal["higher", "lower"] | None = None
    """What a column 正向/反向 says."""
    unit: str | None = None
    """The unit of a column of its own, as printed."""
    unknown: list[str] = member(default_factory=list, metadata={"printed": False})
    """Fields that hold a formula whose value is not known; they are ``None`` and yet not empty."""


@dataclass(slots=True)
class MoneyUnit:
    """The unit in which amounts are printed: where it was found, and for an inferred one what it rests on."""

    unit: str | None
    origin: Literal["printed", "note", "form", "inferred"]
    evidence: str | None = None


@dataclass(slots=True)
class UnreadCell:
    """A cell of a table's grid that is no label, header, field, indicator cell, total or note."""

    text: str
    location: Location


@dataclass(slots=True)
class CellAccount:
    """How many non-blank cells (in text: pieces of lines) a document has, and what each was read as."""

    cells: int = 0
    labels: int = 0
    headers: int = 0
    fields: int = 0
    indicator_cells: int = 0
    totals: int = 0
    notes: int = 0
    unread: int = 0


@dataclass(slots=True)
class Period:
    """First and last year of the implementation period (起始年度, 到期年度), both included."""

    start: int | None
    end: int | None


@dataclass(slots=True)
class Task:
    """One of the year's main tasks (年度主要任务) in a whole-department form, amounts in 元."""

    name: str
    location: Location
    content: str | None = None
    amount_yuan: Decimal | None = None
    funding_yuan: dict[str, Decimal] | None = None


@dataclass(slots=True)
class GoalTable:
    """One project's goal table. ``budget_yuan`` and ``funding_yuan`` are in 元, with the printed precision kept.
    ``fields`` are the labelled boxes that are none of the named fields (测算依据, 项目概况 …), by label as printed; their
    places are in ``locations`` under that label."""

    location: Location
    project_name: str = ""
    project_code: str | None = None
    project_type: str | None = None
    project_level: str | None = None
    department: str | None = None
    unit: str | None = None
    period: Period | None = None
    fiscal_year: int | None = None
    budget_yuan: Decimal | None = None
    funding_yuan: dict[str, Decimal] | None = None
    purpose: str | None = None
    cycle_goal: str | None = None
    annual_goal: str | None = None
    disbursement_plan: list[tuple[str, str]] | None = None
    indicators: list[Indicator] = member(default_factory=list)
    truncated: bool = False
    form: Literal["project", "department", "self-evaluation"] = "project"
    title: str | None = None
    tasks: list[Task] | None = None
    locations: dict[str, Location] = member(default_factory=dict)
    fields: dict[str, str] = member(default_factory=dict)
    """What stands in labelled boxes that are none of the named fields, by their label as printed."""
    money_unit: MoneyUnit | None = None
    header: list[tuple[str, str]] = member(default_factory=list)
    """The columns of the indicator table: the text printed and the role it was read in."""
    state: Literal["filled", "blank_form", "example"] = "filled"
    funding_tree: dict[str, dict[str, Decimal]] = member(default_factory=dict)
    """The parts of sources that are broken down, by source."""
    unread: list[UnreadCell] = member(default_factory=list)
    unknown: list[str] = member(default_factory=list, metadata={"printed": False})
    """As in a row, for the fields of the table."""
    labels: dict[str, Location] = member(default_factory=dict, metadata={"printed": False})
    """Where the labels of fields that are not filled in are printed, by field."""


@dataclass(slots=True)
class Total:
    """A 合计 or sub-total row, in 元. ``first`` and ``last`` are the tables (0-based, inclusive) that it should cover;
    ``None`` when the layout cannot tell."""

    name: str
    location: Location
    total: Decimal | None = None
    funding_yuan: dict[str, Decimal] = member(default_factory=dict)
    grand: bool = False
    first: int | None = None
    last: int | None = None


@dataclass(slots=True)
class SubGoal:
    """A narrative sub-goal (分项绩效目标) outside the tables: its title, goal line and indicator line."""

    title: str
    goal: str | None
    indicators: str | None
    location: Location


@dataclass(slots=True)
class Document:
    """What one file says. ``layout`` is the recogniser that fitted, ``None`` when none did."""

    path: str
    format: str
    layout: str | None = None
    tables: list[GoalTable] = member(default_factory=list)
    totals: list[Total] = member(default_factory=list)
    subgoals: list[SubGoal] = member(default_factory=list)
    problems: list[Problem] = member(default_factory=list)
    parts_unread: list[Part] = member(default_factory=list)
    account: CellAccount | None = None


# --- what a rule gives --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Related:
    message: str
    location: Location


@dataclass(slots=True)
class Edit:
    """Replace ``old`` by ``new`` in one field of one row; ``location`` is the field's place."""

    location: Location
    field: str
    old: str
    new: str


@dataclass(slots=True)
class Fix:
    """Edits that put a finding right. Only a ``safe`` fix is applied without being asked for one by one."""

    safe: bool
    edits: list[Edit]


@dataclass(slots=True)
class Finding:
    """The one thing that reports see. ``span`` (start, end, 0-based characters) marks the faulty part in the text of
    ``field``; ``quote`` is that text. ``values`` are the values of the row (``cycle_value``, ``annual_value``), for reports
    that show it. ``suppressed`` says who set the finding aside (``kind`` ``inline`` or ``external``,
    ``reason`` …); ``baseline_state`` is ``new``, ``unchanged``, ``updated`` or ``absent``, ``None`` without a baseline."""

    rule: str
    name: str
    severity: Severity
    dimension: str
    message: str
    document: str
    advice: str | None = None
    basis: str | None = None
    project_name: str | None = None
    unit: str | None = None
    table_index: int | None = None
    indicator: dict[str, str | None] | None = None
    field: str | None = None
    location: Location | None = None
    related: list[Related] = member(default_factory=list)
    evidence: dict[str, Any] | None = None
    fix: Fix | None = None
    fingerprint: str = ""
    quote: str | None = None
    span: tuple[int, int] | None = None
    values: dict[str, str | None] | None = None
    suppressed: dict[str, Any] | None = None
    baseline_state: str | None = None
    digest: str = member(default="", metadata={"printed": False})
    """What the message says of its subject, without places and the same in every language; for the baseline only."""


def to_json(value: Any) -> Any:
    """Plain JSON data of any model value: decimals as strings without exponent, ``Location`` without unset members."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    items = ((f.name, getattr(value, f.name)) for f in fields(value) if f.metadata.get("printed", True))
    if isinstance(value, Location):
        return {name: to_json(item) for name, item in items if item is not None}
    return {name: to_json(item) for name, item in items}
