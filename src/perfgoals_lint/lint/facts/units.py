"""The unit of a number that prints none: what the name, the goals, the row's other value or a row like it say."""

from collections.abc import Iterator

from perfgoals_lint.lint.context import Row, Value
from perfgoals_lint.lint.facts.modifiers import is_of_one
from perfgoals_lint.lint.facts.promises import covers, thing_of
from perfgoals_lint.lint.facts.rates import split_brackets
from perfgoals_lint.lint.facts.tasks import clause_around, shared_noun, subject_of, unit_class
from perfgoals_lint.money import UNITS
from perfgoals_lint.prose import Narrative
from perfgoals_lint.rulebook.dictionary import is_word
from perfgoals_lint.rulebook.lexicons import expression, words
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.types import Quantity

_LEAST = 2
"""Characters of a name that says what is counted."""

Told = tuple[str, str, str]
"""A unit, the case of the rule that says where it was read, and the words read there."""


def own_unit(name: str) -> str | None:
    """The unit that a name ends in (…次数: 次, …盏数: 盏), not one that belongs to the word before it (讲座数)."""
    bare = split_brackets(name)[0]
    units: dict[str, str] = lexicon("naming")["counted_units"]
    listed = next((unit for end, unit in units.items() if bare.endswith(end)), None)
    if listed is not None:
        return listed
    counted = bare.removesuffix("量").removesuffix("数")
    if not bare.endswith(("数", "数量")) or len(counted) <= _LEAST:
        return None
    last = counted[-1]
    # A measure word that makes a word with the character before it belongs to the thing (平台数).
    return last if last in words("relevance.work_units") and not is_word(counted[-2:]) else None


def unit_told(value: Value, quantity: Quantity) -> Told | None:
    """The unit that the table itself gives a bare number, or ``None`` where it says none, or two."""
    row = value.row
    for told in (_other_values(value), _goals(row, quantity), _alike(row, value.field)):
        found = list(told)
        if found:
            return found[0] if len({unit for unit, _, _ in found}) == 1 else None
    return None


def _other_values(value: Value) -> Iterator[Told]:
    """The units of the row's other value (cycle 300个, annual 100)."""
    for other in value.row.values:
        if other is not value and (unit := _written(other)):
            yield unit, "told_beside", other.text.strip()


def _goals(row: Row, quantity: Quantity) -> Iterator[Told]:
    """The units in which the goals count what the row names; one that states the very number counts alone."""
    found = [told for goal in row.table.goals.values() for told in _counted(row, quantity, goal)]
    exact = [told for same, told in found if same]
    yield from exact or [told for _, told in found]


def _counted(row: Row, quantity: Quantity, goal: Narrative) -> Iterator[tuple[bool, Told]]:
    number = quantity.value
    for count in goal.counts:
        if count.background or unit_class(count.unit) is None or count.per or is_of_one(row.name):
            continue
        subject = subject_of(count, goal.text)
        clause = clause_around(goal.text, count.span)
        same = count.number == number
        if covers(f"{subject}\n{clause}", row.name) or (same and shared_noun(subject, row.name)):
            yield same, (count.unit, "told", clause)
    for amount in goal.money:
        clause = clause_around(goal.text, amount.span)
        printed = expression("units.printed_unit").match(goal.text[slice(*amount.span)])
        if printed is None or number is None or amount.unit != "元" or not covers(clause, row.name):
            continue
        if amount.value == number * UNITS[printed[1]]:
            yield True, (printed[1], "told", clause)


def _alike(row: Row, field: str) -> Iterator[Told]:
    """The units of the rows that count the same thing under the same class."""
    thing = thing_of(split_brackets(row.name)[0])
    for other in row.table.filled_rows if len(thing) >= _LEAST else ():
        if other is row or other.class2 != row.class2:
            continue
        theirs = thing_of(split_brackets(other.name)[0])
        shared = shared_noun(thing, theirs)
        if shared is None or not (thing.endswith(shared) and theirs.endswith(shared)):
            continue
        value = other.value(field)
        unit = _written(value) if value is not None else None
        if value is not None and unit is not None and unit_class(unit) is not None:
            yield unit, "told_alike", f"{other.name} {value.text.strip()}"


def _written(value: Value) -> str | None:
    """The unit that a value prints behind its number."""
    quantity = value.quantity
    return quantity.unit if quantity is not None and quantity.unit_source == "value" else None
