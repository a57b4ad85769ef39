"""PGK636: the bound of the year is not laxer than that of the cycle, nor in another unit or stricter than the goal of all
years."""

from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.heads import unit_dimension
from perfgoals_lint.lint.facts.period import is_count, years_of
from perfgoals_lint.lint.facts.tasks import same_units, unit_class
from perfgoals_lint.lint.suspects import Suspect
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.values.types import Constraint, Deadline, Quantity
from perfgoals_lint.values.units import convert, table

_UPPER = ("<=", "<")
_LOWER = (">=", ">")
_FLOORS = ("=", ">=", ">")
_SHARES = ("%", "‰")
_PHYSICAL = frozenset({"length", "area", "weight", "volume"})


def cycle_annual_bounds(row: Row, rule: Rule) -> Violations:
    """At most one hit a row with both values."""
    if row.annual is None or row.cycle is None:
        return
    annual, cycle = row.annual.quantity, row.cycle.quantity
    if annual is None or cycle is None or annual.value is None or cycle.value is None:
        case = "date" if _later(row.annual.constraint, row.cycle.constraint) else None
    else:
        case = _case(annual, cycle, rule.number("progress"))
        if case == "laxer" and _in_goals(row, annual, cycle):
            case = None
    if case is not None:
        args = {"annual": row.annual.text, "cycle": row.cycle.text}
        yield Violation(
            row=row,
            field="annual_value",
            case=case,
            span=row.annual.span,
            args=args,
            related=[("cycle", {}, row.place("cycle_value"))],
            suspects=_suspects(row, annual, cycle, case),
        )


def _suspects(row: Row, annual: Quantity | None, cycle: Quantity | None, case: str) -> list[Suspect]:
    """The two bounds, each as the one that is wrong, where one has too high or too low a number."""
    if annual is None or cycle is None or annual.value is None or cycle.value is None:
        return []
    same = annual.value if case == "every" else convert(annual.value, annual.unit, cycle.unit)
    if not same or case not in ("every", "laxer", "stricter"):
        return []
    limit = cycle.value * annual.value / same
    if case == "every":
        return [
            suspects.cell(row, "annual_value", limit, None),
            suspects.cell(row, "cycle_value", None, same),
        ]
    return [
        suspects.cell(row, "annual_value", None, limit),
        suspects.cell(row, "cycle_value", same, None),
    ]


def _in_goals(row: Row, annual: Quantity, cycle: Quantity) -> bool:
    """Do the goals of the year and of all years have the two figures as well? Then what is asked for falls on purpose."""
    goals = row.table.goals
    pairs = (("annual_goal", annual), ("cycle_goal", cycle))
    return all(
        name in goals and any(_is_said(bound, figure) for figure in goals[name].figures)
        for name, bound in pairs
    )


def _is_said(bound: Quantity, figure: Figure) -> bool:
    """Is the figure of a goal that of the bound? Its unit is the longest that is printed: 30分 is not in 30分钟."""
    behind = figure.tail.lstrip()
    printed = behind if behind.startswith(figure.unit) else figure.unit + behind
    units = (unit for unit in (bound.unit or "", *table().canonical) if printed.startswith(unit))
    unit = max(units, key=len, default=None)
    return convert(figure.value, unit or None, bound.unit) == bound.value


def _later(annual: Constraint | None, cycle: Constraint | None) -> bool:
    """Is the date of the year behind the one by which all years are to be done?"""
    if not (isinstance(annual, Deadline) and isinstance(cycle, Deadline)):
        return False
    dated = annual.date and cycle.date and annual.month and cycle.month and annual.year and cycle.year
    return bool(dated) and annual.op == cycle.op == "<=" and str(annual.date) > str(cycle.date)


def _case(annual: Quantity, cycle: Quantity, progress: Decimal) -> str | None:
    if annual.value is None or cycle.value is None or annual.over or cycle.over:
        return None
    if _other_thing(annual, cycle):
        return "unit"
    every_year = years_of(cycle, "per") == 1 and not annual.per and annual.unit == cycle.unit
    if every_year and is_count(annual) and annual.op in _FLOORS and cycle.op in _FLOORS:
        return "every" if annual.value < cycle.value else None
    per = [(one.count, one.unit) for one in annual.per], [(one.count, one.unit) for one in cycle.per]
    same = annual.value if annual.unit == cycle.unit else convert(annual.value, annual.unit, cycle.unit)
    if same is None or per[0] != per[1] or same <= cycle.value:
        return None
    if annual.op in _UPPER and (cycle.op in _UPPER or cycle.value == 0):
        # A rate that is brought down year by year (漏损率 ≤11%, in the end ≤9%) is on its way, like one that rises.
        step = annual.unit in _SHARES and same < progress * cycle.value
        return None if step else "laxer"
    if (is_count(annual) and annual.unit != "%") or annual.op in _UPPER or cycle.op in _UPPER:
        return None
    return "stricter" if annual.unit == "%" and annual.op in _LOWER and cycle.op in _LOWER else None


def _other_thing(annual: Quantity, cycle: Quantity) -> bool:
    """Do the two count things of different kinds (家 and 次), or measure one thing and count another (公里 and 座)?"""
    if (
        not (annual.unit and cycle.unit)
        or annual.per
        or cycle.per
        or not (is_count(annual) and is_count(cycle))
    ):
        return False
    if years_of(annual, "over") is not None or same_units(annual.unit, cycle.unit):
        return False
    if annual.value is not None and convert(annual.value, annual.unit, cycle.unit) is not None:
        return False
    here, there = unit_dimension(annual.unit), unit_dimension(cycle.unit)
    if here is not None and there is not None and here != there and _PHYSICAL & {here, there}:
        return True
    one, other = unit_class(annual.unit), unit_class(cycle.unit)
    return one is not None and other is not None and one != other
