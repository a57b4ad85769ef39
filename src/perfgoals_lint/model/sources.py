"""What a reader gives: the blocks of a file as they are printed, and the parts that are in none."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as member
from typing import Literal

from perfgoals_lint.model.places import Location, Problem, cell_name


@dataclass(slots=True)
class Line:
    """One printed line. ``text`` has no line end; tabs and blanks inside it are kept."""

    text: str
    location: Location


@dataclass(slots=True)
class TextBlock:
    """Lines that belong to no grid: a text file, or the prose between two tables."""

    lines: list[Line]


@dataclass(slots=True)
class Cell:
    """One cell of a grid; a merged rectangle is one cell with spans. ``text`` is the shown text, line breaks kept.

    ``places`` says of a cell that was cut out of running text where each line of its text stands.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    hidden: bool = False
    nested: list[Grid] = member(default_factory=list)
    unknown: bool = False
    """A formula whose value the file does not hold: what the cell shows is not known, and it is not empty."""
    places: list[Location] | None = None


@dataclass(slots=True)
class SourceComment:
    """A comment of a page's source: its text, its line, and the table and row (1-based) that it stands in, or 0 and the
    row that follows it."""

    text: str
    line: int
    table: int
    row: int


@dataclass(slots=True)
class Grid:
    """A table as laid out: a sparse list of cells in reading order (row, then column), rows and columns 0-based.

    ``sheet`` names a worksheet, ``table`` counts tables (1-based) where there are no sheets. A grid that continues
    over pages is one grid per page; ``page`` is then set. ``truncated`` says that the source ends inside the last row.
    """

    path: str
    cells: list[Cell]
    rows: int
    columns: int
    sheet: str | None = None
    table: int | None = None
    page: int | None = None
    hidden: bool = False
    truncated: bool = False

    def printed(self, top: int = 0) -> dict[int, list[Cell]]:
        """The cells with text by row, from the row ``top`` on."""
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            if cell.row >= top and cell.text.strip():
                rows.setdefault(cell.row, []).append(cell)
        return rows

    def locate(self, cell: Cell) -> Location:
        """The 1-based place of a cell (the top left of a merged one)."""
        if cell.places:
            return cell.places[0]
        if self.sheet is not None:
            return Location(self.path, sheet=self.sheet, cell=cell_name(cell.row, cell.column))
        if cell.bbox is not None:
            return Location(self.path, page=cell.page or self.page, bbox=cell.bbox)
        return Location(self.path, table=self.table, row=cell.row + 1, column=cell.column + 1)


PartKind = Literal[
    "picture",
    "chart",
    "text_box",
    "comment",
    "footnote",
    "hidden_sheet",
    "hidden_text",
    "deleted_text",
    "attachment",
    "header",
    "footer",
]


@dataclass(slots=True)
class Part:
    """A part of a file that is no part of its tables and lines: where it is, and its text where it has one.

    ``size`` is the width and height of a picture in millimetres, where the file says it.
    """

    what: PartKind
    location: Location
    text: str | None = None
    size: tuple[float, float] | None = member(default=None, metadata={"printed": False})


@dataclass(slots=True)
class Source:
    """A file as read: blocks in document order, the parts that are in no block, what went wrong while reading, and
    where its inline comments stand (line, table, row; 1-based), if its reader takes them out. ``raw`` are the bytes of
    a text, which whoever looks for comments need not read again."""

    path: str
    format: str
    blocks: list[TextBlock | Grid] = member(default_factory=list)
    problems: list[Problem] = member(default_factory=list)
    parts: list[Part] = member(default_factory=list)
    comments: list[SourceComment] = member(default_factory=list)
    raw: bytes | None = member(default=None, repr=False)


@dataclass(slots=True)
class Directive:
    """An inline comment that asks for silence: the ``selectors`` it names, its reason, and where it holds.

    ``line`` is the comment's line in the file; ``table`` is set where findings are told by table and row instead, and
    ``rows`` then holds rows, else lines. All are 1-based. ``kind`` is ``ignore`` (these rows), ``range`` (from the first of
    the rows to the last), ``table`` (``tables``, 0-based, as documents count them) or ``fault``: a comment, ``text``, that
    is only nearly right, for the reason ``fault``. ``places`` are the (table, row) of a range in a grid.
    """

    selectors: list[str]
    reason: str
    line: int
    rows: list[int]
    table: int | None = None
    kind: str = "ignore"
    fault: str | None = None
    text: str = ""
    tables: list[int] = member(default_factory=list)
    places: list[list[int]] = member(default_factory=list)
