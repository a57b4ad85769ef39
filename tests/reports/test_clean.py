"""What could steer a terminal or break a format becomes visible."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.reports.clean import dump, visible

ANY = st.text(st.characters(), max_size=80)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("道\x1b[31m路", "道\\x1b[31m路"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2066b\u2069", "a\\u2066b\\u2069"),
        ("a\x9bb", "a\\x9bb"),
        ("a\tb\r\nc\u2028d", "a b  c d"),
        ("\ufeffa\u200bb", "\\ufeffa\\u200bb"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("𠮷 ≥90%（三年）", "𠮷 ≥90%（三年）"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(ANY)
def test_visible_text_holds_nothing_that_steers(text: str) -> None:
    shown = visible(text)
    assert all(unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") for character in shown)
    assert all(
        unicodedata.bidirectional(c) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        for c in shown
    )
    assert visible(shown) == shown


@given(ANY)
def test_json_keeps_the_text_and_shows_no_control_character(text: str) -> None:
    dumped = dump({"text": text})
    assert json.loads(dumped) == json.loads(json.dumps({"text": text}))
    assert visible(dumped) == dumped
    assert dumped.encode()
