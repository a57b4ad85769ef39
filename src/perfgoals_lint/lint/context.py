"""What rules look at: a goal table with its classes known, its values parsed and its prose scanned, each once.

Terms are those of the rulebook's preconditions: a *filled* row has a level-3 name and at least one value that is
neither empty nor withheld nor "not applicable", and was not cut off by the source.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from perfgoals_lint import prose, values
from perfgoals_lint.lint.facts.secrecy import is_declaration
from perfgoals_lint.model import Document, GoalTable, Indicator, Location
from perfgoals_lint.prose import Narrative
from perfgoals_lint.rulebook.frameworks import Framework, choose, features_of
from perfgoals_lint.rulebook.labels import classify, composed_class, parent_of
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds, words
from perfgoals_lint.values.types import Constraint, Quantity

_NUMERIC = frozenset({"quantity", "compound", "rank", "deadline", "period"})
_NO_TARGET = frozenset({"empty", "withheld", "not_applicable"})
VALUE_FIELDS = ("annual_value", "cycle_value")


_LEAST_PROSE = 8
"""Characters of a box that may be prose."""


class Value:
    """One value cell: its field, its text and the constraint that it states."""

    def __init__(self, row: Row, field_name: str, text: str) -> None:
        self.row = row
        self.field = field_name
        self.text = text
        constraint = values.parse(text, name=row.name or None, year=row.year)
        self.constraint: Constraint = constraint
        self.quantity: Quantity | None = constraint if constraint.kind == "quantity" else None

    @property
    def kind(self) -> str:
        """The kind of the constraint."""
        return self.constraint.kind

    @property
    def span(self) -> tuple[int, int] | None:
        """Where the number with its bound stands in the text, as 0-based characters."""
        span: tuple[int, int] | None = getattr(self.constraint, "span", None)
        return span

    @property
    def is_dated(self) -> bool:
        """Does the cell name a date by which it is to be met, or may a part of it?"""
        constraint = self.constraint
        return (
            constraint.kind in ("deadline", "compound") or getattr(constraint, "deadline", None) is not None
        )

    @cached_property
    def is_target(self) -> bool:
        """Does the cell state a target? 无 answers a question (有无…); elsewhere it says that the row does not apply."""
        if self.kind == "not_applicable" and contains_any(self.row.name, "qualitative.questions"):
            return self.text.strip() in words("qualitative.answers")
        return self.kind not in _NO_TARGET

    @cached_property
    def has_number(self) -> bool:
        """A quantity, compound, rank, deadline or period; a bare span of years given as an effect is none, nor is a
        reference or a mere sign (正增长)."""
        constraint = self.constraint
        if constraint.kind == "relative":
            return bool(constraint.value)
        return constraint.kind in _NUMERIC and not self.is_duration

    @cached_property
    def is_duration(self) -> bool:
        """长期, 短期 …, or a span of years where the name asks for no span (benefit rows only)."""
        if self.row.class1 != "benefit":
            return False
        if self.text.strip() in words("durations"):
            return True
        if self.kind == "period" and expression("context.years").fullmatch(self.text.strip()):
            return not contains_any(self.row.name, "span_names")
        quantity = self.quantity
        if quantity is not None:
            name = self.row.name
            spanned = quantity.unit == "年" and (
                quantity.op == "between"
                or name.startswith(tuple(words("naming.purpose_verbs")))
                or name.endswith(tuple(words("effect_ends")))
                or quantity.subject in words("duration_leads")
            )
            return spanned and not contains_any(self.row.name, "span_names")
        return False


class Row:
    """One indicator row of a table; ``index`` is its place among the rows, from 0, ``year`` the table's."""

    def __init__(self, table: Table, index: int, indicator: Indicator) -> None:
        self.table = table
        self.index = index
        self.year = table.year
        self.indicator: Indicator = indicator
        self.name: str = indicator.level3 or ""
        self.class2 = (
            indicator.level2_class or classify(indicator.level2, 2) or composed_class(indicator.level2)
        )
        above = indicator.level1_class or classify(indicator.level1, 1)
        self.class1 = above or (parent_of(self.class2) if self.class2 else None)

    @cached_property
    def values(self) -> list[Value]:
        """The value cells with text, the annual one first."""
        texts = ((name, getattr(self.indicator, name)) for name in VALUE_FIELDS)
        return [Value(self, name, text) for name, text in texts if text and text.strip()]

    @cached_property
    def annual(self) -> Value | None:
        """The value of the year, where one is given."""
        return self.value("annual_value")

    @cached_property
    def target(self) -> Quantity | None:
        """The figure of the annual value, where it is one."""
        return self.annual.quantity if self.annual else None

    @cached_property
    def cycle(self) -> Value | None:
        """The value of the whole period, where one is given."""
        return self.value("cycle_value")

    def value(self, field_name: str) -> Value | None:
        """The value of one of :data:`VALUE_FIELDS`, where it is given."""
        for value in self.values:
            if value.field == field_name:
                return value
        return None

    @cached_property
    def value_unknown(self) -> bool:
        """Does a value cell hold a formula whose value is not known?"""
        return any(name in VALUE_FIELDS for name in self.indicator.unknown)

    @cached_property
    def filled(self) -> bool:
        """Has the row a name and a target, and was it not cut off?"""
        if not self.name or self.indicator.truncated:
            return False
        return self.value_unknown or any(value.is_target for value in self.values)

    @cached_property
    def stated(self) -> bool:
        """Is it filled in, or has it a class and a target where the form prints no names?"""
        if self.filled or self.class2 is None or self.indicator.truncated or self.table.prints_names:
            return self.filled
        return self.value_unknown or any(value.is_target for value in self.values)

    @cached_property
    def not_applicable(self) -> bool:
        """Every value that is given says 无 or 不适用."""
        return bool(self.values) and all(
            value.kind == "not_applicable" and not value.is_target for value in self.values
        )

    @cached_property
    def has_number(self) -> bool:
        """Is a value given that is a number, or may be one?"""
        return self.value_unknown or any(value.has_number for value in self.values)

    @cached_property
    def is_cost(self) -> bool:
        """Is it a row of costs, by the first or the second level?"""
        return self.class1 == "cost" or self.class2 == "output_cost"

    @cached_property
    def identity(self) -> tuple[str, str, str]:
        """Its names on the three levels, as printed."""
        indicator = self.indicator
        return (indicator.level1 or "", indicator.level2 or "", indicator.level3 or "")

    def place(self, field_name: str | None = None) -> Location:
        """Where a field of the row stands, or its empty cell; where it has none, the nearest field that is filled in."""
        places = self.indicator.locations
        if field_name and field_name not in places and field_name in self.indicator.blank:
            return self.indicator.blank[field_name]
        if field_name in self.indicator.places:
            return self.indicator.places[field_name]
        for candidate in (field_name, "level3", "annual_value", "cycle_value", "level2", "level1"):
            if candidate and candidate in places:
                return places[candidate]
        return next(iter(places.values()), self.table.goal.location)


class Table:
    """One goal table; ``goal`` is the table as extracted, ``previous`` last year's table of the same project. ``conditions``
    holds whether it meets those that rules on rows have for their table: each is asked once a table, not once a row."""

    def __init__(self, document: DocumentView, index: int, goal: GoalTable) -> None:
        self.document = document
        self.index = index
        self.goal = goal
        self.previous: Table | None = None
        self.conditions: dict[object, bool] = {}
        self.year = goal.fiscal_year
        self.rows = [Row(self, number, indicator) for number, indicator in enumerate(goal.indicators)]

    @cached_property
    def prints_names(self) -> bool:
        """Has any row a name? Some forms print no third level."""
        return any(row.name for row in self.rows)

    @cached_property
    def filled_rows(self) -> list[Row]:
        """The rows that have a name and a target."""
        return [row for row in self.rows if row.filled]

    @cached_property
    def declared_withheld(self) -> str | None:
        """The goal field that declares the project secret."""
        for field_name in ("annual_goal", "cycle_goal"):
            text = getattr(self.goal, field_name)
            if text and is_declaration(text):
                return field_name
        return None

    @cached_property
    def withheld(self) -> bool:
        """The goal declares the project secret, or every value that is given is withheld."""
        if self.declared_withheld:
            return True
        given = (value.kind == "withheld" for row in self.rows for value in row.values)
        return next(given, False) and all(given)

    @cached_property
    def cut(self) -> bool:
        """The source ends inside this table."""
        return self.goal.truncated or any(row.indicator.truncated for row in self.rows)

    @cached_property
    def goals(self) -> dict[str, Narrative]:
        """The goal texts that are given, scanned, in the order in which forms print them."""
        texts = {name: getattr(self.goal, name) for name in ("cycle_goal", "annual_goal")}
        return {name: prose.scan(text) for name, text in texts.items() if text}

    @cached_property
    def prose(self) -> dict[str, Narrative]:
        """All prose of the table, scanned: the goals, what the money is for, and the labelled boxes of prose."""
        kept = {label: text for label, text in self.goal.fields.items() if is_plan(label, text)}
        own = ({"purpose": self.goal.purpose} if self.goal.purpose else {}) | kept
        return {**self.goals, **{name: prose.scan(text) for name, text in own.items()}}

    @cached_property
    def calculating(self) -> list[tuple[Value, Narrative]]:
        """The values whose cells print a calculation, scanned."""
        cells = (value for row in self.rows for value in row.values)
        return [(one, prose.scan(one.text)) for one in cells if finds(one.text, "calculation.in_value")]

    @cached_property
    def period(self) -> tuple[int, int] | None:
        """The first and last year of the period; ``None`` where one is not printed, or the last comes before the first."""
        period = self.goal.period
        if period is None or period.start is None or period.end is None or period.end < period.start:
            return None
        return period.start, period.end

    @property
    def ends(self) -> tuple[int, int] | None:
        """The last year and month of the period, where its months are printed; without years those of the table's."""
        year = self.period[1] if self.period else self.year if self.goal.period is None else None
        return (year, self.goal.months[1]) if self.goal.months and year else None

    @property
    def begins(self) -> tuple[int, int] | None:
        """The first year and month of the period, as :attr:`ends`."""
        if self.ends is None or self.goal.months is None:
            return None
        return self.period[0] if self.period else self.ends[0], self.goal.months[0]

    @property
    def length_in_months(self) -> int | None:
        """The months of the period, both ends included, where they are printed."""
        if self.ends is None or self.begins is None:
            return None
        return 12 * (self.ends[0] - self.begins[0]) + self.ends[1] - self.begins[1] + 1

    @property
    def years(self) -> int | None:
        """Length of the period in years, both ends included."""
        return self.period[1] - self.period[0] + 1 if self.period else None

    @property
    def title(self) -> str:
        """The name of the project."""
        return self.goal.project_name

    def place(self, field_name: str | None = None) -> Location:
        """Where a field of the table stands; where it is empty its label. All else that is said of the project stands at its
        name or its body's in a table of cells, before which a title may stand; in lines, where the table starts."""
        goal = self.goal
        if field_name and (own := goal.locations.get(field_name) or goal.labels.get(field_name)):
            return own
        named = (goal.locations.get(name) for name in ("project_name", "department", "unit"))
        return next((place for place in named if place is not None and place.line is None), goal.location)


def is_plan(label: str, text: str) -> bool:
    """Is a labelled box prose of what is planned, and no result, verdict or line of contact?"""
    return len(text) >= _LEAST_PROSE and not contains_any(label, "figures.no_plan")


@dataclass(slots=True)
class DocumentView:
    """One document with its tables; ``features`` are the facts that rules and frameworks ask for."""

    document: Document
    framework: Framework
    features: frozenset[str]
    tables: list[Table] = field(default_factory=list)

    @classmethod
    def of(cls, document: Document, named: str | None = None) -> DocumentView:
        """The view of a document with all its tables, by the profile that is ``named`` or recognised."""
        features = features_of(document)
        view = cls(document, choose(features, named), features)
        view.tables = [Table(view, index, goal) for index, goal in enumerate(document.tables)]
        return view

    def of_projects(self) -> DocumentView:
        """The document without blank forms and examples, which are no projects to compare; with totals, whose projects are
        counted by table, all of it."""
        filled = [table for table in self.tables if table.goal.state == "filled"]
        return self if self.document.totals else replace(self, tables=filled)
