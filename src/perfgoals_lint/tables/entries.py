"""What stands beside the label of a box: one entry a label, with the boxes of its value."""

from dataclasses import dataclass, field

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.cells import Box
from perfgoals_lint.tables.headings import is_money
from perfgoals_lint.tables.texts import cell_text
from perfgoals_lint.tables.timespans import OPEN_END, years_of

RUNNING = frozenset({"annual_goal", "cycle_goal", "overall_goal", "purpose", "disbursement_plan"})
"""Fields that may go on in the row below."""
SEVERAL = RUNNING | {"period"}
"""Fields whose value may stand in several boxes, as an amount may."""
OF_THE_WHOLE = frozenset({"cycle_budget", "investment"})
"""Amounts of the whole project, not of its year."""
KEPT = frozenset({"aside", "programme", "schedule", "tasks", "indicators", "cycle_indicators", *OF_THE_WHOLE})
"""Boxes that are none of a table's named fields; their texts are kept under their labels."""
_FIGURE = compiled(r"[\d.,]+[%％]?")
_OF_PERIOD = compiled(r"(?:19|20)\d\d|^(?:[自从起始止]|[至到\-—–~～]+)$|长期|^\d{1,2}月")
"""What may stand beside the first date of a period."""


@dataclass(slots=True)
class LabelledEntry:
    """What stands beside one label: the label's own text (unit and year are in it) and the value boxes."""

    label: str
    factor: int | None = None
    boxes: list[Box] = field(default_factory=list)
    left: int | None = None
    """The column of its label, where that is a box of its own."""
    closed: bool = False
    """Did something else follow, so that the value is complete?"""
    parted: bool = False
    """Do its boxes stand under names of their own (预期产出, 预期效果)?"""

    def add(self, name: str, box: Box) -> None:
        """Take a value box; a short text is one box, what stands behind it belongs to something else. Converters that
        know no merged cells print the text of one in each column."""
        if self.boxes and self.boxes[-1].top == box.top and self.boxes[-1].key == box.key:
            box.count("fields")
        elif self.closed or (self.boxes and not self._goes_on(name, box)):
            self.closed = True
        elif (
            not self.boxes
            or name in SEVERAL
            or is_money(name)
            or (name == "aside" and _FIGURE.fullmatch(box.key))
        ):
            self.boxes.append(box)
            box.count("fields")
        else:
            self.closed = True

    def _goes_on(self, name: str, box: Box) -> bool:
        """May a box that stands behind others belong to them? What is no date does not go on with a period, nor a date with one
        that has its end, nor what is no amount with an amount."""
        if name == "period":
            dated = len(box.key) > 1 or bool(years_of(self.boxes[-1].text))
            return (
                dated
                and bool(_OF_PERIOD.search(box.key))
                and all(len(years_of(b.text)) < 2 for b in self.boxes)
            )
        return not is_money(name) or is_amount(box.text) or not self.has(name)

    def has(self, name: str) -> bool:
        """Is there a value of the field's kind?"""
        if name == "period":
            return any(years_of(box.text) or OPEN_END.search(box.text) for box in self.boxes)
        return any(is_amount(box.text) for box in self.boxes) if is_money(name) else bool(self.boxes)

    @property
    def text(self) -> str | None:
        """The value boxes as one text."""
        figures = len(self.boxes) > 1 and all(_FIGURE.fullmatch(box.key) for box in self.boxes)
        return (
            "、".join(box.key for box in self.boxes)
            if figures
            else cell_text("\n".join(b.text for b in self.boxes))
        )
