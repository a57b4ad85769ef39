"""Class labels: the number that a form prints in front of one does not hide its class."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.rulebook.labels import classify, without_ordinal

ORDINALS = ["一、", "（二）", "(3)", "4.", "5、", "6．", "七.", "8)、", "十一、"]
LABELS = [
    (1, "产出指标", "output"),
    (1, "满意度", "satisfaction"),
    (2, "数量指标", "quantity"),
    (2, "社会效益", "social"),
]


@pytest.mark.parametrize(("ordinal", "entry"), list(product(ORDINALS, LABELS)))
def test_numbered_labels(ordinal: str, entry: tuple[int, str, str]) -> None:
    level, label, name = entry
    assert classify(ordinal + label, level) == name
    assert classify(f"{ordinal} {label}", level) == name


@pytest.mark.parametrize("text", ["一般债务", "三公经费", "2.5", "十项任务", "（一）", "100、"])
def test_what_is_no_ordinal_stays(text: str) -> None:
    assert without_ordinal(text) == text
