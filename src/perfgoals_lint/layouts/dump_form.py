"""Forms in a dump: where each begins, its boxes, its rows. Shared by the layouts that have lost their cells."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from perfgoals_lint import labels
from perfgoals_lint.layouts.dump_boxes import boxes_in, fill_boxes, unit_in
from perfgoals_lint.layouts.dump_cells import Columns, Cutter, Row
from perfgoals_lint.layouts.dump_labels import Header, field_at, header_at, is_short, sure_levels
from perfgoals_lint.layouts.dump_rows import Reader, Step
from perfgoals_lint.layouts.dump_text import Dump
from perfgoals_lint.layouts.dump_widths import learn_widths
from perfgoals_lint.model import Document, GoalTable, Indicator, Problem, Source

_TITLE = re.compile(
    r"绩效目标(?:申报|批复|申请)?表|^(?:附?表|附件)[\d一二三四五六七八九十.-]*[:：]?$|单位[:：]"
)
_TITLE_NAME = re.compile(
    r"^(?:\d+[.、．]|[（(]?[一二三四五六七八九十]+[)）]?[、.])?(.+?)(?:项目支出|支出)?绩效目标(?:申报|批复)?表$"
)
_OPENERS = frozenset(
    {"project_name", "project_code", "project_type", "project_level", "department", "unit", "period"}
)
_LEVELS = ("level1", "level2")


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
        if not dump.starts_line(position):
            position += 1
            continue
        header = header_at(dump, position, total)
        if header:
            if forms and forms[-1].header is None:
                forms[-1].header = header
            position = header.end
            continue
        label = field_at(dump, position, total)
        opens = label and label.name in _OPENERS and not is_short(label)
        if label and opens and (not forms or forms[-1].header):
            start = _title_start(dump, position, forms[-1].header.end if forms and forms[-1].header else 0)
            if forms:
                forms[-1].end = start
            forms.append(Form(start, position, None, total))
        position = label.end if label and opens else position + 1
    return forms


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
    document.problems.extend(source.problems)
    cutters = _cutters(dump, forms)
    for form in forms:
        table = GoalTable(dump.location(form.start))
        end = form.header.start if form.header else form.end
        _read_title(dump, table, form)
        unit = unit_in(" ".join(dump.lines[dump.pieces[i].line].text for i in range(form.start, form.boxes)))
        fill_boxes(dump, table, boxes_in(dump, form.boxes, end), unit)
        if not table.project_name and table.title:
            match = _TITLE_NAME.match(table.title)
            table.project_name = match[1] if match else ""
        document.tables.append(table)
        if form.header is None:
            what = table.project_name or "form"
            document.problems.append(Problem("PGX103", table.location, {"what": what}))
            continue
        steps = Reader(dump, cutters[form.header.columns]).read(form.header.end, form.end)
        _fill_rows(dump, table, form.header.columns, steps, document)
    return document


def _cutters(dump: Dump, forms: list[Form]) -> dict[tuple[str, ...], Cutter]:
    """A cutter for every set of columns in the document, with the widths that its forms show."""
    cutters: dict[tuple[str, ...], Cutter] = {}
    groups: dict[tuple[str, ...], list[Form]] = {}
    for form in forms:
        if form.header:
            groups.setdefault(form.header.columns, []).append(form)
    for columns, members in groups.items():
        names = tuple(name for name in columns if name not in _LEVELS)
        spans = [(form.header.end, form.end) for form in members if form.header]
        common = Counter(piece.text for start, end in spans for piece in dump.pieces[start:end])
        known = Columns(names, learn_widths(dump, spans, len(names)), common)
        cutters[columns] = Cutter(dump, known, sure_levels(dump, spans))
    return cutters


def _read_title(dump: Dump, table: GoalTable, form: Form) -> None:
    for number in sorted({dump.pieces[i].line for i in range(form.start, form.boxes)}):
        text = dump.lines[number].text.strip()
        if "绩效目标" in labels.squeeze(text):
            table.title = text


def _fill_rows(
    dump: Dump, table: GoalTable, columns: tuple[str, ...], steps: list[Step], document: Document
) -> None:
    """Indicators from the steps of the reading; what was passed over becomes a problem."""
    names = tuple(name for name in columns if name not in _LEVELS)
    levels: dict[int, Step] = {}
    pending = False
    for step in steps:
        if step.label:
            repeated = pending and step.level in levels and levels[step.level].label.name == step.label.name
            if pending and not repeated:
                table.indicators.append(_indicator(dump, levels, None, names))
            if step.level == 1:
                levels = {1: step}
            else:
                levels[2] = step
            pending = step.level == 2
        elif step.row:
            table.indicators.append(_indicator(dump, levels, step.row, names))
            pending = False
        elif not (field_at(dump, step.start, step.end) or header_at(dump, step.start, step.end)):
            text = dump.joined(step.start, step.end)
            document.problems.append(Problem("PGX103", dump.location(step.start), {"what": text}))
    if pending:
        table.indicators.append(_indicator(dump, levels, None, names))


def _indicator(dump: Dump, levels: dict[int, Step], row: Row | None, names: tuple[str, ...]) -> Indicator:
    indicator = Indicator()
    for level, step in levels.items():
        code, text = labels.split_code(dump.joined(step.start, step.end).replace(" ", ""))
        setattr(indicator, f"level{level}", text)
        setattr(indicator, f"level{level}_code", code)
        setattr(indicator, f"level{level}_class", labels.classify(text, level))
        indicator.locations[f"level{level}"] = dump.location(step.start)
    if row:
        for name, (start, end) in zip(names, row.cells, strict=True):
            if end > start:
                _set(indicator, name, dump.joined(start, end))
                indicator.locations[name] = dump.location(start)
    return indicator


def _set(indicator: Indicator, name: str, text: str) -> None:
    if name == "number":
        indicator.number = int(text) if text.isdecimal() else None
    elif hasattr(indicator, name):
        setattr(indicator, name, text)
