"""The columns of a list of projects: which of them have the fields of a project, and which those of its indicators."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from perfgoals_lint.rulebook.labels import time_of
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.cells import GridRow
from perfgoals_lint.tables.entries import OF_THE_WHOLE
from perfgoals_lint.tables.header_columns import UNKNOWN, Column, is_wider
from perfgoals_lint.tables.headings import AMOUNTS, BESIDE, LEVELS, list_field
from perfgoals_lint.tables.sources import is_part

_NAME = "名称"
_RANKS = 2
_PART = "子"
"""What the name of a part of a project is told by."""
_TIMES = frozenset({"period", "period_start", "period_end"})


def of_projects(columns: list[Column]) -> list[Column]:
    """The columns of a list: 单位 in front of the indicators is the unit that has the project, not that of a value, and a
    time behind them (完成时限) is that of an indicator, not of the project."""
    lefts = [column.left for column in columns if column.role in LEVELS]
    first, last = min(lefts, default=None), max(lefts, default=None)
    told = []
    for column in columns:
        if column.role == "value_unit" and (first is None or column.left < first):
            column = replace(column, role="unit")
        elif column.role in _TIMES and last is not None and column.left > last:
            column = replace(column, role=UNKNOWN)
        told.append(column)
    return told


def of_inner(columns: list[Column], rows: Iterable[GridRow]) -> list[Column]:
    """The columns of a list with names of two ranks: the projects are those of the inner ones (子项目名称) where one outer name stands
    over several of them, and the classes of indicators, as the ``rows`` below print them, begin anew with each. The amounts in
    each of their first rows are theirs; one that stands fewer times, or with the outer name again and again, is the outer project's."""
    named = [c for c in columns if list_field(c.box.key) in ("project_name", "programme")]
    level = next((c.left for c in columns if c.role == "level1"), 0)
    if len(named) != _RANKS or named[1].left > level or [_PART in c.box.key for c in named] != [False, True]:
        return columns
    outer, inner = (c.left for c in named)
    above, now, begun = "", ("", ""), list[tuple[tuple[str, str], str, dict[int, str]]]()
    for row in rows:
        own = {box.left: box.key for box in row.filled if box.top == row.index}
        names = own.get(outer, now[0]), own.get(inner, now[1])
        if names != now and inner in own:
            begun.append((names, above, own))
            now = names
        above = own.get(level, above)
    firsts = [own.get(level) for _, _, own in begun]
    anew = len({*firsts}) == 1 and all(
        first != last for first, (_, last, _) in zip(firsts, begun, strict=True)
    )
    if not anew or len({names for names, *_ in begun}) == len({names[0] for names, *_ in begun}):
        return columns
    roles = {id(named[0]): UNKNOWN, id(named[1]): "project_name"}
    stem = named[1].box.key.removesuffix(_NAME)
    first = [own for names, _, own in begun if names[0] == begun[0][0][0]]
    for column in columns:
        printed = [own.get(column.left) for own in first]
        again = len({*printed}) == 1 and all(outer in own for own in first)
        if column.box.key.startswith(stem):
            of_part = column.role == UNKNOWN and list_field(column.box.key.removeprefix(stem)) == "budget"
            roles |= {id(column): "budget"} if of_part else {}
        elif column.role in AMOUNTS and (again or not all(printed)):
            roles[id(column)] = UNKNOWN
    return [replace(c, role=roles.get(id(c), c.role)) for c in columns]


def one_a_field(columns: list[Column]) -> list[Column]:
    """Of several columns of one field of a project the standard one has it, else the first; the others are kept under their
    names. 总体目标 beside 年度目标 is the goal of the whole period."""
    for role, (of_whole, wider) in _OF_WHOLE.items():
        same = [c for c in columns if c.role == role]
        wide = [c for c in same if any(wider(c.box.key, other.box.key) for other in same)][:1]
        if wide and all(c.role != of_whole for c in columns):
            columns = [replace(c, role=of_whole) if c in wide else c for c in columns]
    first: dict[str, Column] = {}
    owner, others = _levels_of(columns)
    columns = [
        replace(c, role=UNKNOWN) if c.role in AMOUNTS and c.box.key.startswith(others) else c for c in columns
    ]
    if all(c.role != "budget" for c in columns):
        # 项目总金额 beside 子项目金额 is what the project has, and so is what parts stand behind (总预算, 其中：财政拨款).
        whole = [
            c
            for c, after in zip(columns, [*columns[1:], None], strict=True)
            if c.role in OF_THE_WHOLE
            and (
                (owner and c.box.key.startswith(owner))
                or (after and after.role in AMOUNTS and is_part(after.box.key))
            )
        ]
        columns = [replace(c, role="budget") if whole == [c] else c for c in columns]
    for column in columns:
        names = _fields_of_one().get(column.role)
        own = owner and column.role in AMOUNTS and column.box.key.startswith(owner)
        if names and (column.role not in first or column.box.key == names[0] or own):
            first[column.role] = column
    return [c if first.get(c.role, c) is c else replace(c, role=UNKNOWN) for c in columns]


def _levels_of(columns: Sequence[Column]) -> tuple[str, tuple[str, ...]]:
    """How the name of the projects begins (二级项目) where others stand beside them, above or below, and how theirs do."""
    named = [c for c in columns if list_field(c.box.key) in ("project_name", "programme")]
    own = next((c.box.key for c in named if c.role == "project_name" and c.box.key.endswith(_NAME)), "")
    if len(named) < 2 or not own:
        return "", ()
    own, others = own.removesuffix(_NAME), (c.box.key.removesuffix(_NAME) for c in named if c.role)
    return own, tuple(stem for stem in others if not own.startswith(stem))


def _is_of_period(key: str, other: str) -> bool:
    """Is the head of an amount nothing but the whole period, beside one of the year?"""
    return (time_of(key), time_of(other)) == ("cycle", "annual")


_OF_WHOLE = {"annual_goal": ("cycle_goal", is_wider), "budget": ("cycle_budget", _is_of_period)}
"""What of several columns of one field that of the whole period holds, and which it is."""


@cache
def _fields_of_one() -> dict[str, list[str]]:
    """The fields that a project has one of, with their names, the standard one first."""
    fields: dict[str, list[str]] = framework_data("fields")["fields"]
    return {field: names for field, names in fields.items() if field not in (*BESIDE, "tasks")}
