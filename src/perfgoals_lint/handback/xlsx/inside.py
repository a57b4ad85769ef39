"""What the tool's own sheets of a workbook hold, read from the package itself."""

from io import BytesIO

from perfgoals_lint.fixes.office.parts import PackageParts
from perfgoals_lint.model import Grid
from perfgoals_lint.readers.handed_back import MARK, is_review
from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.readers.package import Package
from perfgoals_lint.readers.xlsx import read_xlsx


def marked_sheets(parts: PackageParts) -> dict[str, str]:
    """The parts of the tool's own sheets by name; none is read where the mark is nowhere in the package."""
    if not holds_mark(parts):
        return {}
    known = parts.sheets()
    return {
        grid.sheet: known[grid.sheet]
        for grid in grids(parts.save())
        if grid.sheet in known and is_review(grid)
    }


def holds_mark(parts: PackageParts) -> bool:
    """May there be a sheet of the tool's own? Looking for the mark is much cheaper than reading the cells."""
    mark = MARK.encode()
    strings = parts.related(parts.main, "sharedStrings")
    names = [*parts.sheets().values(), *([strings] if strings else [])]
    return any(mark in parts.read(name) for name in names if name in parts)


def grids(data: bytes) -> list[Grid]:
    """The sheets of a workbook as grids, the tool's own among them."""
    source = read_xlsx(Package(BytesIO(data), Limits()), "", Limits())
    return [block for block in source.blocks if isinstance(block, Grid)]
