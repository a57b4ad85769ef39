"""Positions of the protocol: lines as editors count them, columns in the agreed unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pygls", reason="the extra lsp is not installed")

from lsprotocol import types

from perfgoals_lint.fixes.carriers import TextSpan
from perfgoals_lint.lsp.positions import Positions

UNITS = [
    (types.PositionEncodingKind.Utf8, 7),
    (types.PositionEncodingKind.Utf16, 3),
    (types.PositionEncodingKind.Utf32, 2),
]


@pytest.mark.parametrize(("encoding", "column"), UNITS)
def test_an_astral_character_is_as_wide_as_its_unit_says(encoding: str, column: int) -> None:
    found = Positions("甲\n𠮷村道", encoding)
    assert found.range(TextSpan(4, 4)) == types.Range(types.Position(1, column), types.Position(1, column))
    assert found.offset(types.Position(1, column)) == 4


def test_only_line_ends_of_the_protocol_end_a_line() -> None:
    found = Positions("a\x0bb\u2028c\r\nd\re\n")
    assert found.position(6) == types.Position(0, 6)
    assert found.position(7) == types.Position(1, 0)
    assert found.position(9) == types.Position(2, 0)
    assert found.line(1) == TextSpan(7, 8)


def test_a_blank_line_has_a_place_of_its_own() -> None:
    found = Positions(" 甲 \n  \n\n乙")
    assert [found.line(number) for number in range(4)] == [
        TextSpan(1, 2),
        TextSpan(6, 6),
        TextSpan(7, 7),
        TextSpan(8, 9),
    ]


@given(st.text(alphabet="甲𠮷a\r\n\u2028\x0c", max_size=30), st.sampled_from([unit for unit, _ in UNITS]))
def test_there_and_back(text: str, encoding: str) -> None:
    found = Positions(text, encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":
            assert found.offset(found.position(offset)) == offset


@given(st.text(max_size=20), st.integers(0, 50), st.integers(0, 50))
def test_a_position_outside_the_text_is_its_nearest_end(text: str, line: int, column: int) -> None:
    assert 0 <= Positions(text).offset(types.Position(line, column)) <= len(text)
