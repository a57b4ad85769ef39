"""The function that is generated of row selectors says what interpreting them one by one says."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from tests.lint.test_rows_asked import SELECTORS, _document, _view

from perfgoals_lint.lint.context import Row
from perfgoals_lint.lint.kinds.generated import planned
from perfgoals_lint.lint.kinds.selector import looks_around, row_selector


def _selected(specs: Sequence[Mapping[str, Any]], row: Row) -> int:
    """The bits of the selectors that select a row, and of those that are not asked since they look around it."""
    return sum(
        1 << place
        for place, spec in enumerate(specs)
        if looks_around(spec) or row_selector(spec)(row) is not None
    )


def test_all_selectors_of_the_rulebook_as_one_function() -> None:
    plan = planned([(f"R{place}", spec) for place, spec in enumerate(SELECTORS)])
    everything = (1 << len(SELECTORS)) - 1
    chosen = 0
    for row in _view(_document(seed=31, number=150)):
        expected = _selected(SELECTORS, row)
        assert plan.select(row, everything) == expected
        chosen += expected.bit_count()
    assert chosen > 500
    assert "known_" in plan.source


_TEXTS = ["完成率", "完成率*数", "数", "x'y", 'a"b', "\\", "\n", "{0}", "", "率"]


def _condition(dice: random.Random) -> object:
    words = dice.sample(_TEXTS, dice.randint(1, 3))
    made: dict[str, object] = {dice.choice(["is", "contains", "starts", "ends"]): words}
    if dice.random() < 0.3:
        made["not"] = {"contains": dice.sample(_TEXTS[:5], 1)}
    return dice.choice([words, made, dice.choice(_TEXTS[:5])])


def _spec(dice: random.Random, depth: int = 2) -> dict[str, object]:
    made: dict[str, object] = {}
    for key in dice.sample(["name", "description", "value", "filled", "cost", "present"], dice.randint(0, 2)):
        made[key] = {"filled": True, "cost": False, "present": "description"}.get(key) or _condition(dice)
        if key == "cost":
            made[key] = False
    if depth and dice.random() < 0.6:
        made[dice.choice(["any", "none"])] = [_spec(dice, depth - 1) for _ in range(dice.randint(1, 3))]
    return made


@pytest.mark.parametrize("seed", range(20))
def test_made_up_selectors_with_what_source_must_quote(seed: int) -> None:
    dice = random.Random(seed)
    rows = _view(_document(seed=40 + seed, number=12))
    for row in rows:
        row.name = row.indicator.level3 = "".join(dice.choices(_TEXTS, k=2))
        row.indicator.description = dice.choice([None, *_TEXTS])
    specs = [_spec(dice) for _ in range(40)]
    plan = planned([("R", spec) for spec in specs])
    for row in rows:
        for bits in ((1 << len(specs)) - 1, dice.getrandbits(len(specs))):
            assert plan.select(row, bits) == bits & _selected(specs, row)


def test_a_test_that_fails_leaves_its_rule_to_say_so() -> None:
    row = _view(_document(seed=50, number=1))[0]
    row.indicator.level3 = 7  # type: ignore[assignment]
    assert planned([("R", {"name": {"ends": "率"}})]).select(row, 1) == 1


def test_a_shared_test_is_asked_once() -> None:
    row = _view(_document(seed=51, number=1))[0]
    row.name = row.indicator.level3 = "绿地养护率"
    shared = {"name": {"ends": "率"}, "filled": row.filled}
    plan = planned([("A", shared), ("B", {**shared, "cost": row.is_cost})])
    assert plan.select(row, 3) == 3
    assert plan.source.count(".endswith(") == 2
    assert plan.source.count("known_0 := ") == 2
    assert plan.source.count("\n    known_0 = None") == 1
