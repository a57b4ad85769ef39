"""Indicators from the reading of a dumped table, and what the reading leaves open."""

from __future__ import annotations

from perfgoals_lint import labels
from perfgoals_lint.layouts.dump_cells import UNCERTAIN, Row
from perfgoals_lint.layouts.dump_labels import field_at, header_at
from perfgoals_lint.layouts.dump_rows import PAGE, Reader, Step
from perfgoals_lint.layouts.dump_text import Dump
from perfgoals_lint.model import GoalTable, Indicator, Problem
from perfgoals_lint.tables.texts import join_value

CUT_OFF, NOT_READ, UNSURE = "PGX102", "PGX103", "PGX104"

_POOR_FIT = 4.5  # a row that costs more is hardly read right
_MOSTLY = 0.8
_SHOWN = 80  # characters of the text in a problem
_VALUE_PAIR = ("cycle_value", "annual_value")
_PLAIN = {"level3", "description", "cycle_value", "basis", "weight"}


def fill_rows(reader: Reader, table: GoalTable, steps: list[Step], problems: list[Problem]) -> None:
    """Append the indicators of a reading to the table; what was passed over or is uncertain goes to ``problems``."""
    dump, names = reader.dump, reader.names
    limit = steps[-1].end if steps else 0
    levels: dict[int, Step] = {}
    section: list[Row] = []
    pending = False
    unread = -1  # the end of what was passed over last: one problem for all that hangs together
    for step in steps:
        if step.row:
            table.indicators.append(_indicator(dump, levels, step.row, names))
            section.append(step.row)
            pending = False
            continue
        _report_section(reader, table, section, limit, problems)
        section = []
        if step.label:
            known = levels.get(step.level)
            repeated = known is not None and known.label is not None and known.label.name == step.label.name
            if pending and not (repeated and step.level == 2):
                table.indicators.append(_indicator(dump, levels, None, names))
            levels = {1: step} if step.level == 1 else {**levels, 2: step}
            pending = step.level == 2
        elif not _is_furniture(dump, step):
            if step.start != unread:
                text = dump.joined(step.start, step.end)[:_SHOWN]
                args = {"where": f"{table.project_name} › {text}", "what": text}
                problems.append(Problem(NOT_READ, dump.location(step.start), args))
            unread = step.end
    _report_section(reader, table, section, limit, problems)
    if pending:
        table.indicators.append(_indicator(dump, levels, None, names))


def mark_end(table: GoalTable, names: tuple[str, ...], problems: list[Problem]) -> None:
    """Mark the last table of a document as truncated when its last row lacks a cell that rows have as a rule."""
    last, others = (table.indicators[-1] if table.indicators else None), table.indicators[:-1]
    for name in names if last else ():
        filled = sum(getattr(row, name, None) is not None for row in others)
        if last and others and getattr(last, name, None) is None and filled > _MOSTLY * len(others):
            last.truncated = True
    table.truncated = last is None or last.truncated
    if table.truncated:
        problems.append(Problem(CUT_OFF, table.location, {"where": table.project_name}))


def _is_furniture(dump: Dump, step: Step) -> bool:
    """Is it a repeated box label, a repeated column header or a page number?"""
    if field_at(dump, step.start, step.end) or header_at(dump, step.start, step.end):
        return True
    return step.end == step.start + 1 and PAGE.match(dump.pieces[step.start].text) is not None


def _report_section(
    reader: Reader, table: GoalTable, section: list[Row], limit: int, problems: list[Problem]
) -> None:
    """Tell of rows between two level names whose division into cells the text does not settle."""
    if not section:
        return
    settled = reader.margin(section, limit) >= UNCERTAIN and max(row.cost for row in section) < _POOR_FIT
    if settled and not any(_lacks_value(row, reader.names) for row in section):
        return
    indicator = table.indicators[-1]
    levels = " › ".join(level for level in (indicator.level1, indicator.level2) if level)
    text = reader.dump.joined(section[0].start, section[-1].end)[:_SHOWN]
    args = {"where": f"{table.project_name} › {levels} › {text}", "row": text, "levels": levels}
    problems.append(Problem(UNSURE, reader.dump.location(section[0].start), args))


def _lacks_value(row: Row, names: tuple[str, ...]) -> bool:
    """Is one of two value cells empty? The text does not tell which."""
    filled = [end > start for name, (start, end) in zip(names, row.cells, strict=True) if name in _VALUE_PAIR]
    return len(filled) == len(_VALUE_PAIR) and any(filled) and not all(filled)


def _indicator(dump: Dump, levels: dict[int, Step], row: Row | None, names: tuple[str, ...]) -> Indicator:
    """The indicator of a row under the levels in force; with no row, a level that has none."""
    indicator = Indicator()
    for level, step in levels.items():
        code, text = labels.split_code(labels.squeeze(dump.joined(step.start, step.end)))
        setattr(indicator, f"level{level}", text)
        setattr(indicator, f"level{level}_code", code)
        indicator.locations[f"level{level}"] = dump.location(step.start)
    texts: dict[str, str] = {}
    for name, (start, end) in zip(names, row.cells if row else (), strict=bool(row)):
        if end > start:
            texts[name] = dump.joined(start, end)
            indicator.locations[name] = dump.location(start)
    for name in _PLAIN & texts.keys():
        setattr(indicator, name, texts[name])
    indicator.annual_value = join_value(
        texts.get("operator"), texts.get("annual_value"), texts.get("value_unit")
    )
    if texts.get("number", "").isdecimal():
        indicator.number = int(texts["number"])
    return indicator
