"""The header of an indicator table or of a project list: which column holds what, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from perfgoals_lint.model import Grid
from perfgoals_lint.rulebook.labels import column_of, field_of, is_level1, is_level2, time_of
from perfgoals_lint.tables.cells import Box, Row
from perfgoals_lint.tables.roles import STANDARD, VALUES, standard_role
from perfgoals_lint.tables.sources import NAMED_SOURCES, printed_name
from perfgoals_lint.tables.words import is_sum

LEVELS = ("level1", "level2", "level3")
AMOUNTS = frozenset({"budget", "fiscal", "special_account", "other_funds"})
CLASS = "class"
"""The role, followed by the class labels, of a column that holds the indicators of a class."""
SOURCE = "source:"
"""In front of the header of a source of funds that the forms do not know."""
BESIDE = frozenset({"indicators", "cycle_indicators"})
"""Fields whose label stands beside an indicator table, in the row of its header."""
_UNKNOWN = ""
_LONGEST_NAME = 40
_MOST_COLUMNS = 100
_DEEPEST = 4
_PARTS = {"operator": "operator", "value_unit": "unit"}
_GOALS = {"annual_goal": "annual_value", "cycle_goal": "cycle_value", "overall_goal": "annual_value"}
"""What 年度目标 and 三年目标 head where they are columns of an indicator table."""
_OF_TIME = {"cycle": "cycle_value", "annual": "annual_value"}
_SIGN = re.compile(r"[≥≤≧≦＞＜>=<＝~～]{1,2}|(?:不|大于|小于|等于|高于|低于|至少|超过).{0,4}")
_DIRECTION = re.compile(r"(?:正|反|逆|负)向(?:指标)?")
_KINDS = re.compile(r"定[量性](?:指标)?")
_LOOKED_AT = 40
"""Rows below a header that say what a column holds."""
_OF_THE_YEAR = re.compile(r"当年|本年|年度|预期")
_YEAR = re.compile(r"^(?:19|20)\d\d年?度?$")
_BRACKET_END = re.compile(r"[（(][^（）()]*[)）]$")
_TOTAL = re.compile(r"合计|总计|全年|小计")
_PROJECT = "项目"
"""The name of a list's column of projects where it is that short."""
_MIN_KNOWN = 0.6
"""The share of a header's cells whose names must be known."""


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


@dataclass(slots=True)
class Header:
    """The columns of a table; ``rows`` is how many rows the header takes, ``is_list`` that each project is a row."""

    columns: list[Column]
    grid: Grid
    rows: int
    is_list: bool
    roles: frozenset[str] = field(init=False)
    blocks: int = field(init=False)
    """How many times the indicator names are printed side by side."""
    _at: dict[tuple[int, int], list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.roles = frozenset(column.role for column in self.columns)
        self.blocks = 1 + max((column.block for column in self.columns), default=0)

    def place(self, row: Row) -> dict[int, list[Box]]:
        """The boxes of a row by column (index into ``columns``); a box over several columns counts for the first,
        and for every value column under it."""
        same = row.grid is self.grid
        placed: dict[int, list[Box]] = {}
        for box in row.boxes:
            by_index = same or box.bbox is None
            hits = self._at.get((box.left, box.right)) if by_index else None
            if hits is None:
                over = [i for i, column in enumerate(self.columns) if _over(box, column, same)]
                hits = over[:1] + [i for i in over[1:] if _shares_value(self.columns, over[0], i)]
                if by_index:
                    self._at[box.left, box.right] = hits
            for index in hits:
                placed.setdefault(index, []).append(box)
        return placed


def _shares_value(columns: Sequence[Column], first: int, other: int) -> bool:
    one, two = columns[first], columns[other]
    return (
        one.role in VALUES and two.role in VALUES and one.role != two.role and not one.part and not two.part
    )


def _over(box: Box, column: Column, same_grid: bool) -> bool:
    """Does a box lie in a column? On another page its place on the paper decides, its index may have shifted."""
    other = column.box.bbox
    if same_grid or box.bbox is None or other is None:
        return box.left < column.right and column.left < box.right
    middle, column_middle = (box.bbox[0] + box.bbox[2]) / 2, (other[0] + other[2]) / 2
    return other[0] <= middle < other[2] or box.bbox[0] <= column_middle < box.bbox[2]


def box_field(key: str) -> str | None:
    """The field that a box or a list's column stands for; a bracket behind its name is passed over. A source of funds
    that the standard form does not have comes with its name: ``own_source:自有资金``."""
    return _field(key) if len(key) <= _LONGEST_NAME else None


def is_money(name: str) -> bool:
    """Is the field one whose value is an amount of the year?"""
    return name in AMOUNTS or (":" in name and name.startswith(NAMED_SOURCES))


def column_role(key: str) -> str | None:
    """The column that a header box stands for."""
    return _role_of(key) if len(key) <= _LONGEST_NAME else None


def is_name(key: str) -> bool:
    """Does the text name a box or a column?"""
    return len(key) <= _LONGEST_NAME and _names(key)


@lru_cache(4096)
def _names(key: str) -> bool:
    return bool(column_role(key) or box_field(key))


@lru_cache(4096)
def _field(key: str) -> str | None:
    key = printed_name(key)
    bare = _BRACKET_END.sub("", key)
    name = field_of(key) or field_of(bare)
    return f"{name}:{bare}" if name in NAMED_SOURCES else name


_role_of = lru_cache(4096)(column_of)


def find_header(rows: Sequence[Row], start: int) -> Header | None:
    """The header that begins at ``rows[start]``, or ``None``."""
    row = rows[start]
    if row.grid is None or not 2 <= len(row.filled) <= _MOST_COLUMNS:
        return None
    if sum(is_name(box.key) for box in row.filled) < 2:
        return None
    of_class = [is_level1(box.key) or is_level2(box.key) for box in row.filled]
    roles = [column_role(box.key) for box in row.filled]
    fields = [box_field(box.key) for box in row.filled]
    if "project_name" not in fields and len({*roles} & set(LEVELS)) > 1:
        fields = [
            "project_name" if box.key == _PROJECT else f for box, f in zip(row.filled, fields, strict=True)
        ]
    roles = [role or (CLASS if has else None) for role, has in zip(roles, of_class, strict=True)]
    is_list = _is_list(row, fields, roles)
    if not is_list and not _is_indicator_header(fields, roles):
        return None
    boxes = [box for box in row.filled if is_list or not _is_beside(box, row, roles)]
    more = _rows_under(rows, start, boxes, is_list) or _named_row(rows, start, boxes, is_list)
    below = [box for other in more for box in other.filled[:_MOST_COLUMNS] if box.left >= boxes[0].left]
    columns = _by_content(_columns(boxes, below, is_list, row), rows, start + 1 + len(more))
    if is_list and all(column.role != "project_name" for column in columns):
        return None
    columns = _bind(columns)
    if not is_list and "cycle_indicators" in fields:
        columns = _of_the_period(columns)
    return Header(columns, row.grid, 1 + len(more), is_list)


def _is_beside(box: Box, row: Row, roles: Sequence[str | None]) -> bool:
    """Is the name one that stands beside the table, not 绩效指标 over the names themselves? A goal's name left of the classes
    is another."""
    field = box_field(box.key)
    first = next((b.left for b, role in zip(row.filled, roles, strict=True) if role in LEVELS), box.left)
    if field not in BESIDE:
        return field in _GOALS and column_role(box.key) is None and box.left < first
    return box.left <= first or "level3" in roles


def _by_content(columns: list[Column], rows: Sequence[Row], start: int) -> list[Column]:
    """The columns, those of signs and of directions (正向, 反向) told by what they hold; their names are used for both."""
    told = []
    for column in columns:
        if column.role in ("operator", "direction", "value_type", "level1", "level2"):
            below = rows[start : start + _LOOKED_AT]
            keys = [b.key for row in below for b in row.filled if column.left <= b.left < column.right]
            column = replace(column, role=_held(column.role, keys))
        told.append(column)
    return told


def _held(role: str, keys: Sequence[str]) -> str:
    """The role of a column whose cells hold these texts."""
    if role in ("level1", "level2"):
        return "value_type" if keys and all(map(_KINDS.fullmatch, keys)) else role
    if any(map(_SIGN.fullmatch, keys)):
        return "operator"
    if any(map(_DIRECTION.fullmatch, keys)):
        return "direction"
    return "value_type" if keys and all(map(_KINDS.fullmatch, keys)) else role


def _of_the_period(columns: list[Column]) -> list[Column]:
    """The columns of a table beside 长期绩效指标: what reads like the year's value is that of the period."""
    return [replace(c, role="cycle_value") if c.role == "annual_value" else c for c in columns]


def _is_indicator_header(fields: list[str | None], names: list[str | None]) -> bool:
    roles = [role for field, role in zip(fields, names, strict=True) if field not in BESIDE]
    known = {role for role in roles if role}
    levels = known & {"level1", "level2", "level3", "description"}
    others = known - {"number", "remark"}
    if len(known & set(LEVELS)) > 1 and any(
        role in VALUES or field in _GOALS for field, role in zip(fields, names, strict=True)
    ):
        return True
    return bool(levels) and len(others) >= 2 and sum(map(bool, roles)) >= _MIN_KNOWN * len(roles)


def _is_list(row: Row, fields: list[str | None], roles: list[str | None]) -> bool:
    """A row of names that has 项目名称 and, without blanks between, the columns of a list."""
    if "project_name" not in fields or len(fields) < 3:
        return False
    known = sum(bool(role or field) for field, role in zip(fields, roles, strict=True))
    if known < _MIN_KNOWN * len(fields) and len({*roles} & set(LEVELS)) < 2:
        return False
    body = {"annual_goal", "indicators", "level3", "cycle_goal", CLASS} & {*roles, *fields}
    inner = [box for box in row.boxes if box.left < row.filled[-1].left]
    return bool(body) and (CLASS in roles or sum(not box.key for box in inner) * 3 < len(inner))


def _rows_under(rows: Sequence[Row], start: int, above: list[Box], is_list: bool) -> list[Row]:
    """The further rows of a nested header: those over which a level name is merged."""
    bottom = max(
        (
            b.bottom
            for b in above
            if column_role(b.key) in LEVELS or (is_list and box_field(b.key) == "project_name")
        ),
        default=0,
    )
    return [
        row
        for row in rows[start + 1 : start + _DEEPEST]
        if row.grid is rows[start].grid and row.index < bottom and len(row.filled) > 1
    ]


def _named_row(rows: Sequence[Row], start: int, above: list[Box], is_list: bool) -> list[Row]:
    """The second row of a nested header that is told by its names alone, where merged cells are lost; classes name the
    columns of lists only."""
    if start + 1 >= len(rows) or rows[start + 1].grid is not rows[start].grid:
        return []
    boxes = rows[start + 1].filled
    named = [
        b
        for b in boxes
        if column_role(b.key)
        or time_of(b.key)
        or box_field(b.key) in AMOUNTS
        or (is_list and (is_level2(b.key) or is_level1(b.key)))
        or is_sum(b.key)
    ]
    # A repeated header is no second row: its names would be those above.
    repeated = {box.key for box in boxes} & {box.key for box in above}
    return [] if len(named) < len(boxes) or repeated else [rows[start + 1]]


def _columns(boxes: list[Box], below: list[Box], is_list: bool, row: Row) -> list[Column]:
    """One column a leaf of the header; where merged cells are lost, a name reaches to the next one."""
    merged = any(box.right > box.left + 1 or box.bottom > box.top + 1 for box in row.boxes)
    end = max(box.right for box in (*row.boxes, *below))
    columns: list[Column] = []
    alone = not any(column_role(box.key) == "level2" for box in boxes)
    for number, box in enumerate(boxes):
        after = boxes[number + 1].left if number + 1 < len(boxes) else (box.right if merged else end)
        right = max(box.right, after)
        under = [child for child in below if box.left <= child.left < right]
        leaves = [leaf for leaf in under if not any(_is_over(leaf, other) for other in under)]
        role = _role(box, is_list)
        if is_list and (is_level1(box.key) or is_level2(box.key)):
            classes = [leaf for leaf in leaves if is_level2(leaf.key) or is_level1(leaf.key)] or [box]
            columns += [
                Column(
                    f"{CLASS}:{box.key}:{leaf.key}",
                    leaf,
                    leaf.left,
                    max(leaf.right, right if leaf is box else 0),
                )
                for leaf in classes
            ]
            continue
        if not leaves and role == "level1" and box.right == box.left + 2 and alone:
            # One name over the columns of both levels.
            columns.append(Column("level1", box, box.left, box.left + 1))
            columns.append(Column("level2", box, box.left + 1, right))
        elif not leaves:
            columns.append(Column(role or _UNKNOWN, box, box.left, right))
        for leaf in leaves:
            chain = [other for other in under if _is_over(other, leaf)] + [leaf]
            columns.append(_leaf(leaf, chain, role, is_list))
    return _with_values(_with_sources(columns) if is_list else columns)


def _with_values(columns: list[Column]) -> list[Column]:
    """Where no column is named for values, a goal's name behind the names of the indicators heads them."""
    names = [column.left for column in columns if column.role == "level3"]
    if not names or any(column.role in VALUES for column in columns):
        return columns
    return [replace(c, role=_GOALS[c.role]) if c.role in _GOALS and c.left > names[0] else c for c in columns]


def _is_over(upper: Box, lower: Box) -> bool:
    return upper.top < lower.top and upper.left <= lower.left < upper.right


def _role(box: Box, is_list: bool) -> str | None:
    name = box_field(box.key) if is_list else None
    # An amount without a column of its own keeps the name that is printed.
    name = None if name and name.startswith(NAMED_SOURCES) else name
    role = name if name == "project_name" else column_role(box.key) or name
    if not is_list and role is None:
        field = box_field(box.key)
        role = _GOALS.get(field or "") or ("level3" if field in BESIDE else None)
    if is_list and box.key == _PROJECT:
        role = "project_name"
    # In a list the running number counts projects.
    return None if is_list and role == "number" else role


def _leaf(leaf: Box, chain: list[Box], role: str | None, is_list: bool) -> Column:
    """The column of the lowest name: an operator, unit or 指标值 below 实施周期指标值 is a part of that value."""
    part = None
    for box in chain:
        own = _role(box, is_list) or ("budget" if is_list and is_sum(box.key) else None)
        time = time_of(box.key)
        if time and (role in VALUES or role is None):
            own = role = _OF_TIME[time]
        elif own in _GOALS and role in VALUES:
            own = _GOALS[own]
        if role in VALUES and own in _PARTS:
            part = _PARTS[own]
        elif own and not (role in VALUES and own == "annual_value"):
            role = own
    return Column(role or _UNKNOWN, leaf, leaf.left, leaf.right, part)


def _with_sources(columns: list[Column]) -> list[Column]:
    """In a list, an unknown name among the amounts is a source of funds of its own."""
    money = [index for index, column in enumerate(columns) if column.role in AMOUNTS]
    for index, column in enumerate(columns):
        if column.role == _UNKNOWN and money and money[0] < index <= money[-1] + 1:
            column.role = SOURCE + column.box.key
        elif column.role == _UNKNOWN and index + 1 in money[:1] and all(c.role != "budget" for c in columns):
            column.role = "budget"
    return columns


def _bind(columns: list[Column]) -> list[Column]:
    """Tie each operator column to the value to its right and each unit column to the value to its left, and count
    the blocks of a header that names 三级指标 twice."""
    names = [column.box.key for column in columns if column.role == "level3"]
    if len(set(names)) < len(names):
        _split_blocks(columns)
    columns = _one_a_role(_with_standard(columns))
    values = [column for column in columns if column.role in VALUES and not column.part]
    bound = []
    for column in columns:
        part = _PARTS.get(column.role)
        if part is None:
            bound.append(column)
            continue
        shared = sum(_PARTS.get(other.role) == part for other in columns) == 1
        near = [v for v in values if (v.left > column.left) == (part != "unit")]
        targets = values if shared else (near[-1:] if part == "unit" else near[:1])
        bound += [Column(v.role, column.box, column.left, column.right, part, v.block) for v in targets]
    return bound


def _with_standard(columns: list[Column]) -> list[Column]:
    """The columns with what a column 绩效标准 holds beside the others; without it where that is known."""
    role = standard_role([column.role for column in columns])
    return [
        replace(column, role=role or "") if column.role == STANDARD else column
        for column in columns
        if role or column.role != STANDARD
    ]


def _one_a_role(columns: list[Column]) -> list[Column]:
    """A second name column is the description (指标内容 beside 三级指标); of several columns for one value the one named
    for the year counts, else the first."""
    kept: list[Column] = []
    roles = {column.role for column in columns}
    for column in columns:
        same = [
            other
            for other in kept
            if (other.role, other.part, other.block) == (column.role, column.part, column.block)
        ]
        if not same:
            kept.append(column)
        elif column.role == "level3" and "description" not in roles:
            kept.append(replace(column, role="description"))
            roles.add("description")
        elif column.role in VALUES and not column.part and _is_target(column.box.key, same[0].box.key):
            kept[kept.index(same[0])] = replace(same[0], role=_UNKNOWN)
            kept.append(column)
        elif column.role in (*LEVELS, *VALUES):
            kept.append(replace(column, role=_UNKNOWN))
        else:
            kept.append(column)
    return kept


def _is_target(key: str, other: str) -> bool:
    """Of two columns of values, is the first the one that is the target: the year's, else the sum of the others?"""
    year, total = (bool(_OF_THE_YEAR.search(key)), bool(_OF_THE_YEAR.search(other))), _TOTAL.search(key)
    return year[0] > year[1] or (year[0] == year[1] and total is not None and not _TOTAL.search(other))


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
