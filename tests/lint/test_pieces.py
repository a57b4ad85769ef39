"""A thing is held by words when it is made of pieces that stand in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.lint.facts.promises import _holds

SHORT = st.text("苗木路灯", max_size=9)


@given(SHORT, SHORT)
def test_every_way_of_cutting_is_found(words: str, thing: str) -> None:
    def is_made_of_pieces(rest: str) -> bool:
        cuts = range(2, len(rest) + 1)
        return not rest or any(rest[:cut] in words and is_made_of_pieces(rest[cut:]) for cut in cuts)

    assert _holds(words, thing) == (len(thing) >= 2 and is_made_of_pieces(thing))
