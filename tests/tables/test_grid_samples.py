"""Generated documents with known truth, where they are at hand: cells as an exact reader gives them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint.model import Cell, Grid, Indicator, Source
from perfgoals_lint.rulebook.labels import split_code
from perfgoals_lint.tables.reader import recognise
from perfgoals_lint.text import squeeze
from shared_data import DATA

SAMPLES = DATA / "samples" / "office"
FILES = sorted(SAMPLES.glob("*.cells.json"))

pytestmark = pytest.mark.skipif(not FILES, reason="the sample documents are not here")


def grids(path: Path) -> Source:
    """The cells of a sample as grids, one a sheet or table."""
    by_place: dict[str, list[Cell]] = {}
    for place, row, column, row_span, column_span, text in json.loads(path.read_text(encoding="utf-8")):
        by_place.setdefault(place, []).append(Cell(row - 1, column - 1, text, row_span, column_span))
    blocks = [
        Grid(
            str(path),
            cells,
            max(cell.row + cell.row_span for cell in cells),
            max(cell.column + cell.column_span for cell in cells),
            sheet=place,
        )
        for place, cells in by_place.items()
    ]
    return Source(str(path), "xlsx", list(blocks))


def bare(text: str | None) -> str | None:
    return squeeze(text) or None if text else None


def row_of(row: Indicator | dict[str, Any]) -> tuple[str | None, ...]:
    names = ("level1", "level2", "level3", "description", "cycle_value", "annual_value", "basis")
    texts = [row.get(name) if isinstance(row, dict) else getattr(row, name) for name in names]
    return tuple(
        bare(split_code(text)[1] if text and index < 2 else text) for index, text in enumerate(texts)
    )


@pytest.mark.parametrize("path", FILES, ids=[path.name.removesuffix(".cells.json") for path in FILES])
def test_every_project_is_read_exactly(path: Path) -> None:
    truth = json.loads((SAMPLES / f"{path.name.split('.')[0]}.truth.json").read_text(encoding="utf-8"))
    document = recognise(grids(path))
    assert document is not None
    assert [bare(t.project_name) for t in document.tables] == [
        bare(t["project_name"]) for t in truth["tables"]
    ]
    for table, expected in zip(document.tables, truth["tables"], strict=True):
        assert [row_of(row) for row in table.indicators] == [row_of(row) for row in expected["indicators"]]
        # The department stands in a line above the table, which the cells of a word file do not hold.
        for name in ("project_code", "project_type", "project_level", "purpose", "cycle_goal", "annual_goal"):
            assert bare(getattr(table, name)) == bare(expected[name])
        assert table.budget_yuan == Decimal(expected["budget_yuan"])
        funding = {name: Decimal(amount) for name, amount in (expected["funding_yuan"] or {}).items()}
        assert (table.funding_yuan or {}) == funding
