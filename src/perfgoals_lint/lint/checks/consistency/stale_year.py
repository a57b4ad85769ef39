"""PGK609: plans for another year, in goals and values."""

import re
from collections.abc import Mapping
from typing import Any

from perfgoals_lint import prose
from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.model import Edit
from perfgoals_lint.prose import Narrative, YearMention
from perfgoals_lint.rulebook.lexicons import contains_any, ends_with_any, expression, finds
from perfgoals_lint.rulebook.patterns import compiled

Limits = Mapping[str, Any]
"""``near``: how far behind a year the word stands that says what of it is meant; ``sentence``: how far to either side of
it its sentence is looked at; in characters."""

_YEAR = compiled(r"20\d\d")
_CLAUSE = compiled(r"[，,。；;、\n]")
_LEAD = 4
"""Characters in front of a year that may begin a clause."""
_UNTIL = 2
"""Characters in front of a year that may say that it is an end (到, 截至)."""


def stale_year(table: Table, rule: Rule) -> Violations:
    """PGK609: a plan in the annual goal or an annual value is for the fiscal year."""
    year = table.year
    if year is None:
        return
    goal = table.goals.get("annual_goal")
    if goal:
        yield from _stale(goal, year, rule.parameters, Violation(table=table, field="annual_goal"))
    for row in table.rows:
        if row.annual and _YEAR.search(row.annual.text):
            text = prose.scan(row.annual.text)
            yield from _stale(text, year, rule.parameters, Violation(row=row, field="annual_value"))


def _lawful(text: str, mention: YearMention, year: int, limits: Limits) -> bool:
    """Is the year one that is settled now (2024年尾款), or a later date to be reached (到2027年)?"""
    start, end = mention.span
    before, after = (
        text[max(0, start - _UNTIL) : start],
        _CLAUSE.split(text[end : end + int(limits["near"])])[0],
    )
    if mention.year < year:
        # What was finished then is looked after now (对2024年建成的公厕).
        return (
            contains_any(after, "years.earlier") or expression("stale_year.left").match(text, end) is not None
        )
    return ends_with_any(before, "years.until") or contains_any(after, "years.by")


def _scheduled(text: str, mention: YearMention, year: int, limits: Limits) -> bool:
    """Is the year a later one of several that each begin a clause of one sentence, the fiscal year among them (2024年建3公里，
    2025年建5公里)?"""
    start = mention.span[0]
    if mention.year < year or (
        start and not expression("stale_year.begins").search(text[max(0, start - _LEAD) : start])
    ):
        return False
    least, most = max(0, start - int(limits["sentence"])), start + int(limits["sentence"])
    first, last = text.rfind("。", least, start) + 1, text.find("。", start, most)
    sentence = text[max(first, least) : last if last >= 0 else most]
    return any(
        not found.start()
        or expression("stale_year.begins").search(sentence[max(0, found.start() - _LEAD) : found.start()])
        for found in re.finditer(rf"{year}年", sentence)
    )


def _by_then(text: str, mention: YearMention, year: int) -> bool:
    """Is an earlier year the time by which something is to be done (到2023年底建成)?"""
    start = mention.span[0]
    return (
        mention.year < year
        and expression("stale_year.by_then").search(text, max(0, start - _UNTIL), start) is not None
    )


def _finished(text: str, mention: YearMention, year: int) -> str | None:
    """The word by which something is finished in a year (工程于2025年3月完工); for an earlier year only where the fiscal
    year is not named beside it, and nothing says that it is done."""
    start, end = mention.span
    found = expression("stale_year.done").match(text, end)
    if found is None and mention.year < year:
        found = expression("stale_year.by_date").match(text, end)
    if (
        found is None
        or contains_any(text, "years.works")
        or not (
            start == 0
            or finds(text[max(0, start - 4) : start], "stale_year.at")
            or _by_then(text, mention, year)
        )
    ):
        return None
    if mention.year < year and (str(year) in text or expression("stale_year.told").match(text, found.end())):
        return None
    return found["verb"]


def _due(text: str, mention: YearMention, year: int, limits: Limits) -> str | None:
    """The word by which something is to be finished by a date of the next year (2025年5月底前建成), where the text does not
    speak of the fiscal year beside it, nor of a work of several years, nor only of closing the year's work (完成结项)."""
    start, end = mention.span
    found = expression("stale_year.by_date").match(text, end) or expression("stale_year.by_date").match(
        text, end - 1
    )
    if found is None or mention.year != year + 1 or str(year) in text or contains_any(text, "years.works"):
        return None
    if contains_any(
        _CLAUSE.split(text[found.start("verb") : end + int(limits["sentence"])])[0], "years.closing"
    ):
        return None
    return None if ends_with_any(text[max(0, start - _UNTIL) : start], "years.until") else found["verb"]


def _task(text: str, mention: YearMention, year: int, limits: Limits) -> str | None:
    """The verb by which the tasks of an earlier year are what is to be done (完成2023年…任务)."""
    start, end = mention.span
    does = expression("stale_year.does").search(text[max(0, start - 4) : start])
    if (
        does is None
        or mention.year >= year
        or not expression("stale_year.task").match(text, end - 1 if text[end - 1] == "年" else end)
    ):
        return None
    return None if _lawful(text, mention, year, limits) else does[0]


def _begun(text: str, mention: YearMention, year: int, limits: Limits) -> str | None:
    """The verb of doing that a clause sets for another year (2024年新建…); nothing marks it as done, as known only
    for what it left (2024年栽植的树), or as told beside the fiscal year or of a work of several years."""
    start, end = mention.span
    later = mention.year > year and (mention.year > year + 1 or contains_any(text, "years.works"))
    if (
        mention.year == year
        or later
        or str(year) in text
        or not finds(text[max(0, start - 6) : start], "stale_year.opened")
    ):
        return None
    clause = _CLAUSE.split(text[end : end + 40])[0]
    meant = expression("stale_year.intended").search(text, max(0, start - 3), start)
    if meant and mention.year > year and _lawful(text, mention, year, limits):
        meant = None  # 争取2025年底前完成全部36处
    found = (
        expression("stale_year.acting").match(clause)
        or (expression("stale_year.opening").match(clause) if not start else None)
        or (expression("stale_year.worked").match(clause) if not start else None)
        or (expression("stale_year.counted").match(clause) if meant else None)
    )
    if found is None or finds(clause, "stale_year.marked") or ends_with_any(clause, "ends.since"):
        return None
    return found["verb"]


def _stale(text: Narrative, year: int, limits: Limits, hit: Violation) -> Violations:
    for mention in text.years:
        elsewhere = mention.document_number or mention.past or mention.money or mention.quoted
        verb = (
            mention.verb
            or _finished(text.text, mention, year)
            or _task(text.text, mention, year, limits)
            or _begun(text.text, mention, year, limits)
        )
        case = None
        if verb is None or _lawful(text.text, mention, year, limits):
            due = _due(text.text, mention, year, limits)
            verb, case = (due, "due") if due else (verb, None)
        if verb is None or elsewhere or mention.year <= year <= mention.last:
            continue
        if case is None and mention.verb is not None and _lawful(text.text, mention, year, limits):
            continue
        if _scheduled(text.text, mention, year, limits):
            continue
        hit.case = case
        start, end = mention.span
        hit.span = mention.span
        hit.args = {"year": str(mention.year), "fiscal": str(year), "verb": verb}
        table = hit.table or (hit.row.table if hit.row else None)
        place = hit.row.place(hit.field) if hit.row else table.place(hit.field) if table else None
        if place is not None and hit.field:
            fixed = text.text[:start] + text.text[start:end].replace(str(mention.year), str(year))
            hit.edits = [Edit(place, hit.field, text.text, fixed + text.text[end:])]
        yield hit
        return
