"""PGA312: a district's figure is not more than that of the city it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.lint.checks.period import is_count
from perfgoals_lint.lint.checks.regions import region_of
from perfgoals_lint.lint.grouped import grouped
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.rulebook.labels import squeeze
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values import algebra
from perfgoals_lint.values.units import measure_of

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import DocumentView, Row
    from perfgoals_lint.rulebook.rules import Rule

_BRACKET = re.compile(r"[（(][^（）()]*[)）]$")


def _group_of(row: Row) -> tuple[str, int | None, str | None] | None:
    """What rows must share to be compared: the name without its region, the year, the unit."""
    region = region_of(row.name) if row.filled and row.values else None
    if region is None or _rank(region) is None or _low(row) is None:
        return None
    quantity = row.values[0].quantity
    rest = _BRACKET.sub("", squeeze(row.name).replace(region, "", 1))
    return rest, row.year, measure_of(quantity.unit)[0] if quantity else None


@grouped(_group_of)
def part_exceeds_whole(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGA312: a district's figure is not more than that of the city it belongs to."""
    groups: dict[tuple[str, int | None, str | None], list[tuple[Row, int, Decimal]]] = {}
    for row in _rows(view):
        group, region, low = _group_of(row), region_of(row.name), _low(row)
        rank = _rank(region) if region else None
        if group is not None and rank is not None and low is not None:
            groups.setdefault(group, []).append((row, rank, low))
    for members in groups.values():
        wholes = {rank: min(low for _, other, low in members if other == rank) for _, rank, _ in members}
        for row, rank, low in members:
            exceeded = [other for other, least in wholes.items() if other > rank and least < low]
            if exceeded:
                whole = next(r for r, k, least in members if k in exceeded and least == wholes[k])
                yield _conflict([row, whole], " > ")
                break


def _rank(region: str) -> int | None:
    """How large a region is by its name; ``None`` for one of no rank (a port)."""
    ranks: dict[str, int] = lexicon("regions")["ranks"]
    return ranks.get(region[-1])


def _low(row: Row) -> Decimal | None:
    """The lower bound of an absolute figure in base units."""
    value = row.values[0]
    if not is_count(value.quantity) or value.quantity.change:
        return None
    interval = algebra.interval(value.quantity, ignore_subject=True)
    return interval.low if interval else None


def _rows(view: DocumentView) -> Iterator[Row]:
    for table in view.tables:
        if not table.withheld:
            yield from (row for row in table.filled_rows if row.values)


def _conflict(rows: list[Row], sign: str) -> Hit:
    first, *others = sorted(rows, key=lambda row: (row.table.index, row.index))
    return Hit(
        row=first,
        field=first.values[0].field,
        span=first.values[0].span,
        args={
            "rows": [f"{row.name} {row.values[0].text}" for row in rows],
            "projects": list(dict.fromkeys(row.table.title for row in rows)),
        },
        related=[
            (
                "region",
                {"project": row.table.title, "other": row.values[0].text},
                row.place(row.values[0].field),
            )
            for row in others
        ],
        evidence={"expression": sign.join(row.values[0].text for row in rows)},
    )
