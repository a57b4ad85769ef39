"""HTML: the rows of tables. A cell is looked for by its text inside the row that holds it, and where that stands in several
cells of the row, in the one of its column that says nothing else."""

import html
import re
from typing import NamedTuple

from perfgoals_lint.fixes.carriers import TextSpan, only
from perfgoals_lint.model import Location
from perfgoals_lint.rulebook.patterns import compiled

_TAGS = compiled(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|template)\b.*?(?:</(?P=raw)\b|\Z)"
    r"|<(?P<close>/?)(?P<name>table|tr|tfoot|td|th)\b[^>]*+>?",
    re.IGNORECASE | re.DOTALL,
)
_SPAN = r"\b%s\s*=\s*[\"']?\s*([0-9]{1,9})"
_COLUMNS, _ROWS = compiled(_SPAN % "colspan", re.IGNORECASE), compiled(_SPAN % "rowspan", re.IGNORECASE)
_ANY_TAG = compiled(r"<[^>]*+>?")
_WIDEST = 1000
"""No cell has more columns, as in browsers."""
_MOST_CELLS = 20_000
"""In a larger table nothing is looked for by column."""


class _Cell(NamedTuple):
    """Where the content of a cell begins, and over how many columns and rows it goes."""

    start: int
    columns: int
    rows: int


class Markup:
    """The tables of a page, nested ones counted too; a row runs to the next row or to the end of its table."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tables: list[list[TextSpan]] = []
        self._cells: list[list[_Cell]] = []
        """By table: its cells in their order."""
        self._ordered: list[bool] = []
        """By table: are its rows shown in the order in which they are stored?"""
        self._scan()

    def _scan(self) -> None:
        open_tables: list[int] = []
        starts: dict[int, int] = {}

        def end_row(table: int, at: int) -> None:
            if table in starts:
                self._tables[table].append(TextSpan(starts.pop(table), at))

        for tag in _TAGS.finditer(self.text):
            name, closing = (tag["name"] or "").lower(), bool(tag["close"])
            if name in ("td", "th"):
                if open_tables and not closing and open_tables[-1] in starts:
                    self._cells[open_tables[-1]].append(_cell(tag))
            elif name == "table" and not closing:
                open_tables.append(len(self._tables))
                self._tables.append([])
                self._cells.append([])
                self._ordered.append(True)
            elif name and open_tables:
                table = open_tables[-1]
                self._ordered[table] &= name != "tfoot"
                end_row(table, tag.start())
                if name == "tr" and not closing:
                    starts[table] = tag.end()
                elif name == "table":
                    open_tables.pop()
        for table in reversed(open_tables):
            end_row(table, len(self.text))

    def extent(self, location: Location) -> TextSpan | None:
        """The row without its tag; a place that is told by lines has none, since lines of a page are not stored so."""
        table, row = location.table or 0, location.row or 0
        if not 0 < table <= len(self._tables) or not self._ordered[table - 1]:
            return None
        rows = self._tables[table - 1]
        return rows[row - 1] if 0 < row <= len(rows) else None

    def find(self, location: Location, shown: str) -> TextSpan | None:
        """Where a text stands in its cell; ``None`` unless just once."""
        extent = self.extent(location)
        if extent is None:
            return None
        stored = self.stored(location, shown)
        found = only(self.text, stored, extent) or only(self.text, shown, extent)
        cell = self._cell_at(location) if found is None and location.column is not None else None
        if cell is not None:
            said = _ANY_TAG.sub("", self.text[cell.start : cell.end]).strip()
            return next((only(self.text, one, cell) for one in (stored, shown) if one == said), None)
        return found

    def _cell_at(self, location: Location) -> TextSpan | None:
        """The cell in a column of a row, which cells of rows above may push to the right."""
        table, row = (location.table or 0) - 1, (location.row or 0) - 1
        if len(self._cells[table]) > _MOST_CELLS:
            return None
        cells = iter([*self._cells[table], None])
        cell = next(cells)
        taken: dict[int, int] = {}
        for number, extent in enumerate(self._tables[table][: row + 1]):
            column = 0
            while cell is not None and cell.start <= extent.end:
                while taken.get(column, 0) > number:
                    column += 1
                following = next(cells)
                if number == row and column == (location.column or 0) - 1:
                    end = following.start if following and following.start < extent.end else extent.end
                    return TextSpan(cell.start, end)
                taken |= dict.fromkeys(range(column, column + cell.columns), number + cell.rows)
                column += cell.columns
                cell = following
        return None

    def stored(self, location: Location, shown: str) -> str:
        """A text as the page holds it, its special characters escaped."""
        return html.escape(shown, quote=False)

    def comment(self, location: Location, body: str) -> tuple[int, str] | None:
        """At the beginning of the row, inside it."""
        extent = self.extent(location)
        return (extent.start, f"<!-- {body} -->") if extent else None


def _cell(tag: re.Match[str]) -> _Cell:
    wide, high = _COLUMNS.search(tag[0]), _ROWS.search(tag[0])
    columns = min(int(wide[1]) or 1, _WIDEST) if wide else 1
    return _Cell(tag.end(), columns, int(high[1]) if high else 1)
