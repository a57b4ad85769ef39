"""The code of a standard is no amount, however it is written; letters in front of a counted thing do not make it one."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.values import parse
from perfgoals_lint.values.types import Quantity, Statement

TWO_PARTS = ("GB/T", "DB44/T", "HJ/T", "T/CECS", "Q/GDW", "GBZ/T")
ONE_PART = ("GB", "CJJ", "ISO", "JGJ", "DB11", "HJ")
NOUNS = ("标准", "规范", "认证", "要求")


def test_codes_are_words() -> None:
    written = [
        before + letters + blank + number + year + behind
        for before, blank, number, behind in product(
            ("", "符合", "通过"), ("", " "), ("18883", "2.1"), ("", *NOUNS)
        )
        for letters, year in (
            *product(TWO_PARTS, ("", "-2022", "—1998")),
            *product(ONE_PART, ("-2022", "—1998") if not behind else ("", "-2022")),
        )
    ]
    wrong = {text: found for text in written if not isinstance(found := parse(text), Statement)}
    assert not wrong


@pytest.mark.parametrize(
    ("letters", "unit"), [*product(("SCI", "LED", "APP", "A/B"), ("篇", "盏", "个", "套"))]
)
def test_counts_behind_letters_stay_amounts(letters: str, unit: str) -> None:
    found = parse(f"{letters}20{unit}")
    assert isinstance(found, Quantity)
    assert (found.value, found.unit) == (20, unit)
