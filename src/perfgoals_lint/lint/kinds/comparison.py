"""Two fields held against each other: as texts, as figures of a row, or as facts of a project."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from perfgoals_lint.lint.context import Row, Table
from perfgoals_lint.lint.kinds.selector import Spec
from perfgoals_lint.money import plain, shown
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values.types import Measure

FIGURES = ("at_least", "at_most")
WITHIN = "within"


def texts_test(spec: Spec) -> Callable[[object], bool]:
    """Do the two fields of a row or a project, both given, break the relation that they must be in?"""
    wanted = {"equal": True, "differ": False}[spec["relation"]]

    ignored = compiled(rf"{spec['ignore']}|\\s" if "ignore" in spec else r"\s")

    def breaks(holder: object) -> bool:
        left, right = (getattr(holder, spec[side]) for side in ("left", "right"))
        return bool(left and right) and (ignored.sub("", left) == ignored.sub("", right)) is not wanted

    return breaks


class ComparedFigure(NamedTuple):
    """One side of a comparison: what is printed, its number and unit, and the denominators of a rate."""

    text: str
    number: Decimal
    unit: str | None
    per: list[Measure]

    @property
    def shown(self) -> str:
        """The number with its unit; an amount in 元 or 万元."""
        return shown(self.number) if self.unit == "元" else f"{plain(self.number)} {self.unit or ''}".strip()


def figures_test(spec: Spec) -> Callable[[Row], tuple[ComparedFigure, ComparedFigure] | None]:
    """The two figures of a row, when both are given in one unit and break the relation that they must be in.

    ``times`` multiplies the right one.
    """
    from perfgoals_lint.lint.facts.tasks import same_units

    factor = Decimal(str(spec.get("times", 1)))
    sign = 1 if spec["relation"] == "at_most" else -1

    def broken(row: Row) -> tuple[ComparedFigure, ComparedFigure] | None:
        left, right = (_figure(row, spec[side]) for side in ("left", "right"))
        if left is None or right is None or left.per != right.per:
            return None
        alike = not (left.unit and right.unit) or same_units(left.unit, right.unit)
        return (left, right) if alike and sign * (left.number - right.number * factor) > 0 else None

    return broken


def _figure(row: Row, field: str) -> ComparedFigure | None:
    if field == "budget":
        budget = row.table.goal.budget_yuan
        return ComparedFigure(shown(budget), budget, "元", []) if budget else None
    value = row.value(field)
    quantity = value.quantity if value else None
    if value is None or quantity is None or quantity.value is None:
        return None
    return ComparedFigure(value.text, quantity.value, quantity.unit, quantity.per)


def years_test(spec: Spec) -> Callable[[Table], tuple[str, str] | None]:
    """What is printed of a year and of the years that it must lie ``within``, when it does not."""

    def broken(table: Table) -> tuple[str, str] | None:
        inner, outer = (_years(table, spec[side]) for side in ("left", "right"))
        if inner is None or outer is None or outer[0] <= inner[0] <= inner[1] <= outer[1]:
            return None
        return _printed(inner), _printed(outer)

    return broken


def _years(table: Table, field: str) -> tuple[int, int] | None:
    """The first and last year of ``fiscal_year`` or ``period``; ``None`` where it is not printed or is no span."""
    if field == "fiscal_year":
        return (table.year, table.year) if table.year is not None else None
    return table.period


def _printed(years: tuple[int, int]) -> str:
    first, last = years
    return str(first) if first == last else f"{first}–{last}"
