"""Tables printed without anything between their cells: the names of classes, labels and values tell where a cell ends.

Web pages and previews of documents print a row, or a whole table, as one run of characters. Header names, class labels and
the labels of boxes are certain cuts; in between, a value that is a number ends a row. Such a reading is always said to be
in doubt.
"""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from perfgoals_lint.model import Cell, Grid, Line, Location, Problem, TextBlock
from perfgoals_lint.rulebook.labels import (
    all_labels,
    behind_a_class,
    classify,
    column_of,
    field_of,
    is_level1,
    is_level2,
    is_listed,
    parent_of,
    time_of,
    without_points,
)
from perfgoals_lint.rulebook.lexicons import expression, words
from perfgoals_lint.rulebook.patterns import any_of, compiled
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.grids.glued_rows import VALUED, Row, Span, cutter_of
from perfgoals_lint.tables.grids.heads import SIDE
from perfgoals_lint.tables.grids.lines import part
from perfgoals_lint.tables.reading import unsure

_BLANKS = r"[ \t\u3000\xa0]*"
_LONGEST_NAME, _LONGEST_LABEL = 16, 16
_OF_TIME = compiled(r"年|当|本|周期|实施期|中期|长期|总体")
_LONGEST_UNKNOWN = 8
_LONGEST_HEADER = 400
_SHORTEST_LABEL = 4
_SHORTEST_NAME = 2
_FEWEST = 2
_MOST_ABOVE = 3000
"""Characters of the boxes above a header."""
_SHOWN = 40
_SHORT = 5
"""Characters of a class of the first level."""
_LEVELS = ("level1", "level2")
_REMARK = compiled(r"[（(][^（）()\d]{1,6}[)）]")
"""What a form says of a box in brackets behind its label: 年度绩效目标（文字）."""
_OF_A_NAME = 2
_AMOUNT = compiled(r"[:：]?\d[\d,.]*(?:[万亿]?元|[万亿])?(?=其中)")
_PART = compiled(r"其中[:：]?[^\d]{2,12}(?=\d)")
"""An amount with a part of it behind, and the label of the part."""
_COUNTED = compiled(r"\d{0,2}(?:[（(]\d{1,3}分?[)）])?$")
"""What stands behind the label of one of several tables: 年度绩效目标2（40分）."""
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


class GluedHeader(NamedTuple):
    """A header: its names as (start, end, role)."""

    names: list[tuple[int, int, str]]
    side: Span | None = None
    """The label of the whole table in front of them."""
    upper: tuple[int, int, str] | None = None
    """The name over the last two of them."""

    @property
    def start(self) -> int:
        """Where the heading begins in its text (0-based)."""
        return self.side[0] if self.side else self.names[0][0]

    @property
    def end(self) -> int:
        """Where the heading ends in its text (0-based, exclusive)."""
        return self.names[-1][1]

    def column(self, role: str) -> int | None:
        """The first column with a role."""
        return next((n for n, (_, _, own) in enumerate(self.names) if own == role), None)


def glued(lines: Sequence[Line]) -> tuple[list[TextBlock | Grid], list[Problem]] | None:
    """The blocks of a text in which nothing stands between the cells of its tables, and a problem for each table; ``None``
    where it has none."""
    if not any(_two_names().search(line.text) for line in lines):
        return None
    text = _joined(lines)
    heads = list(_heads(text.text))
    blocks: list[TextBlock | Grid] = []
    problems: list[Problem] = []
    done = above = 0
    for head, after in pairwise([*heads, None]):
        assert head is not None
        limit = _next_form(text.text, head.end, after.start) if after else len(text.text)
        stop = expression("text_tables.run_end").search(text.text, head.end, limit)
        end = stop.start() if stop else limit
        boxes = list(_boxes(text.text, max(done, above, head.start - _MOST_ABOVE), head.start))
        above = head.end
        first = boxes[0][0][0] if boxes else head.start
        grid = Grid(text.lines[0].location.path, [], 0, len(head.names), table=len(problems) + 1)
        if not _lay(grid, text, head, boxes, end):
            continue
        blocks += [TextBlock(lead)] if (lead := list(text.printed(done, first))) else []
        blocks.append(grid)
        shown = text.text[head.end : head.end + _SHOWN]
        problems.append(unsure(text.place(head.start), shown))
        done = end
    if not problems:
        return None
    if rest := list(text.printed(done, len(text.text))):
        blocks.append(TextBlock(rest))
    return blocks, problems


def _joined(lines: Sequence[Line]) -> GluedText:
    parts: list[str] = []
    starts: list[int] = []
    columns: list[int] = []
    kept: list[Line] = []
    pages = 0
    for line in lines:
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


def _heads(text: str) -> Iterator[GluedHeader]:
    """The headers: at least two levels or names, and a column of values."""
    at = 0
    while (opener := _opener().search(text, at)) is not None:
        names: list[tuple[int, int, str]] = []
        at = opener.start()
        limit = min(at + _LONGEST_HEADER, len(text))
        below = _class_pattern().search(text, at, limit)
        limit = below.start() if below else limit
        while (end := _name_end(text, at, limit, names) or _unknown_end(text, at, limit, names)) is not None:
            names.append((at, end, column_of(text[at:end]) or _of_time(text[at:end]) or ""))
            at = end
        roles = {role for _, _, role in names}
        upper = _upper(text, names)
        if upper is not None:
            names.remove(upper)
        if len(roles & {*_LEVELS, "level3"}) >= _FEWEST and roles & VALUED:
            yield GluedHeader(names, _side(text, names[0][0]), upper)
        at = max(at, opener.end())


def _of_time(text: str) -> str | None:
    """The role of a name of values that is the name of a goal elsewhere (三年目标), or that says no more than a time."""
    goal = field_of(text) or time_of(text)
    return {"cycle": "cycle_value", "annual": "annual_value"}.get((goal or "").removesuffix("_goal"))


def _upper(text: str, names: list[tuple[int, int, str]]) -> tuple[int, int, str] | None:
    """The name of values that two names of times follow (指标值 over 实施周期指标值 and 年度指标值)."""
    for name, first, second in zip(names, names[1:], names[2:], strict=False):
        if (
            name[2] in VALUED
            and {first[2], second[2]} <= VALUED
            and not _OF_TIME.search(text[slice(*name[:2])])
        ):
            return name
    return None


def _side(text: str, end: int) -> Span | None:
    """The label of the table (年度绩效指标) that ends at a place."""
    for start in range(max(end - _LONGEST_LABEL, 0), end - _SHORTEST_NAME):
        if field_of(_COUNTED.sub("", text[start:end])) in SIDE:
            return start, end
    return None


def _name_end(text: str, at: int, limit: int, names: Sequence[tuple[int, int, str]]) -> int | None:
    """Behind the column's name that begins at a place: the longest that is listed, else the longest that is known, and
    behind one for values the longest that says a time."""
    listed = _longest(text, at, limit, _is_column, _LONGEST_NAME)
    if listed is not None and text[listed : listed + 1] not in ("及", "和", "、", "(", "（"):
        return listed
    known = _longest(text, at, limit, column_of, _LONGEST_NAME)
    if known is None and any(role in VALUED for _, _, role in names):
        known = _longest(text, at, limit, _of_time, _LONGEST_NAME)
    return known


def _unknown_end(text: str, at: int, limit: int, names: Sequence[object]) -> int | None:
    """Behind a name that nobody knows in front of one that is known, or at the end of a header."""
    if len(names) < _FEWEST or at >= limit:
        return None
    for end in range(at + _SHORTEST_NAME, min(at + _LONGEST_UNKNOWN, limit) + 1):
        if end == limit or _longest(text, end, limit, _is_column, _LONGEST_NAME) is not None:
            return end
    return None


def _longest(text: str, at: int, limit: int, lookup: Callable[[str], object], most: int) -> int | None:
    """Behind the longest name that begins at a place and that ``lookup`` knows."""
    for end in range(min(at + most, limit), at + 1, -1):
        if lookup(text[at:end]):
            return end
    return None


def _is_column(text: str) -> bool:
    return is_listed(text) and column_of(text) is not None


def _boxes(text: str, start: int, end: int) -> Iterator[tuple[Span, Span]]:
    """Labels and what stands behind each up to the next one; what stands in front of the first is in none."""
    found: list[Span] = []
    at = start
    while at < end:
        stop = _longest(text, at, end, _is_box, _LONGEST_LABEL)
        if stop is not None and stop - at >= _SHORTEST_LABEL:
            if _is_of_the_name(text, at, stop, found):
                at += _OF_A_NAME
                stop = _longest(text, at, end, _is_box, _LONGEST_LABEL) or stop
            remark = _REMARK.match(text, stop, end)
            stop = remark.end() if remark else stop
            found.append((at, stop))
            at = stop
        else:
            at += 1
    while found and field_of(text[slice(*found[0])]) not in ("project_name", "department", "unit"):
        found.pop(0)
    labels = [*found, (end, end)]
    for n, label in enumerate(found):
        stop = labels[n + 1][0]
        amount = _AMOUNT.match(text, label[1], stop)
        part = _PART.match(text, amount.end(), stop) if amount else None
        if amount and not part and n + 1 < len(found):
            labels[n + 1] = found[n + 1] = (amount.end(), labels[n + 1][1])
        yield label, amount.span() if amount and (part or n + 1 < len(found)) else (label[1], stop)
        if part:
            yield part.span(), (part.end(), stop)


def _is_of_the_name(text: str, at: int, stop: int, found: list[Span]) -> bool:
    """Does a label begin with the end of the project's name in front of it? 主管部门 is a label as well as 项目主管部门, and
    names of projects end in 项目, 资金."""
    if not found or field_of(text[slice(*found[-1])]) != "project_name":
        return False
    end, field = text[at : at + _OF_A_NAME], field_of(text[at:stop])
    again = end not in words("grids.project_ends") or text.endswith(end, 0, at)
    shorter = text[at + _OF_A_NAME : stop]
    return not again and field in ("department", "unit") and _is_box(shorter) and field_of(shorter) == field


def _next_form(text: str, start: int, end: int) -> int:
    """Where the boxes above the header that begins at ``end`` begin, behind the rows of another table."""
    first = next(_boxes(text, start, end), None)
    opens = first is not None and field_of(text[slice(*first[0])]) == "project_name"
    return first[0][0] if first is not None and opens else end


@lru_cache(8192)
def _is_box(text: str) -> bool:
    return len(text) >= _SHORTEST_LABEL and is_listed(text) and field_of(text) is not None


@cache
def _listed(*roles: str) -> str:
    """The listed names of columns with these roles as a pattern, the longest first, blanks inside of them passed over."""
    columns = framework_data("fields")["columns"]
    names = {
        name for role in roles for name in columns[role] if "标" in name and len(name) >= _SHORTEST_LABEL
    }
    longest = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(_BLANKS.join(map(re.escape, name)) for name in longest)


@cache
def _opener() -> re.Pattern[str]:
    return compiled(_listed(*_LEVELS, "level3"))


@cache
def _two_names() -> re.Pattern[str]:
    """Two names of columns without anything between them."""
    return compiled(rf"(?:{_listed(*_LEVELS, 'level3', 'annual_value')}){{2}}")


@cache
def _class_pattern() -> re.Pattern[str]:
    names = {name for level in (1, 2) for name in all_labels(level) if name.endswith("指标")}
    return compiled(rf"(?:{any_of(names)}){behind_a_class()}?")


def _lay(grid: Grid, text: GluedText, head: GluedHeader, boxes: list[tuple[Span, Span]], end: int) -> bool:
    """Append a table to a grid: its boxes, its header, its rows. ``False`` where it has no rows with a value."""
    name_column = head.column("level3")
    if name_column is None:
        name_column = head.column("level2")
    classes = list(_classes(text.text, head.end, end))
    if not classes or name_column is None:
        return False
    _lay_boxes(grid, text, boxes)
    _lay_header(grid, text, head, classes[0][0])
    cutter = cutter_of(tuple(role for _, _, role in head.names[name_column:]))
    begins = {*text.starts[bisect_left(text.starts, head.end) : bisect_left(text.starts, end)]}
    by_lines = _FEWEST * sum(at in begins for at, _, _ in classes) >= len(classes)
    found: list[Row | None] = []
    counts: list[int] = []
    for (_, stop, _), after in pairwise([*classes, (end, end, 0)]):
        inner = text.starts[bisect(text.starts, stop) : bisect_left(text.starts, after[0])] if by_lines else []
        numbered = [match.start() for match in _NUMBERED.finditer(text.text, stop, after[0])]
        single = by_lines or stop in numbered
        cuts = sorted({stop, *inner, *numbered, after[0]})
        rows = [
            row for left, right in pairwise(cuts) for row in cutter.rows(text.text, left, right, single)
        ]
        found += [None, *rows]
        counts.append(len(rows))
    cutter.settle(text.text, found)
    values = {n - name_column for n, (_, _, role) in enumerate(head.names) if role in VALUED}
    rest = iter([row for row in found if row is not None])
    complete = 0
    used: set[int] = set()
    for labels, count in _in_front(text.text, classes, counts):
        for start, stop, level in labels:
            column = head.column(_LEVELS[level])
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
    return complete >= _FEWEST


def _in_front(
    text: str, classes: Sequence[ClassSpan], counts: Sequence[int]
) -> Iterator[tuple[list[ClassSpan], int]]:
    """The classes in front of each run of rows, and how many rows it has. A class of the first level that is printed in the
    middle of its rows stands in front of the first class of the second level that belongs to it."""
    laid = [([span], count) for span, count in zip(classes, counts, strict=True)]
    first = 0
    in_force = ""
    for n, (start, stop, level) in enumerate(classes):
        if level:
            continue
        own = classify(text[start:stop], 1) or ""
        above = [classify(text[slice(*span[:2])], 2) for span in classes[first:n]]
        if above and own != in_force and all(name and parent_of(name) == own for name in above):
            laid[first][0].insert(0, laid[n][0].pop())
        in_force, first = own, n + 1
    yield from laid


def _lay_boxes(grid: Grid, text: GluedText, boxes: list[tuple[Span, Span]]) -> None:
    for label, value in boxes:
        grid.cells.append(text.cell(grid.rows, 0, *label))
        if value[0] < value[1]:
            grid.cells.append(replace(text.cell(grid.rows, 1, *value), column_span=max(grid.columns - 1, 1)))
        grid.rows += 1


def _lay_header(grid: Grid, text: GluedText, head: GluedHeader, first_class: int) -> None:
    """Append a header, two rows where a name stands over others, and what stands between it and the first class."""
    if head.side:
        grid.cells.append(text.cell(grid.rows, 0, *head.side))
        grid.rows += 1
    first = next((n for n, name in enumerate(head.names) if head.upper and name[0] > head.upper[0]), None)
    for column, span in enumerate(head.names):
        below = first is not None and column >= first
        cell = text.cell(grid.rows + below, column, *span[:2])
        grid.cells.append(replace(cell, row_span=1 + (first is not None and not below)))
    if head.upper and first is not None:
        over = text.cell(grid.rows, first, *head.upper[:2])
        grid.cells.append(replace(over, column_span=len(head.names) - first))
    grid.rows += 1 + (first is not None)
    if head.end < first_class:  # names of columns that nobody knows
        grid.cells.append(text.cell(grid.rows - 1, grid.columns, head.end, first_class))
        grid.columns += 1


def _classes(text: str, start: int, end: int) -> Iterator[ClassSpan]:
    """The class labels in a stretch. What may be of both levels is of the
    second below its own class, or below any where its name is long (服务对象满意度指标), unless another follows at once."""
    spans = [match.span() for match in _class_pattern().finditer(text, start, end)]
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
