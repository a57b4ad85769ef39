"""PGA312: a district's figure is not more than that of the city it belongs to."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from perfgoals_lint.lint.facts.period import is_count
from perfgoals_lint.lint.facts.regions import region_of
from perfgoals_lint.lint.grouped import grouped
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.rulebook.lexicons import contains_any, pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.text import squeeze
from perfgoals_lint.values import algebra
from perfgoals_lint.values.units import measure_of

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import DocumentView, Row
    from perfgoals_lint.rulebook.rule import Rule

_BRACKET = compiled(r"[（(][^（）()]*[)）]$")


def _group_of(row: Row) -> tuple[str, int | None, str | None] | None:
    """What rows of regions must share to be compared by rank: the name without its region, the year, the unit."""
    region = region_of(row.name)
    if region is None or _rank(region) is None or contains_any(row.name, "regions.no_sums"):
        return None
    if not row.filled or not row.values or _low(row) is None:
        return None
    quantity = row.values[0].quantity
    rest = _BRACKET.sub("", squeeze(row.name).replace(region, "", 1))
    return rest, row.year, measure_of(quantity.unit)[0] if quantity else None


def _groups_of(row: Row) -> list[Hashable]:
    """The groups in which a row is compared: by rank, and with the whole or the parts of the issuing body."""
    if not row.filled or not row.values or _low(row) is None:
        return []
    found: list[Hashable] = [_group_of(row)]
    if not contains_any(row.name, "regions.no_sums"):
        whole, part = _whole().match(row.name), _part().match(row.name)
        found += [(row.name[whole.end() :], row.year)] if whole else []
        found += [(part["rest"], row.year)] if part else []
    return [one for one in found if one is not None]


@grouped(_groups_of)
def part_exceeds_whole(view: DocumentView, rule: Rule) -> Iterator[Violation]:
    """PGA312: a district's figure is not more than that of the city it belongs to."""
    groups: dict[tuple[str, int | None, str | None], list[tuple[Row, int, Decimal]]] = {}
    for row in _rows(view):
        group, region, low = _group_of(row), region_of(row.name), _low(row)
        rank = _rank(region) if region else None
        if group is not None and rank is not None and low is not None:
            groups.setdefault(group, []).append((row, rank, low))
    yield from _of_own_whole(view)
    for members in groups.values():
        able = [(rank, low) for row, rank, low in members if _is_whole(row)]
        wholes = {rank: min(low for other, low in able if other == rank) for rank, _ in able}
        for row, rank, low in members:
            exceeded = [other for other, least in wholes.items() if other > rank and least < low]
            if exceeded:
                whole = next(
                    r for r, k, least in members if k in exceeded and least == wholes[k] and _is_whole(r)
                )
                yield _conflict(row, whole)
                break


def _is_whole(row: Row) -> bool:
    """Is the region of a row one that the others are known to lie in: the issuing body's own (全市), or the place that the
    body bears in its name? Two places by name need not contain each other."""
    region = region_of(row.name) or ""
    goal = row.table.goal
    return region[:1] in "全本我辖" or any(region in (body or "") for body in (goal.unit, goal.department))


def _of_own_whole(view: DocumentView) -> Iterator[Violation]:
    """Parts that the ranks of places do not know (村, 社区, 年级) against the whole of the issuing body (全乡, 全校) for the
    same thing."""
    wholes: dict[tuple[str, int | None], Row] = {}
    rows = [row for row in _rows(view) if not contains_any(row.name, "regions.no_sums")]
    for row in rows:
        whole = _whole().match(row.name)
        if whole and _low(row) is not None:
            wholes.setdefault((row.name[whole.end() :], row.table.year), row)
    for row in rows if wholes else ():
        part = _part().match(row.name)
        whole_row = wholes.get((part["rest"], row.table.year)) if part else None
        if part is None or whole_row is None or whole_row is row:
            continue
        low, all_of_it = _low(row), _low(whole_row)
        if low is not None and all_of_it is not None and low > all_of_it and _same_unit(row, whole_row):
            yield _conflict(row, whole_row)


@cache
def _whole() -> re.Pattern[str]:
    return compiled(f"全(?:{pattern_of(words('regions.places') | words('regions.bodies'))})")


@cache
def _part() -> re.Pattern[str]:
    """A smaller unit, or the body itself (本校), in front of what is counted; the units that have a rank of their own are
    compared by it."""
    parts = pattern_of(words("regions.parts"))
    own = pattern_of(words("regions.bodies"))
    return compiled(
        rf"(?:[本我](?:{own})|(?!全|本|我|各|每)[\u4e00-\u9fff]{{1,6}}?(?:{parts}))(?P<rest>.+)$"
    )


def _same_unit(row: Row, other: Row) -> bool:
    one, two = row.values[0].quantity, other.values[0].quantity
    return one is not None and two is not None and one.unit == two.unit


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


def _conflict(part: Row, whole: Row) -> Violation:
    first, other = sorted((part, whole), key=lambda row: (row.table.index, row.index))
    return Violation(
        row=first,
        field=first.values[0].field,
        span=first.values[0].span,
        args={
            "part": part.name,
            "low": part.values[0].text,
            "whole": whole.name,
            "high": whole.values[0].text,
        },
        related=[
            (
                "region",
                {"project": other.table.title, "other": other.values[0].text},
                other.place(other.values[0].field),
            )
        ],
        evidence={"expression": f"{part.values[0].text} > {whole.values[0].text}"},
    )
