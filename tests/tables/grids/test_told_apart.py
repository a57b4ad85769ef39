"""Texts that resemble drawings, repeated cells and labels without blanks, and are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from perfgoals_lint import read

TEXTS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "told_apart.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_read_as_it_is_printed(name: str) -> None:
    case = TEXTS[name]
    document = read(case["text"].encode(), "表.txt")
    assert [table.project_name for table in document.tables] == case["names"]
    rows = [row for table in document.tables for row in table.indicators]
    if "rows" in case:
        assert {row.level3: row.annual_value for row in rows} == case["rows"]
    assert len(rows) == case.get("number", len(rows)) > 0
    if "goal" in case:
        assert document.tables[0].annual_goal == case["goal"]
    assert document.tables[0].cycle_goal == case.get("cycle")
