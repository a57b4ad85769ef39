"""Tasks that the goals promise, against the output rows that should count them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from perfgoals_lint.checks.period import is_count, years_of
from perfgoals_lint.hits import Hit
from perfgoals_lint.money import plain
from perfgoals_lint.policy import lexicon
from perfgoals_lint.similarity import common_stretch

if TYPE_CHECKING:
    from perfgoals_lint.narrative import Count
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.view import Row, Table, Value


@cache
def _unit_classes() -> dict[str, int]:
    classes = lexicon("counting")["unit_classes"]
    return {unit: number for number, units in enumerate(classes) for unit in units}


def same_units(a: str | None, b: str | None) -> bool:
    """Do two counted units stand for each other (场 and 次, 人 and 名)?"""
    if not a or not b:
        return False
    classes = _unit_classes()
    return a == b or (a in classes and classes[a] == classes.get(b))


def shares_noun(text: str, other: str) -> bool:
    """Do two texts share a noun of at least two characters that is not one of the empty ones?"""
    for word in lexicon("counting")["empty_nouns"]:
        text, other = text.replace(word, " "), other.replace(word, " ")
    stretch = common_stretch(text, other, 2)
    return stretch is not None and " " not in stretch


def target_below_narrative(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGA305: an output row asks for no less than the annual goal commits to."""
    goal = table.goals.get("annual_goal")
    if goal is None:
        return
    outputs = [row for row in table.filled_rows if row.class1 == "output" and row.annual]
    reported: set[int] = set()
    for count in goal.counts:
        if not count.commitment or count.background:
            continue
        promised = count.number / (count.years or 1)
        for row in outputs:
            value = row.annual
            if value is None or row.index in reported or not _answers(count, row, value):
                continue
            least = _least(value)
            if least is not None and least < promised:
                reported.add(row.index)
                yield _below(row, value, count, promised)


def _answers(count: Count, row: Row, value: Value) -> bool:
    if not is_count(value.constraint) or not same_units(count.unit, value.constraint.unit):
        return False
    return shares_noun(f"{count.before} {count.noun} {count.after}", row.name)


def _least(value: Value) -> Decimal | None:
    """The least number that a value permits in one year; ``None`` for a ceiling."""
    bound = value.constraint
    if bound.op not in ("=", ">=", ">", "~") or bound.value is None:
        return None
    least = bound.value + 1 if bound.op == ">" else bound.value
    return least / (years_of(bound, "per") or 1)


def _below(row: Row, value: Value, count: Count, promised: Decimal) -> Hit:
    number = f"{plain(promised)}{count.unit}"
    return Hit(
        row=row,
        field=value.field,
        span=value.constraint.span,
        case="quoted" if count.quoted else None,
        args={"promised": number, "noun": count.noun or count.after or count.before},
        related=[("goal", {"promised": number}, row.table.place("annual_goal"))],
    )
