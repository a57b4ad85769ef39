"""Delimited text (.csv, .tsv): one grid; the delimiter and the encoding are found from the content."""

from __future__ import annotations

import csv
import io

from perfgoals_lint.model import Cell, Grid, Source
from perfgoals_lint.readers.limits import CORRUPT, Limits, ReadError, over
from perfgoals_lint.readers.sheet import CellBudget, of_frame
from perfgoals_lint.readers.sniff import csv_delimiter
from perfgoals_lint.readers.text import decode
from perfgoals_lint.rulebook.patterns import compiled

_LONGEST_RECORD = 1_000_000
_MOST_COLUMNS = 16_384
_SEPARATOR_LINE = compiled(r"sep=(.)\r?\n")


def read_csv(data: bytes, path: str, limits: Limits) -> Source:
    """The records as one grid (table 1); lines without anything are rows too, so that rows count as printed.

    A file has no spans: a blank field may well continue the one above it.
    """
    text = decode(data)
    if len(text) > limits.characters:
        raise over("characters", len(text), limits.characters)
    start, delimiter = records_at(text)
    csv.field_size_limit(_LONGEST_RECORD)
    lines = list(io.StringIO(text[start:], newline=""))
    longest = max(map(len, lines), default=0)
    if longest > _LONGEST_RECORD:
        raise over("characters", longest, _LONGEST_RECORD)
    returns = "\r" in text
    budget = CellBudget(limits)
    grid = Grid(path, [], 0, 0, table=1)
    try:
        for row_at, record in enumerate(csv.reader(lines, delimiter=delimiter)):
            if len(record) > _MOST_COLUMNS:
                raise over("columns", len(record), _MOST_COLUMNS)
            budget.spend(len(record))
            if returns:
                record = [field.replace("\r\n", "\n").replace("\r", "\n") for field in record]
            grid.cells += [Cell(row_at, column, of_frame(field)) for column, field in enumerate(record)]
            grid.rows = row_at + 1
            grid.columns = max(grid.columns, len(record))
    except csv.Error as error:
        raise ReadError(CORRUPT, reason=str(error)) from None
    return Source(path, "csv", [grid])


def records_at(text: str) -> tuple[int, str]:
    """Where the first record of delimited text starts (behind a ``sep=`` line), and its delimiter."""
    named = _SEPARATOR_LINE.match(text)
    return (named.end(), named[1]) if named else (0, csv_delimiter(text[: 1 << 18]) or ",")
