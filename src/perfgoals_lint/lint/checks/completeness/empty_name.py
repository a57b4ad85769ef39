"""PGC131: a value says what it measures."""

from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations


def empty_name(table: Table, rule: Rule) -> Violations:
    """PGC131: rows with a target but no name, where most rows of the table are named."""
    nameless = [row for row in table.rows if _nameless(row)]
    named = sum(1 for row in table.rows if row.name.strip())
    if len(nameless) * 2 > named:
        return
    for row in nameless:
        field = next(value.field for value in row.values if value.is_target)
        yield Violation(row=row, field=field)


def _nameless(row: Row) -> bool:
    own = row.indicator
    if row.name.strip() or own.truncated or "level3" in own.unknown or (own.description or "").strip():
        return False
    return any(value.is_target and value.has_number for value in row.values)
