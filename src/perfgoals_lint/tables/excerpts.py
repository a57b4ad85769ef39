"""Sources that end inside of a table: what excerpts and previews print where the document goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from perfgoals_lint.model import Grid, Line, TextBlock
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.reading import Reading
from perfgoals_lint.tables.words import pattern

_DOTS = r"(?:\.{3,}|…+|⋯+)"
_ALONE = compiled(_DOTS)
_ENDS_IN_DOTS = compiled(rf"(?:^|[\u3400-\u9fff\d%]){_DOTS}$")
_SAYS_SO = rf"^{_DOTS}?[（(\[【]?{{cut_off}}.{{0,6}}{_DOTS}?[）)\]】]?{_DOTS}?$"
_FEWEST = 3
"""Closed rows that tell that an open one is not whole; columns of a table."""
_LONGEST_MARK = 24
_FIGURE = compiled(r"[≥≤≧≦＞＜><=＝\d]")
"""How the figure of a target begins."""


@dataclass(slots=True)
class Excerpt:
    """The blocks of a source without the line that says that the document goes on, or is the begin of a cell; that line; does the source end too
    early?"""

    blocks: list[TextBlock | Grid]
    mark: TextBlock | None = None
    is_cut: bool = False

    def marked(self, reading: Reading) -> Reading:
        """A reading of the blocks, its last table noted as cut off where no text follows it."""
        last = reading.blocks[-1] if reading.blocks else None
        if self.is_cut and isinstance(last, Grid):
            reading.blocks[-1] = replace(last, truncated=True)
        if self.mark is not None:
            reading.blocks.append(self.mark)
        return reading


def excerpt_of(blocks: Sequence[TextBlock | Grid]) -> Excerpt:
    """Tell whether a source is cut off: its last line says so or is nothing but an ellipsis, it breaks off in an ellipsis,
    or its last row lacks the bar, or the cells, that end all others."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Grid):
        return _of_grid(blocks, last)
    if last is None:
        return Excerpt([])
    filled = [number for number, line in enumerate(last.lines) if line.text.strip()]
    texts = [last.lines[number].text.strip() for number in filled]
    if texts and (_is_mark(texts) or _begins_cell(texts)):
        mark = TextBlock(last.lines[filled[-1] :])
        rest = last.lines[: filled[-1]]
        return Excerpt([*blocks[:-1], *([TextBlock(rest)] if filled[:-1] else [])], mark, True)
    return Excerpt(list(blocks), None, len(texts) > 1 and (_breaks_off(texts) or _is_open(texts)))


def _of_grid(blocks: Sequence[TextBlock | Grid], grid: Grid) -> Excerpt:
    own = [cell for cell in grid.cells if cell.row == grid.rows - 1]
    texts: list[str] = []
    if len(own) == 1 and own[0].text.strip() and grid.columns >= _FEWEST:
        texts = [cell.text.strip() for cell in grid.cells if cell.text.strip()]
    if texts and _is_mark(texts):
        place = grid.locate(own[0])
        rest = replace(grid, cells=[cell for cell in grid.cells if cell is not own[0]], rows=grid.rows - 1)
        return Excerpt([*blocks[:-1], rest], TextBlock([Line(texts[-1], place)]), True)
    return Excerpt(list(blocks), None, grid.rows > _FEWEST and _lacks_cells(grid))


def _lacks_cells(grid: Grid) -> bool:
    """Has the last row fewer cells than all others, which have the same number, blank ones counted? A sheet has no end of rows
    that could be missing: it does not hold its blank cells."""
    if grid.sheet is not None:
        return False
    widths = [0] * grid.rows
    for cell in grid.cells:
        if cell.row_span > 1 or cell.column_span > 1:
            return False
        widths[cell.row] += 1
    return len(set(widths[:-1])) == 1 and 0 < widths[-1] < widths[0]


def _is_mark(texts: list[str]) -> bool:
    """Is the last text one that says that the document goes on? A template prints an ellipsis wherever something is to be
    added."""
    text = texts[-1]
    if _ALONE.fullmatch(text):
        return len(texts) > 1 and sum(_ENDS_IN_DOTS.search(other) is not None for other in texts) == 1
    return len(text) <= _LONGEST_MARK and pattern(_SAYS_SO).search(text) is not None


def _breaks_off(texts: list[str]) -> bool:
    """Does the last text, and no other one, end in an ellipsis?"""
    return [index for index, text in enumerate(texts) if _ENDS_IN_DOTS.search(text)] == [len(texts) - 1]


def _is_open(texts: list[str]) -> bool:
    """Is the last line a row that lacks the bar which closes all others?"""
    barred = [text.endswith("|") for text in texts if "|" in text]
    return len(barred) > _FEWEST and "|" in texts[-1] and not barred[-1] and all(barred[:-1])


def _begins_cell(texts: list[str]) -> bool:
    """Is the last line, below cells that all end with a bar, the begin of one: of a level's name or of a figure?"""
    text = texts[-1]
    barred = [other.endswith("|") for other in texts if other.strip("|") and "|" in other]
    below = len(barred) > _FEWEST and all(barred) and "|" in texts[-2] and "|" not in text
    if not below:
        return False
    from perfgoals_lint.tables.grids.marks import may_begin_level  # as the readings of text, for text alone

    return may_begin_level(text) or _FIGURE.match(text) is not None
