"""A file without goal tables: is it a form that was not understood, or a letter, a list, a page of another purpose?"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from perfgoals_lint.model import Grid, Location, Problem, Source
from perfgoals_lint.rulebook.labels import all_labels, column_of, field_of, is_level1, is_level2
from perfgoals_lint.rulebook.lexicons import pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.cells import Box, rows_of
from perfgoals_lint.tables.titles import is_title
from perfgoals_lint.text import squeeze

NOT_RECOGNISED = "PGX101"
NO_TABLE = "PGX105"

_LABELS_SHOWN = 8
_LONGEST_LABEL = 40
_SHORTEST_GLUED = 3
_FEWEST_ROWS, _FEWEST_CELLS = 2, 2
"""Rows of a table below its title, and how many cells each has more than."""
_LABELLED = compiled(r"(?:^|(?<=[。；;，,：:）)\s]))([\u3400-\u9fff]{4,12})(?=[：:（(])")
_ENDS = compiled("指标|目标|项目")
"""What labels of a goal form are made of; a text without any of it holds none."""


def not_recognised(source: Source) -> Problem:
    """What to say of a source without goal tables: that its form is not known, with the labels that were seen, or that
    it is no goal table when it shows no label that only such a form has. Its place is the first label, or its start."""
    first: Location | None = None
    seen: dict[str, Location] = {}
    told = False
    for text, location in _pieces(source):
        first = first or (location if text.strip() else None)
        if len(text) <= _LONGEST_LABEL and (field_of(text) or column_of(text)):
            seen.setdefault(text.strip().rstrip(":："), location)
            told = told or is_telling(text)
        elif not _ENDS.search(text):
            continue
        elif len(text) <= _LONGEST_LABEL and is_telling(text):
            seen.setdefault(text.strip(), location)
            told = True
        else:
            for label in (*glued(text), *_in_prose(text)):
                seen.setdefault(label, location)
                told = True
    if not told and (title := _title_of_table(source)) is not None:
        return Problem(NOT_RECOGNISED, title.location(), {"seen": title.text.strip()})
    if not told:
        return Problem(NO_TABLE, first or Location(source.path))
    return Problem(NOT_RECOGNISED, next(iter(seen.values())), {"seen": "、".join(list(seen)[:_LABELS_SHOWN])})


def _title_of_table(source: Source) -> Box | None:
    """The title of a goal table over rows of several cells, whose header is missing. A letter that names a table has none."""
    for block in source.blocks:
        rows = list(rows_of([block])) if isinstance(block, Grid) else []
        if sum(len(row.filled) > _FEWEST_CELLS for row in rows) >= _FEWEST_ROWS:
            titles = (row.filled[0] for row in rows if len(row.filled) == 1 and is_title(row))
            if (title := next(titles, None)) is not None:
                return title
    return None


def _in_prose(text: str) -> list[str]:
    """The labels of a goal form in front of colons in running text, where there are two or more: 产出指标：…；效益指标：…"""
    found = [label for label in _LABELLED.findall(text) if is_telling(label)]
    return found if len(set(found)) > 1 else []


def _pieces(source: Source) -> Iterator[tuple[str, Location]]:
    for block in source.blocks:
        if isinstance(block, Grid):
            yield from ((cell.text, block.locate(cell)) for cell in block.cells)
        else:
            for line in block.lines:
                yield from ((piece, line.location) for piece in line.text.split())


def texts_of(source: Source) -> Iterator[str]:
    """The texts of all cells and lines."""
    for block in source.blocks:
        if isinstance(block, Grid):
            yield from (cell.text for cell in block.cells)
        else:
            yield from (line.text for line in block.lines)


def is_telling(text: str) -> bool:
    """Is this a label that only a goal form prints: of a goal, an indicator's class, name or value, a project?"""
    label = text.strip()
    if field_of(label) in words("files.telling_boxes") or column_of(label) in words("files.telling_columns"):
        return True
    return label.endswith("指标") and (is_level1(label) or is_level2(label))


def glued(text: str) -> list[str]:
    """The labels of a goal form in a text that is little else or has two of them side by side: headers and rows printed
    without anything between their cells. A sentence that speaks of indicators is none."""
    bare = squeeze(text)
    matches = list(_glued().finditer(bare))
    found = list(dict.fromkeys(match[0] for match in matches))
    if len(found) < 2:
        return []
    beside = any(before.end() == after.start() for before, after in pairwise(matches))
    return found if beside or 2 * sum(len(match[0]) for match in matches) >= len(bare) else []


@cache
def _glued() -> re.Pattern[str]:
    fields = framework_data("fields")
    names = {
        name
        for kind, telling in (("fields", "files.telling_boxes"), ("columns", "files.telling_columns"))
        for role in words(telling)
        for name in fields[kind].get(role, ())
    }
    names |= {label for level in (1, 2) for label in all_labels(level) if label.endswith("指标")}
    return compiled(pattern_of(name for name in names if len(name) >= _SHORTEST_GLUED))
