"""Forms and lists in a dump: where each begins, its boxes, its rows; each becomes a grid."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from perfgoals_lint.model import Grid, Problem, TextBlock
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import is_amount, money_factor
from perfgoals_lint.tables.grids.heads import PrintedHeader, header_at, repeats
from perfgoals_lint.tables.grids.layout import lay_boxes
from perfgoals_lint.tables.grids.learning import reader_of
from perfgoals_lint.tables.grids.marks import Label, field_at, is_plain, is_short, levels_at
from perfgoals_lint.tables.grids.pieces import Dump, Shape
from perfgoals_lint.tables.grids.printed_rows import printed_rows
from perfgoals_lint.tables.grids.records import lay_header, lay_rows
from perfgoals_lint.tables.grids.sheet import GridBuilder
from perfgoals_lint.tables.grids.steps import Step, StepReader
from perfgoals_lint.tables.lists import is_body
from perfgoals_lint.tables.reading import unsure
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.words import is_note, is_sum, is_verdict
from perfgoals_lint.text import squeeze

_CODED = compiled(r"\d{3,}[-－]?\D{4,}")
"""The code of a unit and its name."""
_NUMBER = compiled(r"\d{1,3}")
_NEAR = 4
"""Lines between the title of a table and its first box."""
_CERTAIN_OPENERS = frozenset({"project_name", "programme", "project_code"})
_OPENERS = _CERTAIN_OPENERS | {"project_type", "project_level", "department", "unit", "period"}
_NEAR_BOX = 12
"""Pieces between two boxes at the begin of a form."""
_NEAR_GOAL = 24
"""Pieces between the label of a goal and a header."""
_GOALS = frozenset({"purpose", "cycle_goal", "annual_goal", "overall_goal"})
_BLANK = compiled(r"(?<=[\u3400-\u9fff%])[ \u3000]+(?=[\u3400-\u9fff≥≤])")
_LEFT = 8.0
_NO_ROWS = "PGX103"
_FEW = 2
"""Rows."""
_SHOWN = 40  # characters
_SIGN = compiled(r"[≥≤≧≦＝=＞＜<>]")
_CLAUSE = compiled(r"\w{4,}[，。；,;]\w")
"""What only running text has: a clause and another behind it."""
_OF_A_BOX = 2
"""Lines: a label and its value."""


@dataclass(slots=True)
class FormPieces:
    """The pieces of one form: its title lines, its boxes, the headers of its tables, the boxes below its rows, its end."""

    start: int
    boxes: int
    end: int
    headers: list[PrintedHeader] = field(default_factory=list)
    below: int = 0

    def spans(self) -> Iterator[tuple[PrintedHeader, int, int]]:
        """Every header with the pieces of its rows."""
        for header, after in pairwise([*self.headers, None]):
            if header is not None:
                yield header, header.end, after.start if after else self.below


def find_forms(dump: Dump) -> list[FormPieces]:
    """The forms of a dump, each from its title lines to the begin of the next one."""
    total = len(dump.pieces)
    forms: list[FormPieces] = []
    position = 0
    last_opening: int | None = None
    while position < total:
        last = forms[-1].headers[-1] if forms and forms[-1].headers else None
        again = repeats(dump, last, position) if last else None
        header = None if again else header_at(dump, position, total)
        if again:
            position = again
            continue
        if header:
            if not forms or (header.is_list and forms[-1].headers):
                first = position if forms or header.is_list else _first_box(dump, position)
                _open(dump, forms, first, first)
            forms[-1].headers.append(header)
            position = header.end
            continue
        label = field_at(dump, position, total) if dump.begins[position] else None
        opens = label and label.name in _OPENERS and not is_short(label) and not _is_above(dump, label)
        opens = opens and not (label and forms and forms[-1].headers and not _opens_below(dump, label))
        if label and opens and forms and forms[-1].headers and label.name not in _CERTAIN_OPENERS:
            last_opening = _last_opening(dump) if last_opening is None else last_opening
            opens = label.end <= last_opening
        if label and opens and forms and _is_other_table(dump, forms[-1], label):
            forms.pop()
        if label and opens and (not forms or forms[-1].headers):
            _open(dump, forms, position, position)
        position = label.end if label and opens else position + 1
    for form in forms:
        level = _last_level(dump, form)
        form.end = _rows_end(dump, form, level)
        form.below = _boxes_below(dump, form, level)
    return forms


def _last_level(dump: Dump, form: FormPieces) -> int | None:
    """The last line below a form's last header that begins with the name of a level; ``None`` where none does."""
    first = form.headers[-1].end if form.headers else form.end
    begins = (index for index in reversed(range(first, form.end)) if dump.begins[index])
    return next((index for index in begins if _has_level(dump, index, form.end)), None)


def _is_other_table(dump: Dump, form: FormPieces, label: Label) -> bool:
    """Is what was begun as a form a table of another kind, with a box 项目名称 and no goal, the form beginning with this
    label below text that is in no cell?"""
    if form.headers or label.name != "project_name" or dump.free.isdisjoint(range(form.boxes, label.start)):
        return False
    boxes = (field_at(dump, index, label.start) for index in range(form.boxes, label.start))
    return not any(box and box.name in _GOALS for box in boxes)


def _is_above(dump: Dump, label: Label) -> bool:
    """Does the line of a label stand above a form: 填报单位：（盖章）, and behind it the money unit?"""
    text = dump.pieces[label.end].text if label.end < len(dump.pieces) else ""
    return "单位" in text and money_factor(text) is not None


def _opens_below(dump: Dump, label: Label) -> bool:
    """Does a label below rows begin another form: does another box follow before the next class? Names of indicators may
    read like the label of a box (服务周期)."""
    end = min(label.end + _NEAR_BOX, len(dump.pieces))
    for index in range(label.end, end):
        if any(is_plain(level) for rank in (1, 2) for level in levels_at(dump, index, end, rank)):
            return False
        box = field_at(dump, index, end)
        if box and not is_short(box):
            return True
    return label.name in _CERTAIN_OPENERS


def _last_opening(dump: Dump) -> int:
    """Where the last header, or the last name of a project, begins: boxes behind it are those of the form in front."""
    total = len(dump.pieces)
    for position in reversed(range(total)):
        label = field_at(dump, position, total) if dump.begins[position] else None
        if (label and label.name in _CERTAIN_OPENERS) or header_at(dump, position, total):
            return position
    return 0


def _open(dump: Dump, forms: list[FormPieces], position: int, boxes: int) -> None:
    """Begin a form at the title lines above a piece."""
    floor = forms[-1].headers[-1].end if forms and forms[-1].headers else 0
    start = _title_start(dump, boxes, floor)
    if forms:
        forms[-1].end = start
    forms.append(FormPieces(start, boxes, len(dump.pieces)))


def _first_box(dump: Dump, end: int) -> int:
    """The first line above a header that begins with the label of a box, where the label of a box that opens forms stands
    behind it (部门编码 … 部门名称 …) or the goal is near the header; else the header."""
    first = end
    for index in reversed(range(end)):
        box = field_at(dump, index, end) if dump.begins[index] else None
        if box is None or is_short(box):
            continue
        behind = (field_at(dump, n, end) for n in range(box.end, dump.line_end(index, end)))
        opens = any(label and label.name in _OPENERS and not is_short(label) for label in behind)
        if opens or (box.name in _GOALS and end - index <= _NEAR_GOAL) or first - index <= _NEAR_BOX:
            first = index
    return first


def _title_start(dump: Dump, position: int, floor: int) -> int:
    """The first piece of the title lines above a piece."""
    line, near = position, 0
    while dump.shape is not Shape.BLANKS and line > floor and near < _NEAR:
        line -= 1
        near += dump.begins[line]
        if dump.begins[line] and expression("text_tables.table").search(
            dump.lines[dump.pieces[line].line].text.strip()
        ):
            position = line
            break
    while position > floor:
        line = dump.pieces[position - 1].line
        first = position - 1
        while first > floor and dump.pieces[first - 1].line == line:
            first -= 1
        if not _is_title(squeeze(dump.lines[line].text), dump.shape):
            break
        position = first
    return position


def _is_title(text: str, shape: Shape) -> bool:
    """May a line, without its white space, stand above a form? Between tabs and bars 单位： is that of money or a body's,
    else it may begin the name of an indicator (单位：公里造价)."""
    if _CODED.fullmatch(text) and is_body(text):
        return True
    title = expression("text_tables.title").search(text)
    if title is None or not title[0].startswith("单位") or shape in (Shape.BLANKS, Shape.LINES):
        return title is not None
    return money_factor(text) is not None or is_body(text[title.end() :])


def _rows_end(dump: Dump, form: FormPieces, last_level: int | None) -> int:
    """Where the rows of a form end: at the first line for a sum, a signature, a verdict or a remark behind its last level."""
    if not form.headers:
        return form.end
    header = form.headers[-1]
    begins = [index for index in range(header.end, form.end) if dump.begins[index]]
    last = header.end if last_level is None else last_level
    for index in begins:
        text = dump.pieces[index].text
        box = field_at(dump, index, form.end) if index > last else None
        aside = box is not None and box.name == "aside" and is_verdict(box.text)
        sums = is_sum(text) and not header.is_list
        whole = squeeze(dump.lines[dump.pieces[index].line].text)
        verdict = is_verdict(squeeze(text)) and dump.shape is not Shape.BLANKS
        verdict = verdict or (is_verdict(whole) and ("审" in whole or whole[-1] in ")）"))
        if index > last and (
            index in dump.free
            or aside
            or verdict
            or is_note(text)
            or sums
            or expression("text_tables.page_end").search(text)
            or expression("text_tables.signed").search(dump.lines[dump.pieces[index].line].text)
        ):
            return index
    return form.end


def _boxes_below(dump: Dump, form: FormPieces, last_level: int | None) -> int:
    """Where boxes begin below the last row of a form, else its end. A goal in words or an amount behind its label makes
    sure of it, and the boxes right above it are boxes too: names of indicators may read like the label of one."""
    if last_level is None or form.headers[-1].is_list:
        return form.end
    first, place = form.end, 0
    for n, index in enumerate(index for index in range(last_level + 1, form.end) if dump.begins[index]):
        box = field_at(dump, index, form.end)
        if box is None or is_short(box) or box.end >= form.end or _SIGN.match(dump.pieces[box.end].text):
            continue
        if first == form.end or n > place + _OF_A_BOX:
            first = index
        place = n
        text = dump.pieces[box.end].text
        if is_amount(text) if box.name == "budget" else box.name in _GOALS and _CLAUSE.search(text):
            return first
    return form.end


def _has_level(dump: Dump, index: int, end: int) -> bool:
    """Does a line begin with the name of a level, behind its number where it has one?"""
    start = index + (_NUMBER.fullmatch(dump.pieces[index].text) is not None)
    return start < end and any(levels_at(dump, start, end, level) for level in (1, 2))


class Laid(NamedTuple):
    """A dump laid out: a grid for each form and the lines between them; what its cut leaves open; its cost; whether levels
    were read in front of rows."""

    blocks: list[TextBlock | Grid]
    problems: list[Problem]
    cost: float
    in_steps: bool = False


def lay_out(dump: Dump, path: str, by_rows: bool = False) -> Laid | None:
    """The blocks of a dump.
    ``None`` where the text has no form with rows. ``by_rows`` reads levels as cells of rows where they could be read in
    front of them."""
    forms = find_forms(dump)
    if not any(form.headers for form in forms):
        return None
    readings = _read_all(dump, forms, by_rows)
    blocks: list[TextBlock | Grid] = []
    problems: list[Problem] = []
    printed: set[int] = set()
    done = 0
    cost = 0.0
    for form in forms:
        _text(dump, blocks, done, form.boxes, printed)
        sheet = GridBuilder(dump)
        first = form.headers[0].start if form.headers else form.end
        doubts = lay_boxes(sheet, form.boxes, first)
        problems += [unsure(dump.location(doubt), _shown(dump, doubt)) for doubt in doubts]
        if not form.headers:
            problems.append(Problem(_NO_ROWS, dump.location(form.boxes), {"where": _shown(dump, form.boxes)}))
        for header, _, _ in form.spans():
            reader, steps = readings[header.start]
            lay_header(sheet, header, header.side is not None, len(dump.pieces))
            cost += sum(_cost(dump, step) for step in steps)
            lay_rows(sheet, reader, steps, problems)
        if form.below < form.end:
            lay_boxes(sheet, form.below, form.end)
        grid = sheet.grid(path)
        grid.truncated = form is forms[-1] and _is_cut(readings, form, len(dump.pieces))
        grid.table = sum(isinstance(block, Grid) for block in blocks) + 1
        blocks.append(grid)
        inside = (n for n in range(form.boxes, form.end) if n not in dump.free and n not in sheet.aside)
        printed |= {dump.pieces[index].line for index in inside}
        done = form.end
    _text(dump, blocks, done, len(dump.pieces), printed)
    rest = [
        line
        for number, line in enumerate(dump.lines)
        if number not in printed and line.text.strip(dump.marks)
    ]
    if rest:
        blocks.append(TextBlock(rest))
    return Laid(blocks, problems, cost, any(reader.in_steps for reader, _ in readings.values()))


def _shown(dump: Dump, index: int) -> str:
    """The line of a piece, as a problem shows it."""
    return squeeze(dump.lines[dump.pieces[index].line].text)[:_SHOWN]


def _cost(dump: Dump, step: Step) -> float:
    """What a step of a reading says against it: text that fits nowhere, cells that fit badly, cells with blanks inside
    where each is said to have a line of its own."""
    if step.row is None:
        return _LEFT * step.left
    inside = 0
    if dump.shape is Shape.LINES:
        inside = sum(len(_BLANK.findall(text)) for text, _ in dump.lines_of(step.start, step.end))
    return max(step.row.cost, 0.0) + inside


def _is_cut(readings: dict[int, tuple[StepReader, list[Step]]], form: FormPieces, total: int) -> bool:
    """Does the text end inside the last row of a form: a row without a value, where the others have one?"""
    if form.below < total or not form.headers:
        return form.end >= total and not form.headers
    # A header printed again behind rows that are printed whole begins a page that has no row of its own.
    found = [readings[header.start] for header in form.headers]
    while len(found) > 1 and not found[-1][1] and any(step.printed for step in found[-2][1]):
        found.pop()
    reader, steps = found[-1]
    rows = [step.row for step in steps if step.row]
    places = [n for n, name in enumerate(reader.names) if name in VALUES]
    if not rows or (steps[-1].row is None and not any(step.printed for step in steps)):
        return True
    if len(places) > 1 and len(rows) > _FEW:
        # Where every row has the last value, the last row has it too.
        filled = [row.cells[places[-1]][0] < row.cells[places[-1]][1] for row in rows]
        if all(filled[:-1]) and not filled[-1]:
            return True
    valued = [any(row.cells[n][0] < row.cells[n][1] for n in places) for row in rows]
    return bool(places) and len(valued) > 1 and not valued[-1] and sum(valued) * 2 > len(valued)


def _text(dump: Dump, blocks: list[TextBlock | Grid], start: int, end: int, printed: set[int]) -> None:
    """The lines of the pieces outside of forms."""
    numbers = sorted({piece.line for piece in dump.pieces[start:end]} - printed)
    if numbers:
        blocks.append(TextBlock([dump.bare(number) for number in numbers]))
        printed |= set(numbers)


def _read_all(dump: Dump, forms: list[FormPieces], by_rows: bool) -> dict[int, tuple[StepReader, list[Step]]]:
    """The reading of every table's rows, by the start of its header; tables with the same columns share their widths."""
    groups: dict[tuple[str, ...], list[tuple[PrintedHeader, int, int]]] = {}
    for form in forms:
        for span in form.spans():
            groups.setdefault(span[0].columns, []).append(span)
    readings: dict[int, tuple[StepReader, list[Step]]] = {}
    for members in groups.values():
        spans = [(start, end) for _, start, end in members]
        reader = reader_of(dump, members[0][0], spans, by_rows)
        for header, start, end in members:
            own = StepReader(dump, reader.cutter, header, reader.in_steps)
            printed = printed_rows(dump, header, reader.names, start, end)
            readings[header.start] = (own, printed or own.read(start, end))
    return readings
