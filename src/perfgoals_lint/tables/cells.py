"""A source as one stream of rows: the rows of its grids and, between them, its lines of text as rows of one box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfgoals_lint.model import Cell, Grid, Line, Location, TextBlock
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.headings import is_class, is_name
from perfgoals_lint.text import squeeze

_HEADING = compiled(r"^ {0,3}#{1,6}[ \t]+")
"""The mark of a heading in a text, which is no part of it."""
MAX_COVERING = 64
"""Merged cells that reach into a row from above; more than this is no table that anyone wrote."""

MAX_DEPTH = 8
"""Nesting of tables in cells."""


class Box:
    """A cell as it lies in its grid: ``left``/``top`` inclusive, ``right``/``bottom`` exclusive, all 0-based.

    ``key`` is the text without white space, ``bbox`` the place on the page where the carrier has one.
    """

    __slots__ = (
        "_broken",
        "_cell",
        "_grid",
        "_line",
        "_whole",
        "bbox",
        "bottom",
        "key",
        "left",
        "right",
        "text",
        "top",
        "use",
    )

    def __init__(self, cell: Cell | None, grid: Grid | None, line: Line | None, text: str) -> None:
        self._cell, self._grid, self._line = cell, grid, line
        self.text = text
        self.key = squeeze(text)
        self.use: str | None = None
        self._whole = self
        self._broken = False
        if cell is None:
            self.bbox, self.left, self.top, self.right, self.bottom = None, 0, 0, 1, 1
            return
        self.bbox = cell.bbox
        self.left, self.top = left, top = cell.column, cell.row
        self.right, self.bottom = left + 1, top + 1
        if grid is not None and (cell.column_span > 1 or cell.row_span > 1):
            self.right = max(left + 1, min(left + cell.column_span, grid.columns))
            self.bottom = max(top + 1, min(top + cell.row_span, grid.rows))

    @property
    def grid(self) -> Grid | None:
        """The grid that the box is of."""
        return self._grid

    @property
    def is_typed(self) -> bool:
        """Are the line breaks those that someone typed, not those of a drawn page or of running text?"""
        if self._cell is None or self._broken or (self._grid is not None and self._grid.page is not None):
            return False
        return self.bbox is None and self._cell.places is None

    def cut(self, text: str) -> Box:
        """The same place with only a part of its text."""
        part = Box(self._cell, self._grid, self._line, text)
        part._whole, part._broken = self._whole, self._broken
        return part

    def reaching(self, right: int) -> Box:
        """The same box as it lies where it goes on to the column ``right``."""
        wide = self.cut(self.text)
        wide.right = right
        return wide

    def count(self, use: str) -> None:
        """Note what the box was read as; what it was first read as counts."""
        if self._whole.use is None:
            self._whole.use = use

    def leave(self) -> None:
        """Take back what the box was read as: nothing came of it."""
        self._whole.use = None

    def extend(self, text: str) -> None:
        """Go on with the text of another box, as on a new line, which a page breaks."""
        self._broken = True
        self.text = f"{self.text}\n{text}" if self.key else text
        self.key = squeeze(self.text)

    def lines(self) -> Iterator[tuple[str, Location]]:
        """The lines of the text, each with its place where the carrier has one for it."""
        places = (self._cell.places if self._cell else None) or []
        lines = self.text.splitlines()
        own = places if len(places) == len(lines) else [self.location()] * len(lines)
        return zip(lines, own, strict=True)

    def location(self) -> Location:
        """The 1-based place of the box (the top left of a merged one)."""
        if self._cell is not None and self._grid is not None:
            return self._grid.locate(self._cell)
        assert self._line is not None
        return self._line.location


class GridRow:
    """One row: ``boxes`` from left to right, those reaching in from above included; ``index`` is 0-based.

    ``grid`` is ``None`` for a line of text. ``opens_page`` marks the first row of a grid that may continue a table of
    the page, sheet or table before it. ``labels`` are kept by ``form_labels.labels_of``.
    """

    __slots__ = ("boxes", "filled", "grid", "index", "labels", "opens_page")

    def __init__(self, boxes: list[Box], grid: Grid | None, index: int, opens_page: bool) -> None:
        self.boxes = boxes
        self.grid = grid
        self.index = index
        self.opens_page = opens_page
        self.filled = [box for box in boxes if box.top == index and box.key]
        self.labels: dict[Box, str] | None = None

    @property
    def leading(self) -> Box | None:
        """The box at the left edge that reaches in from above and has text."""
        first = self.boxes[0] if self.boxes else None
        return first if first is not None and first.top < self.index and first.key else None


def rows_of(blocks: Iterable[TextBlock | Grid]) -> Iterator[GridRow]:
    """All rows with text in document order; blank ones are passed over."""
    for block in blocks:
        if isinstance(block, TextBlock):
            for line in block.lines:
                if line.text.strip():
                    yield GridRow([Box(None, None, line, _HEADING.sub("", line.text))], None, 0, False)
        else:
            yield from _grid_rows(block, 0)


def _grid_rows(grid: Grid, depth: int) -> Iterator[GridRow]:
    """The rows of a grid; where a cell holds tables of its own, their rows follow its row, and what is no table of names is text of
    the cell."""
    by_row: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    covering: list[Box] = []
    opens_page = True
    for index in sorted(by_row):
        nested = [inner for cell in by_row[index] for inner in cell.nested if not _is_text(inner)]
        covering = [box for box in covering if box.bottom > index]
        boxes = [
            Box(cell, grid, None, _text_of(cell) if cell.nested else cell.text) for cell in by_row[index]
        ]
        across = sorted(boxes + covering, key=lambda box: box.left) if covering else boxes
        row = GridRow(across, grid, index, opens_page)
        covering += [box for box in boxes if box.bottom > index + 1][: MAX_COVERING - len(covering)]
        if row.filled:
            opens_page = False
            yield row
        for inner in nested if depth < MAX_DEPTH else ():
            yield from _grid_rows(inner, depth + 1)


def _is_text(grid: Grid) -> bool:
    """Is a table in a cell one without names of boxes, columns or classes, so that it is what the cell says?"""
    keys = [squeeze(cell.text) for cell in grid.cells]
    return not any(is_name(key) or is_class(key) for key in keys) and not any(c.nested for c in grid.cells)


def _text_of(cell: Cell) -> str:
    """The text of a cell and that of its tables without names, a line a row."""
    lines = [cell.text] if cell.text.strip() else []
    for inner in filter(_is_text, cell.nested):
        lines += [" ".join(part.text.strip() for part in row) for row in inner.printed().values()]
    return "\n".join(filter(None, lines))
