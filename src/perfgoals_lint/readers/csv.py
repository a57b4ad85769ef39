"""Delimited text (.csv, .tsv): one grid; the delimiter and the encoding are found from the content."""

import csv
import io
from collections.abc import Iterator

from perfgoals_lint.model import Cell, Grid, Location, Problem, Source
from perfgoals_lint.readers.limits import CORRUPT, Limits, ReadError, over
from perfgoals_lint.readers.sheet import CellBudget, without_frame
from perfgoals_lint.readers.sniff import csv_delimiter
from perfgoals_lint.readers.text import decode
from perfgoals_lint.readers.thousands import SplitAmount, Splits
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
    source = Source(path, "csv", [grid := Grid(path, [], 0, 0, table=1)])
    records = list(_records(lines, delimiter, limits))
    splits = Splits(records) if delimiter == "," else None
    for row_at, record in enumerate(records):
        if splits is not None and (found := splits.of(record)):
            grid.cells += _joined(grid, row_at, record, found, splits.is_longer(record, found))
            places = (Location(path, table=1, row=row_at + 1, column=one.start + 1) for one in found)
            source.problems += [
                Problem("PGX154", place, {"text": one.text}) for place, one in zip(places, found, strict=True)
            ]
        else:
            grid.cells += [Cell(row_at, column, field) for column, field in enumerate(record)]
        grid.rows = row_at + 1
        grid.columns = max(grid.columns, len(record))
    without_frame(grid)
    return source


def _records(lines: list[str], delimiter: str, limits: Limits) -> Iterator[list[str]]:
    budget = CellBudget(limits)
    returns = any("\r" in line for line in lines)
    try:
        for record in csv.reader(lines, delimiter=delimiter):
            if len(record) > _MOST_COLUMNS:
                raise over("columns", len(record), _MOST_COLUMNS)
            budget.spend(len(record))
            yield (
                [field.replace("\r\n", "\n").replace("\r", "\n") for field in record] if returns else record
            )
    except csv.Error as error:
        raise ReadError(CORRUPT, reason=str(error)) from None


def _joined(
    grid: Grid, row_at: int, record: list[str], found: list[SplitAmount], moved: bool
) -> Iterator[Cell]:
    """The cells of a record with its split amounts as one each; where the fields behind them ``moved``, those stand in their
    columns and keep the places of their fields."""
    amounts = {one.start: one for one in found}
    field = extra = 0
    while field < len(record):
        one = amounts.get(field)
        cell = Cell(row_at, field - extra, one.text if one else record[field])
        cell.places = [grid.locate(Cell(row_at, field, ""))] if extra else None
        yield cell
        end = one.end if one else field + 1
        extra += end - field - 1 if moved else 0
        field = end


def records_at(text: str) -> tuple[int, str]:
    """Where the first record of delimited text starts (behind a ``sep=`` line), and its delimiter."""
    named = _SEPARATOR_LINE.match(text)
    return (named.end(), named[1]) if named else (0, csv_delimiter(text[: 1 << 18]) or ",")
