"""HTML: the rows of tables. A cell is looked for by its text inside the row that holds it."""

from __future__ import annotations

import html
import re

from perfgoals_lint.fixes.carriers import TextSpan, only
from perfgoals_lint.model import Location

_TAGS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|template)\b.*?(?:</(?P=raw)\b|\Z)"
    r"|<(?P<close>/?)(?P<name>table|tr|tfoot)\b[^>]*+>?",
    re.IGNORECASE | re.DOTALL,
)


class Markup:
    """The tables of a page, nested ones counted too; a row runs to the next row or to the end of its table."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tables: list[list[TextSpan]] = []
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
            if name == "table" and not closing:
                open_tables.append(len(self._tables))
                self._tables.append([])
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
        extent = self.extent(location)
        if extent is None:
            return None
        return only(self.text, self.stored(location, shown), extent) or only(self.text, shown, extent)

    def stored(self, location: Location, shown: str) -> str:
        return html.escape(shown, quote=False)

    def comment(self, location: Location, body: str) -> tuple[int, str] | None:
        """At the beginning of the row, inside it."""
        extent = self.extent(location)
        return (extent.start, f"<!-- {body} -->") if extent else None
