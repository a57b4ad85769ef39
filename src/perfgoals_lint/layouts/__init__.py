"""Recognising goal tables: each layout is a module with ``recognise(source) -> Document | None``; the best one counts."""

from __future__ import annotations

from importlib import import_module

from perfgoals_lint.labels import classify, column_of, field_of, parent_of
from perfgoals_lint.model import Document, Grid, Location, Problem, Source, TextBlock

NOT_RECOGNISED = "PGX101"

_Entry = tuple[str, type[Grid | TextBlock] | None]
_LAYOUTS: tuple[tuple[_Entry, ...], ...] = (
    (("perfgoals_lint.authoring.layout", None),),
    (
        ("perfgoals_lint.tables.reader", Grid),
        (f"{__name__}.tabbed_form", TextBlock),
        (f"{__name__}.coded_list", TextBlock),
        (f"{__name__}.project_list", TextBlock),
    ),
    ((f"{__name__}.form_dump", TextBlock), (f"{__name__}.described_form", TextBlock)),
)
"""Modules in the order in which ties are decided, imported when they are asked. Layouts whose cells are set apart by
printed marks come first (the form that the project itself writes before all others); dumps without marks can only be
guessed and are asked when nothing of the first kind fits. A module is asked only for sources that have blocks of its
kind."""

_OF_TEXT = frozenset(
    {"tabbed-list", "tabbed-form", "coded-list", "project-list", "form-dump", "described-form"}
)
"""Layouts that look at no grid."""

_LABELS_SHOWN = 8


def recognise(source: Source) -> Document:
    """The tables of a source in the layout that explains most of it, reading problems first.

    ``layout`` is ``None`` and a problem says so when none fits; a source that could not be read has its reading
    problems only.
    """
    best: Document | None = None
    kinds = {type(block) for block in source.blocks}
    for entries in _LAYOUTS if source.blocks else ():
        found = [
            import_module(name).recognise(source) for name, kind in entries if kind is None or kind in kinds
        ]
        best = max((document for document in found if document is not None), key=explained, default=None)
        if best is not None and (explained(best) or best.problems):
            break
    if best is None:
        best = Document(source.path, source.format)
        if source.blocks:
            best.problems.append(_not_recognised(source))
    elif best.layout in _OF_TEXT and Grid in kinds:
        from perfgoals_lint.tables.cells import rows_of
        from perfgoals_lint.tables.reader import left_out

        best.problems += left_out(rows_of(source))
    best.problems[:0] = source.problems
    for table in best.tables:
        for row in table.indicators:
            row.level1_class, row.level2_class = classify(row.level1, 1), classify(row.level2, 2)
            if row.level1 is None and row.level2_class is not None:
                row.level1_class = parent_of(row.level2_class)
    return best


def explained(document: Document) -> int:
    """How much of a source a recogniser explains: its tables and its complete indicator rows."""
    return len(document.tables) + complete_rows(document)


def complete_rows(document: Document) -> int:
    """How many indicator rows have a class, a name and a value."""
    return sum(
        bool((row.level1 or row.level2) and row.level3 and (row.annual_value or row.cycle_value))
        for table in document.tables
        for row in table.indicators
    )


def _not_recognised(source: Source) -> Problem:
    """The problem for a source without goal tables: where it starts and which labels of goal forms were seen."""
    first: Location | None = None
    seen: dict[str, Location] = {}
    for block in source.blocks:
        if isinstance(block, Grid):
            pieces = [(cell.text, block.locate(cell)) for cell in block.cells]
        else:
            pieces = [(cell, line.location) for line in block.lines for cell in line.text.split()]
        for text, location in pieces:
            first = first or (location if text.strip() else None)
            if len(text) <= 40 and (field_of(text) or column_of(text)):
                seen.setdefault(text.strip().rstrip(":："), location)
    place = next(iter(seen.values()), first or Location(source.path))
    return Problem(NOT_RECOGNISED, place, {"seen": "、".join(list(seen)[:_LABELS_SHOWN])})
