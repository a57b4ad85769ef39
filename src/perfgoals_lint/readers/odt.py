"""OpenDocument text (.odt): tables with spans and nested tables, paragraphs between them."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from perfgoals_lint.model import Cell, Grid, Location, Part, Source
from perfgoals_lint.readers.body import DocumentBody
from perfgoals_lint.readers.limits import CORRUPT, Limits, ReadError
from perfgoals_lint.readers.odf import page_headers, parts_in, refuse_encrypted, shown_text
from perfgoals_lint.readers.ods import count, paragraph, repeated
from perfgoals_lint.readers.package import LOCAL_NAMES, Element, Package, parse_xml

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_HOLDERS = frozenset(
    {"section", "list", "list-item", "list-header", "index-body", "table-of-content", "numbered-paragraph"}
)
_ROW_HOLDERS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_MOST_COLUMNS, _MOST_ROWS = 1000, 65_536


class _OdtBody(DocumentBody):
    """Adds what it meets while it walks through a document."""

    def _add_deleted(self, changes: Element) -> None:
        """Tell the text of tracked deletions."""
        for deletion in changes.iter("{*}deletion"):
            text = shown_text(deletion)
            if text:
                self.flags.add("revision")
                self.source.parts.append(Part("deleted_text", Location(self.source.path), text))

    def _add_parts(self, held: Iterable[Element]) -> None:
        parts = list(parts_in(held, self.place()))
        self.source.parts += parts
        if any(part.what == "picture" for part in parts):
            self.flags.add("picture")

    def content(self, container: Element) -> Iterator[str | Grid]:
        """Paragraphs and tables in document order."""
        for child in container:
            name = LOCAL_NAMES[child.tag]
            if name in ("p", "h"):
                yield paragraph(child)
                if len(child):
                    self._add_parts(child)
            elif name in ("frame", "custom-shape"):
                self._add_parts([child])
            elif name == "tracked-changes":
                self._add_deleted(child)
            elif name == "table":
                yield self.table(child)
            elif name in _HOLDERS:
                yield from self.content(child)

    def table(self, table: Element) -> Grid:
        """A table, repeated rows and cells written out."""
        grid = self.new_grid()
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
                        grid.cells += self._repeated(element, grid, column, times)
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

    def _repeated(self, element: Element, grid: Grid, column: int, times: int) -> Iterator[Cell]:
        """A cell as often as it stands for itself; what lies on it is told of the first."""
        down = count(element.get(f"{_TABLE}number-rows-spanned"), _MOST_ROWS)
        across = count(element.get(f"{_TABLE}number-columns-spanned"), _MOST_COLUMNS)
        for at in range(times):
            cell = Cell(grid.rows, column + at, "", down, across)
            self.fill(cell, (grid.table, grid.rows + 1, column + 1), self.content(element))
            yield cell


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
    reader = _OdtBody(path, format_name, limits)
    for item in reader.content(body):
        reader.take(item)
    return reader.finish()
