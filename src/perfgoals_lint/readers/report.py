"""How readers put what they found, and what they could not read, into a ``Source``."""

from __future__ import annotations

from perfgoals_lint.model import Location, Problem, Source
from perfgoals_lint.readers.limits import LIMIT, PART_UNREADABLE, Limits, ReadError
from perfgoals_lint.readers.sheet import Sheet, sheet_problems, to_grid


def note(
    source: Source, code: str, *, sheet: str | None = None, page: int | None = None, **args: object
) -> None:
    """Add a problem at a sheet, a page or the whole file."""
    place = Location(source.path, sheet=sheet, page=page)
    source.problems.append(Problem(code, place, {name: str(value) for name, value in args.items()}))


def sheet_failure(source: Source, error: ReadError, sheet: str) -> None:
    """Record that one sheet cannot be read; the rest is. A limit is for the whole file and raised again."""
    if error.code == LIMIT:
        raise error
    note(source, PART_UNREADABLE, sheet=sheet, part=sheet, reason=error.args_shown.get("reason", error.code))


def add_sheet(source: Source, sheet: Sheet, limits: Limits) -> None:
    """Add a sheet as a grid, unless it is empty, and what there is to say about it."""
    grid = to_grid(sheet, source.path)
    source.problems.extend(sheet_problems(sheet, grid, source.path))
    if grid.cells:
        source.blocks.append(grid)
