"""What the one-row-per-project layouts share: columns, sub-total rows, and the goal tables made of the rows."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perfgoals_lint.model import SOURCES, SPENDING, GoalTable, Line, Location, Problem, Total
from perfgoals_lint.rulebook.labels import field_of, is_level1, is_level2
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.tables.amounts import is_amount, is_nothing
from perfgoals_lint.tables.named_values import listed_indicators
from perfgoals_lint.tables.printed import Joined
from perfgoals_lint.tables.reading import UNSURE
from perfgoals_lint.tables.sources import OF_SPENDING
from perfgoals_lint.tables.timespans import months_of, period_of
from perfgoals_lint.tables.words import pattern
from perfgoals_lint.text import squeeze

UNREADABLE = "PGX102"

MONEY_FIELDS = ("budget", *SOURCES)
DEFAULT_COLUMNS = ("project_name", *MONEY_FIELDS, "annual_goal", "indicators")
TEXT_FIELDS = (
    "project_code",
    "project_type",
    "project_level",
    "department",
    "unit",
    "purpose",
    "cycle_goal",
    "annual_goal",
)
_OF_PROJECTS = ("indicators", "annual_goal", "cycle_goal", "purpose")
_PAGE = compiled(r"[-—–－\s]*(?:第\s*)?\d{1,4}\s*页?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–－\s]*")
_MARKED_PAGE = compiled(r"[-—–－/／第页共]")
_BARE = compiled(r"\d{1,4}", re.ASCII)
_TITLE = compiled(r"绩效目标.{0,6}表|^附[表件]\s?\d*")
_GOES_ON = r"[（(](?:续|接上页)[表页一二三四五六七八九十\d]{0,2}[)）]"
NEXT_PAGE = r"续[表上页]|[接续]上[页表]|转下[页表]|[（(](?:续[表上页]?|[接续]上[页表]|转下[页表])[)）]"
"""What stands alone where a table goes on from one page to the next."""
_ANNEX = compiled(
    r"(?:附[表件]\s?[\d一二三四五六七八九十.-]{0,6}|表\s?[\d一二三四五六七八九十.-]{1,6})[:：]?"
    rf"|{NEXT_PAGE}|.{{2,40}}{_GOES_ON}"
)
_CONTINUED = compiled(rf"{_GOES_ON}$")
_LINE_LENGTH = 60
_FEWEST_CELLS = 2
_ENOUGH = 4


@dataclass(slots=True)
class ListColumn:
    """A column of the list: the field that it holds, and for a source of funds unknown to the forms, or a kind of spending, its
    own header."""

    field: str
    source: str | None = None

    @property
    def is_money(self) -> bool:
        """Does the column hold amounts?"""
        return self.field in MONEY_FIELDS or self.source is not None


@dataclass(slots=True)
class ListRow:
    """One row as printed: texts by field, amounts in 元 by column index, where it starts, and the fields of amounts that could
    not be read."""

    location: Location
    texts: dict[str, Joined] = field(default_factory=dict)
    money: dict[int, Decimal] = field(default_factory=dict)
    uncertain: bool = False
    unknown: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the project; empty where none is printed."""
        return self.texts["project_name"].text if "project_name" in self.texts else ""

    @property
    def is_bare(self) -> bool:
        """Has the row amounts and nothing that only a project has, or dashes there?"""
        texts = (self.texts[key].text for key in _OF_PROJECTS if key in self.texts)
        return all(text and is_nothing(text) for text in texts)


def column_field(header: str) -> str | None:
    """The field that a list's column header stands for; ``项目名称(资金使用单位)`` names the project."""
    text = squeeze(header)
    if text.startswith("项目名称"):
        return "project_name"
    return field_of(text)


def is_body(name: str) -> bool:
    """Is the name that of a public body?"""
    return bool(pattern("{printed.bodies}(?:[（(].{1,12}[)）])?$").search(name))


def is_grand(name: str) -> bool:
    """Is the row so named the total of the whole list?"""
    return squeeze(name) in lexicon("printed")["grand_totals"]


def is_subtotal(name: str) -> bool:
    """Does a name say that its row adds up others (小计, 教育局小计)?"""
    return summed(name) != name


def summed(name: str) -> str:
    """Whose sum a row is, by its name (教育局小计); nobody's where it says no more than that it is one."""
    if named := pattern("{printed.subtotals}[（(](.+)[)）]").fullmatch(name):  # 小计（教育局）
        return named[1]
    bare = name.rstrip("）) ")
    end = next((word for word in lexicon("printed")["subtotals"] if bare.endswith(word)), "")
    return bare.removesuffix(end).rstrip("（( ") if end else name


def is_furniture(text: str) -> bool:
    """Is the line a page number, a note below the table or a repeated title, and no part of a row?"""
    stripped = text.strip()
    if pattern(r"{printed.notes}\s?[:：]").match(stripped):
        return True
    if len(stripped) > _LINE_LENGTH:
        return False
    if _PAGE.fullmatch(stripped):
        return bool(_MARKED_PAGE.search(stripped))
    return bool(_TITLE.search(stripped) and "\t" not in stripped)


def continues(name: str, above: str) -> bool:
    """Is a name that of the project ``above`` with the mark of a row that goes on: 河道清淤（续）?"""
    return _CONTINUED.sub("", name) == above != name


def is_row(text: str) -> bool:
    """Does a cell hold words of which one is a class or an amount: a row whose cells were not told apart, and no name?"""
    words = text.split()
    return len(words) > _FEWEST_CELLS and any(
        is_level1(word) or is_level2(word) or is_amount(word) for word in words
    )


def is_page_mark(text: str) -> bool:
    """Is the text a page number with its marks, the number of an annex, 续表 or a title that says so, and nothing else?"""
    stripped = text.strip()
    page = _PAGE.fullmatch(stripped) and _MARKED_PAGE.search(stripped)
    return len(stripped) <= _LINE_LENGTH and bool(page or _ANNEX.fullmatch(stripped))


def bare_pages(lines: Sequence[Line], apart: int = 1) -> set[int]:
    """The lines, by index, that hold an integer alone, where these count up by one at so many lines ``apart`` or more."""
    alone = [
        (index, int(text)) for index, line in enumerate(lines) if _BARE.fullmatch(text := line.text.strip())
    ]
    steps = list(itertools.pairwise(alone))
    counting = steps and all(b == a + 1 and at - above >= apart for (above, a), (at, b) in steps)
    return {index for index, _ in alone} if counting else set()


def ends_cut(rows: list[ListRow]) -> bool:
    """Does the source end inside the last row: without the final stop that nearly all other lists have?"""
    lists = [
        row.texts["indicators"].text if "indicators" in row.texts else "" for row in rows if not row.is_bare
    ]
    if len(lists) < _ENOUGH or rows[-1].is_bare:
        return False
    stopped = sum(text.rstrip().endswith("。") for text in lists[:-1])
    last = rows[-1].texts.get("indicators")
    whole = last is not None and last.text.rstrip().endswith("。")
    return not whole and stopped * 10 >= (len(lists) - 1) * 9


@dataclass(slots=True)
class ListStructure:
    """What every row is (``grand``, ``subtotal`` or ``project``), and for a row that the projects below add up to, the
    index behind the last of them; ``starts`` has the first of the projects that add up to a nameless one below them."""

    kinds: list[str]
    ends: list[int | None]
    starts: dict[int, int]

    def covered(self, index: int) -> range:
        """The rows that the total at ``index`` stands for: all, those that add up to it, or those up to the next."""
        count = len(self.kinds)
        if self.kinds[index] == "grand":
            return range(count)
        end = self.ends[index]
        if end is None and index in self.starts:
            return range(self.starts[index], index)
        if end is None:
            end = next((i for i in range(index + 1, count) if self.kinds[i] != "project"), count)
        return range(index + 1, end)

    def heads(self, index: int, name: str) -> bool:
        """Does the sub-total at ``index`` stand over its projects? One that is called so does where those below add up to it, or
        where the list begins with one; a body without amounts of its own always does."""
        if self.kinds[index] != "subtotal" or index in self.starts:
            return False
        first = next(kind for kind in self.kinds if kind != "grand")
        return self.ends[index] is not None or first == "subtotal" or not is_subtotal(name)


def structure_of(rows: list[ListRow], columns: list[ListColumn]) -> ListStructure:
    """Tell totals from projects."""
    ends = _sum_ends(rows, columns)
    kinds = [_kind(rows, index, ends[index]) for index in range(len(rows))]
    return ListStructure(kinds, ends, dict(_sums_below(rows, kinds, columns)))


def _sums_below(
    rows: list[ListRow], kinds: list[str], columns: list[ListColumn]
) -> Iterator[tuple[int, int]]:
    """The sub-totals that are named 小计, each with the first of the projects above that add up to it, or that stand above it
    in a list that begins with a project and ends with a sub-total."""
    start, above = 0, Decimal(0)
    inner = [kind for kind in kinds if kind != "grand"]
    below = len(inner) > 1 and inner[0] == "project" and inner[-1] == "subtotal"
    for index, row in enumerate(rows):
        if kinds[index] == "project":
            above += budget_of(row, columns) or 0
            continue
        if index > start and is_subtotal(squeeze(row.name)) and (below or budget_of(row, columns) == above):
            yield index, start
        start, above = index + 1, Decimal(0)


def budget_of(row: ListRow, columns: list[ListColumn]) -> Decimal | None:
    """The amount in the row's total column, or in those that stand for it together."""
    amounts = [row.money[index] for index in of_budget(columns) if index in row.money]
    return sum(amounts, Decimal(0)) if amounts else None


def of_budget(columns: list[ListColumn]) -> list[int]:
    """The column of the budget, by its index; without one those of the kinds of spending, or the only amount, unless that is what
    others give."""
    fields = [column.field for column in columns]
    if "budget" in fields:
        return [fields.index("budget")]
    money = [index for index, column in enumerate(columns) if column.is_money]
    kinds = [index for index in money if fields[index] == OF_SPENDING]
    return kinds or [index for index in money if len(money) == 1 and fields[index] != "other_funds"]


def _kind(rows: list[ListRow], index: int, end: int | None) -> str:
    """``grand``, ``subtotal`` or ``project``.

    A row without goal and list is a sub-total when the rows below add up to it (up to ``end``), or when it is named
    like a public body and a project follows, at most one row of the hierarchy later: sub-totals may be wrong, which
    is for a rule to say.
    """
    row = rows[index]
    name = squeeze(row.name)
    if _is_grand_row(row):
        return "grand"
    if not row.is_bare:
        return "project"
    if end is not None or is_subtotal(name):
        return "subtotal"
    followed = any(not below.is_bare for below in rows[index + 1 : index + 3])
    return "subtotal" if followed and is_body(name) else "project"


def _is_grand_row(row: ListRow) -> bool:
    return is_grand(row.name) and "indicators" not in row.texts


def _sum_ends(rows: list[ListRow], columns: list[ListColumn]) -> list[int | None]:
    """For every row without goals the index behind the projects below that add up to it, ``None`` when none do."""
    projects = [index for index, row in enumerate(rows) if not row.is_bare and not _is_grand_row(row)]
    sums = [Decimal(0)]
    for index in projects:
        sums.append(sums[-1] + (budget_of(rows[index], columns) or Decimal(0)))
    ends: list[int | None] = []
    for index, row in enumerate(rows):
        total = budget_of(row, columns) if row.is_bare and not _is_grand_row(row) else None
        end = None
        if total:
            before = bisect_left(projects, index)
            wanted = sums[before] + total
            last = bisect_left(sums, wanted, before + 1)
            if last < len(sums) and sums[last] == wanted:
                end = projects[last - 1] + 1
        ends.append(end)
    return ends


def set_coverage(structure: ListStructure, totals: list[Total], offset: int) -> None:
    """Say of every total which tables it stands for; ``offset`` is how many the document has in front of the list's."""
    before = [offset]
    for kind in structure.kinds:
        before.append(before[-1] + (kind == "project"))
    positions = [index for index, kind in enumerate(structure.kinds) if kind != "project"]
    for total, index in zip(totals, positions, strict=True):
        span = structure.covered(index)
        first, stop = before[span.start], before[span.stop]
        if stop > first:
            total.first, total.last = first, stop - 1


def _funding(row: ListRow, columns: list[ListColumn]) -> dict[str, Decimal]:
    return {
        column.source or SOURCES[column.field]: row.money[index]
        for index, column in enumerate(columns)
        if column.is_money and column.field not in ("budget", OF_SPENDING) and index in row.money
    }


def total_of(row: ListRow, columns: list[ListColumn], grand: bool) -> Total:
    """The row of a sum, ``grand`` where it is that of all projects."""
    return Total(row.name, row.location, budget_of(row, columns), _funding(row, columns), grand)


def table_of(row: ListRow, columns: list[ListColumn]) -> GoalTable:
    """The goal table of a project's row."""
    table = GoalTable(
        row.location,
        row.name,
        budget_yuan=budget_of(row, columns),
        funding_yuan=_funding(row, columns) or None,
    )
    spending = {
        c.source: row.money[i] for i, c in enumerate(columns) if i in row.money and c.field == OF_SPENDING
    }
    table.funding_tree |= (
        {SPENDING: {name: amount for name, amount in spending.items() if name}} if spending else {}
    )
    for name, joined in row.texts.items():
        if joined.text:
            table.locations[name] = joined.locate(0)
            if name in TEXT_FIELDS:
                setattr(table, name, joined.text)
    if (overall := row.texts.get("overall_goal")) and overall.text:
        # 总体目标 beside that of the year is the goal of the whole period.
        goal = "annual_goal" if table.annual_goal is None else "cycle_goal"
        if getattr(table, goal) is None:
            setattr(table, goal, overall.text)
            table.locations[goal] = overall.locate(0)
    texts = {name: joined.text for name, joined in row.texts.items()}
    table.period, table.months = period_of(texts), months_of(texts)
    if table.budget_yuan is not None:
        table.locations["budget_yuan"] = row.location
    if "indicators" in row.texts:
        table.indicators = listed_indicators(row.texts["indicators"])
    table.truncated = any(indicator.truncated for indicator in table.indicators)
    return table


def problems_of(row: ListRow, table: GoalTable) -> list[Problem]:
    """What is in doubt of a project's row, or not read of it."""
    problems = []
    if row.uncertain:
        problems.append(Problem(UNSURE, row.location, {"where": row.name}))
    if table.truncated:
        cut = next((indicator for indicator in table.indicators if indicator.truncated), None)
        place = next(iter(cut.locations.values()), row.location) if cut else row.location
        problems.append(Problem(UNREADABLE, place, {"where": row.name}))
    listed = row.texts.get("indicators")
    if listed is not None and listed.text and not table.indicators:
        problems.append(Problem("PGX103", listed.locate(0), {"where": row.name}))
    return problems
