"""Which way a bound must point: costs, errors and waiting times are capped, results are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from perfgoals_lint.lint.checks.period import is_count
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.rulebook.policy import lexicon

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Row, Value
    from perfgoals_lint.rulebook.rules import Rule

_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
_BRACKET = re.compile(r"[（(][^（）()]*[)）]\s*$")


def _either(words: list[str]) -> str:
    return (
        "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"
    )


@cache
def _lower() -> re.Pattern[str]:
    words = lexicon("direction")
    counts = f"{_either(words['bad_things'])}[^率]{{0,4}}{_either(words['bad_counts'])}"
    times = f"{_either(words['quick_things'])}[^率]{{0,3}}{_either(words['time_words'])}"
    return re.compile(
        f"(?:{_either(words['lower_ends'])}|{_either(words['bad_rates'])}|(?P<counts>{counts})|{times})$"
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_either(lexicon("direction")[name]))


def lower_is_better(name: str) -> bool:
    """Does the indicator's name say that less is better? A trailing bracket is passed over; what is saved or reduced,
    and rates of dealing with something bad, are better when higher."""
    name = _BRACKET.sub("", name.strip())
    if any(name.endswith(word) for word in lexicon("direction")["handling"]):
        return False
    match = _lower().search(name)
    if match is None or _pattern("savings").search(name[: match.end()]):
        return False
    return match["counts"] is None or name.endswith("率") or _pattern("dealing").search(name) is None


def wrong_direction(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGK615: a cost, an error or a waiting time is not bounded from below, an output count not from above."""
    if not row.filled:
        return
    for value in row.values:
        case = _case(row, value)
        if case and value.quantity:
            args = {"sign": _SIGNS[value.quantity.op]}
            yield Hit(row=row, field=value.field, span=value.span, case=case, args=args)
            return


def _case(row: Row, value: Value) -> str | None:
    bound = value.quantity
    if bound is None:
        return None
    if bound.op in (">=", ">"):
        # The name of the thing that is bounded may stand in the value; a rate named there is all that is bounded.
        own_rate = bound.unit == "%" and bound.subject is not None and bound.subject.endswith("率")
        named = [bound.subject or ""] if own_rate else [row.name, bound.subject or ""]
        if any(_pattern("cost_control").search(name) for name in named):
            return "control" if bound.unit == "%" and (bound.value or Decimal(0)) >= 100 else None
        saved = _pattern("savings").search(row.name) or _pattern("gains").search(row.name)
        costs_money = row.is_cost and bound.unit == "元" and not saved
        if (
            bound.unit == "%"
            and not own_rate
            and row.name.endswith(tuple(lexicon("direction")["lower_ends"]))
        ):
            # A share of a sum of money is how much of it is spent.
            return None
        return "lower" if costs_money or any(lower_is_better(name) for name in named if name) else None
    if bound.op in ("<=", "<") and row.class1 == "output" and row.class2 in (None, "quantity"):
        capped = _pattern("capped_outputs").search(row.name) or _pattern("expenses").search(row.name)
        return "output" if is_count(bound) and not capped and not lower_is_better(row.name) else None
    return None
