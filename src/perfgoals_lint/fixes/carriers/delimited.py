"""Delimited text: every field by row and column."""

import re

from perfgoals_lint.fixes.carriers import Carrier, TextSpan
from perfgoals_lint.model import Location
from perfgoals_lint.readers.csv import records_at
from perfgoals_lint.rulebook.patterns import compiled

_RECORD_END = compiled("\r\n|[\r\n]")


class Delimited(Carrier):
    """The fields of delimited text, found in one pass as the ``csv`` module reads them."""

    def __init__(self, text: str) -> None:
        self.text = text
        start, delimiter = records_at(text)
        stop = f"[^{re.escape(delimiter)}\r\n]"
        self._field = compiled(f'(?:"(?:[^"]++|"")*+(?P<closed>"?+))?+{stop}*+')
        self._delimiter = delimiter
        self._fields = list(self._scan(start))

    def _scan(self, at: int) -> list[list[TextSpan]]:
        records: list[list[TextSpan]] = []
        record: list[TextSpan] = []
        while at < len(self.text):
            ended = _RECORD_END.match(self.text, at)
            if not (ended and not record):
                field = self._field.match(self.text, at)
                at = field.end() if field else at
                record.append(TextSpan(field.start() if field else at, at))
                if self.text.startswith(self._delimiter, at):
                    at += 1
                    if at < len(self.text) and not _RECORD_END.match(self.text, at):
                        continue
                    record.append(TextSpan(at, at))
                ended = _RECORD_END.match(self.text, at)
            records.append(record)
            record = []
            at = ended.end() if ended else len(self.text)
        return records

    def extent(self, location: Location) -> TextSpan | None:
        """The field, inside its quotes; where there is no such field, the row."""
        row = self._row(location)
        column = location.column or 0
        if row is None or not row:
            return None
        if not 0 < column <= len(row):
            return TextSpan(row[0].start, row[-1].end)
        return self._inside(row[column - 1])

    def _row(self, location: Location) -> list[TextSpan] | None:
        number = location.row or 0
        return self._fields[number - 1] if 0 < number <= len(self._fields) else None

    def _inside(self, field: TextSpan) -> TextSpan:
        quoted = self._quoted(field)
        return TextSpan(field.start + 1, field.end - 1) if quoted else field

    def _quoted(self, field: TextSpan) -> bool:
        text = self.text[field.start : field.end]
        return len(text) > 1 and text[0] == text[-1] == '"'

    def stored(self, location: Location, shown: str) -> str:
        """A text as its field holds it: the quotes in a quoted one are doubled."""
        extent = self.extent(location)
        quoted = extent is not None and self.text[extent.start - 1 : extent.start] == '"'
        return shown.replace('"', '""') if quoted else shown

    def comment(self, location: Location, body: str) -> tuple[int, str] | None:
        """A record of its own before the row: one field, as long as there is no delimiter in it."""
        row = self._row(location)
        if not row:
            return None
        return row[0].start, f"# {body.replace(self._delimiter, ' ')}\n"
