"""PGK606: so many a year, times the years of the cycle."""

from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.period import is_count, printed_period, years_of
from perfgoals_lint.money import plain


def annual_times_years(row: Row, rule: Rule) -> Violations:
    """PGK606: so many a year, times the years of the cycle, is the cycle's count."""
    if row.annual is None or row.cycle is None:
        return
    annual, cycle = row.annual.quantity, row.cycle.quantity
    per = years_of(annual, "per")
    if per is None or not is_count(annual) or not is_count(cycle) or years_of(cycle, "per") is not None:
        return
    if annual.unit != cycle.unit or annual.value is None or cycle.value is None:
        return
    stated = years_of(cycle, "over")
    whole = row.table.years  # a printed period may mean both ends counted, or end minus start
    lengths = [Decimal(whole), Decimal(whole - 1)] if whole else []
    lengths = lengths if stated is None else [stated]
    fits = [annual.value * length / per == cycle.value for length in lengths]
    if not lengths or fits[0]:
        return
    case = "stated" if stated is not None else "short" if any(fits) else None
    years = lengths[0]
    computed = annual.value * years / per
    unit = annual.unit or ""
    every = plain(annual.value) if per == 1 else f"{plain(annual.value)} ÷ {plain(per)}"
    expression = f"{every} × {plain(years)} = {plain(computed)} {unit}".strip()
    yield Violation(
        row=row,
        field="cycle_value",
        case=case,
        args={
            "annual": row.annual.text,
            "years": plain(years),
            "computed": f"{plain(computed)}{unit}",
            "period": printed_period(row.table),
        },
        evidence={"expression": expression, "computed": computed, "stated": cycle.value},
        suspects=[
            suspects.cell(row, "cycle_value", computed, computed),
            suspects.cell(row, "annual_value", each := cycle.value * per / years, each),
        ],
    )
