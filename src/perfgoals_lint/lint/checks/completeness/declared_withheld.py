from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations


def declared_withheld(table: Table, rule: Rule) -> Violations:
    """PGC115: what is declared secret is recorded, and no ordinary target stands beside the declaration."""
    given = [value for row in table.rows for value in row.values]
    secret = [value for value in given if value.kind == "withheld"]
    declared = table.declared_withheld
    open_values = [value for value in given if value.has_number]
    if declared and open_values:
        first = open_values[0]
        yield Violation(
            table=table,
            field=declared,
            case="leak",
            args={"count": str(len(open_values)), "first": first.text},
            related=[("leak", {"first": value.text}, value.row.place(value.field)) for value in open_values],
        )
    elif table.withheld:
        yield Violation(table=table, field=declared)
    else:
        for value in secret:
            yield Violation(row=value.row, field=value.field, case="row")
