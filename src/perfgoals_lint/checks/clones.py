"""The same words in project after project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.checks.ladder import is_polar
from perfgoals_lint.hits import Hit
from perfgoals_lint.labels import squeeze
from perfgoals_lint.similarity import sister_key

if TYPE_CHECKING:
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.view import DocumentView, Row

_WORDED = frozenset({"judgement", "statement"})


def clone_block(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGK622: an indicator in words, with its value, is not copied through the projects of a document."""
    groups: dict[tuple[str, str], dict[int, Row]] = {}
    for table in view.tables:
        if table.withheld:
            continue
        for row in table.filled_rows:
            value = row.values[0] if row.values else None
            if value and value.kind in _WORDED and not is_polar(value):
                key = (squeeze(row.name), squeeze(value.text))
                groups.setdefault(key, {}).setdefault(table.index, row)
    for members in groups.values():
        if len(members) >= int(rule.parameters["projects"]):
            yield _grouped(list(members.values()))


def _grouped(rows: list[Row]) -> Hit:
    first, *others = rows
    families = {sister_key(row.table.title) for row in rows}
    return Hit(
        row=first,
        field=first.values[0].field,
        case="sisters" if len(families) == 1 and None not in families else None,
        args={"count": str(len(rows))},
        related=[
            ("same", {"project": row.table.title, "name": row.name}, row.place(row.values[0].field))
            for row in others
        ],
    )
