"""Width and line breaking of mixed Chinese and Latin text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.reports.textwidth import pad, shorten, width, wrap

PROSE = st.lists(
    st.sampled_from(
        [
            "道路",
            "验收",
            "2024",
            "abc",
            " ",
            "，",
            "。",
            "（",
            "）",
            "“",
            "”",
            "90%",
            "、",
            "：",
            "12.5万元",
            "〔2021〕101号",
        ]
    ),
    max_size=60,
).map("".join)


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("道路", 4), ("≥90%", 4), ("𠮷", 2), ("e\u0301", 1), ("，", 2), ("", 0)]
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def lines(text: str, columns: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, columns)]


@given(st.text(max_size=200), st.integers(2, 60))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, columns: int) -> None:
    wrapped = lines(text, columns)
    assert all(width(line) <= columns for line in wrapped)
    assert "".join("".join(wrapped).split()) == "".join(text.split())


@given(PROSE, st.integers(40, 80))
def test_no_line_begins_with_what_closes_or_ends_with_what_opens(text: str, columns: int) -> None:
    crowded = any(mark * 5 in text for mark in "，。（）“”、：")
    for (first, last), (start, _) in pairwise(wrap(text, columns)):
        if crowded or text[start - 1].isspace():
            continue
        before = text[first:last]
        assert text[start] not in "，。）”、：%" or width(before) + width(text[start]) > columns
        assert before[-1] not in "（“" or before.endswith(("（（", "““"))


def test_punctuation_stays_with_its_word() -> None:
    assert lines("完成道路修缮，方便出行。", 12) == ["完成道路修", "缮，方便出", "行。"]
    assert lines("共计（含税）12.5万元。", 14) == ["共计（含税）", "12.5万元。"]


@pytest.mark.parametrize("number", ["〔2021〕101号", "（2021）7号", "[2021]第18号"])
def test_the_number_of_a_document_stays_whole(number: str) -> None:
    text = f"依据：《中央部门项目指引（试行）》（财预{number}）；另见附件。"
    for columns in range(18, 60):
        assert any(number in line for line in lines(text, columns)), columns


def test_a_long_word_is_cut_where_the_line_is_full() -> None:
    assert lines("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_a_huge_word_takes_linear_time() -> None:
    assert len(wrap("x" * 400_000, 40)) == 10_000


def test_pad_and_shorten() -> None:
    assert pad("道路", 6) == "道路  "
    assert shorten("道路修缮", 8) == "道路修缮"
    assert shorten("道路修缮", 7) == "道路修…"
    assert shorten("道路修缮", 6) == "道路…"
