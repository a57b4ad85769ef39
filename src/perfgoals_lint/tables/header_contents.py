"""Columns told by what stands below their names: signs, directions, classes, values."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from perfgoals_lint.rulebook.labels import is_level1, is_level2, time_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.header_columns import GOALS, UNKNOWN, Column, has_blocks, one_a_role
from perfgoals_lint.tables.headings import box_field, column_role, heads_class, is_class
from perfgoals_lint.tables.named_values import behind_classes
from perfgoals_lint.tables.roles import STANDARD, VALUES
from perfgoals_lint.tables.words import is_total

_SIGN = compiled(
    r"[≥≤≧≦＞＜>=<＝~～]{1,2}|(?:不[低少高多超大小晚迟早得应]|大于|小于|等于|高于|低于|至少|超过).{0,4}"
)
_VALUE = compiled(
    r"^(?:[≥≤≧≦＞＜>=<＝]|不|大于|小于|等于|高于|低于|至少|超过|达到?)?\s*\d|\d+(?:\.\d+)?[%％‰]$|月底前$"
)
_SIGNED = compiled(r"(?:[≥≤≧≦＞＜>=<＝]+|不(?:低|少|高|多|超)\w?于?|[大小高低]于)\s*\d")
_BARE = compiled(r"\d$")
_UNIT = compiled(r"[^\d\s≥≤=<>]{1,5}")
_ABOUT = frozenset({"scoring", "weight", "remark", "basis", "description", "formula", UNKNOWN})
"""Roles that a name may have and its column not."""
_CLASS = compiled("指标$")
_DIRECTION = compiled(r"(?:正|反|逆|负)向(?:指标)?")
_KINDS = compiled(r"定[量性](?:指标)?")
_GRADED = frozenset({"scoring", "standard"})
"""What stands over several columns of values, one a grade (优, 良, 中, 差), that is none of them."""
_REACHED = frozenset({"last_year_value", "actual_value"})
_SAID_BY_CELLS = frozenset({"operator", "direction", "value_type", "level1", "level2"})
TIME = "time"
"""The role of a column that says of which time the value of the row is (实施期, 年度)."""
LOOKED_AT = 40
"""Rows below a header that say what a column holds."""
MIN_KNOWN = 0.6
"""The share of a header's cells whose names must be known."""


def holds_classes(box: Box, rows: Sequence[GridRow], start: int) -> bool:
    """Do class labels stand below a box, one a row?"""
    below = list(_cells(box.left, box.left + 1, rows, start + 1))
    return len(below) > 1 and sum(is_class(cell.key) for _, cell in below) > len(below) / 2


def heads_names(box: Box, rows: Sequence[GridRow], start: int) -> bool:
    """Do names behind their classes stand below a box (产出指标-数量指标-加固长度), or names between rows of nothing but classes?"""
    below = list(_cells(box.left, box.left + 1, rows, start + 1))
    alone = sum(len(row.filled) == 1 and heads_class(cell.key) for row, cell in below)
    paths = [cell.key for _, cell in below if all(behind_classes(cell.key))]
    return 1 < alone < len(below) or (len(below) > 1 and len(paths) > len(below) / 2)


def _cells(left: int, right: int, rows: Sequence[GridRow], start: int) -> Iterator[tuple[GridRow, Box]]:
    """The cells between two columns from the row at ``start`` on, on the grid of the row above it; each with its row."""
    for row in rows[start : start + LOOKED_AT]:
        if row.grid is rows[start - 1].grid:
            yield from ((row, box) for box in row.filled if left <= box.left < right)


def by_content(
    columns: list[Column], rows: Sequence[GridRow], start: int, is_list: bool
) -> tuple[list[Column], list[str]]:
    """The columns, those of signs and of directions (正向, 反向) told by what they hold, as their names are used for both; and in a
    table of indicators the names of those of which one is the target, where none is known to be."""
    cells = _below(columns, rows, start)
    told = [
        replace(c, role=_held(c.role, held)) if c.role in _SAID_BY_CELLS else c
        for c, held in zip(columns, cells, strict=True)
    ]
    told = _classes_by_content(told, cells)
    # A name that stands beside tables heads a column here: what it holds tells which.
    told = [
        replace(c, role=UNKNOWN)
        if c.role == "level3"
        and not column_role(c.box.key)
        and holds_classes(c.box, rows, start - 1)
        and not heads_names(c.box, rows, start - 1)
        else c
        for c in told
    ]
    if not is_list and not has_blocks(told):
        told = one_a_role(_misnamed(told, cells))
    unknown = [held if c.role == UNKNOWN else [] for c, held in zip(told, cells, strict=True)]
    told = _by_what_they_hold(told, unknown) if any(c.role == UNKNOWN for c in told) else told
    return told, [] if is_list else _doubtful(told, cells)


def _misnamed(columns: list[Column], cells: list[list[str]]) -> list[Column]:
    """The columns whose names say something else than their cells, where nothing else can be meant: names of indicators
    right behind their classes (评价要点), targets with their signs where no column is called so (满分值), units of
    measurement beside bare figures (单位名称), targets of the whole period under a name of its indicators (项目总指标), groups
    of names under one of their own (三级指标 in front of 四级指标)."""
    told = list(columns)
    roles = {column.role for column in columns}
    valued = [i for i, texts in enumerate(cells) if _mostly(texts, _SIGNED.match)]
    if "level3" not in roles:
        at = max((i for i, column in enumerate(told) if column.role == "level2"), default=len(told))
        behind = at + 1 < len(told) and told[at + 1].role in _ABOUT and at + 1 not in valued
        if behind and _mostly(cells[at], is_level2) and len(set(cells[at + 1])) == len(cells[at + 1]) > 1:
            told[at + 1] = replace(told[at + 1], role="level3")
    if not roles & {*VALUES, STANDARD, *GOALS} and len(valued) == 1 and told[valued[0]].role in _ABOUT:
        told[valued[0]] = replace(told[valued[0]], role="annual_value")
    names = [i for i, column in enumerate(told) if column.role == "level3"]
    if len(names) > 1 and len({*cells[names[0]]}) < len({*cells[names[1]]}) == len(cells[names[1]]):
        # 三级指标 over 四级指标: the lower ones tell the rows apart.
        told[names[0]] = replace(told[names[0]], role=UNKNOWN)
    for i in names[1:]:
        if time_of(told[i].box.key) == "cycle" and i in valued and "cycle_value" not in roles:
            told[i] = replace(told[i], role="cycle_value")
            roles.add("cycle_value")
    for i, (column, texts) in enumerate(zip(told, cells, strict=True)):
        bare = i > 0 and told[i - 1].role in VALUES and _mostly(cells[i - 1], _BARE.search)
        unknown = column.role == UNKNOWN and not column.part and box_field(column.box.key) == "unit"
        if bare and unknown and "value_unit" not in roles and _mostly(texts, _UNIT.fullmatch):
            told[i] = replace(column, role="value_unit")
            roles.add("value_unit")
    return told


def _mostly(texts: Sequence[str], fits: Callable[[str], object]) -> bool:
    """Do so many of the texts fit, and any?"""
    return bool(texts) and sum(bool(fits(text)) for text in texts) >= MIN_KNOWN * len(texts)


def _classes_by_content(columns: list[Column], cells: list[list[str]]) -> list[Column]:
    """The columns, those of classes told by the level that all classes below them are of and no other (指标类型: 数量指标), also
    where the two are changed over, and each a level higher in a form that prints no third one (指标类型: 产出指标, 指标名称:
    数量指标); unchanged where that makes two of one level."""
    told = list(columns)
    for i, (column, held) in enumerate(zip(columns, cells, strict=True)):
        upper, lower = all(map(is_level1, held)), all(map(is_level2, held))
        if column.role in ("level1", "level2") and held and upper is not lower:
            told[i] = replace(column, role="level1" if upper else "level2")
    roles = [column.role for column in told]
    if roles.count("level1") > 1 or roles.count("level2") > 1:
        return columns
    if "level2" in {column.role for column in columns} - {*roles}:
        for i, column in enumerate(told):
            if column.role == "level3" and _mostly(cells[i], is_level2) and _mostly(cells[i], _CLASS.search):
                told[i] = replace(column, role="level2")
    return told


def _below(columns: Sequence[Column], rows: Sequence[GridRow], start: int) -> list[list[str]]:
    """The texts that stand in each column from the row at ``start`` on, its name among them where that spans the rows; a class
    alone in its row stands over all columns."""
    at: dict[int, list[str]] = {}
    for row in rows[start : start + LOOKED_AT]:
        band = len(row.filled) == 1 and is_level1(row.filled[0].key)
        for box in row.filled if row.grid is rows[start - 1].grid and not band else ():
            at.setdefault(box.left, []).append(box.key)
    over = rows[start].boxes if start < len(rows) else []
    return [
        [*([c.box.key] if c.box in over else ()), *(k for n in range(c.left, c.right) for k in at.get(n, ()))]
        for c in columns
    ]


def _by_what_they_hold(columns: list[Column], cells: list[list[str]]) -> list[Column]:
    """The columns, those under unknown names told by their cells where a class, a name or a value has no column: most are
    class labels, or values; the names stand behind the classes."""
    roles = {column.role for column in columns}
    told = [
        replace(c, role=TIME) if {*map(time_of, held)} == {"cycle", "annual"} else c
        for c, held in zip(columns, cells, strict=True)
    ]

    def settle(role: str, fits: Callable[[str], object]) -> None:
        free = (i for i, column in enumerate(told) if column.role == UNKNOWN and not column.part)
        likely = [i for i in free if _mostly(cells[i], fits)]
        if likely:
            # A column that says the same on every row tells the rows less apart than the one that is meant.
            best = max(likely, key=lambda i: len(set(cells[i])))
            told[best] = replace(told[best], role=role)
            roles.add(role)

    if "operator" not in roles:
        settle("operator", _SIGN.fullmatch)
    if "direction" not in roles:
        settle("direction", _DIRECTION.fullmatch)
    if "level1" not in roles:
        settle("level1", is_level1)
    if "level2" not in roles:
        settle("level2", is_level2)
    if "level3" not in roles and roles & {"level1", "level2"}:
        last = max(i for i, column in enumerate(told) if column.role in ("level1", "level2"))
        if last + 1 < len(told) and told[last + 1].role == UNKNOWN and cells[last + 1]:
            told[last + 1] = replace(told[last + 1], role="level3")
            roles.add("level3")
    if not roles & {*VALUES, STANDARD, *GOALS}:
        likely = in_doubt(told, cells)
        sums = [name for name in likely if is_total(name)]
        if len(sums) == 1:
            return [replace(c, role="annual_value") if c.box.key == sums[0] else c for c in told]
        if len(likely) < 2:
            settle("annual_value", _VALUE.search)
    return told


def in_doubt(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[str]:
    """The names of the unknown columns that hold values, none of which says the same on most rows: the target may be any."""
    held = [
        (column.box.key, len(set(keys)))
        for column, keys in zip(columns, cells, strict=True)
        if (column.role == UNKNOWN or (column.role in _GRADED and column.over is not None))
        and not column.part
        and _mostly(keys, _VALUE.search)
    ]
    most = max((count for _, count in held), default=0)
    return [name for name, count in held if 2 * count > most]


def _doubtful(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[str]:
    """The names of the columns of which one is the target, where no column is known to be and several may be."""
    if {column.role for column in columns} & {*VALUES, STANDARD, *GOALS}:
        return []
    names = in_doubt(columns, cells)
    if names:
        return names if len(names) > 1 else []
    # What was reached is no target, also where nothing else is printed.
    reached = zip(columns, cells, strict=True)
    return [c.box.key for c, held in reached if c.role in _REACHED and _mostly(held, _VALUE.search)]


def _held(role: str, keys: Sequence[str]) -> str:
    """The role of a column whose cells hold these texts."""
    if role in ("level1", "level2"):
        return "value_type" if keys and all(map(_KINDS.fullmatch, keys)) else role
    if any(map(_SIGN.fullmatch, keys)):
        return "operator"
    if any(map(_DIRECTION.fullmatch, keys)):
        return "direction"
    return "value_type" if keys and all(map(_KINDS.fullmatch, keys)) else role
