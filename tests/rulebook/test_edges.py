"""What is said of the ends of a pattern holds of everything that it matches."""

from __future__ import annotations

import random
import re
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.rulebook import labels
from perfgoals_lint.rulebook.edges import DIGIT, edges, found_by, may

PATTERNS = [
    "甲|乙丙?", "(?:甲|乙)*丙", r"(?:19|20)\d\d年度?", "甲.{0,3}", "[一-鿿]{0,2}乙", "甲?乙?", "[^甲]乙", "(?:甲+|乙)(?:丙|$)", "甲(?=乙)乙", "(?=[甲乙])(?:甲|乙)+?", r"(?<!丁)\d+(?!年)",
    r"[0-9]+甲", "(?<![^甲])[丁-丙]", r"[\d年]{2,3}",
]  # fmt: skip


def made_of(pattern: str, dice: random.Random) -> str:
    """A text that a pattern matches, by chance: what only looks ahead or back is not heeded."""

    def made(nodes: Any) -> str:
        return "".join(map(one, nodes))

    def one(node: Any) -> str:
        kind, value = str(node[0]), node[1]
        if kind == "LITERAL":
            return chr(value)
        if kind == "IN":
            kind, value = dice.choice(value)
            return (
                chr(dice.randint(*value))
                if str(kind) == "RANGE"
                else chr(value)
                if str(kind) == "LITERAL"
                else "5"
            )
        if kind == "SUBPATTERN":
            return made(value[3])
        if kind in ("MAX_REPEAT", "MIN_REPEAT"):
            return "".join(
                made(value[2]) for _ in range(dice.randint(value[0], min(int(value[1]), value[0] + 2)))
            )
        return made(dice.choice(value[1])) if kind == "BRANCH" else "中" if kind == "ANY" else ""

    return made(import_module("re._parser").parse(pattern))


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(alphabet="甲乙丙丁年度0129３", min_size=1, max_size=6))
def test_ends_of_patterns(pattern: str, text: str) -> None:
    first, last = edges(pattern)
    if re.fullmatch(pattern, text):
        assert may(first, text[0])
        assert may(last, text[-1])


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(alphabet="甲乙丙丁年度0129３", max_size=8))
def test_what_a_pattern_finds_has_one_of_its_characters(pattern: str, text: str) -> None:
    known = found_by(pattern)
    if known is not None and (match := re.search(pattern, text)):
        assert any(may(known, character) for character in match[0])


@pytest.mark.parametrize("kind", ["fields", "columns"])
@given(dice=st.randoms(use_true_random=False))
def test_names_that_the_grammar_makes_may_be_names(kind: str, dice: random.Random) -> None:
    """A text that follows the grammar of a field is not passed over at a look at its characters."""
    product = dice.choice(labels._grammar(kind))
    text = made_of(product.pattern.pattern, dice)
    if text and product.pattern.fullmatch(text):
        assert labels._may_name(kind, text)


@pytest.mark.parametrize("kind", ["fields", "columns"])
def test_ends_of_the_names_of_forms(kind: str) -> None:
    """All names of one part for each alternative of the grammar, made from its own words."""
    data = labels.framework_data("fields")
    for name in data[kind].values():
        for text in map(labels._field_key, name):
            asked = [one.field for one in labels._grammar(kind) if one.pattern.fullmatch(text)]
            assert labels._parsed(kind, text) == (asked[0] if asked else None) or not text


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("完成率$", "竣工完成率"), ("^第?[一二三]+期", "二期"), ("(?:无|没有)投诉", "没有投诉"), ("(?<!不)满意度?", "很满意"),
     (r"\d+%", "达٣%"), ("[^/]占比", "x占比")],
)  # fmt: skip
def test_a_pattern_finds_nothing_without_one_of_its_characters(pattern: str, text: str) -> None:
    match = re.search(pattern, text)
    assert match
    known = found_by(pattern)
    assert known is None or any(one in known or (DIGIT in known and one.isdecimal()) for one in match[0])


def test_a_pattern_that_may_match_nothing_tells_nothing() -> None:
    assert found_by("(?:很)?") is None
    assert found_by("(?i)ab") is None
