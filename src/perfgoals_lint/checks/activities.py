"""Activities of a project: those that its money is asked for, and those that belong to another project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.checks.goals import fragments
from perfgoals_lint.checks.tasks import same_units, shared_noun, subject_of
from perfgoals_lint.hits import Hit
from perfgoals_lint.money import plain, shown
from perfgoals_lint.policy import lexicon

if TYPE_CHECKING:
    from perfgoals_lint.narrative import Amount, Count, Narrative
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.values import Constraint
    from perfgoals_lint.view import DocumentView, Row, Table

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
        noun = count.noun or count.after or count.before
        yield Hit(
            table=table,
            field="annual_goal",
            span=count.span,
            args={
                "activity": noun,
                "number": f"{plain(count.number)}{count.unit}",
                "money": shown(price.value_yuan),
            },
        )
        return


def _is_counted(count: Count) -> bool:
    return any(count.unit in units for units in lexicon("counting")["unit_classes"])


def _price(count: Count, goal: Narrative) -> Amount | None:
    """The amount that belongs to a count: a price for one of its unit in the same sentence, or the only thing behind
    it in its clause or the next one."""
    near = [
        amount
        for amount in goal.amounts
        if amount.sentence == count.sentence and amount.item == count.item and not amount.quoted
    ]
    for amount in near:
        if any(same_units(per.unit, count.unit) for per in amount.per):
            return amount
    behind = [
        amount for amount in near if 0 <= amount.clause - count.clause <= 1 and amount.span[0] > count.span[1]
    ]
    return next((amount for amount in behind if not amount.per and amount.role in ("plain", "part")), None)


def _answers(count: Count, row: Row, goal: Narrative) -> bool:
    units = {unit for value in row.values for unit in _units(value.constraint)}
    text = f"{row.name} {' '.join(value.text for value in row.values)} {row.indicator.description or ''}"
    if units and not any(same_units(unit, count.unit) for unit in units):
        return False
    return shared_noun(f"{subject_of(count, goal.text)} {count.topic}", text) is not None


def _units(constraint: Constraint) -> Iterable[str]:
    parts = constraint.parts if constraint.kind == "compound" else [constraint]
    return [unit for part in parts if (unit := getattr(part, "unit", None))]
