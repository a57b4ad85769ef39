"""Markdown: the cells of pipe tables."""

from itertools import pairwise

from perfgoals_lint.fixes.carriers import Carrier, TextSpan
from perfgoals_lint.model import Location
from perfgoals_lint.readers.markdown import runs
from perfgoals_lint.rulebook.patterns import compiled

_BAR = compiled(r"(?<!\\)\|")


class Pipes(Carrier):
    """The tables of a Markdown text; tables, rows and columns are counted as its reader counts them."""

    def __init__(self, text: str) -> None:
        self.text = text
        lines = text.splitlines(keepends=True)
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line))
        self._tables: list[list[TextSpan]] = []
        for is_table, first, end in runs(text.splitlines()):
            if is_table:
                numbers = (first, *range(first + 2, end))
                self._tables.append(
                    [TextSpan(starts[n], starts[n] + len(lines[n].rstrip("\r\n"))) for n in numbers]
                )

    def extent(self, location: Location) -> TextSpan | None:
        """The cell without the blanks around it; where there is no such cell, the row."""
        row = self._row(location)
        if row is None:
            return None
        cells = self._cells(row)
        column = location.column or 0
        return self._stripped(cells[column - 1] if 0 < column <= len(cells) else row)

    def _row(self, location: Location) -> TextSpan | None:
        table, row = location.table or 0, location.row or 0
        if not 0 < table <= len(self._tables) or not 0 < row <= len(self._tables[table - 1]):
            return None
        return self._tables[table - 1][row - 1]

    def _cells(self, row: TextSpan) -> list[TextSpan]:
        whole = self._stripped(row)
        bars = [found.start() for found in _BAR.finditer(self.text, whole.start, whole.end)]
        edges = [whole.start - 1, *bars, whole.end]
        if bars and bars[0] == whole.start:
            del edges[0]
        if bars and bars[-1] == whole.end - 1 and len(edges) > 2:
            del edges[-1]
        return [TextSpan(left + 1, right) for left, right in pairwise(edges)]

    def _stripped(self, part: TextSpan) -> TextSpan:
        text = self.text[part.start : part.end]
        start = part.start + len(text) - len(text.lstrip())
        return TextSpan(start, max(start, part.start + len(text.rstrip())))

    def stored(self, location: Location, shown: str) -> str:
        """A text as the table holds it, its bars escaped."""
        return shown.replace("|", "\\|")

    def comment(self, location: Location, body: str) -> tuple[int, str] | None:
        """At the end of the row's last cell: a line of its own would end the table."""
        row = self._row(location)
        if row is None:
            return None
        return self._stripped(self._cells(row)[-1]).end, f" <!-- {body} -->"
