"""PGK640: a date of the annual goal against that of the row for the same thing."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.promises import covers
from perfgoals_lint.lint.facts.tasks import clause_around
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds, matcher
from perfgoals_lint.values.types import Deadline

_DEED = 2
"""The length of the verb at the end of a name, in characters."""
_SHORTEST = 4
"""Characters of a name that has something in front of that verb."""
_MOST = 40
"""Dates of one text that are looked at."""


class DateMention(NamedTuple):
    """A date of a text: its clause and what is printed of it; ``month`` is 0 for a day of every month (每月15日前)."""

    clause: str
    printed: str
    span: tuple[int, int]
    year: int | None
    month: int
    day: int | None


def goal_date_vs_row(table: Table, rule: Rule) -> Violations:
    """At most one hit a row whose date is not that of the goal's clause that names all of the row's thing."""
    goal = table.goals.get("annual_goal")
    if goal is None:
        return
    rows = [(row, row.annual.constraint) for row in table.filled_rows if row.annual is not None]
    dated = [
        (row, date)
        for row, date in rows
        if isinstance(date, Deadline) and (_is_monthly(date) or (date.month and not date.every))
    ]
    if not dated:
        return
    said = list(_dates(goal.text))
    for row, date in dated:
        thing = expression("goal_date_vs_row.ends").sub("", row.name.strip())  # 设备采购 of 设备采购完成时间
        alike = [one for one in said if bool(one.month) == bool(date.month)]
        meant = [one for one in alike if covers(one.clause, thing)]
        if not meant and len(alike) == len(dated) == 1 and _same_deed(alike[0], row.name, goal.text):
            meant = alike
        if len(meant) == 1 and _differ(meant[0], date):
            yield _hit(row, meant[0])


def _is_monthly(date: Deadline) -> bool:
    """Is a deadline a day of every month?"""
    return (
        date.every is not None
        and date.every.count == 1
        and finds(date.every.unit, "timing.month")
        and bool(date.day)
    )


def _dates(text: str) -> Iterator[DateMention]:
    for match in islice(expression("goal_date_vs_row.monthly").finditer(text), _MOST):
        yield DateMention(
            clause_around(text, match.span()), match[0], match.span(), None, 0, int(match["day"])
        )
    goes_on = expression("goal_date_vs_row.goes_on")
    for number, match in enumerate(expression("goal_date_vs_row.date").finditer(text)):
        if number == _MOST:
            return
        before, behind = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        if goes_on.match(behind) or goes_on.fullmatch(before):
            continue
        year = match["year"] or match["year2"] or match["year3"]
        month = int(match["month"]) if match["month"] else 12
        if match["quarter"]:
            month = 3 * ("一二三四".index(match["quarter"]) + 1)
        clause = clause_around(text, match.span())
        if contains_any(clause, "figures.past"):
            continue
        day = int(match["day"]) if match["day"] else None
        yield DateMention(clause, match[0], match.span(), int(year) if year else None, month, day)


def _same_deed(said: DateMention, name: str, text: str) -> bool:
    """Does the clause of a date name what the row names last (完工 of 工程完工时间), and its sentence the rest of it?
    Asked where goal and rows hold one date each: 修缮站房2座，工程验收合格，10月底前完工."""
    named = expression("goal_date_vs_row.when").sub("", name.strip())
    start = max(text.rfind(mark, 0, said.span[0]) for mark in "。；;\n") + 1
    end = text.find("。", said.span[1])
    stage = matcher("figures.stages_of_work").search(said.clause)
    if stage is not None and stage[0] not in name:
        return False  # 11月底前完成验收 is one step of what the row dates as a whole
    return (
        len(named) >= _SHORTEST
        and named[-_DEED:] in said.clause
        and covers(text[start : end if end > 0 else len(text)], named[:-_DEED])
    )


def _differ(said: DateMention, date: Deadline) -> bool:
    if said.year is not None and date.year is not None and said.year != date.year:
        return True
    if said.month != (date.month or 0):
        return True
    return said.day is not None and date.precision == "day" and date.day is not None and said.day != date.day


def _hit(row: Row, said: DateMention) -> Violation:
    value = row.annual
    return Violation(
        row=row,
        field="annual_value",
        span=value.span if value else None,
        args={"value": value.text if value else "", "stated": said.printed, "words": said.clause},
        related=[("goal", {}, row.table.place("annual_goal"))],
        suspects=[suspects.cell(row, "annual_value", None, None)],
    )
