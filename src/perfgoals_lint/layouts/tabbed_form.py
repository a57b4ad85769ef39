"""Forms of a word-processor file dumped as text: cells begin with a tab, blank cells are kept, titles stand between."""

from __future__ import annotations

import re

from perfgoals_lint.labels import column_of, field_of, is_level1, is_level2, split_code, squeeze
from perfgoals_lint.layouts.tabbed_boxes import GOALS, Boxes
from perfgoals_lint.layouts.tabbed_cells import BESIDE, Cell, groups, read_cells, rows_of
from perfgoals_lint.layouts.tabbed_list import read_list
from perfgoals_lint.model import (
    SOURCES,
    Document,
    GoalTable,
    Indicator,
    Line,
    Location,
    Problem,
    Source,
    TextBlock,
)
from perfgoals_lint.tables.amounts import (
    DEFAULT_FACTOR,
    money_factor,
    yuan,
)
from perfgoals_lint.tables.lists import budget_year, is_body, labelled, period_of
from perfgoals_lint.tables.printed import join
from perfgoals_lint.tables.roles import join_periods, settle
from perfgoals_lint.tables.sources import NAMED_SOURCES, with_public
from perfgoals_lint.tables.texts import join_value
from perfgoals_lint.tables.titles import form_of, title_year
from perfgoals_lint.tables.words import is_note, is_sum, is_verdict, without_stamp

NAME = "tabbed-form"

CUT_OFF = "PGX102"
NOT_READ = "PGX103"

_PLAIN = (
    "project_name",
    "project_code",
    "project_type",
    "project_level",
    "department",
    "unit",
    "purpose",
    "cycle_goal",
    "annual_goal",
)
_PREAMBLE = 8
_LEVELS = frozenset({"level1", "level2", "level3"})
_HEADER_CELLS = 14
_VALUES = ("cycle_value", "annual_value")
_CODED = re.compile(r"\d{3,}\s?[-－]?\s?\D{4,}")


def recognise(source: Source) -> Document | None:
    """The tables of tabbed forms, or of a tabbed list; ``None`` when the source holds none."""
    lines = [line for block in source.blocks if isinstance(block, TextBlock) for line in block.lines]
    if not any(
        column_of(part) in _LEVELS for line in lines for part in line.text.split("\t") if "\t" in line.text
    ):
        return None
    cells = read_cells(lines)
    listed = read_list(source, cells)
    if listed is not None:
        return listed
    anchors = [index for index, cell in enumerate(cells) if _names_project(cell)] or _departments(cells)
    starts = [_start(cells, anchor, before) for anchor, before in zip(anchors, [-1, *anchors], strict=False)]
    year = _document_year(lines, cells[starts[0]].place.line if starts else None)
    document = Document(source.path, source.format, NAME)
    for number, (start, anchor) in enumerate(zip(starts, anchors, strict=True)):
        last = number + 1 == len(starts)
        form = _Form(cells[start:anchor], cells[anchor : None if last else starts[number + 1]], last)
        table = form.table(year)
        if not form.is_goal_form:
            continue
        if not form.columns and not last:
            document.problems.append(Problem(NOT_READ, table.location, {"where": table.project_name}))
        if table.truncated:
            document.problems.append(Problem(CUT_OFF, form.cells[-1].place, {"where": table.project_name}))
        unread = form.boxes.unread.items()
        document.problems += [problem for name, problem in unread if name not in form.boxes.lines]
        document.tables.append(table)
    found = any(table.indicators for table in document.tables)
    return document if found else None


def _names_project(cell: Cell) -> bool:
    text = cell.lines[0][0] if len(cell.lines) == 1 else cell.text
    if cell.title or cell.free or (not squeeze(text).startswith("项目") and field_of(text) != "project_name"):
        return False
    label = re.split("[:：]", text, maxsplit=1)[0]
    return field_of(label) == "project_name"


def _departments(cells: list[Cell]) -> list[int]:
    """Where the whole-department forms name their departments: the first such box below each title."""
    found: list[int] = []
    titled = False
    for index, cell in enumerate(cells):
        if cell.title:
            titled = form_of(squeeze(cell.text)) == "department"
        elif titled and not cell.free and field_of(cell.text) in ("department", "unit"):
            found.append(index)
            titled = False
    return found


def _start(cells: list[Cell], anchor: int, before: int) -> int:
    """Where the heading of the form with this project name begins: at its title, else at its unit lines."""
    limit = max(before + 1, anchor - _PREAMBLE)
    titles = [index for index in range(limit, anchor) if cells[index].title]
    if titles:
        first = titles[-1]
        while first - 1 >= limit and cells[first - 1].title:
            first -= 1
        return first
    start = anchor
    while start > limit and _is_heading(cells[start - 1], cells[start]):
        start -= 1
    return start


def _is_heading(cell: Cell, below: Cell) -> bool:
    """Is the cell one of the unit lines above a form, or the blank in front of one on its line?"""
    text = cell.text
    if not text:
        return cell.place == below.place and bool(below.text)
    named = any(field_of(label) in ("unit", "department") for label, _ in labelled(text))
    return named or money_factor(text) is not None or bool(_CODED.fullmatch(text) and is_body(text))


def _document_year(lines: list[Line], first: int | None) -> int | None:
    """The year of the budget that the lines above the first form name."""
    years = (budget_year(line.text) for line in lines if first is None or (line.location.line or 0) < first)
    return next((year for year in years if year), None)


class _Form:
    """One form: the cells of its heading, of its boxes and of its indicator rows."""

    def __init__(self, heading: list[Cell], cells: list[Cell], last: bool) -> None:
        self.heading = heading
        self.cells = [cell for cell in cells if not cell.title] or cells[:1]
        self.last = last
        self.columns: list[str | None] = []
        self.boxes = Boxes()
        self.factor = DEFAULT_FACTOR

    def table(self, year: int | None) -> GoalTable:
        """The goal table of the form; ``year`` is that of the document."""
        header, below = self._header()
        table = GoalTable((self.heading or self.cells)[0].place, fiscal_year=year)
        self._read_heading(table)
        for cell in self.cells[:header]:
            if cell.free:
                continue
            self.factor = money_factor(cell.text) or self.factor
        self.boxes.read([cell for cell in self.cells[:header] if not cell.free])
        self._fill(table)
        if self.columns:
            table.indicators = self._indicators(below)
        missing = not any(
            indicator.annual_value or indicator.cycle_value for indicator in table.indicators[-1:]
        )
        table.truncated = self.last and missing and not any(cell.free for cell in self.cells)
        if table.truncated and table.indicators:
            table.indicators[-1].truncated = True
        return table

    @property
    def is_goal_form(self) -> bool:
        """Is this a goal form at all? Other tables of a budget have a box 项目名称 too."""
        titled = any(cell.title for cell in self.heading)
        return bool(self.columns) or titled or any(name in self.boxes.lines for name in GOALS)

    def _header(self) -> tuple[int, int]:
        """The index of the first cell of the indicators' header and of the first cell below it; sets ``columns``."""
        cells = self.cells
        for start, cell in enumerate(cells):
            if column_of(cell.text) not in _LEVELS:
                continue
            end = start
            stop = start
            while end < len(cells) and end - start < _HEADER_CELLS:
                if column_of(cells[end].text) is not None:
                    stop = end + 1
                end += 1
                if cells[end - 1].ends:
                    break
            found = [column_of(each.text) for each in cells[start:stop]]
            if len(_LEVELS & set(found)) < 2 or not {*_VALUES, "standard"} & set(found):
                continue
            while start and not cells[start - 1].ends and self._heads(cells[start - 1].text):
                start -= 1
            below = next((each.text for each in cells[stop:] if each.text), "")
            self.columns = self._roles(cells[start:stop], below)
            return start, stop
        return len(cells), len(cells)

    def _heads(self, text: str) -> bool:
        return column_of(text) is not None or field_of(text) in ("indicators", "cycle_indicators")

    def _roles(self, header: list[Cell], below: str) -> list[str | None]:
        """What the columns of a header hold; ``below`` is the first text under it."""
        of_period = any(field_of(cell.text) == "cycle_indicators" for cell in header)
        named = [BESIDE if _is_beside(cell) else column_of(cell.text) for cell in header]
        return settle(named, below, of_period)

    def _read_heading(self, table: GoalTable) -> None:
        named: str | None = None
        for cell in self.heading:
            text = cell.text
            if cell.free:
                years = [budget_year(value + "年度") for label, value in labelled(text) if _is_year(label)]
                table.fiscal_year = table.fiscal_year or budget_year(text) or next(iter(years), None)
                continue
            if named is not None and text:
                if getattr(table, named) is None:
                    setattr(table, named, text)
                    table.locations[named] = cell.place
                named = None
                continue
            if (label := field_of(text)) in ("unit", "department"):
                named = label
                continue
            if cell.title:
                table.title = text
                table.form = form_of(squeeze(text))
                continue
            self.factor = money_factor(text) or self.factor
            pairs = labelled(text)
            for label, value in pairs:
                name = "unit" if label == "单位" and money_factor(text) is None else field_of(label)
                value = without_stamp(value)
                if value and name in ("unit", "department") and getattr(table, name) is None:
                    setattr(table, name, value)
                    table.locations[name] = cell.place
            if (
                text
                and not pairs
                and money_factor(text) is None
                and table.unit is None
                and not budget_year(text)
            ):
                table.unit = text
                table.locations["unit"] = cell.place

    def _fill(self, table: GoalTable) -> None:
        """Set the table's fields from the boxes."""
        values = {name: join(lines) for name, lines in self.boxes.lines.items()}
        if "overall_goal" in values:
            values.setdefault(
                "cycle_goal" if "annual_goal" in values else "annual_goal", values["overall_goal"]
            )
        for name, joined in values.items():
            table.locations[name] = joined.locate(0)
            if name in _PLAIN:
                setattr(table, name, joined.text)
        if not table.project_name and table.form == "department":
            table.project_name = table.department or table.unit or ""
        if "budget" in values:
            table.budget_yuan = yuan(values["budget"].text, self.factor)
            table.locations["budget_yuan"] = table.locations["budget"]
        funding = {
            key: amount
            for name, key in SOURCES.items()
            if name in values and (amount := yuan(values[name].text, self.factor)) is not None
        }
        own, public = (
            {
                name.partition(":")[2]: amount
                for name, joined in values.items()
                if name.startswith(kind) and (amount := yuan(joined.text, self.factor)) is not None
            }
            for kind in NAMED_SOURCES
        )
        table.funding_yuan = with_public(funding | own, public, table.budget_yuan)
        table.period = period_of({name: joined.text for name, joined in values.items()})
        table.disbursement_plan = _plan(self.boxes.plan)
        if table.title and table.fiscal_year is None:
            title = table.title.replace(table.project_name, "")
            table.fiscal_year = budget_year(title) or title_year(squeeze(title))

    def _rows_below(self, below: int) -> list[Cell]:
        """The cells of the rows: up to other text with no class label behind it, without such text in between."""
        cells = self.cells[below:]
        last = max(
            (i for i, cell in enumerate(cells) if is_level1(cell.text) or is_level2(cell.text)), default=0
        )
        end = next((i for i in range(last, len(cells)) if _ends_rows(cells[i - 1 : i + 1])), len(cells))
        return [cell for cell in cells[:end] if not cell.free]

    def _indicators(self, below: int) -> list[Indicator]:
        header = [cell.text for cell in self.cells[below - len(self.columns) : below]]
        heading = {cell.text for cell in self.heading if cell.text}
        found: list[list[Cell]] = []
        rows: list[Indicator] = []
        for group in groups(self._rows_below(below)):
            if [cell.text for cell in group] == header or {cell.text for cell in group} <= heading:
                continue
            if len(_LEVELS & {column_of(cell.text) for cell in group}) < len(_LEVELS):
                found.append(group)
                continue
            # The header of the year's indicators below those of the period.
            rows += self._read_rows(found)
            found, self.columns = [], self._roles(group, "")
        return join_periods(rows, self._read_rows(found))

    def _read_rows(self, found: list[list[Cell]]) -> list[Indicator]:
        rows: list[Indicator] = []
        for row in rows_of(found, self.columns):
            indicator = _indicator(row, self.columns)
            if indicator is None:
                continue
            _continue(indicator, rows[-1] if rows else None)
            rows.append(indicator)
        return rows


def _ends_rows(cells: list[Cell]) -> bool:
    """Is the last of two cells text outside a table, or the begin of a row for a verdict or a signature?"""
    before, cell = cells[0], cells[-1]
    key = squeeze(cell.text)
    first = before is cell or before.ends
    return cell.free or (
        first and (is_sum(key) or is_note(key) or is_verdict(key) or field_of(key) == "aside")
    )


def _is_year(label: str) -> bool:
    return field_of(label) == "fiscal_year"


def _is_beside(cell: Cell) -> bool:
    return field_of(cell.text) in ("indicators", "cycle_indicators")


def _indicator(row: list[Cell | None], columns: list[str | None]) -> Indicator | None:
    """The indicator of a row, ``None`` for a blank one."""
    texts: dict[str, str] = {}
    places: dict[str, Location] = {}
    for cell, column in zip(row, columns, strict=True):
        if cell is not None and column not in (None, BESIDE) and cell.text and column not in texts:
            texts[column] = cell.text
            places[column] = cell.place
    if not texts:
        return None
    indicator = Indicator(locations=places)
    for name in ("level3", "description", "cycle_value", "annual_value", "basis", "weight"):
        setattr(indicator, name, texts.get(name))
    indicator.level1_code, indicator.level1 = (
        split_code(texts["level1"]) if "level1" in texts else (None, None)
    )
    indicator.level2_code, indicator.level2 = (
        split_code(texts["level2"]) if "level2" in texts else (None, None)
    )
    if texts.get("number", "").isdecimal():
        indicator.number = int(texts["number"][:9])
    indicator.annual_value = join_value(
        texts.get("operator"), indicator.annual_value, texts.get("value_unit")
    )
    return indicator


def _continue(indicator: Indicator, above: Indicator | None) -> None:
    """Give a row whose class cells are blank the classes of the row above."""
    if above is None:
        return
    if indicator.level1 is None:
        indicator.level1, indicator.level1_code = above.level1, above.level1_code
    if indicator.level2 is None and indicator.level1 == above.level1 and indicator.level3 is not None:
        indicator.level2, indicator.level2_code = above.level2, above.level2_code


def _plan(texts: list[str]) -> list[tuple[str, str]] | None:
    """Pairs of date and share, printed in turn or all dates first."""
    half = len(texts) // 2
    if not texts or len(texts) % 2:
        return None
    if all("月" in text for text in texts[:half]):
        return list(zip(texts[:half], texts[half:], strict=True))
    return list(zip(texts[::2], texts[1::2], strict=True))
