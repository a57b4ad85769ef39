"""What the boxes of a form's row are: labels, headings of a table, notes, or values that belong to a label above."""

from collections.abc import Collection, Iterator, Sequence
from itertools import permutations

from perfgoals_lint.model import Indicator
from perfgoals_lint.money import UNITS
from perfgoals_lint.rulebook.labels import is_level1, is_listed, time_of, without_ordinal
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.account import count
from perfgoals_lint.tables.amounts import is_amount, money_factor
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.entries import RUNNING, LabelledEntry
from perfgoals_lint.tables.header import Header
from perfgoals_lint.tables.header_columns import GOALS, is_of_the_whole, is_wider
from perfgoals_lint.tables.headings import (
    BESIDE,
    LEVELS,
    box_field,
    column_role,
    is_class,
    is_money,
    is_of_project,
)
from perfgoals_lint.tables.named_values import behind_classes, values_of_class
from perfgoals_lint.tables.other_years import is_after
from perfgoals_lint.tables.printed import join
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.sources import PUBLIC, is_part, printed_name
from perfgoals_lint.tables.texts import cell_text
from perfgoals_lint.tables.words import is_note, is_planned, is_sum, is_verdict, says

_HEADINGS = frozenset(
    {"weight", "score", "deviation", "scoring", "actual_value", "last_year_value", *LEVELS, *VALUES}
)
_NAMES = frozenset({"project_name", "department", "unit"})
"""Boxes whose value is a name, which may read like a label (历史建筑整修)."""
_PURSE = "财政"
_OF_MONEY = compiled("(?:金额|资金|货币|预算)?单位[:：]?")
_LONGEST_LABEL = 30
_ALL_LABELS = 3
"""Boxes from which on a row of different labels alone has no values of its own."""
_DIGIT = compiled(r"\d")
_OTHER_TABLE = compiled(r"附[:：表件].*|.*(?:明细|分配|测算|汇总|清单)表")
_SHORTEST_TITLE = 3
_BEFORE_COLON = compiled("[:：]")
_SUM = compiled(r"合计|总计|总额")
_OF_POINTS_OR_CLASS = compiled(r"(?:合计|总计|小计|得分|总分|分值|指标|效益|影响)$")
"""How the label of a row of points, or of a class that no frame knows, ends."""
_BARE_AMOUNT = compiled(r"(?:项目支出|金额|资金|经费|预算|数额)(?:[（(]|[:：]|$)")
_Left = tuple[str, LabelledEntry] | None
_SECTION = compiled(
    r"(?:[一二三四五六七八九十]{1,2}、|表[一二三四五六七八九十\d]{1,2}[、：:]?)[^。；;：:，,]{2,20}(?:[：:][百千万亿]?元[)）])?"
)
"""The numbered heading of a part of a form: 二、资金情况, 表二绩效指标."""
_SIGNED = compiled(r"([^：:，。；;≥≤]{2,12})[：:](?![≥≤<>=]|\d+(?:\.\d+)?[%％]?$)")
"""A label with the place for a signature or what is signed: 填表人：, 审核：王某."""
_NUMBER_END = compiled(r"[一二三四五六七八九十\d]{1,2}[:：]?$")


def names_project(row: GridRow) -> bool:
    """Is the first row below a title a box that no form knows, but by its name that of what the form is about (支出事项), and its
    value?"""
    if row.grid is None or len(row.filled) != 2 or row.filled[0] is not row.boxes[0]:
        return False
    label, value = row.filled
    known = is_of_rows(value.key) or column_role(value.key) or is_amount(value.text)
    return is_of_project(label.key) and not known


def is_of_rows(key: str) -> bool:
    """Is a text a class label or the header of a column, which is no box and no box's value?"""
    return is_class(key) or column_role(key) in _HEADINGS


def is_heading(box: Box) -> bool:
    """Is a box the header of a column that no value reads like?"""
    return column_role(box.key) in _HEADINGS


def has_labels_alone(row: GridRow) -> bool:
    """Are all texts of a row labels: of goals, of amounts behind a first one that is over or beside them, or several of a field each?"""
    names = list(labels_of(row).values())
    apart = len(names) > _ALL_LABELS and len({*names}) == len(names)
    of_money = len(names) > _ALL_LABELS and all(map(is_money, names[1:]))
    return len(names) == len(row.filled) and (apart or of_money or are_goals(names))


def are_goals(names: Collection[str]) -> bool:
    """Are the labels those of goals, and of what came of them (预期目标 beside 实际完成情况)?"""
    return any(name in RUNNING for name in names) and all(
        name in RUNNING or name == "aside" for name in names
    )


def add_below_goals(
    waiting: Sequence[tuple[Box, str, LabelledEntry]], row: GridRow, labels: Collection[Box]
) -> bool:
    """Add a row of texts to the goals whose labels wait above it, where the label over all goals has lost the box over both
    rows or is printed in front of the texts; is it such a row?"""
    texts = row.filled
    if not are_goals([name for _, name, _ in waiting]):
        return False
    if not labels:
        goals = waiting[1:] if len(waiting) == len(texts) + 1 else []
    else:
        before = len(labels) == 1 and texts[0] in labels and box_field(texts[0].key) in RUNNING
        texts = texts[1:] if before and row.leading is None else []
        goals = waiting if 1 <= len(texts) <= len(waiting) and len(waiting) > 1 else []
        count(row.filled[:1] if goals else (), "labels")
    for (_, name, entry), box in zip(goals, texts, strict=False):
        entry.add(name, box)
    return bool(goals)


def heads_other_table(row: GridRow) -> bool:
    """Does a row below an indicator table announce another table (附：资金分配表)?"""
    key = row.filled[0].key
    return len(row.filled) == 1 and len(key) > _SHORTEST_TITLE and _OTHER_TABLE.fullmatch(key) is not None


def gives_way(name: str, known: str, label: str) -> bool:
    """Does the box of a field that was read first give way to another: a bare amount to the sum, a part of a body to the body?"""
    if name in ("unit", "department"):
        return says("parts_of_bodies", known) and not says("parts_of_bodies", label)
    return name == "budget" and bool(_SUM.search(label) and _BARE_AMOUNT.match(known))


def is_of_year_beside(name: str, known: str, label: str) -> bool:
    """Is a goal or an amount that of the year, beside one of no time, and no part of it?"""
    return is_wider(known, label) and (name == "annual_goal" or (name == "budget" and not is_part(label)))


def heads_parts(box: Box, row: GridRow) -> bool:
    """Does the label of what a building costs stand beside its parts, all of them under one name of it?"""
    first = row.boxes[0]
    return first is not box and first.bottom > first.top + 1 and box_field(first.key) == "investment"


def whole_before(box: Box, row: GridRow) -> str | None:
    """The field of the label in a row of which the next one says that it is a part (总投资 before 其中：资本金)."""
    before = [name for label, name in labels_of(row).items() if label.left < box.left]
    return before[-1] if before and is_part(box.text) else None


def is_next_goal(label: str, other: str) -> bool:
    """Is a label the next one of a numbered goal (年度目标1, 年度目标2)?"""
    return other != label and _NUMBER_END.sub("", other) == _NUMBER_END.sub("", label) != label


def may_stand_below(box: Box, label: Box, name: str) -> bool:
    """May a box be the value of a label above it? Prose is no amount."""
    under = label.left < box.right and box.left < label.right
    return under and (not is_money(name) or is_amount(box.text))


def is_indicator(row: GridRow) -> bool:
    """Is a row that stands below no header one of indicators by itself: a class label, and a name and its value, or more?"""
    others = [box for box in row.filled if not is_class(box.key) and box_field(box.key) not in BESIDE]
    return len(others) > 1 and any(is_class(b.key) and b.key.endswith("指标") for b in row.boxes)


def unknown_pairs(row: GridRow) -> Iterator[tuple[Box, Box]]:
    """The boxes of a row that nothing else was read from, as labels that no form knows and the values right beside them, an amount
    also behind blanks; a label that spans the rows below is none of them."""
    left = [box for box in row.filled if box.use is None]
    if len(left) % 2 and len(left) > 2 and left[0].bottom > left[0].top + 1:
        left.pop(0).count("labels")  # of the pairs beside it
    for label, value in zip(left[::2], left[1::2], strict=False):
        between = any(label.left < box.left < value.left for box in row.filled)
        beside = label.right == value.left or (is_amount(value.text) and not between)
        apart = not beside or len(label.key) > _LONGEST_LABEL or is_amount(label.text)
        if not (apart or is_of_rows(label.key) or is_of_rows(value.key)):
            yield label, value


def unit_beside(label: Box, value: Box) -> int | None:
    """The money unit that a pair of boxes says (金额单位 beside 万元), in 元."""
    unit = UNITS.get(value.key) if _OF_MONEY.fullmatch(label.key) else None
    count((label, value) if unit else (), "notes")
    return unit


def is_verdict_row(row: GridRow) -> bool:
    """A box for a verdict, a measure or a remark below an indicator table: where the classes stand, and none of them."""
    box = row.filled[0]
    return box.left <= row.boxes[0].left and box.top == row.index and is_verdict(box.key)


def is_note_row(row: GridRow) -> bool:
    """A remark or signature line below a table."""
    return is_note(row.filled[0].key) and row.filled[0].left <= row.boxes[0].left


def says_box(row: GridRow) -> bool:
    """Is a row below the header of indicators one text that may be a box of the form with its label, no note and no sum?"""
    alone = len(row.filled) == 1 and row.leading is None
    return alone and not is_note_row(row) and not is_sum(_BEFORE_COLON.split(row.filled[0].key)[0])


def is_pair_below(row: GridRow, header: Header) -> bool:
    """Is a row below the header of indicators the label of a box and its text, which goes from the classes over the values?"""
    if len(row.filled) != 2 or row.leading is not None:
        return False
    label, text = row.filled
    roles = {
        column.role for column in header.columns if text.left <= column.left and column.right <= text.right
    }
    across = not roles.isdisjoint(LEVELS) and not roles.isdisjoint(VALUES)
    other = is_class(label.key) or is_sum(label.key) or _OF_POINTS_OR_CLASS.search(label.key)
    return across and label is row.boxes[0] and not other and label.key != text.key


def is_section(row: GridRow) -> bool:
    """Is a row the numbered name of a part of the form (二、资金信息（万元）), and nothing else?"""
    box = row.filled[0]
    alone = len(row.filled) == 1 and box is row.boxes[0] and box.bottom == box.top + 1
    return alone and _SECTION.fullmatch(box.key) is not None and not is_class(without_ordinal(box.key))


def stands_below(row: GridRow) -> bool:
    """Is a row below the indicators none of them: a note, a signature, a part of the form, another table, a verdict?"""
    told = is_note_row(row) or signs(row) or is_section(row)
    return told or heads_other_table(row) or is_verdict_row(row)


def signs(row: GridRow) -> bool:
    """Does a row below a table say in each of its boxes who signed and when (评审专家：…, 评审日期：…), and no field of the form?"""
    said = (_SIGNED.match(box.key) for box in row.filled)
    return all(one and not is_class(one[1]) and box_field(one[1]) in (None, "aside") for one in said)


def labels_of(row: GridRow) -> dict[Box, str]:
    """The boxes of a row that are labels, with their fields."""
    if row.labels is None:
        row.labels = _labels_of(row)
    return row.labels


def _labels_of(row: GridRow) -> dict[Box, str]:
    """The labels of a row. A value may read like an amount's label (项目类型: 其他): behind a label without a value, and with
    no amount behind itself, it is one."""
    labels: dict[Box, str] = {}
    names = [box_field(box.key) or ("budget" if is_sum(box.key) else None) for box in row.filled]
    times = [f"{time_of(box.key)}_goal" for box in row.filled[1:]] if names[0] in GOALS else []
    if sorted(times) == ["annual_goal", "cycle_goal"]:
        return dict(zip(row.filled, (names[0] or "", *times), strict=True))
    if names == ["annual_goal", "annual_goal"]:
        # 总体目标 | 年度目标 over their texts, in either order
        whole = [is_of_the_whole(b.key) and is_wider(b.key, o.key) for b, o in permutations(row.filled)]
        if any(whole) or is_of_the_whole(row.filled[0].key):
            goals = ("cycle_goal" if wide else "annual_goal" for wide in whole)
            return dict(zip(row.filled, goals, strict=True))
    if not any(names) and not any(box.key.endswith(_PURSE) or money_factor(box.text) for box in row.filled):
        return labels
    # A label that spans the rows, or that no form knows, stands beside them.
    wide = len(names) > _ALL_LABELS and names[0] in (None, *names[1:])
    beside = wide or row.filled[0].bottom > row.filled[0].top + 1
    of_money = len(names) > _ALL_LABELS and any(name and is_money(name) for name in names)
    names = [n or (holder_of(b.key) if of_money else None) for b, n in zip(row.filled, names, strict=True)]
    over = names[1:] if beside else names
    if len(names) >= _ALL_LABELS and all(over) and len(set(over)) == len(over):
        # Labels over their values, which stand in the row below.
        return {box: name for box, name in zip(row.filled, names, strict=True) if name}
    names = [box_field(box.key) for box in row.filled]
    empty = False
    for number, (box, name) in enumerate(zip(row.filled, names, strict=True)):
        after = row.filled[number + 1] if number + 1 < len(row.filled) else None
        if name and is_money(name) and empty and labels and not (after and is_amount(after.text)):
            before = labels.get(row.filled[number - 1])
            name = name if before and (is_money(before) or before == "cycle_budget") else None
        if name is None and after and is_amount(after.text) and box.key.rstrip(":：").endswith(_PURSE):
            name = holder_of(box.key)
        if name in (None, "fiscal_year") and after and is_amount(after.text):
            beside_money = any(is_money(one) or one == "cycle_budget" for one in labels.values())
            if money_factor(box.text) or (name is None and beside_money):
                name = amount_of_time(box)
        if name == "aside" and empty and number == 1 == len(names) - 1 and not is_listed(box.key):
            # The only text behind the label of a name: 项目名称, 历史建筑整修.
            name = None if labels[row.filled[0]] in _NAMES and row.filled[0].right == box.left else name
        if name:
            labels[box] = name
        empty = name is not None
    return labels


def amount_of_time(box: Box) -> str | None:
    """The budget that a name stands for which only says of what time an amount is (本年度, 实施期), and not of which year."""
    time = None if _DIGIT.search(box.key) else time_of(box.key)
    return {"annual": "budget", "cycle": "cycle_budget"}.get(time or "")


def holder_of(key: str) -> str | None:
    """The source that a name stands for which says no more than who pays (中央, 市级财政), in front of an amount or above one."""
    name = printed_name(key)
    return f"{PUBLIC}:{name}" if (box_field(name + "资金") or "").startswith(PUBLIC) else None


def goal_parts(row: GridRow, labels: dict[Box, str], left: _Left) -> dict[Box, str]:
    """The names of what a goal comes to (预期产出, 效果目标), or was changed to (调整后), beside or below the label of that goal; ``left``
    is the label that a row with a blank first box may stand beside."""
    first = row.boxes[0]
    name = labels.get(first) or box_field(first.key) if first.key else left and left[0]
    if name not in GOALS:
        return {}
    others = [box for box in row.filled if box is not first]
    parts = [box for box in others if is_after(box) or (is_level1(box.key) and is_planned(box.key))]
    fits = all(box in parts or box_field(box.key) in (None, name) for box in others)
    return dict.fromkeys(parts, name) if fits else {}


def goes_on(left: tuple[str, LabelledEntry], row: GridRow, edge: int) -> bool:
    """Does a row without labels go on with what stands beside a label at the left ``edge``: its one amount, or its text?"""
    name, entry = left
    below = row.leading is not None or not row.boxes[0].key
    if is_money(name):
        alone = len(row.filled) == 1 and below and is_amount(row.filled[0].text)
        return alone and not entry.has(name)
    on_page = row.opens_page and len(row.filled) == 1
    return name in RUNNING and (below or row.boxes[0].left > edge or on_page)


def listed_in(row: GridRow) -> list[Indicator]:
    """The indicators of a row that holds nothing but a class and its list, or a name behind its classes and its value, with a name
    that stands beside all of them."""
    *beside, label, cell = row.filled if len(row.filled) > 1 else [None, None]
    if label is None or cell is None or any(b is not None and box_field(b.key) not in BESIDE for b in beside):
        return []
    classes, name = behind_classes(label.text.strip())
    if len(classes) > 1 and name:
        one = Indicator(
            level1=classes[0],
            level2=classes[1],
            level3=name,
            annual_value=cell_text(cell.text, cell.is_typed),
        )
        one.locations = dict.fromkeys(("level1", "level2", "level3"), label.location())
        one.locations["annual_value"] = cell.location()
        return [one]
    if not is_class(label.key) or box_field(label.key):
        return []  # 工期 is the name of a box where no header stands above it
    rows = values_of_class(label.key, join(cell.lines(), cell.is_typed))
    for one in rows:
        one.locations.setdefault("level1" if is_level1(label.key) else "level2", label.location())
    return rows


def printed_factor(row: GridRow) -> int | None:
    """The money unit that a label left of the amounts prints, also one that spans several rows."""
    factors = (money_factor(box.key) for box in row.boxes if not is_amount(box.text))
    return next((factor for factor in factors if factor), None)


def rows_beside(row: GridRow, labels: dict[Box, str], left: _Left) -> str | None:
    """The box with rows of its own (年度主要任务, 项目实施进度计划) that a row stands beside, or goes on below where merged
    cells are lost: then the one that stands ``left`` of it."""
    first = row.leading or row.boxes[0]
    name = (labels.get(first) or box_field(first.key)) if first.key else left and left[0]
    return name if name in ("tasks", "schedule") else None


def is_named_amount(label: str, box: Box, row: GridRow) -> bool:
    """Is a box behind a label of money one of the first two of its row that are a name, which no form knows, and its amount?"""
    name, amount = row.filled[:2]
    named = is_amount(amount.text) and not is_amount(name.text)
    return is_money(label) and named and box in (name, amount)
