"""A document of prose and tables on its way to a ``Source``, whatever its format: lines are counted, tables numbered, and
what stands beside the text is placed where the reader is."""

from collections.abc import Iterable

from perfgoals_lint.model import Cell, Grid, Line, Location, Part, PartKind, Source, TextBlock
from perfgoals_lint.readers.limits import HIDDEN_TEXT, PICTURES_ONLY, REVISIONS, Limits
from perfgoals_lint.readers.report import MOST_PART_TEXT, note
from perfgoals_lint.readers.sheet import CellBudget
from perfgoals_lint.readers.xlsx_parts import MOST_PARTS


class DocumentBody:
    """Takes paragraphs and tables in document order. ``flags`` are ``picture``, ``revision`` and ``hidden``, as they are met."""

    def __init__(self, path: str, format_name: str, limits: Limits) -> None:
        self.source = Source(path, format_name)
        self.budget = CellBudget(limits)
        self.flags: set[str] = set()
        self.line = 0
        """Lines of prose so far."""
        self.cell: tuple[int | None, int, int] | None = None
        """Table, row and column (1-based) of the cell that is being read."""
        self._tables = 0

    def new_grid(self) -> Grid:
        """An empty table with the next number."""
        self._tables += 1
        return Grid(self.source.path, [], 0, 0, table=self._tables)

    def take(self, item: str | Grid) -> None:
        """Add a table, or a paragraph of one or more lines; blank lines are only counted."""
        blocks = self.source.blocks
        if isinstance(item, Grid):
            blocks.append(item)
            return
        for text in item.split("\n"):
            self.line += 1
            if not text.strip():
                continue
            last = blocks[-1] if blocks else None
            if not isinstance(last, TextBlock):
                last = TextBlock([])
                blocks.append(last)
            last.lines.append(Line(text, Location(self.source.path, line=self.line)))

    def fill(self, cell: Cell, at: tuple[int | None, int, int], content: Iterable[str | Grid]) -> None:
        """Put paragraphs and nested tables into a cell; parts that are met meanwhile stand ``at`` this place."""
        around, self.cell = self.cell, at
        texts: list[str] = []
        for item in content:
            if isinstance(item, Grid):
                cell.nested.append(item)
            else:
                texts.append(item)
        cell.text = "\n".join(texts).strip("\n")
        self.cell = around

    def place(self) -> Location:
        """Where the reader is: in a cell, or after some lines of prose."""
        if self.cell is None:
            return Location(self.source.path, line=self.line + 1)
        table, row, column = self.cell
        return Location(self.source.path, table=table, row=row, column=column)

    def add_part(
        self, what: PartKind, text: str | None = None, size: tuple[float, float] | None = None
    ) -> None:
        """Note a part that is not read, where the reader is now."""
        if len(self.source.parts) < MOST_PARTS:
            self.source.parts.append(Part(what, self.place(), text[:MOST_PART_TEXT] if text else None, size))

    def finish(self) -> Source:
        """The document with what there is to say about it."""
        del self.source.parts[MOST_PARTS:]
        if "picture" in self.flags and not self.source.blocks:
            note(self.source, PICTURES_ONLY)
        for flag, code in (("revision", REVISIONS), ("hidden", HIDDEN_TEXT)):
            if flag in self.flags:
                note(self.source, code)
        return self.source
