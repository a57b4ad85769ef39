"""The boxes of a form by field: which of several labels of one field has it, and what is kept beside it under its own name."""

from perfgoals_lint.rulebook.labels import is_listed
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.tables.amounts import is_nothing, is_other, money_factor
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.entries import KEPT, OF_THE_WHOLE, RUNNING, LabelledEntry
from perfgoals_lint.tables.form_labels import (
    gives_way,
    heads_parts,
    is_next_goal,
    is_of_year_beside,
    printed_factor,
    whole_before,
)
from perfgoals_lint.tables.header_columns import OF_THE_YEAR, is_of_the_whole, is_wider
from perfgoals_lint.tables.headings import box_field, is_money
from perfgoals_lint.tables.sources import is_part
from perfgoals_lint.tables.timespans import years_of
from perfgoals_lint.tables.words import is_sum, says

_DEPARTMENT, _UNIT = "部门", "单位"


class FormEntries(dict[str, LabelledEntry]):
    """The entry that each field of a form has; ``others`` are those that no field has, with the labels they are kept under."""

    def __init__(self) -> None:
        super().__init__()
        self.others: list[tuple[str, LabelledEntry]] = []
        self._aside: set[int] = set()
        self._doubled: set[str] = set()
        self._parts: dict[str, LabelledEntry] = {}
        """The parts of what the whole project costs."""
        self._in_parts = False

    def open(self, name: str, box: Box, row: GridRow) -> LabelledEntry:
        """The entry of a label. The first box of a field counts; amounts of the whole period are put aside."""
        known = self.get(name)
        factor = printed_factor(row) if is_money(name) or name == "investment" else None
        if name == "cycle_budget" or (name == "investment" and heads_parts(box, row)):
            self._aside.add(box.left)
        elif name == "budget" or (is_money(name) and OF_THE_YEAR.search(box.key)):
            self._aside.discard(box.left)  # the year's, below those of the period
        of_whole = is_money(name) and self._is_part_of_whole(name, box, row)
        if known is not None and known.parted:
            entry = known
        elif (
            name == "cycle_budget"
            or of_whole
            or (name == "budget" and self._is_part_of_source(box, row))
            or (is_money(name) and box.left in self._aside)
        ):
            entry = LabelledEntry(box.key)
            self._parts |= {name: entry} if of_whole else {}
        elif known is not None and self._has_whole(name, box.key):
            # 财政安排金额 over 其中：财政拨款 is the budget.
            self["budget"] = known
            entry = self[name] = LabelledEntry(box.key, factor or known.factor)
        elif known is not None and known.has(name) and is_of_year_beside(name, known.label, box.key):
            # 总体目标 beside 年度目标 is the goal of the whole period; an amount of no time beside the year's is kept.
            if name == "annual_goal":
                self.setdefault("cycle_goal", known)
            else:
                self.others.append((known.label.rstrip(":："), known))
                if known.left is not None and known.left != box.left:
                    self._aside.add(known.left)  # its sources stand below it, those of the year beside them
            entry = self[name] = LabelledEntry(box.key, factor or known.factor)
        elif known is None or not known.has(name) or gives_way(name, known.label, box.key):
            if known is not None and known.boxes and (name != "budget" or not known.has(name)):
                self.others.append((known.label.rstrip(":："), known))
            entry = LabelledEntry(box.key, factor or (known.factor if known else None))
            self[name] = entry
        elif name in RUNNING and (row.opens_page or is_next_goal(known.label, box.key)):
            entry = known
        else:
            entry = LabelledEntry(box.key)
            if name == "annual_goal" and is_wider(box.key, known.label) and is_of_the_whole(box.key):
                self.setdefault("cycle_goal", entry)
            self._doubled.add(box.key.rstrip(":："))
        entry.left = box.left if entry.left is None else entry.left
        if self.get(name) is not entry or name in KEPT:
            self.others.append((box.key.rstrip(":："), entry))
        return entry

    def say(self, name: str, label: str, box: Box, factor: int | None = None) -> None:
        """Take a field whose label stands in one text with its value; a second one is kept under its label."""
        entry, known = LabelledEntry(label, factor, [box]), self.get(name)
        first = known is None or not known.has(name)
        if first:
            self[name] = entry
        if name in KEPT or not first:
            self.others.append((label, entry))

    def list_of_indicators(self) -> LabelledEntry | None:
        """The box of a form that lists its indicators in a text."""
        listed = self.get("indicators")
        return listed if listed and not all(is_nothing(box.key) for box in listed.boxes) else None

    def _is_part_of_whole(self, name: str, box: Box, row: GridRow) -> bool:
        """Is an amount of no year a part of what the whole project costs, right behind it (其中：资本金), or below such a part?"""
        of_year = name == "budget" or OF_THE_YEAR.search(box.key)
        on = whole_before(box, row) in OF_THE_WHOLE or (self._in_parts and name not in self._parts)
        self._in_parts = on and not of_year
        return self._in_parts

    def _is_part_of_source(self, box: Box, row: GridRow) -> bool:
        """Is an amount a part of the source beside it (专项债券资金 beside 其中：本次申请), of what the whole project costs?"""
        whole = whole_before(box, row)
        return whole not in (None, "budget", *OF_THE_WHOLE) and not OF_THE_WHOLE.isdisjoint(self)

    def _has_whole(self, name: str, label: str) -> bool:
        """Is an amount a part of the one above it that has its name, in a form that has no budget yet (财政安排金额 over 其中：财政拨款)?"""
        known, budget = self.get(name), self.get("budget")
        if (
            known is None
            or name == "budget"
            or not is_money(name)
            or not is_part(label)
            or is_part(known.label)
        ):
            return False
        return known.has(name) and (budget is None or not budget.has("budget"))

    def must_be_said(self, label: str, text: str) -> bool:
        """Must it be said that a box is kept under its name: a second text of a field, or the amounts of the whole where
        the year's are not known?"""
        name = box_field(label) or ""
        own, budget = self.get(name), self.get("budget")
        if label in self._doubled:
            standard = is_listed(label) or is_part(label) or name in KEPT
            if own is not None and is_sum(label):
                return is_other(text, own.text or "", money_factor(own.label) or own.factor)
            return own is not None and own.text != text and not standard
        return name == "indicators" or (name in OF_THE_WHOLE and (budget is None or not budget.has("budget")))

    def _leave(self, boxes: set[Box]) -> None:
        """Keep amounts that are none of the year's under their labels, where the form has the year's too."""
        budget = self.get("budget")
        left = [name for name, entry in self.items() if name != "budget" and boxes.issuperset(entry.boxes)]
        for name in left if budget is not None and budget.has("budget") else ():
            entry = self[name]
            if entry.boxes:
                self.others.append((entry.label.rstrip(":："), self.pop(name)))

    def settle(self, of_whole: set[Box]) -> None:
        """Say which box has a field where all boxes together tell it, those that make up what the whole project costs left out."""
        self._leave(of_whole)
        self._whole_as_budget()
        self._part_bodies()

    def _part_bodies(self) -> None:
        """Take another body than the one that fills in the form, and the first of two bodies for the department where no other is named,
        and its label says that it is one (申报部门 beside 申报单位); a part of a body (财务科) is none."""
        unit = self.get("unit")
        others = [(label, e) for label, e in self.others if box_field(label) == "unit" and e.boxes]
        if unit is not None and says("who_fills_in", unit.label):
            kinds = ("who_fills_in", "parts_of_bodies")
            own = [one for one in others if not any(says(kind, one[0]) for kind in kinds)]
            if own:
                self["unit"] = own[0][1]
                self.others[self.others.index(own[0])] = (unit.label.rstrip(":："), unit)
            return
        if unit is None or "department" in self or _DEPARTMENT not in unit.label:
            return
        if others and _UNIT in others[0][0]:
            self["unit"] = others[0][1]
            self.others.remove(others[0])
            if (unit.text or "").endswith(tuple(lexicon("grids")["ends_of_parts"])):  # 财务科
                self.others.append((unit.label.rstrip(":："), unit))
            else:
                self["department"] = unit

    def _whole_as_budget(self) -> None:
        """Take what the whole project costs for its budget where that is the only amount of a form, and no period of several
        years says that the year's is less."""
        if any(is_money(name) and entry.has(name) for name, entry in self.items()):
            return
        wholes = [e for _, e in self.others if box_field(e.label) in OF_THE_WHOLE and e.has("budget")]
        period = self.get("period")
        if len(wholes) == 1 and len(set(years_of(period.text or "") if period else ())) < 2:
            self["budget"] = wholes[0]
            whole = any(part.text == wholes[0].text for part in self._parts.values())
            parts = self._parts if whole or len(self._parts) > 1 else {}
            self.update(parts)
            self.others = [(label, e) for label, e in self.others if all(e is not p for p in parts.values())]
