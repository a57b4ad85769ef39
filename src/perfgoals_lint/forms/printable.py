"""The printable form that a framework prescribes: which texts stand in which boxes, for any carrier."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from perfgoals_lint.forms.blank import framework_levels, printed_words, profile_of
from perfgoals_lint.model import GoalTable, Indicator
from perfgoals_lint.rulebook.patterns import compiled

Kind = Literal["title", "label", "text", "head", "level", "value"]
_TEN_THOUSAND = Decimal(10_000)
_PARTS = compiled(r"([≥≤=＞＜><])(\d+(?:\.\d+)?)([^\d\s]{1,8})?")
"""A value that can stand in three boxes: sign, number, unit."""


@dataclass(slots=True)
class PrintedBox:
    """A box of the form, 0-based; ``name`` is the column of an indicator's box."""

    row: int
    column: int
    text: str
    kind: Kind
    row_span: int = 1
    column_span: int = 1
    name: str = ""


@dataclass(slots=True)
class PrintedPage:
    """One project's form: its boxes in reading order and its columns by name."""

    columns: list[tuple[str, str]]
    boxes: list[PrintedBox] = field(default_factory=list)
    rows: int = 0

    def line(self, label: str, text: str) -> None:
        """A label with its box over the rest of the width."""
        self.boxes.append(PrintedBox(self.rows, 0, label, "label"))
        self.boxes.append(PrintedBox(self.rows, 1, text, "text", 1, len(self.columns) - 1))
        self.rows += 1


def page(framework: str, table: GoalTable | None = None) -> PrintedPage:
    """The form of a framework, empty or filled with a table. Raises ``KeyError`` for an unknown framework."""
    profile = profile_of(framework)
    made = PrintedPage(_columns(profile, table))
    # A framework's own title names the year of its edition, which would be read as the year of the budget.
    title = (table.title if table else None) or printed_words()["titles"][profile["form"]]
    made.boxes.append(PrintedBox(0, 0, title, "title", 1, len(made.columns)))
    made.rows = 1
    for name, label in printed_words()["boxes"].items():
        value = getattr(table, name) if table else None
        if value not in (None, "") or name in printed_words()["always"]:
            made.line(label, "" if value is None else str(value))
    _period(made, profile, table)
    _money(made, table)
    _plan(made, profile, table)
    for name, label in (
        ("purpose", "资金用途"),
        ("cycle_goal", "实施周期总目标"),
        ("annual_goal", "年度目标"),
    ):
        value = getattr(table, name) if table else None
        if value or name == "annual_goal" or (name == "cycle_goal" and profile["cycle"]):
            made.line(label, value or "")
    _indicators(made, framework, table)
    return made


def _columns(profile: dict[str, Any], table: GoalTable | None) -> list[tuple[str, str]]:
    columns = [(name, label) for name, label in profile["columns"]]
    known = {name for name, _ in columns}
    for name, label in printed_words()["columns"].items():
        if table and name not in known and any(getattr(row, name) for row in table.indicators):
            columns.append((name, label))
    return columns


def _period(made: PrintedPage, profile: dict[str, Any], table: GoalTable | None) -> None:
    period = table.period if table else None
    if period is not None or profile["cycle"]:
        years = [str(year) for year in (period.start, period.end) if year] if period else []
        made.line("起止年度", "-".join(years))


def _money(made: PrintedPage, table: GoalTable | None) -> None:
    made.line("预算金额（万元）", _amount(table.budget_yuan if table else None))
    funding = (table.funding_yuan if table else None) or {}
    for name in dict.fromkeys(["财政拨款", "其他资金", *funding]):
        made.line(f"{name}（万元）", _amount(funding.get(name)))


def _plan(made: PrintedPage, profile: dict[str, Any], table: GoalTable | None) -> None:
    """The plan of payments in two rows, times above shares; one with more steps than columns has no place here."""
    steps = (table.disbursement_plan if table else None) or []
    if not steps and not table and "disbursement_plan" in profile["mandatory"]["fields"]:
        steps = [(step, "") for step in printed_words()["steps"]]
    if not steps or len(steps) >= len(made.columns):
        return
    made.boxes.append(PrintedBox(made.rows, 0, "资金支出计划", "label", 2))
    for line in (0, 1):
        for column in range(1, len(made.columns)):
            text = steps[column - 1][line] if column <= len(steps) else ""
            made.boxes.append(PrintedBox(made.rows + line, column, text, "text"))
    made.rows += 2


def _amount(yuan: Decimal | None) -> str:
    return "" if yuan is None else f"{yuan / _TEN_THOUSAND:f}"


def _indicators(made: PrintedPage, framework: str, table: GoalTable | None) -> None:
    for column, (name, label) in enumerate(made.columns):
        made.boxes.append(PrintedBox(made.rows, column, label, "head", name=name))
    made.rows += 1
    rows = table.indicators if table else framework_levels(framework)
    first = made.rows
    for row in rows:
        values = _values(row, {name for name, _ in made.columns})
        for column, (name, _) in enumerate(made.columns):
            kind: Kind = "level" if name in ("level1", "level2") else "value"
            made.boxes.append(PrintedBox(made.rows, column, values.get(name, ""), kind, name=name))
        made.rows += 1
    _merge(made, first)


def _values(row: Indicator, columns: set[str]) -> dict[str, str]:
    """The texts of a row by column; a value in three parts only where they say together what it says."""
    values = {
        name: getattr(row, name, None) or "" for name in columns if name not in ("operator", "value_unit")
    }
    for level in ("level1", "level2"):
        code = getattr(row, f"{level}_code")
        if code and values.get(level):
            values[level] = f"{code}-{values[level]}"
    parts = _PARTS.fullmatch(values.get("annual_value", ""))
    if parts and parts[3] and {"operator", "value_unit"} <= columns:
        values |= {"operator": parts[1], "annual_value": parts[2], "value_unit": parts[3]}
    return values


def _merge(made: PrintedPage, first: int) -> None:
    """Put equal classes one below the other into one box, as the forms print them; a level-2 class within its level 1."""
    kept: list[PrintedBox] = []
    open_boxes: dict[int, PrintedBox] = {}
    for box in made.boxes:
        if box.row < first or box.kind != "level":
            kept.append(box)
            continue
        above = open_boxes.get(box.column)
        begun = box.column == 1 and 0 in open_boxes and open_boxes[0].row == box.row
        if above is not None and box.text and above.text == box.text and not begun:
            above.row_span += 1
            continue
        open_boxes[box.column] = box
        kept.append(box)
    made.boxes = kept


def choices(framework: str) -> dict[str, Sequence[str]]:
    """What the drop-downs of a form offer, by column: signs, units, classes."""
    levels = framework_levels(framework)
    offered: dict[str, Sequence[str]] = printed_words()["offered"]
    return offered | {
        "level1": tuple(dict.fromkeys(level.level1 for level in levels if level.level1)),
        "level2": tuple(dict.fromkeys(level.level2 for level in levels if level.level2)),
    }
