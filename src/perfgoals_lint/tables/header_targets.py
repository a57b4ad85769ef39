"""Of several columns of values under one name (前年, 上年, 本年; 一季度 … 全年; one a town) which one is the target."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from perfgoals_lint.model import Indicator
from perfgoals_lint.rulebook.labels import time_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import is_nothing
from perfgoals_lint.tables.header_columns import OF_THE_YEAR, UNKNOWN, Column
from perfgoals_lint.tables.headings import column_role
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.words import changed, is_planned, is_taken_back, is_total, is_unchanged

_YEAR = compiled(r"(?:19|20)\d\d")
_FIGURE_END = compiled(r"[值数]$")
_TIMED = compiled(r"[（(]|年|期")


def one_target(columns: list[Column]) -> tuple[list[Column], list[str]]:
    """The columns, those of values under one name without a target among them as columns of their own, and the names of such
    columns where no other is the target."""
    told = columns = _as_changed(columns)
    doubtful: list[str] = []
    for group in _groups(columns):
        if (target := _target(group)) is None:
            told = [replace(c, role=UNKNOWN) if c in group else c for c in told]
            doubtful += [column.box.key for column in group]
        else:
            told = [replace(c, role=UNKNOWN) if c in group and c is not target else c for c in told]
    known = any(column.role in VALUES and not column.part for column in told)
    return told, [] if known else doubtful


def _as_changed(columns: list[Column]) -> list[Column]:
    """The columns; where none holds values, what they were changed to beside what they were before is the year's (调整后, 调整前)."""
    before, after = (
        [c for c in columns if c.role in (UNKNOWN, "aside") and re.fullmatch(changed(state), c.box.key)]
        for state in ("前", "后")
    )
    if any(c.role in VALUES for c in columns) or not len(before) == len(after) == 1:
        return columns
    return [replace(c, role="annual_value") if c is after[0] else c for c in columns]


def of_year(columns: list[Column], year: int | None) -> list[Column]:
    """The columns, told by the budget's year where they name years: that of the year holds the annual value; the sum of all, else
    the one later year, that of the whole period. Without a column of the year nothing is known of the others; beside a sum,
    the first year is the budget's where none is known."""
    years = {id(c): int(found[0]) for c in columns if (found := _YEAR.search(c.box.key))}
    past = [c for c in columns if c.role == "actual_value" and years.get(id(c), year or 0) < (year or 0)]
    columns = [replace(c, role="last_year_value") if c in past else c for c in columns]
    dated = {id(c): years[id(c)] for c in columns if id(c) in years and _may_hold_values(c)}
    sums = [c for c in columns if _may_be_kept(c) and id(c) not in dated and is_total(c.box.key)]
    year = min(dated.values(), default=None) if year is None and sums else year
    open_ = [c for c in columns if _may_be_kept(c) and _is_value(c.box.key) and id(c) not in dated]
    own = [c for c in columns if dated.get(id(c)) == year] or (open_ if len(open_) == 1 else [])
    if year is None or not dated or len(own) != 1:
        return columns
    roles = dict.fromkeys([*dated, *map(id, open_)], UNKNOWN) | {id(own[0]): "annual_value"}
    if all(c.role != "cycle_value" or id(c) in roles for c in columns):
        later = [c for c in columns if dated.get(id(c), 0) > year]
        whole = next((found for found in (sums, later) if len(found) == 1 and found != own), [])
        roles |= {id(c): "cycle_value" for c in whole}
    return [replace(c, role=roles.get(id(c), c.role)) for c in columns]


def _may_be_kept(column: Column) -> bool:
    return not column.part and column.role in (UNKNOWN, "annual_value")


def _may_hold_values(column: Column) -> bool:
    """Does the name of a column say a time, or that of a value, and no more?"""
    key = column.box.key
    return _may_be_kept(column) and (_is_value(key) or time_of(key) == "annual")


def settle_blocks(columns: Sequence[Column], indicators: Sequence[Indicator]) -> None:
    """Take the values of a form that names no period for those of the year, where names and values are printed twice side by side for
    no other reason than to save rows: the columns say no time, and no name stands on both sides."""
    names = [c.box.key for c in columns if c.role == "level3" or (c.role in VALUES and not c.part)]
    timed = any(time_of(_FIGURE_END.sub("", name)) or _TIMED.search(name) for name in names)
    if (
        timed
        or not any(c.block for c in columns)
        or any(i.cycle_value and i.annual_value for i in indicators)
    ):
        return
    for row in indicators:
        row.annual_value, row.cycle_value = row.annual_value or row.cycle_value, None
        row.locations = {
            k.replace("cycle_value", "annual_value"): place for k, place in row.locations.items()
        }


def as_changed(columns: Sequence[Column], rows: Sequence[Indicator]) -> list[Indicator]:
    """The indicators where columns say what values were and what they were changed to: what stays as it was (不变, blank) has the
    value before, and what is taken back (删除) is none of the year's."""
    after = [c for c in columns if c.role in VALUES and re.search(changed("后"), c.box.key)]
    if len(after) != 1:
        return list(rows)
    role = after[0].role
    for row in rows:
        value = getattr(row, role)
        before = [label for label in row.columns if _before().search(label)]
        if len(before) == 1 and (value is None or is_unchanged(value)):
            setattr(row, role, row.columns[before[0]])
            row.columns |= {after[0].box.key: value} if value else {}
            row.locations[role] = row.places[before[0]]
            row.blank.pop(role, None)
        elif before and is_nothing(value or ""):
            row.unknown.append(role)  # a dash may say either
    return [row for row in rows if not is_taken_back(getattr(row, role) or "")]


@cache
def _before() -> re.Pattern[str]:
    return compiled(f"^原|{changed('前')}")


def _groups(columns: Sequence[Column]) -> list[list[Column]]:
    """The columns of one value that stand under one name, where there are several."""
    groups: dict[tuple[int, str], list[Column]] = {}
    for column in columns:
        if column.over is not None and column.role in VALUES and not column.part:
            groups.setdefault((id(column.over), column.role), []).append(column)
    return [group for group in groups.values() if len(group) > 1 and not _is_split(group)]


def _is_split(group: Sequence[Column]) -> bool:
    """Are the columns the pieces of one value (数值, 单位), or years, which are told apart later?"""
    keys = [column.box.key for column in group]
    return all(_YEAR.search(key) or time_of(key) == "cycle" for key in keys) and not any(
        map(is_planned, keys)
    )


def _target(group: Sequence[Column]) -> Column | None:
    """The one column that is named as a sum, else as planned, else as the year's, else as a value and nothing more."""
    keys = {id(column): column.box.key for column in group}
    for fits in (is_total, is_planned, _is_of_year, _is_value):
        likely = [column for column in group if fits(keys[id(column)])]
        if len(likely) == 1:
            return likely[0]
    return None


def _is_of_year(key: str) -> bool:
    return time_of(key) == "annual" or OF_THE_YEAR.search(key) is not None


def _is_value(key: str) -> bool:
    return column_role(key) in VALUES
