from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.last_year import continued_rows, undated
from perfgoals_lint.money import shown


def more_money_same_targets(table: Table, rule: Rule) -> Violations:
    """PGY704: a budget that grew markedly buys more than last year's."""
    before = table.previous
    if before is None or table.goal.budget_yuan is None or not before.goal.budget_yuan:
        return
    now, then = table.goal.budget_yuan, before.goal.budget_yuan
    growth = (now - then) * 100 / then
    if growth < rule.number("growth"):
        return
    pairs = [
        (row, last)
        for row, last in continued_rows(table, before)
        if row.has_number and last.has_number and not row.is_cost
    ]
    if (
        pairs
        and all(_texts(row) == _texts(last) for row, last in pairs)
        and len(pairs) == sum(row.has_number and not row.is_cost for row in table.filled_rows)
    ):
        yield Violation(
            table=table,
            field="budget_yuan",
            args={
                "now": shown(now),
                "then": shown(then),
                "growth": f"{growth:.0f}",
                "count": str(len(pairs)),
            },
            related=[("last", {}, before.place("budget_yuan"))],
            evidence={"budget_yuan": now, "last_yuan": then},
        )


def _texts(row: Row) -> list[str]:
    return [undated("".join(value.text.split())) for value in row.values]
