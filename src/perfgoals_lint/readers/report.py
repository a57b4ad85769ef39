"""How readers put what they found, and what they could not read, into a ``Source``."""

from itertools import groupby

from perfgoals_lint.model import Grid, Location, Part, Problem, Source
from perfgoals_lint.readers.handed_back import is_review
from perfgoals_lint.readers.limits import LIMIT, PART_UNREADABLE, Limits, ReadError
from perfgoals_lint.readers.sheet import Sheet, sheet_problems, to_grid

MOST_PART_TEXT = 20_000
"""Characters that are kept of the text of a part that is not read."""


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
    source.parts.extend(sheet.parts)
    if grid.cells:
        source.blocks.append(grid)


def set_hidden_sheets_aside(source: Source) -> None:
    """Make hidden sheets parts that are not read, where a sheet that is shown has any content: they hold lists to
    choose from, calculations, or earlier versions, and nobody submits them. The tool's own sheets count for nothing."""
    grids = [block for block in source.blocks if isinstance(block, Grid) and block.sheet is not None]
    if not any(not grid.hidden and not is_review(grid) for grid in grids):
        return
    hidden = {grid.sheet for grid in grids if grid.hidden}
    for grid in grids:
        if grid.hidden:
            place = Location(source.path, sheet=grid.sheet)
            source.parts.append(Part("hidden_sheet", place, _text(grid)))
    source.blocks = [
        block for block in source.blocks if not (isinstance(block, Grid) and block.hidden and block.sheet)
    ]
    source.problems = [problem for problem in source.problems if problem.location.sheet not in hidden]


def _text(grid: Grid) -> str:
    """The shown text of a grid, a row a line and tabs between its cells, up to a bound."""
    lines: list[str] = []
    length = 0
    for _, cells in groupby(grid.cells, key=lambda cell: cell.row):
        lines.append("\t".join(" ".join(cell.text.split()) for cell in cells if cell.text.strip()))
        length += len(lines[-1])
        if length > MOST_PART_TEXT:
            break
    return "\n".join(line for line in lines if line)[:MOST_PART_TEXT]
