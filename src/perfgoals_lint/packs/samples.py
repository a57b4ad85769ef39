"""The samples of a rule page: small goal tables with the expected findings marked, which are the rule's tests.

A sample is a Markdown list of ``- 名称：内容`` lines and a pipe table, under ``## 反例`` (bad) or ``## 正例`` (good);
``###`` headings separate several samples. Lines and headers use the names that forms use. ``✗`` at the end of a line
or in the last column says that the rule reports this place; ``✗ warning`` names the severity too. Besides the forms'
own names a sample may say ``格式`` (profile), ``预算年度``, ``起止年度``, ``截断``, ``合计`` and ``小计`` (name and amount),
``分项目标`` (title｜goal｜indicators), ``年度任务`` (name and amount, cut by ``；``), ``状态`` (``blank_form``, ``example``), and ``全文：✗`` for a finding on the document as a whole. Other names are boxes and columns of the form's own. A second ``- 项目名称：`` line starts a second table;
``- 上年：`` starts last year's state of the projects above.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from perfgoals_lint.model import (
    SOURCES,
    SPENDING,
    Document,
    GoalTable,
    Indicator,
    Location,
    Period,
    SubGoal,
    Task,
    Total,
)
from perfgoals_lint.money import UNIT_WORDS, UNITS
from perfgoals_lint.rulebook.labels import classify, column_of, field_of, is_level1, split_code
from perfgoals_lint.rulebook.patterns import compiled

MARK = "✗"
_RESULTS = frozenset({"score", "actual_value", "deviation"})
"""The columns of a self-evaluation, which rows hold under their names."""
_OWN_NAMES = {"预算年度": "fiscal_year", "截断": "truncated", "状态": "state", "年度任务": "tasks"}
_DIRECTIONS: dict[str, Literal["higher", "lower"]] = {
    "正": "higher",
    "反": "lower",
    "逆": "lower",
    "负": "lower",
}
_ITEM = compiled(r"^- (?P<key>[^：]+)：(?P<text>.*)$")
_AMOUNT = compiled(rf"(-?[\d,]+(?:\.\d+)?)\s*({UNIT_WORDS})")
_SOURCE = compiled(rf"({'|'.join(SOURCES.values())})\s*([\d,.]+\s*(?:{UNIT_WORDS}))")

Expected = tuple[int | None, int | None, str | None]


class SampleError(ValueError):
    """A sample that cannot be read; the message holds the line."""


@dataclass(slots=True)
class Sample:
    """One sample: the document it stands for and the marked places, as (table, row, field) → severity or ``None``.

    Row and table are 0-based. A project-level mark has no row; a mark on a total has neither.
    """

    title: str
    bad: bool
    document: Document
    framework: str | None = None
    previous: Document | None = None
    expected: dict[Expected, str | None] = field(default_factory=dict)


def samples_of(page: str, path: str = "") -> list[Sample]:
    """The samples of a page's text (without its head). Raises :class:`SampleError` for one that cannot be read."""
    found: list[Sample] = []
    for bad, title, lines in _sections(page):
        sample = _Builder(Sample(title, bad, Document(path or "sample", "sample", "sample"))).build(lines)
        if sample.document.tables or sample.document.totals:
            found.append(sample)
    return found


def _sections(page: str) -> Iterator[tuple[bool, str, list[str]]]:
    bad: bool | None = None
    title = ""
    lines: list[str] = []
    for line in [*page.splitlines(), "## "]:
        if line.startswith(("## ", "### ")):
            if bad is not None and lines:
                yield bad, title, lines
            lines = []
            if line.startswith("## "):
                bad = True if "反例" in line else False if "正例" in line else None
            title = line.lstrip("# ").strip()
        else:
            lines.append(line)


class _Builder:
    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.current = sample.document
        self.columns: list[str] = []
        self.levels: tuple[str | None, str | None] = (None, None)

    def build(self, lines: list[str]) -> Sample:
        for number, line in enumerate(lines, 1):
            item = _ITEM.match(line)
            if item:
                text, mark, severity = item["text"].partition(MARK)
                self._item(
                    item["key"].strip(), text.strip(), severity.strip() or None if mark else None, bool(mark)
                )
            elif line.startswith("|"):
                self._table_line([cell.strip() for cell in line.strip().strip("|").split("|")], number)
        return self.sample

    @property
    def table(self) -> GoalTable:
        if not self.current.tables:
            self.current.tables.append(GoalTable(self._location()))
        return self.current.tables[-1]

    def _location(self) -> Location:
        document = self.current
        rows = sum(len(table.indicators) + 10 for table in document.tables)
        return Location(document.path, line=rows + len(document.totals) + 1)

    def _expect(self, row: int | None, name: str | None, severity: str | None) -> None:
        index = len(self.current.tables) - 1
        self.sample.expected[(index if name != "total" else None, row, name)] = severity

    # --- lines ----------------------------------------------------------------------------------------------------

    def _item(self, key: str, text: str, severity: str | None, marked: bool) -> None:
        if key == "格式":
            self.sample.framework = text
            return
        if key == "上年":
            # What was read so far is this year's; the rest of the sample is last year's state.
            self.sample.previous = Document(self.current.path, "sample", "sample")
            self.current = self.sample.previous
            return
        if key == "全文":
            self.sample.expected[(None, None, None)] = severity
            return
        if key in {"合计", "小计"}:
            self._total(key, text)
            if marked:
                self._expect(len(self.current.totals) - 1, "total", severity)
            return
        if key == "分项目标":
            title, goal, indicators = (part.strip() for part in f"{text}｜｜".split("｜")[:3])
            place = self._location()
            self.current.subgoals.append(SubGoal(title, goal or None, indicators or None, place))
            if marked:
                self.sample.expected[(None, None, None)] = severity
            return
        name = self._set(key, text)
        if marked:
            self._expect(None, None if name == "project_name" else name, severity)

    def _set(self, key: str, text: str) -> str:
        name = _OWN_NAMES.get(key) or field_of(key) or key
        if name == "project_name" and (not self.current.tables or self.table.project_name):
            self.current.tables.append(GoalTable(self._location()))
        table = self.table
        field = {"budget": "budget_yuan"}.get(
            name, "funding_yuan" if name in (*SOURCES, "spending") else name
        )
        if name == "truncated":
            table.truncated = True
        elif not text:
            table.labels[field] = table.location
        elif name == "fiscal_year":
            table.fiscal_year = int(text)
        elif name == "period":
            start, end = (int(year) for year in re.findall(r"\d{4}", text))
            table.period = Period(start, end)
        elif name == "budget":
            table.budget_yuan = amount(text)
        elif name in SOURCES:
            table.funding_yuan = {**(table.funding_yuan or {}), SOURCES[name]: amount(text)}
        elif name == "spending":
            table.funding_tree.setdefault(SPENDING, {})[key] = amount(text)
        elif name == "tasks":
            table.tasks = [
                Task(_AMOUNT.sub("", part).strip(), table.location, amount_yuan=amount(part))
                for part in text.split("；")
            ]
        elif name == "disbursement_plan":
            pairs = [part.strip() for part in text.replace("，", "、").split("、")]
            table.disbursement_plan = [(when, share) for when, share in (pair.split() for pair in pairs)]
        elif name in GoalTable.__slots__:
            setattr(table, name, text)
        else:
            table.fields[key] = text
        return field

    def _total(self, key: str, text: str) -> None:
        document = self.current
        name = text.split(" ")[0] if key == "小计" else "合计"
        sources = dict(_SOURCE.findall(text))
        total = Total(
            name, self._location(), amount(text), {key: amount(value) for key, value in sources.items()}
        )
        total.grand = key == "合计"
        total.first = len(document.tables)
        document.totals.append(total)

    def _table_line(self, cells: list[str], number: int) -> None:
        if all(set(cell) <= set("-: ") for cell in cells):
            return
        if any(column_of(cell) == "level3" for cell in cells):
            roles = [(column_of(cell) or cell, cell) for cell in cells]
            self.columns = [cell if role in _RESULTS else role for role, cell in roles]
            self.levels = (None, None)
            return
        if not self.columns:
            raise SampleError(f"line {number}: a row before the header")
        mark = next((cell for cell in cells if cell.startswith(MARK)), None)
        fields = {name: cell for name, cell in zip(self.columns, cells, strict=False) if name and cell}
        self._indicator(fields)
        if mark is not None:
            severity = mark.removeprefix(MARK).strip() or None
            self._expect(len(self.table.indicators) - 1, None, severity)

    def _indicator(self, fields: dict[str, str]) -> None:
        level1 = fields.pop("level1", None)
        level2 = fields.pop("level2", None) or (self.levels[1] if level1 in (None, "") else None)
        level1 = level1 or self.levels[0]
        self.levels = (level1, level2)
        row = Indicator(number=int(fields.pop("number")) if "number" in fields else None)
        for name, text in fields.items():
            if name in Indicator.__slots__:
                setattr(row, name, text)
        row.columns = {name: text for name, text in fields.items() if not name.isascii()}
        if row.direction:
            row.direction = _DIRECTIONS.get(str(row.direction)[0])
        row.level1_code, row.level1 = split_code(level1) if level1 else (None, None)
        row.level2_code, row.level2 = split_code(level2) if level2 else (None, None)
        if row.level1 and not row.level1.endswith("指标") and is_level1(row.level1):
            row.level1 += "指标"
        row.level1_class, row.level2_class = classify(row.level1, 1), classify(row.level2, 2)
        table = self.table
        place = Location(self.current.path, line=(table.location.line or 1) + 5 + len(table.indicators))
        row.truncated = fields.get("remark") == "截断"
        row.locations = dict.fromkeys(("level1", "level2", "level3", "annual_value", "cycle_value"), place)
        table.indicators.append(row)


def amount(text: str) -> Decimal:
    """The first amount with a unit in a text, in 元. Raises :class:`SampleError` when there is none."""
    match = _AMOUNT.search(text)
    if not match:
        raise SampleError(f"no amount in {text!r}")
    return Decimal(match[1].replace(",", "")) * UNITS[match[2]]
