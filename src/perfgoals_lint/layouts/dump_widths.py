"""Column widths from the text itself: the lines that hold a whole row show how long a line of each column can be."""

from __future__ import annotations

from perfgoals_lint.layouts.dump_labels import levels_at
from perfgoals_lint.layouts.dump_text import Dump


def learn_widths(dump: Dump, spans: list[tuple[int, int]], columns: int) -> list[float]:
    """The widest cell (em) of each column among the lines with one piece a column; 0 where no such line is."""
    widths = [0.0] * columns
    for start, end in spans:
        position = start
        while position < end:
            stop = position + 1
            while stop < end and dump.pieces[stop].line == dump.pieces[position].line:
                stop += 1
            first = position
            if stop - first > columns:
                found = levels_at(dump, first, stop, 2) or levels_at(dump, first, stop, 1)
                first = found[-1].end if found else first
            if stop - first == columns:
                for column, piece in enumerate(dump.pieces[first:stop]):
                    widths[column] = max(widths[column], piece.width)
            position = stop
    return widths
