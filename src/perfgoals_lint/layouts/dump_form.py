"""Forms in a dump: where each begins, its boxes, its rows. Shared by the layouts that have lost their cells."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from perfgoals_lint import labels
from perfgoals_lint.layouts.dump_boxes import boxes_in, fill_boxes, unit_in
from perfgoals_lint.layouts.dump_cells import Columns, Cutter
from perfgoals_lint.layouts.dump_indicators import NOT_READ, fill_rows, mark_end
from perfgoals_lint.layouts.dump_labels import Header, field_at, header_at, is_short, levels_at, sure_levels
from perfgoals_lint.layouts.dump_rows import Reader, Step
from perfgoals_lint.layouts.dump_text import Dump, Gap
from perfgoals_lint.layouts.dump_widths import fit_width, learn_widths
from perfgoals_lint.model import Document, GoalTable, Problem, Source
from perfgoals_lint.tables.titles import form_of, title_year
from perfgoals_lint.tables.words import is_note, is_sum, is_verdict

_TITLE = re.compile(
    r"绩效目标(?:申报|批复|申请)?表|^(?:附?表|附件)[\d一二三四五六七八九十.-]*[:：]?$|单位[:：]"
    r"|^[（(](?:19|20)\d\d年?度?[)）]$"
)
_TITLE_NAME = re.compile(
    r"^(?:\d+[.、．]|[（(]?[一二三四五六七八九十]+[)）]?[、.])?(.+?)(?:项目支出|支出)?绩效目标(?:申报|批复)?表$"
)
_DEPARTMENT = re.compile(r"^\d{3,9}\s*(\D{2,}?)\s+单位[:：]")
_BUDGET_YEAR = re.compile(r"((?:19|20)\d\d)\s?年(?:度|[^底末月]{0,8}预算)")
_OPENERS = frozenset(
    {
        "project_name",
        "programme",
        "project_code",
        "project_type",
        "project_level",
        "department",
        "unit",
        "period",
    }
)
_LEVELS = ("level1", "level2")
_SAMPLE = 6  # forms from which widths are learnt
_ROUNDS = 2
_LINE_LENGTH = 200
_GENERIC = 4  # characters: 项目, 部门整体 are no names of projects
_SETTLED = 1.0  # em


@dataclass(slots=True)
class Form:
    """The pieces of one form: its title lines, its boxes, the header of its columns, its rows."""

    start: int
    boxes: int
    header: Header | None
    end: int


def find_forms(dump: Dump) -> list[Form]:
    """The forms of a dump, each from its title lines to the begin of the next one."""
    total = len(dump.pieces)
    forms: list[Form] = []
    position = 0
    while position < total:
        header = header_at(dump, position, total)
        if header:
            if forms and forms[-1].header is None:
                forms[-1].header = header
            position = header.end
            continue
        label = field_at(dump, position, total) if dump.begins[position] else None
        opens = label and label.name in _OPENERS and not is_short(label)
        if label and opens and (not forms or forms[-1].header):
            start = _title_start(dump, position, forms[-1].header.end if forms and forms[-1].header else 0)
            if forms:
                forms[-1].end = start
            forms.append(Form(start, position, None, total))
        position = label.end if label and opens else position + 1
    for form in forms:
        form.end = _rows_end(dump, form)
    return forms


def _rows_end(dump: Dump, form: Form) -> int:
    """Where the rows of a form end: at the first line for a sum, a signature, a verdict or a remark behind its last level."""
    if form.header is None:
        return form.end
    begins = [index for index in range(form.header.end, form.end) if dump.begins[index]]
    last = next(
        (i for i in reversed(begins) if any(levels_at(dump, i, form.end, level) for level in (1, 2))),
        form.end,
    )
    for index in begins:
        box = field_at(dump, index, form.end) if index > last else None
        aside = box is not None and box.name == "aside" and is_verdict(box.text)
        if index > last and (aside or is_note(dump.pieces[index].text) or is_sum(dump.pieces[index].text)):
            return index
    return form.end


def _title_start(dump: Dump, position: int, floor: int) -> int:
    """The first piece of the title lines right above a piece."""
    while position > floor:
        line = dump.pieces[position - 1].line
        first = position - 1
        while first > floor and dump.pieces[first - 1].line == line:
            first -= 1
        if not _TITLE.search(labels.squeeze(dump.lines[line].text)):
            break
        position = first
    return position


def read_forms(source: Source, dump: Dump, forms: list[Form], layout: str) -> Document:
    """The document: a goal table for each form."""
    document = Document(source.path, source.format, layout)
    readings = _read_all(dump, forms)
    for number, form in enumerate(forms):
        table = GoalTable(dump.location(form.start))
        end = form.header.start if form.header else form.end
        _read_title(dump, table, form)
        unit = unit_in(" ".join(dump.lines[dump.pieces[i].line].text for i in range(form.start, form.boxes)))
        document.problems += fill_boxes(dump, table, boxes_in(dump, form.boxes, end), unit)
        if not table.project_name and table.form == "department":
            table.project_name = table.department or table.unit or ""
        if not table.project_name and table.title:
            match = _TITLE_NAME.match(table.title)
            table.project_name = match[1] if match and len(match[1]) > _GENERIC else ""
        if not table.project_name:
            where = dump.joined(form.boxes, form.boxes + 1)
            document.problems.append(Problem(NOT_READ, dump.location(form.boxes), {"where": where}))
        document.tables.append(table)
        if form.header is None:
            where = table.project_name or dump.joined(form.start, form.boxes)
            document.problems.append(Problem(NOT_READ, table.location, {"where": where}))
            continue
        reader, steps = readings[number]
        fill_rows(reader, table, steps, document.problems)
        if form is forms[-1]:
            mark_end(table, reader.names, document.problems)
    return document


def _read_all(dump: Dump, forms: list[Form]) -> dict[int, tuple[Reader, list[Step]]]:
    """The reading of every form's rows, by the form's number; forms with the same columns share their widths."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, form in enumerate(forms):
        if form.header:
            groups.setdefault(form.header.columns, []).append(number)
    readings: dict[int, tuple[Reader, list[Step]]] = {}
    for columns, members in groups.items():
        spans = {n: (header.end, forms[n].end) for n in members if (header := forms[n].header)}
        names = tuple(name for name in columns if name not in _LEVELS)
        reader = _reader(dump, names, list(spans.values()))
        readings |= {number: (reader, reader.read(*span)) for number, span in spans.items()}
    return readings


def _reader(dump: Dump, names: tuple[str, ...], spans: list[tuple[int, int]]) -> Reader:
    """A reader that knows the widths of the columns, learnt from some of the tables."""
    common = _common_texts(dump, spans)
    inline = Counter(
        dump.pieces[index].text
        for start, end in spans
        for index in range(start + 1, end)
        if dump.gaps[index - 1] == Gap.BLANK and dump.ends_line(index)
    )
    known = Columns(names, learn_widths(dump, spans, len(names)), [False] * len(names), common, inline)
    sure = sure_levels(dump, spans)
    for _ in range(_ROUNDS):
        first = Reader(dump, Cutter(dump, known, sure))
        rows = [step.row for span in spans[:_SAMPLE] for step in first.read(*span) if step.row]
        fitted = [fit_width(dump, rows, column) for column in range(len(names))]
        widths = [
            max(width, 0.0 if firm else old) for (width, firm), old in zip(fitted, known.widths, strict=True)
        ]
        settled = all(abs(new - old) < _SETTLED for new, old in zip(widths, known.widths, strict=True))
        known = Columns(names, widths, [firm for _, firm in fitted], common, inline)
        if settled:
            break
    return Reader(dump, Cutter(dump, known, sure))


def _common_texts(dump: Dump, spans: list[tuple[int, int]]) -> Counter[str]:
    """How often each piece, and each two pieces with a line end between them, occur in the tables.

    A piece does not count where it is the end of two that recur together: it is hardly a cell of its own.
    """
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    for start, end in spans:
        pieces = dump.pieces[start:end]
        single.update(piece.text for piece in pieces)
        broken = (
            pair for pair, gap in zip(pairwise(pieces), dump.gaps[start:end], strict=False) if gap == Gap.LINE
        )
        double.update((left.text, right.text) for left, right in broken)
    for (left, right), count in double.items():
        if count > 1:
            single[right] -= count
            single[left + right] += count
    return single


def _read_title(dump: Dump, table: GoalTable, form: Form) -> None:
    """The form's title, the budget year in it and, beside the unit of amounts, the department with its code."""
    for number in sorted({dump.pieces[i].line for i in range(form.start, form.boxes)}):
        text = dump.lines[number].text.strip()
        department = _DEPARTMENT.match(text[:_LINE_LENGTH])
        year = _BUDGET_YEAR.search(text[:_LINE_LENGTH])
        if year and table.fiscal_year is None:
            table.fiscal_year = int(year[1])
            table.locations["fiscal_year"] = dump.lines[number].location
        if department:
            table.department = department[1].strip()
            table.locations["department"] = dump.lines[number].location
        elif "绩效目标" in labels.squeeze(text):
            table.title = text
            table.form = form_of(labels.squeeze(text))
            if table.fiscal_year is None and (named := title_year(labels.squeeze(text))):
                table.fiscal_year = named
                table.locations["fiscal_year"] = dump.lines[number].location
