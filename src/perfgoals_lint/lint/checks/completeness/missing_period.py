from perfgoals_lint.lint.checks import DocumentView, Rule, Table, Violation, Violations


def missing_period(view: DocumentView, rule: Rule) -> Violations:
    """PGC110: a project with cycle values says from which year to which."""
    without = [
        table
        for table in view.tables
        if not _has_period(table) and any(row.cycle for row in table.rows) and not table.withheld
    ]
    if not without:
        return
    if any(_has_period(table) for table in view.tables):
        for table in without:
            yield Violation(table=table, location=table.place("period"))
        return
    first, *others = without
    yield Violation(
        table=first,
        location=first.place("period"),
        case="document",
        args={"count": str(len(without))},
        related=[("same", {}, table.place("cycle_value")) for table in others],
    )


def _has_period(table: Table) -> bool:
    period = table.goal.period
    return period is not None and period.start is not None and period.end is not None
