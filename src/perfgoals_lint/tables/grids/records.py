"""The rows of a table from its reading, and what the reading leaves open."""

from perfgoals_lint.model import Problem
from perfgoals_lint.tables.grids.costs import SIDE_COLUMN
from perfgoals_lint.tables.grids.cutter import UNCERTAIN, CutRow
from perfgoals_lint.tables.grids.head_rows import LEVELS
from perfgoals_lint.tables.grids.heads import PrintedHeader, header_at
from perfgoals_lint.tables.grids.marks import field_at
from perfgoals_lint.tables.grids.sheet import CellSpan, GridBuilder
from perfgoals_lint.tables.grids.steps import PAGE, Step, StepReader
from perfgoals_lint.tables.reading import unsure
from perfgoals_lint.tables.texts import join_lines

_POOR_FIT = 4.5  # a row that costs more is hardly read right
_POOR_ROW = 2.8  # the same where levels are cells of the row
_MOSTLY = 0.5
_SHOWN = 80  # characters of the text in a problem
_VALUE_PAIR = ("cycle_value", "annual_value")


def lay_header(sheet: GridBuilder, header: PrintedHeader, shift: bool, depth: int) -> None:
    """Append a header to a sheet, ``shift`` right of the label at the side of the table, which stands over ``depth`` rows."""
    row = sheet.rows
    sheet.add(depth=header.depth)
    if header.side:
        sheet.put(row, CellSpan(header.side.start, header.side.end, 0, 1, depth))
    for name in header.names:
        span = CellSpan(name.start, name.end, name.column + shift, name.column_span, name.row_span)
        sheet.put(row + name.row, span)


def lay_rows(sheet: GridBuilder, reader: StepReader, steps: list[Step], problems: list[Problem]) -> None:
    """Append the rows of a reading to a sheet; what is uncertain goes to ``problems``.

    A level stands in the first row below it, or in a row of its own where it has none; what fits nowhere is a row of
    one cell.
    """
    shift = 1 if reader.header.side else 0
    waiting: list[CellSpan] = []
    section: list[CutRow] = []
    for step in steps:
        if step.row:
            cells = _cells(reader, step.row, shift)
            if waiting and min(span.column for span in cells if span.end > span.start) <= waiting[-1].column:
                sheet.add(*waiting)
                waiting = []
            sheet.add(*waiting, *cells)
            waiting = []
            section += [] if step.printed else [step.row]
            continue
        _report(reader, section, problems)
        section = []
        if step.label:
            level, columns = LEVELS[step.level - 1], reader.header.columns
            column = shift + (columns.index(level) if level in columns else 0)
            if any(span.column >= column for span in waiting):
                sheet.add(*waiting)
                waiting = []
            waiting.append(CellSpan(step.start, step.end, column))
            continue
        if step.start in reader.dump.free:
            continue  # no part of the table
        if step.end == step.start + 1 and PAGE.match(reader.dump.pieces[step.start].text):
            sheet.aside.add(step.start)
            continue
        if waiting:
            sheet.add(*waiting)
            waiting = []
        _lay_other(sheet, reader, step)
    _report(reader, section, problems)
    if waiting:
        sheet.add(*waiting)


def _cells(reader: StepReader, row: CutRow, shift: int) -> list[CellSpan]:
    if reader.names[0] == SIDE_COLUMN:
        return [CellSpan(start, end, place) for place, (start, end) in enumerate(row.cells)]
    columns = reader.header.columns
    places = [n for n, name in enumerate(columns) if not reader.in_steps or name not in LEVELS]
    return [
        CellSpan(start, end, place + shift) for place, (start, end) in zip(places, row.cells, strict=True)
    ]


def _lay_other(sheet: GridBuilder, reader: StepReader, step: Step) -> None:
    """A header printed again, or text that belongs to no row."""
    header = header_at(reader.dump, step.start, step.end)
    if header and header.end == step.end:
        lay_header(sheet, header, reader.header.side is not None, 1)
        return
    box = field_at(reader.dump, step.start, step.end)
    if box and box.end < step.end:
        sheet.add(CellSpan(box.start, box.end, 0), CellSpan(box.end, step.end, 1))
    else:
        sheet.add(CellSpan(step.start, step.end, 0))


def _report(reader: StepReader, section: list[CutRow], problems: list[Problem]) -> None:
    """Tell of rows between two level names whose division into cells the text does not settle."""
    if not section:
        return
    poor = max(row.cost for row in section) >= (_POOR_FIT if reader.in_steps else _POOR_ROW)
    settled = not poor and reader.doubt(section) >= UNCERTAIN
    if settled and not any(_lacks_value(row, reader.names) or _lacks_all(row, reader) for row in section):
        return
    text = join_lines(line for line, _ in reader.dump.lines_of(section[0].start, section[-1].end))[:_SHOWN]
    problems.append(unsure(reader.dump.location(section[0].start), text))


def _lacks_value(row: CutRow, names: tuple[str, ...]) -> bool:
    """Is one of two value cells empty? The text does not tell which."""
    filled = [end > start for name, (start, end) in zip(names, row.cells, strict=True) if name in _VALUE_PAIR]
    return len(filled) == len(_VALUE_PAIR) and any(filled) and not all(filled)


def _lacks_all(row: CutRow, reader: StepReader) -> bool:
    """Has the row a name and no value, in a table whose rows have one as a rule? Where widths tell the columns, other
    cells beside the name speak for a blank value."""
    cells = list(
        zip(reader.names, row.cells, reader.cutter.columns.filled or [1.0] * len(row.cells), strict=True)
    )
    filled = {name for name, (start, end), _ in cells if end > start}
    if "level3" not in filled or filled & {*_VALUE_PAIR, "last_year_value"}:
        return False
    alone = len(filled) == 1 or not reader.in_steps
    return alone and any(share > _MOSTLY for name, _, share in cells if name in _VALUE_PAIR)
