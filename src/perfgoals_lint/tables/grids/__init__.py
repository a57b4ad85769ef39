"""Text of any shape as grids: the only code that knows tabs, bars, blanks, dumps and inline lists."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product

from perfgoals_lint.model import Grid, Problem, TextBlock
from perfgoals_lint.tables.grids.centred import has_levels_header, put_in_front
from perfgoals_lint.tables.grids.coded import coded
from perfgoals_lint.tables.grids.drawn import is_drawn, with_drawn
from perfgoals_lint.tables.grids.forms import Laid, lay_out
from perfgoals_lint.tables.grids.glued import glued, with_parted_boxes
from perfgoals_lint.tables.grids.lines import (
    evenly_tabbed,
    unrolled,
    with_whole_cells,
    with_whole_names,
    without_rules,
)
from perfgoals_lint.tables.grids.matrix import has_header, in_step, matrix
from perfgoals_lint.tables.grids.padded import drops_blanks, rows_filled_up
from perfgoals_lint.tables.grids.pieces import Dump, GridDump, Shape
from perfgoals_lint.tables.grids.projects import tabbed
from perfgoals_lint.tables.grids.repeats import without_repeats
from perfgoals_lint.tables.grids.targets import targets
from perfgoals_lint.tables.lists import bare_pages
from perfgoals_lint.tables.reading import AS_IT_IS, Reading
from perfgoals_lint.tables.tidy import tidied

_SHARE = 4
"""One line in so many must have a mark for it to count."""

_NOT_AS_PRINTED = 10.0
"""The cost of rows that are not those of the file."""


def readings(blocks: Sequence[TextBlock | Grid], path: str) -> Iterator[Reading]:
    """The ways to read the text of a source as grids, the surest first; grids stay as they are. Every non-blank line
    is in one cell or in one block of text."""
    if certain := _filled_up(blocks, path):
        yield from certain
        return
    yield from _drawn(blocks, path)
    parted: list[Problem] = []
    rolled = [block if isinstance(block, Grid) else _prepared(block, parted) for block in blocks]
    blocks, doubts = _in_order(rolled)
    lines = [line.text for block in blocks if isinstance(block, TextBlock) for line in block.lines]
    yield from _put_back(blocks, path)
    any_form = False
    for listed in _lists(blocks, path):
        any_form = True
        yield listed
    in_steps = True
    ways = [(blocks, doubts)]
    if any(isinstance(block, TextBlock) and has_levels_header(block) for block in rolled):
        gathered = _in_order(rolled, gather=True)
        if gathered[0] != blocks:
            ways.insert(0, gathered)
    for (blocks, doubts), (shape, by_rows) in product(ways, _shapes(lines)):
        if by_rows and not in_steps:
            continue  # the reading before was by rows already
        found: list[TextBlock | Grid] = []
        reading = Reading(shape.value, found, problems=[*parted, *doubts])
        steps: list[bool] = []
        for block in blocks:
            laid = _laid_out(block, shape, path, by_rows) if isinstance(block, TextBlock) else None
            if laid is None:
                found.append(block)
                continue
            found += laid.blocks
            reading.problems += laid.problems
            reading.cost += laid.cost
            steps.append(laid.in_steps)
        if steps:
            any_form = True
            in_steps = by_rows or any(steps)
            yield reading
    if len(blocks) == 1 and isinstance(blocks[0], TextBlock) and (run := glued(blocks[0].lines)) is not None:
        any_form = True
        yield Reading("glued", run[0], _NOT_AS_PRINTED, run[1])
    if not any_form and len(blocks) == 1 and isinstance(blocks[0], TextBlock):
        stated = targets(blocks[0].lines, path)
        if stated is not None:
            yield Reading("targets", stated[0], 0.0, stated[1])


def _drawn(blocks: Sequence[TextBlock | Grid], path: str) -> Iterator[Reading]:
    """The reading of tables that are drawn with lines around cells that span others, where nothing else is drawn."""
    parts = [with_drawn(block, path) if isinstance(block, TextBlock) else [block] for block in blocks]
    found = [own for part in parts for own in part]
    left = (line.text for own in found if isinstance(own, TextBlock) for line in own.lines)
    more = sum(isinstance(own, Grid) for own in found) > sum(isinstance(block, Grid) for block in blocks)
    if more and not any(map(is_drawn, left)):
        yield Reading("drawn", tidied(found))


def _in_order(
    blocks: Sequence[TextBlock | Grid], gather: bool = False
) -> tuple[list[TextBlock | Grid], list[Problem]]:
    """The blocks with what stands in the middle of rows in front of them, wrapped cells too where these are to be gathered."""
    doubts: list[Problem] = []
    found = [block if isinstance(block, Grid) else put_in_front(block, doubts, gather) for block in blocks]
    return found, doubts


def _laid_out(block: TextBlock, shape: Shape, path: str, by_rows: bool) -> Laid | None:
    """A block of text laid out; without cost where every cell is printed."""
    whole = matrix(block.lines, shape, path) if shape in (Shape.TABS, Shape.BARS) else None
    return Laid(whole, [], 0.0) if whole is not None else lay_out(Dump(block.lines, shape), path, by_rows)


def _shapes(lines: list[str]) -> list[tuple[Shape, bool]]:
    """The shapes that a text may have, and whether levels are read as cells of rows: tabs and bars set cells apart
    wherever many lines have them."""
    filled = [line for line in lines if line.strip()]
    barred = sum("|" in line for line in filled)
    tabbed = sum("\t" in line for line in filled)
    shapes = [(Shape.BARS, True)] if barred > 1 and barred * _SHARE >= len(filled) else []
    shapes += [(Shape.TABS, True)] if tabbed > 1 and tabbed * _SHARE >= len(filled) else []
    return shapes or [(Shape.LINES, True), (Shape.BLANKS, False), (Shape.BLANKS, True)]


def _lists(blocks: Sequence[TextBlock | Grid], path: str) -> Iterator[Reading]:
    """The reading as a list of one project a row with numbered indicators."""
    lines = [line for block in blocks if isinstance(block, TextBlock) for line in block.lines]
    grids = [block for block in blocks if isinstance(block, Grid)]
    barred = bare_pages(lines)
    kept = [line for number, line in enumerate(lines) if number not in barred]
    listed = tabbed(kept) or (None if grids else coded(kept))
    if listed is not None and not listed.has_classes:
        listed.others += [lines[number] for number in sorted(barred)]
        yield Reading("project-list", [*listed.blocks(path), *grids], 0.0, listed.problems)


def _prepared(block: TextBlock, doubts: list[Problem]) -> TextBlock:
    """A block of text without drawn rules, its cells set apart in one way, its boxes too, its headers whole, a line no more
    than a row."""
    plain = without_repeats(with_whole_cells(without_rules(block)))
    return unrolled(with_whole_names(with_parted_boxes(evenly_tabbed(plain), doubts)))


def _filled_up(blocks: Sequence[TextBlock | Grid], path: str) -> list[Reading]:
    """The readings of text with rows that bars fill up; none where there are no such rows."""
    found: list[TextBlock | Grid] = []
    for block in blocks:
        own = rows_filled_up(block, path) if isinstance(block, TextBlock) else None
        found += own or [block]
    if not any(isinstance(block, Grid) and block not in blocks for block in found):
        return []
    rows = sum(block.rows for block in found if isinstance(block, Grid) and block not in blocks)
    lines = (line for block in blocks if isinstance(block, TextBlock) for line in block.lines)
    alone = sum(line.text.strip() == "|" for line in lines)
    # Where a bar alone begins each row, the file tells its cells apart.
    shape = AS_IT_IS if alone >= rows else Shape.BARS.value
    return list(_put_back(found, path, _is_parted)) or [Reading(shape, found)]


def _is_ragged(grid: Grid) -> bool:
    """Has a grid of text no merged cells, and classes that do not stand below their headers?"""
    spans = any(c.column_span > 1 or c.row_span > 1 or c.bbox or c.nested for c in grid.cells)
    return grid.sheet is None and not spans and has_header(grid) and not in_step(grid)


def _is_parted(grid: Grid) -> bool:
    """Has a grid rows that bars fill up lost merged cells or blank ones?"""
    return drops_blanks(grid) or _is_ragged(grid)


def _put_back(
    blocks: Sequence[TextBlock | Grid], path: str, is_ragged: Callable[[Grid], bool] = _is_ragged
) -> Iterator[Reading]:
    """The reading of grids that lost their merged cells: every cell put back under its header, as below 产出指标 the next
    row begins with 质量指标, the one after it with a name."""
    found: list[TextBlock | Grid] = []
    reading = Reading("ragged", found)
    laid_out = False
    for block in blocks:
        laid = lay_out(GridDump(block), path, True) if isinstance(block, Grid) and is_ragged(block) else None
        if laid is None:
            found.append(block)
            continue
        laid_out = True
        reading.cost += laid.cost
        reading.problems += laid.problems
        found += laid.blocks
        if isinstance(block, Grid) and block.truncated and isinstance(found[-1], Grid):
            found[-1].truncated = True
    if laid_out:
        yield reading
