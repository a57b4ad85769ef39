"""PGR220: what the goal sets as a counted task has an indicator."""

from collections.abc import Iterable
from decimal import Decimal

from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.tasks import (
    bare_words,
    clause_around,
    same_units,
    shared_noun,
    subject_of,
    unit_class,
)
from perfgoals_lint.prose import Count
from perfgoals_lint.rulebook.lexicons import expression, finds, matcher, words
from perfgoals_lint.values.algebra import parts_of

_SHORT = 2
"""Characters of a noun that may stand in front of many things."""
_LEAST_SAID = 2
"""With fewer characters in front of the number nobody can tell what is counted."""

_LIST = 60
"""How far in front of a part its list begins, in characters."""


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
        if len(count.before) < _LEAST_SAID or finds(count.before, "task_without_indicator.changed"):
            continue
        if finds(count.before, "task_without_indicator.no_task"):
            continue
        if expression("task_without_indicator.one_of").match(count.after):
            continue
        if _is_asked(count, numbers) or _is_part_of_asked(count, goal.counts, goal.text, numbers):
            continue
        subject = for_whom.sub(" ", subject_of(count, goal.text))
        things = matcher("names.mending").sub(" ", subject)
        nouns = (shared_noun(named, text) for named in {subject, things} for text in said)
        # That both are bought does not make them one thing (购置图册, 购置课本).
        if any(noun not in acts and _tells(noun, count) for noun in nouns if noun):
            continue
        start, end = count.span
        printed = clause_around(goal.text, count.span).split("、")
        task = next((one for one in printed if goal.text[start:end] in one), goal.text[start:end])
        yield Violation(table=table, field="annual_goal", span=count.span, args={"task": task})
        return


def _is_asked(count: Count, numbers: dict[Decimal, set[str | None]]) -> bool:
    """Does a row ask for the number of a count, in its unit or without one?"""
    return any(unit is None or same_units(unit, count.unit) for unit in numbers.get(count.number, ()))


def _is_part_of_asked(
    count: Count, counts: list[Count], text: str, numbers: dict[Decimal, set[str | None]]
) -> bool:
    """Is a count one of a list of parts (其中县道126公里、乡道180公里) of a whole that a row asks for?"""
    start = count.span[0]
    if expression("task_without_indicator.part").search(text, max(0, start - _LIST), start) is None:
        return False
    return any(
        one.sentence == count.sentence
        and one.span < count.span
        and one.number > count.number
        and same_units(one.unit, count.unit)
        and _is_asked(one, numbers)
        for one in counts
    )


def _tells(noun: str, count: Count) -> bool:
    """Does a noun that a row shares with a task say which thing is counted: a long one, or the end of what stands around
    the number, but for its verb? A short one in front of another thing (消防站, 消防车辆) does not."""
    if len(noun) > _SHORT:
        return True
    said = bare_words(f"{count.before} {count.noun} {count.after}", " ").split()
    behind = [part.rpartition(noun)[2] for part in said if noun in part]
    return any(not tail or tail in words("names.acts") for tail in behind)


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
