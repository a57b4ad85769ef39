"""Tables inside the boxes of a form in a dump, as 年度主要任务 or 成本构成 have: a header, and a line a row."""

from __future__ import annotations

from collections import Counter

from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.grids.heads import MONEY
from perfgoals_lint.tables.grids.marks import Label, field_at
from perfgoals_lint.tables.grids.pieces import Dump
from perfgoals_lint.tables.grids.sheet import CellSpan, GridBuilder

TABLED = frozenset({"tasks", "schedule"})
_SUMS = ("合计", "总计", "小计")
_FEWEST = 2
"""Names of a header behind its label."""


def table_end(dump: Dump, label: Label, end: int) -> int | None:
    """Behind the table that stands beside a label: the rest of its line names columns, and lines with amounts or as many
    words follow. ``None`` where there is none."""
    if label.name not in TABLED or dump.one_a_line:
        return None
    header = _line_end(dump, label.end, end)
    if header - label.end < _FEWEST or any(is_amount(dump.pieces[n].text) for n in range(label.end, header)):
        return None
    stop = header
    while stop < end and _goes_on(dump, stop, end):
        stop = _line_end(dump, stop, end)
    return stop if stop > header else None


def _line_end(dump: Dump, index: int, end: int) -> int:
    while index < end and not dump.ends_line(index):
        index += 1
    return min(index + 1, end)


def _goes_on(dump: Dump, index: int, end: int) -> bool:
    """Is a line a row of the table, and not the next box of the form?"""
    label = field_at(dump, index, end)
    if label is None:
        return True
    stop = _line_end(dump, index, end)
    amounts = any(is_amount(dump.pieces[n].text) for n in range(label.end, stop))
    return label.name in MONEY and (not amounts or label.text.endswith(_SUMS))


def lay_table(sheet: GridBuilder, side: Label | None, start: int, end: int) -> None:
    """Append the lines of a table to a sheet, right of the label at its side. Where a row has fewer words than others its
    amounts stand under those of the others, else at its end."""
    dump = sheet.dump
    lines: list[list[int]] = []
    index = start
    while index < end:
        stop = _line_end(dump, index, end)
        lines.append(list(range(index, stop)))
        index = stop
    width = Counter(map(len, lines[1:])).most_common(1)[0][0]
    full = [line for line in lines[1:] if len(line) == width]
    money = [n for n in range(width) if all(is_amount(dump.pieces[line[n]].text) for line in full)]
    top = sheet.rows
    if side is not None:
        sheet.put(top, CellSpan(side.start, side.end, 0, 1, len(lines)))
    for number, line in enumerate(lines):
        texts = [dump.pieces[n].text for n in line]
        columns = list(range(len(line)))
        amounts = [n for n, text in enumerate(texts) if is_amount(text)]
        if amounts and len(amounts) == len(money) and len(line) < width:
            for n, column in zip(amounts, money, strict=True):
                columns[n] = column
        elif number and not amounts and len(line) < width and len(lines[0]) + len(line) - 1 == width:
            columns = [
                n + width - len(line) for n in columns
            ]  # the lower row of the header, below its last name
        spans = 1 + width - len(line) if number == 0 and len(line) < width else 1
        sheet.put(
            top + number,
            *(
                CellSpan(n, n + 1, column + 1, spans if n == line[-1] else 1)
                for n, column in zip(line, columns, strict=True)
            ),
        )
    sheet.rows += len(lines)
