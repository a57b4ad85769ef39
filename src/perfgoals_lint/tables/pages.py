"""Rows that a page end cut in two, put together before anything is read from them.

A producer breaks each cell of a row at its own line: on the next page a cell goes on only if it had more lines. What
goes on is therefore blank where the row was complete, and full to the cell's edge where it was not.
"""

from perfgoals_lint.rulebook.labels import is_level1, is_level2
from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.header import Header, find_header
from perfgoals_lint.tables.headings import AMOUNTS, LEVELS, box_field
from perfgoals_lint.text import width_of

_SLACK = 0.9
"""How much narrower than its column's widest line, in em, a line may be and still be full."""


def join_pages(rows: list[GridRow]) -> list[GridRow]:
    """The rows with every row that a page end cut as one; a continued table's first row, also below a repeated header,
    has ``opens_page`` set."""
    if not any(row.grid is not None and row.grid.page for row in rows):
        return rows
    joined: list[GridRow] = []
    header: Header | None = None
    headers = _headers(rows)
    widths = _widths(rows, headers)
    last: GridRow | None = None
    after_header = False
    index = 0
    while index < len(rows):
        row = rows[index]
        if (found := headers.get(index)) is not None:
            header, after_header = found, row.opens_page
            joined += rows[index : index + found.rows]
            index += found.rows
            continue
        if any(box_field(box.key) == "project_name" for box in row.filled):
            header = None  # another form begins
        row.opens_page = row.opens_page or after_header
        after_header = after_header and row.grid is None
        widest = widths.get(header.roles, {}) if header is not None else {}
        if last is not None and _goes_on(last, row, header, widest):
            _append(last, row)
        else:
            joined.append(row)
            last = row if row.grid is not None else last
        index += 1
    return joined


def _headers(rows: list[GridRow]) -> dict[int, Header]:
    """The headers by the row in which they begin."""
    headers: dict[int, Header] = {}
    behind = 0
    for index, row in enumerate(rows):
        if index >= behind and row.grid is not None and (found := find_header(rows, index)) is not None:
            headers[index] = found
            behind = index + found.rows
    return headers


def _widths(rows: list[GridRow], headers: dict[int, Header]) -> dict[frozenset[str], dict[int, float]]:
    """How wide the columns are, by the roles of their header: the widest line that is followed by another one."""
    widths: dict[frozenset[str], dict[int, float]] = {}
    header: Header | None = None
    behind = 0
    for index, row in enumerate(rows):
        if index in headers:
            header = headers[index]
            behind = index + header.rows
        elif header is not None and index >= behind:
            _measure(row, header, widths.setdefault(header.roles, {}))
    return widths


def _goes_on(last: GridRow, row: GridRow, header: Header | None, widest: dict[int, float]) -> bool:
    """Is ``row`` the rest of ``last``, the row before it on the page before?"""
    if row.grid is None or last.grid is None or not row.opens_page or row.grid is last.grid:
        return False
    if row.grid.page is None or row.grid.page - 1 != last.grid.page:
        return False
    pairs = [(box, over[0]) for box in row.filled if (over := _under(last, box))]
    if any(_completes(upper, lower) for lower, upper in pairs):
        return True
    if header is None:
        return False
    return _list_row_goes_on(row, header) if header.is_list else _indicator_goes_on(last, row, header, widest)


def _completes(upper: Box, lower: Box) -> bool:
    """Do two halves make a label (``满意度指`` and ``标``) that the second alone is not?"""
    whole = upper.key + lower.key
    if len(whole) > 30 or not lower.key:
        return False
    return any(known(whole) and not known(lower.key) for known in (is_level1, is_level2, box_field))


def _list_row_goes_on(row: GridRow, header: Header) -> bool:
    roles = _roles(row, header)
    if roles.keys() & set(LEVELS) or "project_name" not in roles or not AMOUNTS & header.roles:
        return False
    return not any(is_amount(box.text) for name in AMOUNTS for box in roles.get(name, ()))


def _indicator_goes_on(last: GridRow, row: GridRow, header: Header, widest: dict[int, float]) -> bool:
    roles, before = _roles(row, header), _roles(last, header)
    if header.blocks > 1 or roles.keys() & {"level1", "level2", "number"} or "level3" not in before:
        return False
    if "level3" not in roles:
        return bool(roles)
    placed, above = header.place(row), header.place(last)
    return all(
        _is_full(above.get(index, []), widest.get(index))
        for index, boxes in placed.items()
        if any(box.key and box.top == row.index for box in boxes)
    )


def _is_full(boxes: list[Box], widest: float | None) -> bool:
    """Does the text reach the edge of its column? Unknown, so no, while nothing in the column was broken over lines."""
    lines = [line for box in boxes for line in box.text.splitlines() if line.strip()]
    return bool(lines) and widest is not None and width_of(lines[-1].strip()) >= widest - _SLACK


def _roles(row: GridRow, header: Header) -> dict[str, list[Box]]:
    roles: dict[str, list[Box]] = {}
    for index, boxes in header.place(row).items():
        own = [box for box in boxes if box.key and box.top == row.index]
        if own:
            roles.setdefault(header.columns[index].role, []).extend(own)
    return roles


def _measure(row: GridRow, header: Header, widest: dict[int, float]) -> None:
    """Note how wide each column is: its widest line that is followed by another one."""
    if row.grid is None or row.grid.page is None:
        return
    for index, boxes in header.place(row).items():
        for box in boxes:
            for line in box.text.splitlines()[:-1]:
                widest[index] = max(widest.get(index, 0.0), width_of(line.strip()))


def _under(last: GridRow, box: Box) -> list[Box]:
    return [other for other in last.boxes if other.left < box.right and box.left < other.right]


def _append(last: GridRow, row: GridRow) -> None:
    """Put the texts of a row behind those of the row before it, cell by cell."""
    for box in row.filled:
        over = _under(last, box)
        if over:
            over[0].extend(box.text)
        else:
            last.boxes.append(box)
    last.filled = [box for box in last.boxes if box.top == last.index and box.key]
