"""Looking for the labels of empty boxes goes through the cells of a grid the same number of times however many forms it holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from perfgoals_lint.extraction.empty_boxes import note_labels
from perfgoals_lint.model import Cell, Document, GoalTable, Grid, Location, Source


class _Counted(list[Cell]):
    """Cells that count how often they are gone through."""

    times = 0

    def __iter__(self) -> Iterator[Cell]:
        self.times += 1
        return super().__iter__()


def _times(forms: int) -> int:
    texts = [("项目名称", "渡口"), ("年度资金总额", "XX"), ("年度目标", "")] * forms
    cells = _Counted(
        Cell(row, column, text) for row, pair in enumerate(texts) for column, text in enumerate(pair)
    )
    grid = Grid("表.xlsx", cells, len(texts), 2, sheet="表")
    tables = [GoalTable(Location("表.xlsx", sheet="表", cell=f"A{3 * n + 1}")) for n in range(forms)]
    note_labels(Document("表.xlsx", "xlsx", tables=tables), Source("表.xlsx", "xlsx", [grid]))
    assert all("annual_goal" in table.labels for table in tables)
    assert not any("budget_yuan" in table.labels for table in tables)
    return cells.times


@pytest.mark.parametrize("forms", [2, 8, 32])
def test_labels_are_looked_for_in_one_pass(forms: int) -> None:
    assert _times(forms) == _times(1)
