"""OpenDocument text (.odt): tables with spans and nested tables, paragraphs between them."""

from __future__ import annotations

from collections.abc import Iterator

from perfgoals_lint.model import Cell, Grid, Line, Location, Source, TextBlock
from perfgoals_lint.readers.limits import CORRUPT, PICTURES_ONLY, Limits, ReadError
from perfgoals_lint.readers.ods import count, paragraph, refuse_encrypted, repeated
from perfgoals_lint.readers.package import LOCAL_NAMES, Element, Package
from perfgoals_lint.readers.report import note
from perfgoals_lint.readers.sheet import CellBudget

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_HOLDERS = frozenset(
    {"section", "list", "list-item", "list-header", "index-body", "table-of-content", "numbered-paragraph"}
)
_ROW_HOLDERS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_MOST_COLUMNS, _MOST_ROWS = 1000, 65_536


class _Reader:
    """Numbers the tables of a document while it walks through it."""

    def __init__(self, path: str, limits: Limits) -> None:
        self.path = path
        self.budget = CellBudget(limits)
        self.tables = 0

    def content(self, container: Element) -> Iterator[str | Grid]:
        """Paragraphs and tables in document order."""
        for child in container:
            name = LOCAL_NAMES[child.tag]
            if name in ("p", "h"):
                yield paragraph(child)
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
                        grid.cells.extend(self._cell(element, grid.rows, column + at) for at in range(times))
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

    def _cell(self, element: Element, row: int, column: int) -> Cell:
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
    body = package.parse("content.xml").find("{*}body/{*}text")
    if body is None:
        raise ReadError(CORRUPT, reason="no document body")
    source = Source(path, "odt")
    number = 0
    for item in _Reader(path, limits).content(body):
        if isinstance(item, Grid):
            source.blocks.append(item)
            continue
        for text in item.split("\n"):
            number += 1
            if not text.strip():
                continue
            if not source.blocks or isinstance(source.blocks[-1], Grid):
                source.blocks.append(TextBlock([]))
            last = source.blocks[-1]
            if isinstance(last, TextBlock):
                last.lines.append(Line(text, Location(path, line=number)))
    if not source.blocks and any(name.startswith("pictures/") for name in package.names()):
        note(source, PICTURES_ONLY)
    return source
