"""The columns of a header: one a lowest name, with its role, a part of a value tied to the value that it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from perfgoals_lint.rulebook.labels import time_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.amounts import money_factor
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.header_pairs import PARTS, is_over, pairs_of
from perfgoals_lint.tables.headings import (
    AMOUNTS,
    BESIDE,
    CLASS,
    LEVELS,
    SOURCE,
    box_field,
    classes_of,
    column_role,
    counts_things,
    heads_class,
    is_class,
    is_composed,
    is_money,
    is_name,
    list_field,
)
from perfgoals_lint.tables.roles import STANDARD, VALUES, standard_role
from perfgoals_lint.tables.sources import NAMED, NAMED_SOURCES, OF_SPENDING
from perfgoals_lint.tables.words import is_settled, is_sum, is_total

UNKNOWN = ""
_MONEY = "资金"
GOALS = {"annual_goal": "annual_value", "cycle_goal": "cycle_value", "overall_goal": "annual_value"}
"""What 年度目标 and 三年目标 head where they are columns of an indicator table."""
_OF_TIME = {"cycle": "cycle_value", "annual": "annual_value"}
_OF_A_YEAR = compiled(r"年度|当年|本年|\d{4}年")
OF_THE_YEAR = compiled(r"当年|本年|本次|年度|预期")
_FEWEST_COUNTED = 3
"""Columns that count things; fewer are measures of a project."""
_IN_BRACKETS = compiled(r"[（(]([^（()）]+)[)）]$")


@dataclass(slots=True)
class Column:
    """One column: its ``role`` (a name of ``fields.yaml``), its extent, its header box.

    ``part`` is ``operator``, ``direction`` or ``unit`` where the column holds only that part of the value ``role``. ``block`` counts
    the blocks of a form that prints the names twice, for the period and for the year.
    """

    role: str
    box: Box
    left: int
    right: int
    part: str | None = None
    block: int = 0
    factor: int | None = None
    """The money unit, in 元, that its name or one over it prints."""
    over: Box | None = None
    """The name of values that stands over its own."""


def lay_columns(boxes: list[Box], below: list[Box], is_list: bool, row: GridRow) -> list[Column]:
    """One column a leaf of the header; where merged cells are lost, a name reaches to the next one."""
    merged = any(box.right > box.left + 1 or box.bottom > box.top + 1 for box in row.boxes)
    end = max(box.right for box in (*row.boxes, *below))
    alone = not any(column_role(box.key) == "level2" for box in boxes)
    pairs = pairs_of(boxes, below) if is_list else {}
    counted = are_counted([box.key for box in (*boxes, *below)])
    columns: list[Column] = []
    for number, box in enumerate(boxes):
        after = boxes[number + 1].left if number + 1 < len(boxes) else (box.right if merged else end)
        right = max(box.right, after)
        under = [child for child in below if box.left <= child.left < right]
        if not merged:
            under = _widened(under, right)
        leaves = [leaf for leaf in under if not any(is_over(leaf, other) for other in under)]
        if paired := [leaf for leaf in leaves or [box] if id(leaf) in pairs]:
            columns += [Column(pairs[id(leaf)], leaf, leaf.left, leaf.right) for leaf in paired]
        elif is_list and (classes := _of_classes(box, right, leaves, under, counted)):
            columns += classes
        elif leaves:
            role = _role(box, is_list)
            chains = ([*(other for other in under if is_over(other, leaf)), leaf] for leaf in leaves)
            columns += [_leaf(chain[-1], [box, *chain], role, is_list) for chain in chains]
        else:
            columns += _without_leaves(box, right, is_list, alone)
    return _with_values(_with_sources(columns) if is_list else columns)


def are_counted(keys: Sequence[str]) -> bool:
    """Do the names of a list's columns stand for indicators themselves: several that count things, and none for classes, goals or
    the indicators of a project?"""
    told = (
        heads_class(key) or column_role(key) in LEVELS or box_field(key) in (*GOALS, *BESIDE) for key in keys
    )
    return sum(map(counts_things, keys)) >= _FEWEST_COUNTED and not any(told)


def _of_classes(box: Box, right: int, leaves: list[Box], under: list[Box], counted: bool) -> list[Column]:
    """The columns of indicators that a name of a list's header has: one for each class below it, else its own where it is a class,
    two joined, or where names are ``counted`` and it is such a one. No columns for any other name."""
    if not leaves and counted and counts_things(box.key):
        return [Column(f"{CLASS}:::{box.key}", box, box.left, right)]
    if not leaves and (both := classes_of(box.key)) is not None:
        return [Column(f"{CLASS}:{both[0]}:{both[1]}", box, box.left, right)]
    if not leaves and is_composed(box.key):
        return [Column(f"{CLASS}::{box.key}", box, box.left, right)]
    if not is_class(box.key) and not (leaves and all(is_class(leaf.key) for leaf in leaves)):
        return []
    classes = [leaf for leaf in leaves if is_class(leaf.key) or not is_name(leaf.key)] or [box]
    ends = (max(leaf.right, right if leaf is box else 0) for leaf in classes)
    return [
        Column(_class_role(box, leaf, under), leaf, leaf.left, end)
        for leaf, end in zip(classes, ends, strict=True)
    ]


def _without_leaves(box: Box, right: int, is_list: bool, alone: bool) -> list[Column]:
    """The column of a name with nothing below it; one name over the columns of both levels where it stands ``alone``."""
    role = _role(box, is_list)
    if role == "level1" and box.right == box.left + 2 and alone:
        middle = box.left + 1
        return [Column("level1", box, box.left, middle), Column("level2", box, middle, right)]
    return [Column(role or UNKNOWN, box, box.left, right, factor=money_factor(box.text))]


def _widened(under: list[Box], end: int) -> list[Box]:
    """The names below one where merged cells are lost: one that has another right below it reaches to the next of its row."""
    told = []
    for box in under:
        over = any(other.left == box.left and other.top > box.top for other in under)
        after = min((b.left for b in under if b.top == box.top and b.left > box.left), default=end)
        told.append(box.reaching(after) if over and after > box.right else box)
    return told


def _with_values(columns: list[Column]) -> list[Column]:
    """Where no column is named for values, a goal's name behind the names of the indicators heads them."""
    names = [column.left for column in columns if column.role == "level3"]
    if not names or any(column.role in VALUES for column in columns):
        return columns
    return [replace(c, role=GOALS[c.role]) if c.role in GOALS and c.left > names[0] else c for c in columns]


def _class_role(first: Box, leaf: Box, under: Sequence[Box]) -> str:
    """The role of a list's column below a class, or below 绩效指标 and a class: that of a class, or that of the one indicator that
    its lowest name is."""
    classes = [box for box in (first, *under) if is_class(box.key) and (box is first or is_over(box, leaf))]
    if is_class(leaf.key):
        return f"{CLASS}:{(classes or [leaf])[0].key}:{leaf.key}"
    return f"{CLASS}:{classes[0].key}:{classes[-1].key}:{leaf.key}"


def _role(box: Box, is_list: bool) -> str | None:
    name = list_field(box.key) if is_list else None
    # An amount without a column of its own keeps the name that is printed.
    name = None if name and name.startswith(NAMED) else name
    role = name if name == "project_name" else column_role(box.key) or name
    if not is_list and role is None:
        field = box_field(box.key)
        role = GOALS.get(field or "") or ("level3" if field in BESIDE else None)
    if not is_list and role is None and (time := time_of(box.key)):
        role = _OF_TIME[time]
    # In a list the running number counts projects.
    return None if is_list and role == "number" else role


def _leaf(leaf: Box, chain: list[Box], role: str | None, is_list: bool) -> Column:
    """The column of the lowest name: an operator, unit or 指标值 below 实施周期指标值 is a part of that value. ``chain`` are the
    names over it from the top, and its own."""
    part = None
    for box in chain[1:]:
        own = _role(box, is_list) or ("budget" if is_list and is_sum(box.key) else None)
        time = time_of(box.key)
        if time and (role in VALUES or role is None):
            own = role = _OF_TIME[time]
        elif own in GOALS and role in VALUES:
            own = GOALS[own]
        if role in VALUES and own in PARTS:
            part = PARTS[own]
        elif own and not (role in VALUES and own == "annual_value") and not (time and role):
            role = own  # A year under 前三年实际值 says which one, not that its value is a target.
    units = (money_factor(box.text) for box in reversed(chain))
    return Column(
        role or UNKNOWN,
        leaf,
        leaf.left,
        leaf.right,
        part,
        factor=next((unit for unit in units if unit), None),
        over=chain[-2],
    )


def _with_sources(columns: list[Column]) -> list[Column]:
    """In a list, an unknown name among the amounts is a source of funds of its own, and so is that of one below a name of amounts;
    those of several kinds of spending are such kinds."""
    kinds = [(c, name) for c in columns if (name := box_field(c.box.key) or "").startswith(OF_SPENDING)]
    for column, name in kinds if len(kinds) > 1 else ():
        column.role = name
    for column in columns:
        key = column.box.key
        own = (box_field(key) or (column.over and box_field(key + _MONEY)) or "").startswith(NAMED_SOURCES)
        if own and column.role in ("budget", "aside"):
            column.role = SOURCE + column.box.key
    for column in columns:
        sums = [c for c in columns if c.over is column.over is not None and is_sum(c.box.key)]
        if column.role == "budget" and len(sums) == 1 and not is_name(column.box.key) and column not in sums:
            column.role = SOURCE + column.box.key
    split = [column for column in columns if _is_part_of_source(column, columns)]
    for column in split:
        column.role = SOURCE + column.box.key
    named = [c for c in columns if c.role == UNKNOWN and is_money(box_field(c.box.key) or "")]
    if all(c.role not in AMOUNTS and not c.role.startswith(SOURCE) for c in columns):
        # 申请专项债券额度 beside what the whole costs, or that where no other amount and no period is printed.
        timed = any(c.role in ("period", "period_start") for c in columns)
        named = named or [c for c in columns if c.role == "investment" and not timed]
        for column in named if len(named) == 1 else ():
            column.role = "budget"
    money = [index for index, column in enumerate(columns) if column.role in AMOUNTS]
    for index, column in enumerate(columns):
        if (
            column.role != UNKNOWN
            or counts_things(column.box.key)
            or any(column is kind for kind, _ in kinds)
        ):
            continue
        several = column.over is not None and sum(c.over is column.over for c in columns) > 1
        if money and money[0] < index <= money[-1] + (not several):  # one of 一季度 … 四季度 is no source
            column.role = SOURCE + column.box.key
        elif index + 1 in money[:1] and all(c.role != "budget" for c in columns):
            column.role = "budget"
    return columns


def _is_part_of_source(column: Column, columns: Sequence[Column]) -> bool:
    """Is a column one of several of one source that stand below its name without their sum (本级 | 上级 below 一般公共预算)?"""
    parts = [c for c in columns if c.over is column.over is not None and c.role == column.role]
    sums = any(is_sum(c.box.key) or c.role == "budget" for c in parts)
    return column.role in AMOUNTS and len(parts) > 1 and not sums


def bind(columns: list[Column]) -> list[Column]:
    """Tie each operator column to the value to its right and each unit column to the value to its left, and count
    the blocks of a header that names 三级指标 twice."""
    if has_blocks(columns):
        _split_blocks(columns)
    columns = one_a_role(_with_standard(columns))
    values = [column for column in columns if column.role in VALUES and not column.part]
    bound = []
    for column in columns:
        part = PARTS.get(column.role)
        if part is None:
            bound.append(column)
            continue
        shared = sum(PARTS.get(other.role) == part for other in columns) == 1
        near = [v for v in values if (v.left > column.left) == (part != "unit")]
        targets = values if shared else (near[-1:] if part == "unit" else near[:1])
        bound += [Column(v.role, column.box, column.left, column.right, part, v.block) for v in targets]
    return bound


def has_blocks(columns: Sequence[Column]) -> bool:
    """Are the names of the indicators printed twice, for the period and for the year?"""
    names = [_without_time(column.box.key) for column in columns if column.role == "level3"]
    return len(set(names)) < len(names)


def _without_time(key: str) -> str:
    """A name without the time in brackets behind it (三级指标（长期）)."""
    match = _IN_BRACKETS.search(key)
    return key[: match.start()] if match and time_of(match[1]) else key


def _with_standard(columns: list[Column]) -> list[Column]:
    """The columns with what a column 绩效标准 holds beside the others; without it where that is known."""
    role = standard_role([column.role for column in columns])
    return [
        replace(column, role=role or "") if column.role == STANDARD else column
        for column in columns
        if role or column.role != STANDARD
    ]


def one_a_role(columns: list[Column]) -> list[Column]:
    """A second name column is the description (指标内容 beside 三级指标); of several columns for one value the one named
    for the year counts, else the first."""
    kept: list[Column] = []
    roles = {column.role for column in columns}
    targets = _targets(columns)
    named = next((c.left for c in columns if c.role == "level3"), None)
    for column in columns:
        key = (column.role, column.part, column.block)
        same = [other for other in kept if (other.role, other.part, other.block) == key]
        target = targets.get(key, column)
        if target is not column:
            lower = _rank(column.box.key) < _rank(target.box.key)
            kept.append(replace(column, role=_displaced(column, roles) if lower else UNKNOWN))
        elif key in targets or not same:
            kept.append(column)
        elif column.role == "level3" and "description" not in roles and column_role(column.box.key):
            kept.append(replace(column, role="description"))
            roles.add("description")
        elif column.role == "weight":
            # The points of an indicator stand behind its name, those of its class behind the class.
            upper = named is not None and same[0].left < named < column.left
            if upper:
                kept[kept.index(same[0])] = replace(same[0], role=UNKNOWN)
            kept.append(column if upper else replace(column, role=UNKNOWN))
        else:
            kept.append(replace(column, role=UNKNOWN) if column.role in (*LEVELS, *VALUES) else column)
    return kept


def _targets(columns: Sequence[Column]) -> dict[tuple[str, str | None, int], Column]:
    """The column that is the target, of those of one value: the year's, else what was decided, else the sum of the others."""
    targets: dict[tuple[str, str | None, int], Column] = {}
    for column in columns:
        key = (column.role, column.part, column.block)
        if column.role in VALUES and not column.part:
            known = targets.setdefault(key, column)
            if known is not column and _rank(column.box.key) > _rank(known.box.key):
                targets[key] = column
    return targets


def _displaced(column: Column, roles: set[str]) -> str:
    """What a column of values beside that of the year holds: the value of the whole period where its name says so."""
    if not is_of_the_whole(column.box.key) or "cycle_value" in roles:
        return UNKNOWN
    roles.add("cycle_value")
    return "cycle_value"


def is_of_the_whole(key: str) -> bool:
    """Does a name say that it is of the whole, not of the year?"""
    return any(word in key for word in framework_data("fields")["grammar"]["words"]["whole"])


def _rank(key: str) -> tuple[bool, ...]:
    return bool(OF_THE_YEAR.search(key)), is_settled(key), not is_of_the_whole(key), is_total(key)


def _split_blocks(columns: list[Column]) -> None:
    """Period on the left, year on the right: a second 三级指标 begins a second block of names and values."""
    block = 0
    seen: set[str] = set()
    for column in columns:
        if column.role in seen and column.role in {"level2", "level3"}:
            block += 1
            seen.clear()
        seen.add(column.role)
        column.block = block
    for column in columns:
        if column.block == 0 and column.role == "annual_value":
            column.role = "cycle_value"


def of_the_period(columns: list[Column]) -> list[Column]:
    """The columns of a table beside 长期绩效指标: what reads like the year's value is that of the period."""
    return [replace(c, role="cycle_value") if c.role == "annual_value" else c for c in columns]


def is_wider(label: str, other: str) -> bool:
    """Is a goal's label one of no time, beside one of the year?"""
    return bool(_OF_A_YEAR.search(other)) and not _OF_A_YEAR.search(label)
