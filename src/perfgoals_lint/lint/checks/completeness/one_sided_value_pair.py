from perfgoals_lint.lint.checks import Row, Rule, Table, Value, Violation, Violations
from perfgoals_lint.model import Edit
from perfgoals_lint.rulebook.similarity import plain


def one_sided_pair(row: Row, rule: Rule) -> Violations:
    """PGC108: when one of cycle and annual value has a number, the other is neither empty nor a repeat of its words."""
    rich = next((value for value in row.values if value.has_number), None)
    if rich is None or not _beside(row.table):
        return
    field = "cycle_value" if rich.field == "annual_value" else "annual_value"
    poor = row.value(field)
    if _left_blank(row.table, field) if poor is None else poor.has_number or not _repeats(poor, rich):
        return
    edits = []
    if row.table.years == 1 and field in row.indicator.locations:
        edits = [Edit(row.place(field), field, poor.text if poor else "", rich.text)]
    yield Violation(
        row=row,
        field=field,
        case="annual" if field == "annual_value" else "cycle",
        args={"full": rich.text},
        related=[("full", {"full": rich.text}, row.place(rich.field))],
        edits=edits,
    )


def _beside(table: Table) -> bool:
    """Do the two values stand side by side, not in two tables of which the second has a header of its own?"""
    roles = {column.role for column in table.goal.header}
    return "cycle_value" in roles or "annual_value" not in roles


def _left_blank(table: Table, field: str) -> bool:
    """Is a whole column blank, in a project that is not known to run for several years?"""
    return (table.years or 1) == 1 and all(row.value(field) is None for row in table.rows)


def _repeats(poor: Value, rich: Value) -> bool:
    """Does the poorer value say in words, in their order, nothing that the richer one does not?"""
    letters = iter(plain(rich.text))
    return poor.kind not in ("withheld", "not_applicable") and all(
        letter in letters for letter in plain(poor.text)
    )
