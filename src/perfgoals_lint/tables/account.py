"""The account of a document's cells: every one that is not blank has exactly one use, and what has none is said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from perfgoals_lint.model import (
    CellAccount,
    Document,
    GoalTable,
    Location,
    Problem,
    TextOutside,
    UnreadCell,
)
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import is_amount, money_factor
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.headings import is_name
from perfgoals_lint.tables.kept import Kept
from perfgoals_lint.tables.lists import is_page_mark
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.titles import is_aside

UNREAD = "PGX107"
UNKNOWN = "PGX123"
_HEADINGS = 8
_SHOWN, _LONGEST = 3, 20
"""How many unread cells a notice shows, and how many characters of each."""
_PLACES = 8
"""How many of them have their place in it."""
_TORN = 4
"""The part of a table's cells, 1 to so many, that is unread where nothing can be said of what it lacks."""
_DIGIT = compiled(r"[\d一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾]")
_OF_YEAR = compiled(r"^\s*[（(](?:19|20)\d\d年?度?[)）]")
_OF_ROWS = "indicator_cells"
_MADE = frozenset({"fields", _OF_ROWS})
"""The uses of which something is in the tables; whoever reads a cell may say so and drop it."""
_NAMES = frozenset({"labels", "headers"})
_COUNTED = frozenset({"money", "count"})
_OUTSIDE = 40
"""Characters that are kept of a text outside of the tables."""


def count(boxes: Iterable[Box], use: str) -> None:
    """Note what boxes were read as; what a box was first read as counts."""
    for box in boxes:
        if box.key:
            box.count(use)


def settle(rows: Sequence[GridRow], document: Document, owners: Mapping[int, GoalTable]) -> None:
    """Set the document's account and say of every table which cells of its grid are unread.

    A cell of which nothing is in the tables was not read, whoever says so. ``owners`` has the table of each grid that
    holds one, by identity; lines of text and other grids are notes, and outside of the tables where nothing in them was
    read, as is a note that says a figure, or what stands for a label and says one.
    """
    uses: dict[str, int] = {}
    outside, kept = TextOutside(), Kept(document)
    unread: dict[int, tuple[GoalTable, list[Box]]] = {}
    cells: Counter[int] = Counter()
    for row in rows:
        table = owners.get(id(row.grid))
        cells[id(table)] += len(row.filled)
        for box in row.filled:
            read = box.use if box.use not in _MADE or kept.holds(box) else None
            if read == _OF_ROWS and not kept.is_in_place(box, row):
                read = None
            use = read or ("notes" if table is None or _is_unit(box.text) else "unread")
            uses[use] = uses.get(use, 0) + 1
            dropped = (
                _is_aside(box, use) and _says_figure(box.text) and (use != "headers" or not kept.holds(box))
            )
            if dropped or (read is None and table is None):
                outside.count += 1
                if outside.count <= _SHOWN:
                    outside.first.append(UnreadCell(box.text.strip()[:_OUTSIDE], box.location()))
            if use == "unread" and table is not None:
                unread.setdefault(id(table), (table, []))[1].append(box)
    document.account, document.outside = CellAccount(cells=sum(uses.values()), **uses), outside
    for table, boxes in unread.values():
        table.unread = [UnreadCell(box.text.strip(), box.location()) for box in boxes]
        shown = "、".join(box.key[:_LONGEST] for box in boxes[:_SHOWN]) + "…" * (len(boxes) > _SHOWN)
        args = {"project": table.project_name, "count": str(len(boxes)), "cells": shown}
        if len(boxes) > _PLACES:
            args["more"] = str(len(boxes) - _PLACES)
        others = [box.location() for box in boxes[1:_PLACES]]
        document.problems.append(Problem(UNREAD, boxes[0].location(), args, others))
        if _TORN * len(boxes) >= cells[id(table)]:
            # What is missing may stand in a cell that nobody understood.
            table.unknown.append("indicators")
            for one in table.indicators:
                one.unknown += VALUES if not (one.annual_value or one.cycle_value) else ()


def _is_aside(box: Box, use: str) -> bool:
    """Is a cell a note, or stands it in the place of a label or heading without being one, or a number?"""
    return use == "notes" or (use in _NAMES and not is_name(box.key) and not box.key.isdigit())


def _is_unit(text: str) -> bool:
    """Is a text nothing but a money unit (（万元）, as a label broken over lines leaves it), with the year in front (（2026年度） 单位：元)?"""
    rest = _OF_YEAR.sub("", text)
    return money_factor(text) is not None and is_aside(rest)


def _says_figure(text: str) -> bool:
    """Does a note, a label or what else stands below a table name an amount or a count, which no rule compares with the table?"""
    if not _DIGIT.search(text) or is_page_mark(text):
        return False
    if is_amount(text):
        return True
    from perfgoals_lint.prose import figures_of  # few notes hold a figure

    return any(figure.dimension in _COUNTED and not figure.quoted for figure in figures_of(text).figures)


def name_unknown(headings: Mapping[str, Location], document: Document) -> None:
    """Say once which boxes and columns of a document are kept under names that no form is known to have."""
    if headings:
        shown = "、".join(heading[:_LONGEST] for heading in list(headings)[:_HEADINGS])
        place = next(iter(headings.values()))
        document.problems.append(
            Problem(UNKNOWN, place, {"headings": shown + ("…" if len(headings) > _HEADINGS else "")})
        )
