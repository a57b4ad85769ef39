"""Findings as people are to see them: one entry a finding for lists, one mark a place for comments."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.model import SEVERITIES, Finding, Location, Severity
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.places import sentence


class FindingEntry(NamedTuple):
    """One finding in words. ``number`` counts from 1 in its list; ``location`` is what ``place`` says."""

    number: int
    severity: Severity
    rule: str
    document: str
    place: str
    location: Location | None
    unit: str
    project: str
    indicator: str
    printed: str
    problem: str
    advice: str
    basis: str
    fingerprint: str
    dimension: str


@dataclass(slots=True)
class PlaceMark:
    """All findings of one place: their worst ``severity``, and their text, a paragraph a line."""

    location: Location
    severity: Severity
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines of the entry as one text."""
        return "\n".join(self.lines)


def entries_of(findings: Iterable[Finding], words: HandbackWords) -> list[FindingEntry]:
    """The findings as entries, numbered in their order."""
    return [_entry(number, finding, words) for number, finding in enumerate(findings, 1)]


def _entry(number: int, finding: Finding, words: HandbackWords) -> FindingEntry:
    indicator = finding.indicator or {}
    shown = indicator.get("level3") or indicator.get("level2") or ""
    return FindingEntry(
        number,
        finding.severity,
        finding.rule,
        finding.document,
        visible(words.address(finding.location)) or words("document.whole"),
        finding.location,
        visible(finding.unit or ""),
        visible(finding.project_name or ""),
        visible(shown),
        visible(finding.quote or ""),
        sentence(finding.message, words),
        advice_of(finding, words),
        visible(finding.basis or ""),
        finding.fingerprint,
        finding.dimension,
    )


def advice_of(finding: Finding, words: HandbackWords) -> str:
    """How to put a finding right: its advice, and the text that a fix would write where the advice does not say it."""
    advice = sentence(finding.advice, words) if finding.advice else ""
    texts = dict.fromkeys(visible(edit.new) for edit in finding.fix.edits) if finding.fix else {}
    if texts and not all(f"“{new}”" in advice or f'"{new}"' in advice for new in texts):
        advice += sentence(words("note.write", new=words("address.list").join(texts)), words)
    return advice


def marks_of(findings: Iterable[Finding], words: HandbackWords) -> list[PlaceMark]:
    """The findings that have a place, put together by place, in the order of their first one; at a place the worst first."""
    found: dict[Location, list[tuple[int, Finding]]] = {}
    for number, finding in enumerate(findings, 1):
        place = finding.location
        if place is None or (place.cell, place.row, place.line, place.page) == (None, None, None, None):
            continue
        found.setdefault(place, []).append((number, finding))
    return [_mark(place, numbered, words) for place, numbered in found.items()]


def _mark(place: Location, numbered: list[tuple[int, Finding]], words: HandbackWords) -> PlaceMark:
    numbered.sort(key=lambda one: SEVERITIES.index(one[1].severity))
    mark = PlaceMark(place, numbered[0][1].severity)
    for number, finding in numbered:
        mark.numbers.append(number)
        severity = words(f"severity.{finding.severity}")
        message = sentence(finding.message, words)
        mark.lines.append(words("note.head", severity=severity, code=finding.rule, message=message))
        advice = advice_of(finding, words)
        if advice:
            mark.lines.append(words("note.advice", advice=advice))
    return mark
