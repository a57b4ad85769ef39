"""PGC116: the source does not end inside the table."""

from __future__ import annotations

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations


def truncated_source(table: Table, rule: Rule) -> Violations:
    """PGC116: the source does not end inside the table."""
    if not table.cut:
        return
    row = next((row for row in table.rows if row.indicator.truncated), None)
    if row is None:
        yield Violation(table=table)
        return
    indicator = row.indicator
    printed = " ".join(filter(None, (indicator.level1, indicator.level2, indicator.level3)))
    yield Violation(row=row, case="row", args={"printed": printed})
