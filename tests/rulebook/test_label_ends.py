"""A look at the ends of a text settles that it is no label, and only where it is none."""

from __future__ import annotations

import random

import pytest

from perfgoals_lint.rulebook import labels
from perfgoals_lint.rulebook.policy import framework_data

FRONTS = ("", "1.", "（二）", "*", "其中：", "2026年", "年度", " ", "11-")
BEHINDS = ("", "：", ":", "（万元）", "(%)", "（盖章）", "（50分）", " ", "\u3000", "指标", "（必填）:")


def _texts(names: list[str]) -> list[str]:
    decorated = [front + name + behind for name in names for front in FRONTS for behind in BEHINDS]
    return random.Random(3).sample(decorated, 6000) + names


@pytest.mark.parametrize("kind", ["fields", "columns"])
def test_a_name_is_found_as_without_the_look(kind: str) -> None:
    data = framework_data("fields")
    words = data["grammar"]["words"]
    dice = random.Random(4)
    pairs = [dice.choice(list(words)) for _ in range(4000)]
    products = ["".join(dice.choice(words[one]) for one in dice.sample(pairs, 2)) for _ in range(4000)]
    named = 0
    for text in _texts([*data["fields"]["budget"], *labels._names(kind), *products]):
        found = labels._find(kind, text)
        named += found is not None
        assert labels._lookup(kind, text) == found, text
    assert named > 500


def test_a_class_is_found_as_without_the_look() -> None:
    names = [label for one in framework_data("labels")["classes"].values() for label in one["aliases"]]
    named = 0
    for text in _texts(names):
        for level in (1, 2):
            found = labels._classified(text, level)
            named += found is not None
            assert labels.classify(text, level) == found, text
    assert named > 500
    assert labels.classify(None, 1) is None
    assert labels.classify("", 2) is None
