"""Targets in running text as grids: 【产出指标-数量指标】名称(值), 数量指标：名称≥值；名称≥值, where a class names what follows.

Only what leaves no doubt becomes a row: a class in front, then a name and its value, set apart by brackets, a colon or
a comparison. Where most of a text is not so, it is no list of targets.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from perfgoals_lint.model import Grid, Line, Location, Problem, TextBlock
from perfgoals_lint.rulebook.labels import all_labels, classify, field_of, is_level1, is_level2, parent_of
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.grids.layout import lay_boxes
from perfgoals_lint.tables.grids.marks import field_at
from perfgoals_lint.tables.grids.pieces import Dump, of_pages
from perfgoals_lint.tables.grids.sheet import GridBuilder, cell_of
from perfgoals_lint.tables.printed import Joined
from perfgoals_lint.tables.reading import unsure
from perfgoals_lint.tables.titles import is_aside
from perfgoals_lint.text import squeeze
from perfgoals_lint.values import is_whole

_HEADER = ("一级指标", "二级指标", "三级指标", "指标值")
_ORDINAL = r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．]|[①-⑳])\s*"
_CLAUSE = compiled(rf"\s*(?:{_ORDINAL})?(?P<body>[^；;。\n]+?)\s*(?:[；;。\n]|$)")
_REMARK = compiled(r"[（(][^（()）]*[)）]")
_SIGN = compiled(r"[≥≤><=＞＜＝≧≦]")
_COMMA = compiled(r"[,，]\s*")
_IN_BRACKETS = compiled(r"(?P<name>.{2,60}?)\s*[（(](?P<value>[^（()）]{1,40})[)）]")
_AFTER_COLON = compiled(r"(?P<name>[^：:]{2,60})[：:]\s*(?P<value>[^：:]{1,40})")
_COMPARED = compiled(
    r"(?P<name>(?:[（(][^（()）]{1,16}[)）]|[^≥≤><=＞＜＝≧≦\d]){2,60}?)\s*(?P<value>(?:[≥≤><=＞＜＝≧≦]|不(?:低|少|高|超|大|小)[于过]|达到|控制在)\s*[^，,]{1,40})"
)
_NUMBER = compiled(r"指标\d{1,2}[:：](?=\s*[\u3400-\u9fff]{2})")
"""What a form prints in front of the names of a class, and is part of them."""
_MOSTLY = 0.8
_FEWEST = 2
_GOES_ON = "，,、"
_VALUE_BELOW = "\x1f"
_PAIRED = compiled(rf"(?P<name>[^{_VALUE_BELOW}]{{2,}}){_VALUE_BELOW}(?P<value>[^{_VALUE_BELOW}]+)")
"""A name and, on a line of its own, its value."""
_GROUPS = (("b1", "b2"), ("l0", ""), ("l9", ""), ("l1", "l2"))
"""The classes of a mark in the pattern: in brackets, on a line of their own, in running text."""
_OF_LEAD = ("项目名称", "预算金额")
_NUMBERED = compiled(rf"\s*{_ORDINAL}")


_Span = tuple[int, int]
_Row = tuple[_Span | None, _Span | None, _Span, _Span | None]
"""Both classes, name and value as (start, end)."""


class _Mark(NamedTuple):
    """A class in running text, or a label in brackets (``box``): where it begins and ends, its levels as (start, end) or
    ``None``."""

    start: int
    end: int
    first: _Span | None
    second: _Span | None
    box: _Span | None = None


@dataclass(slots=True)
class _Project:
    """What a text says of one project: the texts in front of it, labels in brackets with their texts, its rows."""

    lead: list[Line]
    boxes: list[tuple[_Span, _Span]] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)

    def leading_on(self, text: Joined, mark: _Mark) -> list[Line]:
        """Take the last texts that are no rows of a class: those in front of the project that begins with a mark. A name
        with a bare amount is so where the class of the mark is one of this project, or is indented more; several are so
        where each amount has a line of its own."""
        indent = text.locate(mark.start).column or 1
        again = mark.first is not None and text.text[slice(*mark.first)] in self.classes
        spans: list[_Span] = []
        while self.rows and self.rows[-1][:2] == (None, None):
            name, value = self.rows[-1][2:]
            if value is not None:
                outer = mark.box is not None or again or (text.locate(name[0]).column or 1) < indent
                below = text.text[value[0] - 1] == _VALUE_BELOW
                if not is_amount(text.text[slice(*value)]) or not (below if spans else outer):
                    break
            spans[:0] = [name] if value is None else [name, value]
            self.rows.pop()
        return [Line(text.text[slice(*span)].strip(), text.locate(span[0])) for span in spans]


def targets(lines: Sequence[Line], path: str) -> tuple[list[TextBlock | Grid], list[Problem]] | None:
    """The blocks of a text whose targets stand behind the names of their classes, and a problem for each that cannot be
    parted into name and value; ``None`` where it has none."""
    pages = of_pages(lines)
    filled = [line for n, line in enumerate(lines) if line.text.strip() and n not in pages]
    begin = next((n for n, line in enumerate(filled) if _first_mark(line.text.strip())), None)
    if begin is None:
        return None
    stop = next(
        (
            n
            for n in range(begin, len(filled))
            if expression("text_tables.targets_end").match(filled[n].text.strip())
        ),
        len(filled),
    )
    # A page's own lines and the money unit, which it may print anywhere, are no targets.
    units = [line for line in filled[begin:stop] if is_aside(line.text)]
    text = _joined([line for line in filled[begin:stop] if line not in units])
    rest = [*units, *filled[stop:], *(lines[n] for n in sorted(pages))]
    projects = list(_projects(text, filled[:begin]))
    bodies = [(row[2], row[3] is not None) for project in projects for row in project.rows]
    problems = [
        unsure(text.locate(body[0]), said)
        for body, whole in bodies
        if not whole and (said := text.text[slice(*body)])
    ]
    if len(bodies) < _FEWEST or len(bodies) - len(problems) < _MOSTLY * len(bodies):
        return None
    blocks = [block for n, project in enumerate(projects, 1) for block in _blocks(project, text, path, n)]
    return [*blocks, *([TextBlock(rest)] if rest else [])], problems


def _projects(text: Joined, above: list[Line]) -> Iterator[_Project]:
    """The projects of a text: another one begins with a label in brackets, or with a class again, behind rows."""
    project = _Project(above)
    first: _Span | None = None
    for mark, after in pairwise([*_marks(text.text), None]):
        assert mark is not None
        end = after.start if after else len(text.text)
        name = text.text[slice(*mark.first)] if mark.first else ""
        if project.rows and (mark.box or mark.first):
            lead = project.leading_on(text, mark)
            if mark.box or lead:
                yield project
                project, first = _Project(lead), None
        if mark.box:
            project.boxes.append((mark.box, (mark.end, end)))
            continue
        project.classes |= {name} - {""}
        first, second = mark.first or first, mark.second
        clauses = (clause.span("body") for clause in _CLAUSE.finditer(text.text, mark.end, end))
        for body in (part for clause in clauses for part in _compared_apart(text.text, *clause)):
            split = _split(text.text, *body)
            project.rows.append((first, second, *(split or (body, None))))
            first, second = None, None  # printed once, in the first row that it stands in front of
    yield project


def _first_mark(text: str) -> bool:
    mark = next(_marks(text), None)
    return mark is not None and not text[: mark.start].strip()


def _is_heading(text: str) -> bool:
    mark = next(_marks(text), None)
    return mark is not None and mark.end == len(text) and text[-1] not in ":："


def _joined(lines: Sequence[Line]) -> Joined:
    """Lines as one text that knows where each of them stood. A line begins a clause of its own where it begins with a
    number or a class and the one above does not go on, below a heading, and behind a target that is whole; below a name
    stands its value where that is a figure or a time, or is indented less."""
    pieces: list[tuple[str, Location]] = []
    named = whole = False
    indent = 0
    for line in lines:
        text = line.text.strip()
        above = pieces[-1][0] if pieces else ""
        inner = len(line.text) - len(line.text.lstrip())
        begins = bool(_NUMBERED.match(text) or _first_mark(text))
        heading = bool(above) and _is_heading(above)
        valued = named and not begins and not heading and (inner < indent or is_whole(text))
        if above and valued:
            pieces[-1] = (above + _VALUE_BELOW, pieces[-1][1])
        elif above and (
            (begins and above[-1] not in _GOES_ON) or heading or whole or (named and above.isdigit())
        ):
            pieces[-1] = (above + "\n", pieces[-1][1])
        bracketed = text[-1] in ")）" and _IN_BRACKETS.fullmatch(text) is not None
        named = not begins and not bracketed and not valued and (heading or whole or named)
        whole = valued or bracketed
        indent = inner
        pieces.append((text, replace(line.location, column=line.text.index(text) + 1)))
    starts = [0, *accumulate(len(text) for text, _ in pieces)]
    return Joined(
        "".join(text for text, _ in pieces), tuple(starts[:-1]), tuple(place for _, place in pieces)
    )


@cache
def _pattern() -> re.Pattern[str]:
    first, second = (
        "|".join(sorted(map(re.escape, all_labels(level)), key=len, reverse=True)) for level in (1, 2)
    )
    both = r"【\s*(?P<b1>[^】\-－—–/·]{2,14})(?:\s*[-－—–/·]\s*(?P<b2>[^】]{2,14}))?\s*】[:：]?"
    named = rf"(?:(?<=[；;。\s])|^)(?:{_ORDINAL})?(?:(?P<l1>{first})\s*(?:[:：]|[-－—–/·](?={second})|$)\s*)?(?:{_ORDINAL})?(?P<l2>{second})?\s*(?:[:：]|(?<=指标)[,，])"
    whole = "|".join(name for name in f"{first}|{second}".split("|") if name.endswith("指标"))
    heading = (
        rf"^(?:{_ORDINAL})?(?P<l0>{whole})(?:{_REMARK.pattern})?\s*[:：]?\s*$"
        rf"|^(?=.*[:：]\s*$|{_ORDINAL})(?:{_ORDINAL})?(?P<l9>{first})\s*[:：]?\s*$"  # 产出 alone may be a name
    )
    return compiled(rf"{both}|{heading}|{named}", re.MULTILINE)


def _marks(text: str) -> Iterator[_Mark]:
    over = ""
    for match in _pattern().finditer(text):
        first, second = next((pair for pair in _GROUPS if match[pair[0]]), _GROUPS[-1])
        one = match.span(first) if match[first] else None
        two = match.span(second) if second and match[second] else None
        label = match["b1"] or ""
        if label and not two and not _is_class(label):
            yield _Mark(match.start(), match.end(), None, None, one)
            continue
        if one and not two and is_level2(match[first]):
            below = parent_of(classify(match[first], 2) or "")
            if not is_level1(match[first]) or (over and below == over):
                one, two = None, one
        over = classify(match[first], 1) or "" if one else over
        if one or two:
            yield _Mark(match.start(), match.end(), one, two)


def _is_class(label: str) -> bool:
    """Is a label in brackets a class, also one that nobody knows, and not that of a box?"""
    known = is_level1(label) or is_level2(label)
    return known or (label.endswith(("指标", "目标", "绩效")) and field_of(label) is None)


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
    first = number.end() if (number := _NUMBER.match(text, start, end)) else start
    for pattern in (_PAIRED, _IN_BRACKETS, _AFTER_COLON, _COMPARED):
        match = pattern.fullmatch(text, first, end)
        if match:
            return (start, match.end("name")), match.span("value")
    return None


def _blocks(project: _Project, text: Joined, path: str, number: int) -> list[TextBlock | Grid]:
    """The lines in front of a project that are no boxes of it, and its grid, the table ``number`` of the text."""
    dump = Dump(project.lead)
    total = len(dump.pieces)
    boxes = {n: box for n in range(total) if dump.begins[n] and (box := field_at(dump, n, total))}
    start = next((n for n in boxes if not dump.ends_line(n)), total)
    own = _named(project.lead[-2:])
    if own and not any(box.name == "project_name" for box in boxes.values()):
        start = total  # what a page prints above is no box of the project
    sheet = GridBuilder(dump)
    lay_boxes(sheet, start, total)
    grid = sheet.grid(path)
    above = sorted({piece.line for piece in dump.pieces[:start]})
    own = own if start == total else []
    for label, line in zip(_OF_LEAD, own, strict=False):
        _row(grid, (label, line.location), (line.text.strip(), line.location))
    for pair in project.boxes:
        _row(grid, *((text.text[slice(*span)].strip(), text.locate(span[0])) for span in pair))
    _lay_rows(grid, text, project.rows)
    grid.columns = max((cell.column + cell.column_span for cell in grid.cells), default=0)
    grid.table = number
    lead = [project.lead[n] for n in above[: len(above) - len(own)]]
    return [*([TextBlock(lead)] if lead else []), grid]


def _named(lines: list[Line]) -> list[Line]:
    """The last lines in front of a project where they are its name and its amount, without a label."""
    texts = [squeeze(line.text) for line in lines]
    amount = [is_amount(text) for text in texts] == [False, True]
    return lines if amount and field_of(texts[0]) is None and not texts[1].startswith("0") else []


def _row(grid: Grid, *cells: tuple[str, Location]) -> None:
    for column, (text, place) in enumerate(cells):
        if text:
            grid.cells.append(cell_of(grid.rows, column, [(text, place)]))
    grid.rows += 1


def _lay_rows(grid: Grid, text: Joined, rows: list[_Row]) -> None:
    """Append the rows below their header, which is not printed: its cells stand where the first class is."""
    levels = [next((row[level] for row in rows if row[level]), None) for level in (0, 1)]
    place = text.locate((levels[0] or levels[1] or (0, 0))[0])
    _row(
        grid, *((name if column > 1 or levels[column] else "", place) for column, name in enumerate(_HEADER))
    )
    for row in rows:
        texts = (text.text[slice(*span)].strip() if span else "" for span in row)
        _row(
            grid,
            *((cell, text.locate(span[0] if span else 0)) for cell, span in zip(texts, row, strict=True)),
        )
