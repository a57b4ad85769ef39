"""Column widths from the text itself.

The lines that hold a whole row show how long a line of each column can be; once cells are read, the lines at which
they are broken show where the column ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from perfgoals_lint.tables.grids.cutter import CutRow
from perfgoals_lint.tables.grids.marks import is_tail, levels_at
from perfgoals_lint.tables.grids.pieces import Dump, head_width

_SAMPLES = 400


def learn_widths(dump: Dump, spans: list[tuple[int, int]], columns: int) -> list[float]:
    """The widest cell (em) of each column among the lines with one group of pieces a column; 0 where no such line is."""
    widths = [0.0] * columns
    for start, end in spans:
        position = start
        while position < end:
            stop = position + 1
            while stop < end and not dump.begins[stop]:
                stop += 1
            first = position
            found = levels_at(dump, position, stop, 2) or levels_at(dump, position, stop, 1)
            groups = dump.groups(found[-1].end if found else position, stop)
            if len(groups) == columns and not is_tail(dump.pieces[groups[0][0]].text):
                for column, (first, last) in enumerate(groups):
                    widths[column] = max(widths[column], line_width(dump, first, last))
            position = stop
    return widths


def fit_width(dump: Dump, rows: Iterable[CutRow], column: int) -> tuple[float, bool]:
    """The width (em) of a column that suits most of its lines, and whether broken lines show it.

    A line that runs on is as wide as the column but for what begins the next line; no line is wider than the column.
    """
    lines: list[float] = []
    breaks: list[tuple[float, float]] = []
    for row in rows:
        start, end = row.cells[column]
        parts = list(_cell_lines(dump, start, end))
        lines.extend(width for width, _ in parts)
        breaks.extend((left[0], left[0] + right[1]) for left, right in pairwise(parts))
    del breaks[_SAMPLES:]
    if not breaks:
        return max(lines, default=0.0), False
    lines.sort(reverse=True)

    def suits(width: float) -> int:
        wider = next((index for index, line in enumerate(lines) if line <= width), len(lines))
        return sum(low <= width < high for low, high in breaks) - wider

    return max(sorted({low for low, _ in breaks} | {lines[0]}), key=suits), True


def _cell_lines(dump: Dump, start: int, end: int) -> Iterable[tuple[float, float]]:
    """The lines of a cell: their width, and the width of what cannot be parted from their begin."""
    index = start
    while index < end:
        first = index
        index += 1
        while index < end and not dump.begins[index]:
            index += 1
        yield line_width(dump, first, index), head_width(dump.pieces[first].text)


def line_width(dump: Dump, start: int, end: int) -> float:
    """The width (em) of pieces of one line, the blanks between them included."""
    return sum(piece.width for piece in dump.pieces[start:end]) + 0.5 * (end - start - 1)
