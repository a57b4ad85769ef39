"""Whether a text is nothing but a value is told as reading it tells, without reading most names."""

from __future__ import annotations

import random
from typing import Any

from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values import is_whole, parse

FIGURES = ("3棵", "≥5%", "年3月底前", "一批", "", "2026年", "第3名", "不少于三个")


def _words(data: Any) -> set[str]:
    """All words of some lexicon, as far as they are short."""
    if isinstance(data, str):
        return {word for word in data.split() if len(word) < 12}
    members = data if isinstance(data, list) else [*data, *data.values()] if isinstance(data, dict) else []
    return set[str]().union(*map(_words, members))


def _by_reading(text: str) -> bool:
    return getattr(parse(text), "span", None) == (0, len(text))


def test_every_word_of_the_grammar_before_and_behind_a_figure() -> None:
    words = sorted(_words(lexicon("values")) | _words(lexicon("units")))
    texts = {text for word in words for figure in FIGURES for text in (word + figure, figure + word)}
    whole = 0
    for text in sorted(texts):
        whole += _by_reading(text)
        assert is_whole(text) == _by_reading(text), text
    assert whole > 300


def test_any_character_in_front_of_a_figure() -> None:
    for code in random.Random(1).sample(range(0x4E00, 0x9FA6), 2000):
        for figure in FIGURES[:4]:
            assert is_whole(chr(code) + figure) == _by_reading(chr(code) + figure)
