"""Tables of web pages printed as text, one cell a line, each ended by a bar: a bar alone begins a row.

Cells that are merged into one leave their bars at the end of the row, so that every row has the same number of bars.
"""

from collections.abc import Iterator

from perfgoals_lint.model import Cell, Grid, Source
from perfgoals_lint.readers import text
from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.readers.sheet import CellBudget
from perfgoals_lint.readers.text import decode
from perfgoals_lint.readers.text_blocks import blocks_of

_BAR = "|"
_FEWEST, _MOST = 2, 60
"""Columns of a table."""
_FEWEST_ROWS = 3


def read_bars(data: bytes, path: str, limits: Limits) -> Source:
    """Tables (from 1 in order) and the lines between them; where bars stand outside of tables, lines only."""
    lines = decode(data).splitlines()
    pieces = list(_pieces(lines, path, CellBudget(limits)))
    if any(isinstance(piece, int) and _BAR in lines[piece] for piece in pieces):
        return text.read(data, path, limits)
    return Source(path, "bars", blocks_of(pieces, lines, path))


def _pieces(lines: list[str], path: str, budget: CellBudget) -> Iterator[Grid | int]:
    """The tables, and the index of every line that is part of none."""
    at = 0
    while at < len(lines):
        end = _run_end(lines, at)
        tokens = _tokens(lines[at:end]) if end > at else []
        columns = _columns(tokens)
        if columns is not None:
            yield _table(tokens, columns, path, budget)
        else:
            end = max(end, at + 1)
            yield from range(at, end)
        at = end


def _run_end(lines: list[str], at: int) -> int:
    """Behind the last line of the table that begins with a line; the line itself where none begins."""
    if lines[at].strip() != _BAR:
        return at
    end = at
    while end < len(lines):
        if lines[end].rstrip().endswith(_BAR):
            end += 1
        elif end + 1 < len(lines) and lines[end].strip() and lines[end + 1].rstrip().endswith(_BAR):
            end += 1  # a cell of two lines
        else:
            break
    return end


def _tokens(lines: list[str]) -> list[str]:
    """What stands in front of each bar, line ends included."""
    return ("\n" + "\n".join(lines)).split(_BAR)[:-1]


def _columns(tokens: list[str]) -> int | None:
    """How many columns a table has: the bars fall into rows of that many and one more, each begun by a bar alone. Fewer than
    three rows are no table. Where the first row is one cell and the bars of those merged with it, these tell first."""
    merged = next((n for n, token in enumerate(tokens[_FEWEST + 1 :]) if token), 0)
    tried: list[int] = [*range(_FEWEST, _MOST + 1)] if tokens else []
    if merged:
        tried.insert(0, merged + _FEWEST)
    for columns in tried:
        if len(tokens) % (columns + 1) or len(tokens) < _FEWEST_ROWS * (columns + 1):
            continue
        starts = tokens[:: columns + 1]
        if all("\n" in start and not start.strip() for start in starts):
            return columns
    return None


def _table(tokens: list[str], columns: int, path: str, budget: CellBudget) -> Grid:
    budget.spend(len(tokens))
    rows = len(tokens) // (columns + 1)
    cells = [
        Cell(row, column, tokens[row * (columns + 1) + 1 + column].strip())
        for row in range(rows)
        for column in range(columns)
    ]
    return Grid(path, cells, rows, columns)
