"""Text in which every cell of every row is printed between tabs or bars, blank ones too: a grid as it stands."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from perfgoals_lint.model import Cell, Grid, Line, TextBlock
from perfgoals_lint.rulebook.labels import column_of, field_of, is_level1, is_level2
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.grids.lines import is_full
from perfgoals_lint.tables.grids.pieces import Shape
from perfgoals_lint.tables.headings import is_class, is_name
from perfgoals_lint.tables.lists import is_page_mark
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.tidy import tidied
from perfgoals_lint.tables.words import is_sum, says
from perfgoals_lint.text import squeeze

_SPLIT = {Shape.TABS: compiled(r"\t"), Shape.BARS: compiled(r"(?<!\\)\|")}
_RULE = compiled(r"[\s|:+=-]*-[\s|:+=-]*")
_LEVELS = {"level1": is_level1, "level2": is_level2}
_OF_LISTS = frozenset({"annual_goal", "cycle_goal", "indicators"})
_NEARLY_ALL = 0.95
_FEWEST = 3
"""Columns of a table, and rows."""
_WIDEST = 48
"""Cells of a row that goes on in the lines below, and these lines."""


def matrix(lines: Sequence[Line], shape: Shape, path: str) -> list[TextBlock | Grid] | None:
    """The blocks of lines of which nearly all with a mark have as many cells; ``None`` where that is not so, or where
    class labels do not stand below their headers."""
    lines, rows = _completed(lines, [cells_of(line, shape) for line in lines])
    if shape is Shape.BARS:
        rows = _without_outer(rows)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    if shape is Shape.TABS and _drops_last(rows):
        width, count = max(widths), sum(widths.values())
    if width < _FEWEST or count < _FEWEST or count < _NEARLY_ALL * sum(widths.values()):
        return None
    blocks: list[TextBlock | Grid] = []
    tables = 0
    for line, row in _joined(lines, rows):
        last = blocks[-1] if blocks else None
        if len(row) > 1 and not _RULE.fullmatch(line.text):
            if not isinstance(last, Grid):
                tables += 1
                last = Grid(path, [], 0, width, table=tables)
                blocks.append(last)
            last.columns = max(last.columns, len(row))
            last.cells += [replace(cell, row=last.rows) for cell in row]
            last.rows += 1
        elif line.text.strip(" \t|") and not _RULE.fullmatch(line.text):
            if not isinstance(last, TextBlock):
                last = TextBlock([])
                blocks.append(last)
            last.lines.append(line)
    grids = [block for block in blocks if isinstance(block, Grid)]
    if not grids or not all(map(in_step, grids)) or not any(map(has_header, grids)):
        return None
    return tidied(blocks)


def _completed(
    lines: Sequence[Line], rows: Sequence[list[Cell]]
) -> tuple[Sequence[Line], Sequence[list[Cell]]]:
    """The lines and their cells with those that go on in the lines below put together, where blank cells are printed, many rows
    are a line and every one then has as many cells as the widest; as they are where that does not come out."""
    width = max(map(len, rows), default=0)
    whole = [row for row in rows if len(row) == width]
    apart = any(not cell.text for row in whole for cell in row[1:-1])
    if not _FEWEST < width <= _WIDEST or not apart or all(len(row) in (1, width) for row in rows):
        return lines, rows
    found: list[tuple[Line, list[Cell]]] = []
    begun: list[Cell] = []
    first = 0
    for number, (line, row) in enumerate(zip(lines, rows, strict=True)):
        below, whole_label = rows[number + 1 : number + 1 + _FEWEST], False
        if begun:
            found[-1] = found[-1][0], going_on(begun, row)
        elif found and len(found[-1][1]) == width and len(row) == 1 and _is_between(row[0], below):
            label = f"{row[0].text}{below[0][0].text}"
            whole_label = is_name(label) or is_class(label) or says("titles", label)
            if whole_label:
                found.append((line, row))
            elif len(below[0]) > 1 and is_full(found[-1][1][-1].text, row[0].text):
                found[-1] = found[-1][0], going_on(found[-1][1], row)
            else:
                return lines, rows
        else:
            found.append((line, row))
            first = number
        if len(found[-1][1]) > width or number - first > _WIDEST:
            return lines, rows
        begun = found[-1][1] if whole_label or 1 < len(found[-1][1]) < width else []
    if begun or _FEWEST * len(whole) < sum(len(row) == width for _, row in found):
        return lines, rows
    return [line for line, _ in found], [row for _, row in found]


def going_on(row: Sequence[Cell], below: Sequence[Cell]) -> list[Cell]:
    """The cells of a row whose last one goes on with the first of the line below."""
    first, *rest = (replace(cell, column=cell.column + len(row) - 1) for cell in below)
    return [*row[:-1], _with(row[-1], first), *rest]


def _is_between(line: Cell, below: Sequence[Sequence[Cell]]) -> bool:
    """Stands a line without marks between the rows of a table, and is none of a page, nor a heading of the form below?"""
    if not line.text or is_page_mark(line.text) or expression("text_tables.run_end").search(line.text):
        return False
    first = next((cell.text for row in below if len(row) > 1 for cell in row if cell.text), None)
    return first is not None and field_of(first) != "project_name"


def _without_outer(rows: Sequence[list[Cell]]) -> list[list[Cell]]:
    """The rows without the blanks in front of the bars that begin nearly all of them, and behind those that end them."""
    barred = [row for row in rows if len(row) > 1]
    first, last = (sum(not row[at].text for row in barred) >= _NEARLY_ALL * len(barred) for at in (0, -1))
    bare = (row[first and len(row) > 1 and not row[0].text :] for row in rows)
    bare = (row[: len(row) - (last and len(row) > 1 and not row[-1].text)] for row in bare)
    return [[replace(cell, column=column) for column, cell in enumerate(row)] for row in bare]


def _drops_last(rows: Sequence[list[Cell]]) -> bool:
    """Do rows print their blank cells but those at the end? Then none has one there, some have one in front of others, and
    several are as wide as the table."""
    wide = [row for row in rows if len(row) > 1]
    full = Counter(map(len, wide))
    return full[max(full)] > 1 and all(row[-1].text for row in wide) and any(not row[0].text for row in wide)


def _joined(lines: Sequence[Line], rows: Sequence[list[Cell]]) -> Iterator[tuple[Line, list[Cell]]]:
    """The lines with their cells; where blank lines stand between rows, those without one between them are one row."""
    filled = [bool(line.text.strip()) for line in lines]
    apart = sum(after and not before for before, after in pairwise(filled))
    beside = sum(before and after for before, after in pairwise(filled))
    above: tuple[Line, list[Cell]] | None = None
    for line, row in zip(lines, rows, strict=True):
        goes_on = beside * 2 <= apart and len(row) > 1 and above is not None and len(above[1]) == len(row)
        if goes_on and above is not None:
            above = above[0], [_with(cell, below) for cell, below in zip(above[1], row, strict=True)]
            continue
        if above is not None:
            yield above
        above = line, row
    if above is not None:
        yield above


def _with(cell: Cell, below: Cell) -> Cell:
    if not (cell.text and below.text):
        return below if below.text else cell
    return replace(
        cell, text=f"{cell.text}\n{below.text}", places=[*(cell.places or ()), *(below.places or ())]
    )


def cells_of(line: Line, shape: Shape) -> list[Cell]:
    """The cells of a line, also what stands in front of a bar at its begin and behind one at its end."""
    parts: list[tuple[int, str]] = []
    at = 0
    for part in _SPLIT[shape].split(line.text):
        parts.append((at, part))
        at += len(part) + 1
    cells = []
    for column, (start, part) in enumerate(parts):
        text = part.strip()
        cell = Cell(0, column, text.replace("\\|", "|") if shape is Shape.BARS else text)
        if text:
            cell.places = [replace(line.location, column=start + len(part) - len(part.lstrip()) + 1)]
        cells.append(cell)
    return cells


def has_header(grid: Grid) -> bool:
    """Does a cell name the column of a level or of names, or a row those of a list of projects?"""
    rows: dict[int, set[str | None]] = {}
    for cell in grid.cells:
        if cell.text and column_of(cell.text) in ("level2", "level3"):
            return True
        if cell.text:
            rows.setdefault(cell.row, set()).add(field_of(cell.text))
    return any(
        "project_name" in names and names & _OF_LISTS and len(names) >= _FEWEST for names in rows.values()
    )


def in_step(grid: Grid) -> bool:
    """Do all class labels below a header stand in the columns of classes, and no rows that lack a value under the first of
    them, as rows do that lost the cells in front?"""
    columns: dict[str, set[int]] = {}
    outside = 0
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    listed: int | None = None
    for row in rows.values():
        classes = [cell.column for cell in row if is_class(cell.text)]
        if classes and any(field_of(cell.text) == "project_name" for cell in row):
            listed = classes[0]
        elif classes and listed is not None and len(classes) == len(row):
            outside += classes[0] < listed  # the lower row of a list's header
        shifted = columns.get("level1") and columns.get("value") and _is_shifted(row, columns)
        for cell in row:
            role = column_of(cell.text)
            if role in _LEVELS or role in VALUES:
                columns.setdefault("value" if role in VALUES else str(role), set()).add(cell.column)
            elif columns and cell.text.strip().endswith("指标") and is_class(cell.text):
                fits = any(
                    cell.column in columns.get(name, ())
                    for name, known in _LEVELS.items()
                    if known(cell.text)
                )
                outside += not fits
        outside += bool(shifted)
    return outside == 0


def _is_shifted(row: list[Cell], columns: dict[str, set[int]]) -> bool:
    """Is a row without a value begun, where the first class should stand, by a text that is none?"""
    first = row[0]
    valued = any(cell.column in columns["value"] for cell in row)
    named = first.text.strip().endswith(("指标", "目标")) or field_of(first.text) is not None
    known = named or is_class(first.text) or is_sum(squeeze(first.text))
    return len(row) > 1 and not valued and not known and first.column in columns["level1"]
