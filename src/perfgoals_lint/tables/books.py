"""Books that say one thing of a project on each sheet (names and money here, goals or indicators there), joined by their key."""

from collections.abc import Iterator

from perfgoals_lint.model import Document, GoalTable, Indicator, Problem
from perfgoals_lint.tables.fields import TEXTS
from perfgoals_lint.tables.header_columns import GOALS
from perfgoals_lint.tables.headings import CLASS, LEVELS, box_field
from perfgoals_lint.text import squeeze

MONEY_ALONE = "PGX124"
"""Projects of a list of names and money that nothing else is printed of."""
_SHOWN = 3
_KEYS = ("project_code", "project_name")
_SAID = (
    *(name for name in TEXTS if name not in _KEYS),
    *("period", "fiscal_year", "budget_yuan", "funding_yuan", "annual_goal", "disbursement_plan", "tasks"),
)
"""What another sheet may add to a project."""


def join_books(document: Document) -> dict[int, GoalTable]:
    """Give the rows of nameless tables to the projects that their key column names, and put the tables of one project on
    several sheets together. Returns, by identity, what each table is now part of; one that is no goal table is missing."""
    tables = [part for table in document.tables for part in _by_key(table)]
    kept: list[GoalTable] = []
    whole: dict[int, GoalTable] = {}
    called: dict[str, dict[int, GoalTable]] = {}
    for table in tables:
        keys = [key for key in (table.project_code, table.project_name) if key]
        likely = {number: other for key in keys for number, other in called.get(key, {}).items()}
        same = [other for other in likely.values() if _are_parts(other, table)]
        if len(same) == 1:
            _add(same[0], table)
        else:
            kept.append(table)
        whole[id(table)] = owner = same[0] if len(same) == 1 else table
        for key in keys:
            called.setdefault(key, {})[id(owner)] = owner
    alone = [table for table in kept if _is_money_alone(table)]
    kept = [table for table in kept if not _is_money_alone(table)]
    if len(kept) == len(document.tables) and all(a is b for a, b in zip(kept, document.tables, strict=True)):
        return whole
    number = {id(table): place for place, table in enumerate(kept)}
    for total in document.totals:
        if total.first is not None and total.last is not None:
            ends = (whole.get(id(document.tables[end])) for end in (total.first, total.last))
            total.first, total.last = (number.get(id(end)) for end in ends)
    document.tables = kept
    if kept and alone:
        names = "、".join(table.project_name for table in alone[:_SHOWN])
        args = {"projects": names, "count": str(len(alone))}
        document.problems.append(Problem(MONEY_ALONE, alone[0].location, args))
    return {part: table for part, table in whole.items() if id(table) in number}


def _is_money_alone(table: GoalTable) -> bool:
    """Is it a row of a list of names and money, that no other sheet says anything of? That is no goal table, and said."""
    said = table.indicators or table.annual_goal or table.cycle_goal or table.project_code
    roles = {column.role.partition(":")[0] for column in table.header}
    return bool(table.header) and not said and roles.isdisjoint({*LEVELS, *GOALS, CLASS, "indicators"})


def _by_key(table: GoalTable) -> Iterator[GoalTable]:
    """The table, or one for each project where a column of a nameless table names the row's project."""
    key = None if table.project_name or table.project_code else _key_column(table)
    if key is None:
        yield table
        return
    header, name = key
    groups: dict[str, list[Indicator]] = {}
    current = ""
    for row in table.indicators:
        current = row.columns.pop(header, "") or current
        groups.setdefault(current, []).append(row)
    for number, (text, rows) in enumerate(groups.items()):
        part = table if number == 0 else GoalTable(table.location, form=table.form, title=table.title)
        part.header, part.indicators = table.header, rows
        if text:
            setattr(part, name, text)
        part.location = next(iter(rows[0].locations.values()), table.location)
        yield part


def _key_column(table: GoalTable) -> tuple[str, str] | None:
    """The header of the column that holds the projects' codes, else their names, and the field that it stands for."""
    headers = dict.fromkeys(squeeze(column.text) for column in table.header)
    fields = {
        header: box_field(header)
        for header in headers
        if any(header in row.columns for row in table.indicators)
    }
    return next(((header, name) for name in _KEYS for header, field in fields.items() if field == name), None)


def _are_parts(one: GoalTable, other: GoalTable) -> bool:
    """Do two tables of different sheets, of different tables of a page, or under different headers of a text say different
    things of the same project? The code tells, else the name."""
    places = [(table.location.sheet, table.location.table) for table in (one, other)]
    headers = [table.header for table in (one, other)]
    apart = places[0] != places[1] or (all(headers) and headers[0] != headers[1])
    if not apart or (one.indicators and other.indicators):
        return False
    if one.project_code and other.project_code:
        same = one.project_code == other.project_code
    else:
        same = bool(one.project_name) and one.project_name == other.project_name
    return same and not any(
        _is_said(one, name) and _is_said(other, name) and getattr(one, name) != getattr(other, name)
        for name in _SAID
    )


def _is_said(table: GoalTable, name: str) -> bool:
    return getattr(table, name) not in (None, "", {}, [])


def _add(table: GoalTable, part: GoalTable) -> None:
    """Take over what another sheet says of the project."""
    for name in ("project_name", "project_code", "title", *_SAID):
        if not _is_said(table, name) and _is_said(part, name):
            setattr(table, name, getattr(part, name))
    if part.indicators:
        table.indicators, table.header = part.indicators, part.header
    table.fields = part.fields | table.fields
    table.locations = part.locations | table.locations
    table.unread += part.unread
    table.truncated = table.truncated or part.truncated
