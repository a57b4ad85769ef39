"""Rows below a header as indicators: levels carried down, values joined from their parts, every field with its place."""

from functools import lru_cache

from perfgoals_lint.model import Indicator, Location
from perfgoals_lint.money import UNIT_WORDS
from perfgoals_lint.rulebook.labels import classify, is_level1, is_level2, parent_of, split_code, time_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.account import count
from perfgoals_lint.tables.amounts import is_amount, own_unit
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.column_cells import COUNT, FIGURE, LONGEST_UNIT, under
from perfgoals_lint.tables.header import SUMMED, Header
from perfgoals_lint.tables.header_contents import TIME
from perfgoals_lint.tables.headings import LEVELS, classes_of
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.states import is_instruction
from perfgoals_lint.tables.texts import cell_text, join_lines, join_value
from perfgoals_lint.tables.words import is_filler, is_sum
from perfgoals_lint.text import squeeze

_FITS = {"level1": is_level1, "level2": is_level2}
_TEXT_FIELDS = ("description", "basis", "weight")
_MONEY = compiled(rf"\d\s*(?:{UNIT_WORDS})")
_OWN = frozenset({*LEVELS, *VALUES, *_TEXT_FIELDS})
_WRITTEN = frozenset({"level3", *VALUES, *_TEXT_FIELDS})
_NAMED = frozenset({*_OWN, "number", "direction"})
"""Columns that make a row an indicator."""
_LOWER = compiled(r"[反逆负]向")
_DITTO = compiled(r"同[上左][行格栏]?|[〃″＂\"]|''")
_ORDINAL = compiled(r"^[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*")
_COUNTED = compiled(r"[一二三四五六七八九十\d]+")
_DIGITS = compiled(r"[（(]?(\d{1,4})[)）.、．]?")


class IndicatorRows:
    """Reads the rows of one table one by one; a header may be replaced by its repetition on the next page."""

    def __init__(self, header: Header) -> None:
        self._stand_under(header)
        self.indicators: list[Indicator] = []
        self.sums: dict[str, Box] = {}
        """The cells of points in sum rows, by the names of row and column: 总分（得分）."""
        self._levels: dict[str, Box] = {}
        self._said: dict[tuple[str, str | None, int], Box] = {}
        """The last text of each column, which a ditto mark below it repeats."""
        self._above: Box | None = None
        """The class in the row above, where that holds nothing else."""
        self._headed = False
        """Is the last indicator that of a row that printed nothing but classes, one row high?"""
        self._second: str | None = None
        """How the rows count that hold nothing but a class of the second level."""
        self._of_period: dict[tuple[str | None, str], Indicator] = {}

    def go_on(self, header: Header) -> None:
        """Read on under another header: the same one on the next page, or that of the year below the period's."""
        if "annual_value" in header.roles and "annual_value" not in self.header.roles:
            self._levels = {}
            self._of_period = {(i.level2, i.level3): i for i in self.indicators if i.level3}
        self._stand_under(header)

    def _stand_under(self, header: Header) -> None:
        roles = [column.role for column in header.columns]
        self.header = header
        self._own = [i for i, role in enumerate(roles) if role in _OWN and i not in header.of_project]
        self._classes = [i for i, role in enumerate(roles) if role in _FITS]

    def read(self, row: GridRow) -> None:
        """Add the indicators of a row: none for a filler or sum row, two where period and year stand side by side."""
        placed = self.header.place(row)
        if not row.filled or is_sum(row.filled[0].key):
            self._count_sum(row, placed)
            return
        of_project = {box for index in self.header.of_project for box in placed.get(index, ())}
        if self._is_band(own := [box for box in row.filled if box not in of_project]):
            count(own, "indicator_cells")
            return
        self._above = None
        columns = self.header.columns
        placed = {i: b if len(b) == 1 else list(under(columns[i], b)) for i, b in placed.items()}
        cells = self._cells(placed)
        own = [b for i in self._own for b in placed.get(i, ()) if b.top == row.index and not is_filler(b.key)]
        count((box for box in row.filled if is_filler(box.key)), "notes")
        if not own or (not self.indicators and all(is_instruction(box.key) for box in own)):
            count((box for box in row.filled if is_instruction(box.key)), "notes")
            return
        # Of the cells left of the classes a list's record says what they are.
        own_cells = (boxes for index, boxes in placed.items() if index not in self.header.of_project)
        count((box for boxes in own_cells for box in boxes), "indicator_cells")
        self._carry_levels(cells)
        found = [self._indicator(cells, block) for block in range(self.header.blocks)]
        read = _merge_blocks([i for i in found if i is not None])
        self._drop_heading(read)
        if times := cells.get((TIME, None, 0)):
            read = self._of_time(time_of(times[0].key), read)
        else:
            self._note_blank(read, row, placed)
        if self._of_period:
            known = ((self._of_period.pop((one.level2, one.level3 or ""), None), one) for one in read)
            read = [one for same, one in known if same is None or not _merge_blocks([same, one])]
        self.indicators += read
        classes = [box for index in self._classes for box in placed.get(index, ())]
        self._headed = len(read) == 1 and all(box in classes and box.bottom == box.top + 1 for box in own)

    def _count_sum(self, row: GridRow, placed: dict[int, list[Box]]) -> None:
        """Note what the cells of a sum row are, and keep its points; in a list its record does. A sum of money is none of them."""
        if self.header.is_list or not row.filled:
            return
        for index in (i for i, column in enumerate(self.header.columns) if column.role in SUMMED):
            for box in filter(lambda box: box.key, placed.get(index, ())):
                key = f"{row.filled[0].key}（{squeeze(self.header.labels[index])}）"
                again = sum(one.startswith(key) for one in self.sums)
                self.sums[f"{key}（{again + 1}）" if again else key] = box
        count((box for box in row.filled if is_amount(box.text) and own_unit(box.text)), "notes")
        count(row.filled, "totals")

    def _note_blank(self, read: list[Indicator], row: GridRow, placed: dict[int, list[Box]]) -> None:
        """Where the cells of the row are that its indicators leave empty."""
        for index, column in enumerate(self.header.columns):
            name = column.role if column.part is None and column.role in _WRITTEN else ""
            without = [one for one in read if name and name not in one.locations]
            if not without:
                continue
            boxes = placed.get(index)
            place = boxes[0].location() if boxes else self.header.blank(row, index)
            if place is None:
                continue
            for one in without:
                one.blank.setdefault(name, place)
                figures = any(map(FIGURE.search, filter(None, (one.annual_value, one.cycle_value))))
                if name == "level3" and boxes and figures:
                    # What a template prints for a name (指标1) is one where a target stands beside it.
                    _set_text(one, name, [box for box in boxes if box.key])

    def remarked(self) -> dict[str, Location]:
        """The headings of remarks, and of columns of no use to a rule, that name an amount of money."""
        remarks = {
            label: column.box.location()
            for label, column in zip(self.header.labels, self.header.columns, strict=True)
            if column.role in ("", "remark")
        }
        said = (
            label for row in self.indicators for label, text in row.columns.items() if _MONEY.search(text)
        )
        return {label: remarks[label] for label in said if label in remarks}

    def _of_time(self, time: str | None, read: list[Indicator]) -> list[Indicator]:
        """The indicators of a row that says the time of its value; none where the row above has the same with the other value."""
        last = self.indicators[-1] if self.indicators else None
        for row in read if time == "cycle" else ():
            row.cycle_value, row.annual_value = row.annual_value, None
            row.locations = {k.replace("annual_value", "cycle_value"): v for k, v in row.locations.items()}
        if last is None or len(read) != 1 or read[0].level3 not in (None, last.level3):
            return read
        if (last.level1, last.level2) != (read[0].level1, read[0].level2):
            return read
        name = f"{time}_value"
        if getattr(last, name, ""):
            return read
        setattr(last, name, getattr(read[0], name))
        last.locations |= {k: v for k, v in read[0].locations.items() if k.startswith(name)}
        return []

    def _drop_heading(self, read: list[Indicator]) -> None:
        """Take back the row above where it printed nothing but the class that these indicators are of."""
        heading = self.indicators[-1] if self._headed else None
        self._headed = False
        level = "level2" if heading and heading.level2 else "level1"
        if heading and read and heading.locations.get(level) == read[0].locations.get(level):
            self.indicators.pop()

    def _is_band(self, filled: list[Box]) -> bool:
        """Are the boxes of a row nothing but a class over those that follow, whose level has no column of its own? It is noted."""
        numbered = len(filled) == 2 and COUNT.fullmatch(filled[0].key)
        if len(filled) != 1 and not numbered:
            return False
        box = filled[-1]
        key = _ORDINAL.sub("", box.key)
        if both := classes_of(key):
            self._levels = {"level1": box.cut(both[0]), "level20": box.cut(both[1])}
            return True
        levels = ["level1", "level2"]
        style = _COUNTED.sub("1", mark[0]) if (mark := _ORDINAL.match(box.key)) else None
        if (
            (self._above is not None and self._levels == {"level1": self._above})
            or (numbered and "." in filled[0].key.rstrip("."))
            or (style == self._second and (style or (not numbered and self._is_below(key))))
        ):
            # 服务对象满意度指标 right below 满意度指标, what counts 1.4, or as （一）数量指标 did, is of the second level.
            levels.reverse()
        name = next((one for one in levels if _FITS[one](key) and one not in self.header.roles), None)
        if name is None:
            return False
        above = self._levels.get("level20") if name == "level2" else None
        if above is not None and above is self._above and is_level1(above.key):
            # 成本指标 above 经济成本指标 is of the first level, as a class of the second has no other one below it.
            self._levels = {"level1": above}
        self._above = label = box.cut(_ORDINAL.sub("", box.text.strip()))
        self._second = style if name == "level2" else self._second
        self._levels = {k: v for k, v in self._levels.items() if k == "level1" and name == "level2"}
        self._levels["level1" if name == "level1" else "level20"] = label
        return True

    def _is_below(self, key: str) -> bool:
        """May a class of either level stand below the open one of the first, which has others of the second below it?"""
        first = self._levels.get("level1") if "level20" in self._levels else None
        second = classify(key, 2)
        return first is not None and second is not None and parent_of(second) == classify(first.key, 1)

    def _cells(self, placed: dict[int, list[Box]]) -> dict[tuple[str, str | None, int], list[Box]]:
        """The row's boxes with text by role, part and block."""
        cells: dict[tuple[str, str | None, int], list[Box]] = {}
        for index, boxes in placed.items():
            column = self.header.columns[index]
            if index in self.header.of_project and column.role not in LEVELS:
                continue  # What stands left of the classes is said of the project.
            key = (column.role, column.part, column.block)
            values = [n for n in cells if n[0] in VALUES and n[1] == key[1]] if key[0] in VALUES else []
            left = cells[values[-1]][-1] if values else None
            printed = [box for box in boxes if not is_filler(box.key)]
            if not printed and key[0] not in _FITS:
                self._said.pop(key, None)
            if texts := [one for box in printed if (one := self._meant(key, box, left))]:
                cells.setdefault(key, []).extend(texts)
        moved = cells.get(("level1", None, 0))
        # A level-2 label that is merged over both level columns.
        if moved and len(moved) == 1 and is_level2(moved[0].key) and not is_level1(moved[0].key):
            spanned = moved[0].right - moved[0].left > 1
            if spanned and ("level2", None, 0) not in cells and "level2" in self.header.roles:
                cells[("level2", None, 0)] = cells.pop(("level1", None, 0))
                upper = self._levels.get("level1")
                if upper and classify(upper.key, 1) != parent_of(classify(moved[0].key, 2) or ""):
                    del self._levels["level1"]  # it is in the place of the class above, and none below that
        if ("level3", None, 0) not in cells and "level3" not in self.header.roles:
            _name_in_level2(cells, "level1" in self._levels)
        return cells

    def _meant(self, column: tuple[str, str | None, int], box: Box, left: Box | None) -> Box | None:
        """A box with what it says: a ditto mark repeats what stands above it, 同左 the value at its ``left``, as a blank cell does
        where that is a class; the name of an indicator is its own, so that a mark there stays one."""
        above = left if left is not None and "左" in box.key else self._said.get(column)
        if not _DITTO.fullmatch(box.key):
            self._said[column] = box
        elif above is left is not None:
            box.count("notes")
            box = self._said[column] = box.cut(left.text)
        elif above is not None and column[0] != "level3":
            box.count("notes")
            return None if column[0] in _FITS else box.cut(above.text)
        return box

    def _carry_levels(self, cells: dict[tuple[str, str | None, int], list[Box]]) -> None:
        """Note the level labels of the row; a blank level cell continues the one above it."""
        first = cells.get(("level1", None, 0))
        if first:
            known = self._levels.get("level1")
            # A label printed again (on every row, at a page break) goes on with the class below it.
            if known is None or known.key != first[0].key:
                self._levels = {}
            self._levels["level1"] = first[0]
        for block in range(self.header.blocks):
            second = cells.get(("level2", None, block))
            if second:
                self._levels[f"level2{block}"] = second[0]

    def _indicator(self, cells: dict[tuple[str, str | None, int], list[Box]], block: int) -> Indicator | None:
        mine = {(role, part): boxes for (role, part, number), boxes in cells.items() if number in (0, block)}
        if block:
            mine = {
                key: b for key, b in mine.items() if key[0] in {"level1", "number"} or (*key, block) in cells
            }
            if ("level3", None) not in mine:
                return None
        elif self.header.blocks > 1 and ("level3", None) not in mine and any(k[2] for k in cells):
            return None
        indicator = Indicator()
        for name, key in (("level1", "level1"), ("level2", f"level2{block}")):
            box = self._levels.get(key) or self._levels.get("level20" if name == "level2" else key)
            if box is not None:
                code, label = _label(box.text)
                setattr(indicator, name, label or None)
                setattr(indicator, name + "_code", code)
                indicator.locations[name] = box.location()
        _set_text(indicator, "level3", mine.get(("level3", None)))
        for name in _TEXT_FIELDS:
            _set_text(indicator, name, mine.get((name, None)))
        if (value := ("annual_value", None)) not in mine and (words := ("qualitative", None)) in mine:
            mine[value] = mine.pop(words)
        for name in VALUES:
            _set_value(indicator, name, mine)
        if self.header.doubtful:
            indicator.unknown = list(VALUES)
        self._others(indicator, mine)
        number = mine.get(("number", None))
        if number and (match := _DIGITS.fullmatch(number[0].key)):
            indicator.number = int(match[1])
            indicator.locations["number"] = number[0].location()
        elif number:
            label = next(
                self.header.labels[i] for i, c in enumerate(self.header.columns) if c.role == "number"
            )
            indicator.columns[label] = number[0].text.strip()
        return indicator

    def _others(self, indicator: Indicator, mine: dict[tuple[str, str | None], list[Box]]) -> None:
        """Direction, sign and unit of columns of their own, and what stands in columns that no field has."""
        direction = mine.get(("direction", None))
        if direction:
            key = direction[0].key
            indicator.direction = "lower" if _LOWER.search(key) else "higher" if "正向" in key else None
            indicator.locations["direction"] = direction[0].location()
            if indicator.direction is None:
                label = next(
                    self.header.labels[i] for i, c in enumerate(self.header.columns) if c.role == "direction"
                )
                indicator.columns[label] = direction[0].text.strip()
        for (role, part), boxes in mine.items():
            if part == "operator":
                indicator.sign = _joined(boxes)
            elif part == "unit":
                indicator.unit = _joined(boxes)
            elif role not in _NAMED and part is None:
                for index, column in enumerate(self.header.columns):
                    found = [
                        box
                        for box in boxes
                        if column.role == role and column.left < box.right and box.left < column.right
                    ]
                    if found:
                        label = self.header.labels[index]
                        indicator.columns[label] = _joined(found)
                        indicator.places[label] = found[0].location()


def _name_in_level2(cells: dict[tuple[str, str | None, int], list[Box]], has_first: bool) -> None:
    """In a table of two levels the columns are one off: 数量指标 stands as level 1, the name as level 2. What may be of both
    levels (成本指标) is of the first where a row above ``has_first``."""
    first, second = ("level1", None, 0), ("level2", None, 0)
    name, label = cells.get(second), cells.get(first)
    # 满意度 beside 满意度指标 is a name: where classes are printed with 指标, those of the second level would be.
    printed = label is not None and is_level1(label[0].key) and label[0].key.endswith("指标")
    if name and (not is_level2(name[0].key) or (printed and not name[0].key.endswith("指标"))):
        cells["level3", None, 0] = cells.pop(second)
        if label and is_level2(label[0].key) and not (has_first and is_level1(label[0].key)):
            cells[second] = cells.pop(first)


@lru_cache(4096)
def _label(text: str) -> tuple[str | None, str]:
    """The code and the label of a level cell."""
    return split_code(join_lines(text.splitlines()))


def _joined(boxes: list[Box]) -> str:
    return cell_text("\n".join(box.text for box in boxes)) or ""


def _set_text(indicator: Indicator, name: str, boxes: list[Box] | None) -> None:
    if boxes:
        text = boxes[0].text if len(boxes) == 1 else "\n".join(dict.fromkeys(box.text for box in boxes))
        setattr(indicator, name, cell_text(text, boxes[0].is_typed))
        indicator.locations[name] = boxes[0].location()


def _set_value(indicator: Indicator, name: str, mine: dict[tuple[str, str | None], list[Box]]) -> None:
    """The value of a column, joined from its parts; a value cell split into several is read from left to right."""
    parts: dict[str | None, str | None] = {}
    places: dict[str, Location] = {}
    columns = {part: boxes for (role, part), boxes in mine.items() if role == name}
    if not columns:
        return
    for part in (None, "operator", "direction", "unit"):
        boxes = columns.get(part)
        if boxes:
            parts[part] = "".join(cell_text(box.text, box.is_typed) or "" for box in boxes)
            places[name if part is None else f"{name}.{part}"] = boxes[0].location()
            if part is None and len(boxes) == 3 and len(squeeze(boxes[0].key)) < 3:
                places = {
                    f"{name}.operator": boxes[0].location(),
                    name: boxes[1].location(),
                    f"{name}.unit": boxes[2].location(),
                }
    if not parts.get(None) and len(parts.get("unit") or "") > LONGEST_UNIT:
        parts[None], places[name] = parts.pop("unit"), places.pop(f"{name}.unit")
    text = join_value(parts.get("operator") or parts.get("direction"), parts.get(None), parts.get("unit"))
    if text:
        setattr(indicator, name, text)
        indicator.locations.update(places)


def _merge_blocks(found: list[Indicator]) -> list[Indicator]:
    """One indicator where period and year name the same; else each on its own."""
    if len(found) == 2 and found[0].level3 == found[1].level3 and found[0].level3 is not None:
        first, second = found
        first.annual_value = second.annual_value
        first.locations |= {k: v for k, v in second.locations.items() if k.startswith("annual_value")}
        return [first]
    return [i for i in found if i.level3 or i.annual_value or i.cycle_value or len(found) == 1]
