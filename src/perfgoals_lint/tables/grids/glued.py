"""Tables printed without anything between their cells: the names of classes, labels and values tell where a cell ends.

Web pages and previews of documents print a row, or a whole table, as one run of characters. Header names, class labels and
the labels of boxes are certain cuts; in between, a value that is a number ends a row. Such a reading is always said to be
in doubt.
"""

from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import NamedTuple

from perfgoals_lint.model import Cell, Grid, Line, Location, Problem, TextBlock
from perfgoals_lint.rulebook.labels import (
    classify,
    column_of,
    field_of,
    is_level1,
    is_level2,
    parent_of,
    without_points,
)
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.grids.glued_boxes import boxes_of, is_box
from perfgoals_lint.tables.grids.glued_headers import (
    LEVELS,
    LONGEST_LABEL,
    GluedHeader,
    class_pattern,
    heads,
    longest,
    two_names,
)
from perfgoals_lint.tables.grids.glued_rows import Row, RowCutter, Span, cutter_of
from perfgoals_lint.tables.grids.lines import part
from perfgoals_lint.tables.grids.marks import MONEY_UNIT
from perfgoals_lint.tables.grids.pieces import of_pages
from perfgoals_lint.tables.lists import is_body
from perfgoals_lint.tables.reading import unsure
from perfgoals_lint.tables.roles import VALUED

_FEWEST = 2
_NAMES = 3
"""Names of a header whose cells are set apart."""
_MARKS = frozenset("|\t")
_COLONS = frozenset("：:")
_MOST_ABOVE = 3000
"""Characters of the boxes above a header."""
_SHOWN = 40
_SHORT = 5
"""Characters of a class of the first level."""
_FIGURE = compiled(r"[:：]?[¥￥]?\d")
_NUMBER = compiled(r"\d[\d.,]*")
_NUMBERED = compiled(r"指标\d{1,2}[:：]")
"""What a form prints in front of the names of a class."""
_PAGE = compiled(r"(\d{1,2})、")

ClassSpan = tuple[int, int, int]
"""Where a class label stands in a text (start, end), and its level, 0 being the first."""


class GluedText(NamedTuple):
    """Lines without white space as one text; ``starts`` says where each line begins, ``columns`` the place of each
    character in its line (0-based)."""

    text: str
    lines: Sequence[Line]
    starts: list[int]
    columns: list[int]

    def place(self, at: int) -> Location:
        """The line and column of a character."""
        return replace(self.lines[bisect(self.starts, at) - 1].location, column=self.columns[at] + 1)

    def cell(self, row: int, column: int, start: int, end: int) -> Cell:
        """The characters ``start`` to ``end`` (exclusive) as a cell."""
        return Cell(row, column, self.text[start:end], places=[self.place(start)])

    def printed(self, start: int, end: int) -> Iterator[Line]:
        """The characters ``start`` to ``end`` (exclusive) as the lines that they are parts of."""
        first = max(bisect(self.starts, start) - 1, 0)
        for number in range(first, bisect_left(self.starts, end)):
            after = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
            left, right = max(self.starts[number], start), min(after, end)
            if left < right:
                yield part(self.lines[number], self.columns[left], self.columns[right - 1] + 1)


def glued(lines: Sequence[Line]) -> tuple[list[TextBlock | Grid], list[Problem]] | None:
    """The blocks of a text in which nothing stands between the cells of its tables, and a problem for each table; ``None``
    where it has none."""
    texts = [line.text for line in lines]
    ends = [text[-_SHOWN:] + after[:_SHOWN] for text, after in pairwise(texts) if len(text) > _SHOWN // 2]
    if not any(map(two_names().search, (*texts, *ends))):
        return None
    text = _joined(lines)
    found = list(heads(text.text))
    blocks: list[TextBlock | Grid] = []
    problems: list[Problem] = []
    done = above = 0
    for head, after in pairwise([*found, None]):
        assert head is not None
        limit = _next_form(text, head.end, after.start) if after else len(text.text)
        stop = expression("text_tables.run_end").search(text.text, head.end, limit)
        end = stop.start() if stop else limit
        boxes = list(boxes_of(text.text, text.starts, max(done, above, head.start - _MOST_ABOVE), head.start))
        above = head.end
        first = boxes[0][0][0] if boxes else head.start
        grid = Grid(text.lines[0].location.path, [], 0, len(head.names), table=len(problems) + 1)
        if not _lay(grid, text, head, boxes, end):
            continue
        blocks += [TextBlock(lead)] if (lead := list(text.printed(done, first))) else []
        form = blocks[-1] if blocks and head.side and not boxes else None
        if isinstance(form, Grid):  # the indicators of the year below those of the whole period
            form.cells += [replace(cell, row=cell.row + form.rows) for cell in grid.cells]
            form.rows, form.columns = form.rows + grid.rows, max(form.columns, grid.columns)
        else:
            blocks.append(grid)
        shown = text.text[head.end : head.end + _SHOWN]
        problems.append(unsure(text.place(head.start), shown))
        done = end
    if not problems:
        return None
    if rest := list(text.printed(done, len(text.text))):
        blocks.append(TextBlock(rest))
    return blocks, problems


def with_parted_boxes(block: TextBlock, doubts: list[Problem]) -> TextBlock:
    """The block with a line for each label and its value, where those above a header of several words are glued: what may
    be otherwise goes to ``doubts``."""
    named = (
        n for n, line in enumerate(block.lines) if len([*filter(column_of, line.text.split())]) >= _NAMES
    )
    end = next(named, 0)
    above = [line for line in block.lines[:end] if line.text.strip()]
    words = [line.text.split() for line in above]
    runs = sum(len(own) == 1 and _begins_box(own[0]) for own in words)
    apart = any(is_box(own[0]) for own in words)  # a label alone, or with its value behind a blank
    if runs < _FEWEST or apart or any(not _MARKS.isdisjoint(line.text) for line in above):
        return block
    text = _joined(above)
    boxes = _of_whole_values(text, boxes_of(text.text, text.starts, 0, len(text.text)))
    if len(boxes) < _FEWEST:
        return block
    doubts.append(unsure(text.place(boxes[0][0][0]), text.text[:_SHOWN]))
    parted = [
        Line(" ".join(part.text for span in box for part in text.printed(*span)), text.place(box[0][0]))
        for box in boxes
    ]
    return TextBlock([*text.printed(0, boxes[0][0][0]), *parted, *block.lines[end:]])


def _of_whole_values(text: GluedText, boxes: Iterable[tuple[Span, Span]]) -> list[tuple[Span, Span]]:
    """The boxes, those that begin within a line and hold no amount, time or body left in the value in front of them."""
    found: list[tuple[Span, Span]] = []
    for label, value in boxes:
        name, held = field_of(text.text[slice(*label)]), text.text[slice(*value)]
        whole = is_body(held) if name in ("department", "unit") else _FIGURE.match(held) is not None
        if found and label[0] not in text.starts and not whole:
            found[-1] = found[-1][0], (found[-1][1][0], value[1])
        else:
            found.append((label, value))
    return found


def _begins_box(text: str) -> bool:
    """Does a text begin with a label and go on behind it?"""
    end = longest(text, 0, len(text), is_box, LONGEST_LABEL)
    glued_on = end is not None and end < len(text) and _COLONS.isdisjoint(text[end - 1 : end + 1])
    return glued_on and is_box(text[:end]) and field_of(text) is None


def _joined(lines: Sequence[Line]) -> GluedText:
    parts: list[str] = []
    starts: list[int] = []
    columns: list[int] = []
    kept: list[Line] = []
    pages = 0
    aside = of_pages(lines)
    for line in (line for number, line in enumerate(lines) if number not in aside):
        page = _PAGE.match(line.text)
        skip = page.end() if page and int(page[1]) == pages + 1 else 0
        pages += bool(skip)
        own = [n for n, char in enumerate(line.text) if n >= skip and not char.isspace()]
        if own:
            kept.append(line)
            starts.append(len(columns))
            columns += own
            parts.append("".join(line.text[n] for n in own))
    return GluedText("".join(parts), kept, starts, columns)


def _next_form(text: GluedText, start: int, end: int) -> int:
    """Where the boxes above the header that begins at ``end`` begin, behind the rows of another table."""
    first = next(boxes_of(text.text, text.starts, start, end), None)
    opens = first is not None and field_of(text.text[slice(*first[0])]) == "project_name"
    return first[0][0] if first is not None and opens else end


def _lay(grid: Grid, text: GluedText, head: GluedHeader, boxes: list[tuple[Span, Span]], end: int) -> bool:
    """Append a table to a grid: its boxes, its header, its rows. ``False`` where it has no rows with a value."""
    name_column = head.column("level3")
    if name_column is None:
        name_column = head.column("level2")
    classes = list(_classes(text.text, head.end, end))
    if not classes or name_column is None:
        return False
    _lay_boxes(grid, text, boxes)
    top, in_boxes = grid.rows, len(grid.cells)
    _lay_header(grid, text, head, classes[0][0])
    roles = tuple(role for _, _, role in head.names[name_column:])
    begins = {*text.starts[bisect_left(text.starts, head.end) : bisect_left(text.starts, end)]}
    by_lines = _FEWEST * sum(at in begins for at, _, _ in classes) >= len(classes)
    cutter = cutter_of(roles, True)
    found, counts = _cut(text, cutter, classes, end, by_lines)
    if not cutter.agrees(text.text, found):
        cutter = cutter_of(roles, False)
        found, counts = _cut(text, cutter, classes, end, by_lines)
    cutter.settle(text.text, found)
    values = {n - name_column for n, (_, _, role) in enumerate(head.names) if role in VALUED}
    rest = iter([row for row in found if row is not None])
    complete = 0
    used: set[int] = set()
    for (start, stop, level), count in zip(classes, counts, strict=True):
        column = head.column(LEVELS[level])
        column = column if column is not None and column != name_column else 0
        if any(taken >= column for taken in used):
            grid.rows += 1
            used = set()
        grid.cells.append(text.cell(grid.rows, column, start, stop))
        used.add(column)
        for row in islice(rest, count):
            grid.cells += [text.cell(grid.rows, name_column + n, *span) for n, span in sorted(row.items())]
            complete += not values.isdisjoint(row)
            grid.rows += 1
            used = set()
    grid.rows += bool(used)
    if head.side:
        grid.cells[in_boxes:] = [replace(cell, column=cell.column + 1) for cell in grid.cells[in_boxes:]]
        grid.cells.insert(in_boxes, text.cell(top, 0, *head.side))
        grid.columns += 1
    return complete >= _FEWEST


def _cut(
    text: GluedText, cutter: RowCutter, classes: Sequence[ClassSpan], end: int, by_lines: bool
) -> tuple[list[Row | None], list[int]]:
    """The rows behind each class up to ``end``, one a line where these are to be kept, ``None`` in front of those of each;
    and how many each has."""
    found: list[Row | None] = []
    counts: list[int] = []
    for (_, stop, _), after in pairwise([*classes, (end, end, 0)]):
        inner = (
            text.starts[bisect(text.starts, stop) : bisect_left(text.starts, after[0])] if by_lines else []
        )
        numbered = [match.start() for match in _NUMBERED.finditer(text.text, stop, after[0])]
        single = by_lines or stop in numbered
        cuts = sorted({stop, *inner, *numbered, after[0]})
        rows = [row for left, right in pairwise(cuts) for row in cutter.rows(text.text, left, right, single)]
        found += [None, *rows]
        counts.append(len(rows))
    return found, counts


def _parting(text: str, start: int, end: int) -> int:
    """Where the second of two texts side by side begins, that differ in figures alone or in nothing; else the first is blank."""
    first, *more = text[start:end].split("。")
    if len(more) == _FEWEST and not more[1] and _NUMBER.sub("", first) == _NUMBER.sub("", more[0]):
        return start + len(first) + 1
    middle = (start + end) // 2
    return middle if start < middle and text[start:middle] == text[middle:end] else start


def _lay_boxes(grid: Grid, text: GluedText, boxes: list[tuple[Span, Span]]) -> None:
    for n, ((goal, nothing), (label, value)) in enumerate(pairwise(boxes)):
        asked = (
            field_of(text.text[slice(*goal)]) in ("annual_goal", "cycle_goal") and nothing[0] == nothing[1]
        )
        if asked and field_of(text.text[slice(*label)]) == "aside":
            middle = _parting(text.text, *value)
            boxes[n : n + 2] = (goal, (value[0], middle)), (label, (middle, value[1]))
    for n, (label, value) in enumerate(boxes):
        if n and MONEY_UNIT.fullmatch(text.text, *label):  # beside the box that it stands behind
            grid.cells.append(text.cell(grid.rows - 1, grid.columns - 1, *label))
            continue
        grid.cells.append(text.cell(grid.rows, 0, *label))
        if value[0] < value[1]:
            grid.cells.append(replace(text.cell(grid.rows, 1, *value), column_span=max(grid.columns - 2, 1)))
        grid.rows += 1


def _lay_header(grid: Grid, text: GluedText, head: GluedHeader, first_class: int) -> None:
    """Append a header, two rows where a name stands over others, and what stands between it and the first class."""
    cells = []
    for column, span in enumerate(head.names):
        below = column in head.below
        cell = text.cell(grid.rows + below, column, *span[:2])
        cells.append(replace(cell, row_span=2 if head.below and not below else 1))
    if head.upper:
        over = text.cell(grid.rows, head.below.start, *head.upper[:2])
        cells.append(replace(over, column_span=len(head.below)))
    grid.cells += sorted(cells, key=lambda cell: (cell.row, cell.column))
    grid.rows += 1 + bool(head.below)
    if head.end < first_class:  # names of columns that nobody knows
        grid.cells.append(text.cell(grid.rows - 1, grid.columns, head.end, first_class))
        grid.columns += 1


def _classes(text: str, start: int, end: int) -> Iterator[ClassSpan]:
    """The class labels in a stretch. What may be of both levels is of the
    second below its own class, or below any where its name is long (服务对象满意度指标), unless another follows at once."""
    spans = [match.span() for match in class_pattern().finditer(text, start, end)]
    first = ""
    for number, span in enumerate(spans):
        word = without_points(text[slice(*span)])
        alone = number + 1 == len(spans) or spans[number + 1][0] > span[1]
        beside = number > 0 and spans[number - 1][1] == span[0]
        level = 0 if is_level1(word) else 1
        if (
            level == 0
            and is_level2(word)
            and (beside or (alone and (parent_of(classify(word, 2) or "") == first or len(word) > _SHORT)))
        ):
            level = 1
        first = classify(word, 1) or "" if level == 0 else first
        yield *span, level
