"""Grids without merged cells whose classes stand in the middle of their rows: each is put beside the first of them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from perfgoals_lint.model import Cell, Grid, Line, Location
from perfgoals_lint.rulebook.labels import classify, column_of, field_of, parent_of
from perfgoals_lint.rulebook.lexicons import finds
from perfgoals_lint.tables.grids.centred import IDENTITY, CentredLabel, divisions, row_edges
from perfgoals_lint.tables.grids.heads import SIDE
from perfgoals_lint.tables.turned import moved
from perfgoals_lint.tables.words import is_note, is_sum

_Rows = dict[int, dict[int, Cell]]
_Place = tuple[int, int]
_ENDS = IDENTITY | {"aside", "score"}
"""What stands in front of a row that is none of the table above."""


def with_cells_in_front(grid: Grid) -> Grid:
    """The grid with the cells of its levels, and those in front of them, in the first of the rows in whose middle they
    stand; as it is where their places do not tell that in one way. No cell is merged."""
    rows = {row: {cell.column: cell for cell in own} for row, own in grid.printed().items()}
    order = sorted(rows)
    to: dict[_Place, int] = {}
    for top, names in rows.items():
        roles = {column_of(cell.text): column for column, cell in names.items()}
        if roles.keys() >= {"level1", "level2", "level3"} and roles["level1"] < roles["level2"]:
            to |= _moves(rows, order, top, roles["level1"], roles["level2"])
    if not to:
        return grid
    filled = {(row, column) for (_, column), row in to.items()}
    cells = [
        moved(grid, cell, to.get((cell.row, cell.column), cell.row), cell.column)
        for cell in grid.cells
        if cell.text.strip() or (cell.row, cell.column) not in filled
    ]
    return replace(grid, cells=sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _moves(rows: _Rows, order: Sequence[int], top: int, first: int, second: int) -> dict[_Place, int]:
    """To which row the cells of the levels below a header belong that do not stand in their first one, and the cells in
    front of them: what these have in common ends where classes of the first level do."""
    below = _below(rows, order, top, second)
    edges = row_edges([1] * len(below))
    labels = {column: _labels(rows, below, column) for column in range(second + 1)}
    firsts, seconds = labels[first], labels[second]
    if not firsts or not seconds or firsts[0].middle == seconds[0].middle == 0:
        return {}
    found: dict[_Place, int] = {}
    ways = {way for way in divisions(firsts, seconds, edges, (False, True)) if _fits(firsts, seconds, *way)}
    for column in range(first):
        if len(labels[column]) == 1 and column not in rows[top] and field_of(labels[column][0].text) in SIDE:
            found[below[int(labels[column][0].middle)], column] = top
        elif labels[column] and labels[column][0].middle:
            own = {ends for _, ends in divisions([], labels[column], edges, (True,))}
            own = {ends for ends in own if any({*ends} <= {*above} for above, _ in ways)}
            ways = {way for way in ways if any({*ends} <= {*way[0]} for ends in own)}
            if len(own) == 1:
                found |= _moved(below, column, labels[column], own.pop())
    if len(ways) == 1:
        for column, ends in zip((first, second), ways.pop(), strict=True):
            found |= _moved(below, column, labels[column], ends)
    return found


def _labels(rows: _Rows, below: Sequence[int], column: int) -> list[CentredLabel]:
    """The cells of a column below a header, each where it stands."""
    cells = ((n, rows[row].get(column)) for n, row in enumerate(below))
    return [CentredLabel([Line(cell.text.strip(), Location(""))], [float(n)]) for n, cell in cells if cell]


def _moved(
    below: Sequence[int], column: int, labels: Sequence[CentredLabel], ends: Sequence[int]
) -> dict[_Place, int]:
    """The cells of a column that do not stand in the first of their rows, and which that is."""
    begins = zip(labels, (0, *ends[:-1]), strict=True)
    return {(below[int(one.middle)], column): below[at] for one, at in begins if one.middle != at}


def _fits(
    firsts: Sequence[CentredLabel],
    seconds: Sequence[CentredLabel],
    above: tuple[int, ...],
    ends: tuple[int, ...],
) -> bool:
    """Is no known class of the second level below one of the first that it does not belong to?"""
    for label, end in zip(seconds, ends, strict=True):
        own = classify(label.text, 2)
        over = classify(firsts[bisect_left(above, end)].text, 1)
        if own and over and parent_of(own) != over:
            return False
    return True


def _below(rows: _Rows, order: Sequence[int], top: int, second: int) -> list[int]:
    """The rows of a table below its header: up to a sum, a verdict or a note, or to what begins the next table."""
    found: list[int] = []
    for row in islice(order, bisect_left(order, top + 1), None):
        texts = [cell.text.strip() for _, cell in sorted(rows[row].items())]
        if not found and min(rows[row]) > second + 1:
            continue  # the lower row of the header
        if is_sum(texts[0]) or is_note(texts[0]) or field_of(texts[0]) in _ENDS or _begins_table(texts):
            break
        found.append(row)
    return found


def _begins_table(texts: Sequence[str]) -> bool:
    """Are the cells of a row a title, or a header?"""
    titled = len(texts) == 1 and finds(texts[0], "text_tables.table")
    return bool(titled) or {"level1", "level2"} <= {*map(column_of, texts)}
