from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.cycle import count_pair, stands


def annual_equals_cycle(table: Table, rule: Rule) -> Violations:
    """PGK612: a count that accumulates over several years is not the same for the year and for the cycle."""
    pairs = [
        pair for row in table.rows if (pair := count_pair(row)) and not (pair.cycle.per or pair.annual.per)
    ]
    years = table.years
    several = any(pair.whole != pair.part for pair in pairs) if years is None else years > 1
    for pair in pairs:
        if several and pair.whole == pair.part != 0 and not stands(pair.row.name):
            yield Violation(
                row=pair.row, field="cycle_value", args={"annual": pair.row.indicator.annual_value or ""}
            )
