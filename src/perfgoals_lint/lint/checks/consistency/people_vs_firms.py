from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.tasks import clause_around, same_units
from perfgoals_lint.prose import Count
from perfgoals_lint.prose.types import Per
from perfgoals_lint.rulebook.lexicons import finds
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.types import Quantity


def people_vs_firms(table: Table, rule: Rule) -> Violations:
    """PGK618: so many persons an event in the goal are not as many firms an event in a row, nor the reverse."""
    counts = [
        (field, text, count)
        for field, text in table.goals.items()
        for count in text.counts
        if len(count.per) == 1 and not count.quoted
    ]
    if not counts:
        return
    for row in table.filled_rows:
        value = next((one for one in row.values if one.quantity is not None), None)
        if value is None or value.quantity is None:
            continue
        for field, text, count in counts:
            if _confused(count, value.quantity, row.name):
                yield Violation(
                    row=row,
                    field=value.field,
                    span=value.span,
                    args={"clause": clause_around(text.text, count.span)},
                    related=[("goal", {}, table.place(field))],
                )
                break


def _same_event(bound: Quantity, each: Per, name: str) -> bool:
    """Is a value for one of the same events, by its own words (≥60家/场) or by those of its name (每场参加企业数)?"""
    if not bound.per:
        return each.count == 1 and f"每{each.unit}" in name
    return (
        len(bound.per) == 1 and bound.per[0].count == each.count and same_units(bound.per[0].unit, each.unit)
    )


def _confused(count: Count, bound: Quantity, name: str) -> bool:
    there = count.per[0]
    if bound.value != count.number or not _same_event(bound, there, name):
        return False
    lists = lexicon("counting")
    persons, firms = lists["persons"], lists["organisations"]
    # 个 counts what the name says it does.
    unit = firms[0] if bound.unit == "个" and finds(name, "people_vs_firms.bodies") else bound.unit
    units = (count.unit, unit)
    return (units[0] in persons and units[1] in firms) or (units[0] in firms and units[1] in persons)
