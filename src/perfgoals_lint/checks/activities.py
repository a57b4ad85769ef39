"""Activities of a project: those that its money is asked for, and those that belong to another project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.checks.goals import fragments
from perfgoals_lint.checks.tasks import same_units, shared_noun, subject_of
from perfgoals_lint.hits import Hit
from perfgoals_lint.money import plain, shown
from perfgoals_lint.policy import lexicon

if TYPE_CHECKING:
    from perfgoals_lint.narrative import Amount, Count, Narrative
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.values.types import Constraint
    from perfgoals_lint.view import DocumentView, Row, Table

_NEAR = 2
"""How many clauses behind a count its own amount may stand."""

# --- events of another project ------------------------------------------------------------------------------------


def _events() -> list[list[str]]:
    events: list[list[str]] = lexicon("relevance")["events"]
    return events


def _nouns(text: str) -> frozenset[int]:
    """The events that a text names by their own noun."""
    return frozenset(number for number, words in enumerate(_events()) if words[0] in text)


def _spoken(text: str) -> frozenset[int]:
    """The events that a text names by their noun or a word for the same thing."""
    return frozenset(number for number, words in enumerate(_events()) if any(word in text for word in words))


def foreign_activity_noun(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGR214: the rows of a project are about its own events, not about those of another one."""
    owners: dict[int, list[Table]] = {}
    for table in view.tables:
        for event in _nouns(table.title):
            owners.setdefault(event, []).append(table)
    if not owners:
        return
    torn = fragments(view)
    for table in view.tables:
        if table.withheld or not table.goals or any((table.index, field) in torn for field in table.goals):
            continue
        goals = " ".join(scanned.text for scanned in table.goals.values())
        own = f"{table.title} {goals}"
        known = _spoken(f"{own} {table.goal.purpose or ''}")
        for row in table.filled_rows:
            yield from _foreign(row, owners, known, _nouns(own))


def _foreign(
    row: Row, owners: dict[int, list[Table]], known: frozenset[int], own: frozenset[int]
) -> Iterator[Hit]:
    for field, text in (("level3", row.name), *((value.field, value.text) for value in row.values)):
        for event in sorted(_nouns(text) - known):
            others = [table for table in owners.get(event, ()) if table is not row.table]
            if others and own - {event}:
                noun = _events()[event][0]
                start = text.index(noun)
                yield Hit(
                    row=row,
                    field=field,
                    span=(start, start + len(noun)),
                    args={"noun": noun, "other": others[0].title, "own": _events()[min(own - {event})][0]},
                    related=[("owner", {"other": others[0].title}, others[0].place("project_name"))],
                )
                return


# --- activities that cost money -----------------------------------------------------------------------------------


def costed_activity_without_output(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGR215: an activity that the annual goal counts and prices has an output row."""
    goal = table.goals.get("annual_goal")
    if goal is None or table.cut:
        return
    outputs = [row for row in table.filled_rows if row.class1 == "output" and not row.is_cost]
    for count in goal.counts:
        if count.quoted or count.background or not _is_counted(count):
            continue
        price = _price(count, goal)
        if price is None or any(_answers(count, row, goal) for row in outputs):
            continue
        number = f"{plain(count.number)}{count.unit}"
        yield Hit(
            table=table,
            field="annual_goal",
            span=count.span,
            args={
                "task": goal.text[count.span[0] - len(count.before) : count.span[1]] + count.after,
                "number": number,
                "money": shown(price.value_yuan),
            },
        )
        return


def _is_counted(count: Count) -> bool:
    """A number of things of its own; 100人/期 is only a part of another count."""
    return _in_class(count.unit) and not any(_in_class(per.unit) for per in count.per)


def _in_class(unit: str) -> bool:
    return any(unit in units for units in lexicon("counting")["unit_classes"])


def _price(count: Count, goal: Narrative) -> Amount | None:
    """The amount that belongs to a count: a price for one of its unit in the same sentence, or an amount of its own,
    to which no other count is nearer."""
    for amount in goal.amounts:
        if (
            amount.sentence != count.sentence
            or amount.item != count.item
            or amount.quoted
            or amount.background
        ):
            continue
        if any(same_units(per.unit, count.unit) for per in amount.per):
            return amount
        plainly = amount.role in ("plain", "part") and not amount.per
        if plainly and 0 <= amount.clause - count.clause <= _NEAR and _nearest(amount, goal) is count:
            return amount
    return None


def _nearest(amount: Amount, goal: Narrative) -> Count | None:
    before = [count for count in goal.counts if count.span[1] <= amount.span[0] and _is_counted(count)]
    return before[-1] if before else None


def _answers(count: Count, row: Row, goal: Narrative) -> bool:
    """Does an output row take up a counted activity? Two of three must agree: a noun, the kind of unit, the number."""
    text = f"{row.name} {' '.join(value.text for value in row.values)} {row.indicator.description or ''}"
    noun = shared_noun(f"{subject_of(count, goal.text)} {count.topic}", text) is not None
    parts = [part for value in row.values for part in _parts(value.constraint)]
    units = {unit for part in parts if (unit := getattr(part, "unit", None))}
    unit = any(same_units(unit, count.unit) for unit in units)
    number = any(getattr(part, "value", None) == count.number for part in parts)
    return noun + unit + number > 1 or (noun and not units)


def _parts(constraint: Constraint) -> list[Constraint]:
    return constraint.parts if constraint.kind == "compound" else [constraint]
