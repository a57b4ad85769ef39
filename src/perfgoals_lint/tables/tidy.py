"""Grids as they are meant: without the blank columns of outer bars, and one cell for a label that is printed again below."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from perfgoals_lint.model import Cell, Grid, TextBlock
from perfgoals_lint.rulebook.labels import column_of, field_of, is_level1, is_level2, time_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.turned import moved

_GROUPS = frozenset(
    {"budget", "cycle_budget", "purpose", "overall_goal", "annual_goal", "cycle_goal", "indicators", "cycle_indicators",
     "tasks", "schedule", "period", "aside", "disbursement_plan", "investment"}
)  # fmt: skip
"""Fields whose label may cover rows."""
_FEWEST = 3
_WORDS = compiled(r"[一-鿿]{4}")


def tidied(blocks: Iterable[TextBlock | Grid]) -> list[TextBlock | Grid]:
    """The blocks, each grid itself where nothing is to be done, else a copy whose cells keep their places."""
    done: list[TextBlock | Grid] = []
    before: set[int] = set()
    for block in blocks:
        if isinstance(block, Grid):
            # As wide as a grid before it, it goes on with that, whose first column holds what stands beside the rows.
            bare = block if block.columns in before else _without_margin(block)
            if bare is block:
                before.add(block.columns)
            done.append(_merged(_with_cells_in_front(_with_wide_names(_with_wide_rows(bare)))))
        else:
            done.append(block)
    return done


def _with_wide_rows(grid: Grid) -> Grid:
    """With one cell over the width of a row that prints the same words in each of its columns: a title, which a converter that
    knows no merged cells repeats."""
    if not any(cell.text == before.text != "" for before, cell in pairwise(grid.cells)):
        return grid  # as nearly all
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    wide = {
        row: replace(cells[0], column_span=grid.columns)
        for row, cells in rows.items()
        if len(cells) == grid.columns >= _FEWEST
        and len({cell.text for cell in cells}) == 1
        and _WORDS.search(cells[0].text)
    }
    if not wide:
        return grid
    cells = [wide.get(cell.row, cell) for cell in grid.cells if cell.row not in wide or cell.column == 0]
    return replace(grid, cells=cells)


def _with_wide_names(grid: Grid) -> Grid:
    """With one column for names of indicators that are printed twice beside each other, the header's and all below it."""
    texts = {(cell.row, cell.column): cell.text.strip() for cell in grid.cells}
    wide = {
        (cell.row, cell.column)
        for cell in grid.cells
        if cell.column_span == 1
        and cell.text.strip()
        and texts.get((cell.row, cell.column + 1)) == cell.text.strip()
        and column_of(cell.text) == "level3"
    }
    rows, columns = ({place[n] for place in wide} for n in (0, 1))
    if len(rows) != 1:
        return grid
    below = range(min(rows), grid.rows)
    again = {c for c in columns if all(texts.get((row, c)) == texts.get((row, c + 1)) for row in below)}
    cells = [
        replace(cell, column_span=2)
        if cell.row in below and cell.column in again and cell.text.strip()
        else cell
        for cell in grid.cells
        if not (cell.row in below and cell.column - 1 in again)
    ]
    return replace(grid, cells=cells) if again else grid


def _with_cells_in_front(grid: Grid) -> Grid:
    """With the classes beside their first rows, where a grid without merged cells has a row right below its header that has
    none."""
    if grid.sheet is not None or any(cell.row_span > 1 or cell.column_span > 1 for cell in grid.cells):
        return grid
    filled = {(cell.row, cell.column) for cell in grid.cells if cell.text.strip()}
    over_blanks = (
        cell
        for cell in grid.cells
        if (cell.row, cell.column) in filled and (cell.row + 1, cell.column) not in filled
    )
    if not any(column_of(cell.text) in ("level1", "level2") for cell in over_blanks):
        return grid
    from perfgoals_lint.tables.grids.centred_cells import with_cells_in_front  # as the readings of text

    return with_cells_in_front(grid)


def _without_margin(grid: Grid) -> Grid:
    """Without the first column, where that is blank beside all other cells: what stands in front of an outer bar."""
    if grid.sheet is not None or grid.page is not None or grid.columns < 3:
        return grid
    beside = {cell.row for cell in grid.cells if cell.column > 0 and cell.text.strip()}
    first = [cell for cell in grid.cells if cell.column == 0]
    if not beside or any(cell.row in beside and (cell.text.strip() or cell.nested) for cell in first):
        return grid
    cells = [
        cell if cell.column == 0 else moved(grid, cell, cell.row, cell.column - 1)
        for cell in grid.cells
        if cell.column > 0 or cell.row not in beside
    ]
    return replace(grid, cells=cells, columns=grid.columns - 1)


def _merged(grid: Grid) -> Grid:
    above: dict[int, int] = {}
    kept: list[Cell] = []
    copied: set[int] = set()
    headers: set[int] = set()
    named: frozenset[int] | None = None
    for cell in grid.cells:
        at = above.get(cell.column)
        over = kept[at] if at is not None else None
        if over is None or over.text != cell.text or not _is_copy(over, cell):
            above[cell.column] = len(kept)
            kept.append(cell)
            continue
        kind = _kind_of(cell.text)
        if kind == "name" and named is None:
            named = _header_rows(grid)
        goes_on = kind == "group" or (kind and {over.row, cell.row} <= (named or frozenset()))
        if goes_on and at is not None:
            if at not in copied:
                copied.add(at)
                over = kept[at] = replace(over)
            over.row_span += 1
            headers.add(over.row)
            continue
        above[cell.column] = len(kept)
        kept.append(cell)
    if len(kept) == len(grid.cells):
        return grid
    kept = [replace(cell) if cell.row in headers else cell for cell in kept]
    for row in headers:
        kept = _widened(kept, row)
    return replace(grid, cells=kept)


def _widened(cells: list[Cell], row: int) -> list[Cell]:
    """The cells, the names of a header's upper row reaching over the blank ones behind them that have a name below."""
    below = {cell.column for cell in cells if cell.row == row + 1 and cell.text.strip()}
    last: Cell | None = None
    covered: set[int] = set()
    for cell in [cell for cell in cells if cell.row == row]:
        if cell.text.strip():
            last = cell
        elif last is not None and {last.column, cell.column} <= below and last.row_span == 1:
            last.column_span = cell.column + 1 - last.column
            covered.add(id(cell))
    return [cell for cell in cells if id(cell) not in covered]


def _header_rows(grid: Grid) -> frozenset[int]:
    """The rows that hold names of columns and hardly anything else."""
    return frozenset(
        row
        for row, own in grid.printed().items()
        if len(own) >= _FEWEST and 4 * sum(_is_other(cell.text) for cell in own) <= len(own)
    )


def _is_other(text: str) -> bool:
    return not (field_of(text) or column_of(text) or is_level1(text) or is_level2(text) or time_of(text))


def _is_copy(over: Cell, cell: Cell) -> bool:
    """Does a cell stand right below another one with its text, as wide?"""
    if not cell.text or cell.row_span > 1:
        return False
    return over.row + over.row_span == cell.row and over.column_span == cell.column_span


def _kind_of(text: str) -> Literal["group", "name"] | None:
    """May a text that is printed again below itself be one cell: the label of a box over several rows (``group``), or,
    in the lower row of a header, the name of a column (``name``)?"""
    label, column = field_of(text), column_of(text)
    if label in _GROUPS and column is None:
        return "group"
    return "name" if (label or column) is not None else None
