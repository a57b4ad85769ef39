"""Tables of what the money is made up of (内容, 单价, 数量, 金额), below a goal table or on a sheet of their own: none of its rows."""

from perfgoals_lint.model import Grid
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import money_factor
from perfgoals_lint.tables.cells import GridRow
from perfgoals_lint.tables.form_labels import heads_other_table
from perfgoals_lint.tables.header import Header
from perfgoals_lint.tables.headings import LEVELS, column_role, is_class
from perfgoals_lint.tables.titles import is_title

_FEWEST_COLUMNS = 3
_FIGURE = compiled(r"\d")


class Calculations:
    """Tells the rows of such tables, asked about every row below the header of a goal table."""

    def __init__(self) -> None:
        self._grid: Grid | None = None
        self._above: GridRow | None = None

    def hold(self, row: GridRow, header: Header) -> bool:
        """Is it a row of such a table? One begins on another grid, or below a title or a gap."""
        above, self._above = self._above, row
        if row.grid is None:
            return False
        inside = self._grid is row.grid
        follows = above is not None and above.grid is row.grid and row.index == above.index + 1
        if row.grid is header.grid and follows and not inside and not (above and heads_other_table(above)):
            return False
        if _heads_amounts(row, counted=row.grid is not header.grid):
            self._grid = row.grid
        elif inside and (is_title(row) or header.has_class(row) or _names_levels(row)):
            self._grid = None
        return self._grid is row.grid


def _names_levels(row: GridRow) -> bool:
    return any(column_role(box.key) in LEVELS for box in row.filled)


def _heads_amounts(row: GridRow, counted: bool) -> bool:
    """Is a row one of the names of columns, without a figure, of which one holds money and, where it must be ``counted``,
    one the number of things?"""
    if len(row.filled) < _FEWEST_COLUMNS or any(_FIGURE.search(box.key) for box in row.filled):
        return False
    classes = [box for box in row.filled if is_class(box.key)]
    if any(box.key.endswith("指标") for box in classes) or _names_levels(row):
        return False
    return any(money_factor(box.text) for box in row.filled) and (bool(classes) or not counted)
