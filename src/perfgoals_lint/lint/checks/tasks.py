"""Tasks that the goals promise, against the output rows that should count them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from perfgoals_lint.lint.checks.period import is_count, years_of
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.money import plain
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.similarity import common_stretch

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Table, Value
    from perfgoals_lint.prose import Count
    from perfgoals_lint.rulebook.rules import Rule


_MARK = re.compile(r"[，,；;。：:！!？?\n]")
_CONTEXT = 40
"""How far before a number its subject is looked for, in characters."""


@cache
def _unit_classes() -> dict[str, int]:
    classes = lexicon("counting")["unit_classes"]
    return {unit: number for number, units in enumerate(classes) for unit in units}


def unit_class(unit: str) -> int | None:
    """The class of counted units that a unit belongs to (``counting.yaml``), or ``None``."""
    return _unit_classes().get(unit)


def same_units(a: str | None, b: str | None) -> bool:
    """Do two counted units stand for each other (场 and 次, 人 and 名)?"""
    if not a or not b:
        return False
    classes = _unit_classes()
    return a == b or (a in classes and classes[a] == classes.get(b))


def shared_noun(text: str, other: str) -> str | None:
    """The longest noun of at least two characters that two texts share, the empty ones left out, or ``None``."""
    return common_stretch(_bare(text, "\n"), _bare(other, "\t"), 2)


def _bare(text: str, gap: str) -> str:
    for word in lexicon("counting")["empty_nouns"]:
        text = text.replace(word, gap)
    return text.replace(" ", gap)


def subject_of(count: Count, text: str) -> str:
    """The words that say what is counted: those around the number, or what the sentence says before it."""
    around = f"{count.before} {count.noun} {count.after}"
    if any(len(piece) > 1 for piece in _bare(around, " ").split()):
        return around
    return text[max(0, count.span[0] - _CONTEXT) : count.span[0]].rpartition("。")[2]


def target_below_narrative(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGA305: an output row asks for no less than the annual goal commits to.

    A commitment and a row belong together when each is the other's best match by the noun that they share.
    """
    goal = table.goals.get("annual_goal")
    if goal is None:
        return
    outputs = [row for row in table.filled_rows if row.class1 == "output" and row.annual]
    counts = [count for count in goal.counts if count.commitment and not count.background]
    matches = [
        (len(noun), c, r)
        for c, count in enumerate(counts)
        for r, row in enumerate(outputs)
        if (noun := _answers(count, goal.text, row))
    ]
    for length, c, r in sorted(matches, key=lambda match: match[2]):
        best = all(length >= other for other, c2, r2 in matches if c2 == c or r2 == r)
        count, row = counts[c], outputs[r]
        promised = count.number / (count.years or 1)
        least = _least(row.annual) if row.annual else None
        if best and least is not None and least < promised:
            hit = _below(row, count, promised, clause_around(goal.text, count.span))
            hit.evidence = {"expression": f"{plain(least)} < {plain(promised)} {count.unit}"}
            yield hit


def _answers(count: Count, text: str, row: Row) -> str | None:
    value = row.annual
    quantity = value.quantity if value else None
    if not is_count(quantity) or not same_units(count.unit, quantity.unit):
        return None
    return shared_noun(subject_of(count, text), row.name)


def _least(value: Value) -> Decimal | None:
    """The least number that a value permits in one year; ``None`` for a ceiling."""
    bound = value.quantity
    if bound is None or bound.op not in ("=", ">=", ">", "~") or bound.value is None:
        return None
    least = bound.value + 1 if bound.op == ">" else bound.value
    return least / (years_of(bound, "per") or 1)


def clause_around(text: str, span: tuple[int, int]) -> str:
    """The piece of a text between the marks on either side of a span."""
    start = max((match.end() for match in _MARK.finditer(text, 0, span[0])), default=0)
    after = _MARK.search(text, span[1])
    return text[start : after.start() if after else len(text)].strip()


def _below(row: Row, count: Count, promised: Decimal, clause: str) -> Hit:
    number = f"{plain(promised)}{count.unit}"
    return Hit(
        row=row,
        field="annual_value",
        span=row.annual.span if row.annual else None,
        case="quoted" if count.quoted else None,
        args={"promised": number, "clause": clause},
        related=[("goal", {"promised": number}, row.table.place("annual_goal"))],
    )
