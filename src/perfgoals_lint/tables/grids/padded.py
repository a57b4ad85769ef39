"""Rows printed a cell a line between bars, each filled up with bars to the width of its table: where a row ends is certain."""

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import reduce
from itertools import accumulate, dropwhile, pairwise

from perfgoals_lint.model import Cell, Grid, Line, TextBlock
from perfgoals_lint.rulebook.labels import column_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.grids.matrix import cells_of, going_on
from perfgoals_lint.tables.grids.pieces import Shape, of_pages
from perfgoals_lint.tables.headings import is_class
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.tidy import tidied

_BAR = compiled(r"(?<!\\)\|")
_HEADING = frozenset({"level1", "level2", "level3", *VALUES})
"""Columns whose names no row has."""
_WIDEST = 48
"""Bars of a row."""
_FEWEST = 3
"""Rows, and bars of a row."""
_FILLED = 2
"""Rows that are filled up: lines with more than one bar."""
_NEARLY_ALL = 0.8
"""The share of the lines with bars that are in rows."""


def rows_filled_up(block: TextBlock, path: str) -> list[TextBlock | Grid] | None:
    """The block with a grid for each run of lines whose rows have the same number of bars, several lines a row; ``None``
    where there is none. The grid of a text that ends inside of a row is cut off."""
    aside = of_pages(block.lines)
    lines: list[Line] = []
    breaks: set[int] = set()
    for number, line in enumerate(block.lines):
        if number in aside:
            breaks.add(len(lines))
        elif line.text.strip():
            lines.append(line)
    counts = [_bars(line.text) for line in lines]
    alone = {number for number, line in enumerate(lines) if line.text.strip() == "|"}
    last = next((number for number in reversed(range(len(lines))) if counts[number]), -1)
    if last >= 0:
        counts[last] = len(_BAR.findall(lines[last].text))  # where the text may end
    found: list[TextBlock | Grid] = []
    inside = tables = done = at = 0
    parted = False  # by a page inside of a row: the next page may begin with another one
    while at < len(lines):
        ends, reach = _row_ends(counts, at, last, alone) if counts[at] else ([], at + 1)
        if not ends:
            at = reach
            continue
        if at > done:
            found.append(TextBlock(lines[done:at]))
        tables += 1
        found.append(_grid(lines, at, ends, path, tables))
        inside += sum(map(bool, counts[at : ends[-1]]))
        parted = parted or not breaks.isdisjoint({*range(at + 1, ends[-1])} - {*ends})
        done = at = ends[-1]
    grids = (block for block in found if isinstance(block, Grid))
    few = inside < _NEARLY_ALL * sum(map(bool, counts))
    if few or parted or not tables or any(map(_is_out_of_step, grids)):
        return None
    if done < len(lines):
        found.append(TextBlock(lines[done:]))
    pages = [block.lines[number] for number in sorted(aside)]
    return tidied([*found, TextBlock(pages)] if pages else found)


def _is_out_of_step(grid: Grid) -> bool:
    """Has a row of a grid the name of a column and a class: do rows of a page end elsewhere than it was taken for?"""
    names: set[int] = set()
    classes: set[int] = set()
    for cell in grid.cells:
        if column_of(cell.text) in _HEADING:
            names.add(cell.row)
        elif cell.text.strip().endswith("指标") and is_class(cell.text):
            classes.add(cell.row)
    return not names.isdisjoint(classes)


def _bars(text: str) -> int:
    """The bars of a line; more than a row has where the last one does not end it."""
    count = len(_BAR.findall(text))
    return count if not count or text.rstrip().endswith("|") else _WIDEST + 1


def _row_ends(counts: Sequence[int], start: int, last: int, alone: Set[int]) -> tuple[list[int], int]:
    """Behind the last line of every row from a line on, a part of one at the ``last`` line with bars too, none where no
    width parts the lines into rows; and how far rows reach that are not certain, else the next line. Of two widths that
    reach as far, one counts whose rows all begin with a bar ``alone``."""
    totals = {total for total in accumulate(counts[start : start + _WIDEST]) if _FEWEST <= total <= _WIDEST}
    best: list[int] = []
    width, reach, in_step = 0, start + 1, False
    for total in sorted(totals):
        ends, certain = _ends_of(counts, start, total)
        begun = certain and alone >= {start, *ends[:-1]}
        if certain and (not best or ends[-1] > best[-1] or (begun and not in_step and ends[-1] == best[-1])):
            best, width, in_step = ends, total, begun
        elif len(ends) >= _FEWEST:
            reach = max(reach, ends[-1])
    rest = counts[best[-1] : last + 1] if best and last < best[-1] + width else []
    return ([*best, len(counts)] if rest and all(rest) and sum(rest) < width else best), reach


def _ends_of(counts: Sequence[int], start: int, width: int) -> tuple[list[int], bool]:
    """Behind the last line of every row of a width, up to the first that has another one; and whether they are certain:
    lines with more than one bar, and no others, fill rows up, or most rows are one line."""
    ends: list[int] = []
    bars = filled = whole = inside = 0
    for number in range(start, len(counts)):
        count = counts[number]
        bars += count
        if not bars or bars > width:
            break
        inside += bars < width and count > 1
        if bars == width:
            whole += count == width
            filled += count > 1
            ends.append(number + 1)
            bars = 0
    certain = not inside or _FEWEST * whole >= 2 * len(ends)
    return ends, certain and len(ends) >= _FEWEST and filled >= _FILLED and whole < len(ends)


def _grid(lines: Sequence[Line], start: int, ends: Sequence[int], path: str, number: int) -> Grid:
    """The grid of rows that end behind lines."""
    cells: list[Cell] = []
    width = 0
    for row, (first, end) in enumerate(zip([start, *ends], ends, strict=False)):
        own = _cells(lines[first:end], row)
        width = max(width, len(own))
        cells += own
    grid = Grid(path, cells, len(ends), width, table=number)
    grid.truncated = sum(cell.row == len(ends) - 1 for cell in cells) < width
    if drops_blanks(grid):
        lasts = {cell.row: cell.column for cell in cells if cell.text}
        grid.cells = [cell for cell in cells if cell.column <= lasts.get(cell.row, -1)]
    return grid


def drops_blanks(grid: Grid) -> bool:
    """Has a grid no row, behind an outer bar, in which a blank cell stands in front of another one, and below the first full one a
    row that is not: are blank ones left out?"""
    rows: dict[int, list[bool]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(bool(cell.text))
    outer = not any(first for first, *_ in rows.values())
    bare = [row[any(row) and outer :] for row in rows.values()]
    width = max(map(len, bare), default=0)
    below = dropwhile(lambda row: sum(row) < width, bare)
    short = any(sum(row) < width for row in below) or all(sum(row) < width for row in bare)
    return short and not any(left < right for row in bare for left, right in pairwise(row))


def _cells(lines: Sequence[Line], row: int) -> list[Cell]:
    """The cells of a row, each up to its bar, and what stands behind the last bar."""
    own = reduce(going_on, (cells_of(line, Shape.BARS) for line in lines))
    return [replace(cell, row=row) for cell in (own if own[-1].text else own[:-1])]
