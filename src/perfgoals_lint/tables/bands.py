"""Rows that hold nothing but the name of a project: which rows do, and what they say of the table made of the rows below them.

They stand inside of an indicator table, several below one header, or each over a header of its own.
"""

from collections.abc import Sequence
from dataclasses import replace

from perfgoals_lint.rulebook.labels import is_level1
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.form_labels import heads_other_table, is_note_row, labels_of
from perfgoals_lint.tables.header import Header, find_header
from perfgoals_lint.tables.headings import is_class, is_name
from perfgoals_lint.tables.titles import Lead, is_numbered_name, labelled, named_amount
from perfgoals_lint.tables.words import is_sum

_NUMBER = compiled(
    r"^\s*(?:[一-鿿]{0,2}项目\s*[（(]?[一二三四五六七八九十\d]{1,3}[)）]?\s*[：:、.．]?"
    r"|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])\s*(?!\d)"
)
_LONGEST, _SHORTEST = 60, 4
"""Characters of a project's name."""
_FEWEST = 2
_NAMED = frozenset({"project_name", "aside"})
"""Boxes of a form that says itself what it is about."""


def bands_below(rows: Sequence[GridRow], start: int, header: Header) -> dict[int, list[GridRow]]:
    """The rows from ``start`` on that name a project, by identity, each with the rows of fields between it and the class that
    begins its indicators. Names stand alone at the left edge, from the first row below the header on, and there are several."""
    found: dict[int, list[GridRow]] = {}
    index = start
    while index < len(rows) and rows[index].grid is header.grid:
        row, said = rows[index], []
        index += 1
        if not _may_name(row, header):
            if not found:
                break
            continue
        while index < len(rows) and rows[index].grid is header.grid and _says_field(rows[index]):
            said.append(rows[index])
            index += 1
        if index < len(rows) and rows[index].grid is header.grid and begins_class(rows[index], header):
            found[id(row)] = said
        elif not found:
            break
    return found if len(found) >= _FEWEST else {}


def band_lead(row: GridRow, said: Sequence[GridRow], lead: Lead) -> Lead:
    """What a row that names a project, and the rows of fields below it, say in front of its indicators."""
    box = row.filled[0]
    own = replace(lead, values=dict(lead.values), boxes=[])
    name = next((value for field, _, value in labelled(box.text) if field == "project_name"), "")
    name = name or _NUMBER.sub("", box.text.strip(), count=1)
    name, amount = named_amount(name)
    if amount:
        own.boxes.append(("budget", "budget", box.cut(amount)))
    for other in said:
        own.take(other)
    own.values["project_name"] = (name, box.location())
    return own


def names_next(rows: Sequence[GridRow], index: int) -> bool:
    """Is a row the numbered name of a project, over its fields and a header or over boxes that do not name one?"""
    grid, at = rows[index].grid, index + 1
    if not is_numbered_name(rows[index]):
        return False
    while at < len(rows) and rows[at].grid is grid and _says_field(rows[at]):
        at += 1
    if at < len(rows) and rows[at].grid is grid and find_header(rows, at):
        return True
    below = rows[index + 1 : index + 2]
    labels = labels_of(below[0]) if below and below[0].grid is grid else {}
    return bool(labels) and below[0].filled[0] in labels and {*labels.values()}.isdisjoint(_NAMED)


def _may_name(row: GridRow, header: Header) -> bool:
    box: Box = row.filled[0]
    alone = len(row.filled) == 1 and box.left == header.columns[0].left and box.bottom == box.top + 1
    if not alone or not _SHORTEST <= len(box.key) <= _LONGEST:
        return False
    bare = _NUMBER.sub("", box.text.strip(), count=1)
    return not (is_class(bare) or is_name(bare) or is_sum(bare) or is_note_row(row) or heads_other_table(row))


def _says_field(row: GridRow) -> bool:
    """Is a row nothing but a field with its label (年度目标：…)?"""
    return len(row.filled) == 1 and any(True for _ in labelled(row.filled[0].text))


def begins_class(row: GridRow, header: Header) -> bool:
    """Does a class of the first level stand in its column in a row?"""
    placed = header.place(row)
    firsts = (i for i, column in enumerate(header.columns) if column.role == "level1")
    return any(is_level1(b.key) and b.top == row.index for i in firsts for b in placed.get(i, ()))
