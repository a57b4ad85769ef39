"""Likeness of texts, as the rulebook defines it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.rulebook.similarity import common_stretch, echo_similarity, ratio, similarity, sister_key

WORDS = st.text("提高企业办事效率的水平，、 ab", max_size=30)


def by_table(a: str, b: str) -> int:
    """The longest common subsequence by the textbook's table."""
    row = [0] * (len(b) + 1)
    for x in a:
        before = row[:]
        for j, y in enumerate(b, 1):
            row[j] = before[j - 1] + 1 if x == y else max(before[j], row[j - 1])
    return row[-1]


@given(WORDS, WORDS)
def test_ratio_is_twice_the_common_subsequence_over_both_lengths(a: str, b: str) -> None:
    expected = 2 * by_table(a, b) / (len(a) + len(b)) if a and b else 0.0
    assert ratio(a, b) == expected == ratio(b, a)


def test_marks_blanks_and_particles_do_not_count() -> None:
    assert similarity("提高 企业办事的效率。", "提高企业办事效率") == 1.0
    assert similarity("服务企业家数", "巡河次数") < 0.85


def test_fillers_do_not_make_a_target() -> None:
    assert echo_similarity("有效提升办事效率", "办事时间缩短") < 1.0
    assert echo_similarity("切实减轻企业负担", "减轻企业负担") == 1.0


def test_the_order_of_words_does_not_make_a_target() -> None:
    assert echo_similarity("有效提升办事效率", "办事效率提升") == 1.0
    assert echo_similarity("有效提升办事效率", "办事效率提升两成") < 1.0


@given(WORDS, WORDS)
def test_a_common_stretch_stands_in_both_texts(a: str, b: str) -> None:
    stretch = common_stretch(a, b, 2)
    pieces = {a[i:j] for i in range(len(a)) for j in range(i + 2, len(a) + 1)}
    longest = max((len(piece) for piece in pieces if piece in b), default=0)
    assert (len(stretch) if stretch else 0) == longest
    assert stretch is None or (stretch in a and stretch in b)


def test_sisters_differ_by_a_district_only() -> None:
    assert sister_key("农机补贴(北山区)") == sister_key("农机补贴（南河县）") == "农机补贴"
    assert sister_key("农机补贴(本级)") is None
    assert sister_key("口岸貿易(东区)") == sister_key("口岸贸易(西区)")
