"""Rows of a tabbed table in which every cell is printed, blank ones too: their cells are certain, nothing is weighed."""

from collections.abc import Iterator

from perfgoals_lint.rulebook.labels import field_of, is_level1, is_level2
from perfgoals_lint.tables.grids.costs import SIDE_COLUMN
from perfgoals_lint.tables.grids.cutter import CutRow
from perfgoals_lint.tables.grids.heads import SIDE, PrintedHeader, repeats
from perfgoals_lint.tables.grids.pieces import Dump, Shape
from perfgoals_lint.tables.grids.steps import Step

_Cell = tuple[int, int]
_CLASSES = {"level1": is_level1, "level2": is_level2}


def printed_rows(
    dump: Dump, header: PrintedHeader, names: tuple[str, ...], start: int, end: int
) -> list[Step] | None:
    """The rows in the pieces ``start`` to ``end`` (exclusive) as they are printed under the columns ``names``; ``None``
    where a row has more or fewer cells than the header or a class label stands under another column."""
    if dump.shape is not Shape.TABS or start >= end:
        return None
    groups = [group for group in _groups(dump, header, start, end) if group]
    width = len(names)
    for rows in _divisions(dump, groups, width):
        steps = [_step(dump, header, row) for row in rows]
        in_step = all(step.row is None or _in_step(dump, names, step.row) for step in steps)
        if in_step and any(step.row for step in steps):
            return steps
    return None


def _divisions(dump: Dump, groups: list[list[_Cell]], width: int) -> Iterator[list[list[_Cell]]]:
    """The groups as rows, a cell alone being one over all columns; then, as a cell may hold blank lines, all cells in
    rows of the header's width; then the groups as rows that may lack blank cells at their end."""
    groups = [group for group in groups if any(start < end for start, end in group)] or groups
    if all(len(group) in (1, width) for group in groups) and any(len(group) == width for group in groups):
        yield [group + [(group[-1][1],) * 2] * (width - len(group)) for group in groups]
    if not dump.single:
        return
    cells = [cell for group in groups for cell in group]
    while len(cells) % width and cells[-1][0] == cells[-1][1]:
        cells.pop()
    if len(cells) % width == 0:
        yield [cells[at : at + width] for at in range(0, len(cells), width)]
    elif max(map(len, groups)) == width and (
        len(groups[-1]) == width
        or groups[-1][-1][1] < len(dump.pieces)  # else the text may end inside of the row
    ):
        yield [group + [(group[-1][1],) * 2] * (width - len(group)) for group in groups]


def _groups(dump: Dump, header: PrintedHeader, start: int, end: int) -> Iterator[list[_Cell]]:
    """The cells up to each line end, or up to each blank line where a line is one cell; blank cells are empty spans."""
    indented = dump.lines[dump.pieces[header.start].line].text.startswith("\t")
    first = dump.pieces[start - 1].line + 1
    last = dump.pieces[end].line if end < len(dump.pieces) else len(dump.lines)
    group: list[_Cell] = []
    at = start
    for number in range(first, last):
        text = dump.lines[number].text
        stop = at
        while stop < end and dump.pieces[stop].line == number:
            stop += 1
        if "\t" not in text and (stop == at or at in dump.free):
            if not text.strip():
                yield group
                group = []
        elif "\t" not in text and group and dump.single:
            group[-1] = (group[-1][0], stop)
        elif "\t" in text:
            group += _cells(dump, number, at, stop, indented)
        else:
            group.append((at, stop))
        at = stop
        if not dump.single:
            yield group
            group = []
    yield group


def _cells(dump: Dump, number: int, at: int, stop: int, indented: bool) -> Iterator[_Cell]:
    """The cells of a line with tabs, whose pieces are ``at`` to ``stop`` (exclusive)."""
    place = 0
    for index, part in enumerate(dump.lines[number].text.split("\t")):
        first = at
        place += len(part) + 1
        while at < stop and dump.pieces[at].start < place:
            at += 1
        if index or part.strip() or not indented:
            yield first, at


def _step(dump: Dump, header: PrintedHeader, row: list[_Cell]) -> Step:
    """A row, or the header printed again."""
    start, stop = row[0][0], row[-1][1]
    if start < stop and repeats(dump, header, start) == stop:
        return Step(start, stop)
    return Step(start, stop, row=CutRow(start, stop, tuple(row), 0.0), printed=True)


def _in_step(dump: Dump, names: tuple[str, ...], row: CutRow) -> bool:
    """Do classes, or blanks, stand under the columns of classes, and the label beside the table under its own?"""
    for name, (start, end) in zip(names, row.cells, strict=True):
        text = dump.squeezed(start, end) if start < end else ""
        if not text:
            continue
        if name == SIDE_COLUMN and field_of(text) not in SIDE:
            return False
        if name in _CLASSES and not (_CLASSES[name](text) or text.endswith("指标")):
            return False
        if name not in _CLASSES and text.endswith("指标") and is_level1(text):
            return False
    return True
