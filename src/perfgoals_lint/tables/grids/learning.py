"""What is known of a table's columns before its rows are read: how wide they are, what they hold, which texts recur.

The lines that hold a whole row show how long a line of each column can be; once cells are read, the lines at which
they are broken show where the column ends.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from perfgoals_lint.rulebook.labels import over
from perfgoals_lint.tables.grids.costs import SIDE_COLUMN, is_value
from perfgoals_lint.tables.grids.cutter import Columns, CutRow, Cutter
from perfgoals_lint.tables.grids.head_rows import LEVELS
from perfgoals_lint.tables.grids.heads import PrintedHeader
from perfgoals_lint.tables.grids.marks import is_tail, levels_at, sure_levels
from perfgoals_lint.tables.grids.pieces import Dump, Gap, Shape, head_width
from perfgoals_lint.tables.grids.steps import StepReader

_SAMPLE = 6  # forms from which widths are learnt
_BREAKS = 400  # of cells over lines, from which the width of a column is learnt
_ROUNDS = 2
_SETTLED = 1.0  # em
_NEARLY_ALL = 0.75
_MANY = 6  # cells


def reader_of(dump: Dump, header: PrintedHeader, spans: list[tuple[int, int]], by_rows: bool) -> StepReader:
    """A reader that knows the widths of the columns, learnt from some of the tables."""
    nested = any(over(piece.text) for start, end in spans for piece in dump.pieces[start:end])
    single = header.in_steps and header.columns.count("level2") < 2
    in_steps = single and dump.shape is Shape.BLANKS and not (by_rows or nested)
    names = tuple(name for name in header.columns if name not in LEVELS or not in_steps)
    names = (SIDE_COLUMN, *names) if header.side and not in_steps else names
    called = frozenset(dump.squeezed(name.start, name.end) for name in header.names)
    common = _common_texts(dump, spans)
    widths = _learn_widths(dump, spans, len(names)) if in_steps else [0.0] * len(names)
    known = Columns(names, widths, [False] * len(names), [], [], called, common)
    sure = sure_levels(dump, spans)
    for _ in range(_ROUNDS):
        first = StepReader(dump, Cutter(dump, known, sure), header, in_steps)
        rows = [step.row for span in spans[:_SAMPLE] for step in first.read(*span) if step.row]
        recurring = [_recurring(dump, rows, n) for n in range(len(names))]
        if not in_steps:
            filled = [sum(row.cells[n][0] < row.cells[n][1] for row in rows) for n in range(len(names))]
            shares = [max(count, 0.1) / max(len(rows), 1) for count in filled]
            valued = [_valued(dump, rows, n) for n in range(len(names))]
            known = Columns(names, widths, known.firm, shares, valued, called, common, recurring)
            break
        fitted = [_fit_width(dump, rows, column) for column in range(len(names))]
        widths = [
            max(width, 0.0 if firm else old) for (width, firm), old in zip(fitted, known.widths, strict=True)
        ]
        settled = all(abs(new - old) < _SETTLED for new, old in zip(widths, known.widths, strict=True))
        known = Columns(names, widths, [firm for _, firm in fitted], [], [], called, common, recurring)
        if settled:
            break
    return StepReader(dump, Cutter(dump, known, sure), header, in_steps)


def _valued(dump: Dump, rows: list[CutRow], column: int) -> float:
    """The share of a column's cells that are values; one half where there are few."""
    cells = [row.cells[column] for row in rows if row.cells[column][0] < row.cells[column][1]]
    values = sum(is_value(dump.squeezed(start, end)) for start, end in cells)
    return (values + 1) / (len(cells) + 2)


def _recurring(dump: Dump, rows: list[CutRow], column: int) -> frozenset[str]:
    """The texts of a column in which nearly all occur again and again; none where they do not."""
    cells = (row.cells[column] for row in rows if row.cells[column][0] < row.cells[column][1])
    texts = Counter(dump.squeezed(start, end) for start, end in cells)
    again = {text: count for text, count in texts.items() if count > 1}
    total = sum(texts.values())
    return frozenset(again) if total >= _MANY and sum(again.values()) >= _NEARLY_ALL * total else frozenset()


def _common_texts(dump: Dump, spans: list[tuple[int, int]]) -> Counter[str]:
    """How often each piece, and each two pieces with a line end between them, occur in the tables.

    A piece does not count where it is the end of two that recur together: it is hardly a cell of its own.
    """
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    for start, end in spans:
        pieces = dump.pieces[start:end]
        single.update(piece.text for piece in pieces)
        if dump.one_a_line:
            continue
        broken = (
            pair for pair, gap in zip(pairwise(pieces), dump.gaps[start:end], strict=False) if gap == Gap.LINE
        )
        double.update((left.text, right.text) for left, right in broken)
    for (left, right), count in double.items():
        if count > 1:
            single[right] -= count
            single[left + right] += count
    return single


def _learn_widths(dump: Dump, spans: list[tuple[int, int]], columns: int) -> list[float]:
    """The widest cell (em) of each column among the lines with one group of pieces a column; 0 where no such line is."""
    widths = [0.0] * columns
    for start, end in spans:
        position = start
        while position < end:
            stop = dump.line_end(position, end)
            first = position
            found = levels_at(dump, position, stop, 2) or levels_at(dump, position, stop, 1)
            groups = dump.groups(found[-1].end if found else position, stop)
            if len(groups) == columns and not is_tail(dump.pieces[groups[0][0]].text):
                for column, (first, last) in enumerate(groups):
                    widths[column] = max(widths[column], _line_width(dump, first, last))
            position = stop
    return widths


def _fit_width(dump: Dump, rows: Iterable[CutRow], column: int) -> tuple[float, bool]:
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
    del breaks[_BREAKS:]
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
        first, index = index, dump.line_end(index, end)
        yield _line_width(dump, first, index), head_width(dump.pieces[first].text)


def _line_width(dump: Dump, start: int, end: int) -> float:
    """The width (em) of pieces of one line, the blanks between them included."""
    return sum(piece.width for piece in dump.pieces[start:end]) + 0.5 * (end - start - 1)
