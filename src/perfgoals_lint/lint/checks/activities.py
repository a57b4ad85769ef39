"""Activities of a project: those that its money is asked for, and those that belong to another project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.checks.goals import fragments
from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.rulebook.policy import lexicon

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import DocumentView, Row, Table
    from perfgoals_lint.rulebook.rules import Rule


# --- events of another project ------------------------------------------------------------------------------------


def _events() -> list[list[str]]:
    events: list[list[str]] = lexicon("relevance")["events"]
    return events


def _nouns(text: str) -> frozenset[int]:
    """The events that a text names by their own noun."""
    return frozenset(number for number, words in enumerate(_events()) if words[0] in text)


def _spoken(text: str) -> frozenset[int]:
    """The events that a text names by their noun or a word for the same thing."""
    return frozenset(number for number, words in enumerate(_events()) if any(word in text for word in words))


def foreign_activity_noun(view: DocumentView, rule: Rule) -> Iterator[Hit]:
    """PGR214: the rows of a project are about its own events, not about those of another one."""
    owners: dict[int, list[Table]] = {}
    for table in view.tables:
        for event in _nouns(table.title):
            owners.setdefault(event, []).append(table)
    if not owners:
        return
    torn = fragments(view)
    for table in view.tables:
        if table.withheld or not table.goals or any((table.index, field) in torn for field in table.goals):
            continue
        goals = " ".join(scanned.text for scanned in table.goals.values())
        own = f"{table.title} {goals}"
        known = _spoken(f"{own} {table.goal.purpose or ''}")
        for row in table.filled_rows:
            yield from _foreign(row, owners, known, _nouns(own))


def _foreign(
    row: Row, owners: dict[int, list[Table]], known: frozenset[int], own: frozenset[int]
) -> Iterator[Hit]:
    for field, text in (("level3", row.name), *((value.field, value.text) for value in row.values)):
        for event in sorted(_nouns(text) - known):
            others = [table for table in owners.get(event, ()) if table is not row.table]
            if others and own - {event}:
                noun = _events()[event][0]
                start = text.index(noun)
                yield Hit(
                    row=row,
                    field=field,
                    span=(start, start + len(noun)),
                    args={"noun": noun, "other": others[0].title, "own": _events()[min(own - {event})][0]},
                    related=[("owner", {"other": others[0].title}, others[0].place("project_name"))],
                )
                return


# --- activities that cost money -----------------------------------------------------------------------------------
