"""Figures of regions held against each other: a part against its whole, one region against itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.checks.period import is_count
from perfgoals_lint.checks.regions import has_region, region_of
from perfgoals_lint.hits import Hit
from perfgoals_lint.labels import squeeze
from perfgoals_lint.policy import lexicon
from perfgoals_lint.values import algebra
from perfgoals_lint.values.units import measure_of
from perfgoals_lint.wording import contains_any

if TYPE_CHECKING:
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.values.algebra import Interval
    from perfgoals_lint.view import DocumentView, Row, Value

_BRACKET = re.compile(r"[（(][^（）()]*[)）]$")


def part_exceeds_whole(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGA312: a district's figure is not more than that of the city it belongs to."""
    groups: dict[tuple[str, int | None, str | None], list[tuple[Row, int, Decimal]]] = {}
    for row in _rows(view):
        region = region_of(row.name)
        rank = _rank(region) if region else None
        low = _low(row) if rank is not None else None
        if region and rank is not None and low is not None:
            rest = _BRACKET.sub("", squeeze(row.name).replace(region, "", 1))
            unit = measure_of(row.values[0].quantity.unit)[0] if row.values[0].quantity else None
            groups.setdefault((rest, row.table.year, unit), []).append((row, rank, low))
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


def region_conflict(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGA313: projects that name one figure of one region give it one value."""
    groups: dict[tuple[str, int | None], list[tuple[Row, Interval]]] = {}
    for row in _rows(view):
        if row.class1 in ("output", "satisfaction") or not has_region(row.name) or _is_own(row.name):
            continue
        interval = _interval(row.values[0])
        if interval:
            groups.setdefault((squeeze(row.name), row.table.year), []).append((row, interval))
    for members in groups.values():
        projects = {row.table.index for row, _ in members}
        figures = {(interval.axis.dimension, interval.low or interval.high) for _, interval in members}
        if len(projects) > 1 and len(figures) > 1:
            yield _conflict(_distinct(members), " ≠ ")


def _is_own(name: str) -> bool:
    """Is this about the project itself, and not about the region?"""
    return "满意" in name or contains_any(name, "management")


def _interval(value: Value) -> Interval | None:
    return algebra.interval(value.quantity, ignore_subject=True) if value.quantity else None


def _distinct(members: list[tuple[Row, Interval]]) -> list[Row]:
    """One row a project, the first of each."""
    return list({row.table.index: row for row, _ in reversed(members)}.values())[::-1]
