"""The figures outside of goals, values and amounts: in names, in boxes and columns that no field knows, in what is unread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from perfgoals_lint import prose
from perfgoals_lint.lint.context import Row, Table
from perfgoals_lint.lint.facts.figure_fact import DIGITS, FigureFact, Said
from perfgoals_lint.lint.facts.prose_figures import context, of_text
from perfgoals_lint.model import Location
from perfgoals_lint.prose.places import place_at
from perfgoals_lint.tables.headings import column_role
from perfgoals_lint.text import squeeze

_HEADS = ("title", "project_name", "project_code", "project_type", "project_level", "department", "unit")
_LEVELS = ("level1_code", "level1", "level2_code", "level2")
_COLUMNS = ("description", "basis")
_FULL = 100


def of_other_boxes(table: Table, said: Said) -> Iterator[FigureFact]:
    """One fact for each, in the order of the form."""
    goal = table.goal
    for scope in _HEADS:
        if text := getattr(goal, scope):
            yield from _of_name(scope, text, table.place(scope), said)
    for column in goal.header:
        yield from _plain("header", column.text, goal.location)
    if goal.period is not None:
        for year in (goal.period.start, goal.period.end):
            yield from _plain("period", str(year or ""), table.place("period"))
    for label, text in goal.fields.items():
        yield from _plain("label", label, table.place(label))
        if column_role(squeeze(label)) == "number":
            yield from _plain(label, text, table.place(label))
        elif label not in table.prose:
            yield from _of_box(label, text, table.place(label), said)
    for day, share in goal.disbursement_plan or ():
        yield from _plain("disbursement_plan", day, table.place("disbursement_plan"))
        yield from _of_box("disbursement_plan", share, table.place("disbursement_plan"), said)
    for task in goal.tasks or ():
        yield from _of_name("tasks", task.name, task.location, said)
        yield from _of_box("tasks", task.content, task.location, said)
    seen: set[tuple[str, str]] = set()
    for row in table.rows:
        yield from _of_row(row, said, seen)
    yield from _weights(table)
    for cell in goal.unread:
        for fact in _plain("unread", cell.text, cell.location):
            fact.role, fact.status = "number", "not_understood"
            yield fact


def _of_row(row: Row, said: Said, seen: set[tuple[str, str]]) -> Iterator[FigureFact]:
    """The figures of the names and of the further columns of a row; a cell that several rows share is ``seen`` once."""
    indicator = row.indicator
    if indicator.number:
        yield from _plain("number", str(indicator.number), row.place("number"))
    for scope in _LEVELS:
        text = getattr(indicator, scope)
        place = row.place(scope.removesuffix("_code")) if text and DIGITS.search(text) else None
        if place and (text, repr(place)) not in seen:
            seen.add((text, repr(place)))
            yield from _plain(scope, text, place)
    yield from _of_name("level3", row.name, row.place("level3"), said)
    for scope in _COLUMNS:
        if text := getattr(indicator, scope):
            yield from _of_box(scope, text, row.place(scope), said)
    for header, text in indicator.columns.items():
        yield from _of_box(header, text, row.place(header), said)


def _weights(table: Table) -> Iterator[FigureFact]:
    """The weights of the rows, which agree where they add up to the whole."""
    found = [
        fact
        for row in table.rows
        if row.indicator.weight
        for fact in _plain("weight", row.indicator.weight, row.place("weight"))
    ]
    numbers = [float(fact.text.replace(",", "")) for fact in found]
    for fact in found:
        fact.role, fact.status = "weight", "agree" if sum(numbers) == _FULL else "alone"
    yield from found


def _of_name(scope: str, text: str | None, location: Location, said: Said) -> Iterator[FigureFact]:
    """The figures of a name: a number of something is a fact, a bare one only tells things apart."""
    for fact in _of_box(scope, text, location, said):
        if fact.status == "not_understood":
            fact.role, fact.status = "name", "context"
        yield fact


def _of_box(scope: str, text: str | None, location: Location, said: Said) -> Iterator[FigureFact]:
    if text and DIGITS.search(text):
        for fact in of_text(scope, prose.figures_of(text), said, location):
            fact.words = partial(_words, fact.words, text)
            yield fact


def _words(own: Callable[[], tuple[str | None, str | None]], text: str) -> tuple[str | None, str | None]:
    place, clause = own()
    return place or place_at(text) or None, clause


def _plain(scope: str, text: str | None, location: Location) -> Iterator[FigureFact]:
    for match in DIGITS.finditer(text or ""):
        yield context(match, scope, location)
