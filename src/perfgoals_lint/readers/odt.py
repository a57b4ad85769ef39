"""OpenDocument text (.odt): tables with spans and nested tables, paragraphs between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from perfgoals_lint.model import Cell, Grid, Line, Location, Part, Source, TextBlock
from perfgoals_lint.readers.limits import CORRUPT, PICTURES_ONLY, REVISIONS, Limits, ReadError
from perfgoals_lint.readers.odf import page_headers, parts_in, refuse_encrypted, shown_text
from perfgoals_lint.readers.ods import count, paragraph, repeated
from perfgoals_lint.readers.package import LOCAL_NAMES, Element, Package, parse_xml
from perfgoals_lint.readers.report import note
from perfgoals_lint.readers.sheet import CellBudget
from perfgoals_lint.readers.xlsx_parts import MOST_PARTS

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_HOLDERS = frozenset(
    {"section", "list", "list-item", "list-header", "index-body", "table-of-content", "numbered-paragraph"}
)
_ROW_HOLDERS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_MOST_COLUMNS, _MOST_ROWS = 1000, 65_536


class _OdtReader:
    """Numbers the tables of a document while it walks through it."""

    def __init__(self, path: str, limits: Limits) -> None:
        self.path = path
        self.budget = CellBudget(limits)
        self.tables = 0
        self.parts: list[Part] = []
        self.line = 0
        """Lines of prose so far."""
        self._cell: tuple[int | None, int, int] | None = None

    def place(self) -> Location:
        """Where the reader is: in a cell, or after some lines of prose."""
        if self._cell is None:
            return Location(self.path, line=self.line + 1)
        table, row, column = self._cell
        return Location(self.path, table=table, row=row, column=column)

    def _deleted(self, changes: Element) -> Iterator[Part]:
        """The text of tracked deletions."""
        for deletion in changes.iter("{*}deletion"):
            text = shown_text(deletion)
            if text:
                yield Part("deleted_text", Location(self.path), text)

    def content(self, container: Element) -> Iterator[str | Grid]:
        """Paragraphs and tables in document order."""
        for child in container:
            name = LOCAL_NAMES[child.tag]
            if name in ("p", "h"):
                yield paragraph(child)
                if len(child):
                    self.parts += parts_in(child, self.place())
            elif name in ("frame", "custom-shape"):
                self.parts += parts_in([child], self.place())
            elif name == "tracked-changes":
                self.parts += self._deleted(child)
            elif name == "table":
                yield self.table(child)
            elif name in _HOLDERS:
                yield from self.content(child)

    def table(self, table: Element) -> Grid:
        """A table, repeated rows and cells written out."""
        self.tables += 1
        grid = Grid(self.path, [], 0, 0, table=self.tables)
        for row in self._rows(table):
            for _ in range(repeated(row, "rows", _MOST_ROWS)):
                column = 0
                for element in row:
                    name = LOCAL_NAMES[element.tag]
                    if name not in ("table-cell", "covered-table-cell"):
                        continue
                    times = repeated(element, "columns", _MOST_COLUMNS)
                    self.budget.spend(times)
                    if name == "table-cell":
                        around = self._cell
                        self._cell = (grid.table, grid.rows + 1, column + 1)
                        grid.cells.extend(self._read(element, grid.rows, column + at) for at in range(times))
                        self._cell = around
                    column += times
                grid.rows += 1
                grid.columns = max(grid.columns, column)
        return grid

    def _rows(self, parent: Element) -> Iterator[Element]:
        for child in parent:
            name = LOCAL_NAMES[child.tag]
            if name == "table-row":
                yield child
            elif name in _ROW_HOLDERS:
                yield from self._rows(child)

    def _read(self, element: Element, row: int, column: int) -> Cell:
        down = count(element.get(f"{_TABLE}number-rows-spanned"), _MOST_ROWS)
        across = count(element.get(f"{_TABLE}number-columns-spanned"), _MOST_COLUMNS)
        cell = Cell(row, column, "", down, across)
        texts: list[str] = []
        for item in self.content(element):
            if isinstance(item, Grid):
                cell.nested.append(item)
            else:
                texts.append(item)
        cell.text = "\n".join(texts).strip("\n")
        return cell


def read_odt(package: Package, path: str, limits: Limits) -> Source:
    """Tables (one grid each, numbered from 1 in document order, nested ones included) and the lines between them."""
    refuse_encrypted(package)
    source = _read_document(package.parse("content.xml"), path, "odt", limits)
    if "styles.xml" in package:
        source.parts += page_headers(package.parse("styles.xml"), path)
    return source


def read_fodt(stream: BinaryIO, path: str, limits: Limits, password: str | None = None) -> Source:
    """The same from a flat file, which is the package as one XML document."""
    root = parse_xml(stream.read())
    source = _read_document(root, path, "fodt", limits)
    source.parts += page_headers(root, path)
    return source


def _read_document(root: Element, path: str, format_name: str, limits: Limits) -> Source:
    body = root.find("{*}body/{*}text")
    if body is None:
        raise ReadError(CORRUPT, reason="no document body")
    source = Source(path, format_name)
    reader = _OdtReader(path, limits)
    for item in reader.content(body):
        if isinstance(item, Grid):
            source.blocks.append(item)
            continue
        for text in item.split("\n"):
            reader.line += 1
            if not text.strip():
                continue
            if not source.blocks or isinstance(source.blocks[-1], Grid):
                source.blocks.append(TextBlock([]))
            last = source.blocks[-1]
            if isinstance(last, TextBlock):
                last.lines.append(Line(text, Location(path, line=reader.line)))
    source.parts = reader.parts[:MOST_PARTS]
    if any(part.what == "deleted_text" for part in source.parts):
        note(source, REVISIONS)
    if not source.blocks and any(part.what == "picture" for part in source.parts):
        note(source, PICTURES_ONLY)
    return source
