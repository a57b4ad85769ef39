"""Grids that hold what only goal tables hold, and of which none was read."""

from collections.abc import Iterable, Iterator, Set

from perfgoals_lint.model import Problem
from perfgoals_lint.rulebook.labels import is_level1, is_level2
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.headings import column_role
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.text import squeeze

NOT_READ = "PGX103"


def left_out(rows: Iterable[GridRow], known: Set[int] = frozenset()) -> Iterator[Problem]:
    """A problem for each grid with the labels of a goal table that is not among the ``known`` (by identity)."""
    left: dict[int, list[Box]] = {}
    for row in rows:
        if row.grid is not None and not row.grid.hidden and id(row.grid) not in known:
            left.setdefault(id(row.grid), []).extend(row.filled)
    for boxes in left.values():
        if (label := _label_of_goals(boxes)) is not None:
            place = label.location()
            yield Problem(NOT_READ, place, {"where": place.sheet or squeeze(label.text)})


def _label_of_goals(boxes: list[Box]) -> Box | None:
    """The first class label of a grid that has two, or one and the header of a value column; else ``None``.

    数量 and 质量 alone head the columns of any table; one of the labels must be that of an indicator.
    """
    labels = {box.key: box for box in reversed(boxes) if is_level1(box.key) or is_level2(box.key)}
    certain = any(key.endswith("指标") or (is_level1(key) and not is_level2(key)) for key in labels)
    values = any(column_role(box.key) in VALUES for box in boxes)
    if not certain or len(labels) + values < 2:
        return None
    return next(box for box in boxes if box.key in labels)
