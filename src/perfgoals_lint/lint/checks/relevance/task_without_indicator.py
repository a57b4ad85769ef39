"""PGR220: what the goal sets as a counted task has an indicator."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.tasks import same_units, shared_noun, subject_of, unit_class
from perfgoals_lint.money import plain
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds, words
from perfgoals_lint.values.algebra import parts_of

_LEAST_SAID = 2
"""With fewer characters in front of the number nobody can tell what is counted."""


def task_without_indicator(table: Table, rule: Rule) -> Violations:
    """PGR220: a counted task of the annual goal is taken up by a row: by its number, or by its thing and kind of unit."""
    goal = table.goals.get("annual_goal")
    if goal is None or table.cut or not table.filled_rows:
        return
    numbers, said = _numbers(table.filled_rows), [_said(row) for row in table.filled_rows]
    for_whom, acts = expression("task_without_indicator.for_whom"), words("costs.having")
    parts = {term.span for one in goal.relations if one.kind == "parts" for term in one.terms}
    for count in goal.counts:
        if count.span in parts:
            continue
        own = not (count.background or count.quoted or count.per or count.years)
        if not own or count.number < 1 or unit_class(count.unit) is None:
            continue
        if (
            contains_any(count.before, "names.falling")
            or contains_any(count.before, "names.rising")
            or len(count.before) < _LEAST_SAID
        ):
            continue
        if finds(count.before, "task_without_indicator.no_task"):
            continue
        if expression("task_without_indicator.one_of").match(count.after):
            continue
        if any(unit is None or same_units(unit, count.unit) for unit in numbers.get(count.number, ())):
            continue
        subject = for_whom.sub(" ", subject_of(count, goal.text))
        # That both are bought does not make them one thing (购置图册, 购置课本).
        if any(noun not in acts for noun in (shared_noun(subject, text) for text in said) if noun):
            continue
        task = f"{count.before}{plain(count.number)}{count.unit}{count.after}"
        yield Violation(table=table, field="annual_goal", span=count.span, args={"task": task})
        return


def _numbers(rows: Iterable[Row]) -> dict[Decimal, set[str | None]]:
    """The numbers that rows ask for, with their units; looked up for each count, since both may be hundreds."""
    found: dict[Decimal, set[str | None]] = {}
    for part in (part for row in rows for value in row.values for part in parts_of(value.constraint)):
        number = getattr(part, "value", None)
        if isinstance(number, Decimal):
            found.setdefault(number, set()).add(getattr(part, "unit", None))
    return found


def _said(row: Row) -> str:
    return f"{row.name} {row.indicator.description or ''} {' '.join(value.text for value in row.values)}"
