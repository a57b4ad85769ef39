"""Changes between two figures without a direction are a kind of their own, in JSON with ``from`` and ``to``."""

from __future__ import annotations

import itertools
from decimal import Decimal

from perfgoals_lint.values import parse
from perfgoals_lint.values.explain import explain
from perfgoals_lint.values.schema import constraint_adapter
from perfgoals_lint.values.types import Change, Quantity


def test_every_arrow_between_two_amounts() -> None:
    for (mark, front), unit, (low, high) in itertools.product(
        (("→", ""), ("->", ""), ("变为", "由"), ("调整为", "从")), ("起", "%", "人"), ((70, 40), (5, 8))
    ):
        found = parse(f"{front}{low}{unit}{mark}{high}{unit}")
        assert isinstance(found, Change)
        assert (found.from_, found.to, found.unit) == (low, high, unit)
        dumped = found.model_dump("json")
        assert (dumped["kind"], dumped["from"], dumped["to"]) == ("change", str(low), str(high))
        assert constraint_adapter().validate_json(found.model_dump_json()) == found
        assert explain(found, "zh").startswith("由")
        assert explain(found, "en").startswith("from")


def test_a_printed_rate_and_the_words_in_front() -> None:
    found = parse("井盖缺失70处→35处（下降50%）")
    assert isinstance(found, Change)
    assert (found.subject, found.rate) == ("井盖缺失", Decimal(50))


def test_amounts_of_two_units_are_no_change() -> None:
    assert parse("70处→35人").kind != "change"
    assert parse("≥70处→≥35处").kind != "change"


def test_doubling_n_times_adds_all_but_the_first() -> None:
    for words, times in (("一", 1), ("1", 1), ("两", 2), ("2", 2), ("3", 3)):
        found = parse(f"产值翻{words}番")
        assert isinstance(found, Quantity)
        assert (found.value, found.unit, found.change) == (2**times - 1, "倍", "increase")
