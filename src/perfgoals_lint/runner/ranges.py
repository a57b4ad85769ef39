"""Comments over ranges and tables, bound to the places of what was found: a comment names lines of the file, a finding
may be told by table and row."""

from collections.abc import Iterable, Sequence

from perfgoals_lint.model import Directive, Document, Finding, Location

_WIDE = frozenset({"range", "table"})


def bind(directives: Sequence[Directive], findings: Iterable[Finding], document: Document, path: str) -> None:
    """Fill in the places of the ranges and the tables of the comments that are about them; ``path`` is the file."""
    if not any(one.kind in _WIDE for one in directives):
        return
    lines = _TextLines(document, path)
    for directive in directives:
        if directive.kind == "range":
            first, last = directive.rows[0], directive.rows[-1]
            places = ((one.location, lines.of(one.location)) for one in findings if one.location)
            within = {(place.table, place.row) for place, line in places if line and first <= line <= last}
            known = [(table, row) for table, row in within if table is not None and row is not None]
            directive.places = [list(place) for place in sorted(known)]
        elif directive.kind == "table":
            found = lines.table_at(directive.line)
            directive.tables = [found] if found is not None else []
            if found is None:
                directive.kind, directive.fault = "fault", "table"


class _TextLines:
    """The lines of a file at which places begin."""

    def __init__(self, document: Document, path: str) -> None:
        from perfgoals_lint.fixes.apply import Carriers
        from perfgoals_lint.fixes.carriers.marks import LineIndex
        from perfgoals_lint.readers.text import decode

        with open(path, "rb") as file:
            text = decode(file.read())
        self._carriers = Carriers(text, document.path, document.format)
        self._index = LineIndex(text)
        self._document = document

    def of(self, location: Location) -> int | None:
        """The 1-based line, ``None`` for a place that the text does not have."""
        from perfgoals_lint.fixes.carriers.marks import line_of

        return line_of(self._carriers, self._index, location)

    def table_at(self, line: int) -> int | None:
        """The table (0-based) that a line stands in; else the next one, else the last before it."""
        before: int | None = None
        for number, table in enumerate(self._document.tables):
            lines = [found for place in table.places() if (found := self.of(place)) is not None]
            if lines and line <= max(lines):
                return number
            before = number if lines else before
        return before
