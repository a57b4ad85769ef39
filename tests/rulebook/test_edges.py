"""What is said of the ends of a pattern holds of everything that it matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.rulebook import labels
from perfgoals_lint.rulebook.edges import edges, may

PATTERNS = [
    "甲|乙丙?", "(?:甲|乙)*丙", r"(?:19|20)\d\d年度?", "甲.{0,3}", "[一-鿿]{0,2}乙", "甲?乙?", "[^甲]乙", "(?:甲+|乙)(?:丙|$)", "甲(?=乙)乙", "(?=[甲乙])(?:甲|乙)+?", r"(?<!丁)\d+(?!年)",
    r"[0-9]+甲", "(?<![^甲])[丁-丙]", r"[\d年]{2,3}",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(alphabet="甲乙丙丁年度0129３", min_size=1, max_size=6))
def test_ends_of_patterns(pattern: str, text: str) -> None:
    first, last = edges(pattern)
    if re.fullmatch(pattern, text):
        assert may(first, text[0])
        assert may(last, text[-1])


@pytest.mark.parametrize("kind", ["fields", "columns"])
def test_ends_of_the_names_of_forms(kind: str) -> None:
    """All names of one part for each alternative of the grammar, made from its own words."""
    data = labels.framework_data("fields")
    for name in data[kind].values():
        for text in map(labels._field_key, name):
            asked = [one.field for one in labels._grammar(kind) if one.pattern.fullmatch(text)]
            assert labels._parsed(kind, text) == (asked[0] if asked else None) or not text
