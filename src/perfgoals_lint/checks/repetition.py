"""The same indicator in several projects, or the same effect in several classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.checks.regions import has_region
from perfgoals_lint.hits import Hit
from perfgoals_lint.labels import squeeze
from perfgoals_lint.policy import lexicon
from perfgoals_lint.similarity import similarity, sister_key
from perfgoals_lint.wording import contains_any

if TYPE_CHECKING:
    from perfgoals_lint.model import Location
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.view import DocumentView, Row, Table

_WORDS = frozenset({"judgement", "statement", "name", "choice"})
_TIME = frozenset(lexicon("relevance")["time_units"])
_RATES = frozenset({"%", "‰", "‱", "百分点", "分"})


def macro_indicator_repeated(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGR216: a figure of a whole region is not the target of several projects."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in _filled(view):
        # Words that many projects repeat are PGK622's.
        if has_region(row.name) and all(value.kind not in _WORDS for value in row.values):
            key = (squeeze(row.name), *(squeeze(value.text) for value in row.values))
            groups.setdefault(key, []).append(row)
    for rows in groups.values():
        if len({row.table.index for row in rows}) >= int(rule.parameters["projects"]):
            yield _grouped(rows)


def same_outcome_claimed_twice(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGR217: two projects of one unit do not claim the same absolute effect."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in _filled(view):
        if row.class1 != "benefit" or row.class2 == "service" or not row.values:
            continue
        bound = row.values[0].quantity
        # That nothing bad happens may be every project's target.
        if bound is None or bound.value == 0 or bound.unit in _RATES | _TIME or not _is_effect(row):
            continue
        figures = (bound.op, bound.value, bound.low, bound.high, bound.unit)
        groups.setdefault((row.table.goal.unit, squeeze(row.name), *figures), []).append(row)
    for rows in groups.values():
        if len({_family(row.table) for row in rows}) > 1:
            yield _grouped(rows)


def _filled(view: DocumentView) -> Iterator[Row]:
    return (row for table in view.tables if not table.withheld for row in table.filled_rows)


def _family(table: Table) -> str | int:
    """What sister projects share; another project's own number."""
    key = sister_key(table.title)
    return table.index if key is None else key


def _is_effect(row: Row) -> bool:
    return not contains_any(row.name, "management") and "满意" not in row.name


def _grouped(rows: list[Row]) -> Hit:
    first, *others = rows
    field = first.values[0].field
    projects = list(dict.fromkeys(row.table.title for row in rows))
    related: list[tuple[str, dict[str, object], Location]] = [
        ("same", {"project": row.table.title}, row.place(row.values[0].field)) for row in others
    ]
    return Hit(
        row=first, field=field, args={"count": str(len(projects)), "projects": projects[:5]}, related=related
    )


# --- inside one project -------------------------------------------------------------------------------------------


def near_duplicate_effect(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGR219: one effect is not entered in several classes of benefit."""
    rows = [row for row in table.filled_rows if row.class1 == "benefit" and row.class2 and not row.has_number]
    # A table with more rows of words than this says the same many times over; the first ones show it.
    rows = rows[: int(rule.parameters["rows"])]
    least = float(rule.parameters["similarity"])
    alike: dict[int, Row] = {}
    for index, row in enumerate(rows):
        for other in rows[index + 1 :]:
            if row.class2 != other.class2 and _same_effect(row.name, other.name, least):
                alike[row.index], alike[other.index] = row, other
    if alike:
        first, *others = (alike[index] for index in sorted(alike))
        yield Hit(
            row=first,
            field="level3",
            args={"names": _distinct(row.name for row in (first, *others)), "count": str(len(alike))},
            related=[("same", {"name": row.name}, row.place("level3")) for row in others],
        )


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _same_effect(name: str, other: str, least: float) -> bool:
    return similarity(name, other) >= least and not _are_opposite(name, other)


def _are_opposite(name: str, other: str) -> bool:
    for one, two in lexicon("antonyms")["pairs"]:
        for here, there in ((name, other), (other, name)):
            if one in here and two in there and one not in there and two not in here:
                return True
    return False
