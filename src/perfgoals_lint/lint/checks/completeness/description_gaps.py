"""PGC121: where most rows are described, all are."""

from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations

_SHOWN = 3
"""How many of the rows the message names."""


def description_gaps(table: Table, rule: Rule) -> Violations:
    """PGC121: one hit for a table in which a few filled rows have no description."""
    rows = table.filled_rows
    bare = [
        row
        for row in rows
        if not (row.indicator.description or "").strip() and "description" not in row.indicator.unknown
    ]
    if not bare or len(bare) > rule.number("most") * len(rows):
        return
    yield Violation(
        table=table,
        location=bare[0].place("level3"),
        args={"count": str(len(bare)), "names": [row.name for row in bare[:_SHOWN]]},
        related=[("row", {"name": row.name}, row.place("level3")) for row in bare[1:]],
    )
