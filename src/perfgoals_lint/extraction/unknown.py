"""Cells whose formula has no stored value: what they show is not known, which is not the same as nothing.

They read as blank. Here the fields that they would fill are marked, so that no rule calls them empty.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from perfgoals_lint.model import Cell, Document, GoalTable, Grid, Location, Source, cell_place
from perfgoals_lint.rulebook.labels import field_of

_FIELDS = {
    "budget": ("budget_yuan",),
    "fiscal": ("funding_yuan",),
    "special_account": ("funding_yuan",),
    "other_funds": ("funding_yuan",),
    "period_start": ("period",),
    "period_end": ("period",),
    "overall_goal": ("cycle_goal", "annual_goal"),
}
"""Fields of a table by the box that fills them, where they are not called alike."""
_VALUES = ("annual_value", "cycle_value", "description", "basis", "weight", "level3", "level2", "level1")
_Place = tuple[str | None, int, int]
"""Sheet, row and column."""


def mark_unknown(document: Document, source: Source) -> None:
    """Note in the tables and rows of a document which of their empty fields are formulas without a value."""
    for grid in source.blocks:
        if isinstance(grid, Grid):
            for cell in grid.cells:
                if cell.unknown:
                    _mark(document.tables, grid, cell)


def _mark(tables: list[GoalTable], grid: Grid, cell: Cell) -> None:
    inside = [table for table in tables if _rows(table, grid)]
    for table in inside:
        columns = _columns(table, grid)
        for row in table.indicators:
            rows = {place[1] for place in _places(row.locations.values(), grid)}
            if cell.row in rows:
                fields = [name for name in _VALUES if columns.get(name) == cell.column]
                # A column that nothing fills in the whole table has no place: its formula may be any value.
                found = fields or [name for name in ("annual_value", "cycle_value") if name not in columns]
                row.unknown += [name for name in found if getattr(row, name) is None]
                return
    box = _box(grid, cell)
    if box is not None and inside:
        above = [table for table in inside if min(_rows(table, grid)) <= cell.row]
        (above or inside)[-1].unknown += _FIELDS.get(box, (box,))


def _box(grid: Grid, cell: Cell) -> str | None:
    """The box whose label stands closest to the left of a cell."""
    labels = [
        (other.column, box)
        for other in grid.cells
        if other.row <= cell.row < other.row + other.row_span
        and other.column < cell.column
        and (box := field_of(other.text))
    ]
    return max(labels)[1] if labels else None


def _columns(table: GoalTable, grid: Grid) -> dict[str, int]:
    """The column of each field of the rows, by where most of them have it."""
    counts: dict[str, Counter[int]] = {}
    for row in table.indicators:
        for name, location in row.locations.items():
            for _, _, column in _places([location], grid):
                counts.setdefault(name, Counter())[column] += 1
    return {name: counted.most_common(1)[0][0] for name, counted in counts.items()}


def _rows(table: GoalTable, grid: Grid) -> set[int]:
    return {row for _, row, _ in _places(table.places(), grid)}


def _places(locations: Iterable[Location], grid: Grid) -> Iterator[_Place]:
    """The places among these that lie on the grid, 0-based."""
    for place in locations:
        if grid.sheet is not None and place.sheet == grid.sheet and place.cell:
            at = cell_place(place.cell)
            if at is not None:
                yield grid.sheet, *at
        elif grid.sheet is None and place.table == grid.table and place.row and place.column:
            yield None, place.row - 1, place.column - 1
