"""Putting findings right in text carriers: what is replaced stands exactly where it is said to, and nothing else changes.

How fixes are made in passes and proven is told in :mod:`perfgoals_lint.fixes.passes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from dataclasses import field as member
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from perfgoals_lint.fixes.carriers import Carrier, TextSpan, carrier
from perfgoals_lint.fixes.passes import Check, Outcome, edits_of, in_passes, only_edited, proven, stored_as
from perfgoals_lint.model import Finding, Location
from perfgoals_lint.readers.limits import ReadError

FORMATS = frozenset({"text", "csv", "markdown", "html"})
"""The formats, as a document's ``format``, of texts that can be edited."""
_UNMARKED = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
"""The encodings of texts without a mark in front."""


class Replacement(NamedTuple):
    """Put ``new`` in the place of a part of the stored text."""

    span: TextSpan
    new: str

    @classmethod
    def insert(cls, offset: int, text: str) -> Replacement:
        """A text put in at an offset."""
        return cls(TextSpan(offset, offset), text)


class Carriers:
    """The carriers of one text, made when they are first asked for."""

    def __init__(self, text: str, path: str, format_name: str) -> None:
        self._given = (text, path, format_name)
        self._made: dict[bool, Carrier] = {}

    def at(self, location: Location) -> Carrier:
        """The carrier that knows a place."""
        told_by_rows = location.table is not None
        if told_by_rows not in self._made:
            self._made[told_by_rows] = carrier(*self._given, location)
        return self._made[told_by_rows]


def replacements(carriers: Carriers, finding: Finding) -> list[Replacement] | None:
    """What a finding's fix replaces, in the order of the text; ``None`` when it has none or a part cannot be placed."""
    made: dict[TextSpan, Replacement] = {}
    for edit in finding.fix.edits if finding.fix else ():
        found = carriers.at(edit.location)
        span = found.find(edit.location, edit.old)
        if span is None:
            return None
        made[span] = Replacement(span, found.stored(edit.location, edit.new))
    ordered = sorted(made.values(), key=lambda one: one.span)
    overlap = any(one.span.end > two.span.start for one, two in pairwise(ordered))
    return None if overlap or not ordered else ordered


Placed = tuple[Finding, list[Replacement]]
"""A finding and what its fix replaces."""


@dataclass(slots=True)
class FixPlan:
    """The fixes that can be made together, and the findings of those that cannot be made."""

    kept: list[Placed] = member(default_factory=list)
    refused: list[Finding] = member(default_factory=list)


def plan(text: str, path: str, format_name: str, asked: Sequence[Finding]) -> FixPlan:
    """Of the fixes of some findings those that do not touch one another and that are proven to change nothing else.

    A fix that overlaps an earlier one is left for the next pass and is in neither list.
    """
    made = FixPlan()
    if format_name not in FORMATS:
        made.refused = list(asked)
        return made
    carriers = Carriers(text, path, format_name)
    placed: list[Placed] = []
    taken: list[TextSpan] = []
    for finding in asked:
        parts = replacements(carriers, finding)
        if parts is None:
            made.refused.append(finding)
        elif not any(one.span.start < two.end and two.start < one.span.end for one in parts for two in taken):
            placed.append((finding, parts))
            taken += [one.span for one in parts]

    def holds(planned: Sequence[Placed]) -> bool:
        changed = replaced(text, [part for _, parts in planned for part in parts])
        edits = edits_of(finding for finding, _ in planned)
        with stored_as(text, path) as one, stored_as(changed, path) as two:
            return only_edited(one, two, path, edits)

    left: list[Placed] = []
    made.kept = proven(placed, holds, left)
    made.refused += [finding for finding, _ in left]
    return made


def apply(text: str, format_name: str, asked: Sequence[Finding], path: str) -> Outcome[str]:
    """One pass over a text: the fixes of :func:`plan` made."""
    made = plan(text, path, format_name, asked)
    changed = replaced(text, [part for _, parts in made.kept for part in parts])
    return Outcome(changed, [finding for finding, _ in made.kept], made.refused)


def replaced(text: str, parts: Iterable[Replacement]) -> str:
    """The text with all replacements made; they must not overlap."""
    for part in sorted(parts, key=lambda one: one.span, reverse=True):
        text = text[: part.span.start] + part.new + text[part.span.end :]
    return text


def fix_text(text: str, path: str, check: Check[str], *, unsafe: bool = False) -> Outcome[str]:
    """A text with its fixes made (see :func:`perfgoals_lint.fixes.passes.in_passes`)."""
    return in_passes(text, check, partial(apply, path=path), unsafe=unsafe)


def decoded(data: bytes) -> tuple[str, Callable[[str], bytes]] | None:
    """The text of bytes as readers decode it and how to turn it back; ``None`` when that would not give these bytes."""
    from perfgoals_lint.readers.text import MARKS, decode

    try:
        text = decode(data)
    except ReadError:
        return None
    for mark, encoding in (*MARKS, *((b"", name) for name in _UNMARKED)):
        if data.startswith(mark):
            try:
                if mark + text.encode(encoding) == data:
                    return text, lambda changed: mark + changed.encode(encoding)  # noqa: B023 - returned at once
            except UnicodeEncodeError:
                continue
    return None
