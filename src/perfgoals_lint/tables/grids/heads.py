"""The header of a table in a dump: where it stands, which columns it names, one or two rows deep."""

from collections.abc import Sequence
from typing import NamedTuple

from perfgoals_lint.rulebook import labels
from perfgoals_lint.rulebook.lexicons import expression
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.grids.head_rows import (
    LEVELS,
    MONEY,
    TIMES,
    UNKNOWN,
    groups_of,
    header_rows,
    is_of_time,
    is_time,
)
from perfgoals_lint.tables.grids.marks import Label, column_at, field_at, levels_at
from perfgoals_lint.tables.grids.pieces import Dump, Shape
from perfgoals_lint.tables.roles import VALUES, settle
from perfgoals_lint.tables.words import counts_columns, is_sum

SIDE = frozenset({"indicators", "cycle_indicators"})
"""Fields whose label stands beside the whole table."""
_PROJECT = "项目名称"
_MOST_COLUMNS = 24
_LONGEST = 16
_UNKNOWN_RUN = 4
"""Unknown names side by side that a header may have."""
_OPENERS = frozenset({"number", "level1", "level2", "level3"})
_LIST_OPENERS = frozenset({"project_name", "project_code", "unit", "department"})
_INDICATOR = compiled(r"指标|目标|序号")
_NO_NAME = compiled(r"[≥≤><=≧≦＞＜＝。；，]|^[\d.,]+")


class HeaderName(NamedTuple):
    """One name of a header: its pieces, its role, its column and its extent in columns and rows."""

    start: int
    end: int
    role: str
    column: int
    row: int = 0
    column_span: int = 1
    row_span: int = 1


class PrintedHeader(NamedTuple):
    """A header row; ``columns`` are the roles of the columns from left to right, the levels included; ``side`` is the
    label of the whole table in front of them."""

    start: int
    end: int
    columns: tuple[str, ...]
    names: tuple[HeaderName, ...]
    side: Label | None = None
    depth: int = 1

    @property
    def is_list(self) -> bool:
        """Is each project a row or a group of rows?"""
        return "project_name" in self.columns

    @property
    def in_steps(self) -> bool:
        """Do the levels stand in front of all other columns, so that they can be read before each row?"""
        leading = [name for name in self.columns if name in LEVELS]
        return bool(leading) and list(self.columns[: len(leading)]) == leading


def header_at(dump: Dump, index: int, end: int) -> PrintedHeader | None:
    """The header that begins with a piece, or ``None``: at least a level, a name and one more column, or the columns
    of a list of projects."""
    side = field_at(dump, index, end)
    side = side if side and side.name in SIDE else None
    start = side.end if side else index
    if start >= end:
        return None
    first = _named(dump, start, end)
    over = first is not None and _is_over_levels(dump, first, end)
    if not first or first.name not in (_OPENERS | _LIST_OPENERS | ({*VALUES} if side or over else set())):
        return None
    if not dump.begins[index] and not _INDICATOR.search(first.text):
        return None  # a value behind its label: 项目等级 一级项目
    if first.name in _LIST_OPENERS and (side or not dump.begins[index]):
        return None
    found, position = _names_from(dump, start, end)
    counted = _counted(dump, position, end, len(found))
    while found and not counted and found[-1].name == UNKNOWN and _may_be_data(dump, found, first):
        position = found.pop().start
    if first.name in _LIST_OPENERS and not _is_list(found):
        return None
    if first.name in VALUES and "level1" not in {name.name for name in found}:
        return None
    header = _laid_out(dump, index, position + counted, end, found, side)
    if header is None or not counted:
        return header
    if counted != len(header.columns):
        return _laid_out(dump, index, position, end, found, side)
    numbers = (HeaderName(position + n, position + n + 1, UNKNOWN, n, header.depth) for n in range(counted))
    return header._replace(names=(*header.names, *numbers), depth=header.depth + 1)


def _is_over_levels(dump: Dump, first: Label, end: int) -> bool:
    """Does a name stand alone in its line above those of the levels: the name over several columns, in the middle of a header?"""
    alone = dump.begins[first.start] and dump.begins[first.end] and not dump.one_a_line and first.end < end
    below = _named(dump, first.end, end) if alone else None
    return below is not None and below.name == "level1"


def _counted(dump: Dump, position: int, end: int, most: int) -> int:
    """How many pieces of a new line count the columns named in front of them, ``most`` of them or fewer."""
    last = min(position + most, end)
    texts = [piece.text for piece in dump.pieces[position:last]] if dump.begins[position] else []
    return next((n for n in range(len(texts), 0, -1) if counts_columns(texts[:n])), 0)


def _uncounted(dump: Dump, label: Label | None, end: int, most: int) -> Label | None:
    """A name up to the row that counts its column in brackets (备注, below it （1））."""
    behind = range(label.start + 1, label.end) if label else ()
    stop = next((n for n in behind if _counted(dump, n, end, most)), None)
    return label._replace(end=stop) if label and stop else label


def _named(dump: Dump, index: int, end: int) -> Label | None:
    """The column name or the box name of a list's column that begins with a piece."""
    column, box = column_at(dump, index, end), field_at(dump, index, end)
    if dump.pieces[index].text.endswith(_PROJECT) and len(dump.pieces[index].text) < _LONGEST:
        return Label(index, index + 1, "project_name", dump.pieces[index].text)
    longer = column and box and box.end > column.end and labels.is_listed(box.text)
    if box and (not column or longer or box.name == "project_name"):
        return box
    return column


def _names_from(dump: Dump, start: int, end: int) -> tuple[list[Label], int]:
    """The names from a piece on, unknown ones between known ones included."""
    found: list[Label] = []
    position = start
    run = 0
    while position < end and len(found) < _MOST_COLUMNS:
        label = _uncounted(dump, _named(dump, position, end), end, len(found) + 1)
        in_list = _opens_list(found)
        if (in_list and _is_sum_row(dump, position, end)) or _counted(dump, position, end, len(found)):
            break
        if found and label and label.name in SIDE and _is_beside_rows(dump, label, end):
            break
        classes = in_list and levels_at(dump, position, end, 1) + levels_at(dump, position, end, 2)
        if label and (not classes or label.name in LEVELS):
            run = 0
        elif classes and not any(name.name in LEVELS for name in found):
            label = Label(position, classes[-1].end, "class", classes[-1].text)
            run = 0
        elif (
            in_list
            and found[-1].name == "class"
            and is_sum(dump.pieces[position].text)
            and position + 1 < end
            and field_at(dump, position + 1, end) is not None
        ):
            label = Label(position, position + 1, "budget", dump.pieces[position].text)
        else:
            inside = dump.whole_rows and not dump.begins[position]
            label = _unknown(dump, position, end, found) if inside or run < _UNKNOWN_RUN else None
            run += 1
        if label is None:
            break
        found.append(label)
        position = label.end
    while found and dump.shape is Shape.BLANKS and found[-1].name == UNKNOWN and dump.begins[found[-1].start]:
        if is_of_time(found[-1]):
            break
        position = found.pop().start
    return found, position


def _is_beside_rows(dump: Dump, label: Label, end: int) -> bool:
    """Does the label of the whole table stand, in whole rows, in front of the class of the first one?"""
    beside = dump.whole_rows and dump.begins[label.start] and label.end < end
    return beside and bool(levels_at(dump, label.end, end, 1))


def _opens_list(found: list[Label]) -> bool:
    """May the names found be those of a list of projects, numbered or not?"""
    return any(
        label.name in _LIST_OPENERS for label in found[: 1 + (bool(found) and found[0].name == "number")]
    )


def _is_sum_row(dump: Dump, position: int, end: int) -> bool:
    """Does a line begin that is a sum and its amounts?"""
    first = position + 1 < end and dump.begins[position] and is_sum(dump.pieces[position].text)
    return first and is_amount(dump.pieces[position + 1].text)


def _unknown(dump: Dump, position: int, end: int, found: list[Label]) -> Label | None:
    """A name that nobody knows, beside names that are known."""
    text = dump.pieces[position].text
    if (
        len(text) > _LONGEST
        or (_NO_NAME.search(text) and not is_time(text))
        or len(found) < 1 + _opens_list(found)
    ):
        return None
    if any(levels_at(dump, position, end, level) for level in (1, 2)):
        return None
    # 长期 alone is a value; 长期 beside 年度 are two columns.
    beside = dump.pieces[position + 1].text if position + 1 < end else ""
    twice = is_time(beside) or (found and is_time(found[-1].text))
    of_time = (is_time(text) and twice) or (
        expression("text_tables.of_time").search(text) and text.endswith(("目标", "指标", "值"))
    )
    if not dump.one_a_line and dump.begins[position] and not of_time:
        line = [piece.text for piece in dump.pieces[position : dump.line_end(position, end)]]
        if not (adds_up(line) and "annual_value" in {name.name for name in found}):
            return None
    return Label(position, position + 1, UNKNOWN, text)


def adds_up(names: Sequence[str]) -> bool:
    """Are the words of a line names of which the last is that of their sum (东桥镇 西渡镇 合计)?"""
    plain = len(names) > 1 and not any(_NO_NAME.search(name) for name in names)
    return plain and names[-1] in lexicon("grids")["value_sums"]


def _may_be_data(dump: Dump, found: list[Label], first: Label) -> bool:
    """Is an unknown text at the end of a header the begin of what stands below it?"""
    last = found[-1]
    if is_of_time(last) and (len(found) < 2 or is_of_time(found[-2])):
        return False
    if not dump.one_a_line:
        return dump.begins[last.start]
    if dump.begins_cell(last.start) and dump.pieces[last.start].line > dump.pieces[last.start - 1].line + 1:
        return True  # alone behind a blank line or blank cells
    end = len(dump.pieces)
    below = last.end < end and any(levels_at(dump, last.end, end, level) for level in (1, 2))
    return first.name in _LIST_OPENERS or not below


def _is_list(found: list[Label]) -> bool:
    names = {label.name for label in found}
    body = {"annual_goal", "cycle_goal", "indicators", "level3", "class"} & names
    return "project_name" in names and len(found) >= 4 and bool(body) and UNKNOWN not in {found[0].name}


def _laid_out(
    dump: Dump, index: int, position: int, end: int, found: list[Label], side: Label | None
) -> PrintedHeader | None:
    """The header of the names found, or ``None`` where they make none."""
    upper, lower = header_rows(found)
    roles = [label.name for label in upper]
    if not _is_list(found) and not lower:
        # The label of the indicators behind the levels names their column.
        named = "level3" in roles
        roles = ["level3" if role in SIDE and not named else role for role in roles]
    groups = groups_of(upper, lower, roles)
    if groups is None:
        return None
    names: list[HeaderName] = []
    columns: list[str] = []
    depth = 2 if lower else 1
    for label, role, under in zip(upper, roles, groups, strict=True):
        width = max(len(under), 1)
        role = _specific(role, label.text)
        names.append(HeaderName(label.start, label.end, role, len(columns), 0, width, 1 if under else depth))
        for child in under:
            own = "cycle_value" if child.name == "cycle_goal" else child.name
            own = _specific(own, child.text)
            if own in ("annual_goal", *TIMES) and role in VALUES:
                own = (
                    "cycle_value" if expression("text_tables.of_cycle").search(child.text) else "annual_value"
                )
            names.append(HeaderName(child.start, child.end, own, len(columns), 1))
            columns.append(own)
        if not under:
            columns.append(role)
    _name_levels(columns)
    if not _is_list(found):  # 合计 beside towns is the value of them all
        columns = ["annual_value" if name in MONEY else name for name in columns]
    levels = {*LEVELS, "level3", "description"} & set(columns)
    others = set(columns) - levels - {UNKNOWN, "number", "remark"}
    is_list = "project_name" in columns
    if not is_list and (
        ("level3" not in columns and len(levels) < 2)
        or len(levels) + bool(others) < 3 - ("level3" in columns)
    ):
        return None
    if not is_list and len(columns) < 3:
        return None
    settled = tuple(columns) if is_list else _settled(dump, columns, position, end)
    return PrintedHeader(index, position, settled, tuple(names), side, depth)


def _specific(role: str, text: str) -> str:
    """The role of a column with what its name says besides: the class of the second level in a list, or that it holds values."""
    name = labels.classify(text, 2) if role == "class" else None
    if role in (UNKNOWN, "aside") and text.endswith(("指标值", "目标值")):
        return "last_year_value"  # some other value of the row (调整前指标值)
    return f"{role}:{name}" if name else role


def _name_levels(columns: list[str]) -> None:
    """A name that nobody knows between 一级指标 and the names of the indicators is that of the second level."""
    if "level2" in columns or not {"level1", "level3"} <= set(columns):
        return
    first, name = columns.index("level1"), columns.index("level3")
    if name == first + 2 and columns[first + 1] == UNKNOWN:
        columns[first + 1] = "level2"


def _settled(dump: Dump, columns: list[str], position: int, end: int) -> tuple[str, ...]:
    """The columns of a header that ends in front of ``position``, as they are to be read."""
    if position < end and columns[0] == "number" and dump.pieces[position].text.isdigit():
        position += 1
    if "level3" not in columns and {"level1", "level2"} <= set(columns) and position < end:
        # Below 二级指标 stand names, where no class stands behind the first one.
        firsts = levels_at(dump, position, end, 1)
        if firsts and firsts[-1].end < end and not levels_at(dump, firsts[-1].end, end, 2):
            columns = ["level3" if name == "level2" else name for name in columns]
    below = levels_at(dump, position, end, 2) if position < end else []
    first = below[-1].text if below and not levels_at(dump, position, end, 1) else ""
    return tuple(name or UNKNOWN for name in settle(list(columns), first))


def repeats(dump: Dump, header: PrintedHeader, index: int) -> int | None:
    """Behind the header where it is printed again from a piece on, as on a new page; ``None`` where it is not."""
    first = header.names[0].start
    text = dump.squeezed(first, header.end)
    position, length = index, 0
    while position < len(dump.pieces) and length < len(text):
        length += len(dump.pieces[position].text)
        position += 1
    return position if length == len(text) and dump.squeezed(index, position) == text else None
