"""What a goal table says: documents with their tables and rows of indicators. Amounts are ``Decimal`` in 元."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as member
from decimal import Decimal
from typing import Any, ClassVar, Literal

from perfgoals_lint.model.places import Location, Problem
from perfgoals_lint.model.sources import Part

SOURCES = {"fiscal": "财政拨款", "special_account": "财政专户拨款", "other_funds": "其他资金"}
SPENDING = "支出"
"""What stands in ``funding_tree`` for the budget where that is broken down by kinds of spending (基本支出, 项目支出)."""
"""The sources of funds that the forms print, by the name of their box."""


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
    blank: dict[str, Location] = member(default_factory=dict, metadata={"printed": False})
    """The cells that are empty, by field."""
    places: dict[str, Location] = member(default_factory=dict, metadata={"printed": False})
    """The cells of ``columns``, by the same headers; rows over which one cell is merged share it."""


@dataclass(slots=True)
class MoneyUnit:
    """The unit in which amounts are printed: where it was found, and for an inferred one what it rests on.
    In JSON ``from_`` is ``from``."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"alias_generator": lambda name: name.rstrip("_")}

    unit: str | None
    from_: Literal["printed", "note", "form", "inferred"]
    evidence: str | None = None


@dataclass(slots=True)
class HeaderText:
    """A column of the indicator table: the text printed and the role it was read in, ``""`` for a column of its own name."""

    text: str
    role: str


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
class TextOutside:
    """Text that belongs to no goal table, which no rule looks into: how many pieces, and the ``first`` of them, cut short."""

    count: int = 0
    first: list[UnreadCell] = member(default_factory=list)


@dataclass(slots=True)
class Period:
    """First and last year of the implementation period (起始年度, 到期年度), both included."""

    start: int | None
    end: int | None


@dataclass(slots=True)
class Task:
    """One of the year's main tasks (年度主要任务) in a whole-department form, or an item that the money of a project is made up of,
    amounts in 元."""

    name: str
    location: Location
    content: str | None = None
    amount_yuan: Decimal | None = None
    funding_yuan: dict[str, Decimal] | None = None
    quantity: Decimal | None = member(default=None, metadata={"printed": False})
    """How many of it are paid for, where the amount is nothing but so many times the price."""
    price_yuan: Decimal | None = member(default=None, metadata={"printed": False})


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
    sum_of_tasks: Task | None = member(default=None, metadata={"printed": False})
    """What is printed below the items that the money of a project is made up of, as their sum, without an amount where nothing is."""
    blocks: list[list[Task]] = member(default_factory=list, metadata={"printed": False})
    """Amounts that stand together beside one label: what is their sum, by its name, and the others."""
    locations: dict[str, Location] = member(default_factory=dict)
    fields: dict[str, str] = member(default_factory=dict)
    """What stands in labelled boxes that are none of the named fields, by their label as printed."""
    money_unit: MoneyUnit | None = None
    header: list[HeaderText] = member(default_factory=list)
    state: Literal["filled", "blank_form", "example"] = "filled"
    funding_tree: dict[str, dict[str, Decimal]] = member(default_factory=dict)
    """The parts of sources that are broken down, by source, and those of the budget by kinds of spending."""
    unread: list[UnreadCell] = member(default_factory=list)
    unknown: list[str] = member(default_factory=list, metadata={"printed": False})
    """As in a row, for the fields of the table."""
    months: tuple[int, int] | None = member(default=None, metadata={"printed": False})
    """The first and the last month of the period, where both are printed."""
    labels: dict[str, Location] = member(default_factory=dict, metadata={"printed": False})
    """Where the labels of fields that are not filled in are printed, by field."""
    headings: dict[str, str] = member(default_factory=dict, metadata={"printed": False})
    """The labels of its boxes as printed, by field."""

    def places(self) -> Iterator[Location]:
        """Where the table, its boxes and the cells of its rows are."""
        yield self.location
        yield from self.locations.values()
        for row in self.indicators:
            yield from row.locations.values()

    def whole_of(self, source: str) -> Decimal | None:
        """The amount that the parts of a source in ``funding_tree`` are to make up."""
        return self.budget_yuan if source == SPENDING else (self.funding_yuan or {}).get(source)


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
    locations: dict[str, Location] = member(default_factory=dict, metadata={"printed": False})
    """The cells of its amounts, ``total`` and the sources by name, where they have cells of their own."""


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
    outside: TextOutside = member(default_factory=TextOutside)
