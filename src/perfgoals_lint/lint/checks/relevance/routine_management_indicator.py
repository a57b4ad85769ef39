from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.checks.relevance.cost_is_spending_rate import spending_rate
from perfgoals_lint.lint.facts.management import is_routine
from perfgoals_lint.rulebook.lexicons import contains_any


def routine_management(table: Table, rule: Rule) -> Violations:
    """PGR208: indicators say more than that money was handled in time and by the book."""
    outputs = [row for row in table.filled_rows if row.class1 == "output"]
    only = bool(outputs) and not table.cut and all(_is_routine(row) for row in outputs)
    found = [row for row in table.filled_rows if _is_management(row) and spending_rate(row) is None]
    for row in found:
        yield Violation(row=row, field="level3", case="only" if only and row.class1 == "output" else None)
    if only and not any(row.class1 == "output" for row in found):
        yield Violation(table=table, case="project", args={"names": [row.name for row in outputs]})


def _is_management(row: Row) -> bool:
    """Routine by its name, and not of a class in which the form itself asks for it (投入, 过程)."""
    return row.class1 not in ("input", "process") and is_routine(row.name)


def _is_routine(row: Row) -> bool:
    return (
        _is_management(row)
        or contains_any(row.name, "relevance.management_only")
        or spending_rate(row) is not None
    )
