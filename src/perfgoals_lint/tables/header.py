"""The header of an indicator table or of a project list: where it is, how many rows it takes, what its columns are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from perfgoals_lint.model import Cell, Grid, Indicator, Location
from perfgoals_lint.tables.amounts import is_amount, own_unit
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.header_columns import GOALS, Column, are_counted, bind, lay_columns, of_the_period
from perfgoals_lint.tables.header_contents import LOOKED_AT, MIN_KNOWN, by_content, heads_names, holds_classes
from perfgoals_lint.tables.header_rows import further_rows
from perfgoals_lint.tables.header_targets import one_target
from perfgoals_lint.tables.headings import (
    BESIDE,
    CLASS,
    LEVELS,
    box_field,
    column_role,
    counts_things,
    heads_class,
    is_class,
    is_name,
    is_of_project,
    list_field,
    uncounted,
)
from perfgoals_lint.tables.project_columns import of_inner, of_projects
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.words import counts_columns, is_sum

_MOST_COLUMNS, _LOOKED_THROUGH = 100, 200
_OF_ROWS = frozenset({"weight", "basis", "description", *VALUES})
SUMMED = frozenset({"weight", "score"})
"""Columns of points."""


@dataclass(slots=True)
class Header:
    """The columns of a table; ``rows`` is how many rows the header takes, ``is_list`` that each project is a row."""

    columns: list[Column]
    grid: Grid
    rows: int
    is_list: bool
    keyed: str | None = None
    """What the projects of a list are named by where it has no names: their code, or whose budget as a whole it is."""
    doubtful: list[str] = field(default_factory=list)
    """Names of columns of values of which none is known to be the target."""
    roles: frozenset[str] = field(init=False)
    labels: list[str] = field(init=False)
    """The name of each column as printed, numbered where several are called so."""
    blocks: int = field(init=False)
    """How many times the indicator names are printed side by side."""
    of_project: frozenset[int] = field(init=False)
    """The columns that say something of a list's projects: in front of the classes, and of no use to an indicator."""
    _at: dict[tuple[int, int], list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.roles = frozenset(column.role for column in self.columns)
        seen: Counter[str] = Counter()
        self.labels = []
        for column in self.columns:
            key = column.box.key
            seen[key] += 1
            self.labels.append(key if seen[key] == 1 else f"{key}（{seen[key]}）")
        first = min((c.left for c in self.columns if c.role in LEVELS), default=None)
        self.of_project = frozenset(
            i
            for i, c in enumerate(self.columns)
            if self.is_list and (first is None or (c.left < first and c.role not in _OF_ROWS))
        )
        self.blocks = 1 + max((column.block for column in self.columns), default=0)

    def place(self, row: GridRow) -> dict[int, list[Box]]:
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

    def has_class(self, row: GridRow) -> bool:
        """Has a row a class label? 数量 and 成本 alone head columns of any table: they are one at the left edge or where classes
        stand."""
        bare = [box for box in row.filled if is_class(box.key)]
        if any(box.key.endswith("指标") or box is row.filled[0] for box in bare):
            return True
        columns = {index for index, column in enumerate(self.columns) if column.role in LEVELS[:2]}
        placed = self.place(row) if bare and columns else {}
        return bool(bare) and (not columns or any(box in placed.get(i, ()) for i in columns for box in bare))

    def sums_points(self, row: GridRow) -> bool:
        """Does a row below add up points, and no money?"""
        points = is_sum(row.filled[0].key) and not SUMMED.isdisjoint(self.roles)
        return points and not any(is_amount(box.text) and own_unit(box.text) for box in row.filled)

    def blank(self, row: GridRow, index: int) -> Location | None:
        """The place of the empty cell of a column, in a row that has none there: nothing where cells have no numbers."""
        if row.grid is not self.grid or not row.filled:
            return None
        beside = row.filled[0].location()
        if beside.cell is None and (beside.table is None or beside.column is None):
            return None
        return self.grid.locate(Cell(row.index, self.columns[index].left, ""))


def _shares_value(columns: Sequence[Column], first: int, other: int) -> bool:
    one, two = columns[first], columns[other]
    if one.part and one.box is two.box:
        return True  # One column of signs or units for both values.
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


def _roles_and_fields(rows: Sequence[GridRow], start: int) -> tuple[list[str | None], list[str | None]]:
    """What each box of a header row says of its column: the role in a table of indicators, and the field of a form."""
    row = rows[start]
    keys = [uncounted(box.key) for box in row.filled]
    of_class = [heads_class(key) for key in keys]
    roles = [column_role(key) for key in keys]
    fields = [list_field(key) for key in keys]
    levels = {*roles, *_roles_under(rows, start)} & set(LEVELS)
    if (
        len(levels) > 1
        and fields[0] in BESIDE
        and {*LEVELS}.isdisjoint(roles)
        and row.filled[0].bottom == row.index + 1
    ):
        roles[0], fields[0] = "level1", None  # 绩效指标 over 一级指标, 二级指标 …
    if "project_name" not in fields and (len(levels) > 1 or sum(of_class) > 1 or _classes_under(rows, start)):
        likely = (b for b in row.filled if is_of_project(b.key) and not holds_classes(b, rows, start))
        named = next(likely, None)
        fields = ["project_name" if b is named else f for b, f in zip(row.filled, fields, strict=True)]
    roles = [role or (CLASS if has else None) for role, has in zip(roles, of_class, strict=True)]
    first = next((box.left for box, role in zip(row.filled, roles, strict=True) if role in LEVELS), None)
    beside = [box.left for box, name in zip(row.filled, fields, strict=True) if name in BESIDE]
    if first is None and len(beside) > 1:
        first = beside[0]  # 绩效指标 | 指标 | 目标值
    names = [False] * len(fields)
    if not {*roles} & {"level2", "level3"} and {*VALUES} & {*roles}:
        # 绩效指标 | 指标值 over names behind their classes, or below rows of them.
        names = [heads_names(box, rows, start) for box in row.filled]
    elif first is not None and "level3" not in roles:
        # 指标 behind the classes heads the names themselves.
        names = [name in BESIDE and box.left > first for box, name in zip(row.filled, fields, strict=True)]
    if "project_name" in fields and not levels and are_counted(keys):
        roles = [CLASS if counts_things(key) else role for role, key in zip(roles, keys, strict=True)]
    roles = ["level3" if heads else role for role, heads in zip(roles, names, strict=True)]
    fields = [None if heads else name for name, heads in zip(fields, names, strict=True)]
    return roles, fields


def find_header(rows: Sequence[GridRow], start: int) -> Header | None:
    """The header that begins at ``rows[start]``, or ``None``."""
    row = rows[start]
    if row.grid is None or not 2 <= len(row.filled) <= _MOST_COLUMNS:
        return None
    named = [box for box in row.filled if is_name(box.key) or list_field(box.key)]
    if len(named) < 2 and not any(column_role(box.key) in VALUES for box in named):
        return None
    roles, fields = _roles_and_fields(rows, start)
    if len(named) < 2 and sum(map(bool, roles)) < 2:
        return None
    keyed = None if "project_name" in fields else _key_of(rows, start, fields, roles)
    if keyed:
        fields = ["project_name" if name == keyed else name for name in fields]
    is_list = bool(keyed) or _is_list(rows, start, fields, roles) or _is_book(rows, start, fields, roles)
    if not is_list and not _heads_indicators(rows, start, fields, roles):
        return None
    boxes = [
        box
        for box in row.filled
        if is_list or not _is_beside(box, row, roles) or holds_classes(box, rows, start)
    ]
    more = further_rows(rows, start, boxes, is_list)
    below = [box for other in more for box in other.filled[:_MOST_COLUMNS] if box.left >= boxes[0].left]
    heads = (box for box, role in zip(row.filled, roles, strict=True) if role == "level3")
    names = {box for box in heads if not is_list or box_field(box.key) in BESIDE}
    projects = {b for b, f in zip(row.filled, fields, strict=True) if is_list and f == "project_name"}
    columns, doubtful = one_target(
        [_settled(c, projects, names) for c in lay_columns(boxes, below, is_list, row)]
    )
    columns, in_doubt = by_content(columns, rows, start + 1 + len(more), is_list)
    if is_list and all(column.role != "project_name" for column in columns):
        return None
    if is_list:
        behind = rows[start + 1 + len(more) : start + _LOOKED_THROUGH]
        columns = of_inner(of_projects(columns), (one for one in behind if one.grid is row.grid))
    columns = bind(columns)
    left_out = {name for name, box in zip(fields, row.filled, strict=True) if box not in boxes}
    if not is_list and {"cycle_indicators", "cycle_goal"} & left_out:
        columns = of_the_period(columns)
    end = start + 1 + len(more)
    count = 1 + len(more) + _is_numbered(rows[end : end + 1], row.grid)
    return Header(columns, row.grid, count, is_list, keyed, doubtful or in_doubt)


def _settled(column: Column, projects: set[Box], names: set[Box]) -> Column:
    """A column whose role the whole header decides."""
    if column.box in projects:
        return replace(column, role="project_name")
    return replace(column, role="level3") if column.box in names else column


def _is_numbered(following: Sequence[GridRow], grid: Grid | None) -> bool:
    """Does a row that numbers the columns (1, 2, 3=1+2) follow in the same grid?"""
    return any(counts_columns([box.key for box in row.filled]) for row in following if row.grid is grid)


def _heads_indicators(
    rows: Sequence[GridRow], start: int, fields: Sequence[str | None], roles: Sequence[str | None]
) -> bool:
    """Is it the header of a table of indicators, by its names or, where it names the indicators, by the classes below it?"""
    if _is_indicator_header(fields, roles) or "level3" not in roles:
        return _is_indicator_header(fields, roles)
    held = (
        role or ("level2" if holds_classes(box, rows, start) else None)
        for box, role in zip(rows[start].filled, roles, strict=True)
    )
    return _is_indicator_header(fields, list(held))


def _roles_under(rows: Sequence[GridRow], start: int) -> set[str | None]:
    """The columns that the next row names where names of this one are merged over it, it holds nothing but names, or those of
    several levels."""
    row, below = rows[start], rows[start + 1] if start + 1 < len(rows) else None
    if below is None or below.grid is not row.grid:
        return set()
    merged = any(box.bottom > below.index for box in row.filled)
    roles = {column_role(box.key) for box in below.filled}
    told = merged or len(roles & {*LEVELS}) > 1 or all(is_name(box.key) for box in below.filled)
    return roles if told else set()


def _fields_under(rows: Sequence[GridRow], start: int) -> list[str | None]:
    """The fields that the next row names below names of this one over several columns (项目名称 below 基本信息)."""
    row, below = rows[start], rows[start + 1] if start + 1 < len(rows) else None
    if below is None or below.grid is not row.grid:
        return []
    merged = any(box.right > box.left + 1 for box in row.filled)
    ends = [box.left for box in row.filled[1:]] + [max(box.right for box in row.boxes)]
    wide = [range(b.left, b.right if merged else end) for b, end in zip(row.filled, ends, strict=True)]
    return [list_field(b.key) for b in below.filled if any(len(one) > 1 and b.left in one for one in wide)]


def _classes_under(rows: Sequence[GridRow], start: int) -> bool:
    """Does the next row name several classes, below a name that holds them all (绩效指标)?"""
    row, below = rows[start], rows[start + 1] if start + 1 < len(rows) else None
    beside = any(box_field(box.key) in BESIDE for box in row.filled)
    return beside and below is not None and sum(is_class(box.key) for box in below.filled) > 1


def _is_beside(box: Box, row: GridRow, roles: Sequence[str | None]) -> bool:
    """Is the name one that stands beside the table, not 绩效指标 over the names themselves? A goal's name left of the classes
    is another."""
    field = box_field(box.key)
    first = next((b.left for b, role in zip(row.filled, roles, strict=True) if role in LEVELS), box.left)
    if field not in BESIDE:
        return field in GOALS and column_role(box.key) is None and box.left < first
    if box.left == first and roles[row.filled.index(box)] in LEVELS:
        return False
    return box.left <= first or (box.right > box.left + 1 and "level3" in roles)


def _is_indicator_header(fields: Sequence[str | None], names: Sequence[str | None]) -> bool:
    roles = [role for field, role in zip(fields, names, strict=True) if field not in BESIDE]
    known = {role for role in roles if role}
    levels = known & {"level1", "level2", "level3", "description"}
    others = known - {"number", "remark"}
    if len(known & set(LEVELS)) == len(LEVELS):
        return True
    if len(known & set(LEVELS)) > 1 and any(
        role in VALUES or field in GOALS for field, role in zip(fields, names, strict=True)
    ):
        return True
    return bool(levels) and len(others) >= 2 and sum(map(bool, roles)) >= MIN_KNOWN * len(roles)


def _key_of(
    rows: Sequence[GridRow], start: int, fields: Sequence[str | None], roles: Sequence[str | None]
) -> str | None:
    """The field that a list without names of projects names them by: the code in a book, the department or unit where its whole
    budget and goal stand in front of the classes."""
    if _is_book(rows, start, fields, roles):
        return "project_code"
    under = _roles_under(rows, start)
    first = next(
        (i for i, role in enumerate(roles) if role in (*LEVELS, CLASS)), len(roles) - 1 if under else 0
    )
    front, known = {*fields[:first]}, all(map(any, zip(fields, roles, strict=True)))
    classes = len(({*roles} | under) & {*LEVELS}) > 1 or roles.count(CLASS) > 1
    if not known or not classes or not front & {"budget", "annual_goal"}:
        return None
    return next((name for name in ("department", "unit") if name in front), None)


def _is_list(rows: Sequence[GridRow], start: int, fields: list[str | None], roles: list[str | None]) -> bool:
    """A row of names that has 项目名称 and, without blanks between but over more names, the columns of a list."""
    row = rows[start]
    if "project_name" not in (*fields, *_fields_under(rows, start)) or "tasks" in fields or len(fields) < 3:
        return False
    known = sum(bool(role or field) for field, role in zip(fields, roles, strict=True))
    if known < MIN_KNOWN * len(fields) and len({*roles} & set(LEVELS)) < 2:
        return False
    body = {"annual_goal", "indicators", "level3", "cycle_goal", CLASS} & {*roles, *fields}
    under = {box.left for below in further_rows(rows, start, row.filled, True) for box in below.filled}
    inner = [box for box in row.boxes if box.left < row.filled[-1].left and box.left not in under]
    return bool(body) and (CLASS in roles or sum(not box.key for box in inner) * 3 < len(inner))


def _is_book(
    rows: Sequence[GridRow], start: int, fields: Sequence[str | None], roles: Sequence[str | None]
) -> bool:
    """Is it the head of a sheet that lists one thing of every project (its money here, its goal there), by code or name:
    names without blanks between, and below them no name of a box any more?"""
    known = [*map(any, zip(fields, roles, strict=True))]
    of_money = {"project_name", "budget"} <= {*fields}
    named = all(known) or (of_money and len(known) > 3 and sum(known) >= len(known) - 1)
    if not ("project_code" in fields or of_money) or {*roles} & {*LEVELS} or not named:
        return False
    near = rows[start + 1 : start + 1 + LOOKED_AT]
    below = list(takewhile(lambda row: row.grid is rows[start].grid and len(row.filled) > 1, near))
    if rows[start].grid is not None and any(
        row.grid is rows[start].grid for row in rows[max(start - 1, 0) : start] if len(row.filled) > 1
    ):
        return False
    if not all(known) and not all(any(is_amount(box.text) for box in row.filled[1:]) for row in below):
        return False  # A name that no form knows is one of a list's where every row has an amount.
    values = [box.key for row in below for box in row.filled if not is_sum(box.key)]
    return len(below) > ("project_code" not in fields) and not any(map(is_name, values))


def repeated(header: Header, indicators: Sequence[Indicator]) -> dict[str, Location]:
    """The columns headed again as the one right before them that hold something else; of the same nothing is kept."""
    found: dict[str, Location] = {}
    first, edge = header.columns[0], -1
    for column, label in zip(header.columns, header.labels, strict=True):
        if column.role or (column.box.key, column.left) != (first.box.key, edge):
            first = column
        elif all(row.columns.get(label) in (None, getattr(row, first.role, "")) for row in indicators):
            for row in indicators:
                row.columns.pop(label, None)
        else:
            found[column.box.key] = column.box.location()
        edge = column.right
    return found
