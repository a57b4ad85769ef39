"""The labelled tables are many, the figures in the rulebook are those of today, and no rule falls behind."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

import measure_rules

from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.measured import measured


@pytest.fixture(scope="module")
def tallies() -> dict[str, Counter[str]]:
    return measure_rules.measure()


def test_there_are_enough_labelled_rows(tallies: dict[str, Counter[str]]) -> None:
    total: Counter[str] = sum(tallies.values(), Counter())
    assert total["meant"] + total["near"] >= 1500


def test_the_figures_of_the_rulebook_are_current(tallies: dict[str, Counter[str]]) -> None:
    assert measure_rules.FILE.read_text(encoding="utf-8") == measure_rules.text_of(tallies)


def test_what_is_imprecise_is_at_most_a_hint() -> None:
    for rule in rulebook.load():
        figures = measured(rule.code)
        assert figures is None or figures.precision >= 0.9 or rule.severity == "info" or not rule.is_on, (
            rule.code
        )


def test_every_rule_finds_most_of_what_it_means(tallies: dict[str, Counter[str]]) -> None:
    assert [code for code, tally in tallies.items() if tally["found"] < 0.6 * tally["meant"]] == []
