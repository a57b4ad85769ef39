"""Where the boxes of a form that nobody filled in are printed: what is missing is told at its label."""

from bisect import bisect_right
from collections.abc import Mapping
from functools import cache

from perfgoals_lint.model import Cell, Document, GoalTable, Grid, Location, Source
from perfgoals_lint.rulebook.labels import field_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.titles import is_aside
from perfgoals_lint.tables.words import is_sum
from perfgoals_lint.text import squeeze

_BOXES = {
    "project_name": ("project_name",),
    "department": ("department",),
    "annual_goal": ("annual_goal", "overall_goal"),
    "cycle_goal": ("cycle_goal", "overall_goal"),
    "period": ("period", "period_start"),
    "fiscal_year": ("fiscal_year",),
    "budget_yuan": ("budget",),
    "funding_yuan": ("fiscal",),
    "disbursement_plan": ("disbursement_plan",),
    "other_funds": ("other_funds", "own_source", "public_source"),
}
"""The boxes that hold each field of a table."""
_OTHERS = "other_funds"
_OF_MONEY = frozenset(field for name in ("budget_yuan", "funding_yuan", _OTHERS) for field in _BOXES[name])
_ROW = compiled(r"\d+$")


def note_labels(document: Document, source: Source) -> None:
    """Give every table the places of the labels of those fields that it lacks. A label belongs to the table that
    began last above it; the name of an indicator is none (项目开工时间)."""
    lacking = [_lacking(table) for table in document.tables]
    grids = [block for block in source.blocks if isinstance(block, Grid)]
    sought = {field for names in lacking for name in names for field in _BOXES[name]}
    if sought.isdisjoint(map(field_of, {cell.text for grid in grids for cell in grid.cells})):
        return
    places = (table.locations.get(label) for table in document.tables for label in table.fields)
    points = {_row_of(place) for place in places if place is not None}
    order: dict[object, int] = {}
    labels: list[tuple[int, str, Location]] = []
    read = {
        place for table in document.tables for row in table.indicators for place in row.locations.values()
    }
    firsts: list[int] = []
    starts_of = cache(lambda sheet: {(cell.row, cell.column): cell for cell in grids[sheet].cells})
    before = 0
    for sheet, grid in enumerate(grids):
        row = -1
        firsts.append(before)
        for number, cell in enumerate(grid.cells, before):
            field = field_of(cell.text)
            if field in _OF_MONEY and (
                _is_filled(cell, starts_of(sheet))
                or is_aside(cell.text)
                or (is_sum(squeeze(cell.text)) and _row_of(grid.locate(cell)) in points)
            ):
                field = None
            # The cells of a row have one place in the order, but for those that have a place of their own on a page.
            if field is not None or cell.row != row or cell.bbox is not None or cell.places:
                location = grid.locate(cell)
                order.setdefault(_row_of(location), number)
                if field is not None and location not in read:
                    labels.append((number, field, location))
            row = cell.row
        before += len(grid.cells)
    starts = _starts(document.tables, order, firsts)
    for number, field, location in labels:
        at = bisect_right(starts, number, key=lambda start: start[0]) - 1
        for name in lacking[starts[at][1]] if at >= 0 else ():
            if field in _BOXES[name]:
                document.tables[starts[at][1]].labels.setdefault(name, location)


def _starts(tables: list[GoalTable], order: dict[object, int], firsts: list[int]) -> list[tuple[int, int]]:
    """Where among the cells each table begins, with its number: at its title or, when that is a paragraph above the grid,
    at the first cell of a grid (``firsts``) in which no other table goes on."""
    found = []
    for index, table in enumerate(tables):
        rows = (
            place
            for row in (*table.indicators[:1], *table.indicators[-1:])
            for place in row.locations.values()
        )
        places = (order.get(_row_of(place)) for place in (table.location, *table.locations.values(), *rows))
        if known := [place for place in places if place is not None]:
            found.append((order.get(_row_of(table.location), min(known)), max(known), index))
    starts, end = [], -1
    for start, last, index in sorted(found):
        first = firsts[bisect_right(firsts, start) - 1]
        titled = _row_of(tables[index].location) in order
        starts.append((start if titled or first <= end else first, index))
        end = max(end, last)
    return starts


def _lacking(table: GoalTable) -> list[str]:
    lacking = [
        name
        for name in _BOXES
        if name != _OTHERS and not getattr(table, name) and name not in table.locations
    ]
    # A source that is not all of the budget: is there a box for another one?
    sources = table.funding_yuan or {}
    return [*lacking, _OTHERS] if len(sources) == 1 and table.budget_yuan not in sources.values() else lacking


def _is_filled(cell: Cell, starts: Mapping[tuple[int, int], Cell]) -> bool:
    """Does something stand behind a label, if only what cannot be read, or is it the heading of a label that has its
    value behind it (项目资金)? ``starts`` has the cells of its grid by row and column."""
    after: Cell | None = cell
    for _ in range(2):
        after = starts.get((after.row, after.column + after.column_span)) if after else None
        if after is None or not after.text.strip():
            return False
        if field_of(after.text) is None:
            return True
    return False


def _row_of(location: Location) -> object:
    """What a place and a cell of the same row have in common."""
    if location.cell is not None:
        return location.sheet, int(_ROW.findall(location.cell)[0])
    if location.bbox is not None:
        return location.page, round(location.bbox[1])
    return location.table, location.row
