"""Findings kept for several reports."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from perfgoals_lint.files.blocks import Blocks
from perfgoals_lint.model import Finding
from reports.samples import many, operator, product


def test_findings_come_back_in_order_as_often_as_wanted() -> None:
    findings = list(many("zh").findings)
    kept = Blocks(iter(findings))
    assert list(kept) == findings == list(kept)
    assert len(kept) == len(findings)


def test_two_readers_do_not_disturb_each_other() -> None:
    kept = Blocks([operator("zh"), product("zh")])
    assert [left == right for left, right in zip(kept, kept, strict=True)] == [True, True]


def test_many_findings_go_to_a_file() -> None:
    def stream() -> Iterator[Finding]:
        for number in range(8000):
            yield operator("zh", fingerprint=str(number), quote="长" * 200)

    numbers = [int(finding.fingerprint) for finding in Blocks(stream())]
    assert len(numbers) == 8000
    assert all(before + 1 == after for before, after in pairwise(numbers))


def test_nothing() -> None:
    assert list(Blocks([])) == []
