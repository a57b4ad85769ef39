"""Markdown: pipe tables as grids, everything else as lines of text."""

import re
from collections.abc import Iterator

from perfgoals_lint.model import Cell, Grid, Source
from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.readers.sheet import CellBudget, without_frame
from perfgoals_lint.readers.text import decode
from perfgoals_lint.readers.text_blocks import blocks_of
from perfgoals_lint.rulebook.patterns import compiled

_RULE = compiled(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BREAK = compiled(r"<br\s*/?>", re.IGNORECASE)
_MARKS = compiled(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LABEL = compiled(
    r"(?:(?<=^)|(?<=\s))((?:[-*+]\s+)?(?:\*\*|__))([^\s*_|][^*_|]{0,40}?)((?:\*\*|__)(?=[:：]|\s*$)|(?<=[:：])(?:\*\*|__))"
)
"""A label in bold, or a line that is nothing else, with the mark of an item of a list in front."""
_ESCAPED = compiled(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


def read_markdown(data: bytes, path: str, limits: Limits) -> Source:
    """Tables (from 1 in order; the ruling line under the header is no row) and the lines between them."""
    printed = decode(data).splitlines()
    lines = [_LABEL.sub(_in_place, line) if "|" not in line else line for line in printed]
    budget = CellBudget(limits)
    pieces = (_table(lines[first:end], path, budget) if table else first for table, first, end in runs(lines))
    return Source(path, "markdown", blocks_of(pieces, lines, path))


def runs(lines: list[str]) -> Iterator[tuple[bool, int, int]]:
    """What the lines are: (is it a table, first line, line behind it), 0-based; other lines come one by one.

    The first two lines of a table are its header and the ruling line under it.
    """
    fenced = False
    at = 0
    while at < len(lines):
        line = lines[at]
        first = at
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        table = not fenced and _starts_table(lines, at)
        at += 1
        while table and at < len(lines) and "|" in lines[at]:
            at += 1
        yield table, first, at


def _starts_table(lines: list[str], at: int) -> bool:
    if "|" not in lines[at] or at + 1 >= len(lines) or "-" not in lines[at + 1]:
        return False
    rule = lines[at + 1]
    return _RULE.fullmatch(rule) is not None and len(split_row(rule)) == len(split_row(lines[at]))


def _table(lines: list[str], path: str, budget: CellBudget) -> Grid:
    grid = Grid(path, [], 0, 0)
    for line in (lines[0], *lines[2:]):
        fields = split_row(line)
        budget.spend(len(fields))
        for column, field in enumerate(fields):
            grid.cells.append(Cell(grid.rows, column, _plain(field)))
        grid.rows += 1
        grid.columns = max(grid.columns, len(fields))
    return without_frame(grid)


def split_row(line: str) -> list[str]:
    """The cells of a pipe row; an escaped bar belongs to its cell."""
    line = line.strip()
    if line.startswith("|"):
        line = line[1:]
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [field.strip() for field in re.split(r"(?<!\\)\|", line)]


def _in_place(label: re.Match[str]) -> str:
    """A label without its marks, blanks in front in their place: what follows stays where it is printed. A value behind its
    label, up to the end of the line, has the blanks behind it."""
    before, behind = label.string[: label.start()].rstrip(), label.string[label.end() :]
    if before and not behind.startswith((":", "：")) and label[2][-1] not in ":：":
        return f"{label[2]}{' ' * len(label[1] + label[3])}" if before[-1] in ":：" else label[0]
    return f"{' ' * len(label[1] + label[3])}{label[2]}"


def _plain(field: str) -> str:
    field = _BREAK.sub("\n", field)
    return _ESCAPED.sub(r"\1", _MARKS.sub(r"\2", field))
