"""Targets in running text as grids: 【产出指标-数量指标】名称(值), 数量指标：名称≥值；名称≥值, where a class names what follows.

Only what leaves no doubt becomes a row: a class in front, then a name and its value, set apart by brackets, a colon or
a comparison. Where most of a text is not so, it is no list of targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

from perfgoals_lint.model import Cell, Grid, Line, Location, Problem, TextBlock
from perfgoals_lint.rulebook.labels import all_labels, is_level1, is_level2
from perfgoals_lint.rulebook.patterns import any_of
from perfgoals_lint.tables.grids.layout import lay_boxes
from perfgoals_lint.tables.grids.marks import field_at
from perfgoals_lint.tables.grids.pieces import Dump
from perfgoals_lint.tables.grids.sheet import GridBuilder
from perfgoals_lint.tables.printed import Joined

_HEADER = ("一级指标", "二级指标", "三级指标", "指标值")
_ORDINAL = r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．]|[①-⑳])\s*"
_CLAUSE = re.compile(rf"\s*(?:{_ORDINAL})?(?P<body>[^；;。\n]+?)\s*(?:[；;。\n]|$)")
_REMARK = re.compile(r"[（(][^（()）]*[)）]")
_SIGN = re.compile(r"[≥≤><=＞＜＝≧≦]")
_COMMA = re.compile(r"[,，]\s*")
_AFTER = re.compile(r"附件[:：]|注[:：]|扫一扫|(?:19|20)\d\d年\d{1,2}月\d{1,2}日$")
"""What stands below a list of targets."""
_IN_BRACKETS = re.compile(r"(?P<name>.{2,60}?)\s*[（(](?P<value>[^（()）]{1,40})[)）]")
_AFTER_COLON = re.compile(r"(?P<name>[^：:]{2,60})[：:]\s*(?P<value>[^：:]{1,40})")
_COMPARED = re.compile(
    r"(?P<name>(?:[（(][^（()）]{1,16}[)）]|[^≥≤><=＞＜＝≧≦\d]){2,60}?)\s*(?P<value>(?:[≥≤><=＞＜＝≧≦]|不(?:低|少|高|超|大|小)[于过]|达到|控制在)\s*[^，,]{1,40})"
)
_MOSTLY = 0.8
_FEWEST = 2
_UNSURE = "PGX104"
_GOES_ON = "，,、"
_NUMBERED = re.compile(rf"\s*{_ORDINAL}")


_Span = tuple[int, int]
_Row = tuple[_Span | None, _Span | None, _Span, _Span | None]
"""Both classes, name and value as (start, end)."""


@dataclass(slots=True, frozen=True)
class _Mark:
    """A class in running text: where it begins and ends, its levels as (start, end) or ``None``."""

    start: int
    end: int
    first: _Span | None
    second: _Span | None


def targets(lines: Sequence[Line], path: str) -> tuple[list[TextBlock | Grid], list[Problem]] | None:
    """The blocks of a text whose targets stand behind the names of their classes, and a problem for each that cannot be
    parted into name and value; ``None`` where it has none."""
    filled = [line for line in lines if line.text.strip()]
    begin = next((n for n, line in enumerate(filled) if _first_mark(line.text)), None)
    if begin is None:
        return None
    stop = next((n for n in range(begin, len(filled)) if _AFTER.match(filled[n].text.strip())), len(filled))
    text = _joined(filled[begin:stop])
    marks = list(_marks(text.text))
    rows: list[_Row] = []
    problems: list[Problem] = []
    first: _Span | None = None
    for number, mark in enumerate(marks):
        first = mark.first or first
        second = mark.second
        end = marks[number + 1].start if number + 1 < len(marks) else len(text.text)
        clauses = (clause.span("body") for clause in _CLAUSE.finditer(text.text, mark.end, end))
        for body in (part for clause in clauses for part in _compared_apart(text.text, *clause)):
            split = _split(text.text, *body)
            rows.append((first, second, *(split or (body, None))))
            first, second = None, None  # printed once, in the first row that it stands in front of
            if split is None:
                said = text.text[slice(*body)]
                args = {"where": said, "row": said, "levels": ""}
                problems.append(Problem(_UNSURE, text.locate(body[0]), args))
    if len(rows) < _FEWEST or len(rows) - len(problems) < _MOSTLY * len(rows):
        return None
    blocks = _blocks(filled[:begin], text, rows, path)
    return [*blocks, *([TextBlock(filled[stop:])] if filled[stop:] else [])], problems


def _first_mark(text: str) -> bool:
    mark = next(_marks(text), None)
    return mark is not None and not text[: mark.start].strip()


def _is_heading(text: str) -> bool:
    mark = next(_marks(text), None)
    return mark is not None and mark.end == len(text) and text[-1] not in ":："


def _joined(lines: Sequence[Line]) -> Joined:
    """Lines as one text that knows where each of them stood; a line that begins with a number or a class begins a
    clause of its own, where the one above does not go on, and what stands below a heading does."""
    pieces: list[tuple[str, Location]] = []
    for line in lines:
        text = line.text.strip()
        above = pieces[-1][0] if pieces else ""
        begins = _NUMBERED.match(text) or _first_mark(text)
        if above and ((begins and above[-1] not in _GOES_ON) or _is_heading(above)):
            pieces[-1] = (pieces[-1][0] + "\n", pieces[-1][1])
        pieces.append((text, replace(line.location, column=line.text.index(text) + 1)))
    starts = [0, *accumulate(len(text) for text, _ in pieces)]
    return Joined(
        "".join(text for text, _ in pieces), tuple(starts[:-1]), tuple(place for _, place in pieces)
    )


@cache
def _pattern() -> re.Pattern[str]:
    first, second = (any_of(all_labels(level)) for level in (1, 2))
    both = r"【\s*(?P<b1>[^】\-－—–/·]{2,14})(?:\s*[-－—–/·]\s*(?P<b2>[^】]{2,14}))?\s*】[:：]?"
    named = rf"(?:(?<=[；;。\s])|^)(?:{_ORDINAL})?(?:(?P<l1>{first})\s*(?:[:：]|[-－—–/·](?={second})|$)\s*)?(?:{_ORDINAL})?(?P<l2>{second})?\s*(?:[:：]|(?<=指标)[,，])"
    heading = rf"^(?:{_ORDINAL})?(?P<l0>{first})\s*[:：]?\s*$"
    return re.compile(rf"{both}|{heading}|{named}", re.MULTILINE)


def _marks(text: str) -> Iterator[_Mark]:
    for match in _pattern().finditer(text):
        first, second = ("b1", "b2") if match["b1"] else ("l0", "l2") if match["l0"] else ("l1", "l2")
        one = match.span(first) if match[first] else None
        two = match.span(second) if match[second] else None
        if one and not two and is_level2(match[first]) and not is_level1(match[first]):
            one, two = None, one
        if one or two:
            yield _Mark(match.start(), match.end(), one, two)


def _compared_apart(text: str, start: int, end: int) -> Iterator[_Span]:
    """A clause, cut at the commas between two comparisons."""
    for comma in _COMMA.finditer(text, start, end):
        sides = text[start : comma.start()], text[comma.end() : end]
        if all(_SIGN.search(_REMARK.sub("", side)) for side in sides):
            yield start, comma.start()
            start = comma.end()
    yield start, end


def _split(text: str, start: int, end: int) -> tuple[_Span, _Span] | None:
    """Name and value of a clause as (start, end)."""
    for pattern in (_IN_BRACKETS, _AFTER_COLON, _COMPARED):
        match = pattern.fullmatch(text, start, end)
        if match:
            return match.span("name"), match.span("value")
    return None


def _blocks(above: list[Line], text: Joined, rows: list[_Row], path: str) -> list[TextBlock | Grid]:
    dump = Dump(above)
    total = len(dump.pieces)
    named = (n for n in range(total) if dump.begins[n] and field_at(dump, n, total))
    start = next((n for n in named if not dump.ends_line(n)), total)
    sheet = GridBuilder(dump)
    lay_boxes(sheet, start, total)
    grid = sheet.grid(path)
    levels = [next((row[level] for row in rows if row[level]), None) for level in (0, 1)]
    place = text.locate((levels[0] or levels[1] or (0, 0))[0])
    # The header is not printed: its cells stand where the first class is.
    for column, name in enumerate(_HEADER):
        if column > 1 or levels[column]:
            grid.cells.append(Cell(grid.rows, column, name, places=[place]))
    grid.rows += 1
    for row in rows:
        for column, span in enumerate(row):
            if span is None:
                continue
            cell = Cell(grid.rows, column, text.text[slice(*span)].strip())
            cell.places = [text.locate(span[0])]
            grid.cells.append(cell)
        grid.rows += 1
    grid.columns = max(cell.column + cell.column_span for cell in grid.cells)
    grid.table = 1
    numbers = sorted({piece.line for piece in dump.pieces[:start]})
    lead = [TextBlock([above[number] for number in numbers])] if numbers else []
    return [*lead, grid]
